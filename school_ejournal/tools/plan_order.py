"""Where a calendar-thematic plan stands: hours planned, hours given, what comes next.

Plain data in, plain data out. An hour is a lesson; half hours of a plan round up.
"""

from math import ceil
from typing import NamedTuple

from .formulas import half_up


class PlanProgress(NamedTuple):
    """Plan against fact of a journal up to a day.

    ``hours`` of the whole plan, ``planned`` up to the day, ``held`` lessons held.
    """

    hours: int
    planned: int
    held: int

    @property
    def lag(self):
        """Hours behind the plan; below 0 it is ahead."""
        return self.planned - self.held

    @property
    def percent(self):
        """Hours held of those planned, one decimal; ``None`` when none was due yet."""
        if not self.planned:
            return None
        return half_up(self.held * 100 / self.planned, 1)


def hours_of(topics):
    """The topic of each hour of a plan, in order.

    :param topics: list of ``(topic, hours)``
    """
    return [topic for topic, hours in topics for _hour in range(ceil(hours))]


def given_hours(hours, lessons):
    """Which hours of a plan the lessons have given, in order.

    A lesson that names topics gives their next hour each; it moves the plan on to behind
    the last of them. Repeating what was given before moves nothing. A lesson with words
    of its own counts as one hour.

    :param hours: result of :func:`hours_of`
    :param lessons: list of lists, the topics that each lesson names; empty for none
    :returns: for each lesson the list of places in ``hours`` that it gave
    """
    place, result = 0, []
    for named in lessons:
        if named:
            given = _places_of(hours, named, place)
        else:
            given = [place] if place < len(hours) else []
        place = max([place, *(hour + 1 for hour in given)])
        result.append(given)
    return result


def _places_of(hours, named, place):
    """The next hour of each named topic, from a place of the plan on."""
    places = []
    for topic in set(named):
        if topic in hours[place:]:
            places.append(hours.index(topic, place))
    return sorted(places)
