from . import substitution_print
from . import changes_today
from . import replaced_hours
