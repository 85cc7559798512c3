"""The values of the journal page's cells, parsed from what a client sent.

A value is what is stored, or ``False`` for an empty cell. Attendance is ``absent``,
``late`` or ``late:12`` (minutes).
"""

MAX_MINUTES_LATE = 240
MAX_HOMEWORK_MINUTES = 600
MAX_TEXT = {"topic": 500, "classwork": 5000, "homework": 5000, "comment": 200}

MARK_FIELDS = {"mark": "value", "second_mark": "second_value", "comment": "comment"}
TEXT_FIELDS = ("topic", "classwork", "homework")
FLAG_FIELDS = ("no_homework", "attendance_confirmed")
LESSON_FIELDS = (*TEXT_FIELDS, *FLAG_FIELDS, "homework_minutes")
ALL_FIELDS = (*MARK_FIELDS, "attendance", *LESSON_FIELDS)


class BadEntry(ValueError):
    """A value that no cell can hold; ``code`` names what is wrong with it."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def parse_text(name, value):
    """Text of a cell, trimmed; ``False`` when nothing is left."""
    if value is False or value is None:
        return False
    if not isinstance(value, str):
        raise BadEntry("not_text")
    value = value.strip()
    if len(value) > MAX_TEXT[name]:
        raise BadEntry("too_long")
    return value or False


def parse_flag(value):
    if value in (None, False, True):
        return bool(value)
    raise BadEntry("not_flag")


def parse_minutes(value):
    """Minutes of homework; ``False`` for none, as an empty cell."""
    if value in (None, False, "", 0):
        return False
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadEntry("not_minutes")
    if not 0 < value <= MAX_HOMEWORK_MINUTES:
        raise BadEntry("not_minutes")
    return value


def parse_attendance(value):
    """``False``, ``absent``, ``late`` or ``late:12``."""
    if value in (None, False, ""):
        return False
    if value in ("absent", "late"):
        return value
    if isinstance(value, str) and value.startswith("late:"):
        minutes = value.removeprefix("late:")
        if minutes.isdecimal() and 0 < int(minutes) <= MAX_MINUTES_LATE:
            return f"late:{int(minutes)}"
    raise BadEntry("not_attendance")


def attendance_vals(value):
    """Field values of an attendance fact."""
    if not value:
        return {"kind": False, "minutes": 0}
    kind, _colon, minutes = value.partition(":")
    return {"kind": kind, "minutes": int(minutes or 0)}


def attendance_value(kind, minutes):
    """The inverse of :func:`attendance_vals`."""
    if not kind:
        return False
    return f"{kind}:{minutes}" if kind == "late" and minutes else kind
