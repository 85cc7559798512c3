from . import class_list
from . import class_quarter_sheet
from . import archive_acts
from . import weekly_analysis
