from . import archive
from . import forms
from . import substitution
from . import reports
