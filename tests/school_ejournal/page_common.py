"""A journal with a lesson today by the real clock: a browser and its server have to agree."""

from datetime import timedelta

from odoo.tests import HttpCase, new_test_user

from odoo.addons.school_ejournal.tools.passage import with_passage

SURNAMES = ("Асанов", "Ермеков", "Ёлкин", "Ңурманов", "Өмүров", "Үсөнов")


class PageCase(HttpCase):
    """The world of the journal page's tours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.school = cls.env["res.company"].create({"name": "Page school"})
        cls.env = cls.env(
            context={
                **cls.env.context,
                "tracking_disable": True,
                "no_reset_password": True,
                "lang": "en_US",
                "allowed_company_ids": cls.school.ids,
            }
        )
        cls.today = cls.school._ejournal_today()
        cls.teacher = cls._user("page_teacher", "Токтогулова Айнура")
        cls.colleague = cls._user("page_colleague", "Бакиров Нурлан")
        cls._make_class()
        cls._make_journal()
        cls._make_assets()

    @classmethod
    def _make_assets(cls):
        """The web client's bundle beforehand: requests of a browser that all wait for the
        first one are refused after 20 seconds."""
        qweb = cls.env["ir.qweb"]
        qweb._get_asset_bundle("web.assets_web", css=False, js=True).js()
        qweb._get_asset_bundle("web.assets_web", css=True, js=False).css()

    @classmethod
    def _user(cls, login, name, group="group_teacher"):
        return new_test_user(
            cls.env,
            login,
            groups=f"school_ejournal.{group}",
            name=name,
            company_id=cls.school.id,
            company_ids=[(6, 0, cls.school.ids)],
            lang="en_US",
        )

    @classmethod
    def _make_class(cls):
        start, end = cls.today - timedelta(days=30), cls.today + timedelta(days=30)
        cls.year = cls.env["ejournal.year"].create(
            {"name": "Page year", "date_start": start, "date_end": end}
        )
        calendar = cls.year._default_calendar() or cls.env["ejournal.calendar"].create(
            {"year_id": cls.year.id, "name": "All grades"}
        )
        if not calendar.period_ids:
            cls.env["ejournal.period"].create(
                {"calendar_id": calendar.id, "date_start": start, "date_end": end}
            )
        cls.class_ = cls.env["ejournal.class"].create(
            {
                "year_id": cls.year.id,
                "grade": 7,
                "letter": "А",
                "calendar_id": calendar.id,
            }
        )
        cls.pupils = cls.env["ejournal.pupil"].create(
            [{"last_name": name, "first_name": "Бакыт"} for name in SURNAMES]
        )
        cls.env["ejournal.enrollment"].create(
            [
                {"pupil_id": pupil.id, "class_id": cls.class_.id, "date_start": start}
                for pupil in cls.pupils
            ]
        )

    @classmethod
    def _make_journal(cls):
        cls.journal = cls.env["ejournal.journal"].create(
            {
                "class_ids": [(6, 0, cls.class_.ids)],
                "subject_id": cls.env["ejournal.subject"]
                .create({"name": "Algebra"})
                .id,
                "teacher_id": cls.teacher.id,
            }
        )
        cls.env["ejournal.assignment"].create(
            {
                "journal_id": cls.journal.id,
                "teacher_id": cls.colleague.id,
                "role": "co",
                "may_write": True,
                "date_start": cls.year.date_start,
            }
        )
        Lesson = with_passage(cls.env["ejournal.lesson"], "system")
        cls.lesson_before, cls.lesson = Lesson.create(
            [
                {
                    "journal_id": cls.journal.id,
                    "date": day,
                    "number": 2,
                    "teacher_id": cls.teacher.id,
                }
                for day in (cls.today - timedelta(days=7), cls.today)
            ]
        )

    def marks(self):
        """``{last name: mark}`` of today's lesson."""
        self.env.invalidate_all()
        return {
            mark.pupil_id.last_name: mark.value
            for mark in self.lesson.mark_ids
            if mark.value
        }

    def absent(self):
        self.env.invalidate_all()
        facts = self.lesson.attendance_ids.filtered(lambda fact: fact.kind == "absent")
        return facts.pupil_id.mapped("last_name")
