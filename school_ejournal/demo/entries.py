"""The lessons and what teachers entered into them in the past, written by the models.

The past goes in past the day lock, as a former journal does at a migration.
"""

from datetime import timedelta
from typing import NamedTuple

from odoo.tools import groupby

from ..tools.passage import with_passage
from .classroom import Classroom


class Filling(NamedTuple):
    """A lesson and what is entered into it (``marks.Sheet``)."""

    lesson: object
    sheet: object


def plan_lessons(world):
    """Make the lessons from the first entered day to the coming weeks."""
    last = world.today + timedelta(weeks=world.size.weeks_ahead)
    world.env["ejournal.lesson"]._replan(world.calendar, world.first_entered_day, last)


def enter_past(world):
    """Fill the lessons before today; a part is left empty, as teachers leave it."""
    first, yesterday = world.first_entered_day, world.today - timedelta(days=1)
    classroom = Classroom(world, first, world.today)
    fillings = [
        Filling(lesson, sheet)
        for lesson in world.lessons(first, yesterday)
        if lesson.state != "cancelled" and (sheet := sheet_of(classroom, lesson))
    ]
    for _key, group in groupby(fillings, key=_day_of_entrant):
        _DayOfEntries(world, group).enter()
    return classroom


def sheet_of(classroom, lesson):
    """What the entrant of an ``ejournal.lesson`` enters, see ``Classroom.fill``."""
    return classroom.fill(
        lesson.journal_id.id, lesson.entrant_id.id, lesson.date, lesson.number
    )


def _day_of_entrant(filling):
    return filling.lesson.date, filling.lesson.entrant_id.id


class _DayOfEntries:
    """All that one teacher entered on one day, written in a few batches.

    It was entered when the last of his lessons that day was over.
    """

    def __init__(self, world, fillings):
        self._fillings = fillings
        first = fillings[0].lesson
        self._moment = world.at(first.date, self._end_of_lessons(world))
        env = world.env_at(self._moment, first.entrant_id)
        self._env = with_passage(env.user, "migration").env
        types = self._env["ejournal.work.type"].search(
            [("company_id", "=", world.company.id)]
        )
        self._types = {work_type.code: work_type for work_type in types}

    def _end_of_lessons(self, world):
        ends = [
            bell.time_end
            for filling in self._fillings
            for bell in filling.lesson.journal_id.class_ids[:1].shift_id.bell_ids
            if bell.number == filling.lesson.number
        ]
        return max(ends, default=14.0) + world.rng.uniform(0.1, 1.5)

    def enter(self):
        for lesson, sheet in self._fillings:
            self._write_lesson(lesson.with_env(self._env), sheet)
        works = self._make_works()
        self._env["ejournal.mark"].create(
            [
                {
                    "work_id": work.id,
                    "pupil_id": pupil,
                    "value": value,
                    "second_value": second,
                }
                for work, column in works
                for pupil, value, second in column.marks
            ]
        )
        self._env["ejournal.attendance"].create(
            [
                {
                    "lesson_id": lesson.id,
                    "pupil_id": pupil,
                    "kind": kind,
                    "minutes": minutes,
                }
                for lesson, sheet in self._fillings
                for pupil, kind, minutes in sheet.facts
            ]
        )

    def _write_lesson(self, lesson, sheet):
        vals = {
            "topic": sheet.topic,
            "classwork": sheet.classwork,
            "homework": sheet.homework,
            "no_homework": sheet.no_homework,
            "homework_minutes": sheet.homework_minutes,
            "attendance_confirmed": sheet.attendance_confirmed,
            "state": "held",
        }
        lesson.write({name: value for name, value in vals.items() if value})
        if lesson.company_id._ejournal_settings()._is_filled(lesson):
            lesson.write({"filled_at": self._moment, "filled_on_time": True})

    def _make_works(self):
        places = [
            (lesson, column)
            for lesson, sheet in self._fillings
            for column in sheet.columns
        ]
        works = self._env["ejournal.work"].create(
            [
                {
                    "lesson_id": lesson.id,
                    "type_id": self._types[column.code].id,
                    "title": column.title,
                    "weight": self._types[column.code].weight,
                    "is_answer": column.code == "answer",
                }
                for lesson, column in places
            ]
        )
        return [
            (work, column) for work, (_l, column) in zip(works, places, strict=True)
        ]
