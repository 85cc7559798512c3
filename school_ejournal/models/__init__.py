from . import mixins, school, journal, control, page, notice
