"""The nightly scheduled action."""

from datetime import date, datetime
from unittest.mock import patch

from odoo.tools import mute_logger

from .planning_common import THURSDAY, PlanningCase, october

LOGGER = "odoo.addons.school_ejournal.models.control.ejournal_nightly"


class TestNightly(PlanningCase):
    def setUp(self):
        super().setUp()
        self.cron = self.env.ref("school_ejournal.ir_cron_plan_lessons")

    def run_night(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_the_coming_weeks_are_kept_planned(self):
        self.make_slot(THURSDAY, 2)
        self.assertEqual(self.lessons().mapped("date")[-1], october(29))
        with self.at("2026-10-30 19:00"):
            self.run_night()
        lessons = self.lessons(october(15), date(2027, 5, 31))
        self.assertEqual(lessons.mapped("date")[-1], date(2026, 11, 26))
        self.assertEqual(len(lessons), 6, "15, 22, 29 October; 12, 19, 26 November")

    def test_weeks_ahead_are_the_schools_decision(self):
        self.make_slot(THURSDAY, 2)
        self.as_deputy(self.school._ejournal_settings()).weeks_ahead = 6
        self.run_night()
        lessons = self.lessons(october(15), date(2027, 5, 31))
        self.assertEqual(lessons.mapped("date")[-1], date(2026, 11, 19))

    def test_it_works_for_every_school_and_counts_its_progress(self):
        progress = self.env["ir.cron.progress"]
        before = progress.search([])
        self.run_night()
        done = progress.search([]) - before
        schools = self.env["res.company"].search([])
        self.assertEqual((done.done, done.remaining), (len(schools), 0))
        for school in schools:
            self.assertEqual(
                school._ejournal_settings().planned_on, school._ejournal_today()
            )

    def test_started_by_hand_it_plans_once_more(self):
        self.run_night()
        slots = self.env["ejournal.timetable.slot"]._planned_later()
        slots.create(self.slot_vals(THURSDAY, 2))
        self.assertFalse(self.lessons())
        self.run_night()
        self.assertTrue(self.lessons())

    def test_one_school_that_fails_does_not_stop_the_others(self):
        self.make_slot(THURSDAY, 2)
        self._make_school("Broken")
        schools = type(self.school)
        night = schools._ejournal_plan_night

        def broken(school):
            if school.name == "Broken":
                raise ValueError("broken")
            night(school)

        with (
            self.at("2026-10-30 19:00"),
            patch.object(schools, "_ejournal_plan_night", broken),
            mute_logger(LOGGER),
        ):
            self.run_night()
        self.assertTrue(self.lessons(date(2026, 11, 12), date(2026, 11, 12)))

    def test_a_closed_year_is_left_alone(self):
        self.make_slot(THURSDAY, 2)
        for period in self.calendar.period_ids:
            self.close(period)
        self.as_deputy(self.year).action_close()
        with self.at("2026-10-30 19:00"):
            self.run_night()
        self.assertEqual(len(self.lessons(october(15), date(2027, 5, 31))), 3)

    def test_it_comes_back_at_the_schools_midnight(self):
        """Bishkek is six hours ahead of UTC."""
        self.run_night()
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        self.assertIn(datetime(2026, 10, 14, 18, 0), triggers.mapped("call_at"))

    def test_present_teachers_follow_the_schools_date(self):
        self.as_deputy(self.journal).assignment_ids.date_end = october(14)
        self.as_deputy(self.env["ejournal.assignment"]).create(
            {
                "journal_id": self.journal.id,
                "teacher_id": self.colleague.id,
                "date_start": october(15),
            }
        )
        acting = self.as_deputy(self.env["ejournal.class.teacher"]).create(
            {
                "class_id": self.class_a.id,
                "teacher_id": self.colleague.id,
                "role": "acting",
                "date_start": october(15),
                "date_end": october(16),
            }
        )
        former = self.journal.assignment_ids.filtered("date_end")
        self.assertEqual(self.journal.teacher_id, self.teacher)
        # 15 October, 0:30 in Bishkek; still the 14th in UTC
        with self.at("2026-10-14 18:30"):
            self.run_night()
            self.assertEqual(self.journal.teacher_id, self.colleague)
            self.assertTrue(former.is_over)
            self.assertEqual(self.class_a.class_teacher_id, acting.teacher_id)
        with self.at("2026-10-16 18:30"):
            self.run_night()
            self.assertEqual(self.class_a.class_teacher_id, self.class_teacher)
