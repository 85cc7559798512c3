"""The lessons follow a changed timetable, from today on."""

from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Command

from .planning_common import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    WEDNESDAY,
    PlanningCase,
    october,
)


class TestTimetableFollowed(PlanningCase):
    def test_a_new_row_has_lessons_at_once_for_the_weeks_ahead(self):
        self.make_slot(THURSDAY, 2)
        lessons = self.lessons(date(2026, 9, 1), date(2027, 5, 31))
        self.assertEqual(
            lessons.mapped("date"), [october(15), october(22), october(29)], "4 weeks"
        )

    def test_a_new_row_reaches_as_far_as_lessons_were_made(self):
        self.make_slot(THURSDAY, 2)
        self.as_deputy(self.calendar).action_generate_lessons()
        self.make_slot(FRIDAY, 1)
        fridays = self.lessons(date(2027, 5, 14), date(2027, 5, 31))
        self.assertEqual(len(fridays.filtered(lambda x: x.number == 1)), 1)

    def test_a_row_that_ends_takes_its_lessons_with_it(self):
        slot = self.make_slot(THURSDAY, 2)
        self.as_deputy(slot).date_end = october(22)
        self.assertEqual(self.places(), [(15, 2), (22, 2)])

    def test_a_row_that_goes_takes_its_lessons_with_it(self):
        slot = self.make_slot(THURSDAY, 2)
        lesson = self.on(22)
        self.as_user(lesson, self.teacher).homework = "No. 5"
        self.as_deputy(slot).unlink()
        self.assertFalse(self.places())
        self.assertEqual(self.lessons(), lesson, "what was prepared is not lost")
        self.assertEqual(lesson.cancel_reason, "The timetable has changed")

    def test_rows_through_the_journal(self):
        journal = self.as_deputy(self.journal)
        vals = self.slot_vals(THURSDAY, 2)
        del vals["journal_id"]
        journal.slot_ids = [Command.create(vals)]
        self.assertEqual(self.places(), [(15, 2), (22, 2), (29, 2)])
        journal.slot_ids = [Command.update(journal.slot_ids.id, {"number": 4})]
        self.assertEqual(self.places(), [(15, 4), (22, 4), (29, 4)])
        journal.slot_ids = [Command.delete(journal.slot_ids.id)]
        self.assertFalse(self.lessons())

    def test_a_teacher_changes_no_timetable(self):
        slot = self.make_slot(THURSDAY, 2)
        with self.assertRaises(AccessError):
            self.as_user(slot, self.teacher).number = 3
        with self.assertRaises(AccessError):
            self.as_user(slot, self.teacher).unlink()
        with self.assertRaises(AccessError):
            slot.with_user(self.teacher).create(self.slot_vals(FRIDAY, 1))

    def test_entries_of_today_stay_when_the_row_moves(self):
        slot = self.make_slot(WEDNESDAY, 2)
        lesson = self.on(14)
        self.mark_in(lesson)
        self.as_deputy(slot).weekday = THURSDAY
        self.assertEqual(lesson.state, "planned")
        self.assertEqual(self.places(), [(14, 2), (15, 2), (22, 2), (29, 2)])

    def test_the_form_speaks_of_the_day_by_name(self):
        slot = self.make_slot(WEDNESDAY, 2)
        self.as_deputy(slot).write({"day": str(FRIDAY), "number": 1})
        self.assertEqual(self.places(), [(16, 1), (23, 1), (30, 1)])

    def test_a_new_row_takes_over_prepared_lessons(self):
        slot = self.make_slot(THURSDAY, 2)
        lesson = self.on(22)
        self.as_user(lesson, self.teacher).topic = "Fractions"
        self.as_deputy(slot).date_end = october(18)
        self.assertEqual(lesson.state, "cancelled")
        new = self.make_slot(
            THURSDAY, 2, date_start=october(19), teacher_id=self.colleague.id
        )
        self.assertEqual(lesson.state, "planned")
        self.assertEqual((lesson.slot_id, lesson.topic), (new, "Fractions"))
        self.assertEqual(lesson.teacher_id, self.colleague)
        self.assertEqual(self.places(), [(15, 2), (22, 2), (29, 2)])

    def test_a_lesson_by_hand_holds_the_place(self):
        added = self.as_deputy(self.Lesson).create(
            {"journal_id": self.journal.id, "date": october(22), "number": 2}
        )
        slot = self.make_slot(THURSDAY, 2)
        self.assertEqual(self.on(22), added)
        self.as_deputy(slot).unlink()
        self.assertEqual(self.lessons(), added)

    def test_two_rows_change_their_numbers(self):
        one, two = self.make_slot(THURSDAY, 1), self.make_slot(THURSDAY, 2)
        first, second = self.on(22)
        later = self.as_deputy(one | two)._planned_later()
        later[0].number = 9
        later[1].number = 1
        later[0].number = 2
        self.Lesson._follow_timetable(self.journal)
        self.assertEqual((first.number, second.number), (2, 1))
        self.assertEqual(
            self.places(), [(day, n) for day in (15, 22, 29) for n in (1, 2)]
        )

    def test_the_record_of_planning_is_the_systems(self):
        slot = self.make_slot(THURSDAY, 1)
        lesson = self.on(22)
        self.as_deputy(slot).number = 3
        change = self.changes(lesson, "number")
        self.assertEqual((change.old_value, change.new_value), ("1", "3"))
        self.assertEqual(change.basis, "system")
        self.assertEqual(change.user_id, self.deputy)

    def test_what_the_planning_noted_keeps_a_lesson_only_once_it_is_sealed(self):
        slot = self.make_slot(THURSDAY, 1)
        self.as_deputy(slot).number = 3
        self.as_deputy(slot).date_end = october(22)
        self.assertFalse(self.on(29), "noted today, not sealed yet")
        lesson = self.on(22)
        with self.at("2026-10-14 19:00"):
            self.env["ejournal.seal"]._seal_days(self.school)
            self.as_deputy(slot).date_end = october(15)
            self.assertEqual(lesson.state, "cancelled")
            self.assertEqual(self.changes(lesson, "number").lesson_id, lesson)


class TestManyRows(PlanningCase):
    def counted(self):
        """Count how often the lessons are planned."""
        return self.startPatcher(
            patch.object(
                type(self.Lesson),
                "_replan_days",
                autospec=True,
                side_effect=type(self.Lesson)._replan_days,
            )
        )

    def vals_list(self):
        return [
            self.slot_vals(weekday, number)
            for weekday in range(5)
            for number in range(1, 7)
        ]

    def test_many_rows_in_one_go_are_planned_once(self):
        counted = self.counted()
        slots = self.as_deputy(self.env["ejournal.timetable.slot"])
        slots.create(self.vals_list())
        self.assertEqual(counted.call_count, 1)
        self.assertEqual(len(self.lessons(october(19), october(23))), 30)

    def test_an_import_plans_once_at_its_end(self):
        slots = self.as_deputy(self.env["ejournal.timetable.slot"])._planned_later()
        counted = self.counted()
        for vals in self.vals_list():
            slots.create(vals)
        self.assertEqual(counted.call_count, 0)
        self.Lesson._follow_timetable(self.journal)
        self.assertEqual(counted.call_count, 1)
        self.assertEqual(len(self.lessons(october(19), october(23))), 30)

    def test_a_room_plans_nothing(self):
        slot = self.make_slot(THURSDAY, 1)
        counted = self.counted()
        self.as_deputy(slot).room = "204"
        self.assertEqual(counted.call_count, 0)


class TestPastOfTheTimetable(PlanningCase):
    """What was taught by a row stays, also when the row is edited in place."""

    def setUp(self):
        super().setUp()
        self.slot = self.make_slot(MONDAY, 1)
        self.generate()
        self.past = self.lessons(date(2026, 9, 1), october(13))
        self.assertEqual(len(self.past), 6)

    def test_an_edited_row_leaves_a_row_of_what_was(self):
        self.as_deputy(self.slot).weekday = FRIDAY
        self.assertEqual(self.slot.date_start, october(14))
        former = self.past.slot_id
        self.assertNotEqual(former, self.slot)
        self.assertEqual(
            (former.weekday, former.date_start, former.date_end),
            (MONDAY, date(2026, 9, 1), october(13)),
        )
        self.assertEqual(self.places(october(12)), [(12, 1), (16, 1), (23, 1), (30, 1)])

    def test_generating_once_more_does_not_make_the_past_anew(self):
        self.as_deputy(self.slot).weekday = FRIDAY
        self.assertIn("Made: 0. Changed: 0. Removed: 0.", self.generate())
        self.assertEqual(self.lessons(date(2026, 9, 1), october(13)), self.past)

    def test_a_change_from_a_later_day_on_leaves_the_days_before_it(self):
        self.as_deputy(self.slot).write(
            {"weekday": THURSDAY, "date_start": october(26)}
        )
        self.assertEqual(self.places(october(19)), [(19, 1), (29, 1)])

    def test_another_teacher_teaches_from_today_on(self):
        self.as_deputy(self.slot).teacher_id = self.colleague
        self.assertEqual(self.past.teacher_id, self.teacher)
        self.assertEqual(self.on(19).teacher_id, self.colleague)
        self.as_deputy(self.slot).teacher_id = False
        self.assertEqual(self.on(19).teacher_id, self.teacher)

    def test_a_row_that_taught_is_ended_not_deleted(self):
        with self.refused("Set its last day"):
            self.as_deputy(self.slot).unlink()
        self.as_deputy(self.slot).date_end = october(13)
        self.assertEqual(self.places(october(12)), [(12, 1)])

    def test_a_row_that_taught_stays_with_its_journal(self):
        with self.refused("other journal"):
            self.as_deputy(self.slot).journal_id = self.other_journal

    def test_a_row_without_lessons_is_simply_corrected(self):
        slot = self.make_slot(THURSDAY, 4)
        self.as_deputy(slot).weekday = FRIDAY
        self.assertEqual(slot.date_start, date(2026, 9, 1))
        self.assertEqual(self.places(october(15), october(16)), [(16, 4)])
