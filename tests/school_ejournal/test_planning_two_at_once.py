"""Planning while somebody else plans, or closes the period."""

import contextlib
import threading
import time
from unittest.mock import patch

from .two_at_once_common import TwoAtOnceCase


class TestPlanningAtOnce(TwoAtOnceCase):
    def _make_world(self, env):
        super()._make_world(env)
        period = env["ejournal.period"].browse(self.period_id)
        self.Lesson = type(env["ejournal.lesson"])
        # a timetable that nobody planned by yet
        env["ejournal.timetable.slot"]._planned_later().create(
            [
                {
                    "journal_id": self.journal_id,
                    "weekday": weekday,
                    "number": 8,
                    "date_start": period.date_start,
                }
                for weekday in range(5)
            ]
        )

    def _generate(self, barrier=None):
        def act(env):
            period = env["ejournal.period"].browse(self.period_id)
            # the snapshot begins here, before the other one has planned
            period.check_access("read")
            if barrier and not barrier.broken:
                with contextlib.suppress(threading.BrokenBarrierError):
                    barrier.wait(2)
            return period.action_generate_lessons()["params"]["message"]

        return act

    def _planned(self):
        """Dates of the lessons that were planned."""
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT date FROM ejournal_lesson "
                "WHERE journal_id = %s AND slot_date IS NOT NULL",
                [self.journal_id],
            )
            return [row[0] for row in cr.fetchall()]

    def test_two_generate_at_once_and_each_lesson_is_made_once(self):
        barrier = threading.Barrier(2)
        messages = self._at_once(
            (self.deputy_id, self._generate(barrier)),
            (self.deputy_id, self._generate(barrier)),
        )
        planned = self._planned()
        self.assertGreater(len(planned), 30)
        self.assertEqual(len(planned), len(set(planned)))
        self.assertEqual(
            sorted(messages),
            [
                "Made: 0. Changed: 0. Removed: 0.",
                f"Made: {len(planned)}. Changed: 0. Removed: 0.",
            ],
        )

    def test_no_lesson_slips_into_a_period_that_closes_meanwhile(self):
        planning, finished = threading.Event(), []
        make = self.Lesson._make_planned

        def make_slowly(lessons, *args):
            make(lessons, *args)
            planning.set()
            time.sleep(1)

        def close(env):
            planning.wait(20)
            env["ejournal.period"].browse(self.period_id).action_close()
            finished.append("closed")

        def generate(env):
            self._generate()(env)
            finished.append("made")

        with patch.object(self.Lesson, "_make_planned", make_slowly):
            self._at_once((self.deputy_id, generate), (self.deputy_id, close))
        self.assertEqual(finished, ["made", "closed"], "the closing waits")
        [late] = self._at_once((self.deputy_id, self._generate()))
        self.assertRegex(str(late), "is closed")
