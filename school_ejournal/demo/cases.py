"""What a real school meets: pupils who come, leave and move, a vacancy, a substitute.

Each is done by the deputy director on its own day, through the doors of the models.
"""

from datetime import timedelta

_HOME_PUPIL_OF = "9-Б"


def before_timetable(world):
    """What the timetable and the lists of the first day depend on."""
    _teach_at_home(world)
    _leave_vacant(world)
    _add_co_teachers(world)
    _make_staff_parent(world)


def before_entries(world):
    """What happened in the past weeks."""
    _move_pupil(world)
    _enrol_newcomer(world)
    _end_enrolment(world)
    _exempt_pupil(world)
    _name_substitute(world)
    _cancel_lesson(world)


def _deputy_on(world, days_ago):
    """The deputy's request at eight, some school days ago."""
    return world.env_of(world.deputy, world.at(world.days_ago(days_ago)))


def _place(world, class_name, number):
    """An enrolment by its place on the list of the first day."""
    rows = world.classes[class_name].enrollment_ids.sorted("number")
    return rows[number % len(rows)]


def _teach_at_home(world):
    """One pupil is on the list of a class and is taught at home, one by one."""
    row = _place(world, _HOME_PUPIL_OF, 7)
    row.form = "home"
    world.env["ejournal.enrollment"].create(
        {
            "pupil_id": row.pupil_id.id,
            "class_id": world.home_class.id,
            "date_start": row.date_start,
            "form": "home",
        }
    )


def _leave_vacant(world):
    """Nobody has been found for chemistry in one class."""
    for journal in world.journals_of("9-Б", "chemistry"):
        journal.teacher_id = False


def _add_co_teachers(world):
    """One co-teacher who may write, one who only reads."""
    for (class_name, subject), may_write in (
        (("5-А", "inf"), True),
        (("5-Б", "crafts"), False),
    ):
        journal = world.journals_of(class_name, subject)[0]
        others = world.env["res.users"].union(*world.teachers.values())
        others -= journal.teacher_id
        world.env["ejournal.assignment"].create(
            {
                "journal_id": journal.id,
                "teacher_id": others[-1].id,
                "role": "co",
                "may_write": may_write,
                "date_start": world.year.date_start,
            }
        )


def _make_staff_parent(world):
    """A teacher with a child at the school looks into the diary by the own login."""
    home = next(
        home
        for home in world.families
        if home.father and not home.mother.user_id and not home.father.user_id
    )
    home.father.user_id = max(world.teachers.items())[1]
    home.pupils.guardian_ids.filtered(
        lambda row: row.parent_id == home.father
    ).access_granted = True


def _move_pupil(world):
    """From 5-А to 5-Б, into its subgroups too."""
    row = _place(world, "5-А", 11).with_env(_deputy_on(world, 8))
    date = world.days_ago(8)
    row.action_move(world.classes["5-Б"], date)
    _join_subgroup(world, row.pupil_id, "5-Б", date, row.env)


def _enrol_newcomer(world):
    """Came ten school days ago, was typed three days later."""
    env = _deputy_on(world, 7)
    pupil = env["ejournal.pupil"].create(
        {"last_name": "Ёлкина", "first_name": "Үмүт", "patronymic": "Сергеевна"}
    )
    date = world.days_ago(10)
    env["ejournal.enrollment"].create(
        {
            "pupil_id": pupil.id,
            "class_id": world.classes["5-В"].id,
            "date_start": date,
        }
    )
    _join_subgroup(world, pupil, "5-В", date, env)


def _join_subgroup(world, pupil, class_name, date, env):
    env["ejournal.subgroup.member"].create(
        {
            "subgroup_id": world.subgroups[class_name, 2].id,
            "pupil_id": pupil.id,
            "date_start": date,
        }
    )


def _end_enrolment(world):
    """Left for another town."""
    row = _place(world, "9-А", 15).with_env(_deputy_on(world, 6))
    row.write(
        {"date_end": world.days_ago(6), "leave_reason": "Бишкек шаарына көчтү, № 5 м."}
    )


def _exempt_pupil(world):
    """From physical education, by a note whose diagnosis nobody asks for."""
    env = _deputy_on(world, 15)
    env["ejournal.exemption"].create(
        {
            "pupil_id": _place(world, "9-А", 3).pupil_id.id,
            "subject_id": world.subjects["sport"].id,
            "date_start": world.days_ago(15),
            "date_end": world.today + timedelta(days=30),
            "order_ref": "№ 38",
        }
    )


def _name_substitute(world):
    """A teacher is away for a day; colleagues give the lessons."""
    env = _deputy_on(world, 5)
    date = world.days_ago(5)
    absent = world.journals_of("5-Б", "rus")[0].teacher_id
    lessons = env["ejournal.lesson"].search(
        [("date", "=", date), ("teacher_id", "=", absent.id)]
    )
    busy = env["ejournal.lesson"].search([("date", "=", date)])
    free = env["res.users"].union(*world.teachers.values()) - busy.teacher_id - absent
    substitute = free[:1] or world.journals_of("5-А", "kyr")[0].teacher_id
    lessons.write(
        {"substitute_id": substitute.id, "substitute_reason": "Негизги мугалим ооруда"}
    )


def _cancel_lesson(world):
    """One lesson fell out."""
    env = _deputy_on(world, 4)
    lesson = env["ejournal.lesson"].search(
        [
            ("date", "=", world.days_ago(4)),
            ("journal_id.class_ids", "in", world.classes["9-А"].ids),
            ("number", "=", 6),
        ],
        limit=1,
    )
    lesson.action_cancel("Шаардык спорт майрамы")
