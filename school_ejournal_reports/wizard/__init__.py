from . import ejournal_class_report_return
from . import ejournal_archive_back
