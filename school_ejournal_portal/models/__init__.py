from . import ejournal_settings
from . import ejournal_link
from . import ejournal_parent
from . import ejournal_access_slip
from . import ejournal_class
from . import ejournal_pupil
from . import res_users
from . import ir_http
