"""The checks of the journal: what each finds, what it leaves alone, who is told."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.school_ejournal.models.control.checks import CHECKS
from odoo.addons.school_ejournal.tools.passage import with_passage

from ..common import TODAY, YESTERDAY, SchoolCase

# school days before today, the latest first
DAYS = [f"2026-10-{day:02}" for day in (13, 12, 9, 8, 7, 6, 5, 2)]


@tagged("post_install", "-at_install")
class TestChecks(SchoolCase):
    def _lessons(self, count, journal=None, number=1):
        """Held lessons of the last days, the latest first."""
        lessons = [
            self._make_lesson(journal or self.journal, self.day(day), number)
            for day in DAYS[:count]
        ]
        lessons = self.env["ejournal.lesson"].union(*lessons)
        with_passage(lessons, "system").write({"state": "held"})
        return lessons

    def _find(self, code, start=YESTERDAY, end=TODAY, **narrower):
        return self.env["ejournal.check"]._findings(
            self.school, start, end, codes=[code], **narrower
        )

    def _found(self, code, start=YESTERDAY, end=TODAY, **narrower):
        """Ids of the lessons found."""
        return [row.lesson_id for row in self._find(code, start, end, **narrower)]

    def _absent(self, lesson, pupil, kind="absent"):
        return with_passage(self.env["ejournal.attendance"]).create(
            {"lesson_id": lesson.id, "pupil_id": pupil.id, "kind": kind}
        )

    # ---- content ---------------------------------------------------------------------

    def test_each_missing_part_is_found_until_it_is_there(self):
        parts = {
            "topic": {"topic": "Roots"},
            "classwork": {"classwork": "Tasks"},
            "homework": {"no_homework": True},
            "attendance": {"attendance_confirmed": True},
        }
        lesson = self.lesson_yesterday
        for code, values in parts.items():
            with self.subTest(code):
                self.assertIn(lesson.id, self._found(code))
                with_passage(lesson).write(values)
                self.assertNotIn(lesson.id, self._found(code))

    def test_lessons_ahead_and_cancelled_ones_lack_nothing(self):
        with_passage(self.lesson, "order").write({"state": "cancelled"})
        found = self._found("topic", end=self.lesson_tomorrow.date)
        self.assertEqual(found, [self.lesson_yesterday.id, self.other_lesson.id])

    def test_what_the_school_does_not_count_is_not_checked(self):
        self.school._ejournal_settings().count_classwork = False
        self.assertFalse(self._found("classwork"))

    # ---- marks -----------------------------------------------------------------------

    def test_control_work_without_marks_is_found_after_its_grace(self):
        work = self._work(self.lesson_yesterday, self.control_type)
        self._work(self.lesson_yesterday)
        today = self._work(self.lesson, self.control_type)
        found = self._find("control")
        self.assertEqual([row.work_id for row in found], [work.id])
        with_passage(work).write({"grace_until": TODAY})
        self.assertFalse(self._find("control"), "the grace lasts through today")
        with_passage(work).write({"grace_until": False})
        mark = self._mark(work)
        self.assertFalse(self._find("control"))
        with_passage(mark).write({"value": False})
        self.assertTrue(self._find("control"), "a cleared mark is none")
        with_passage(work).write({"struck_out": True})
        self.assertNotIn(work.id, [row.work_id for row in self._find("control")])
        self.assertTrue(today.exists())

    def test_three_lessons_running_without_a_mark(self):
        lessons = self._lessons(2)
        start = self.day(DAYS[-1])
        with_passage(self.lesson_yesterday, "order").write({"state": "cancelled"})
        self.assertFalse(self._found("no_marks", start))
        lessons |= self._make_lesson(self.journal, self.day(DAYS[2]), 1)
        self.assertEqual(self._found("no_marks", start), lessons[0].ids)
        mark = self._mark(self._work(lessons[1]))
        self.assertFalse(self._found("no_marks", start))
        with_passage(mark.work_id).write({"struck_out": True})
        self.assertTrue(self._found("no_marks", start), "struck out counts no more")

    def test_todays_lesson_may_still_get_its_marks(self):
        self._lessons(2)
        with_passage(self.lesson_yesterday, "order").write({"state": "cancelled"})
        with_passage(self.lesson, "system").write({"state": "held"})
        self.assertFalse(self._found("no_marks", self.day(DAYS[-1])))

    def test_journals_without_marks_are_left_alone(self):
        self.journal.assessment = "credit"
        self._lessons(6)
        start = self.day(DAYS[-1])
        for code in ("no_marks", "few_in_lesson", "not_asked", "few_in_period"):
            self.assertFalse(self._found(code, start), code)

    def test_fewer_marks_at_a_lesson_than_wanted_or_than_there_are_pupils(self):
        self._mark(self._work(self.lesson_yesterday), self.pupils[0])
        [found] = self._find("few_in_lesson")
        self.assertEqual((found.amount, found.needed), (1, 3))
        small = self._make_lesson(self.other_journal, YESTERDAY, 1)
        work = self._work(small)
        self._mark(work, self.pupils_b[0])
        found = self._find("few_in_lesson", lesson_ids=tuple(small.ids))
        self.assertEqual([(row.amount, row.needed) for row in found], [(1, 2)])
        self._mark(work, self.pupils_b[1])
        self.assertFalse(self._find("few_in_lesson", lesson_ids=tuple(small.ids)))

    def test_pupil_not_asked_for_five_lessons_that_he_was_at(self):
        with_passage(self.lesson_yesterday, "order").write({"state": "cancelled"})
        lessons = self._lessons(6)
        asked, absent, exempt, *silent = self.pupils
        self._mark(self._work(lessons[4]), asked)
        for lesson in lessons[:2]:
            self._absent(lesson, absent)
        self.env["ejournal.exemption"].create(
            {
                "pupil_id": exempt.id,
                "subject_id": self.algebra.id,
                "date_start": "2026-09-01",
            }
        )
        found = {row.pupil_id for row in self._find("not_asked")}
        self.assertEqual(found, {pupil.id for pupil in silent})

    def test_pupil_who_came_later_is_counted_from_then(self):
        with_passage(self.lesson_yesterday, "order").write({"state": "cancelled"})
        self._lessons(8)
        [late] = self.env["ejournal.pupil"].create(
            [{"last_name": "Жаңы", "first_name": "Окуучу"}]
        )
        with self.at("2026-10-12 03:00:00"):
            self.env["ejournal.enrollment"].create(
                {
                    "pupil_id": late.id,
                    "class_id": self.class_a.id,
                    "date_start": "2026-10-12",
                }
            )
        for code in ("not_asked", "few_in_period"):
            found = {row.pupil_id for row in self._find(code)}
            self.assertEqual(found, set(self.pupils.ids), code)

    def test_few_marks_in_the_period_by_own_lessons(self):
        with_passage(self.lesson_yesterday, "order").write({"state": "cancelled"})
        lessons = self._lessons(8)
        enough, one, ill, *none = self.pupils
        work, other = self._work(lessons[0]), self._work(lessons[1])
        self._mark(work, enough)
        self._mark(other, enough)
        self._mark(work, one)
        for lesson in lessons[:5]:
            self._absent(lesson, ill)
        found = {
            row.pupil_id: (row.amount, row.needed)
            for row in self._find("few_in_period")
        }
        self.assertEqual(
            found, {one.id: (1, 2), **{pupil.id: (0, 2) for pupil in none}}
        )

    def test_journal_behind_its_plan_is_found_at_its_latest_lesson(self):
        self.env["ejournal.plan"].create(
            {
                "journal_id": self.journal.id,
                "topic_ids": [
                    Command.create({"title": "Sets", "hours": 9}),
                ],
            }
        )
        lessons = self._lessons(8)
        with_passage(lessons[:4], "order").write({"state": "cancelled"})
        with_passage(self.lesson_yesterday, "system").write({"state": "held"})
        self.assertFalse(self._find("plan_lag"), "four hours may pass")
        with_passage(lessons[4], "order").write({"state": "cancelled"})
        [found] = self._find("plan_lag")
        self.assertEqual((found.amount, found.lesson_id), (5, self.lesson.id))

    # ---- places ----------------------------------------------------------------------

    def test_mark_and_absence_in_one_cell_unless_a_work_was_made_up(self):
        self._absent(self.lesson_yesterday, self.pupil)
        self._absent(self.lesson_yesterday, self.pupils[1], "late")
        control = self._work(self.lesson_yesterday, self.control_type)
        self._mark(control, self.pupil)
        self.assertFalse(self._find("mark_absent"))
        answer = self._work(self.lesson_yesterday)
        self._mark(answer, self.pupils[1])
        self.assertFalse(self._find("mark_absent"), "who came late was there")
        self._mark(answer, self.pupil)
        [found] = self._find("mark_absent")
        self.assertEqual((found.work_id, found.pupil_id), (answer.id, self.pupil.id))

    def test_entries_in_a_cancelled_lesson_or_in_the_holidays(self):
        self.assertFalse(self._find("no_lesson"))
        with_passage(self.lesson_yesterday, "order").write({"state": "cancelled"})
        self.assertFalse(self._find("no_lesson"), "nothing is entered there")
        self._mark(self._work(self.lesson_yesterday))
        self.assertEqual(self._found("no_lesson"), self.lesson_yesterday.ids)
        free = self._make_lesson(self.journal, self.day("2026-11-06"), 1)
        self._absent(free, self.pupil)
        found = self._found("no_lesson", free.date, free.date)
        self.assertEqual(found, free.ids)

    # ---- hints -----------------------------------------------------------------------

    def test_hints_about_values_go_to_the_teacher_and_nowhere_else(self):
        before = self._make_lesson(self.journal, self.day(DAYS[1]), 2)
        self._absent(before, self.pupil)
        self._mark(self._work(self.lesson_yesterday), self.pupil, "2")
        check = self.env["ejournal.check"]
        own = self.as_user(check, self.teacher).load_own()
        hints = [row["code"] for row in own if row["is_hint"]]
        self.assertEqual(hints, ["fail_after_absence"])
        for user in (self.deputy, self.director):
            rows = self.as_user(check, user).load_findings()
            self.assertTrue(rows)
            self.assertFalse([row for row in rows if row["is_hint"]])
            self.assertFalse(self.as_user(check, user).load_own(), "not theirs")
        codes = dict(
            self.env["ejournal.remark"]
            ._fields["check_code"]
            ._description_selection(self.env)
        )
        self.assertNotIn("fail_after_absence", codes, "no remark is made of a hint")
        remarks = self.as_user(self.env["ejournal.remark"], self.deputy)
        self.assertFalse(
            remarks.make_from_checks(YESTERDAY, TODAY, ["fail_after_absence"])
        )
        with self.assertRaises(ValidationError):
            remarks.create(
                {
                    "journal_id": self.journal.id,
                    "teacher_id": self.teacher.id,
                    "lesson_ids": [Command.set(self.lesson_yesterday.ids)],
                    "check_code": "fail_after_absence",
                    "text": "x",
                }
            )

    def test_failing_mark_that_got_no_chance(self):
        lessons = self._lessons(4)
        with_passage(self.lesson_yesterday, "order").write({"state": "cancelled"})
        self._mark(self._work(lessons[3]), self.pupil, "2")
        self._mark(self._work(lessons[2]), self.pupils[1], "5")
        found = self._find("fail_not_corrected")
        self.assertEqual([row.pupil_id for row in found], self.pupil.ids)
        self._mark(self._work(lessons[0]), self.pupil, "4")
        self.assertFalse(self._find("fail_not_corrected"))

    # ---- telling ---------------------------------------------------------------------

    def test_a_teacher_is_told_of_own_lessons_in_words(self):
        rows = self.as_user(self.env["ejournal.check"], self.teacher).load_own()
        self.assertEqual({row["teacher_id"] for row in rows}, {self.teacher.id})
        row = next(row for row in rows if row["code"] == "topic")
        self.assertEqual(row["lesson_id"], self.lesson_yesterday.id)
        self.assertEqual(row["journal_id"], self.journal.id)
        self.assertEqual(row["text"], "The topic is not entered.")

    def test_substitute_is_told_and_the_owner_is_not(self):
        with_passage(self.lesson_yesterday, "order").write(
            {"substitute_id": self.colleague.id}
        )
        found = self._find("topic", lesson_ids=tuple(self.lesson_yesterday.ids))
        self.assertEqual([row.teacher_id for row in found], self.colleague.ids)

    def test_who_may_ask(self):
        check = self.env["ejournal.check"]
        for user in (self.teacher, self.class_teacher, self.admin, self.outsider):
            with self.subTest(user.name), self.assertRaises(AccessError):
                self.as_user(check, user).load_findings()
        for user in (self.admin, self.outsider, self.parent_user):
            with self.subTest(user.name), self.assertRaises(AccessError):
                self.as_user(check, user).load_own()
        with self.assertRaises(UserError):
            self.as_user(check, self.deputy).load_findings("2026-01-01", "2026-12-31")
        with self.assertRaises(UserError):
            self.as_user(check, self.deputy).load_findings("yesterday")

    def test_another_school_is_not_looked_at(self):
        other = self._make_school("Other school")
        self.assertFalse(self.env["ejournal.check"]._findings(other, YESTERDAY, TODAY))

    def test_one_query_for_a_lesson_and_for_many(self):
        def queries(days):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["ejournal.check"]._findings(self.school, days[0], days[1])
            return self.env.cr.sql_log_count - before

        few = queries((YESTERDAY, YESTERDAY))
        for number in range(3, 7):
            self._lessons(8, number=number)
        many = queries((self.day(DAYS[-1]), TODAY))
        self.assertLessEqual(many, few)
        self.assertLessEqual(many, 10)

    def test_every_check_has_a_name_a_sentence_and_a_known_cure(self):
        scopes = dict(self.env["ejournal.remark"]._fields["scope"].selection)
        finding = self._find("topic")[0]
        for code, check in CHECKS.items():
            self.assertTrue(check.name(self.env), code)
            self.assertTrue(check.sentence(self.env, finding, "A"), code)
            self.assertIn(check.cure, scopes, code)
            self.assertLessEqual(
                check.later_lessons_cure, check.cure == "forward", code
            )
