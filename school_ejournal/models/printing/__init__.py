from . import ejournal_print_mixin
from . import ir_actions_report
