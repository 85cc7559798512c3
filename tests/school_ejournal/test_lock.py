"""The day lock: each state of the entry window, and each door to it.

Regulation 4.2 А: the journal is filled on the day of the lesson; setting and correcting
marks on the next day is forbidden.
"""

import json
from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.school_ejournal.tools.passage import with_passage

from ..common import NOW, TODAY, YESTERDAY, SchoolCase

LAST_SECOND = "2026-10-14 17:59:59"  # 23:59:59 in Bishkek
MIDNIGHT = "2026-10-14 18:00:00"  # 00:00:00 of 15 October in Bishkek


@tagged("post_install", "-at_install")
class TestWindow(SchoolCase):
    """What the judge says."""

    def test_open_until_the_last_second_of_the_day(self):
        with self.at(LAST_SECOND):
            self.assertEqual(self.window()["content"]["state"], "open")
            [answer] = self.save(self.entry("mark", "5"))
            self.assertEqual(answer["status"], "ok")

    def test_closed_at_midnight_in_bishkek_while_the_server_runs_in_utc(self):
        with self.at(MIDNIGHT):
            self.assertEqual(self.window()["content"]["state"], "closed")
            [answer] = self.save(self.entry("mark", "5"))
            self.assertEqual(answer["status"], "refused")
            self.assertFalse(self.lesson.mark_ids)

    def test_users_own_time_zone_does_not_count(self):
        self.assertEqual(self.teacher.tz, "America/New_York")
        with self.at("2026-10-14 20:00:00"):  # still 14 October in New York
            self.assertEqual(self.window()["content"]["state"], "closed")
            record = self.as_user(self.lesson, self.teacher).with_context(
                tz="America/New_York"
            )
            with self.assertRaises(UserError):
                record.topic = "late"

    def test_closed_window_names_rule_time_and_way_out(self):
        window = self.window(self.lesson_yesterday)["content"]
        self.assertEqual(window["state"], "closed")
        for part in ("13.10.2026", "24:00", "4.2 А", "Ask to open"):
            self.assertIn(part, window["text"])
        self.assertEqual(str(window["closes_at"]), "2026-10-13 18:00:00")

    def test_future_lesson_takes_drafts_of_topic_and_homework_only(self):
        lesson = self.lesson_tomorrow
        self.assertEqual(self.window(lesson)["content"]["state"], "future")
        answers = self.save(
            self.entry("topic", "Ahead", lesson=lesson),
            self.entry("homework", "№ 1", lesson=lesson),
            self.entry("classwork", "x", lesson=lesson),
            self.entry("mark", "5", lesson=lesson),
            self.entry("attendance", "absent", lesson=lesson),
            self.entry("attendance_confirmed", True, lesson=lesson),
        )
        statuses = [answer["status"] for answer in answers]
        self.assertEqual(statuses, ["ok", "ok"] + ["refused"] * 4)
        self.assertEqual(lesson.state, "planned")
        self.assertEqual(self.changes(lesson, "topic").basis, "ahead")

    def test_control_work_is_announced_ahead_but_no_other_column(self):
        Work = self.as_user(self.env["ejournal.work"], self.teacher)
        vals = {"lesson_id": self.lesson_tomorrow.id, "type_id": self.control_type.id}
        work = Work.create(vals)
        self.assertEqual(self.changes(work, "type_id").basis, "ahead")
        with self.assertRaises(UserError):
            Work.create({**vals, "type_id": self.answer_type.id})

    def test_cancelled_lesson_takes_nothing(self):
        self.as_user(self.lesson, self.deputy).action_cancel("Flood")
        self.assertEqual(self.window()["content"]["state"], "cancelled")
        [answer] = self.save(self.entry("mark", "5"))
        self.assertEqual(answer["status"], "refused")

    def test_lesson_without_teacher_says_so(self):
        vacancy = self._make_lesson(self.journal, TODAY, 6, teacher_id=False)
        window = self.window(vacancy)["content"]
        self.assertEqual(window["state"], "read_only")
        self.assertIn("no teacher", window["text"])

    def test_closed_period_takes_nothing_even_today(self):
        self.as_user(self.quarter, self.deputy).action_close()
        self.assertEqual(self.window()["content"]["state"], "period_closed")
        [answer] = self.save(self.entry("mark", "5"))
        self.assertEqual(answer["status"], "refused")
        self.as_user(self.quarter, self.director).action_reopen("A sheet was lost")
        [answer] = self.save(self.entry("mark", "5"))
        self.assertEqual(answer["status"], "ok")

    def test_archived_period_takes_nothing(self):
        self.as_user(self.quarter, self.deputy).action_close()
        self.quarter._archive()
        self.assertEqual(self.window()["content"]["state"], "archived")

    def test_later_closing_time_opens_no_closed_day(self):
        Rule = self.as_user(self.env["ejournal.lock.rule"], self.deputy)
        Rule.create(
            {"date_start": "2026-10-15", "closing_time": 18.0, "order_ref": "№ 7"}
        )
        with self.at("2026-10-15 13:00:00"):  # 19:00 in Bishkek
            window = self.window(self.lesson_tomorrow)["content"]
            self.assertEqual(window["state"], "closed")
            self.assertIn("18:00", window["text"])
            Rule.create(
                {"date_start": "2026-10-16", "closing_time": 24.0, "order_ref": "№ 8"}
            )
            window = self.window(self.lesson_tomorrow)["content"]
            self.assertEqual(window["state"], "closed")

    def test_closing_time_and_zone_act_forward_only_and_by_order(self):
        Rule = self.as_user(self.env["ejournal.lock.rule"], self.deputy)
        for day in (TODAY, YESTERDAY):
            with self.assertRaises(ValidationError):
                Rule.create({"date_start": day, "order_ref": "№ 7"})
        with self.assertRaises(ValidationError):
            Rule.create({"date_start": "2026-10-20", "order_ref": " "})
        rule = Rule.search([])
        with self.assertRaises(UserError):
            rule[0].tz = "America/New_York"
        with self.assertRaises(UserError):
            rule.unlink()

    def test_changed_time_zone_opens_no_closed_day(self):
        with self.at("2026-10-14 20:00:00"):
            Rule = self.as_user(self.env["ejournal.lock.rule"], self.deputy)
            Rule.create(
                {
                    "date_start": "2026-10-16",
                    "tz": "America/New_York",
                    "order_ref": "№ 9",
                }
            )
            self.assertEqual(self.window()["content"]["state"], "closed")
        with self.at("2026-10-17 03:59:59"):  # 23:59:59 of 16 October in New York
            lesson = self._make_lesson(self.journal, self.day("2026-10-16"), 1)
            self.assertEqual(self.window(lesson)["content"]["state"], "open")

    def test_moment_of_a_call_cannot_be_sent(self):
        context = {"ejournal_clock": str(NOW), "ejournal_passage": True}
        lesson = self.as_user(self.lesson_yesterday, self.teacher)
        with self.assertRaises(UserError):
            lesson.with_context(**context).topic = "x"


@tagged("post_install", "-at_install")
class TestGrace(SchoolCase):
    """Marks of written works that an order lets come later (Regulation 4.2 А)."""

    def setUp(self):
        super().setUp()
        self.control_type.write({"grace_days": 3, "order_ref": "№ 12"})
        self.work = self.as_user(self.env["ejournal.work"], self.teacher).create(
            {"lesson_id": self.lesson.id, "type_id": self.control_type.id}
        )
        self.tomorrow = NOW + timedelta(days=1)

    def test_grace_needs_an_order(self):
        with self.assertRaises(ValidationError):
            self.dictation_type.grace_days = 2

    def test_empty_cell_is_filled_within_grace_and_says_so(self):
        with self.at(self.tomorrow):
            [answer] = self.save(self.entry("mark", "5", work=self.work))
            self.assertEqual(answer["status"], "ok", answer)
        change = self.changes(self.work.mark_ids, "value")
        self.assertEqual(change.basis, "grace")

    def test_mark_of_an_earlier_day_stays(self):
        self.save(self.entry("mark", "3", work=self.work))
        with self.at(self.tomorrow):
            for field, value, old in [
                ("mark", "5", "3"),
                ("mark", False, "3"),
                ("comment", "x", False),
            ]:
                [answer] = self.save(self.entry(field, value, old=old, work=self.work))
                self.assertEqual(answer["status"], "refused", field)
            mark = self.as_user(self.work.mark_ids, self.teacher)
            with self.assertRaises(UserError):
                mark.value = "5"
        self.assertEqual(self.work.mark_ids.value, "3")

    def test_what_was_typed_the_same_day_may_be_corrected(self):
        with self.at(self.tomorrow):
            self.save(self.entry("mark", "3", work=self.work))
            [answer] = self.save(self.entry("mark", "4", old="3", work=self.work))
            self.assertEqual(answer["status"], "ok")
        with self.at(self.tomorrow + timedelta(days=1)):
            [answer] = self.save(self.entry("mark", "5", old="4", work=self.work))
            self.assertEqual(answer["status"], "refused")

    def test_grace_ends_with_its_last_day(self):
        with self.at("2026-10-17 17:59:59"):
            [answer] = self.save(self.entry("mark", "5", work=self.work))
            self.assertEqual(answer["status"], "ok")
        with self.at("2026-10-17 18:00:00"):
            [answer] = self.save(
                self.entry("mark", "5", work=self.work, pupil=self.pupils[1])
            )
            self.assertEqual(answer["status"], "refused")

    def test_grace_opens_neither_other_columns_nor_topic_nor_attendance(self):
        with self.at(self.tomorrow):
            answers = self.save(
                self.entry("mark", "5"),
                self.entry("topic", "x"),
                self.entry("attendance", "absent"),
            )
            self.assertEqual({a["status"] for a in answers}, {"refused"})
            Work = self.as_user(self.env["ejournal.work"], self.teacher)
            with self.assertRaises(UserError):
                Work.create(
                    {"lesson_id": self.lesson.id, "type_id": self.control_type.id}
                )

    def test_raised_grace_reopens_no_column(self):
        self.as_user(self.control_type, self.deputy).write({"grace_days": 20})
        with self.at("2026-10-18 04:00:00"):
            [answer] = self.save(self.entry("mark", "5", work=self.work))
            self.assertEqual(answer["status"], "refused")

    def test_terms_of_a_column_are_copied_whatever_is_sent(self):
        work = self.as_user(self.env["ejournal.work"], self.teacher).create(
            {
                "lesson_id": self.lesson.id,
                "type_id": self.answer_type.id,
                "weight": 9,
                "grace_until": "2027-01-01",
            }
        )
        self.assertEqual((work.weight, work.grace_until), (1.0, False))
        with self.assertRaises(UserError):
            self.as_user(work, self.teacher).grace_until = "2027-01-01"

    def test_closing_the_period_ends_grace(self):
        with self.at(self.tomorrow):
            self.as_user(self.quarter, self.deputy).action_close()
            [answer] = self.save(self.entry("mark", "5", work=self.work))
            self.assertEqual(answer["status"], "refused")


@tagged("post_install", "-at_install")
class TestDoors(SchoolCase):
    """Yesterday is shut through every door, for the teacher and for all others."""

    def setUp(self):
        super().setUp()
        self.work = self._work(self.lesson_yesterday)
        self.mark = self._mark(self.work, value="3")
        self.fact = with_passage(self.env["ejournal.attendance"]).create(
            {
                "lesson_id": self.lesson_yesterday.id,
                "pupil_id": self.pupils[1].id,
                "kind": "absent",
            }
        )
        self.count = self.env["ejournal.change"].search_count([])

    def tearDown(self):
        self.env.invalidate_all()
        self.assertEqual(self.mark.value, "3")
        self.assertEqual(self.fact.kind, "absent")
        self.assertFalse(self.lesson_yesterday.topic)
        self.assertEqual(len(self.lesson_yesterday.mark_ids), 1)
        super().tearDown()

    def _everybody(self):
        return (
            self.teacher
            | self.colleague
            | self.class_teacher
            | self.deputy
            | self.director
            | self.admin
            | self.env.ref("base.user_admin")
            | self.env.ref("base.user_root")
        )

    def _refused(self, call, users=None):
        """``call(env)`` is refused to each user, also with our own sudo()."""
        got_through = []
        for user in users or self._everybody():
            for sudo in (False, True):
                self.env.flush_all()
                self.env.invalidate_all()
                try:
                    with self.env.cr.savepoint():
                        call(self.env(user=user, su=sudo))
                except UserError:
                    continue
                got_through.append((user.login, "sudo" if sudo else "plain"))
        self.assertFalse(got_through)

    def test_write(self):
        self._refused(lambda env: self.mark.with_env(env).write({"value": "5"}))
        self._refused(lambda env: self.mark.with_env(env).write({"comment": "x"}))
        self._refused(lambda env: self.fact.with_env(env).write({"kind": "late"}))
        self._refused(
            lambda env: self.lesson_yesterday.with_env(env).write({"topic": "x"})
        )
        self._refused(
            lambda env: self.lesson_yesterday.with_env(env).write(
                {"attendance_confirmed": True}
            )
        )

    def test_create(self):
        vals = {"work_id": self.work.id, "pupil_id": self.pupils[2].id, "value": "5"}
        self._refused(lambda env: env["ejournal.mark"].create(vals))
        fact = {
            "lesson_id": self.lesson_yesterday.id,
            "pupil_id": self.pupils[2].id,
            "kind": "absent",
        }
        self._refused(lambda env: env["ejournal.attendance"].create(fact))

    def test_unlink(self):
        self._refused(lambda env: self.mark.with_env(env).unlink())
        self._refused(lambda env: self.fact.with_env(env).unlink())
        self._refused(lambda env: self.work.with_env(env).unlink())
        self._refused(lambda env: self.lesson_yesterday.with_env(env).unlink())

    def test_unlink_is_refused_today_too(self):
        today = self._mark(self._work(self.lesson))
        self._refused(lambda env: today.with_env(env).unlink())

    def test_copy(self):
        self._refused(lambda env: self.mark.with_env(env).copy())
        self._refused(lambda env: self.work.with_env(env).copy())
        self._refused(lambda env: self.lesson_yesterday.with_env(env).copy())

    def test_load(self):
        """Odoo's import."""
        self.env.flush_all()
        for user in self._everybody():
            model = self.env(user=user, su=False)["ejournal.mark"]
            result = model.load(
                ["work_id/.id", "pupil_id/.id", "value"],
                [[str(self.work.id), str(self.pupils[2].id), "5"]],
            )
            self.assertFalse(result["ids"], user.login)
            self.assertTrue(result["messages"])

    def test_web_save(self):
        self._refused(
            lambda env: self.mark.with_env(env).web_save({"value": "5"}, {"value": {}})
        )
        self._refused(
            lambda env: self.lesson_yesterday.with_env(env).web_save(
                {"mark_ids": [Command.update(self.mark.id, {"value": "5"})]}, {}
            )
        )

    def test_commands_from_lesson_column_and_journal(self):
        mark = {"work_id": self.work.id, "pupil_id": self.pupils[2].id, "value": "5"}
        column = {
            "type_id": self.answer_type.id,
            "mark_ids": [Command.create({"pupil_id": self.pupils[2].id, "value": "5"})],
        }
        lesson = self.lesson_yesterday
        for vals in (
            {"mark_ids": [Command.update(self.mark.id, {"value": "5"})]},
            {"mark_ids": [Command.create(mark)]},
            {"mark_ids": [Command.delete(self.mark.id)]},
            {"mark_ids": [Command.unlink(self.mark.id)]},
            {"mark_ids": [Command.clear()]},
            {"work_ids": [Command.create(column)]},
            {"attendance_ids": [Command.update(self.fact.id, {"kind": False})]},
        ):
            self._refused(lambda env, v=vals: lesson.with_env(env).write(v))
        for vals in (
            {"mark_ids": [Command.update(self.mark.id, {"value": "5"})]},
            {"mark_ids": [Command.create({"pupil_id": self.pupils[2].id})]},
        ):
            self._refused(lambda env, v=vals: self.work.with_env(env).write(v))
        nested = [Command.update(lesson.id, {"topic": "x"})]
        self._refused(
            lambda env: self.journal.with_env(env).write({"lesson_ids": nested})
        )

    def test_mark_of_yesterday_is_not_moved_to_today(self):
        today = self._work(self.lesson)
        self._refused(lambda env: self.mark.with_env(env).write({"work_id": today.id}))
        self._refused(
            lambda env: self.mark.with_env(env).write({"pupil_id": self.pupils[3].id})
        )
        self._refused(
            lambda env: self.mark.with_env(env).write({"lesson_id": self.lesson.id})
        )
        self._refused(
            lambda env: self.work.with_env(env).write({"lesson_id": self.lesson.id})
        )
        self._refused(
            lambda env: self.lesson.with_env(env).write(
                {"mark_ids": [Command.link(self.mark.id)]}
            )
        )

    def test_column_made_today_on_last_weeks_lesson(self):
        old = self._make_lesson(self.journal, self.day("2026-10-07"), 2)
        for work_type in (self.answer_type, self.control_type):
            vals = {"lesson_id": old.id, "type_id": work_type.id}
            self._refused(lambda env, v=vals: env["ejournal.work"].create(v))

    def test_column_of_yesterday_is_neither_retyped_nor_struck_out(self):
        for vals in (
            {"type_id": self.control_type.id},
            {"struck_out": True},
            {"title": "x"},
            {"weight": 5},
            {"grace_until": "2026-12-31"},
        ):
            self._refused(lambda env, v=vals: self.work.with_env(env).write(v))

    def test_lesson_with_entries_is_not_moved_into_today(self):
        lesson = self.lesson_yesterday
        for order in (None, "№ 3"):
            vals = {"date": TODAY, "number": 7, "order_ref": order}
            self._refused(lambda env, v=vals: lesson.with_env(env).write(v))

    def test_lesson_stays_in_its_journal(self):
        vals = {"journal_id": self.other_journal.id}
        self._refused(lambda env: self.lesson_yesterday.with_env(env).write(vals))

    def test_teacher_of_a_past_lesson_stays(self):
        vals = {"teacher_id": self.colleague.id}
        self._refused(lambda env: self.lesson_yesterday.with_env(env).write(vals))

    def test_state_held_and_filled_are_not_written_by_hand(self):
        for vals in (
            {"state": "held"},
            {"filled_at": NOW},
            {"filled_on_time": True},
        ):
            self._refused(lambda env, v=vals: self.lesson.with_env(env).write(v))

    def test_journal_with_entries_keeps_class_and_subject(self):
        for vals in (
            {"class_ids": [Command.set(self.class_b.ids)]},
            {"subject_id": self.physics.id},
        ):
            self._refused(lambda env, v=vals: self.journal.with_env(env).write(v))

    def test_attachments_of_a_closed_lesson(self):
        def create(env):
            env["ir.attachment"].create(
                {
                    "name": "answers.txt",
                    "raw": b"x",
                    "res_model": "ejournal.lesson",
                    "res_id": self.lesson_yesterday.id,
                }
            )

        self._refused(create)

    def test_attachment_is_not_moved_onto_a_closed_lesson_nor_changed_there(self):
        Attachment = self.as_user(self.env["ir.attachment"], self.teacher)
        homework = Attachment.create(
            {
                "name": "homework.txt",
                "raw": b"x",
                "res_model": "ejournal.lesson",
                "res_id": self.lesson.id,
            }
        )
        self.assertEqual(self.changes(self.lesson, "attachment").basis, "same_day")
        with self.assertRaises(UserError):
            homework.res_id = self.lesson_yesterday.id
        with self.at(NOW + timedelta(days=1)):
            for act in (
                lambda: homework.write({"raw": b"y"}),
                lambda: homework.write({"name": "z"}),
                lambda: homework.write({"res_id": 0}),
                homework.unlink,
            ):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    act()
            self.assertEqual(homework.raw, b"x")

    def test_server_action(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "sneak",
                "model_id": self.env["ir.model"]._get_id("ejournal.mark"),
                "state": "code",
                "code": f"env['ejournal.mark'].browse({self.mark.id}).write("
                "{'value': '5'})",
            }
        )
        self._refused(
            lambda env: action.with_env(env).run(),
            self.env.ref("base.user_admin") | self.env.ref("base.user_root"),
        )

    def test_nobody_but_the_entrant_enters_today(self):
        work = self._work(self.lesson)
        vals = {"work_id": work.id, "pupil_id": self.pupil.id, "value": "5"}
        others = self._everybody() - self.teacher
        self._refused(lambda env: env["ejournal.mark"].create(vals), others)
        self._refused(
            lambda env: self.lesson.with_env(env).write({"topic": "x"}), others
        )
        mark = self._mark(work)
        self._refused(lambda env: mark.with_env(env).write({"value": "2"}), others)
        self.as_user(mark, self.teacher).value = "4"
        self.assertEqual(mark.value, "4")

    def test_substitute_enters_and_the_owner_reads(self):
        self.as_user(self.lesson, self.deputy).substitute_id = self.colleague
        [answer] = self.save(self.entry("mark", "5"), user=self.colleague)
        self.assertEqual(answer["status"], "ok", answer)
        [answer] = self.save(self.entry("mark", "4", old="5"))
        self.assertEqual(answer["status"], "refused")
        self.assertIn(self.colleague.name, answer["reason"])
        self.as_user(self.lesson, self.deputy).write(
            {"substitute_id": False, "order_ref": "№ 5"}
        )
        with self.assertRaises(AccessError):
            self.save(self.entry("mark", "2", old="5"), user=self.colleague)

    def test_deputy_does_not_name_herself_substitute(self):
        with self.assertRaises(AccessError):
            self.as_user(self.lesson, self.deputy).substitute_id = self.deputy

    def test_co_teacher_reads_and_writes_only_when_the_deputy_says_so(self):
        assignment = self.env["ejournal.assignment"].create(
            {
                "journal_id": self.journal.id,
                "teacher_id": self.colleague.id,
                "role": "co",
                "date_start": "2026-09-01",
            }
        )
        [answer] = self.save(self.entry("mark", "5"), user=self.colleague)
        self.assertEqual(answer["status"], "refused")
        assignment.may_write = True
        [answer] = self.save(self.entry("mark", "5"), user=self.colleague)
        self.assertEqual(answer["status"], "ok", answer)

    def test_marker_writes_the_column_only(self):
        work = self._work(self.lesson, self.control_type)
        self.as_user(work, self.deputy).marker_id = self.colleague
        answers = self.save(
            self.entry("mark", "5", work=work),
            self.entry("topic", "x"),
            self.entry("mark", "5"),
            user=self.colleague,
        )
        statuses = [answer["status"] for answer in answers]
        self.assertEqual(statuses, ["ok", "refused", "refused"], answers)


@tagged("post_install", "-at_install")
class TestLockText(SchoolCase):
    def test_window_can_be_sent_to_a_browser(self):
        page = self.as_user(self.journal, self.teacher).load_page(YESTERDAY, TODAY)
        self.assertTrue(json.dumps(page, default=str))


@tagged("post_install", "-at_install")
class TestDerivedFields(SchoolCase):
    """What follows from other fields is no way round the lock."""

    def test_entrant_period_and_school_are_not_written(self):
        lesson = self.lesson_yesterday
        for vals in (
            {"entrant_id": self.deputy.id},
            {"period_id": False},
            {"company_id": 1},
        ):
            for user in (self.teacher, self.deputy, self.env.ref("base.user_root")):
                for su in (False, True):
                    with self.subTest(vals=vals, user=user.login, su=su):
                        with self.assertRaises(UserError):
                            lesson.with_env(self.env(user=user, su=su)).write(vals)
        with self.assertRaises(UserError):
            self.as_user(self.env["ejournal.lesson"], self.deputy).create(
                {
                    "journal_id": self.journal.id,
                    "date": TODAY,
                    "number": 9,
                    "entrant_id": self.deputy.id,
                }
            )

    def test_no_stored_field_that_is_computed_can_be_written_in_any_model(self):
        written = []
        for name, model in self.env.items():
            if not name.startswith("ejournal.") or model._abstract or model._transient:
                continue
            record = model.search([], limit=1)
            for field in model._fields.values():
                if not (field.store and field.compute and field.readonly):
                    continue
                if field.inverse or not record:
                    continue
                try:
                    with self.env.cr.savepoint():
                        record.write({field.name: record[field.name]})
                except UserError:
                    continue
                written.append(f"{name}.{field.name}")
        self.assertFalse(written)

    def test_topics_of_the_plan_are_content(self):
        plan = self.env["ejournal.plan"].create(
            {"journal_id": self.journal.id, "topic_ids": [(0, 0, {"title": "Sets"})]}
        )
        vals = {"plan_topic_ids": [(6, 0, plan.topic_ids.ids)]}
        self.as_user(self.lesson, self.teacher).write(vals)
        self.assertEqual(self.changes(self.lesson, "plan_topic_ids").basis, "same_day")
        with self.assertRaises(UserError):
            self.as_user(self.lesson_yesterday, self.teacher).write(vals)

    def test_closing_time_goes_on_record(self):
        rule = self.as_user(self.env["ejournal.lock.rule"], self.deputy).create(
            {"date_start": "2026-10-15", "closing_time": 18.0, "order_ref": "№ 7"}
        )
        self.assertEqual(self.changes(rule, "closing_time").new_value, "18.0")
        self.assertEqual(self.changes(rule, "order_ref").new_value, "№ 7")
