from . import mixins, school, journal, control, page, notice
from . import mixins, school, journal, control, page, operation
