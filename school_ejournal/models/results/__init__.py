from . import ejournal_period_mark
from . import ejournal_period_mark_doors
from . import ejournal_period_note
from . import ejournal_results
from . import ejournal_results_figures
from . import ejournal_journal_period
from . import ejournal_journal_period_page
