"""The class teacher's pages in Chromium, at a desk and on a phone."""

from odoo.tests import tagged

from .page_common import PageCase


class ClassPageTour(PageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.class_teacher = cls._user("page_class", "Саматова Гүлнара")
        cls.class_.class_teacher_id = cls.class_teacher

    def tour(self, name):
        self.start_tour(
            f"/odoo/attendance/{self.class_.id}", name, login="page_class", timeout=120
        )
        self.env.invalidate_all()
        return {
            row.pupil_id.last_name: row.reason
            for row in self.env["ejournal.absence"].search([])
        }


@tagged("post_install", "-at_install")
class TestClassPageDesk(ClassPageTour):
    browser_size = "1366x768"

    def test_marks_by_keyboard_calls_and_confirms_the_day(self):
        """Where today is no school day its lesson alone makes it one on the page."""
        calendar = self.class_.calendar_id
        if not calendar._is_school_day(self.today):
            self.env["ejournal.day"].create(
                {
                    "calendar_id": calendar.id,
                    "date": self.today,
                    "as_weekday": "0",
                    "order_ref": "№ 1",
                }
            )
        absences = self.tour("school_ejournal_class_desk")
        self.assertEqual(absences, {"Асанов": "ill", "Ермеков": "unknown"})
        self.assertEqual(self.env["ejournal.contact"].search([]).way, "phone")
        self.assertTrue(self.lesson.nudged_at)
        day = self.env["ejournal.class.day"].search([("class_id", "=", self.class_.id)])
        self.assertEqual((day.date, day.user_id), (self.today, self.class_teacher))


@tagged("post_install", "-at_install")
class TestClassPagePhone(ClassPageTour):
    browser_size = "360x740"
    touch_enabled = True

    def test_marks_by_thumb(self):
        absences = self.tour("school_ejournal_class_phone")
        self.assertEqual(absences, {"Асанов": "excused"})
