"""What the journal page asks the server beside its cells: days, history, live changes."""

import json
from types import SimpleNamespace
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.bus.models import ir_websocket as bus_websocket

from ..common import TODAY, YESTERDAY, SchoolCase


@tagged("post_install", "-at_install")
class TestOpenPage(SchoolCase):
    def open(self, *args, user=None):
        return self.as_user(self.journal, user or self.teacher).open_page(*args)

    def dates(self, page):
        return [lesson["date"] for lesson in page["lessons"]]

    def test_opens_with_the_quarter_around_today(self):
        days = self.open()["days"]
        self.assertEqual(
            (days["date_start"], days["date_end"], days["day"]),
            (self.quarter.date_start, self.quarter.date_end, TODAY),
        )

    def test_between_two_quarters_the_one_that_ended_is_shown(self):
        days = self.open("period", "2026-11-07")["days"]
        self.assertEqual(days["date_end"], self.quarter.date_end)

    def test_month(self):
        days = self.open("month", "2026-12-05")["days"]
        self.assertEqual(str(days["date_start"]), "2026-12-01")
        self.assertEqual(str(days["date_end"]), "2026-12-31")

    def test_a_phone_gets_one_lesson_and_two_weeks_before_it(self):
        page = self.open("lesson", "2026-11-03")
        self.assertEqual(page["days"]["day"], self.lesson_tomorrow.date)
        self.assertEqual(
            self.dates(page), [YESTERDAY, TODAY, self.lesson_tomorrow.date]
        )
        self.assertEqual(self.open("lesson", "2026-09-05")["days"]["day"], YESTERDAY)

    def test_the_page_knows_scale_periods_and_types(self):
        journal = self.open()["journal"]
        self.assertEqual(journal["scores"]["5"], 5)
        self.assertEqual(len(journal["periods"]), 4)
        self.assertIn("dictation", [row["code"] for row in journal["work_types"]])
        self.assertIn("topic", journal["counts"])

    def test_answer_columns_are_told_from_others(self):
        self.save(self.entry("mark", "5"))
        self._work(work_type=self.dictation_type)
        flags = {row["code"]: row["is_answer"] for row in self.open()["works"]}
        self.assertEqual(flags, {"answer": True, "dictation": False})

    def test_flat_number_of_queries(self):
        self.save(*(self.entry("mark", "4", pupil=p, key=p.id) for p in self.pupils))
        self.open()
        journal = self.as_user(self.journal, self.teacher)
        before = self.env.cr.sql_log_count
        journal.open_page()
        self.assertLessEqual(self.env.cr.sql_log_count - before, 36)

    def test_a_stranger_opens_nothing(self):
        for user in (self.colleague, self.outsider, self.parent_user):
            with self.assertRaises(AccessError):
                self.open(user=user)

    def test_own_journals_with_lessons_today_come_first(self):
        Journal = self.env["ejournal.journal"]
        second = self._make_journal(self.physics, self.class_a, self.teacher)
        rows = self.as_user(Journal, self.teacher).page_choices()
        self.assertEqual([row["id"] for row in rows], [self.journal.id, second.id])
        self.assertEqual([row["today"] for row in rows], [[2], []])
        rows = self.as_user(Journal, self.deputy).page_choices()
        self.assertEqual(len(rows), 3)
        self.assertFalse(any(row["mine"] for row in rows))


@tagged("post_install", "-at_install")
class TestHistory(SchoolCase):
    def history(self, user=None, **kwargs):
        lesson = self.as_user(self.lesson, user or self.teacher)
        return lesson.load_history(**kwargs)

    def test_history_of_a_cell_says_who_when_what_and_on_what_basis(self):
        self.save(self.entry("mark", "4"))
        self.save(self.entry("mark", "5", old="4"), self.entry("attendance", "late"))
        rows = self.history(pupil_id=self.pupil.id)
        values = [(row["field"], row["old"], row["new"]) for row in rows]
        self.assertCountEqual(
            values, [("value", "", "4"), ("value", "4", "5"), ("kind", "", "late")]
        )
        self.assertEqual({row["by"] for row in rows}, {self.teacher.name})
        self.assertEqual({row["basis"] for row in rows}, {"same_day"})
        self.assertTrue(all(row["at"] and row["basis_text"] for row in rows))

    def test_history_of_another_pupil_or_column_stays_apart(self):
        self.save(self.entry("mark", "4"))
        dictation = self._work(work_type=self.dictation_type)
        self.assertFalse(self.history(pupil_id=self.pupils[1].id))
        self.assertFalse(self.history(pupil_id=self.pupil.id, work_id=dictation.id))

    def test_history_of_the_topic(self):
        self.save(self.entry("topic", "Roots"))
        [row] = self.history(field="topic")
        self.assertEqual(row["new"], "Roots")
        with self.assertRaises(UserError):
            self.history(field="company_id")

    def test_a_stranger_reads_no_history(self):
        self.save(self.entry("mark", "4"))
        for user in (self.colleague, self.outsider, self.parent_user):
            with self.assertRaises(AccessError):
                self.history(user, pupil_id=self.pupil.id)

    def test_the_class_teacher_reads_it(self):
        self.save(self.entry("mark", "4"))
        self.assertTrue(self.history(self.class_teacher, pupil_id=self.pupil.id))


@tagged("post_install", "-at_install")
class TestLiveChanges(SchoolCase):
    def channels(self, user):
        Websocket = self.as_user(self.env["ir.websocket"], user)
        wanted = f"school_ejournal.journal_{self.journal.id}"
        # what bus and mail add belongs to a request
        request = SimpleNamespace(session=SimpleNamespace(uid=user.id))
        with patch.object(bus_websocket, "wsrequest", request):
            channels = Websocket._build_bus_channel_list([wanted])
        return [
            channel
            for channel in channels
            if getattr(channel, "_name", "") in ("ejournal.journal", "ejournal.lesson")
        ]

    def messages(self):
        self.env.cr.precommit.run()
        rows = self.env["bus.bus"].sudo().search([], order="id")
        found = [(json.loads(row.channel), json.loads(row.message)) for row in rows]
        return [
            (channel, message["payload"])
            for channel, message in found
            if message["type"] == "school_ejournal.entries"
        ]

    def test_who_reads_every_lesson_gets_the_journal(self):
        for user in (self.teacher, self.class_teacher, self.deputy, self.director):
            [channel] = self.channels(user)
            self.assertEqual(channel, self.journal, user.login)

    def test_who_reads_nothing_gets_nothing_for_the_asking(self):
        for user in (self.colleague, self.outsider, self.admin, self.parent_user):
            self.assertFalse(self.channels(user), user.login)

    def test_a_substitute_gets_the_own_lesson_only(self):
        self.as_user(self.lesson, self.deputy).substitute_id = self.colleague
        [channel] = self.channels(self.colleague)
        self.assertEqual(channel, self.lesson)

    def test_a_save_is_told_with_ids_and_values_only(self):
        self.save(
            self.entry("mark", "5", key=1),
            self.entry("mark", "9", pupil=self.pupils[1], key=2),
            self.entry("attendance", "absent", pupil=self.pupils[2], key=3),
        )
        messages = self.messages()
        self.assertEqual(
            [channel[1:] for channel, _payload in messages],
            [
                ["ejournal.journal", self.journal.id],
                ["ejournal.lesson", self.lesson.id],
            ],
        )
        [mark, fact] = messages[0][1]["entries"]
        self.assertEqual((mark["pupil_id"], mark["value"]), (self.pupil.id, "5"))
        self.assertEqual(mark["work_id"], self.lesson.work_ids.id)
        self.assertEqual((fact["field"], fact["value"]), ("attendance", "absent"))
        self.assertNotIn("Асанов", json.dumps(messages, ensure_ascii=False))

    def test_what_was_there_already_is_not_told(self):
        self.save(self.entry("mark", "5"))
        told = len(self.messages())
        self.save(self.entry("mark", "5"))
        self.assertEqual(len(self.messages()), told)
