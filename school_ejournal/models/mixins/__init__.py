from . import (
    ejournal_calendar_part_mixin,
    ejournal_person_mixin,
    ejournal_recorded_mixin,
    ejournal_span_mixin,
    ejournal_span_roster_mixin,
)
