"""A small school for the tests: one year, two classes, its people, lessons of a few days.

The clock stands at Wednesday 14 October 2026, 10:00 in Bishkek, while the server runs in
UTC; :meth:`SchoolCase.at` moves it.
"""

from datetime import date, datetime

from freezegun import freeze_time

from odoo import fields
from odoo.tests import TransactionCase, new_test_user

from odoo.addons.school_ejournal.tools.passage import with_passage

TODAY = date(2026, 10, 14)
YESTERDAY = date(2026, 10, 13)
TOMORROW = date(2026, 10, 15)
NOW = datetime(2026, 10, 14, 4, 0)  # 10:00 in Bishkek

SURNAMES = ("Асанов", "Ермеков", "Ёлкин", "Ңурманов", "Өмүров", "Үсөнов")


def lift_guard(cursor):
    """Do what only the owner of the database can: change what is on record."""
    for table in ("ejournal_change", "ejournal_seal"):
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def set_guard(cursor):
    """Hold the record fast again, before a commit."""
    for table in ("ejournal_change", "ejournal_seal"):
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


class SchoolCase(TransactionCase):
    """The world; subclasses add what they need."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clock = freeze_time(NOW)
        cls.clock.start()
        cls.addClassCleanup(cls.clock.stop)
        cls.env = cls.env(
            context={
                "tracking_disable": True,
                "no_reset_password": True,
                "lang": "en_US",
            }
        )
        cls.school = cls._make_school("Test school")
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.school.ids}
        )
        cls._make_people()
        cls._make_year()
        cls._make_classes()
        cls._make_journals()

    # ---- building ------------------------------------------------------------------

    @classmethod
    def _make_school(cls, name):
        return cls.env["res.company"].create({"name": name})

    @classmethod
    def _user(cls, login, group, school=None, **values):
        """A user of a school with one group of ours (or a full XML id)."""
        school = school or cls.school
        return new_test_user(
            cls.env,
            login,
            groups=group if "." in group else f"school_ejournal.{group}",
            company_id=school.id,
            company_ids=[(6, 0, school.ids)],
            tz="America/New_York",
            **values,
        )

    @classmethod
    def _make_people(cls):
        cls.teacher = cls._user("t_algebra", "group_teacher", name="Токтогулова Айнура")
        cls.colleague = cls._user("t_physics", "group_teacher", name="Бакиров Нурлан")
        cls.class_teacher = cls._user(
            "t_class", "group_teacher", name="Саматова Гүлнара"
        )
        cls.deputy = cls._user("deputy", "group_deputy", name="Жээнбекова Чолпон")
        cls.director = cls._user("director", "group_director", name="Исаков Эрлан")
        cls.admin = cls._user("technician", "group_admin", name="Ким Виктор")
        cls.outsider = cls._user("clerk", "base.group_user", name="Иванов Пётр")
        cls.parent_user = cls._user("parent_1", "base.group_portal", name="parent 1")
        cls.stranger = cls._user("parent_2", "base.group_portal", name="parent 2")

    @classmethod
    def _make_year(cls):
        cls.year = cls.env["ejournal.year"].create(
            {"name": "2026/27", "date_start": "2026-09-01", "date_end": "2027-05-31"}
        )
        cls.calendar = cls.year._default_calendar() or cls.env[
            "ejournal.calendar"
        ].create({"year_id": cls.year.id, "name": "5-day"})
        if not cls.calendar.period_ids:
            cls.env["ejournal.period"].create(
                [
                    {
                        "calendar_id": cls.calendar.id,
                        "kind": "quarter",
                        "sequence": sequence,
                        "date_start": start,
                        "date_end": end,
                    }
                    for sequence, (start, end) in enumerate(
                        [
                            ("2026-09-01", "2026-11-04"),
                            ("2026-11-10", "2026-12-30"),
                            ("2027-01-12", "2027-03-20"),
                            ("2027-03-29", "2027-05-25"),
                        ],
                        1,
                    )
                ]
            )
        cls.quarter = cls.calendar.period_ids.filtered(
            lambda period: period.kind == "quarter" and period.sequence == 1
        )

    @classmethod
    def _make_classes(cls):
        Class = cls.env["ejournal.class"]
        cls.class_a, cls.class_b = Class.create(
            [
                {
                    "year_id": cls.year.id,
                    "grade": 7,
                    "letter": letter,
                    "calendar_id": cls.calendar.id,
                }
                for letter in "АБ"
            ]
        )
        cls.class_a.class_teacher_id = cls.class_teacher
        cls.pupils = cls._make_pupils(cls.class_a, SURNAMES)
        cls.pupils_b = cls._make_pupils(cls.class_b, ("Бекова", "Ивлева"))
        cls.pupil = cls.pupils[0]
        cls.parent = cls.env["ejournal.parent"].create(
            {
                "last_name": "Асанова",
                "first_name": "Бермет",
                "user_id": cls.parent_user.id,
            }
        )
        cls.guardian = cls.env["ejournal.guardian"].create(
            {
                "pupil_id": cls.pupil.id,
                "parent_id": cls.parent.id,
                "relation": "mother",
                "access_granted": True,
                "date_start": "2026-09-01",
            }
        )

    @classmethod
    def _make_pupils(cls, class_, surnames):
        pupils = cls.env["ejournal.pupil"].create(
            [{"last_name": name, "first_name": "Бакыт"} for name in surnames]
        )
        with freeze_time("2026-09-01 03:00:00"):
            cls.env["ejournal.enrollment"].create(
                [
                    {
                        "pupil_id": pupil.id,
                        "class_id": class_.id,
                        "date_start": "2026-09-01",
                    }
                    for pupil in pupils
                ]
            )
        return pupils

    @classmethod
    def _make_journals(cls):
        cls.algebra, cls.physics = cls.env["ejournal.subject"].create(
            [{"name": "Algebra"}, {"name": "Physics"}]
        )
        cls.journal = cls._make_journal(cls.algebra, cls.class_a, cls.teacher)
        cls.other_journal = cls._make_journal(cls.physics, cls.class_b, cls.colleague)
        cls.lesson = cls._make_lesson(cls.journal, TODAY, 2)
        cls.lesson_yesterday = cls._make_lesson(cls.journal, YESTERDAY, 2)
        cls.lesson_tomorrow = cls._make_lesson(cls.journal, TOMORROW, 2)
        cls.other_lesson = cls._make_lesson(cls.other_journal, TODAY, 3)
        WorkType = cls.env["ejournal.work.type"]
        own = [("company_id", "=", cls.school.id)]
        cls.answer_type = WorkType.search([*own, ("code", "=", "answer")])
        cls.control_type = WorkType.search([*own, ("code", "=", "control")])
        cls.dictation_type = WorkType.search([*own, ("code", "=", "dictation")])

    @classmethod
    def _make_journal(cls, subject, class_, teacher, **values):
        return cls.env["ejournal.journal"].create(
            {
                "year_id": class_.year_id.id,
                "class_ids": [(6, 0, class_.ids)],
                "subject_id": subject.id,
                "teacher_id": teacher.id,
                **values,
            }
        )

    @classmethod
    def _make_lesson(cls, journal, day, number, **values):
        return with_passage(cls.env["ejournal.lesson"], "system").create(
            {
                "journal_id": journal.id,
                "date": day,
                "number": number,
                "teacher_id": journal.teacher_id.id,
                **values,
            }
        )

    def _work(self, lesson=None, work_type=None, **values):
        """A column made past the lock."""
        work_type = work_type or self.answer_type
        return with_passage(self.env["ejournal.work"]).create(
            {
                "lesson_id": (lesson or self.lesson).id,
                "type_id": work_type.id,
                "weight": work_type.weight,
                **values,
            }
        )

    def _mark(self, work, pupil=None, value="5"):
        """A mark made past the lock."""
        return with_passage(self.env["ejournal.mark"]).create(
            {
                "work_id": work.id,
                "pupil_id": (pupil or self.pupil).id,
                "value": value,
            }
        )

    # ---- acting ----------------------------------------------------------------------

    def at(self, moment):
        """A context manager that sets the clock: naive UTC, text or datetime."""
        return freeze_time(moment)

    def as_user(self, record, user):
        """The record in the environment of a request of ``user``: no cache of others."""
        self.env.flush_all()
        self.env.invalidate_all()
        return record.with_env(self.env(user=user, su=False))

    def entry(self, field, value, old=False, lesson=None, pupil=None, work=None, key=1):
        """One entry as the journal page sends it."""
        lesson = lesson or self.lesson
        with_pupil = field in ("mark", "second_mark", "comment", "attendance")
        pupil = pupil or (self.pupil if with_pupil else None)
        return {
            "key": key,
            "lesson_id": lesson.id,
            "work_id": work.id if work else None,
            "pupil_id": pupil.id if pupil else None,
            "field": field,
            "old": old,
            "value": value,
        }

    def save(self, *entries, user=None, journal=None):
        """``save_entries`` as a user; returns the answers."""
        journal = self.as_user(journal or self.journal, user or self.teacher)
        return journal.save_entries(list(entries))

    def window(self, lesson=None, user=None):
        lesson = self.as_user(lesson or self.lesson, user or self.teacher)
        return lesson._entry_window()[lesson.id]

    def changes(self, record, field_name=None):
        """The change rows of a record, oldest first."""
        domain = [("model_name", "=", record._name), ("res_id", "=", record.id)]
        if field_name:
            domain.append(("field_name", "=", field_name))
        return self.env["ejournal.change"].search(domain, order="id")

    def day(self, text):
        return fields.Date.to_date(text)
