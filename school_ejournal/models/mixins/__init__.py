from . import ejournal_recorded_mixin
from . import ejournal_span_mixin
