"""The rights and the lock as a browser and another program meet them: over HTTP."""

import json

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.school_ejournal.tools.passage import with_passage

from ..common import SchoolCase

REFUSED = ("odoo.exceptions.UserError", "odoo.exceptions.AccessError")


@tagged("post_install", "-at_install")
class TestRightsDoors(SchoolCase, HttpCase):
    """One mark of yesterday and one of today; each test ends with both looked at."""

    def setUp(self):
        super().setUp()
        self.work_yesterday = self._work(self.lesson_yesterday)
        self.mark_yesterday = self._mark(self.work_yesterday, value="3")
        self.work_today = self._work(self.lesson)
        self.mark_today = self._mark(self.work_today, value="3")
        self.env.flush_all()

    def tearDown(self):
        self.env.invalidate_all()
        self.assertEqual(self.mark_yesterday.value, "3")
        self.assertEqual(len(self.lesson_yesterday.mark_ids), 1)
        self.assertFalse(self.lesson_yesterday.topic)
        super().tearDown()

    # ---- calling ---------------------------------------------------------------------

    def call(self, model, method, *args, **kwargs):
        """What the web client does; ``(result, name of the error)``."""
        with mute_logger("odoo.http", "odoo.sql_db"):
            response = self.url_open(
                f"/web/dataset/call_kw/{model}/{method}",
                json={
                    "jsonrpc": "2.0",
                    "method": "call",
                    "params": {
                        "model": model,
                        "method": method,
                        "args": args,
                        "kwargs": kwargs,
                    },
                },
            )
        answer = response.json()
        error = answer.get("error", {}).get("data", {})
        return answer.get("result"), error.get("name")

    def refused(self, model, method, *args, **kwargs):
        result, error = self.call(model, method, *args, **kwargs)
        self.assertIn(error, REFUSED, (model, method, args, result))

    def login(self, user):
        self.authenticate(
            user.login, (user.login + "xxxxxxxx")[: max(8, len(user.login))]
        )

    def json2(self, user, path, **params):
        """What another program does with an API key of ``user``."""
        keys = self.env["res.users.apikeys"].with_user(user)
        key = keys.sudo()._generate("rpc", "test", None)
        self.env.flush_all()
        with mute_logger("odoo.http", "odoo.sql_db"):
            return self.url_open(
                f"/json/2/{path}",
                data=json.dumps(params),
                headers={
                    "Authorization": f"Bearer {key}",
                    "Content-Type": "application/json",
                },
            )

    # ---- the teacher -----------------------------------------------------------------

    def test_teacher_by_call_kw(self):
        self.login(self.teacher)
        yesterday, today = self.mark_yesterday, self.mark_today
        self.refused("ejournal.mark", "write", yesterday.ids, {"value": "5"})
        self.refused("ejournal.mark", "unlink", yesterday.ids)
        self.refused("ejournal.mark", "copy", yesterday.ids)
        self.refused(
            "ejournal.mark",
            "create",
            {
                "work_id": self.work_yesterday.id,
                "pupil_id": self.pupils[1].id,
                "value": "5",
            },
        )
        self.refused(
            "ejournal.lesson", "write", self.lesson_yesterday.ids, {"topic": "x"}
        )
        result, error = self.call("ejournal.mark", "write", today.ids, {"value": "4"})
        self.assertEqual((result, error), (True, None))
        self.env.invalidate_all()
        self.assertEqual(today.value, "4")

    def test_teacher_by_web_save(self):
        self.login(self.teacher)
        spec = {"value": {}}
        self.refused(
            "ejournal.mark",
            "web_save",
            self.mark_yesterday.ids,
            {"value": "5"},
            specification=spec,
        )
        self.refused(
            "ejournal.lesson",
            "web_save",
            self.lesson_yesterday.ids,
            {"mark_ids": [[1, self.mark_yesterday.id, {"value": "5"}]]},
            specification={},
        )
        result, error = self.call(
            "ejournal.mark",
            "web_save",
            self.mark_today.ids,
            {"value": "4"},
            specification=spec,
        )
        self.assertFalse(error)
        self.assertEqual(result[0]["value"], "4")

    def test_teacher_by_save_entries(self):
        self.login(self.teacher)
        entries = [
            self.entry(
                "mark", "5", "3", self.lesson_yesterday, work=self.work_yesterday
            ),
            self.entry("mark", "5", "3", self.lesson, work=self.work_today),
        ]
        answers, error = self.call(
            "ejournal.journal", "save_entries", self.journal.ids, entries
        )
        self.assertFalse(error)
        self.assertEqual(
            [answer["status"] for answer in answers], ["refused", "ok"], answers
        )

    def test_no_context_opens_the_lock(self):
        """A request sends words, never our token."""
        self.login(self.teacher)
        for context in (
            {"ejournal_passage": True},
            {"ejournal_passage": {}},
            {"ejournal_passage": "<object object>", "ejournal_basis": "migration"},
            {"ejournal_clock": {"now": "2026-10-13 05:00:00"}},
            {"tz": "Pacific/Honolulu"},
            {"uid": 1, "su": True},
            {"default_lesson_id": self.lesson.id},
        ):
            self.refused(
                "ejournal.mark",
                "write",
                self.mark_yesterday.ids,
                {"value": "5"},
                context=context,
            )

    def test_private_methods_stay_private(self):
        self.login(self.teacher)
        for model, method, args in (
            ("ejournal.change", "_append", [[]]),
            ("ejournal.seal", "_seal_days", [self.school.id]),
            ("ejournal.unlock", "_decide", [[], "approved", ""]),
            ("ejournal.lesson", "_after_entry", [self.lesson.ids]),
            ("ejournal.period", "_write_state", [self.quarter.ids, {"state": "open"}]),
            ("ejournal.mark", "sudo", [self.mark_yesterday.ids]),
            ("ejournal.mark", "with_user", [self.mark_yesterday.ids, 1]),
        ):
            self.refused(model, method, *args)

    # ---- other programs --------------------------------------------------------------

    def test_api_key_of_the_teacher(self):
        response = self.json2(
            self.teacher,
            "ejournal.mark/write",
            ids=self.mark_yesterday.ids,
            vals={"value": "5"},
        )
        self.assertIn(response.status_code, (403, 422), response.text)
        response = self.json2(
            self.teacher,
            "ejournal.mark/write",
            ids=self.mark_today.ids,
            vals={"value": "4"},
        )
        self.assertEqual(response.status_code, 200, response.text)
        self.env.invalidate_all()
        self.assertEqual(self.mark_today.value, "4")
        change = self.changes(self.mark_today, "value")[-1]
        self.assertEqual((change.user_id, change.basis), (self.teacher, "same_day"))

    def test_api_key_of_the_deputy_and_of_odoos_administrator(self):
        for user in (self.deputy, self.director, self.env.ref("base.user_admin")):
            for mark in (self.mark_yesterday, self.mark_today):
                response = self.json2(
                    user, "ejournal.mark/write", ids=mark.ids, vals={"value": "5"}
                )
                self.assertIn(response.status_code, (403, 422), response.text)

    # ---- parents and strangers -------------------------------------------------------

    def test_parent_reads_the_own_childs_name_and_nothing_else(self):
        self.login(self.parent_user)
        for model in (
            "ejournal.mark",
            "ejournal.attendance",
            "ejournal.lesson",
            "ejournal.work",
            "ejournal.journal",
            "ejournal.enrollment",
            "ejournal.guardian",
            "ejournal.parent",
            "ejournal.pupil.card",
            "ejournal.change",
            "ejournal.class",
            "ejournal.settings",
        ):
            for method, args in (
                ("search_read", [[], ["id"]]),
                ("search_count", [[]]),
                ("name_search", [""]),
                ("web_search_read", [[], {"id": {}}]),
                ("formatted_read_group", [[], [], ["__count"]]),
                ("export_data", [[1], ["id"]]),
            ):
                with self.subTest(model=model, method=method):
                    result, error = self.call(model, method, *args)
                    self.assertIn(error, REFUSED, result)
        rows, error = self.call("ejournal.pupil", "search_read", [], ["name"])
        self.assertFalse(error)
        self.assertEqual([row["id"] for row in rows], self.pupil.ids)
        self.refused("ejournal.pupil", "read", self.pupils[1].ids, ["name"])
        self.refused("ejournal.pupil", "read", self.pupil.ids, ["guardian_ids"])
        self.refused("ejournal.pupil", "search_read", [["card_ids.pin", "!=", False]])
        self.refused(
            "ejournal.pupil",
            "search_count",
            [["guardian_ids.parent_id.phone", "!=", 0]],
        )
        self.refused(
            "ejournal.journal", "load_page", self.journal.ids, *["2026-10-14"] * 2
        )
        self.refused("ejournal.mark", "write", self.mark_today.ids, {"value": "5"})

    def test_without_a_login_nothing_is_answered(self):
        self.authenticate(None, None)
        _result, error = self.call("ejournal.pupil", "search_read", [], ["name"])
        self.assertTrue(error)
        response = self.url_open(
            "/json/2/ejournal.pupil/search_read",
            data=json.dumps({"domain": []}),
            headers={"Content-Type": "application/json"},
        )
        self.assertIn(response.status_code, (401, 403))

    def test_class_teacher_filters_by_no_field_she_may_not_read(self):
        """A search by a hidden field would tell it value by value."""
        with_passage(self.env["ejournal.pupil.card"]).create(
            {"pupil_id": self.pupils_b[0].id, "pin": "12345678901234"}
        )
        self.env.flush_all()
        self.login(self.class_teacher)
        found, error = self.call(
            "ejournal.pupil", "search", [["card_ids.pin", "=", "12345678901234"]]
        )
        self.assertFalse(error)
        self.assertEqual(found, [])
        found, error = self.call(
            "ejournal.pupil", "search", [["card_id.pin", "=", "12345678901234"]]
        )
        self.assertFalse(error)
        self.assertEqual(found, [])

    def test_teacher_reads_no_foreign_mark_by_a_path_or_a_group(self):
        """Marks of another's journal, asked by way of what all staff may read."""
        work = self._work(self.other_lesson)
        self._mark(work, self.pupils_b[0], value="2")
        self.env.flush_all()
        self.login(self.teacher)
        for model, domain in (
            ("ejournal.mark", [["value", "=", "2"]]),
            ("ejournal.lesson", [["mark_ids.value", "=", "2"]]),
            ("ejournal.journal", [["lesson_ids.mark_ids.value", "=", "2"]]),
        ):
            count, error = self.call(model, "search_count", domain)
            self.assertFalse(error)
            self.assertEqual(count, 0, model)
        groups, error = self.call(
            "ejournal.mark", "formatted_read_group", [], ["value"], ["__count"]
        )
        self.assertFalse(error)
        self.assertEqual({group["value"] for group in groups}, {"3"})
