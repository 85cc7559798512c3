"""Sums of attendance against counts by hand; known absences on the journal page."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import TODAY
from .attendance_common import AttendanceCase


@tagged("post_install", "-at_install")
class TestAttendanceSums(AttendanceCase):
    def sums(self, class_=None):
        class_ = class_ or self.class_a
        days = self.day("2026-10-12"), self.day("2026-10-16")
        return class_._attendance_sums(*days)[class_.id]

    def test_a_week_counted_by_hand(self):
        """Rolls of 5 lessons: algebra on the 12th–14th, physics on the 12th and 13th.

        Асанов: 12th both lessons ill, 13th algebra with no reason, 14th 7 minutes late.
        Ермеков: 12th algebra away for the school.
        """
        first, second = self.pupils[0], self.pupils[1]
        self.roll(self.journal, 12, (first, "absent"), (second, "absent"))
        self.roll(self.physics_a, 12, (first, "absent"))
        self.roll(self.journal, 13, (first, "absent"))
        self.roll(self.physics_a, 13)
        self.roll(self.journal, 14, (first, "late:7"))
        self.mark(first, 12, reason="ill")
        self.mark(second, 12, reason="school", number_to=2)
        sums = self.sums()
        one = sums[first.id]
        self.assertEqual((one.due, one.missed, one.share), (5, 3, 40.0))
        self.assertEqual((one.excused, one.ill), (2, 2))
        self.assertEqual((one.unexcused, one.unknown), (0, 1))
        self.assertEqual((one.days, one.days_excused, one.days_ill), (1, 1, 1))
        self.assertEqual((one.late, one.minutes), (1, 7))
        other = sums[second.id]
        self.assertEqual((other.due, other.missed, other.away), (5, 0, 1))
        self.assertEqual(other.share, 100.0)

    def test_an_absence_that_nobody_saw_counts_nothing(self):
        """What the class teacher marks is never a fact by itself."""
        self.roll(self.journal, 12)
        self.mark(start=12, reason="ill")
        self.assertEqual(self.sums()[self.pupil.id].missed, 0)

    def test_a_lesson_whose_roll_was_not_called_is_told(self):
        self.roll(self.journal, 12, (self.pupil, "absent"), called=False)
        sums = self.sums()[self.pupils[1].id]
        self.assertEqual((sums.due, sums.unchecked), (1, 1))

    def test_a_cancelled_lesson_counts_nothing(self):
        lesson = self.roll(self.journal, 12, (self.pupil, "absent"))
        self.assertEqual(self.sums()[self.pupil.id].missed, 1)
        self.as_user(lesson, self.deputy).write(
            {"state": "cancelled", "cancel_reason": "Storm", "order_ref": "№ 1"}
        )
        sums = self.sums()[self.pupil.id]
        self.assertEqual((sums.due, sums.missed), (0, 0))

    def test_the_day_counts_by_the_schools_rule(self):
        self.roll(self.journal, 12, (self.pupil, "absent"))
        self.roll(self.physics_a, 12)
        self.assertEqual(self.sums()[self.pupil.id].days, 0)
        settings = self.school._ejournal_settings()
        self.as_user(settings, self.deputy).write(
            {"full_day_rule": "count", "full_day_lessons": 1}
        )
        self.assertEqual(self.sums()[self.pupil.id].days, 1)

    def test_a_pupil_counts_in_each_class_while_there(self):
        self.roll(self.journal, 12, (self.pupil, "absent"))
        row = self.class_a.enrollment_ids.filtered(lambda r: r.pupil_id == self.pupil)
        self.as_user(row, self.deputy).action_move(self.class_b.id, "2026-10-13")
        self.roll(self.journal, 13)
        self.roll(self.other_journal, 14, (self.pupil, "absent"))
        before, after = self.sums()[self.pupil.id], self.sums(self.class_b)
        self.assertEqual((before.due, before.missed), (1, 1))
        self.assertEqual(
            (after[self.pupil.id].due, after[self.pupil.id].missed), (1, 1)
        )

    def test_a_subgroup_counts_its_members_only(self):
        subgroup = self.env["ejournal.subgroup"].create(
            {
                "name": "1",
                "class_ids": [(6, 0, self.class_a.ids)],
                "member_ids": [
                    (0, 0, {"pupil_id": self.pupil.id, "date_start": "2026-09-01"})
                ],
            }
        )
        subject = self.env["ejournal.subject"].create({"name": "English"})
        journal = self._make_journal(
            subject, self.class_a, self.teacher, subgroup_id=subgroup.id
        )
        self._make_lesson(journal, "2026-10-14", 5)
        self.roll(journal, 14)
        sums = self.sums()
        self.assertEqual(sums[self.pupil.id].due, 1)
        self.assertEqual(sums[self.pupils[1].id].due, 0)

    def test_pupils_taught_at_home_have_no_absence(self):
        row = self.class_a.enrollment_ids.filtered(lambda r: r.pupil_id == self.pupil)
        row.form = "home"
        self.roll(self.journal, 14)
        self.assertNotIn(self.pupil.id, self.sums())

    def test_queries_do_not_grow(self):
        counts = []
        for pupils in (self.pupils[:1], self.pupils):
            self.roll(
                self.journal, 12 + len(counts), *((pupil, "absent") for pupil in pupils)
            )
            class_ = self.as_user(self.class_a, self.deputy)
            class_.company_id._ejournal_settings()
            before = self.env.cr.sql_log_count
            days = self.day("2026-10-12"), self.day("2026-10-16")
            class_._attendance_sums(*days)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
        self.assertLessEqual(counts[0], 15)


@tagged("post_install", "-at_install")
class TestKnownAbsences(AttendanceCase):
    """Marked in the morning, proposed to each teacher, a fact only when he confirms."""

    def proposals(self, journal=None, day=14):
        journal = journal or self.journal
        page = self.as_user(journal, journal.teacher_id).load_page(
            f"2026-10-{day}", f"2026-10-{day}"
        )
        return page["lessons"][0]["proposals"]

    def test_marked_before_any_lesson_it_is_proposed(self):
        self.mark()
        self.assertEqual(self.proposals()["absent"], [self.pupil.id])
        self.assertEqual(self.proposals(self.physics_a)["absent"], [self.pupil.id])
        self.assertFalse(self.env["ejournal.attendance"].search([]))

    def test_a_request_is_not_yet_known(self):
        self.mark(state="requested")
        self.assertEqual(self.proposals(), {})

    def test_a_child_expected_at_lesson_three_is_not_proposed_there(self):
        self.mark(number_to=2)
        self.roll(self.journal, 14, (self.pupil, "absent"))
        self.assertNotIn("absent", self.proposals(self.physics_a))

    def test_absent_in_the_lesson_before_is_still_proposed(self):
        self.roll(self.journal, 14, (self.pupil, "absent"))
        self.assertEqual(self.proposals(self.physics_a), {"absent": [self.pupil.id]})

    def test_away_for_the_school_is_told_and_not_proposed(self):
        self.mark(reason="school")
        proposals = self.proposals()
        self.assertNotIn("absent", proposals)
        self.assertTrue(proposals["known"][0]["for_school"])

    def test_a_clash_is_shown_and_nothing_merged(self):
        absence = self.mark()
        self.roll(self.journal, 14)
        proposals = self.proposals()
        self.assertEqual(proposals["clash"], [self.pupil.id])
        self.assertNotIn("absent", proposals)
        self.assertTrue(absence.exists())
        self.assertFalse(self.lesson.attendance_ids)

    def test_late_where_absent_was_marked_is_a_clash(self):
        self.mark()
        self.roll(self.journal, 14, (self.pupil, "late:5"))
        self.assertEqual(self.proposals()["clash"], [self.pupil.id])

    def test_setting_the_reason_leaves_the_locked_fact_as_it_is(self):
        lesson = self.roll(self.journal, 13, (self.pupil, "absent"))
        self.mark(start=13, reason="excused")
        [fact] = lesson.attendance_ids
        self.assertEqual(fact.kind, "absent")
        self.assertEqual(len(self.changes(fact)), 1)
        self.assertNotIn("clash", self.proposals(day=13))

    def test_the_page_costs_one_query_more_at_most_two(self):
        journal = self.as_user(self.journal, self.teacher)
        journal.load_page(TODAY, TODAY)
        for pupil in self.pupils:
            self.mark(pupil)
        journal = self.as_user(self.journal, self.teacher)
        before = self.env.cr.sql_log_count
        journal.load_page(TODAY, TODAY)
        self.assertLessEqual(self.env.cr.sql_log_count - before, 30)


@tagged("post_install", "-at_install")
class TestClassDay(AttendanceCase):
    def confirm(self, day=14, user=None, **more):
        days = self.as_user(self.env["ejournal.class.day"], user or self.class_teacher)
        return days.create(
            {"class_id": self.class_a.id, "date": f"2026-10-{day}", **more}
        )

    def test_confirmed_in_the_own_name_now(self):
        day = self.confirm(confirmed_at="2020-01-01 00:00:00")
        self.assertEqual(day.user_id, self.class_teacher)
        self.assertEqual(str(day.confirmed_at), "2026-10-14 04:00:00")
        self.assertEqual(self.changes(day, "date").basis, "duty")

    def test_counted_with_on_the_day_or_later(self):
        self.confirm(14)
        self.confirm(13)
        confirmed = self.env["ejournal.class.day"]._confirmed(
            self.class_a, self.day("2026-10-12"), self.day("2026-10-16")
        )[self.class_a.id]
        self.assertEqual(
            {day.day: row[2] for day, row in confirmed.items()}, {14: True, 13: False}
        )

    def test_once_not_ahead_not_on_a_holiday_not_for_another(self):
        self.confirm()
        for attempt in (
            lambda: self.confirm(15),
            lambda: self.confirm(11),
            lambda: self.confirm(13, user_id=self.deputy.id),
            lambda: self.confirm(13, user=self.teacher),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                attempt()
        self.close_quarter()
        with self.assertRaisesRegex(UserError, "re-open"):
            self.confirm(12)
