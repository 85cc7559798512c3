"""From a weekly timetable to lessons: what it asks for, and what that does to the lessons
that are there.

Plain data in, plain data out, so that the rules can be tried without a database. All is
done with dictionaries: the work grows with the number of lessons, not faster.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

_WEEK = timedelta(days=7)


class Slot(NamedTuple):
    """A row of the weekly timetable.

    ``week`` is all, odd or even; ``date_end`` may be empty.
    """

    id: int
    journal_id: int
    weekday: int
    number: int
    week: str
    date_start: object
    date_end: object

    def in_force(self, date):
        return self.date_start <= date and (not self.date_end or date <= self.date_end)


class Wish(NamedTuple):
    """A lesson that the timetable asks for."""

    slot_id: int
    journal_id: int
    date: object
    number: int

    @property
    def key(self):
        return self.slot_id, self.date

    @property
    def place(self):
        return self.journal_id, self.date, self.number


class Lesson(NamedTuple):
    """A lesson that is there.

    ``slot_date`` and ``slot_number`` say where the timetable put it; a lesson added by
    hand has no ``slot_date``. ``slot_id`` is empty when the row of the timetable is gone.
    ``is_fixed``: it has entries or lies in a closed period. ``is_prepared``: somebody
    has already put something into it, or it stands on record.
    """

    id: int
    journal_id: int
    date: object
    number: int
    slot_id: int
    slot_date: object
    slot_number: int
    is_cancelled: bool
    cancelled_by_plan: bool
    is_fixed: bool
    is_prepared: bool

    @property
    def key(self):
        return self.slot_id, self.slot_date

    @property
    def place(self):
        return self.journal_id, self.date, self.number

    @property
    def is_moved(self):
        """Whether the deputy director gave it another day or number."""
        return (self.date, self.number) != (self.slot_date, self.slot_number)


@dataclass
class Steps:
    """What makes the lessons agree with the timetable."""

    make: list = field(default_factory=list)  # wishes
    delete: list = field(default_factory=list)  # lessons
    cancel: list = field(default_factory=list)  # lessons
    restore: list = field(default_factory=list)  # lessons
    adopt: list = field(default_factory=list)  # (lesson, wish)
    renumber: list = field(default_factory=list)  # (lesson, wish)
    # lessons that stay as they are although the timetable says otherwise
    keep: list = field(default_factory=list)


class Timetable:
    """The weekly timetable laid over the days of a term calendar.

    :param slots: list of :class:`Slot`
    :param weekdays: ``{date: weekday}`` of the days with lessons; the weekday is the one
        whose timetable holds
    :param is_odd_week: function of a date
    :param cancels: function of a date and a lesson's number: is it taken away by an
        order, a holiday or the border of a period? A free Saturday takes nothing away.
    """

    def __init__(self, slots, weekdays, is_odd_week, cancels):
        self._slots = {slot.id: slot for slot in slots}
        self._weekdays = weekdays
        self._is_odd_week = is_odd_week
        self._cancels = cancels

    def wishes(self):
        """The lessons asked for, as a list of :class:`Wish` in the order of days."""
        by_weekday = defaultdict(list)
        for slot in self._slots.values():
            by_weekday[slot.weekday].append(slot)
        return [
            Wish(slot.id, slot.journal_id, date, slot.number)
            for date, weekday in sorted(self._weekdays.items())
            for slot in by_weekday[weekday]
            if self._asks(slot, date) and not self._cancels(date, slot.number)
        ]

    def _asks(self, slot, date):
        """Whether the row holds on a date, whatever day the calendar makes of it."""
        if not slot.in_force(date):
            return False
        return slot.week in ("all", "odd" if self._is_odd_week(date) else "even")

    def is_dropped_by_calendar(self, lesson):
        """Whether it is the day, not the timetable, that no longer has this lesson: a
        holiday, an order, the end of the period. Not so a week that became shorter."""
        date = lesson.slot_date
        if self._cancels(date, lesson.slot_number):
            return True
        if self._weekdays.get(date, date.weekday()) != date.weekday():
            return True  # taught as another day
        slot = self._slots.get(lesson.slot_id)
        # was taught as another day
        return bool(slot and slot.weekday != date.weekday() and self._asks(slot, date))

    # ---- comparing ---------------------------------------------------------------------

    def compare(self, lessons, today):
        """What has to be done to the lessons that are there.

        - A lesson belongs to a wish by row and day; a row that is new takes over the
          lesson that stands at its place.
        - What has entries, was moved, added or cancelled by hand is left alone.
        - Who loses the timetable's wish is deleted; once somebody prepared it, it is
          cancelled, and comes back with the wish.
        - A day that is over gains what was due; it loses lessons only by the calendar
          (the day was a holiday), never by a new timetable, a shorter week or odd weeks
          counted anew, and nothing is deleted.

        :param lessons: list of :class:`Lesson`, all that stand at, or belong to, the
            days that are planned
        :returns: :class:`Steps`
        """
        steps = Steps()
        met, unmet = self._pair(lessons, steps)
        unmet = self._without_recounted_weeks(unmet, lessons, today)
        for lesson in lessons:
            if wish := met.get(lesson.id):
                self._follow(lesson, wish, today, steps)
            elif lesson.slot_date:
                self._give_up(lesson, today, steps)
        self._find_places(lessons, unmet, steps)
        return steps

    def _pair(self, lessons, steps):
        """Give wishes their lessons.

        :returns: (``{lesson id: wish}``, wishes without a lesson)
        """
        by_key = {lesson.key: lesson for lesson in lessons if lesson.slot_id}
        by_place = {lesson.place: lesson for lesson in lessons}
        met, rest = {}, []
        for wish in self.wishes():
            lesson = by_key.get(wish.key)
            if lesson and lesson.journal_id == wish.journal_id:
                met[lesson.id] = wish
            else:
                rest.append(wish)
        unmet = []
        for wish in rest:
            lesson = by_place.get(wish.place)
            if lesson and lesson.id not in met and _may_be_adopted(lesson):
                met[lesson.id] = wish
                steps.adopt.append((lesson, wish))
            else:
                unmet.append(wish)
        return met, unmet

    def _without_recounted_weeks(self, wishes, lessons, today):
        """Past lessons of odd or even weeks are not due a second time when the weeks are
        counted anew: the row had its lesson in the week before or after."""
        had = {lesson.key for lesson in lessons}
        return [
            wish
            for wish in wishes
            if wish.date >= today
            or self._slots[wish.slot_id].week == "all"
            or not {
                (wish.slot_id, wish.date - _WEEK),
                (wish.slot_id, wish.date + _WEEK),
            }
            & had
        ]

    def _follow(self, lesson, wish, today, steps):
        """A lesson that the timetable has: is it where it should be?"""
        if lesson.is_fixed or lesson.is_moved:
            if lesson.place != wish.place:
                steps.keep.append(lesson)
            return
        if lesson.number != wish.number and wish.date >= today:
            steps.renumber.append((lesson, wish))
        if lesson.cancelled_by_plan:
            steps.restore.append(lesson)

    def _give_up(self, lesson, today, steps):
        """A lesson that the timetable no longer has."""
        if lesson.is_cancelled:
            return
        is_over = lesson.date < today
        if (
            lesson.is_fixed
            or lesson.is_moved
            or (is_over and not self.is_dropped_by_calendar(lesson))
        ):
            steps.keep.append(lesson)
        elif is_over or lesson.is_prepared:
            steps.cancel.append(lesson)
        else:
            steps.delete.append(lesson)

    def _find_places(self, lessons, unmet, steps):
        """New numbers and new lessons go only where the journal has nothing else."""
        leaving = {lesson.id for lesson in steps.delete}
        leaving.update(lesson.id for lesson, _wish in steps.renumber)
        taken = {lesson.place for lesson in lessons if lesson.id not in leaving}
        # who cannot go stays, and may so be in the way of another
        while barred := [step for step in steps.renumber if step[1].place in taken]:
            steps.renumber = [step for step in steps.renumber if step not in barred]
            taken.update(lesson.place for lesson, _wish in barred)
            steps.keep.extend(lesson for lesson, _wish in barred)
        taken.update(wish.place for _lesson, wish in steps.renumber)
        for wish in unmet:
            if wish.place not in taken:
                taken.add(wish.place)
                steps.make.append(wish)


def _may_be_adopted(lesson):
    """Whether a new row of the timetable may take over the lesson at its place."""
    return bool(lesson.slot_date) and not lesson.is_moved and not lesson.is_fixed
