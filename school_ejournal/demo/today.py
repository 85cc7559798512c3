"""What teachers enter today: through the door of the journal page, as themselves."""

from datetime import timedelta

from ..tools.entry import attendance_value
from .entries import sheet_of

_TOPICS_AHEAD = 6


def enter_today(world, classroom):
    """The first lessons of today: some filled but for their homework, some roll calls."""
    lessons = world.lessons(world.today, world.today)
    for lesson in lessons.filtered(
        lambda x: x.number <= 2 and x.entrant_id and x.state != "cancelled"
    ):
        sheet = sheet_of(classroom, lesson)
        if sheet:
            cells = _cells(sheet, marks=lesson.number == 1)
            _save_as_teacher(world, lesson, cells)


def prepare_tomorrow(world, classroom):
    """Topics that a careful teacher has prepared, and a control work announced."""
    in_a_week = world.today + timedelta(days=8)
    lessons = world.lessons(world.today + timedelta(days=1), in_a_week)
    own = lessons.filtered(lambda lesson: lesson.entrant_id.login == "teacher")
    for lesson in own[:_TOPICS_AHEAD]:
        topic = classroom.coming_topic(lesson.journal_id.id)
        _save_as_teacher(world, lesson, [("topic", False, topic)])
    if own:
        _announce_control(world, own[-1])


def _announce_control(world, lesson):
    env = world.env_of(lesson.entrant_id, world.now)
    control = env["ejournal.work.type"].search([("code", "=", "control")], limit=1)
    env["ejournal.work"].create(
        {"lesson_id": lesson.id, "type_id": control.id, "title": "Текшерүү иш"}
    )


def _cells(sheet, marks):
    """Cells of the journal page as ``(field, pupil or False, value)``."""
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
