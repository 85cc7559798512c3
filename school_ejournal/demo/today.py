"""What teachers enter today: through the door of the journal page, as themselves."""

from datetime import timedelta

from ..tools.entry import attendance_value
from .marks import Occasion, Teacher


def enter_today(world, classroom):
    """The first lessons of today: one filled but for its homework, one roll called."""
    lessons = world.lessons(world.today, world.today)
    for lesson in lessons.filtered(
        lambda x: x.number <= 2 and x.entrant_id and x.state != "cancelled"
    ):
        sheet = classroom.fill(lesson)
        if sheet:
            cells = _cells(lesson, sheet, marks=lesson.number == 1)
            _save_as_teacher(world, lesson, cells)


def prepare_tomorrow(world, lessons_ahead=6):
    """Topics that careful teachers have prepared, and a control work announced."""
    week = world.today + timedelta(days=8)
    lessons = world.lessons(world.today + timedelta(days=1), week)
    teacher = world.env["res.users"].search([("login", "=", "teacher")])
    own = lessons.filtered(lambda lesson: lesson.entrant_id == teacher)
    for lesson in own[:lessons_ahead]:
        subject = next(
            c for c, s in world.subjects.items() if s == lesson.journal_id.subject_id
        )
        topic = Teacher.topic(
            Occasion(subject, lesson.date, 1, lesson.id, (), frozenset(), False)
        )
        _save_as_teacher(world, lesson, [("topic", False, topic)])
    if own:
        env = world.env_of(teacher, world.now)
        control = env["ejournal.work.type"].search([("code", "=", "control")], limit=1)
        env["ejournal.work"].create(
            {"lesson_id": own[-1].id, "type_id": control.id, "title": "Текшерүү иш"}
        )


def _cells(lesson, sheet, marks):
    """Cells of the journal page: ``(field, pupil or False, value)``."""
    cells = [
        ("attendance", pupil, attendance_value(kind, minutes))
        for pupil, kind, minutes in sheet.facts
    ]
    cells.append(("attendance_confirmed", False, True))
    if marks:
        cells += [
            ("mark", pupil, value)
            for column in sheet.columns
            if column.code == "answer"
            for pupil, value, _second in column.marks
        ]
        cells += [("topic", False, sheet.topic), ("classwork", False, sheet.classwork)]
    return cells


def _save_as_teacher(world, lesson, cells):
    journal = lesson.journal_id.with_env(world.env_of(lesson.entrant_id, world.now))
    journal.save_entries(
        [
            {
                "key": key,
                "lesson_id": lesson.id,
                "work_id": None,
                "pupil_id": pupil or None,
                "field": field,
                "old": False,
                "value": value,
            }
            for key, (field, pupil, value) in enumerate(cells)
            if value
        ]
    )
