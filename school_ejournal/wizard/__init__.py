from . import ejournal_import
from . import ejournal_import_choice
from . import ejournal_import_line
