"""Permission to open: the legal way out of the day lock."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import NOW, SchoolCase


@tagged("post_install", "-at_install")
class TestUnlock(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second_deputy = cls._user("deputy_2", "group_deputy", name="Орозов Талант")

    def _ask(self, user=None, **values):
        lesson = self.as_user(self.lesson_yesterday, user or self.teacher)
        unlock_id = lesson.ask_to_open(**{"reason": "No power", **values})
        return self.env["ejournal.unlock"].browse(unlock_id)

    def _approve(self, unlock, user=None, **values):
        self.as_user(unlock, user or self.deputy).action_approve(**values)

    def _enter(self, field="mark", value="5", **values):
        [answer] = self.save(
            self.entry(field, value, lesson=self.lesson_yesterday, **values)
        )
        return answer

    def test_ask_approve_enter_expire(self):
        unlock = self._ask()
        self.assertEqual(unlock.state, "requested")
        self.assertEqual(self._enter()["status"], "refused", "asking opens nothing")
        self.assertIn(self.deputy, unlock.activity_ids.user_id)
        end = NOW + timedelta(hours=2)
        self._approve(unlock, expires_at=end)
        self.assertFalse(unlock.activity_ids)
        window = self.window(self.lesson_yesterday)["content"]
        self.assertEqual((window["state"], window["closes_at"]), ("unlocked", end))
        self.assertEqual(self._enter()["status"], "ok")
        change = self.changes(self.lesson_yesterday.mark_ids, "value")
        self.assertEqual((change.basis, change.basis_id), ("unlock", unlock.id))
        with self.at(end - timedelta(seconds=1)):
            self.assertEqual(self._enter(pupil=self.pupils[1])["status"], "ok")
        with self.at(end):
            self.assertEqual(self._enter(pupil=self.pupils[2])["status"], "refused")

    def test_filled_by_permission_is_not_filled_on_time(self):
        self._approve(self._ask())
        for field, value in [
            ("topic", "a"),
            ("classwork", "b"),
            ("homework", "c"),
            ("attendance_confirmed", True),
        ]:
            self._enter(field, value)
        self.assertTrue(self.lesson_yesterday.filled_at)
        self.assertFalse(self.lesson_yesterday.filled_on_time)

    def test_scope_opens_its_part_only(self):
        self._approve(self._ask(scope="content"))
        self.assertEqual(self._enter("topic", "Roots")["status"], "ok")
        self.assertEqual(self._enter()["status"], "refused")
        self.assertEqual(self._enter("attendance", "absent")["status"], "refused")

    def test_permission_is_for_one_teacher_and_its_lessons(self):
        self.env["ejournal.assignment"].create(
            {
                "journal_id": self.journal.id,
                "teacher_id": self.colleague.id,
                "role": "co",
                "may_write": True,
                "date_start": "2026-09-01",
            }
        )
        self._approve(self._ask())
        entry = self.entry("mark", "5", lesson=self.lesson_yesterday)
        [answer] = self.save(entry, user=self.colleague)
        self.assertEqual(answer["status"], "refused")
        older = self._make_lesson(self.journal, self.day("2026-10-12"), 1)
        [answer] = self.save(self.entry("mark", "5", lesson=older))
        self.assertEqual(answer["status"], "refused")

    def test_nobody_decides_ones_own_request(self):
        journal = self._make_journal(self.physics, self.class_a, self.deputy)
        lesson = self._make_lesson(journal, self.day("2026-10-13"), 4)
        unlock_id = self.as_user(lesson, self.deputy).ask_to_open("Forgot")
        unlock = self.env["ejournal.unlock"].browse(unlock_id)
        for user in (self.deputy, self.teacher, self.class_teacher, self.admin):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self._approve(unlock, user)
        self._approve(unlock, self.director)
        self.assertEqual(unlock.state, "approved")

    def test_director_decides_only_the_deputies_own(self):
        with self.assertRaises(AccessError):
            self._approve(self._ask(), self.director)

    def test_a_teacher_neither_approves_nor_writes_a_decision(self):
        unlock = self._ask()
        own = self.as_user(unlock, self.teacher)
        with self.assertRaises(AccessError):
            own.action_approve()
        end = NOW + timedelta(days=1)
        for vals in (
            {"state": "approved"},
            {"expires_at": end},
            {"lesson_ids": [(6, 0, self.lesson.ids)]},
            {"user_id": self.colleague.id},
        ):
            for su in (False, True):
                with self.subTest(vals=vals, su=su), self.assertRaises(AccessError):
                    own.sudo(su).write(vals)
        Unlock = self.as_user(self.env["ejournal.unlock"], self.teacher)
        base = {"reason": "x", "lesson_ids": [(6, 0, self.lesson_yesterday.ids)]}
        for vals in (
            {"user_id": self.teacher.id, "state": "approved", "expires_at": end},
            {"user_id": self.teacher.id, "expires_at": end},
            {"user_id": self.teacher.id, "origin": "deputy"},
            {"user_id": self.colleague.id},
            {"origin": "outage"},
        ):
            for su in (False, True):
                with self.subTest(vals=vals, su=su), self.assertRaises(UserError):
                    Unlock.sudo(su).create({**base, **vals})
        with self.assertRaises(AccessError):
            own.sudo().unlink()

    def test_two_deputies_the_second_is_told_who_decided(self):
        unlock = self._ask()
        self._approve(unlock)
        with self.assertRaisesRegex(UserError, self.deputy.name):
            self._approve(unlock, self.second_deputy)
        with self.assertRaises(UserError):
            self.as_user(unlock, self.second_deputy).action_refuse()

    def test_refused_request_opens_nothing(self):
        unlock = self._ask()
        self.as_user(unlock, self.deputy).action_refuse("Bring a note")
        self.assertEqual(self._enter()["status"], "refused")
        self.assertEqual(unlock.note, "Bring a note")

    def test_expiry_is_neither_past_nor_a_year_ahead(self):
        for end in (NOW, NOW - timedelta(hours=1), NOW + timedelta(days=365)):
            with self.assertRaises(UserError):
                self._approve(self._ask(), expires_at=end)

    def test_nothing_opens_a_closed_period(self):
        self._approve(self._ask())
        self.as_user(self.quarter, self.deputy).action_close()
        self.assertEqual(self._enter()["status"], "refused")
        with self.assertRaises(UserError):
            self._ask()

    def test_outage_opens_to_each_lessons_own_teacher(self):
        other = self._make_lesson(self.other_journal, self.day("2026-10-13"), 1)
        lessons = self.lesson_yesterday | other
        Unlock = self.as_user(self.env["ejournal.unlock"], self.deputy)
        Unlock.open_unasked(
            lessons.ids, False, NOW + timedelta(hours=3), "No Internet in the school"
        )
        self.assertEqual(self._enter()["status"], "ok")
        entry = self.entry("mark", "5", lesson=other, pupil=self.pupils_b[0])
        [answer] = self.save(entry, user=self.colleague, journal=self.other_journal)
        self.assertEqual(answer["status"], "ok")
        with self.assertRaises(AccessError):
            self.save(entry, user=self.teacher, journal=self.other_journal)

    def test_outage_that_opens_ones_own_lessons_is_declared_by_another(self):
        journal = self._make_journal(self.physics, self.class_a, self.deputy)
        lesson = self._make_lesson(journal, self.day("2026-10-13"), 4)
        end = NOW + timedelta(hours=3)
        Unlock = self.as_user(self.env["ejournal.unlock"], self.deputy)
        for user_id in (False, self.deputy.id):
            with self.assertRaises(AccessError):
                Unlock.open_unasked(lesson.ids, user_id, end, "x")
        Unlock = self.as_user(self.env["ejournal.unlock"], self.second_deputy)
        Unlock.open_unasked(lesson.ids, False, end, "No Internet")
        self.assertEqual(
            self.window(lesson, self.deputy)["content"]["state"], "unlocked"
        )

    def test_opened_unasked_for_one_who_was_ill(self):
        Unlock = self.as_user(self.env["ejournal.unlock"], self.deputy)
        Unlock.open_unasked(
            self.lesson_yesterday.ids, self.teacher.id, NOW + timedelta(days=1), "Ill"
        )
        self.assertEqual(self._enter()["status"], "ok")
        with self.assertRaises(AccessError):
            self.as_user(self.env["ejournal.unlock"], self.teacher).open_unasked(
                self.lesson_yesterday.ids, self.teacher.id, False, "me"
            )

    def test_only_who_enters_the_lesson_asks(self):
        with self.assertRaises(AccessError):
            self._ask(self.colleague)
        with self.assertRaises(UserError):
            self._ask(self.class_teacher)
        with self.assertRaises(UserError):
            self._ask(reason=" ")
        with self.assertRaises(UserError):
            self.as_user(self.lesson, self.teacher).ask_to_open("it is open anyway")

    def test_cells_that_came_late_are_put_in_by_who_typed_them(self):
        cells = [
            self.entry("mark", "5", lesson=self.lesson_yesterday, key=1),
            self.entry("topic", "Roots", lesson=self.lesson_yesterday, key=2),
        ]
        unlock = self._ask(entries=cells)
        self._approve(unlock)
        with self.assertRaises(AccessError):
            self.as_user(unlock, self.deputy).apply_entries()
        answers = self.as_user(unlock, self.teacher).apply_entries()
        self.assertEqual([answer["status"] for answer in answers], ["ok", "ok"])
        self.assertEqual(self.lesson_yesterday.mark_ids.value, "5")
        with self.assertRaises(UserError):
            self.as_user(unlock, self.teacher).apply_entries()


@tagged("post_install", "-at_install")
class TestPlanTopic(SchoolCase):
    def test_topic_of_the_plan_is_proposed_in_order(self):
        plan = self.env["ejournal.plan"].create(
            {
                "journal_id": self.journal.id,
                "topic_ids": [
                    (0, 0, {"sequence": 1, "title": "Sets", "hours": 1}),
                    (0, 0, {"sequence": 2, "title": "Roots", "hours": 2}),
                ],
            }
        )
        self.assertEqual(self.journal.plan_id, plan)

        def proposed():
            page = self.as_user(self.journal, self.teacher).load_page(
                self.lesson_yesterday.date, self.lesson_tomorrow.date
            )
            return [
                lesson["proposals"].get("topic", {}).get("title")
                for lesson in page["lessons"]
            ]

        # yesterday is closed: nothing is proposed there, and it took no hour
        self.assertEqual(proposed(), [None, "Sets", "Roots"])
        self.save(self.entry("topic", "Sets"))
        self.assertEqual(proposed(), [None, None, "Roots"])
