from . import ejournal_class_report
