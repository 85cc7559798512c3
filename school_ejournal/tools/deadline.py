"""Until when something is to be done, in days of the calendar."""

from datetime import timedelta

_DAY = timedelta(days=1)
# Nobody is paused for longer; an end to the count whatever the pauses say.
_HORIZON = 400


def deadline(told_on, days, pauses=(), term=None):
    """The last day of a term that begins on the day after it was told.

    :param told_on: date on which the person was told
    :param days: calendar days that the person has
    :param pauses: list of ``(date_start, date_end)``, both included, that do not count:
        sick leave
    :param term: :class:`tools.term.Term`; a last day in holidays becomes the first day
        with lessons after it
    """
    day, left = told_on, days
    while left and (day - told_on).days < _HORIZON:
        day += _DAY
        left -= not any(start <= day <= end for start, end in pauses)
    if term and term.is_free(day):
        return term.next_school_day(day) or day
    return day
