"""Two ways through the pages in a real browser: the deputy's settings, a teacher's mark."""

from datetime import timedelta

from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestViewsTour(HttpCase):
    """The clock is the real one: browser and server have to agree on the day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.school = cls.env["res.company"].create({"name": "Tour school"})
        cls.env = cls.env(
            context={
                **cls.env.context,
                "lang": "en_US",
                "allowed_company_ids": cls.school.ids,
            }
        )
        cls.deputy = cls._user("tour_deputy", "group_deputy")
        cls.teacher = cls._user("tour_teacher", "group_teacher")
        cls.today = cls.school._ejournal_today()
        cls.lesson = cls._make_lesson()

    @classmethod
    def _user(cls, login, group):
        return new_test_user(
            cls.env,
            login,
            groups=f"school_ejournal.{group}",
            company_id=cls.school.id,
            company_ids=[(6, 0, cls.school.ids)],
            lang="en_US",
        )

    @classmethod
    def _make_lesson(cls):
        start, end = cls.today - timedelta(days=30), cls.today + timedelta(days=30)
        year = cls.env["ejournal.year"].create({"date_start": start, "date_end": end})
        calendar = year._default_calendar() or cls.env["ejournal.calendar"].create(
            {"year_id": year.id, "name": "All grades"}
        )
        if not calendar.period_ids:
            cls.env["ejournal.period"].create(
                {"calendar_id": calendar.id, "date_start": start, "date_end": end}
            )
        class_ = cls.env["ejournal.class"].create(
            {
                "year_id": year.id,
                "grade": 7,
                "letter": "А",
                "calendar_id": calendar.id,
            }
        )
        pupil = cls.env["ejournal.pupil"].create(
            {"last_name": "Асанов", "first_name": "Айбек"}
        )
        cls.env["ejournal.enrollment"].create(
            {"pupil_id": pupil.id, "class_id": class_.id, "date_start": start}
        )
        journal = cls.env["ejournal.journal"].create(
            {
                "class_ids": [(6, 0, class_.ids)],
                "subject_id": cls.env["ejournal.subject"]
                .create({"name": "Algebra"})
                .id,
                "teacher_id": cls.teacher.id,
            }
        )
        return (
            cls.env["ejournal.lesson"]
            .with_user(cls.deputy)
            .create(
                {
                    "journal_id": journal.id,
                    "date": cls.today,
                    "number": 1,
                    "teacher_id": cls.teacher.id,
                }
            )
        )

    def test_the_deputy_changes_settings_and_adds_a_closing_time(self):
        self.start_tour("/odoo", "ejournal_settings", login="tour_deputy")
        settings = self.school._ejournal_settings()
        self.assertFalse(settings.count_classwork)
        rule = settings.lock_rule_ids.filtered(lambda r: r.order_ref == "No. 17")
        self.assertEqual(
            (str(rule.date_start), rule.closing_time), ("2099-12-31", 21.5)
        )

    def test_a_teacher_enters_a_mark_in_the_lesson(self):
        self.start_tour("/odoo/my-lessons", "ejournal_enter_mark", login="tour_teacher")
        self.assertEqual(self.lesson.topic, "Fractions")
        self.assertEqual(self.lesson.mark_ids.mapped("value"), ["5"])
        self.assertEqual(self.lesson.state, "held")
