"""The plan: imported, copied, dated, joined and split; whether it fits."""

from base64 import b64encode
from datetime import date, timedelta
from pathlib import Path

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged

from odoo.addons.school_ejournal.tools.plan_forecast import Topic, forecast, hours_due

from ..common import TODAY, TOMORROW
from .import_common import workbook
from .planning_common import MONDAY, THURSDAY, PlanningCase

HEADERS = ("№", "Тема", "Сааты", "Мөөнөтү", "Күтүлүүчү натыйжалар", "Чейрек")
ALGEBRA_7 = Path(__file__).parent / "plan_algebra_7.xlsx"
MONDAYS = [date(2026, 10, 19) + timedelta(weeks=week) for week in range(10)]


def topics(*rows):
    return [
        Topic(number, hours, day, is_control)
        for number, (hours, day, is_control) in enumerate(rows, 1)
    ]


@tagged("post_install", "-at_install")
class TestForecast(BaseCase):
    def test_short_topics_are_joined_first_and_never_a_control_work(self):
        plan = topics(
            *[(1, MONDAYS[0], False)] * 3,
            (1, MONDAYS[3], True),
            (4, MONDAYS[4], False),
            (2, MONDAYS[8], False),
        )
        found = forecast(plan, 0, MONDAYS[:8], MONDAYS, MONDAYS[-1])
        self.assertEqual((found.left, found.planned, found.short), (8, 10, 2))
        self.assertEqual(found.joins, ((1, 2), (5, 6)))

    def test_what_was_given_is_neither_planned_nor_joined(self):
        plan = topics(*[(1, MONDAYS[0], False)] * 4)
        found = forecast(plan, 2, MONDAYS[:1], MONDAYS, MONDAYS[-1])
        self.assertEqual((found.planned, found.short), (2, 1))
        self.assertEqual(found.joins, ((3, 4),))

    def test_plan_that_fits_asks_for_nothing(self):
        found = forecast(
            topics((3, MONDAYS[0], False)), 0, MONDAYS, MONDAYS, MONDAYS[9]
        )
        self.assertEqual((found.short, found.joins), (-7, ()))

    def test_topic_over_the_border_counts_as_far_as_its_lessons_go(self):
        plan = topics((2, MONDAYS[0], False), (6, MONDAYS[2], False))
        self.assertEqual(hours_due(plan, MONDAYS, MONDAYS[3]), 4)
        self.assertEqual(hours_due(plan, MONDAYS, MONDAYS[9]), 8)
        self.assertEqual(hours_due(topics((5, None, False)), [], MONDAYS[0]), 5)


class PlanCase(PlanningCase):
    def _plan(self, *rows, journal=None):
        return self.env["ejournal.plan"].create(
            {
                "journal_id": (journal or self.journal).id,
                "topic_ids": [
                    Command.create(
                        {
                            "title": title,
                            "hours": hours,
                            "sequence": sequence,
                            **dict(
                                zip(("date_planned", "is_control"), more, strict=False)
                            ),
                        }
                    )
                    for sequence, (title, hours, *more) in enumerate(rows)
                ],
            }
        )

    def _titles(self, plan):
        self.env.invalidate_all()
        return [(topic.title, topic.hours) for topic in plan.topic_ids]


@tagged("post_install", "-at_install")
class TestPlan(PlanCase):
    def test_forecast_counts_the_timetable_beyond_the_lessons_made(self):
        """Two hours a week until 4 November: 15, 19, 22, 26, 29 October, 2 November."""
        self.make_slot(MONDAY, 2)
        self.make_slot(THURSDAY, 2)
        plan = self._plan(
            ("Sets", 4, "2026-10-15"),
            ("Roots", 3, "2026-10-26"),
            ("Next", 9, "2026-11-12"),
        )
        found = plan._forecasts()[plan.id]
        self.assertEqual(str(found.until), "2026-11-04")
        # four hours where three lessons are, then three more
        self.assertEqual((found.left, found.planned), (6, 7))
        self._by_teacher(plan.topic_ids[0]).hours = 6
        self.env.invalidate_all()
        found = plan._forecasts()[plan.id]
        self.assertEqual((found.left, found.planned, found.short), (6, 9, 3))
        self.assertEqual(plan.hours_short, 3)
        self.assertIn("Join topics 1 + 2", plan.forecast)
        # a lesson that falls out is one less
        self.make_holiday("2026-10-22", "2026-10-22")
        self.env.invalidate_all()
        self.assertEqual(plan._forecasts()[plan.id].left, 5)

    def _by_teacher(self, record):
        return self.as_user(record, self.teacher)

    def test_plan_without_dates_looks_to_the_end_of_the_year(self):
        self.make_slot(MONDAY, 2)
        plan = self._plan(("Sets", 200))
        found = plan._forecasts()[plan.id]
        self.assertEqual(found.until, self.year.date_end)
        self.assertEqual(found.planned, 200)
        self.assertGreater(found.short, 100)

    def test_dates_are_set_by_the_timetable(self):
        self.make_slot(MONDAY, 2)
        plan = self._plan(
            ("Sets", 2), ("Roots", 1, "2026-12-01"), ("Powers", 500), ("Last", 1)
        )
        action = self._by_teacher(plan).action_set_dates()
        self.assertEqual(
            [str(topic.date_planned) for topic in plan.topic_ids],
            ["2026-10-19", "2026-12-01", "2026-11-16", "False"],
        )
        self.assertEqual(action["params"]["type"], "warning")

    def test_join_and_split(self):
        plan = self._plan(
            ("Sets", 1), ("Roots", 2), ("Work", 1, False, True), ("End", 1)
        )
        sets, roots, _work, end = self._by_teacher(plan.topic_ids)
        sets.action_join_next()
        self.assertEqual(self._titles(plan)[:2], [("Sets; Roots", 2), ("Work", 1)])
        sets.action_split()
        self.assertEqual(
            self._titles(plan)[:2],
            [("Sets; Roots", 1), ("Sets; Roots (continued)", 1)],
        )
        self.assertFalse(roots.exists())
        for topic in (sets.plan_id.topic_ids[1], end):
            with self.assertRaises(UserError):
                topic.action_join_next()
        with self.assertRaises(AccessError):
            self.as_user(end, self.colleague).action_split()

    def test_copy_to_another_class_without_its_dates(self):
        plan = self._plan(("Sets", 2, "2026-09-07"), ("Work", 1, "2026-09-14", True))
        twin = self._make_journal(self.journal.subject_id, self.class_b, self.teacher)
        own = self._by_teacher(plan)
        copied = self.env["ejournal.plan"].browse(own.copy_to(twin.ids))
        self.assertEqual(self._titles(copied), [("Sets", 2), ("Work", 1)])
        self.assertEqual(copied.topic_ids.mapped("is_control"), [False, True])
        self.assertFalse(any(copied.topic_ids.mapped("date_planned")))
        with self.assertRaises(UserError):
            own.copy_to(twin.ids)
        with self.assertRaises(AccessError):
            own.copy_to(self.other_journal.ids)
        copied.topic_ids.unlink()
        own.copy_to(twin.ids, with_dates=True)
        self.assertEqual(str(copied.topic_ids[0].date_planned), "2026-09-07")

    def test_queries_do_not_grow_with_the_plans(self):
        self.make_slot(MONDAY, 2)
        plans = self._plan(("Sets", 4, TOMORROW), ("Roots", 3, TOMORROW))

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            plans.mapped("forecast")
            return self.env.cr.sql_log_count - before

        one = count()
        for number in range(4):
            subject = self.env["ejournal.subject"].create({"name": f"Subject {number}"})
            journal = self._make_journal(subject, self.class_a, self.teacher)
            plans |= self._plan(
                ("Sets", 4, TODAY), ("Roots", 3, TODAY), journal=journal
            )
        self.assertLessEqual(count(), one + 1)


@tagged("post_install", "-at_install")
class TestPlanImport(PlanCase):
    def _wizard(self, content, user=None, journals=None):
        Import = self.as_user(self.env["ejournal.import"], user or self.teacher)
        return Import.create(
            {
                "kind": "plan",
                "file": b64encode(content),
                "file_name": "plan.xlsx",
                "journal_ids": [Command.set((journals or self.journal).ids)],
            }
        )

    def _import(self, *rows, **values):
        wizard = self._wizard(workbook(*rows, headers=HEADERS), **values)
        wizard.action_preview()
        wizard.action_import()
        return wizard

    def _look(self, *rows, headers=HEADERS):
        wizard = self._wizard(workbook(*rows, headers=headers))
        wizard.action_preview()
        return wizard

    @property
    def plan(self):
        self.env.invalidate_all()
        return self.journal.plan_id

    def test_plan_of_algebra_7_is_taken_twice_and_changes_nothing(self):
        content = ALGEBRA_7.read_bytes()
        wizard = self._wizard(content)
        wizard.action_preview()
        self.assertFalse(self.plan, "a preview writes nothing")
        self.assertEqual((wizard.new_count, wizard.error_count), (25, 0))
        wizard.action_import()
        plan = self.plan
        self.assertEqual((len(plan.topic_ids), plan.hours), (25, 101))
        controls = plan.topic_ids.filtered("is_control").mapped("title")
        self.assertEqual(len(controls), 8)
        self.assertEqual(controls[-1], "Жылдык текшерүү иши")
        first = plan.topic_ids[0]
        self.assertEqual(str(first.date_planned), "2026-09-01")
        self.assertEqual(first.outcome, "Теманы түшүнөт, мисалдарды чыгарат")
        before = plan.topic_ids.mapped("write_date")
        again = self._wizard(content)
        again.action_preview()
        again.action_import()
        self.assertEqual((again.same_count, again.new_count), (25, 0))
        self.assertEqual(again.changed_count, 0)
        self.assertEqual(self.plan.topic_ids.mapped("write_date"), before)

    def test_several_journals_get_a_plan_each(self):
        twin = self._make_journal(self.journal.subject_id, self.class_b, self.teacher)
        self._import((1, "Sets", 2), journals=self.journal | twin)
        self.assertEqual(self._titles(twin.plan_id), [("Sets", 2)])
        self.assertNotEqual(twin.plan_id, self.plan)

    def test_changed_renamed_moved_and_missing_topics(self):
        self._import((1, "Sets", 2), (2, "Roots", 1), (3, "Powers", 1), (4, "End", 1))
        ids = self.plan.topic_ids.ids
        wizard = self._import((1, "Roots", 3), (2, "Sets", None), (3, "Degrees", 1))
        self.assertEqual(
            self._titles(self.plan),
            [("Roots", 3), ("Sets", 2), ("Degrees", 1), ("End", 1)],
        )
        self.assertEqual(sorted(self.plan.topic_ids.ids), sorted(ids))
        self.assertIn(
            "stays", wizard.line_ids.filtered(lambda x: x.subject == "End").text
        )

    def test_more_hours_than_lessons_and_zero_hours_are_taken_and_said(self):
        self.make_slot(MONDAY, 2)
        wizard = self._import((1, "Sets", 100), (2, "Introduction", 0))
        notes = wizard.line_ids.filtered(lambda x: x.status == "note").mapped("text")
        self.assertTrue(any("more hours (100)" in note for note in notes), notes)
        self.assertTrue(any("no lesson of its own" in note for note in notes), notes)
        lesson = self._make_lesson(self.journal, TODAY, 1)
        own = self.as_user(lesson, self.teacher)
        self.assertEqual(own._next_topics()[lesson.id].title, "Sets")

    def test_wrong_rows_are_named_and_nothing_is_written(self):
        wizard = self._look(
            (1, "Sets", "many"), (2, None, 1), (3, "Roots", -1), (4, "=1+1", "nan")
        )
        self.assertEqual(wizard.error_count, 5)
        with self.assertRaises(UserError):
            wizard.action_import()
        self.assertFalse(self.plan)
        self.assertEqual(self._look(("x",), headers=("Аты",)).error_count, 1)

    def test_dates_of_last_year_are_left_out(self):
        self._import(
            (1, "Sets", 2, date(2025, 9, 1)), (2, "Roots", 1, date(2026, 9, 8))
        )
        dates = self.plan.topic_ids.mapped("date_planned")
        self.assertEqual([str(day) for day in dates], ["False", "2026-09-08"])

    def test_own_journals_only_and_a_deputy_any(self):
        content = workbook((1, "Sets", 2), headers=HEADERS)
        for user in (self.colleague, self.class_teacher, self.director):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self._wizard(content, user=user).action_preview()
        with self.assertRaises(AccessError):
            self._wizard(content, user=self.outsider)
        wizard = self._wizard(content, user=self.deputy)
        wizard.action_preview()
        wizard.action_import()
        self.assertEqual(self._titles(self.plan), [("Sets", 2)])

    def test_teacher_imports_nothing_but_plans(self):
        wizard = self._wizard(workbook((1, "Sets", 2), headers=HEADERS))
        for kind in ("pupils", "teachers", "timetable_asc"):
            with self.subTest(kind=kind), self.assertRaises(AccessError):
                wizard.kind = kind
            with self.subTest(kind=kind), self.assertRaises(AccessError):
                wizard.sudo().create({"kind": kind})
