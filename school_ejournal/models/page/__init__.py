from . import ejournal_journal_opening
from . import ejournal_lesson_history
from . import ejournal_journal_live
from . import ir_websocket
