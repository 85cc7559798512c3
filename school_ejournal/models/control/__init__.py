from . import ejournal_change
from . import ejournal_seal
from . import ejournal_lock_rule
from . import ejournal_settings
from . import res_company
from . import ejournal_nightly
