"""Two people at once, in real transactions.

The other tests run in one transaction that is rolled back; here the data are committed,
in a school of their own that nobody else looks at, and each call goes through Odoo's own
retry as a request does.
"""

import contextlib
import threading

from .two_at_once_common import TwoAtOnceCase


class TestTwoAtOnce(TwoAtOnceCase):
    def _entries(self, lesson_id, value):
        return [
            {
                "key": pupil_id,
                "lesson_id": lesson_id,
                "work_id": None,
                "pupil_id": pupil_id,
                "field": "mark",
                "old": False,
                "value": value,
            }
            for pupil_id in self.pupil_ids
        ]

    def _save(self, lesson_id, value, barrier=None):
        def act(env):
            journal = env["ejournal.journal"].browse(self.journal_id)
            # the snapshot begins here, before the other one has saved
            journal.check_access("read")
            if barrier and not barrier.broken:
                with contextlib.suppress(threading.BrokenBarrierError):
                    barrier.wait(2)
            return journal.save_entries(self._entries(lesson_id, value))

        return act

    def _marks(self, lesson_id):
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT pupil_id, value FROM ejournal_mark WHERE lesson_id = %s",
                [lesson_id],
            )
            return cr.fetchall()

    # ---- the races -------------------------------------------------------------------

    def test_two_fill_the_same_empty_cells_and_no_batch_is_lost(self):
        self._race_for_empty_cells(self.lesson_ids[0])

    def test_two_fill_the_same_empty_cells_of_a_lesson_that_is_held(self):
        """No other row of the lesson is written then: the unique cells must tell."""
        lesson_id = self.lesson_ids[0]
        topic = {**self._entries(lesson_id, "x")[0], "field": "topic"}
        self._at_once(
            (
                self.main_id,
                lambda env: (
                    env["ejournal.journal"]
                    .browse(self.journal_id)
                    .save_entries([topic])
                ),
            )
        )
        self._race_for_empty_cells(lesson_id)

    def _race_for_empty_cells(self, lesson_id):
        barrier = threading.Barrier(2)
        first, second = self._at_once(
            (self.main_id, self._save(lesson_id, "5", barrier)),
            (self.co_id, self._save(lesson_id, "4", barrier)),
        )
        for answers in (first, second):
            self.assertIsInstance(answers, list, answers)
            self.assertEqual(len(answers), len(self.pupil_ids))
        marks = self._marks(lesson_id)
        by_column = {}
        for pupil_id, value in marks:
            by_column.setdefault(pupil_id, []).append(value)
        # one answer column, one mark a pupil; the slower one is told of the conflict
        self.assertEqual(len(marks), len(self.pupil_ids), by_column)
        statuses = sorted({answer["status"] for answer in first + second})
        self.assertEqual(statuses, ["conflict", "ok"])
        stored = {value for _pupil, value in marks}
        self.assertEqual(len(stored), 1, "a batch is saved whole")

    def test_two_change_the_same_mark(self):
        lesson_id = self.lesson_ids[1]
        [answers] = self._at_once((self.main_id, self._save(lesson_id, "3")))
        self.assertEqual({a["status"] for a in answers}, {"ok"})
        work_id = answers[0]["work_id"]

        def change(value):
            entry = {
                **self._entries(lesson_id, value)[0],
                "work_id": work_id,
                "old": "3",
            }
            return lambda env: (
                env["ejournal.journal"].browse(self.journal_id).save_entries([entry])
            )

        first, second = self._at_once(
            (self.main_id, change("4")), (self.co_id, change("5"))
        )
        statuses = sorted([first[0]["status"], second[0]["status"]])
        self.assertEqual(statuses, ["conflict", "ok"])

    def test_no_save_slips_into_a_period_that_closes_meanwhile(self):
        lesson_id = self.lesson_ids[2]
        barrier = threading.Barrier(2)

        def close(env):
            period = env["ejournal.period"].browse(self.period_id)
            self.assertTrue(period.state)
            if not barrier.broken:
                with contextlib.suppress(threading.BrokenBarrierError):
                    barrier.wait(2)
            if period.state == "open":
                period.action_close()
            return "closed"

        saved, closed = self._at_once(
            (self.main_id, self._save(lesson_id, "5", barrier)),
            (self.deputy_id, close),
        )
        self.assertEqual(closed, "closed")
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT count(*) FROM ejournal_change c JOIN ejournal_period p "
                "ON p.id = %s WHERE c.lesson_id = %s AND c.model_name = 'ejournal.mark' "
                "AND c.entered_at > p.closed_at",
                [self.period_id, lesson_id],
            )
            self.assertEqual(cr.fetchone()[0], 0)
        statuses = {answer["status"] for answer in saved}
        self.assertIn(statuses, ({"ok"}, {"refused"}))
        self.assertEqual(
            len(self._marks(lesson_id)),
            len(self.pupil_ids) if statuses == {"ok"} else 0,
        )
        [late] = self._at_once((self.main_id, self._save(self.lesson_ids[3], "5")))
        self.assertEqual({answer["status"] for answer in late}, {"refused"})
