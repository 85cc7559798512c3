from . import page
from . import diary
from . import visitor
from . import slip
from . import login
from . import more
from . import acts
