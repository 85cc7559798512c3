"""What a request to open is answered when time has overtaken it; outages; many at once."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.school_ejournal.tools.passage import with_passage

from ..common import NOW, TODAY, YESTERDAY, SchoolCase


@tagged("post_install", "-at_install")
class TestUnlockAnswers(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second_deputy = cls._user("deputy_2", "group_deputy", name="Орозов Талант")

    def _ask(self, lesson=None, user=None):
        lesson = self.as_user(lesson or self.lesson_yesterday, user or self.teacher)
        return self.env["ejournal.unlock"].browse(lesson.ask_to_open("No power"))

    def _decide(self, unlocks, user=None, **values):
        dialogs = self.as_user(self.env["ejournal.unlock.decide"], user or self.deputy)
        return dialogs.with_context(active_ids=unlocks.ids).create(values)

    # ---- many at once ------------------------------------------------------------------

    def test_many_are_decided_at_once_and_what_is_decided_is_left_out(self):
        other = self._make_lesson(self.other_journal, YESTERDAY, 1)
        one, two = self._ask(), self._ask(other, self.colleague)
        self.as_user(one, self.second_deputy).action_refuse("no")
        self._decide(one | two, note="Fill it today").action_approve()
        self.assertEqual((one.state, two.state), ("refused", "approved"))
        with self.assertRaises(UserError):
            self._decide(one | two).action_approve()

    def test_expiry_in_hours_at_a_moment_or_tomorrow(self):
        end = NOW + timedelta(hours=30)
        for values, expected in (
            ({"until": "hours", "hours": 3}, NOW + timedelta(hours=3)),
            ({"until": "moment", "expires_at": end}, end),
            ({}, self.school._ejournal_day_bounds(TODAY + timedelta(days=1))[1]),
        ):
            unlock = self._ask()
            self._decide(unlock, **values).action_approve()
            self.assertEqual(unlock.expires_at, expected)
        for values in ({"until": "hours", "hours": 0}, {"until": "moment"}):
            with self.assertRaises(UserError):
                self._decide(self._ask(), **values).action_approve()

    def test_end_of_the_first_day_back(self):
        unlock = self._ask()
        absences = self.as_user(self.env["ejournal.substitution"], self.deputy)
        absences.create(
            {
                "teacher_id": self.teacher.id,
                "date_start": "2026-10-12",
                "date_end": "2026-10-16",
                "reason_code": "ill",
            }
        )
        self._decide(unlock, until="back").action_approve()
        monday = self.day("2026-10-19")
        self.assertEqual(unlock.expires_at, self.school._ejournal_day_bounds(monday)[1])

    def test_the_teacher_is_told_what_was_decided(self):
        unlock = self._ask()
        self._decide(unlock, note="Bring a note").action_refuse()
        message = self.env["mail.message"].search(
            [("model", "=", unlock._name), ("res_id", "=", unlock.id)], limit=1
        )
        self.assertIn(self.teacher.partner_id, message.notified_partner_ids)
        self.assertIn("Bring a note", message.body)

    # ---- overtaken by time -----------------------------------------------------------------

    def test_request_for_a_lesson_that_was_moved_opens_nothing(self):
        unlock = self._ask()
        with_passage(self.lesson_yesterday, "order").write(
            {"date": self.lesson_tomorrow.date, "number": 5}
        )
        with self.assertRaisesRegex(UserError, "moved"):
            self.as_user(unlock, self.deputy).action_approve()
        self.as_user(unlock, self.deputy).action_refuse("It was moved")

    def test_request_whose_lessons_are_gone_is_refused(self):
        unlock = self._ask()
        with_passage(unlock).write({"lesson_ids": [Command.link(self.lesson.id)]})
        self.env.cr.execute(
            "DELETE FROM ejournal_unlock_lesson_rel WHERE unlock_id = %s", [unlock.id]
        )
        with self.assertRaisesRegex(UserError, "gone"):
            self.as_user(unlock, self.deputy).action_approve()

    def test_request_for_a_period_closed_meanwhile_is_not_approved(self):
        unlock = self._ask()
        self.as_user(self.quarter, self.deputy).action_close()
        with self.assertRaisesRegex(UserError, "closed"):
            self.as_user(unlock, self.deputy).action_approve()
        with self.assertRaises(UserError):
            self.as_user(self.env["ejournal.unlock"], self.deputy).open_unasked(
                self.lesson_yesterday.ids, self.teacher.id, False, "Ill"
            )

    def test_request_of_a_teacher_who_left_is_not_approved(self):
        unlock = self._ask()
        self.teacher.active = False
        with self.assertRaisesRegex(UserError, "left"):
            self.as_user(unlock, self.deputy).action_approve()

    def test_nothing_is_opened_to_one_who_does_not_fill_the_lesson(self):
        unlock = self._ask()
        with_passage(self.lesson_yesterday, "order").write(
            {"substitute_id": self.colleague.id}
        )
        with self.assertRaises(UserError):
            self.as_user(unlock, self.deputy).action_approve()
        with self.assertRaises(UserError):
            self.as_user(self.env["ejournal.unlock"], self.deputy).open_unasked(
                self.lesson_yesterday.ids, self.class_teacher.id, False, "x"
            )

    def test_an_expired_permission_opens_nothing_and_is_asked_for_anew(self):
        unlock = self._ask()
        self._decide(unlock, until="hours", hours=1).action_approve()
        with self.at(NOW + timedelta(hours=1)):
            unlock.invalidate_recordset(["is_expired"])
            self.assertTrue(unlock.is_expired)
            state = self.window(self.lesson_yesterday)["content"]["state"]
            self.assertEqual(state, "closed")
            with self.assertRaises(UserError):
                self.as_user(unlock, self.deputy).action_approve()
            self.assertEqual(self._ask().state, "requested")

    def test_the_page_says_what_was_entered_by_permission(self):
        self.as_user(self._ask(), self.deputy).action_approve()

        def permitted():
            page = self.as_user(self.journal, self.teacher).load_page(YESTERDAY, TODAY)
            return [x["id"] for x in page["lessons"] if x["by_permission"]]

        self.assertEqual(permitted(), [])
        self.save(self.entry("topic", "Roots", lesson=self.lesson_yesterday))
        self.save(self.entry("topic", "Roots"))
        self.assertEqual(permitted(), self.lesson_yesterday.ids)

    # ---- outage ------------------------------------------------------------------------------

    def _declare(self, user=None, **values):
        dialogs = self.as_user(self.env["ejournal.unlock.outage"], user or self.deputy)
        dialog = dialogs.create(
            {
                "date_start": YESTERDAY,
                "date_end": YESTERDAY,
                "reason": "No power",
                **values,
            }
        )
        dialog.action_declare()
        return self.env["ejournal.unlock"].search([], order="id desc")

    def test_outage_of_the_school_declared_afterwards_opens_all_its_lessons(self):
        other = self._make_lesson(self.other_journal, YESTERDAY, 1)
        unlock = self._declare()[0]
        self.assertEqual(unlock.lesson_ids, self.lesson_yesterday | other)
        for lesson, user in (
            (self.lesson_yesterday, self.teacher),
            (other, self.colleague),
        ):
            state = self.window(lesson, user)["content"]["state"]
            self.assertEqual(state, "unlocked")
        self.assertEqual(unlock.lesson_count, 2)

    def test_outage_of_some_classes(self):
        other = self._make_lesson(self.other_journal, YESTERDAY, 1)
        unlock = self._declare(class_ids=[Command.set(self.class_b.ids)])[0]
        self.assertEqual(unlock.lesson_ids, other)

    def test_outage_declared_while_the_day_lasts_holds_after_its_closing(self):
        self._declare(date_end=TODAY)
        with self.at(NOW + timedelta(days=1)):
            state = self.window(self.lesson)["content"]["state"]
        self.assertEqual(state, "unlocked")

    def test_ones_own_lessons_of_an_outage_go_to_another_decider(self):
        journal = self._make_journal(self.physics, self.class_a, self.deputy)
        own = self._make_lesson(journal, YESTERDAY, 4)
        request, unlock = self._declare()[:2]
        self.assertEqual(
            (unlock.state, unlock.lesson_ids), ("approved", self.lesson_yesterday)
        )
        self.assertEqual((request.state, request.lesson_ids), ("requested", own))
        with self.assertRaises(AccessError):
            self.as_user(request, self.deputy).action_approve()
        self.as_user(request, self.director).action_approve()
        self.assertEqual(self.window(own, self.deputy)["content"]["state"], "unlocked")

    def test_an_outage_of_a_closed_period_opens_nothing(self):
        self.as_user(self.quarter, self.deputy).action_close()
        with self.assertRaises(UserError):
            self._declare()

    def test_only_a_deputy_declares_an_outage(self):
        for user in (self.teacher, self.director, self.admin):
            with self.subTest(user.name), self.assertRaises(AccessError):
                self._declare(user)
