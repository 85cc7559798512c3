from . import forms
