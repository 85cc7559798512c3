from . import ejournal_settings
from . import ejournal_pupil_reader
from . import ejournal_pupil_diary
from . import ejournal_pupil_marks
