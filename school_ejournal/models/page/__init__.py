from . import ejournal_journal_opening
from . import ejournal_lesson_history
from . import ejournal_journal_live
from . import ir_websocket
from . import ejournal_lesson_parallel
from . import ejournal_lesson_my_day
from . import ejournal_lesson_paper
