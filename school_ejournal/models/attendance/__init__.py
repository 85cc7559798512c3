from . import ejournal_absence
from . import ejournal_absence_paint
from . import ejournal_absence_file
from . import ejournal_attendance_sums
from . import ejournal_class_day
from . import ejournal_lesson_known_absence
from . import ejournal_settings
