"""Remarks on the filling, cleared within a week (Regulation 4.2 А)."""

from datetime import date
from unittest import TestCase

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.school_ejournal.tools.deadline import deadline
from odoo.addons.school_ejournal.tools.passage import with_passage
from odoo.addons.school_ejournal.tools.term import Term

from ..common import NOW, SchoolCase


class RemarkCase(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second_deputy = cls._user("deputy_2", "group_deputy", name="Орозов Талант")

    def _remark(self, user=None, **values):
        remarks = self.as_user(self.env["ejournal.remark"], user or self.deputy)
        remark = remarks.create(
            {
                "journal_id": self.journal.id,
                "teacher_id": self.teacher.id,
                "lesson_ids": [Command.set(self.lesson_yesterday.ids)],
                "text": "The topic is missing",
                **values,
            }
        )
        return self.env["ejournal.remark"].browse(remark.id)

    def _enter(self, field, value, lesson=None, **values):
        [answer] = self.save(
            self.entry(field, value, lesson=lesson or self.lesson_yesterday, **values)
        )
        return answer


@tagged("post_install", "-at_install")
class TestRemark(RemarkCase):
    def test_remark_is_told_mended_and_closes_by_itself(self):
        remark = self._remark(check_code="topic")
        self.assertEqual((remark.state, remark.told_at), ("open", NOW))
        self.assertEqual(remark.due_date, self.day("2026-10-21"))
        self.assertIn(self.teacher, remark.activity_ids.user_id)
        told = self.env["mail.message"].search(
            [("model", "=", remark._name), ("res_id", "=", remark.id)]
        )
        self.assertIn(self.teacher.partner_id, told.notified_partner_ids)
        self.assertTrue(self.as_user(remark, self.teacher).acknowledge())
        self.assertEqual(remark.seen_at, NOW)

        window = self.window(self.lesson_yesterday)
        self.assertEqual(window["content"]["state"], "remark")
        self.assertEqual(window["content"]["basis_id"], remark.id)
        self.assertEqual(window["attendance"]["state"], "closed")
        self.assertEqual(self._enter("mark", "5")["status"], "refused")
        self.assertEqual(self._enter("classwork", "Tasks 1-5")["status"], "ok")
        self.assertEqual(remark.state, "open", "its check does not pass yet")
        self.assertEqual(self._enter("topic", "Roots")["status"], "ok")
        change = self.changes(self.lesson_yesterday, "topic")
        self.assertEqual((change.basis, change.basis_id), ("remark", remark.id))
        self.assertEqual((remark.state, remark.cleared_at), ("cleared", NOW))
        self.assertFalse(remark.cleared_by_id)
        self.assertFalse(remark.activity_ids)
        self.assertEqual(
            self._enter("topic", "Other", old="Roots")["status"], "refused", "closed"
        )

    def test_remark_opens_until_the_end_of_its_last_day(self):
        remark = self._remark()
        closes_at = self.school._ejournal_day_bounds(remark.due_date)[1]
        self.assertEqual(str(closes_at), "2026-10-21 18:00:00")
        with self.at("2026-10-21 17:59:59"):
            remark.invalidate_recordset(["state"])
            self.assertEqual(remark.state, "open")
            self.assertEqual(self._enter("topic", "Roots")["status"], "ok")
        with self.at(closes_at):
            remark.invalidate_recordset(["state"])
            self.assertEqual(remark.state, "overdue")
            self.assertEqual(self._enter("homework", "p. 5")["status"], "refused")
            overdue = self.env["ejournal.remark"].search([("state", "=", "overdue")])
            self.assertEqual(overdue, remark)
            self.assertFalse(
                self.env["ejournal.remark"].search([("state", "=", "open")])
            )

    def test_remark_never_touches_marks_that_are_there(self):
        work = self._work(self.lesson_yesterday, self.control_type)
        self._mark(work, self.pupils[0], "3")
        self._remark(scope="empty_cells")
        answers = self.save(
            self.entry("mark", "5", "3", self.lesson_yesterday, work=work),
            self.entry(
                "mark", "4", False, self.lesson_yesterday, self.pupils[1], work, key=2
            ),
            self.entry("topic", "Roots", lesson=self.lesson_yesterday, key=3),
        )
        self.assertEqual(
            [answer["status"] for answer in answers], ["refused", "ok", "refused"]
        )
        [answer] = self.save(
            self.entry(
                "mark", "5", "4", self.lesson_yesterday, self.pupils[1], work, key=4
            )
        )
        self.assertEqual(answer["status"], "refused", "not even the one just set")
        mark = self.as_user(work.mark_ids[0], self.teacher)
        with self.assertRaises(UserError):
            mark.write({"value": "5"})

    def test_empty_cells_are_those_of_control_works_only(self):
        work = self._work(self.lesson_yesterday)
        self._remark(scope="empty_cells")
        self.assertEqual(self._enter("mark", "5", work=work)["status"], "refused")
        self.assertEqual(self._enter("mark", "5")["status"], "refused", "no new column")

    def test_forward_opens_nothing(self):
        self._remark(scope="forward")
        window = self.window(self.lesson_yesterday)
        self.assertEqual(window["content"]["state"], "closed")

    def test_remark_opens_to_its_teacher_alone(self):
        self.env["ejournal.assignment"].create(
            {
                "journal_id": self.journal.id,
                "teacher_id": self.colleague.id,
                "role": "co",
                "may_write": True,
                "date_start": "2026-09-01",
            }
        )
        self._remark()
        window = self.window(self.lesson_yesterday, self.colleague)
        self.assertEqual(window["content"]["state"], "closed")

    def test_closing_the_period_ends_what_the_remark_opens(self):
        self._remark()
        self.as_user(self.quarter, self.deputy).action_close()
        self.assertEqual(self._enter("topic", "Roots")["status"], "refused")
        with self.assertRaises(UserError):
            self._remark()

    def test_forward_check_is_cured_by_a_later_lesson(self):
        monday = self._make_lesson(self.journal, self.day("2026-10-12"), 2)
        friday = self._make_lesson(self.journal, self.day("2026-10-09"), 2)
        remark = self._remark(
            check_code="no_marks",
            scope="forward",
            lesson_ids=[Command.set((friday | monday | self.lesson_yesterday).ids)],
        )
        self.save(self.entry("topic", "Roots", lesson=self.lesson))
        self.assertEqual(remark.state, "open", "a topic is no mark")
        self.save(self.entry("mark", "5", lesson=self.lesson))
        self.assertEqual(remark.state, "cleared")

    def test_free_remark_is_closed_by_hand_with_a_note_and_once(self):
        remark = self._remark()
        self._enter("topic", "Roots")
        self.assertEqual(remark.state, "open")
        with self.assertRaises(AccessError):
            self.as_user(remark, self.teacher).action_clear("mended")
        self.as_user(remark, self.deputy).action_clear("mended")
        self.assertEqual(remark.cleared_by_id, self.deputy)
        self.assertEqual(remark.clear_note, "mended")
        with self.assertRaises(UserError):
            self.as_user(remark, self.second_deputy).action_clear()

    def test_nobody_remarks_on_oneself(self):
        journal = self._make_journal(self.physics, self.class_a, self.deputy)
        lesson = self._make_lesson(journal, self.lesson_yesterday.date, 5)
        own = {
            "journal_id": journal.id,
            "teacher_id": self.deputy.id,
            "lesson_ids": [Command.set(lesson.ids)],
        }
        for user in (self.deputy, self.teacher, self.class_teacher, self.admin):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self._remark(user, **own)
        remark = self._remark(self.director, **own)
        with self.assertRaises(AccessError):
            self.as_user(remark, self.deputy).action_clear("mended")
        self.as_user(remark, self.second_deputy).action_clear("mended")
        with self.assertRaises(AccessError):
            self._remark(self.director)

    def test_nobody_rewrites_or_backdates_a_remark(self):
        remark = self._remark()
        for user in (self.deputy, self.teacher):
            for vals in (
                {"due_date": "2027-05-01"},
                {"cleared_at": NOW},
                {"text": "x"},
                {"scope": "attendance"},
                {"lesson_ids": [Command.set(self.lesson.ids)]},
            ):
                for su in (False, True):
                    with self.subTest(vals=vals, su=su), self.assertRaises(AccessError):
                        self.as_user(remark, user).sudo(su).write(vals)
        with self.assertRaises(AccessError):
            self._remark(due_date="2027-05-01")
        with self.assertRaises(AccessError):
            self.as_user(self.env["ejournal.remark"], self.deputy).with_context(
                default_due_date="2027-05-01"
            ).create(
                {
                    "journal_id": self.journal.id,
                    "teacher_id": self.teacher.id,
                    "lesson_ids": [Command.set(self.lesson_yesterday.ids)],
                    "text": "x",
                }
            )
        with self.assertRaises(AccessError):
            self.as_user(remark, self.deputy).sudo().unlink()

    def test_remark_goes_to_who_fills_the_lesson_and_still_works_here(self):
        with self.assertRaises(ValidationError):
            self._remark(teacher_id=self.colleague.id)
        self._remark(teacher_id=self.colleague.id, scope="forward")
        self.teacher.active = False
        for scope in ("content", "forward"):
            with self.assertRaises(ValidationError):
                self._remark(scope=scope)

    def test_remark_of_a_teacher_who_leaves_stays_until_closed_by_hand(self):
        remark = self._remark(check_code="topic")
        self.teacher.active = False
        with self.at("2026-10-19 06:00:00"):
            self.env["ejournal.remark"]._remind(self.school)
        self.assertFalse(remark.reminded_at, "nobody is reminded")
        with self.at("2026-10-23 06:00:00"):
            remark.invalidate_recordset(["state"])
            self.assertEqual(remark.state, "overdue")
        self.as_user(remark, self.deputy).action_clear("left the school")
        self.assertTrue(remark.cleared_at)

    def test_lessons_ahead_or_of_another_journal_are_not_remarked_on(self):
        for lesson in (self.lesson_tomorrow, self.other_lesson):
            with self.assertRaises(ValidationError):
                self._remark(lesson_ids=[Command.set(lesson.ids)])
        with self.assertRaises(ValidationError):
            self._remark(lesson_ids=False)

    def test_cancelled_lesson_lacks_nothing(self):
        remark = self._remark(check_code="topic")
        with_passage(self.lesson_yesterday, "order").write({"state": "cancelled"})
        remark._clear_mended()
        self.assertEqual(remark.state, "cleared")

    def test_lesson_that_a_remark_speaks_of_is_not_deleted(self):
        lesson = self._make_lesson(self.journal, self.lesson_yesterday.date, 6)
        self._remark(
            lesson_ids=[Command.set((self.lesson_yesterday | lesson).ids)],
            check_code="topic",
        )
        with self.assertRaises(UserError):
            self.as_user(lesson, self.deputy).unlink()

    def test_reminded_on_the_fifth_day_once(self):
        remark = self._remark()
        for moment, expected in (
            ("2026-10-18 06:00:00", False),
            ("2026-10-19 06:00:00", True),
        ):
            with self.at(moment):
                reminded = self.env["ejournal.remark"]._remind(self.school)
                self.assertEqual(bool(reminded), expected)
        with self.at("2026-10-20 06:00:00"):
            self.assertFalse(self.env["ejournal.remark"]._remind(self.school))
        self.assertEqual(str(remark.reminded_at), "2026-10-19 06:00:00")

    def test_sick_leave_pauses_the_week(self):
        remark = self._remark()
        absences = self.as_user(self.env["ejournal.substitution"], self.deputy)
        absence = absences.create(
            {
                "teacher_id": self.teacher.id,
                "date_start": "2026-10-16",
                "date_end": "2026-10-18",
                "reason_code": "ill",
            }
        )
        self.assertEqual(absence.state, "confirmed")
        self.assertEqual(remark.due_date, self.day("2026-10-24"))
        absence.write({"reason_code": "trip"})
        self.assertEqual(remark.due_date, self.day("2026-10-21"), "only when ill")

    def test_checks_are_made_into_one_remark_a_check_journal_and_teacher(self):
        earlier = self._make_lesson(self.journal, self.day("2026-10-12"), 2)
        remarks = self.as_user(self.env["ejournal.remark"], self.deputy)
        codes = ["topic", "attendance"]
        made = remarks.make_from_checks("2026-10-12", "2026-10-13", codes)
        made = self.env["ejournal.remark"].browse(made)
        self.assertEqual(set(made.mapped("check_code")), set(codes))
        self.assertEqual(made.lesson_ids, earlier | self.lesson_yesterday)
        self.assertEqual(
            set(made.mapped("scope")), {"content", "attendance"}, "cure of the check"
        )
        self.assertIn("12.10.2026 (2), 13.10.2026 (2)", made[0].text)
        again = remarks.make_from_checks("2026-10-12", "2026-10-13", codes)
        self.assertFalse(again, "what is open is not said twice")

    def test_saving_without_remarks_costs_one_query_more(self):
        lessons = self.lesson | self.lesson_yesterday
        remarks = self.env["ejournal.remark"]
        self.env.flush_all()
        lessons.fetch(["journal_id"])  # a save has read it
        with self.assertQueryCount(1):
            remarks._lessons_entered(lessons)


class TestDeadline(TestCase):
    """Told + 7 calendar days; in holidays the first school day; paused by sick leave."""

    def setUp(self):
        self.term = Term(
            [
                (date(2026, 9, 1), date(2026, 11, 4), 1),
                (date(2026, 11, 10), date(2026, 12, 30), 2),
            ],
            [],
            {},
            5,
            date(2026, 8, 31),
        )

    def test_a_week_after_the_telling(self):
        self.assertEqual(deadline(date(2026, 10, 14), 7), date(2026, 10, 21))

    def test_in_holidays_the_first_school_day(self):
        for told in (29, 30, 31):
            due = deadline(date(2026, 10, told), 7, term=self.term)
            self.assertEqual(due, date(2026, 11, 10))

    def test_a_weekend_is_no_holiday(self):
        due = deadline(date(2026, 10, 10), 7, term=self.term)
        self.assertEqual(due, date(2026, 10, 17))

    def test_sick_leave_does_not_count(self):
        sick = [(date(2026, 10, 16), date(2026, 10, 18))]
        self.assertEqual(deadline(date(2026, 10, 14), 7, sick), date(2026, 10, 24))
        self.assertEqual(
            deadline(date(2026, 10, 14), 7, [(date(2026, 10, 1), date(2026, 10, 14))]),
            date(2026, 10, 21),
        )
