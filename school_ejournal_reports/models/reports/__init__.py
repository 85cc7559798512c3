from . import ejournal_class_report
from . import ejournal_filling
from . import ejournal_weekly_analysis
from . import ejournal_teacher_report
