from . import ejournal_rights_mixin
from . import ejournal_whole_mixin
from . import ejournal_recorded_mixin
from . import ejournal_person_mixin
from . import ejournal_calendar_part_mixin
from . import ejournal_span_mixin
from . import ejournal_span_over_mixin
from . import ejournal_span_roster_mixin
