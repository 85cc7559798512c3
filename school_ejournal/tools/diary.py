"""What a parent sees of an entry, and since when: plain reckoning over its changes.

A slip of the finger is no alarm: a value is shown once it has stood for some time. Until
then the diary goes on showing what stood there before.
"""

from datetime import timedelta
from typing import NamedTuple


class Shown(NamedTuple):
    """``value`` is shown since ``since``; ``earlier`` is another one that was shown
    before it, ``""`` when there was none."""

    value: str
    earlier: str
    since: object


NOTHING = Shown("", "", None)


def shown(history, now, delay):
    """What is shown now of a value that changed as its history says.

    :param history: list of ``(moment, new value)``, oldest first; ``""`` is no value
    :param now: the present moment
    :param delay: timedelta that a value stands before it is shown
    :returns: :class:`Shown`
    """
    stood = []
    for place, (moment, value) in enumerate(history):
        until = history[place + 1][0] if place + 1 < len(history) else now
        if until - moment >= delay:
            stood.append((value, moment + delay))
    if not stood:
        return NOTHING
    value, since = stood[-1]
    earlier = next((old for old, _since in reversed(stood) if old != value), "")
    return Shown(value, earlier, since)


def average_after(total, count, score):
    """The mean when one more mark of ``score`` comes.

    :returns: float, not rounded
    """
    return (total + score) / (count + 1)


def minutes(count):
    """A delay as the settings hold it."""
    return timedelta(minutes=count or 0)
