"""The days of a term calendar, reckoned from plain dates.

A :class:`Term` holds what a calendar knows, so that a year of days is reckoned without
a query a day.
"""

from bisect import bisect_right
from datetime import timedelta

from . import spans

_DAY = timedelta(days=1)
SUNDAY = 6
# How far the search for the next school day goes: longer than any summer.
_HORIZON = 366


class Term:
    """What a term calendar says of each day.

    :param periods: list of ``(date_start, date_end, thing)``, not overlapping
    :param holidays: list of ``(date_start, date_end)``
    :param days: ``{date: (as_weekday or None, whole day cancelled?)}`` — days by order
    :param weekdays: 5 or 6, counted from Monday
    :param odd_week_start: a day in an odd week
    """

    def __init__(self, periods, holidays, days, weekdays, odd_week_start):
        self._periods = sorted(periods, key=lambda row: row[0])
        self._starts = [row[0] for row in self._periods]
        self._holidays = spans.merged(holidays)
        self._holiday_starts = [row[0] for row in self._holidays]
        self._days = days
        self._weekdays = weekdays
        self._odd_monday = monday_of(odd_week_start)

    def period_at(self, day):
        """The ``thing`` of the period in which a day lies, or ``None``."""
        place = bisect_right(self._starts, day) - 1
        if place < 0 or self._periods[place][1] < day:
            return None
        return self._periods[place][2]

    def is_holiday(self, day):
        place = bisect_right(self._holiday_starts, day) - 1
        return place >= 0 and day <= self._holidays[place][1]

    def is_free(self, day):
        """Whether a day lies in holidays: named ones, or between the periods."""
        return self.is_holiday(day) or self.period_at(day) is None

    def is_odd_week(self, day):
        return (monday_of(day) - self._odd_monday).days // 7 % 2 == 0

    def weekday_of(self, day, with_cancelled=False):
        """By which weekday's timetable a day is taught, 0–6, or ``None`` for no school.

        An order wins over week and holiday: Saturday by Monday's timetable. No order
        makes a lesson outside the periods.
        """
        if self.period_at(day) is None:
            return None
        as_weekday, cancelled = self._days.get(day, (None, False))
        if cancelled and not with_cancelled:
            return None
        if as_weekday is not None:
            return as_weekday
        if self.is_holiday(day) or day.weekday() >= self._weekdays:
            return None
        return day.weekday()

    def school_days(self, date_start, date_end, with_cancelled=False):
        """Yield ``(date, weekday)`` of the days with lessons, in order."""
        for start, end, _thing in self._periods:
            frame = spans.cut((date_start, date_end), (start, end))
            day = frame and frame[0]
            while day and day <= frame[1]:
                weekday = self.weekday_of(day, with_cancelled)
                if weekday is not None:
                    yield day, weekday
                day += _DAY

    def next_school_day(self, day):
        """The first day with lessons after a day, or ``None``."""
        after = self.school_days(day + _DAY, day + timedelta(days=_HORIZON))
        return next((date for date, _weekday in after), None)


def monday_of(day):
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())
