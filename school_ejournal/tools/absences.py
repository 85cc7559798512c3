"""Arithmetic of absences: some days, and of each of these days some lessons.

An absence is a box of days by lessons. Knows nothing of Odoo, so that cutting one absence
out of another can be tried by itself.
"""

from typing import NamedTuple

from . import spans

# Lessons are numbered 0 to 20; an absence without a last lesson lasts to the day's end.
# A lesson before the first one goes with it.
FIRST_LESSON, LAST_LESSON = 0, 99

ILL, EXCUSED, SCHOOL = "ill", "excused", "school"
EXCUSING = frozenset({ILL, EXCUSED})


class Box(NamedTuple):
    """Days and lessons of each of these days, all included."""

    date_start: object
    date_end: object
    number_from: int
    number_to: int

    @property
    def days(self):
        return self.date_start, self.date_end

    @property
    def is_whole_day(self):
        return self.number_from <= FIRST_LESSON and self.number_to >= LAST_LESSON

    def covers(self, day, number):
        """Whether a lesson of a day lies in the box."""
        return (
            self.date_start <= day <= self.date_end
            and self.number_from <= max(number, 1) <= self.number_to
        )

    def contains(self, other):
        """Whether all of another box lies in this one."""
        return (
            self.date_start <= other.date_start
            and other.date_end <= self.date_end
            and self.number_from <= other.number_from
            and other.number_to <= self.number_to
        )

    def vals(self):
        """As an absence stores it: no last lesson is 0."""
        to_the_end = self.number_to >= LAST_LESSON
        return {
            "date_start": self.date_start,
            "date_end": self.date_end,
            "number_from": self.number_from,
            "number_to": 0 if to_the_end else self.number_to,
        }


def box(date_start, date_end, number_from=0, number_to=0):
    """A box as an absence stores it: 0 is the first and the last lesson of the day."""
    first = number_from if number_from > 1 else FIRST_LESSON
    return Box(date_start, date_end, first, number_to or LAST_LESSON)


def overlap(one, other):
    """Whether two boxes share a lesson."""
    return (
        spans.overlap(one.days, other.days)
        and one.number_from <= other.number_to
        and other.number_from <= one.number_to
    )


def subtract(whole, hole):
    """What remains of a box outside a hole: boxes that overlap nowhere, days first."""
    if not overlap(whole, hole):
        return [whole]
    rest = [
        whole._replace(date_start=start, date_end=end)
        for start, end in spans.subtract(whole.days, hole.days)
    ]
    start, end = spans.cut(whole.days, hole.days)
    middle = whole._replace(date_start=start, date_end=end)
    if middle.number_from < hole.number_from:
        rest.append(middle._replace(number_to=hole.number_from - 1))
    if hole.number_to < middle.number_to:
        rest.append(middle._replace(number_from=hole.number_to + 1))
    return rest


def first_overlap(boxes):
    """Two things whose boxes share a lesson, or ``None``.

    :param boxes: list of ``(box, thing)``
    """
    ordered = sorted(boxes, key=lambda row: row[0])
    for place, (one, thing) in enumerate(ordered):
        for other, other_thing in ordered[place + 1 :]:
            if other.date_start > one.date_end:
                break
            if overlap(one, other):
                return thing, other_thing
    return None
