"""My day in Chromium: the day closed at a desk, a lesson asked for by phone."""

from odoo.tests import tagged

from odoo.addons.school_ejournal.tools.passage import with_passage

from .page_common import PageCase


class DayCase(PageCase):
    """Two lessons of one class today, as a primary teacher has them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        physics = cls.env["ejournal.subject"].create({"name": "Physics"})
        journal = cls.env["ejournal.journal"].create(
            {
                "class_ids": [(6, 0, cls.class_.ids)],
                "subject_id": physics.id,
                "teacher_id": cls.teacher.id,
            }
        )
        cls.second = with_passage(cls.env["ejournal.lesson"], "system").create(
            {
                "journal_id": journal.id,
                "date": cls.today,
                "number": 3,
                "teacher_id": cls.teacher.id,
            }
        )


@tagged("post_install", "-at_install")
class TestMyDayDesk(DayCase):
    browser_size = "1366x768"

    def test_the_day_is_closed_in_one_table_with_one_roll_call(self):
        self.start_tour(
            "/odoo/my-day", "school_ejournal_day_close", login="page_teacher"
        )
        self.assertEqual(self.absent(), ["Ёлкин"])
        self.assertEqual(
            (self.lesson.topic, self.lesson.classwork, self.lesson.homework),
            ("Roots", "№ 12", "№ 15"),
        )
        self.assertTrue(self.lesson.filled_at)
        self.assertTrue(self.second.attendance_confirmed)
        self.assertFalse(self.second.attendance_ids.filtered("kind"))


@tagged("post_install", "-at_install")
class TestMyDayPhone(DayCase):
    browser_size = "360x740"
    touch_enabled = True

    def test_a_closed_lesson_is_asked_for_and_one_tap_opens_todays(self):
        self.start_tour(
            "/odoo/my-day", "school_ejournal_day_phone", login="page_teacher"
        )
        unlock = self.env["ejournal.unlock"].search(
            [("lesson_ids", "in", self.lesson_before.ids)]
        )
        self.assertEqual((unlock.reason_code, unlock.state), ("ill", "requested"))
