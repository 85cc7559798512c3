"""The school's year, calendar, classes, journals and weekly timetable."""

from datetime import timedelta

from odoo.fields import Command

from .curriculum import SUBJECTS
from .dates import FRIDAY, is_weekend, shift_of_calendar
from .timetable import make_timetable

_LANGS = {"ru_RU": "ru", "en_US": "en"}


def make_year(world):
    """The usual year of Kyrgyzstan around today; moved when today would be free."""
    company = world.company.with_env(world.env_at(world.now))
    year = company.env["ejournal.year"]._make_default(company, world.today)
    shift = shift_of_calendar(world.today, world.size.days_entered)
    if shift:
        _move_year(year, timedelta(weeks=shift))
    if is_weekend(world.today):
        _work_by_friday(year, world.today)
    world.year = year
    world.calendar = year._default_calendar()


def _move_year(year, move):
    """Move a year with its periods and holidays; there are no lessons in it yet."""
    start, end = year.date_start + move, year.date_end + move
    calendar = year._default_calendar()
    # for a moment the year holds both the old and the new periods
    year.write(
        {
            "date_start": min(start, year.date_start),
            "date_end": max(end, year.date_end),
        }
    )
    calendar.write(
        {
            name: [
                Command.update(
                    part.id,
                    {
                        "date_start": part.date_start + move,
                        "date_end": part.date_end + move,
                    },
                )
                for part in calendar[name]
            ]
            for name in ("period_ids", "holiday_ids")
        }
    )
    calendar.odd_week_start += move
    year.write(
        {"date_start": start, "date_end": end, "name": f"{start.year}/{end.year}"}
    )


def _work_by_friday(year, date):
    year.env["ejournal.day"].create(
        {
            "calendar_id": year._default_calendar().id,
            "date": date,
            "as_weekday": str(FRIDAY),
            "order_ref": "№ 41-б",
        }
    )


def make_shifts(world):
    """The first shift is there as shipped; the second begins after it."""
    shifts = world.env["ejournal.shift"]
    first = shifts.search([("company_id", "=", world.company.id)], limit=1)
    second = shifts.create(
        {"company_id": world.company.id, "sequence": 2, "name": "Экинчи нөөмөт"}
    )
    _translate(second, {"ru": "Вторая смена", "en": "Second shift"})
    second._make_default_bells()
    world.shifts = {1: first, 2: second}


def make_subjects(world):
    """All subjects of the curriculum, in three languages."""
    records = world.env["ejournal.subject"].create(
        [
            {"sequence": place, "name": subject.ky, "short_name": subject.short}
            for place, subject in enumerate(SUBJECTS.values(), 1)
        ]
    )
    for subject, record in zip(SUBJECTS.values(), records, strict=True):
        _translate(record, {"ru": subject.ru, "en": subject.en})
        world.subjects[subject.code] = record


def _translate(record, names):
    for lang, code in _LANGS.items():
        record.with_context(lang=lang).name = names[code]


def make_classes(world):
    """Classes with their class teachers."""
    class_teachers = _class_teachers(world)
    records = world.env["ejournal.class"].create(
        [
            {
                "year_id": world.year.id,
                "grade": spec.grade,
                "letter": spec.letter,
                "shift_id": world.shifts[spec.shift].id,
                "class_teacher_id": class_teachers[spec.name].id,
            }
            for spec in world.size.classes
        ]
    )
    for spec, record in zip(world.size.classes, records, strict=True):
        world.classes[spec.name] = record


def _class_teachers(world):
    """Each class is led by the teacher who sees it most and leads no other class."""
    hours = {}
    for post in world.staffing.posts:
        place = post.class_name, post.teacher
        hours[place] = hours.get(place, 0) + post.hours
    taken, result = set(), {}
    for spec in world.size.classes:
        own = [key for class_name, key in hours if class_name == spec.name]
        free = [key for key in own if key not in taken] or own
        chosen = max(free, key=lambda key, name=spec.name: (hours[name, key], -key))
        taken.add(chosen)
        result[spec.name] = world.teachers[chosen]
    return result


def make_subgroups(world):
    """Two subgroups in each class that is halved for some subject.

    Pupils go into them by turns, in the order of the list.
    """
    halved = list(
        dict.fromkeys(post.class_name for post in world.staffing.posts if post.group)
    )
    keys = [(class_name, group) for class_name in halved for group in (1, 2)]
    records = world.env["ejournal.subgroup"].create(
        [
            {
                "name": f"{group}-топ",
                "class_ids": [Command.set(world.classes[class_name].ids)],
            }
            for class_name, group in keys
        ]
    )
    world.subgroups = dict(zip(keys, records, strict=True))
    world.env["ejournal.subgroup.member"].create(
        [
            {
                "subgroup_id": world.subgroups[class_name, place % 2 + 1].id,
                "pupil_id": enrollment.pupil_id.id,
                "date_start": enrollment.date_start,
            }
            for class_name in halved
            for place, enrollment in enumerate(
                world.classes[class_name].enrollment_ids.sorted("number")
            )
        ]
    )


def make_journals(world):
    """A journal for each post, with its teacher from the first day on."""
    posts = world.staffing.posts
    records = world.env["ejournal.journal"].create(
        [_journal_vals(world, post) for post in posts]
    )
    world.journals = dict(zip(posts, records, strict=True))


def _journal_vals(world, post):
    subgroup = world.subgroups.get((post.class_name, post.group))
    class_ = world.classes[post.class_name]
    return {
        "year_id": world.year.id,
        "calendar_id": world.calendar.id,
        "subject_id": world.subjects[post.subject].id,
        "subgroup_id": subgroup.id if subgroup else False,
        "class_ids": [Command.set(class_.ids)],
        "teacher_id": world.teachers[post.teacher].id,
        "hours_week": post.hours / 2 if post.week != "all" else post.hours,
    }


def make_slots(world):
    """The weekly timetable, from the first day that has entries.

    The school is supposed to have gone over to the electronic journal on that day: what
    was before stands in the paper one, and no lesson of it is asked for.
    """
    shifts = {spec.name: spec.shift for spec in world.size.classes}
    sessions = world.staffing.sessions
    places = make_timetable(sessions, shifts, world.rng)
    world.env["ejournal.timetable.slot"]._planned_later().create(
        [
            {
                "journal_id": world.journals[post].id,
                "weekday": place.weekday,
                "number": number,
                "week": post.week,
                "room": str(101 + post.teacher % 60),
                "date_start": world.first_entered_day,
            }
            for session, place in zip(sessions, places, strict=True)
            for number in range(place.number, place.number + session.length)
            for post in session.posts
        ]
    )
