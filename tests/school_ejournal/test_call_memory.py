"""A call remembers what the judge said; nobody gets past the lock by it."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import tagged

from odoo.addons.school_ejournal.models.journal.entry_batch import EntryBatch
from odoo.addons.school_ejournal.tools.call_memory import memory_of, with_memory

from ..common import NOW, SchoolCase


@tagged("post_install", "-at_install")
class TestCallMemory(SchoolCase):
    def batch(self, *entries, user=None):
        """A save whose steps are looked at; ``run`` does it."""
        journal = self.as_user(self.journal, user or self.teacher)
        return EntryBatch(journal, list(entries))

    def remembering(self, record, user=None):
        """A record in a call of ``user`` that has asked the judge about its lesson."""
        record = with_memory(self.as_user(record, user or self.teacher))
        record.env["ejournal.lesson"].browse(self.lesson.ids)._entry_window()
        return record

    # ---- whose memory it is ------------------------------------------------------------

    def test_somebody_else_is_judged_by_himself(self):
        lesson = self.remembering(self.lesson)
        self.assertEqual(memory_of(lesson.env).windows.keys(), {lesson.id})
        others = lesson.with_user(self.colleague)
        self.assertIsNone(memory_of(others.env))
        window = others.sudo()._entry_window()[lesson.id]["content"]
        self.assertEqual(window["state"], "read_only")
        with self.assertRaises(AccessError):
            others.sudo().topic = "Not mine"

    def test_no_request_can_send_a_memory(self):
        for sent in ("x", {"uid": self.teacher.id, "windows": {}}, [], 1):
            lesson = self.as_user(self.lesson_yesterday, self.teacher)
            context = {"ejournal_call_memory": sent}
            self.assertIsNone(memory_of(lesson.with_context(**context).env))
            with self.assertRaisesRegex(UserError, "closed on 13.10.2026"):
                vals = [lesson.ids, {"topic": "Late"}]
                call_kw(lesson.browse(), "write", vals, {"context": context})

    def test_no_call_leaves_its_memory_to_the_next(self):
        self.save(self.entry("mark", "4"))
        with self.at("2026-10-15 04:00"):
            [answer] = self.save(self.entry("mark", "5", old="4"))
        self.assertEqual(answer["status"], "refused")
        self.assertEqual(self.lesson.mark_ids.value, "4")

    # ---- what happens within the call ------------------------------------------------------

    def test_lesson_that_the_caller_did_not_name_is_still_refused(self):
        """What was checked of one lesson is no leave for another."""
        journal = self.remembering(self.journal)
        memory_of(journal.env).readable.add(self.lesson.id)
        fact = {"lesson_id": self.other_lesson.id, "pupil_id": self.pupils_b[0].id}
        with self.assertRaises(AccessError):
            journal.env["ejournal.attendance"].create({**fact, "kind": "absent"})
        with self.assertRaises(AccessError):
            journal.env["ejournal.attendance"].sudo().create({**fact, "kind": "absent"})

    def test_new_column_is_judged_anew(self):
        lesson = self.remembering(self.lesson)
        self.assertFalse(lesson._entry_window()[lesson.id]["works"])
        vals = {"lesson_id": lesson.id, "type_id": self.answer_type.id}
        work = lesson.env["ejournal.work"].create(vals)
        self.assertIn(work.id, lesson._entry_window()[lesson.id]["works"])

    def test_columns_that_were_asked_for_bring_no_more_rights(self):
        lesson = self.remembering(self.other_lesson)
        work = self._work(self.other_lesson)
        memory_of(lesson.env).forget()
        [found] = lesson._columns().values()
        self.assertEqual(found, work)
        with self.assertRaises(AccessError):
            found.with_env(lesson.env).read(["title"])

    # ---- what is refused within the call ---------------------------------------------------

    def _refuse_marks_of(self, pupil):
        """The model refuses after the insert what could not be foreseen."""
        Mark = type(self.env["ejournal.mark"])
        judge = Mark._judge_write

        def refuse(marks, names):
            if pupil in marks.pupil_id:
                raise ValidationError("This one not.")
            return judge(marks, names)

        return patch.object(Mark, "_judge_write", refuse)

    def test_what_is_rolled_back_leaves_no_trace_and_the_rest_is_recorded_once(self):
        bad = self.pupils[1]
        entries = [
            self.entry("mark", "4", pupil=pupil, key=pupil.id) for pupil in self.pupils
        ]
        with self._refuse_marks_of(bad):
            answers = self.save(*entries, self.entry("topic", "Roots", key="topic"))
        refused = [a["key"] for a in answers if a["status"] != "ok"]
        self.assertEqual(refused, [bad.id])
        marks = self.lesson.mark_ids
        self.assertEqual(marks.pupil_id, self.pupils - bad)
        self.assertEqual(len(self.lesson.work_ids), 1)
        own = [("lesson_id", "=", self.lesson.id), ("model_name", "=", "ejournal.mark")]
        rows = self.env["ejournal.change"].search(own)
        self.assertEqual(sorted(rows.mapped("res_id")), sorted(marks.ids))
        self.assertEqual(set(rows.mapped("entered_at")), {NOW})
        self.assertEqual(len(self.changes(self.lesson, "topic")), 1)
        self.assertEqual(self.lesson.state, "held")

    def test_cell_that_comes_twice_is_entered_twice_beside_a_refused_one(self):
        with self._refuse_marks_of(self.pupils[1]):
            answers = self.save(
                self.entry("mark", "4", key=1),
                self.entry("mark", "5", old="4", key=2),
                self.entry("mark", "3", pupil=self.pupils[1], key=3),
                self.entry("attendance", "late", pupil=self.pupils[2], key=4),
                self.entry(
                    "attendance", "late:5", old="late", pupil=self.pupils[2], key=5
                ),
            )
        statuses = [answer["status"] for answer in answers]
        self.assertEqual(statuses, ["ok", "ok", "refused", "ok", "ok"])
        self.assertEqual(self.lesson.mark_ids.mapped("value"), ["5"])
        self.assertEqual(self.lesson.attendance_ids.minutes, 5)

    def test_period_is_locked_again_after_a_rollback(self):
        """Leaving a savepoint by the back door gives its locks away."""
        Period = type(self.env["ejournal.period"])
        locked, lock = [], Period._share_lock

        def note(model, periods):
            locked.append(periods.ids)
            return lock(model, periods)

        entries = [
            self.entry("mark", "4", pupil=pupil, key=pupil.id)
            for pupil in self.pupils[:3]
        ]
        with (
            self._refuse_marks_of(self.pupils[0]),
            patch.object(Period, "_share_lock", note),
        ):
            self.save(*entries)
        held = [ids for ids in locked if ids]
        # together; then alone: the refused one, and once more for those that follow
        self.assertEqual(held, [self.quarter.ids] * 3)

    def test_what_was_there_before_the_call_outlives_a_refusal_in_it(self):
        journal = self.as_user(self.journal, self.teacher)
        entries = [
            self.entry("mark", "4", pupil=pupil, key=pupil.id)
            for pupil in self.pupils[:2]
        ]
        pupil = self.pupil.sudo()
        pupil.first_name = "Азамат"  # not flushed yet
        with self._refuse_marks_of(self.pupils[0]):
            answers = journal.save_entries(entries)
        self.assertEqual([a["status"] for a in answers], ["refused", "ok"])
        pupil.invalidate_recordset()
        self.assertEqual(pupil.first_name, "Азамат")

    # ---- what waits --------------------------------------------------------------------------

    def test_nothing_waits_when_nobody_writes_it(self):
        """A write with a memory but outside of a batch is recorded at once."""
        lesson = self.remembering(self.lesson)
        lesson.topic = "Roots"
        [row] = self.changes(self.lesson, "topic")
        self.assertEqual((row.new_value, row.user_id), ("Roots", self.teacher))
        self.assertEqual(self.lesson.state, "held")

    def test_nothing_is_left_waiting_after_a_batch(self):
        batch = self.batch(
            self.entry("mark", "5", key=1), self.entry("topic", "Roots", key=2)
        )
        batch.run()
        self.assertIsNone(batch.memory.changes)
        self.assertIsNone(batch.memory.entered)
        batch.lessons.homework = "№ 5"
        self.assertEqual(len(self.changes(self.lesson, "homework")), 1)


@tagged("post_install", "-at_install")
class TestClosingWithinACall(SchoolCase):
    def test_closed_period_refuses_each_cell_of_the_next_call(self):
        self.save(self.entry("mark", "4"))
        self.quarter.with_user(self.deputy).action_close()
        answers = self.save(
            self.entry("mark", "5", old="4", key=1), self.entry("topic", "x", key=2)
        )
        self.assertEqual([a["status"] for a in answers], ["refused"] * 2)
        self.assertEqual(self.lesson.mark_ids.value, "4")
