from . import ejournal_notice
from . import ejournal_notice_read
