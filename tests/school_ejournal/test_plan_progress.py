"""Plan against fact: hours planned to date, held, lag."""

from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from odoo.addons.school_ejournal.tools.passage import with_passage
from odoo.addons.school_ejournal.tools.plan_order import (
    PlanProgress,
    given_hours,
    hours_of,
)

from ..common import TODAY, YESTERDAY, SchoolCase


@tagged("post_install", "-at_install")
class TestPlanOrder(BaseCase):
    def test_example_of_the_domain_62_of_66_hours(self):
        progress = PlanProgress(68, 66, 62)
        self.assertEqual((progress.lag, progress.percent), (4, 93.9))
        self.assertIsNone(PlanProgress(68, 0, 0).percent)

    def test_half_hours_round_up_and_zero_hours_take_no_lesson(self):
        self.assertEqual(hours_of([("a", 1.5), ("b", 0), ("c", 1)]), ["a", "a", "c"])

    def test_lessons_give_hour_after_hour(self):
        hours = ["a", "a", "b", "c"]
        self.assertEqual(given_hours(hours, [["a"], [], ["b"]]), [[0], [1], [2]])

    def test_two_topics_in_one_lesson_give_an_hour_of_each(self):
        self.assertEqual(given_hours(["a", "b", "c"], [["a", "b"], []]), [[0, 1], [2]])

    def test_repeating_a_topic_does_not_move_the_plan_on(self):
        self.assertEqual(
            given_hours(["a", "b", "c"], [["a"], ["b"], ["a"], []]),
            [[0], [1], [], [2]],
        )

    def test_more_lessons_than_hours(self):
        self.assertEqual(given_hours(["a"], [[], [], ["a"]]), [[0], [], []])


@tagged("post_install", "-at_install")
class TestPlanProgress(SchoolCase):
    @classmethod
    def _make_journals(cls):
        super()._make_journals()
        # Mondays and Tuesdays since September; 14 October is a Wednesday
        cls.days = [
            monday + timedelta(days=extra)
            for monday in (date(2026, 9, 7) + timedelta(weeks=w) for w in range(5))
            for extra in (0, 1)
        ]
        cls.given = cls.env["ejournal.lesson"].concat(
            *(cls._make_lesson(cls.journal, day, 5) for day in cls.days)
        )
        with_passage(cls.given).write({"state": "held"})

    def _plan(self, *topics, journal=None):
        return self.env["ejournal.plan"].create(
            {
                "journal_id": (journal or self.journal).id,
                "topic_ids": [
                    Command.create(
                        {"title": title, "hours": hours, "date_planned": day}
                    )
                    for title, hours, day in topics
                ],
            }
        )

    def _progress(self, day=YESTERDAY, journal=None):
        journal = journal or self.journal
        self.env.invalidate_all()
        return tuple(journal._plan_progress(day)[journal.id])

    def test_plan_without_dates_falls_due_lesson_by_lesson(self):
        self._plan(("Sets", 6, False), ("Roots", 60, False))
        # ten lessons held and yesterday's, which nobody filled
        self.assertEqual(self._progress(), (66, 11, 10))

    def test_dates_of_the_plan_decide_what_is_due(self):
        self._plan(
            ("Sets", 12, "2026-09-07"),
            ("Roots", 4, "2026-10-05"),
            ("Powers", 4, "2026-10-19"),
        )
        # 12 hours before 5 October, two lessons that week, yesterday's
        self.assertEqual(self._progress(), (20, 15, 10))
        self.assertEqual(self._progress(date(2026, 9, 1)), (20, 0, 0))
        self.assertEqual(self._progress(date(2026, 9, 7)), (20, 1, 1))
        # not more than the hours before the next date
        self._make_lesson(self.journal, date(2026, 10, 7), 1)
        self._make_lesson(self.journal, date(2026, 10, 8), 1)
        self.assertEqual(self._progress()[1], 16)

    def test_cancelled_lesson_lags_but_not_what_the_timetable_dropped(self):
        self._plan(("Sets", 60, False))
        with_passage(self.given[-1]).write({"state": "cancelled"})
        self.assertEqual(self._progress(), (60, 11, 9))
        with_passage(self.given[-1]).write({"cancelled_by_plan": True})
        self.assertEqual(self._progress(), (60, 10, 9))

    def test_supervision_is_no_hour_of_the_plan(self):
        self._plan(("Sets", 60, False))
        with_passage(self.given[-1]).write(
            {"substitute_id": self.colleague.id, "substitution_kind": "supervision"}
        )
        self.assertEqual(self._progress(), (60, 11, 9))

    def test_figures_stand_on_the_plan_and_today_is_under_way(self):
        plan = self._plan(("Sets", 60, False))
        self.assertEqual((plan.hours_due, plan.hours_held, plan.lag), (11, 10, 1))
        self.save(self.entry("topic", "Sets", lesson=self.lesson))
        self.env.invalidate_all()
        self.assertEqual((plan.hours_due, plan.hours_held, plan.lag), (11, 10, 1))
        self.assertEqual(self._progress(TODAY), (60, 12, 11))

    def test_empty_plan_and_journal_without_plan(self):
        self._plan()
        self.assertEqual(self._progress(), (0, 0, 10))
        self.assertNotIn(
            self.other_journal.id, self.other_journal._plan_progress(YESTERDAY)
        )

    def test_queries_do_not_grow_with_the_journals(self):
        self._plan(("Sets", 60, False))
        journals = self.journal
        journals._plan_progress(YESTERDAY)

        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            journals._plan_progress(YESTERDAY)
            return self.env.cr.sql_log_count - before

        one = count()
        for number in range(5):
            subject = self.env["ejournal.subject"].create({"name": f"Subject {number}"})
            journal = self._make_journal(subject, self.class_a, self.teacher)
            self._plan(("Sets", 60, False), journal=journal)
            journals |= journal
        self.env.flush_all()
        self.assertEqual(count(), one)

    # ---- the tie between lessons and topics --------------------------------------------

    def _topic(self, lesson):
        return self.as_user(lesson, self.teacher)._next_topics()[lesson.id].title

    def test_topic_typed_like_the_plan_is_tied_to_it(self):
        plan = self._plan(("Sets", 1, False), ("Roots", 1, False))
        self.save(self.entry("topic", "Sets"))
        self.assertEqual(self.lesson.plan_topic_ids, plan.topic_ids[0])
        self.assertEqual(plan.topic_ids[0].date_fact, TODAY)
        self.assertEqual(plan.topic_ids[0].hours_given, 1)
        self.save(self.entry("topic", "Sets; Roots", old="Sets"))
        self.assertEqual(self.lesson.plan_topic_ids, plan.topic_ids)
        self.save(self.entry("topic", "Own words", old="Sets; Roots"))
        self.assertFalse(self.lesson.plan_topic_ids)
        self.assertEqual(
            self.changes(self.lesson, "plan_topic_ids").mapped("basis"), ["system"] * 3
        )

    def test_of_two_revisions_the_one_that_is_due_is_tied(self):
        plan = self._plan(
            ("Revision", 1, False), ("Sets", 1, False), ("Revision", 1, 0)
        )
        with_passage(self.given[0]).write(
            {"topic": "Revision", "plan_topic_ids": [(4, plan.topic_ids[0].id)]}
        )
        self.save(self.entry("topic", "Revision"))
        self.assertEqual(self.lesson.plan_topic_ids, plan.topic_ids[2])

    def test_next_topic_follows_the_last_one_given(self):
        plan = self._plan(("Sets", 2, False), ("Roots", 1, False), ("Powers", 1, False))
        self.assertEqual(self._topic(self.lesson), "Sets")
        self.save(self.entry("topic", "Own words"))
        self.assertEqual(self._topic(self.lesson_tomorrow), "Sets")
        self.save(self.entry("topic", "Roots", old="Own words"))
        self.assertEqual(self._topic(self.lesson_tomorrow), "Powers")
        self.assertEqual(plan.topic_ids[1].date_fact, TODAY)

    def test_topic_that_was_given_stays_in_the_plan(self):
        plan = self._plan(("Sets", 1, False), ("Roots", 1, False))
        self.save(self.entry("topic", "Sets"))
        own = self.as_user(plan.topic_ids, self.teacher)
        own[1].unlink()
        with self.assertRaises(UserError):
            own[0].unlink()
