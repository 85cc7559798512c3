"""Staff, pupils, parents and their logins.

Passwords equal the logins. That is for a school that does not exist and for nobody else:
real accounts get theirs by a link that works once.
"""

from datetime import timedelta
from typing import NamedTuple

from passlib.hash import pbkdf2_sha512

from odoo.fields import Command

from .names import FEMALE, MALE
from .staffing import Staff
from .world import LANG

_TZ = "Asia/Bishkek"
_PORTAL = "base.group_portal"
_WEAK_HASH = pbkdf2_sha512.using(rounds=1000)
_DEPARTMENT_OF_TEACHER = "math"
_DEPARTMENT_OF_CLASS_TEACHER = "kyr"
_SIBLINGS = 0.14
_MOST_CHILDREN = 3
_BOTH_PARENTS = 0.75


# ---- staff -----------------------------------------------------------------------------


def make_staff(world):
    """Deputy, director and teachers; the deputy then makes the school."""
    world.staffing = Staff(world.size).plan()
    adult = world.names.adult
    accounts = [
        Account("deputy", adult(FEMALE).full_name, _group("deputy"), "ru_RU"),
        Account("director", adult(MALE).full_name, _group("director")),
        *(
            Account(login, adult().full_name, _group("teacher"))
            for login in _logins_of_teachers(world.staffing.teachers)
        ),
    ]
    users = _make_users(world, accounts)
    _give_passwords(users)
    world.deputy, world.director = users[0], users[1]
    world.teachers = dict(enumerate(users[2:]))
    admin = world.env_at(world.now).ref("base.user_admin")
    admin.write({"lang": LANG, "tz": _TZ})
    _give_passwords(admin)


def _group(name):
    return f"school_ejournal.group_{name}"


def _logins_of_teachers(teachers):
    """Logins in the order of keys; one teacher and one class teacher have plain names."""
    plain = {
        _busiest(teachers, _DEPARTMENT_OF_TEACHER): "teacher",
        _busiest(teachers, _DEPARTMENT_OF_CLASS_TEACHER): "classteacher",
    }
    return [plain.get(t.key, f"teacher{t.key + 1:02}") for t in teachers]


def _busiest(teachers, department):
    own = [teacher for teacher in teachers if teacher.department == department]
    return max(own, key=lambda teacher: teacher.hours).key


class Account(NamedTuple):
    """A user to be made."""

    login: str
    name: str
    group: str
    lang: str = LANG


def _make_users(world, accounts):
    env = world.env_at(world.now)
    return env["res.users"].create(
        [
            {
                "login": account.login,
                "name": account.name,
                "lang": account.lang,
                "tz": _TZ,
                "company_id": world.company.id,
                "company_ids": [Command.set(world.company.ids)],
                "group_ids": [Command.set(env.ref(account.group).ids)],
            }
            for account in accounts
        ]
    )


def _give_passwords(users):
    """The login is the password. A weak hash keeps no secret that is printed anyway, and
    is made a hundred times quicker; Odoo replaces it at the first login."""
    for user in users:
        user._set_encrypted_password(user.id, _WEAK_HASH.hash(user.login))


# ---- pupils and parents -----------------------------------------------------------------


class _Household:
    """A family with those of its children who are at the school."""

    def __init__(self, family):
        self.family = family
        self.children = []  # (ClassSpec, Person)
        self.pupils = None  # ejournal.pupil
        self.mother = self.father = None  # ejournal.parent


def make_pupils(world):
    """Pupils with cards, parents and places in their classes."""
    households = _households(world)
    seats = [(home, *child) for home in households for child in home.children]
    env = world.env
    pupils = env["ejournal.pupil"].create(
        [{**child.vals(), "gender": child.gender} for _home, _spec, child in seats]
    )
    for home in households:
        home.pupils = pupils.browse()
    for (home, _spec, _child), pupil in zip(seats, pupils, strict=True):
        home.pupils |= pupil
    env["ejournal.pupil.card"].create(
        [
            {"pupil_id": pupil.id, "birth_date": _birth_date(world, spec.grade)}
            for (_home, spec, _child), pupil in zip(seats, pupils, strict=True)
        ]
    )
    env["ejournal.enrollment"].create(
        [
            {
                "pupil_id": pupil.id,
                "class_id": world.classes[spec.name].id,
                "date_start": world.year.date_start,
            }
            for (_home, spec, _child), pupil in zip(seats, pupils, strict=True)
        ]
    )
    _make_parents(world, households)
    world.families = households


def _households(world):
    """Families for all places in the classes; some have several children."""
    households = []
    for spec in world.size.classes:
        older = list(households)
        for _place in range(spec.pupils):
            home = _family_with_room(world, older)
            if not home:
                home = _Household(world.names.family())
                households.append(home)
            home.children.append((spec, world.names.child(home.family)))
    return households


def _family_with_room(world, households):
    """A family whose next child goes to this class, or ``None``; each is taken once."""
    if not households or world.rng.random() >= _SIBLINGS:
        return None
    home = households.pop(world.rng.randrange(len(households)))
    return home if len(home.children) < _MOST_CHILDREN else None


def _birth_date(world, grade):
    days = round(365.25 * (grade + 6.5)) + world.rng.randrange(365)
    return world.year.date_start - timedelta(days=days)


def _make_parents(world, households):
    """A mother for each family, a father for most; access for those with an account."""
    with_father = [home for home in households if world.rng.random() < _BOTH_PARENTS]
    parents = world.env["ejournal.parent"]
    mothers = parents.create([_parent_vals(world, h.family.mother) for h in households])
    fathers = parents.create(
        [_parent_vals(world, h.family.father) for h in with_father]
    )
    for home, mother in zip(households, mothers, strict=True):
        home.mother = mother
    for home, father in zip(with_father, fathers, strict=True):
        home.father = father
    _make_accounts(world, households)
    world.env["ejournal.guardian"].create(
        [
            {
                "pupil_id": pupil.id,
                "parent_id": parent.id,
                "relation": relation,
                "access_granted": bool(parent.user_id),
                "date_start": world.year.date_start,
            }
            for home in households
            for pupil in home.pupils
            for relation, parent in (("mother", home.mother), ("father", home.father))
            if parent
        ]
    )


def _parent_vals(world, person):
    return {**person.vals(), "phone": f"+996 7{world.rng.randrange(10**8):08}"}


def _make_accounts(world, households):
    """Portal accounts of some mothers; none has a password yet.

    The contact behind an account is called like its login: no real name of a parent or
    child stands where all employees look.
    """
    chosen = [home for home in households if world.rng.random() < world.size.accounts]
    logins = [f"parent{number:04}" for number in range(1, len(chosen) + 1)]
    users = _make_users(world, [Account(login, login, _PORTAL) for login in logins])
    for home, user in zip(chosen, users, strict=True):
        home.mother.user_id = user


def make_portal_logins(world):
    """``parent``, who has two children here, and ``pupil`` of the ninth grade."""
    parent, pupil = users = _make_users(
        world, [Account(login, login, _PORTAL) for login in ("parent", "pupil")]
    )
    _give_passwords(users)
    home = max(world.families, key=lambda home: (len(home.pupils), home.mother.id))
    home.mother.user_id = parent
    home.pupils.guardian_ids.filtered(
        lambda row: row.parent_id == home.mother
    ).access_granted = True
    class_ = world.classes["9-А"]
    class_.enrollment_ids.sorted("number")[0].pupil_id.user_id = pupil
