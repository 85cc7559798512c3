"""The school year that a school of Kyrgyzstan starts from, as plain dates.

The dates are those of 2025/26 as they were after its changes; each year's order moves
them, so they are a beginning to be checked, no rule.
"""

from dataclasses import dataclass
from datetime import date

_FIRST_DAY = (9, 1)
_LAST_DAY = (5, 31)
_SUMMER = 6
# (month, day) of first and last day; months before September are in the next year
_QUARTERS = (
    ((9, 1), (11, 4)),
    ((11, 10), (12, 30)),
    ((1, 12), (3, 1)),
    ((3, 9), (5, 29)),
)
HOLIDAYS = (
    ("autumn", (11, 5), (11, 9)),
    ("winter", (12, 31), (1, 11)),
    ("defender", (2, 23), (2, 23)),
    ("spring", (3, 2), (3, 8)),
    ("nooruz", (3, 21), (3, 21)),
    ("april", (4, 7), (4, 7)),
    ("may", (5, 1), (5, 10)),
)


@dataclass(frozen=True)
class SchoolYear:
    """``quarters``: pairs of dates; ``holidays``: ``(code, first day, last day)``."""

    date_start: date
    date_end: date
    quarters: tuple
    holidays: tuple


def school_year_at(day):
    """The school year of a day; in summer the one that comes."""
    first = day.year if day.month >= _SUMMER else day.year - 1

    def date_of(month_day):
        month, number = month_day
        return date(first if month >= _FIRST_DAY[0] else first + 1, month, number)

    return SchoolYear(
        date_of(_FIRST_DAY),
        date_of(_LAST_DAY),
        tuple((date_of(start), date_of(end)) for start, end in _QUARTERS),
        tuple((code, date_of(start), date_of(end)) for code, start, end in HOLIDAYS),
    )
