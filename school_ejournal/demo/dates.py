"""The demo school's calendar, so placed that today is a day to try the journal on.

A demo that is started in the holidays, in summer or on the third of September would have
nothing to show: no lessons today, no month behind it. So the whole calendar of the year
is then moved by whole weeks, by as few as possible. On a Saturday or Sunday there are
lessons by Friday's timetable, by an order made up for it.
"""

from datetime import timedelta
from itertools import count

from ..tools.school_year import school_year_at
from ..tools.term import Term

_WEEKDAYS = 5
_ENOUGH_DAYS = 20
FRIDAY = 4


def shift_of_calendar(today, days_before):
    """By how many weeks the usual school year is moved.

    :param today: a date
    :param days_before: how many school days there have to be before today
    """
    days_before = min(days_before, _ENOUGH_DAYS)
    dates = school_year_at(today)
    for weeks in count():
        for shift in (weeks, -weeks):
            if _fits(_term(dates, shift), today, days_before):
                return shift
    return 0  # never reached: the year has days that fit


def is_weekend(date):
    return date.weekday() >= _WEEKDAYS


def _fits(term, today, days_before):
    lesson_day = today
    while is_weekend(lesson_day):
        lesson_day -= timedelta(days=1)
    if term.weekday_of(lesson_day) is None or term.is_holiday(today):
        return False
    if term.period_at(today) is None:
        return False
    before = term.school_days(today - timedelta(days=400), today - timedelta(days=1))
    return sum(1 for _day in before) >= days_before


def _term(dates, shift):
    move = timedelta(weeks=shift)
    return Term(
        [(start + move, end + move, True) for start, end in dates.quarters],
        [(start + move, end + move) for _code, start, end in dates.holidays],
        {},
        _WEEKDAYS,
        dates.date_start + move,
    )
