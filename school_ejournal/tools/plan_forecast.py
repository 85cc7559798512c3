"""Whether a plan fits into the lessons that are left, and which topics to join if not.

Plain data in, plain data out.
"""

from bisect import bisect_left, bisect_right
from math import ceil
from typing import NamedTuple

MOST_JOINS = 3


class Topic(NamedTuple):
    """A topic of a plan; ``number`` counts from 1."""

    number: int
    hours: float
    date: object
    is_control: bool


class Forecast(NamedTuple):
    """What is to come until a day.

    ``left`` lessons to be given, ``planned`` hours of the plan, ``joins`` numbers of
    neighbouring topics that could share a lesson, most fitting first.
    """

    until: object
    left: int
    planned: int
    joins: tuple

    @property
    def short(self):
        """Lessons too few for the plan; below 0 there are some to spare."""
        return self.planned - self.left


def hours_due(topics, dates, day):
    """Hours of a plan that are due up to a day.

    :param topics: list of :class:`Topic` in order
    :param dates: days of the journal's lessons, sorted
    :returns: int; all hours when no topic has a date
    """
    begun = [place for place, topic in enumerate(topics) if topic.date]
    if not begun:
        return sum(ceil(topic.hours) for topic in topics)
    started = [place for place in begun if topics[place].date <= day]
    last = started[-1] if started else 0
    before = sum(ceil(topic.hours) for topic in topics[:last])
    rest = topics[last:]
    for place, topic in enumerate(rest[1:], 1):
        if topic.date and topic.date > day:
            rest = rest[:place]
            break
    since = topics[last].date if started else min(dates, default=day)
    given = bisect_right(dates, day) - bisect_left(dates, since)
    return before + min(max(given, 0), sum(ceil(topic.hours) for topic in rest))


def forecast(topics, place, upcoming, dates, until):
    """:class:`Forecast` until a day.

    :param place: hours of the plan that were given
    :param upcoming: days of the lessons that have no topic yet, sorted
    :param dates: days of all lessons, sorted
    """
    due = hours_due(topics, dates, until)
    planned = max(0, due - place)
    left = bisect_right(upcoming, until)
    joins = ()
    if planned > left:
        joins = tuple(propose_joins(topics, place, due, planned - left))
    return Forecast(until, left, planned, joins)


def propose_joins(topics, first, last, count):
    """Neighbours that could be given in one lesson less: short ones first, never a
    control work, none twice.

    :param first: hours of the plan that are over
    :param last: hours of the plan that are due
    :returns: list of ``(number, number)``, at most three
    """
    place, open_topics = 0, []
    for topic in topics:
        if first <= place < last and topic.hours:
            open_topics.append(topic)
        place += ceil(topic.hours)
    pairs = [
        (one, two)
        for one, two in zip(open_topics, open_topics[1:], strict=False)
        if two.number == one.number + 1 and not (one.is_control or two.is_control)
    ]
    chosen, used = [], set()
    for one, two in sorted(pairs, key=lambda pair: pair[0].hours + pair[1].hours):
        if len(chosen) == min(count, MOST_JOINS):
            break
        if not used & {one.number, two.number}:
            used |= {one.number, two.number}
            chosen.append((one.number, two.number))
    return sorted(chosen)
