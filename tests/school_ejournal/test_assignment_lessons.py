"""Teachers over time: who gets the lessons, and from when on."""

from datetime import date

from odoo.exceptions import AccessError
from odoo.fields import Command

from .planning_common import THURSDAY, WEDNESDAY, PlanningCase, october


class AssignmentCase(PlanningCase):
    def setUp(self):
        super().setUp()
        self.make_slot(WEDNESDAY, 2)
        self.make_slot(THURSDAY, 2)
        self.generate()
        self.Assignment = self.as_deputy(self.env["ejournal.assignment"])

    def assign(self, teacher=None, start=october(22), **values):
        return self.Assignment.create(
            {
                "journal_id": self.journal.id,
                "teacher_id": (teacher or self.colleague).id,
                "date_start": start,
                **values,
            }
        )

    def hand_over(self, start=october(22)):
        """End the teacher's time and let the colleague follow."""
        before = date.fromordinal(start.toordinal() - 1)
        self.as_deputy(self.journal).assignment_ids.date_end = before
        return self.assign(start=start)

    def teachers(self):
        """``{day of October: teacher}``"""
        return {lesson.date.day: lesson.teacher_id for lesson in self.lessons()}


class TestHandOver(AssignmentCase):
    def test_the_new_teacher_gets_the_lessons_from_the_date_on(self):
        self.hand_over(october(22))
        teachers = self.teachers()
        self.assertEqual({teachers[day] for day in (14, 15, 21)}, {self.teacher})
        self.assertEqual({teachers[day] for day in (22, 28, 29)}, {self.colleague})

    def test_never_the_past_ones(self):
        self.hand_over(october(1))
        teachers = self.teachers()
        self.assertEqual({teachers[day] for day in (1, 7, 8)}, {self.teacher})
        self.assertEqual(teachers[14], self.colleague, "today's has no entries yet")

    def test_never_those_with_entries(self):
        lesson = self.on(14)
        self.mark_in(lesson)
        self.hand_over(october(14))
        self.assertEqual(lesson.teacher_id, self.teacher)
        self.assertEqual(self.on(15).teacher_id, self.colleague)

    def test_never_those_of_a_closed_period(self):
        self.close()
        self.hand_over(october(22))
        self.assertEqual(self.on(22).teacher_id, self.teacher)

    def test_a_row_of_the_timetable_with_its_own_teacher_keeps_him(self):
        self.make_slot(THURSDAY, 5, teacher_id=self.class_teacher.id)
        self.hand_over(october(22))
        self.assertEqual(self.on(22, 5).teacher_id, self.class_teacher)

    def test_a_lesson_given_to_somebody_by_hand_stays_his(self):
        lesson = self.on(28)
        self.as_deputy(lesson).teacher_id = self.class_teacher
        self.hand_over(october(22))
        self.assertEqual(lesson.teacher_id, self.class_teacher)

    def test_it_takes_effect_at_once_for_reading_and_entering(self):
        lesson = self.on(15)
        with self.at("2026-10-15 04:00"):
            self.assertEqual(self.window(lesson)["content"]["state"], "open")
            with self.assertRaises(AccessError):
                self.as_user(lesson, self.colleague).topic = "Fractions"
            self.hand_over(october(15))
            self.as_user(lesson, self.colleague).topic = "Fractions"
            with self.assertRaises(AccessError):
                self.as_user(lesson, self.teacher).topic = "Roots"

    def test_a_moved_hand_over_moves_the_lessons(self):
        new = self.hand_over(october(22))
        new.date_start = october(29)
        self.assertFalse(self.on(28).teacher_id, "nobody is named for these days")
        self.as_deputy(self.journal.assignment_ids - new).date_end = october(28)
        self.assertEqual(self.on(28).teacher_id, self.teacher)
        self.assertEqual(self.on(29).teacher_id, self.colleague)

    def test_a_withdrawn_hand_over_leaves_a_vacancy(self):
        self.hand_over(october(22)).unlink()
        self.assertFalse(self.on(22).teacher_id)
        self.assertEqual(self.on(21).teacher_id, self.teacher)

    def test_a_wrongly_named_teacher_is_corrected(self):
        self.hand_over(october(22)).teacher_id = self.class_teacher
        self.assertEqual(self.on(22).teacher_id, self.class_teacher)

    def test_an_assignment_given_to_another_journal(self):
        self.make_slot(THURSDAY, 3, self.other_journal)
        self.as_deputy(self.other_journal).teacher_id = False
        new = self.hand_over(october(22))
        new.journal_id = self.other_journal
        self.assertFalse(self.on(22).teacher_id)
        lesson = self.on(22, journal=self.other_journal)
        self.assertEqual(lesson.teacher_id, self.colleague)

    def test_by_commands_of_the_journal(self):
        journal = self.as_deputy(self.journal)
        journal.assignment_ids = [
            Command.update(journal.assignment_ids.id, {"date_end": october(21)}),
            Command.create(
                {"teacher_id": self.colleague.id, "date_start": october(22)}
            ),
        ]
        self.assertEqual(self.on(21).teacher_id, self.teacher)
        self.assertEqual(self.on(22).teacher_id, self.colleague)

    def test_only_the_deputy_assigns(self):
        for user in (self.teacher, self.director, self.admin):
            with self.assertRaises(AccessError):
                self.Assignment.with_user(user).create(
                    {
                        "journal_id": self.journal.id,
                        "teacher_id": user.id,
                        "role": "co",
                        "date_start": october(14),
                    }
                )

    def test_two_main_teachers_on_one_day_are_refused(self):
        with self.refused("another main teacher"):
            self.assign()

    def test_a_co_teacher_changes_no_lessons_and_writes_if_the_deputy_says_so(self):
        co = self.assign(start=october(14), role="co")
        lesson = self.on(14)
        self.assertEqual(lesson.teacher_id, self.teacher)
        self.assertEqual(
            self.window(lesson, self.colleague)["content"]["state"], "read_only"
        )
        co.may_write = True
        self.assertEqual(
            self.window(lesson, self.colleague)["content"]["state"], "open"
        )
        self.as_user(lesson, self.colleague).topic = "Fractions"
        co.date_end = october(20)
        later = self.on(21)
        self.assertEqual(
            self.window(later, self.colleague)["content"]["state"], "read_only"
        )


class TestPresentTeacher(AssignmentCase):
    """``journal.teacher_id``: the present main teacher, and the short way to change it."""

    def test_the_first_one_has_it_from_the_years_beginning(self):
        self.assertEqual(self.journal.assignment_ids.date_start, date(2026, 9, 1))

    def test_a_later_one_has_it_from_today(self):
        self.as_deputy(self.journal).teacher_id = self.colleague
        rows = self.journal.assignment_ids.sorted("date_start")
        self.assertEqual(rows.teacher_id, self.teacher | self.colleague)
        self.assertEqual(rows[0].date_end, october(13))
        self.assertEqual(rows[1].date_start, october(14))
        self.assertEqual(self.on(8).teacher_id, self.teacher)
        self.assertEqual(self.on(14).teacher_id, self.colleague)

    def test_an_empty_one_is_a_vacancy(self):
        self.as_deputy(self.journal).teacher_id = False
        self.assertEqual(self.journal.assignment_ids.date_end, october(13))
        self.assertFalse(self.on(14).teacher_id)
        self.as_deputy(self.journal).teacher_id = self.colleague
        self.assertEqual(self.on(14).teacher_id, self.colleague)

    def test_changed_twice_on_a_day(self):
        self.as_deputy(self.journal).teacher_id = self.colleague
        self.as_deputy(self.journal).teacher_id = self.class_teacher
        self.assertEqual(
            self.journal.assignment_ids.teacher_id, self.teacher | self.class_teacher
        )
        self.assertEqual(self.on(14).teacher_id, self.class_teacher)

    def test_a_planned_hand_over_stays(self):
        self.hand_over(october(22))
        self.as_deputy(self.journal).teacher_id = self.class_teacher
        teachers = self.teachers()
        self.assertEqual(
            [teachers[day] for day in (8, 14, 21, 22, 29)],
            [
                self.teacher,
                self.class_teacher,
                self.class_teacher,
                self.colleague,
                self.colleague,
            ],
        )

    def test_in_august_it_is_the_one_of_the_first_of_september(self):
        with self.at("2026-08-20 04:00"):
            journal = self._make_journal(
                self.journal.subject_id, self.class_b, self.teacher
            )
            self.assertEqual(journal.teacher_id, self.teacher)
            self.as_deputy(journal).teacher_id = self.colleague
            self.assertEqual(journal.assignment_ids.teacher_id, self.colleague)
            self.as_deputy(journal).teacher_id = False
            self.assertFalse(journal.assignment_ids)
