from . import mixins
from . import school
from . import journal
from . import control
from . import page
from . import notice
from . import operation
from . import diary
from . import printing
from . import mixins, school, journal, control, page, results
