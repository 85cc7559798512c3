"""The page of the period marks, as a teacher uses it."""

from odoo.tests import HttpCase, tagged

from .results_common import ResultsCase


@tagged("post_install", "-at_install")
class TestPeriodMarksPage(ResultsCase, HttpCase):
    browser_size = "1366x768"

    def test_a_class_gets_its_marks_in_a_few_keys(self):
        self.marks(self.pupils[0], "5", "5", "4")
        self.marks(self.pupils[1], "3", "4", "4")
        self.marks(self.pupils[2], "2", "3", "2")
        self.teacher.lang = "en_US"
        self.start_tour(
            f"/odoo/period-marks/{self.journal.id}",
            "school_ejournal_period_marks",
            login=self.teacher.login,
        )
        self.env.invalidate_all()
        self.assertEqual(
            [self.stored(pupil) for pupil in self.pupils[:4]], ["5", "5", "2", "н/а"]
        )
        self.assertEqual(self.mark_of(self.pupils[1]).proposed, "4")
