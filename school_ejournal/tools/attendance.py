"""Sums of attendance, reckoned from plain facts.

Knows nothing of Odoo, so that each sum can be checked against a count by hand.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from .absences import EXCUSING, ILL, SCHOOL
from .formulas import half_up


class Fact(NamedTuple):
    """What a roll says of one pupil in one lesson, and what is known of the reason.

    ``kind`` is absent, late or school: away for the school (olympiad) is no absence.
    ``excused`` is True, False, or None while no reason is known. ``reason`` stands only
    where the caller may know it.
    """

    lesson_id: int
    pupil_id: int
    date: object
    number: int
    kind: str
    minutes: int
    excused: object
    reason: object = None


@dataclass
class Sums:
    """A pupil's attendance over some days.

    ``due`` lessons held for the pupil; of them ``unchecked``: the roll was never called.
    ``missed`` = ``excused`` + ``unexcused`` + ``unknown``; ``ill`` are among the excused
    and only for those who may know. ``days`` missed days by the school's rule, of them
    ``days_excused``, of them ``days_ill``. ``late`` with its ``minutes``; ``away`` for the
    school.
    """

    due: int = 0
    unchecked: int = 0
    missed: int = 0
    excused: int = 0
    ill: int = 0
    unexcused: int = 0
    unknown: int = 0
    days: int = 0
    days_excused: int = 0
    days_ill: int = 0
    late: int = 0
    minutes: int = 0
    away: int = 0

    @property
    def share(self):
        """Attendance in per cent; None when no lesson was held (see :func:`share`)."""
        return share(self.missed, self.due)


def fact(lesson_id, pupil_id, date, number, kind, minutes, reason):
    """A fact with the reason that the class teacher's layer gives it."""
    if kind == "absent" and reason == SCHOOL:
        kind = SCHOOL
    return Fact(
        lesson_id,
        pupil_id,
        date,
        number,
        kind,
        minutes or 0,
        is_excused(reason),
        reason,
    )


def is_excused(reason):
    """True, False, or None while no reason is known."""
    if reason in EXCUSING or reason == SCHOOL:
        return True
    return False if reason == "unexcused" else None


def share(missed, due):
    """``100 − missed/due·100`` to one place, half up; None when nothing was held.

    810 pupil-lessons of which 27 were missed are 96.7 %.
    """
    if not due:
        return None
    return half_up(100 - missed * 100 / due, 1)


def add_facts(sums, facts, held_on, is_missed_day):
    """Count facts into the sums of one pupil.

    :param sums: :class:`Sums` with ``due`` counted
    :param facts: the pupil's facts in lessons that are due
    :param held_on: function of a date: lessons held for the pupil that day
    :param is_missed_day: the school's rule, function of missed and held lessons
    """
    by_day = defaultdict(list)
    away = defaultdict(int)
    for one in facts:
        if one.kind == "late":
            sums.late += 1
            sums.minutes += one.minutes
        elif one.kind == SCHOOL:
            sums.away += 1
            away[one.date] += 1
        else:
            by_day[one.date].append(one)
    for day, missed in by_day.items():
        excused = [one for one in missed if one.excused]
        ill = [one for one in excused if one.reason == ILL]
        sums.missed += len(missed)
        sums.excused += len(excused)
        sums.ill += len(ill)
        sums.unexcused += sum(one.excused is False for one in missed)
        sums.unknown += sum(one.excused is None for one in missed)
        if is_missed_day(len(missed), held_on(day) - away[day]):
            sums.days += 1
            sums.days_excused += len(excused) == len(missed)
            sums.days_ill += len(ill) == len(missed)
