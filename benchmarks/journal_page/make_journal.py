"""For `odoo shell`: a journal of 40 pupils × 60 lessons, two thirds marked, one lesson today."""

# ruff: noqa: F821 (env is the shell's)

import random
from datetime import timedelta

from odoo.addons.school_ejournal.tools.passage import with_passage

PUPILS, LESSONS = 40, 60
LOGIN = "bench_teacher"


def make_teacher():
    return env["res.users"].create(
        {
            "name": "Bench Teacher",
            "login": LOGIN,
            "password": LOGIN,
            "group_ids": [
                (4, env.ref("base.group_user").id),
                (4, env.ref("school_ejournal.group_teacher").id),
            ],
        }
    )


def make_journal(teacher, today):
    start, end = today - timedelta(days=40), today + timedelta(days=40)
    year = env["ejournal.year"].create(
        {"name": "Bench", "date_start": start, "date_end": end}
    )
    calendar = year._default_calendar() or env["ejournal.calendar"].create(
        {"year_id": year.id, "name": "All grades"}
    )
    if not calendar.period_ids:
        env["ejournal.period"].create(
            {"calendar_id": calendar.id, "date_start": start, "date_end": end}
        )
    class_ = env["ejournal.class"].create(
        {"year_id": year.id, "grade": 7, "letter": "А", "calendar_id": calendar.id}
    )
    pupils = env["ejournal.pupil"].create(
        [
            {"last_name": f"Асанов{number:02d}", "first_name": "Бакыт"}
            for number in range(PUPILS)
        ]
    )
    env["ejournal.enrollment"].create(
        [
            {"pupil_id": pupil.id, "class_id": class_.id, "date_start": start}
            for pupil in pupils
        ]
    )
    subject = env["ejournal.subject"].create({"name": "Algebra"})
    journal = env["ejournal.journal"].create(
        {
            "class_ids": [(6, 0, class_.ids)],
            "subject_id": subject.id,
            "teacher_id": teacher.id,
        }
    )
    return journal, pupils


def make_lessons(journal, pupils, today):
    """Two lessons a day backwards from yesterday, one today."""
    dice = random.Random(7)
    places = [(today, 1)]
    places += [
        (today - timedelta(days=1 + at // 2), 1 + 2 * (at % 2))
        for at in range(LESSONS - 1)
    ]
    lessons = with_passage(env["ejournal.lesson"]).create(
        [
            {
                "journal_id": journal.id,
                "date": day,
                "number": number,
                "teacher_id": journal.teacher_id.id,
            }
            for day, number in places
        ]
    )
    answer = env["ejournal.work.type"]._answer(journal.company_id)
    works = with_passage(env["ejournal.work"]).create(
        [
            {
                "lesson_id": lesson.id,
                "type_id": answer.id,
                "weight": 1,
                "is_answer": True,
            }
            for lesson in lessons[1:]
        ]
    )
    with_passage(env["ejournal.mark"]).create(
        [
            {"work_id": work.id, "pupil_id": pupil.id, "value": dice.choice("5432")}
            for work in works
            for pupil in pupils
            if dice.random() < 0.66
        ]
    )
    plan = env["ejournal.plan"].create({"journal_id": journal.id})
    env["ejournal.plan.topic"].create(
        {"plan_id": plan.id, "title": "Quadratic equations", "hours": 90}
    )


today = env.company._ejournal_today()
journal, pupils = make_journal(make_teacher(), today)
make_lessons(journal, pupils, today)
env.cr.commit()
print(journal.id)
