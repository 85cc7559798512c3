from . import forms
from . import substitution
