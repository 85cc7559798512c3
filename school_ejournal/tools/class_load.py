"""How much a class has on a day: control works, minutes of homework. Plain data."""

from typing import NamedTuple


class Limits(NamedTuple):
    """What a school allows; 0 is no limit."""

    controls_day: int
    controls_week: int
    minutes_day: int


class Load(NamedTuple):
    """What a class has besides the lesson that is asked about."""

    controls_day: int = 0
    controls_week: int = 0
    minutes_day: int = 0

    def heavier(self, other):
        """The larger of each: a journal may have several classes."""
        return Load(*map(max, self, other))


def exceeded(load, limits, minutes=0, is_control=False):
    """Which limits a lesson would exceed together with what the class has already.

    :param minutes: of homework in this lesson
    :param is_control: whether this lesson has a control work
    :returns: names among the fields of :class:`Limits`
    """
    own = Load(int(is_control), int(is_control), minutes)
    return [
        name
        for name, limit in zip(Limits._fields, limits, strict=True)
        if limit
        and getattr(own, name)
        and getattr(own, name) + getattr(load, name) > limit
    ]
