"""The guard on the load of a class: control works a day and a week, homework a day."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import BaseCase, Form, tagged

from odoo.addons.school_ejournal.tools.class_load import Limits, Load, exceeded
from odoo.addons.school_ejournal.tools.passage import with_passage

from ..common import TODAY, TOMORROW, SchoolCase


@tagged("post_install", "-at_install")
class TestLimits(BaseCase):
    def test_only_what_the_lesson_adds_to_is_told(self):
        limits = Limits(1, 3, 150)
        self.assertEqual(exceeded(Load(1, 3, 150), limits), [])
        self.assertEqual(
            exceeded(Load(0, 3, 0), limits, is_control=True), ["controls_week"]
        )
        self.assertEqual(
            exceeded(Load(1, 1, 0), limits, is_control=True), ["controls_day"]
        )
        self.assertEqual(exceeded(Load(0, 0, 130), limits, 20), [])
        self.assertEqual(exceeded(Load(0, 0, 130), limits, 21), ["minutes_day"])

    def test_zero_is_no_limit(self):
        load = Load(9, 9, 900)
        self.assertEqual(exceeded(load, Limits(0, 0, 0), 90, is_control=True), [])


@tagged("post_install", "-at_install")
class TestClassLoad(SchoolCase):
    @classmethod
    def _make_journals(cls):
        super()._make_journals()
        cls.physics_a = cls._make_journal(cls.physics, cls.class_a, cls.colleague)
        cls.physics_lesson = cls._make_lesson(cls.physics_a, TODAY, 4)

    def _guard(self, user=None, lesson=None):
        return self.as_user(lesson or self.lesson, user or self.teacher).load_guard()

    def test_homework_of_other_subjects_of_the_class_counts(self):
        with_passage(self.physics_lesson).write(
            {"homework": "§ 7", "homework_minutes": 95}
        )
        with_passage(self.other_lesson).write({"homework": "x", "homework_minutes": 60})
        self.assertEqual(self._guard(), {"minutes": 95, "limit": 150, "controls": ""})

    def test_subgroups_of_a_subject_count_once_and_cancelled_ones_do_not(self):
        subgroup = self.env["ejournal.subgroup"].create(
            {"name": "1", "class_ids": [Command.set(self.class_a.ids)]}
        )
        journal = self._make_journal(
            self.physics, self.class_a, self.colleague, subgroup_id=subgroup.id
        )
        twin = self._make_lesson(journal, TODAY, 4)
        with_passage(self.physics_lesson | twin).write(
            {"homework": "§ 7", "homework_minutes": 40}
        )
        self.assertEqual(self._guard()["minutes"], 40)
        with_passage(self.physics_lesson | twin).write({"state": "cancelled"})
        self.assertEqual(self._guard()["minutes"], 0)

    def test_second_control_work_of_a_day_is_warned_of(self):
        self._work(self.physics_lesson, self.control_type)
        self.assertFalse(self._guard()["controls"])
        work = self._work(self.lesson, self.control_type)
        self.assertIn("14.10.2026", self._guard()["controls"])
        work.struck_out = True
        self.env.invalidate_all()
        own = self._guard(user=self.colleague, lesson=self.physics_lesson)
        self.assertFalse(own["controls"])

    def test_control_work_of_a_plan_counts_before_its_column_is_there(self):
        self.env["ejournal.plan"].create(
            {
                "journal_id": self.physics_a.id,
                "topic_ids": [
                    Command.create(
                        {"title": "Work", "is_control": True, "date_planned": TOMORROW}
                    )
                ],
            }
        )
        self._work(self.lesson_tomorrow, self.control_type)
        self.assertIn(
            "15.10.2026", self._guard(lesson=self.lesson_tomorrow)["controls"]
        )

    def test_plan_warns_while_the_date_is_typed(self):
        self._work(self.physics_lesson, self.control_type)
        plan = self.env["ejournal.plan"].create({"journal_id": self.journal.id})
        with Form(self.as_user(plan, self.teacher)) as form:
            with form.topic_ids.new() as topic:
                topic.title, topic.is_control = "Work", True
                self.assertFalse(topic.load_warning)
                topic.date_planned = TODAY
                self.assertIn("14.10.2026", topic.load_warning)
                topic.date_planned = "2026-10-28"
                self.assertFalse(topic.load_warning)
        self.assertTrue(plan.topic_ids.date_planned)

    def test_settings_decide_and_nothing_is_refused(self):
        settings = self.school._ejournal_settings()
        settings.max_controls_day = 0
        self._work(self.physics_lesson, self.control_type)
        self._work(self.lesson, self.control_type)
        self.assertFalse(self._guard()["controls"])
        settings.homework_minutes_6 = 10
        [answer] = self.save(self.entry("homework_minutes", 500))
        self.assertEqual(answer["status"], "ok")
        self.env.invalidate_all()
        self.assertIn("500 min of 10", self.lesson.load_warning)

    def test_strangers_are_refused(self):
        for user in (self.colleague, self.admin, self.outsider, self.parent_user):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self._guard(user=user)

    def test_queries_do_not_grow(self):
        def count(*journals):
            journals = self.env["ejournal.journal"].union(*journals)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            journals._class_loads([TODAY, TOMORROW])
            return self.env.cr.sql_log_count - before

        self.assertEqual(
            count(self.journal), count(self.journal, self.physics_a, self.other_journal)
        )
