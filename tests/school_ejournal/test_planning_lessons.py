"""Lessons from the timetable: the deputy's button, the calendar, the timetable."""

from datetime import date
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, ConcurrencyError
from odoo.fields import Command

from .planning_common import (
    FRIDAY,
    MONDAY,
    SATURDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    PlanningCase,
    october,
)


class TestGenerate(PlanningCase):
    def test_the_deputy_makes_the_lessons_of_a_quarter(self):
        self.make_slot(MONDAY, 1)
        self.make_slot(FRIDAY, 3, self.other_journal)
        message = self.generate()
        quarter = date(2026, 9, 1), date(2026, 11, 4)
        mondays = self.lessons(*quarter)
        self.assertEqual(len(mondays), 9, "7 September to 2 November")
        self.assertEqual({lesson.number for lesson in mondays}, {1})
        fridays = self.lessons(*quarter, journal=self.other_journal)
        self.assertEqual(len(fridays), 9)
        self.assertEqual(mondays.teacher_id, self.teacher)
        self.assertEqual(mondays.period_id, self.quarter)
        self.assertEqual(set(mondays.mapped("state")), {"planned"})
        # from today on they were there with the timetable already
        self.assertIn("Made: 12.", message)

    def test_once_more_changes_nothing(self):
        self.make_slot(MONDAY, 1)
        self.generate()
        before = self.lessons(date(2026, 9, 1), date(2026, 11, 4))
        self.assertIn("Made: 0. Changed: 0. Removed: 0.", self.generate())
        self.assertEqual(self.lessons(date(2026, 9, 1), date(2026, 11, 4)), before)

    def test_the_calendar_makes_all_its_open_periods(self):
        self.make_slot(WEDNESDAY, 2)
        self.as_deputy(self.calendar).action_generate_lessons()
        lessons = self.lessons(date(2026, 9, 1), date(2027, 5, 31))
        self.assertEqual(lessons.period_id, self.calendar.period_ids)
        holidays = self.lessons(date(2026, 11, 5), date(2026, 11, 9))
        self.assertFalse(holidays)

    def test_only_the_deputy_may(self):
        for user in (self.teacher, self.class_teacher, self.director, self.admin):
            with self.subTest(user.name):
                for record in (self.quarter, self.calendar):
                    with self.assertRaises(AccessError):
                        self.as_user(record, user).action_generate_lessons()

    def test_a_closed_period_is_refused_and_left_alone(self):
        self.make_slot(FRIDAY, 1)
        before = self.lessons()
        self.close()
        with self.refused("is closed"):
            self.generate()
        self.as_deputy(self.calendar).action_generate_lessons()
        self.assertEqual(self.lessons(), before)
        self.assertTrue(self.lessons(date(2026, 11, 10), date(2026, 12, 30)))

    def test_another_schools_lessons_are_not_made(self):
        other_school = self._make_school("Other")
        stranger = self._user("deputy_2", "group_deputy", other_school)
        with self.assertRaises(AccessError):
            self.as_user(self.quarter, stranger).with_context(
                allowed_company_ids=other_school.ids
            ).action_generate_lessons()

    def test_odd_and_even_weeks(self):
        self.make_slot(THURSDAY, 1, week="odd")
        self.make_slot(THURSDAY, 2, week="even")
        self.assertEqual(self.places(october(14)), [(15, 1), (22, 2), (29, 1)])

    def test_a_row_names_its_own_teacher(self):
        self.make_slot(THURSDAY, 1, teacher_id=self.colleague.id)
        self.make_slot(FRIDAY, 1)
        self.assertEqual(self.on(15).teacher_id, self.colleague)
        self.assertEqual(self.on(16).teacher_id, self.teacher)

    def test_the_main_teacher_of_each_date_gets_the_lesson(self):
        assignments = self.as_deputy(self.env["ejournal.assignment"])
        self.as_deputy(self.journal).assignment_ids.date_end = october(22)
        assignments.create(
            {
                "journal_id": self.journal.id,
                "teacher_id": self.colleague.id,
                "date_start": october(23),
            }
        )
        self.make_slot(THURSDAY, 1)
        self.assertEqual(
            [lesson.teacher_id for lesson in self.lessons()],
            [self.teacher, self.teacher, self.colleague],
            "15, 22 and 29 October",
        )

    def test_a_vacancy_has_lessons_without_teacher(self):
        self.as_deputy(self.journal).teacher_id = False
        self.make_slot(THURSDAY, 1)
        self.assertFalse(self.on(15).entrant_id)

    def test_made_at_the_same_moment_is_run_again(self):
        self.make_slot(THURSDAY, 1)
        with patch.object(type(self.Lesson), "create", side_effect=UniqueViolation):
            with self.assertRaises(ConcurrencyError):
                self._replan_november()

    def _replan_november(self):
        self.Lesson._replan(self.calendar, date(2026, 12, 1), date(2026, 12, 30))

    def test_the_number_of_queries_does_not_grow_with_the_lessons(self):
        self.make_slot(THURSDAY, 1)
        self._replan_november()

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._replan_november()
            return self.cr.sql_log_count - before

        few = queries()
        for number in range(2, 8):
            for weekday in (MONDAY, TUESDAY, WEDNESDAY):
                self.make_slot(weekday, number)
        self._replan_november()
        self.assertEqual(queries(), few)


class TestCalendarFollowed(PlanningCase):
    def setUp(self):
        super().setUp()
        self.make_slot(MONDAY, 1)
        self.make_slot(MONDAY, 2)
        self.make_slot(TUESDAY, 1)
        self.generate()

    def test_a_holiday_takes_its_lessons_away_and_gives_them_back(self):
        holiday = self.make_holiday(october(19), october(20))
        self.assertEqual(self.places(october(15), october(26)), [(26, 1), (26, 2)])
        self.assertFalse(self.lessons(october(19), october(20)), "nobody needs them")
        self.as_deputy(holiday).unlink()
        self.assertEqual(
            self.places(october(19), october(20)), [(19, 1), (19, 2), (20, 1)]
        )

    def test_a_moved_holiday_moves_the_gap(self):
        holiday = self.make_holiday(october(19), october(19))
        self.as_deputy(holiday).write(
            {"date_start": october(20), "date_end": october(20)}
        )
        self.assertEqual(self.places(october(19), october(20)), [(19, 1), (19, 2)])

    def test_a_prepared_lesson_is_cancelled_and_comes_back(self):
        lesson = self.on(19, 1)
        self.as_user(lesson, self.teacher).topic = "Fractions"
        holiday = self.make_holiday(october(19), october(19), name="Нооруз")
        self.assertEqual(lesson.state, "cancelled")
        self.assertEqual(lesson.cancel_reason, "Holiday: Нооруз")
        self.as_deputy(holiday).unlink()
        self.assertEqual((lesson.state, lesson.topic), ("planned", "Fractions"))
        self.assertFalse(lesson.cancel_reason)
        self.assertEqual(len(self.on(19)), 2)

    def test_what_somebody_prepared_is_never_deleted(self):
        announced, substituted, filed, recorded = self.lessons(
            october(19), october(26)
        )[:4]
        self._work(announced, self.control_type)
        self.as_deputy(substituted).substitute_id = self.colleague
        self.as_user(self.env["ir.attachment"], self.teacher).create(
            {
                "name": "task.txt",
                "raw": b"1",
                "res_model": "ejournal.lesson",
                "res_id": filed.id,
            }
        )
        self.env["ejournal.change"]._append(
            [
                {
                    "model_name": "ejournal.lesson",
                    "res_id": recorded.id,
                    "lesson_id": recorded.id,
                    "company_id": self.school.id,
                    "field_name": "topic",
                    "old_value": "Fractions",
                    "new_value": "",
                    "basis": "ahead",
                }
            ]
        )
        prepared = announced | substituted | filed | recorded
        self.make_holiday(october(19), october(30))
        self.assertEqual(prepared.exists(), prepared)
        self.assertEqual(set(prepared.mapped("state")), {"cancelled"})
        self.assertEqual(self.lessons(october(19), october(30)), prepared)

    def test_entries_are_kept_whatever_the_calendar_says(self):
        lesson = self.on(12, 1)
        mark = self.mark_in(lesson)
        self.make_holiday(october(12), october(12))
        self.assertEqual(lesson.state, "planned")
        self.assertEqual(mark.value, "5")
        self.assertEqual(self.on(12, 2).state, "cancelled")

    def test_a_day_that_is_over_keeps_its_lessons_cancelled(self):
        """Frost on Monday, ordered on Wednesday: nobody was there, so nothing is due."""
        lessons = self.on(12)
        order = self.make_day(october(12), mode="cancelled")
        self.assertEqual(lessons.exists(), lessons)
        self.assertEqual(set(lessons.mapped("state")), {"cancelled"})
        self.assertEqual(lessons[0].cancel_reason, "By order No. 17")
        self.as_deputy(order).unlink()
        self.assertEqual(set(lessons.mapped("state")), {"planned"})

    def test_lessons_cancelled_from_a_number_on(self):
        order = self.make_day(october(19), mode="short", cancelled_from=2)
        self.assertEqual(self.places(october(19), october(19)), [(19, 1)])
        self.as_deputy(order).cancelled_from = 0
        self.assertEqual(self.places(october(19), october(19)), [(19, 1), (19, 2)])

    def test_saturday_by_mondays_timetable(self):
        order = self.make_day(october(17), as_weekday=str(MONDAY))
        self.assertEqual(self.places(october(17), october(18)), [(17, 1), (17, 2)])
        self.as_deputy(order).unlink()
        self.assertFalse(self.places(october(17), october(18)))

    def test_tuesday_by_mondays_timetable_and_back(self):
        order = self.make_day(october(20), as_weekday=str(MONDAY))
        self.assertEqual(self.places(october(20), october(20)), [(20, 1), (20, 2)])
        self.as_deputy(order).unlink()
        self.assertEqual(self.places(october(20), october(20)), [(20, 1)])

    def test_yesterday_taught_as_another_day_and_back(self):
        order = self.make_day(october(13), as_weekday=str(MONDAY))
        self.assertEqual(self.places(october(13), october(13)), [(13, 1), (13, 2)])
        self.as_deputy(order).unlink()
        self.assertEqual(self.places(october(13), october(13)), [(13, 1)])

    def test_the_week_gets_a_sixth_day(self):
        self.make_slot(SATURDAY, 1)
        self.assertFalse(self.places(october(17), october(17)))
        self.as_deputy(self.calendar).weekdays = "6"
        self.assertEqual(self.places(october(17), october(17)), [(17, 1)])

    def test_odd_weeks_counted_anew(self):
        self.make_slot(THURSDAY, 1, week="odd")
        self.assertEqual(
            self.places(october(15), october(22)), [(15, 1), (19, 1), (19, 2), (20, 1)]
        )
        self.as_deputy(self.calendar).odd_week_start = date(2026, 9, 7)
        self.assertIn((22, 1), self.places(october(15), october(22)))
        self.assertNotIn((15, 1), self.places(october(15), october(22)))

    def test_a_shorter_week_and_weeks_counted_anew_change_no_day_that_is_over(self):
        self.as_deputy(self.calendar).weekdays = "6"
        self.make_slot(SATURDAY, 1)
        self.make_slot(THURSDAY, 1, week="odd")
        self.generate()
        past = date(2026, 9, 1), october(13)
        before = self.lessons(*past)
        self.as_deputy(self.calendar).write(
            {"weekdays": "5", "odd_week_start": date(2026, 9, 7)}
        )
        self.assertEqual(self.places(october(17), october(17)), [])
        self.assertIn((22, 1), self.places(october(22), october(22)))
        self.generate()
        self.assertEqual(self.lessons(*past), before)
        self.assertEqual(set(before.mapped("state")), {"planned"})

    def test_a_holiday_does_not_generate_a_year(self):
        self.make_holiday(october(19), date(2027, 3, 1))
        self.env["ejournal.holiday"].search([]).unlink()
        self.assertFalse(self.lessons(date(2026, 12, 1), date(2027, 5, 31)))

    def test_by_hand_is_never_touched(self):
        lessons = self.as_deputy(self.Lesson)
        added = lessons.create(
            {"journal_id": self.journal.id, "date": october(19), "number": 6}
        )
        self.make_holiday(october(19), october(19))
        self.assertEqual(added.state, "planned")

    def test_moved_by_the_deputy_stays_moved(self):
        lesson = self.on(20)
        self.as_deputy(lesson).write({"date": october(22), "number": 5})
        self.replan()
        self.assertEqual(self.places(october(20), october(23)), [(22, 5)])
        self.make_holiday(october(20), october(20))
        self.assertEqual(self.places(october(20), october(23)), [(22, 5)])

    def test_cancelled_by_the_deputy_stays_cancelled(self):
        lesson = self.on(20)
        self.as_deputy(lesson).action_cancel("Excursion")
        holiday = self.make_holiday(october(20), october(20))
        self.as_deputy(holiday).unlink()
        self.assertEqual(lesson.state, "cancelled")
        self.assertEqual(lesson.cancel_reason, "Excursion")

    def test_cancelled_by_the_plan_and_then_by_the_deputy_it_stays_cancelled(self):
        lesson = self.on(20)
        self.as_user(lesson, self.teacher).topic = "Fractions"
        holiday = self.make_holiday(october(20), october(20))
        self.as_deputy(lesson).action_cancel("Excursion")
        self.as_deputy(holiday).unlink()
        self.assertEqual(lesson.state, "cancelled")

    def test_restored_by_the_deputy_the_lesson_is_held_although_it_is_a_holiday(self):
        lesson = self.on(19, 1)
        self.as_user(lesson, self.teacher).topic = "Fractions"
        self.make_holiday(october(19), october(19))
        with self.refused("number of the order"):
            self.as_deputy(lesson).action_restore()
        self.as_deputy(lesson).action_restore("No. 18")
        self.replan()
        self.assertEqual(lesson.state, "planned")
        self.env["ejournal.holiday"].search([]).unlink()
        self.assertEqual(len(self.on(19)), 2, "it is not made a second time")

    def test_a_closed_period_keeps_its_lessons(self):
        self.close()
        before = self.lessons(date(2026, 9, 1), date(2026, 11, 4))
        self.make_slot(FRIDAY, 1)
        self.Lesson._replan(self.calendar, date(2026, 9, 1), date(2026, 12, 30))
        self.assertTrue(self.lessons(date(2026, 11, 13), date(2026, 11, 13)))
        self.env["ejournal.timetable.slot"].search([]).date_end = date(2026, 9, 1)
        self.assertEqual(self.lessons(date(2026, 9, 1), date(2026, 11, 4)), before)
        self.assertEqual(set(before.mapped("state")), {"planned"})


class TestPeriodBorders(PlanningCase):
    """Quarter borders moved in mid-year after marks exist."""

    def setUp(self):
        super().setUp()
        self.make_slot(MONDAY, 1)
        self.as_deputy(self.calendar).action_generate_lessons()
        self.second = self.calendar.period_ids.filtered(lambda p: p.sequence == 2)

    def move_border(self, last_of_first, first_of_second):
        self.as_deputy(self.calendar).write(
            {
                "period_ids": [
                    Command.update(self.quarter.id, {"date_end": last_of_first}),
                    Command.update(self.second.id, {"date_start": first_of_second}),
                ]
            }
        )

    def test_lessons_change_their_period_and_keep_their_entries(self):
        lesson, later = self.on(12), self.on(19)
        mark = self.mark_in(lesson)
        self.move_border(october(9), october(10))
        self.assertEqual(lesson.period_id, self.second)
        self.assertEqual(later.period_id, self.second)
        self.assertEqual(mark.exists().value, "5")
        self.assertEqual(self.on(5).period_id, self.quarter)

    def test_a_lesson_with_entries_never_falls_out_of_the_periods(self):
        lesson = self.on(12)
        mark = self.mark_in(lesson)
        with self.refused("would lie in no period"), self.cr.savepoint():
            self.move_border(october(9), october(17))
        self.assertEqual(lesson.period_id, self.quarter)
        self.assertEqual(mark.exists().value, "5")

    def test_days_between_the_periods_lose_their_lessons_and_get_them_back(self):
        self.move_border(october(16), october(24))
        self.assertFalse(self.lessons(october(19), october(19)))
        self.move_border(october(23), october(24))
        self.assertEqual(self.on(19).period_id, self.quarter)

    def test_the_holidays_get_lessons_when_the_quarter_grows(self):
        self.move_border(date(2026, 11, 8), date(2026, 11, 9))
        lesson = self.lessons(date(2026, 11, 9), date(2026, 11, 9))
        self.assertEqual(lesson.period_id, self.second)

    def test_a_closed_period_keeps_border_and_lessons(self):
        self.close()
        with self.refused("closed"):
            self.move_border(october(9), october(10))
        self.as_deputy(self.second).date_start = date(2026, 11, 16)
        first = self.lessons(date(2026, 9, 1), date(2026, 11, 4))
        self.assertEqual(first.period_id, self.quarter)
        self.assertEqual(len(first), 9)
        self.assertFalse(self.lessons(date(2026, 11, 9), date(2026, 11, 15)))


class TestPast(PlanningCase):
    def test_a_new_timetable_makes_no_lessons_of_the_past_by_itself(self):
        self.make_slot(MONDAY, 1)
        self.assertFalse(self.lessons(date(2026, 9, 1), october(13)))

    def test_the_button_makes_what_was_due(self):
        self.make_slot(MONDAY, 1)
        self.generate()
        past = self.lessons(date(2026, 9, 1), october(13))
        self.assertEqual(len(past), 6)
        self.assertEqual(past.teacher_id, self.teacher)

    def test_the_button_takes_nothing_of_the_past(self):
        slot = self.make_slot(MONDAY, 1)
        self.generate()
        past = self.lessons(date(2026, 9, 1), october(13))
        self.as_deputy(slot).date_end = date(2026, 9, 20)
        self.assertIn("Kept", self.generate())
        self.assertEqual(self.lessons(date(2026, 9, 1), october(13)), past)
        self.assertEqual(set(past.mapped("state")), {"planned"})


class TestDoubles(PlanningCase):
    def setUp(self):
        super().setUp()
        for number in (2, 3, 5):
            self.make_slot(THURSDAY, number)
        self.make_slot(THURSDAY, 4, self.other_journal)

    def _doubles(self, lessons):
        """The second halves, as the journal page looks for them."""
        same_days = self.Lesson._same_days(
            lessons.journal_id, lessons.ids, ["journal_id", "date", "number", "state"]
        )
        return lessons._doubles(same_days)

    def test_two_that_follow_each_other_are_a_double_lesson(self):
        lessons = self.on(15)
        self.assertEqual(self._doubles(lessons[0]), {lessons[0].id: lessons[1].id})

    def test_one_query_whatever_the_number(self):
        lessons = self.lessons(october(14))
        self.assertEqual(len(lessons), 9)
        lessons.mapped("entrant_id")
        with self.assertQueryCount(1):
            self.assertEqual(len(self._doubles(lessons)), 3)

    def test_cancelled_and_substituted_halves_are_none(self):
        first, second, _third = self.on(15)
        self.as_deputy(second).substitute_id = self.colleague
        self.assertFalse(self._doubles(first | second))
        self.as_deputy(second).substitute_id = False
        self.assertTrue(self._doubles(first))
        self.as_deputy(second).action_cancel("Excursion")
        self.assertFalse(self._doubles(first))

    def test_what_is_entered_into_the_first_goes_into_the_second(self):
        first, second, _third = self.on(15)
        with self.at("2026-10-15 04:00"):
            self.save(self.entry("topic", "Fractions", lesson=first))
            self.save(self.entry("attendance", "absent", lesson=first))
        self.assertEqual(second.topic, "Fractions")
        self.assertEqual(second.attendance_ids.pupil_id, self.pupil)
