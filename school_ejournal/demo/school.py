"""A whole school, made step by step."""

import random
from datetime import timedelta

from . import cases, entries, people, quarter, structure, today
from .size import DEMO
from .world import World

_NAME = "«Сейтек» көрсөтмө мектеби (ойдон чыгарылган)"
SEED = 2026


def make_school(env, size=DEMO, seed=SEED, day=None, enter=None):
    """Make an invented school in the present company, which must be empty.

    :param env: an environment of the superuser
    :param size: ``size.Size``
    :param seed: the same seed and day give the same school
    :param day: the day that all is placed around; the school's today as shipped
    :param enter: function of the ``World`` that makes and fills the lessons;
        :func:`enter_by_models` as shipped
    :returns: the :class:`world.World`
    """
    day = day or env.company._ejournal_today()
    world = World(env, size, random.Random(seed), day)
    _make_structure(world)
    if size.cases:
        people.make_portal_logins(world)
        cases.before_timetable(world)
    structure.make_slots(world)
    (enter or enter_by_models)(world)
    world.env.flush_all()
    return world


def _make_structure(world):
    """Everything but the lessons."""
    world.company.write({"name": _NAME})
    world.company.partner_id.lang = "ky_KG"
    people.make_staff(world)
    structure.make_year(world)
    structure.make_shifts(world)
    structure.make_subjects(world)
    structure.make_classes(world)
    people.make_pupils(world)
    structure.make_subgroups(world)
    structure.make_journals(world)


def enter_by_models(world):
    """Lessons with a month of entries, all on record and sealed night by night."""
    entries.plan_lessons(world)
    if world.size.cases:
        cases.before_entries(world)
    classroom = entries.enter_past(world)
    if world.size.cases:
        quarter.end_quarters(world, classroom)
    seal_nights(world)
    today.enter_today(world, classroom)
    if world.size.cases:
        today.prepare_tomorrow(world, classroom)


def seal_nights(world):
    """Seal each night from the first day of the year to last night."""
    day = world.year.date_start
    while day < world.today:
        closes_at = world.company._ejournal_day_bounds(day)[1]
        env = world.env_at(closes_at + timedelta(minutes=5))
        env["ejournal.seal"]._seal_days(world.company.with_env(env))
        day += timedelta(days=1)


def logins(world):
    """Who may log in to the demo school.

    :returns: list of ``(who, login, password, what to look at)``; password and login are
        the same, since nothing here is anybody's
    """
    others = sorted(
        user.login
        for user in world.teachers.values()
        if user.login not in ("teacher", "classteacher")
    )
    rows = [
        ("Administrator", "admin", "users, settings of the system; no marks"),
        ("Deputy director", "deputy", "the whole school, in Russian"),
        ("Director", "director", "the whole school, to read"),
        ("Teacher", "teacher", "mathematics: lessons of today to fill"),
        ("Class teacher", "classteacher", "class 5-А and lessons of its own"),
        ("Parent", "parent", "the diaries of several children"),
        ("Pupil", "pupil", "the own diary, class 9-А"),
    ]
    return [(who, login, login, sees) for who, login, sees in rows] + [
        (
            "Other teachers",
            f"{others[0]} …",
            "as login",
            f"{len(others)} more, in Settings → Users",
        )
    ]
