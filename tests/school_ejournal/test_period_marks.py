"""Period marks: averages over transfers and subgroups, who sets them, what closing keeps."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.school_ejournal.tools.formulas import EXEMPT, NOT_ATTESTED
from odoo.addons.school_ejournal.tools.passage import with_passage

from .results_common import AFTER_QUARTER, ResultsCase


@tagged("post_install", "-at_install")
class TestAverages(ResultsCase):
    def reckoned(self, pupil, **how):
        return self.row(pupil, **how)["reckoned"]

    def test_plain_and_weighted_as_in_the_worked_example(self):
        control = self.control_type
        works = [
            self.column(lesson, control, weight=weight)
            for lesson, weight in zip(self.held, (1, 1, 1, 2, 3), strict=True)
        ]
        self.marks(self.pupil, "4", "5", "3", "4", "5", columns=works)
        got = self.reckoned(self.pupil)
        self.assertEqual(
            (got["count"], got["plain"], got["weighted"], got["proposed"]),
            (5, 4.2, 4.38, "4"),
        )

    def test_the_setting_says_which_average_proposes(self):
        works = [
            self.column(lesson, weight=weight)
            for lesson, weight in zip(self.held, (1, 3), strict=False)
        ]
        self.marks(self.pupil, "3", "5", columns=works)
        self.assertEqual(self.reckoned(self.pupil)["proposed"], "4")
        self.school._ejournal_settings().average_kind = "weighted"
        got = self.reckoned(self.pupil)
        self.assertEqual((got["average"], got["proposed"]), (4.5, "5"))

    def test_second_marks_count_and_what_is_struck_out_does_not(self):
        self.marks(self.pupil, "4", "2", "5")
        dictation = self.column(self.held[3], self.dictation_type)
        with_passage(self.env["ejournal.mark"]).create(
            {
                "work_id": dictation.id,
                "pupil_id": self.pupil.id,
                "value": "4",
                "second_value": "3",
            }
        )
        with_passage(self.columns[1]).struck_out = True
        with_passage(self.held[2], "system").state = "cancelled"
        got = self.reckoned(self.pupil)
        self.assertEqual((got["count"], got["plain"]), (3, 3.67))
        self.assertEqual(got["lessons"], 4)

    def test_marks_of_exempt_days_do_not_count(self):
        self.marks(self.pupil, "5", "2")
        self.env["ejournal.exemption"].create(
            {
                "pupil_id": self.pupil.id,
                "subject_id": self.algebra.id,
                "date_start": "2026-09-04",
                "date_end": "2026-09-10",
            }
        )
        got = self.reckoned(self.pupil)
        self.assertEqual((got["count"], got["plain"], got["lessons"]), (1, 5.0, 3))

    def test_who_moved_has_one_average_over_both_journals(self):
        """And is marked in the journal of the new class only."""
        in_b = self._make_journal(self.algebra, self.class_b, self.colleague)
        lessons = self.hold(in_b, self.days, number=3)
        columns = [self.column(lesson) for lesson in lessons]
        self.marks(self.pupil, "5", "4")
        # what was entered elsewhere while he was not there does not count
        self.marks(self.pupil, "2", columns=self.columns[4:])
        self.marks(self.pupil, "2", None, "3", columns=columns)
        row = self.class_a.enrollment_ids.filtered(lambda e: e.pupil_id == self.pupil)
        row.date_end = "2026-09-08"
        self.env["ejournal.enrollment"].create(
            {
                "pupil_id": self.pupil.id,
                "class_id": self.class_b.id,
                "date_start": "2026-09-09",
            }
        )
        got = self.reckoned(self.pupil, journal=in_b, user=self.colleague)
        self.assertEqual((got["count"], got["plain"]), (3, 4.0))
        self.assertEqual(got["lessons"], 5)
        listed = [row["id"] for row in self.load()["pupils"]]
        self.assertNotIn(self.pupil.id, listed)
        refused = self.set_marks((self.pupil, "5"))
        self.assertEqual(refused[0]["status"], "refused")
        answer = self.set_marks((self.pupil, "4"), journal=in_b, user=self.colleague)
        self.assertEqual(answer[0]["status"], "ok")
        self.assertEqual(self.mark_of(self.pupil).class_id, self.class_b)
        page = self.as_user(in_b, self.colleague).load_page("2026-09-01", "2026-11-04")
        (average,) = [
            each for each in page["averages"] if each["pupil_id"] == self.pupil.id
        ]
        self.assertEqual((average["count"], average["plain"]), (3, 4.0))

    def test_a_change_of_subgroup_is_one_average_too(self):
        groups = self.env["ejournal.subgroup"].create(
            [{"name": name, "class_ids": [(6, 0, self.class_a.ids)]} for name in "12"]
        )
        members = self.env["ejournal.subgroup.member"]
        for group, start, end in (
            (groups[0], "2026-09-01", "2026-09-08"),
            (groups[1], "2026-09-09", False),
        ):
            members.create(
                {
                    "subgroup_id": group.id,
                    "pupil_id": self.pupil.id,
                    "date_start": start,
                    "date_end": end,
                }
            )
        english = self.env["ejournal.subject"].create({"name": "English"})
        first, second = (
            self._make_journal(english, self.class_a, teacher, subgroup_id=group.id)
            for teacher, group in zip(
                (self.teacher, self.colleague), groups, strict=True
            )
        )
        for journal, values in ((first, "55222"), (second, "22344")):
            columns = [
                self.column(lesson)
                for lesson in self.hold(journal, self.days, number=5)
            ]
            self.marks(self.pupil, *values, columns=columns)
        got = self.reckoned(self.pupil, journal=second, user=self.colleague)
        # 5 5 of the first, 3 4 4 of the second
        self.assertEqual((got["count"], got["plain"], got["lessons"]), (5, 4.2, 5))
        self.assertFalse(self.load(journal=first)["pupils"])

    def test_too_few_marks_and_missed_lessons_are_counted_by_the_own_lessons(self):
        self.marks(self.pupil, "5", "5")
        with_passage(self.env["ejournal.attendance"]).create(
            {
                "lesson_id": self.held[4].id,
                "pupil_id": self.pupil.id,
                "kind": "absent",
            }
        )
        got = self.reckoned(self.pupil)
        self.assertEqual(
            (got["lessons"], got["missed"], got["needed"], got["lacking"]),
            (5, 1, 3, 1),
        )

    def test_a_quarter_moved_after_marks_exist(self):
        """The lessons follow the dates, and the averages follow the lessons."""
        self.marks(self.pupil, "5", "5", "5", "5", "2")
        second = self.calendar.period_ids.filtered(lambda p: p.sequence == 2)
        self.calendar.write(
            {
                "period_ids": [
                    (1, self.quarter.id, {"date_end": "2026-09-15"}),
                    (1, second.id, {"date_start": "2026-09-16"}),
                ]
            }
        )
        self.assertEqual(self.held[4].period_id, second)
        self.assertEqual(self.reckoned(self.pupil)["plain"], 5.0)
        got = self.reckoned(self.pupil, period=second)
        self.assertEqual((got["count"], got["plain"]), (1, 2.0))


@tagged("post_install", "-at_install")
class TestPeriodMarks(ResultsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.marks(cls.pupils[0], "5", "5", "4")
        cls.marks(cls.pupils[1], "3", "4", "4")
        cls.marks(cls.pupils[2], "2", "3", "2")

    def take(self, user=None, **how):
        journal = self.as_user(self.journal, user or self.teacher)
        return journal.take_proposals(self.quarter.id, **how)

    # ---- setting ---------------------------------------------------------------------

    def test_proposals_of_the_whole_class_are_taken_at_once(self):
        self.set_marks((self.pupils[1], "5"))
        self.assertEqual(self.take(), 2)
        self.assertEqual(
            [self.stored(p) for p in self.pupils[:4]], ["5", "5", "2", False]
        )
        mark = self.mark_of(self.pupils[0])
        self.assertEqual((mark.average, mark.proposed), (4.67, "5"))
        self.assertEqual((mark.class_id, mark.score), (self.class_a, 5))

    def test_what_was_proposed_stays_when_marks_come_later(self):
        self.take()
        self.marks(self.pupils[0], "2", "2", columns=self.columns[3:])
        mark = self.mark_of(self.pupils[0])
        self.assertEqual((mark.average, mark.proposed), (4.67, "5"))
        self.assertEqual(self.row(self.pupils[0])["reckoned"]["plain"], 3.6)

    def test_nobody_types_an_average(self):
        marks = self.as_user(self.env["ejournal.period.mark"], self.teacher)
        mark = marks.create(
            {
                "journal_id": self.journal.id,
                "pupil_id": self.pupils[0].id,
                "period_id": self.quarter.id,
                "value": "4",
                "average": 3.9,
                "proposed": "4",
            }
        )
        self.assertEqual((mark.average, mark.proposed), (4.67, "5"))
        mark.write({"average": 4.0})
        self.assertEqual(mark.average, 4.67)

    def test_not_attested_exempt_and_a_mark_that_the_scale_has(self):
        answers = self.set_marks(
            (self.pupils[3], "н/а"),
            (self.pupils[4], EXEMPT),
            (self.pupils[0], " 4,0 "),
            (self.pupils[1], "6"),
        )
        self.assertEqual([a["status"] for a in answers], ["ok", "ok", "ok", "refused"])
        self.assertIn("5, 4, 3, 2", answers[3]["reason"])
        self.assertEqual(self.stored(self.pupils[3]), NOT_ATTESTED)
        self.assertEqual(self.stored(self.pupils[0]), "4")
        with self.assertRaises(ValidationError):
            self.mark_of(self.pupils[0]).with_user(self.teacher).value = "7"

    def test_who_is_exempt_is_proposed_so(self):
        self.env["ejournal.exemption"].create(
            {
                "pupil_id": self.pupils[5].id,
                "subject_id": self.algebra.id,
                "date_start": "2026-09-01",
            }
        )
        self.take()
        self.assertEqual(self.stored(self.pupils[5]), EXEMPT)
        self.assertEqual(self.row(self.pupils[5])["reckoned"]["lacking"], 0)

    def test_a_credit_is_passed_from_a_passing_average_on(self):
        ethics = self.env["ejournal.subject"].create({"name": "Ethics"})
        journal = self._make_journal(
            ethics, self.class_a, self.teacher, assessment="credit"
        )
        columns = [self.column(x) for x in self.hold(journal, self.days, number=4)]
        self.marks(self.pupils[0], "3", "2", columns=columns)
        self.marks(self.pupils[1], "2", "2", columns=columns)
        page = self.load(journal=journal)
        self.assertEqual(
            [row["proposed"]["period"] for row in page["pupils"]][:3],
            ["зач", "незач", None],
        )
        self.assertEqual(page["journal"]["values"], ["зач", "незач"])
        answers = self.set_marks((self.pupils[0], "зач"), journal=journal)
        self.assertEqual(answers[0]["status"], "ok")

    def test_another_than_proposed_is_no_wall(self):
        answers = self.set_marks((self.pupils[0], "3", {"reason": "олимпиада"}))
        self.assertEqual(answers[0]["status"], "ok")
        mark = self.mark_of(self.pupils[0])
        self.assertEqual((mark.proposed, mark.override_reason), ("5", "олимпиада"))

    def test_a_mark_set_meanwhile_is_not_overwritten(self):
        self.set_marks((self.pupils[0], "4"))
        answers = self.set_marks((self.pupils[0], "5", {"old": False}))
        self.assertEqual((answers[0]["status"], answers[0]["value"]), ("conflict", "4"))

    def test_a_pupil_has_one_mark_of_a_period(self):
        self.set_marks((self.pupils[0], "4"))
        self.set_marks((self.pupils[0], False))
        self.set_marks((self.pupils[0], "5"))
        self.assertEqual(len(self.mark_of(self.pupils[0])), 1)
        values = [
            row.new_value for row in self.changes(self.mark_of(self.pupils[0]), "value")
        ]
        self.assertEqual(values, ["4", "", "5"])

    def test_no_mark_before_the_period_begins(self):
        later = self.calendar.period_ids.filtered(lambda p: p.sequence == 2)
        with self.assertRaisesRegex(ValidationError, "has not begun"):
            self.set_marks((self.pupils[0], "4"), period=later)

    def test_arrivals_bring_marks_and_leavers_keep_theirs(self):
        self.set_marks((self.pupils[1], "4"))
        self.class_a.enrollment_ids.filtered(
            lambda e: e.pupil_id == self.pupils[1]
        ).date_end = "2026-10-01"
        self.assertEqual(self.stored(self.pupils[1]), "4")
        self.set_marks((self.pupils[3], "5", {"origin": "former"}))
        self.assertEqual(
            self.row(self.pupils[3])["marks"]["period"]["origin"], "former"
        )

    # ---- who -------------------------------------------------------------------------

    def test_until_the_closing_only_the_teacher_of_the_journal(self):
        for user in (self.class_teacher, self.deputy, self.director):
            with self.assertRaises(AccessError):
                self.set_marks((self.pupils[0], "4"), user=user)
            with self.assertRaises(AccessError):
                self.take(user=user)
        for user in (self.colleague, self.admin, self.outsider, self.parent_user):
            with self.assertRaises(AccessError):
                self.load(user=user)

    def test_a_colleague_without_the_journal_passes_by_no_door(self):
        self.set_marks((self.pupils[0], "4"))
        mark = self.as_user(self.mark_of(self.pupils[0]), self.colleague)
        with self.assertRaises(AccessError):
            mark.value = "5"
        with self.assertRaises(AccessError):
            mark.sudo().value = "5"
        with self.assertRaises(AccessError):
            self.as_user(self.mark_of(self.pupils[0]), self.teacher).unlink()
        with self.assertRaises(UserError):
            self.as_user(self.mark_of(self.pupils[0]), self.teacher).copy()

    def test_a_new_teacher_sets_the_marks_and_the_former_one_does_not(self):
        self.journal.assignment_ids.date_end = "2026-10-12"
        self.env["ejournal.assignment"].create(
            {
                "journal_id": self.journal.id,
                "teacher_id": self.colleague.id,
                "date_start": "2026-10-13",
            }
        )
        self.assertEqual(self.take(user=self.colleague), 3)
        with self.assertRaises(AccessError):
            self.set_marks((self.pupils[0], "2"))

    # ---- closing ---------------------------------------------------------------------

    def test_a_closed_period_keeps_its_marks(self):
        self.set_marks((self.pupils[0], "4"))
        self.close()
        with self.at(AFTER_QUARTER):
            with self.assertRaises(AccessError):
                self.set_marks((self.pupils[0], "5"))
            with self.assertRaises(UserError):
                self.take()
            mark = self.as_user(self.mark_of(self.pupils[0]), self.teacher)
            for passage in (mark, mark.sudo()):
                with self.assertRaises(AccessError):
                    passage.value = "5"

    def test_after_the_closing_the_deputy_changes_by_order_with_a_reason(self):
        self.set_marks((self.pupils[0], "4"))
        self.close()
        mark = self.mark_of(self.pupils[0])
        with self.at(AFTER_QUARTER):
            for more in (
                {},
                {"order_ref": "№ 12"},
                {"order_ref": "№ 12", "reason": " "},
            ):
                with self.assertRaises(UserError) as refused:
                    self.set_marks((self.pupils[0], "5", more), user=self.deputy)
                self.assertIn("only by order", str(refused.exception))
            self.set_marks(
                (self.pupils[0], "5", {"order_ref": "№ 12", "reason": "апелляция"}),
                user=self.deputy,
            )
            with self.assertRaises(AccessError):
                self.as_user(mark, self.director).write(
                    {"value": "3", "order_ref": "№ 13", "override_reason": "x"}
                )
            # one order does not open the mark for good
            with self.assertRaises(UserError):
                self.as_user(mark, self.deputy).value = "3"
            shown = self.row(self.pupils[0], user=self.director)["marks"]["period"]
        mark.invalidate_recordset()
        self.assertEqual((mark.value, mark.closed_value), ("5", "4"))
        self.assertEqual((mark.average, mark.proposed), (4.67, "5"))
        self.assertEqual((shown["closed_text"], shown["order_ref"]), ("4", "№ 12"))
        last = self.changes(mark, "value")[-1]
        self.assertEqual(
            (last.old_value, last.new_value, last.basis, last.user_id),
            ("4", "5", "order", self.deputy),
        )

    def test_while_the_period_is_open_the_basis_is_duty(self):
        self.set_marks((self.pupils[0], "4"))
        self.assertEqual(
            self.changes(self.mark_of(self.pupils[0]), "value").basis, "duty"
        )

    def test_a_former_schools_mark_of_a_closed_quarter_comes_by_order(self):
        self.close()
        with self.at(AFTER_QUARTER):
            self.set_marks(
                (
                    self.pupils[4],
                    "5",
                    {
                        "origin": "former",
                        "order_ref": "№ 40",
                        "reason": "Өздүк делосу",
                    },
                ),
                user=self.deputy,
            )
        mark = self.mark_of(self.pupils[4])
        self.assertEqual((mark.origin, mark.closed_value), ("former", False))

    # ---- the year --------------------------------------------------------------------

    def test_year_exam_and_final(self):
        quarters = self.calendar._leaf_periods().sorted("sequence")
        for quarter, value in zip(quarters, "4545", strict=True):
            self.period_mark(self.pupils[0], value, period=quarter)
        for quarter, value in zip(quarters, ("2", "н/а", "3", "2"), strict=True):
            self.period_mark(self.pupils[1], value, period=quarter)
        year = self.make_year_period()
        journal = self.as_user(self.journal, self.teacher)
        page = journal.load_period_marks(year.id)
        self.assertEqual(page["kinds"], ["period", "exam", "autumn", "final"])
        rows = {row["id"]: row for row in page["pupils"]}
        first, second = rows[self.pupils[0].id], rows[self.pupils[1].id]
        # 4.5 is 5: half up, never Python's round
        self.assertEqual(first["reckoned"]["average"], 4.5)
        self.assertEqual(first["proposed"]["period"], "5")
        self.assertEqual(first["parts"][self.quarter.id]["value"], "4")
        self.assertEqual(second["proposed"]["period"], "2")
        self.assertEqual(journal.take_proposals(year.id), 2)
        self.set_marks(
            (self.pupils[0], "4", {"kind": "exam", "old": False}), period=year
        )
        self.set_marks(
            (self.pupils[1], "2", {"kind": "exam", "old": False}),
            (self.pupils[1], "3", {"kind": "autumn", "old": False}),
            period=year,
        )
        self.assertEqual(journal.take_proposals(year.id, "final"), 2)
        self.assertEqual(self.stored(self.pupils[0], year, "final"), "5")
        self.assertEqual(self.stored(self.pupils[1], year, "final"), "3")

    def test_exams_belong_to_the_year(self):
        with self.assertRaises(ValidationError):
            self.period_mark(self.pupils[0], "5", kind="exam")

    # ---- unmarked grades -------------------------------------------------------------

    def test_an_unmarked_class_gets_notes_and_no_marks(self):
        self.class_b.marked = False
        journal = self.other_journal
        journal.assessment = "none"
        answers = self.set_marks(
            (self.pupils_b[0], "5"), journal=journal, user=self.colleague
        )
        self.assertEqual(answers[0]["status"], "refused")
        self.assertIn("note", answers[0]["reason"])
        with self.assertRaises(ValidationError):
            self.as_user(self.env["ejournal.period.mark"], self.colleague).create(
                {
                    "journal_id": journal.id,
                    "pupil_id": self.pupils_b[0].id,
                    "period_id": self.quarter.id,
                    "value": "5",
                }
            )
        self.class_b.class_teacher_id = self.class_teacher
        vals = {
            "class_id": self.class_b.id,
            "pupil_id": self.pupils_b[0].id,
            "period_id": self.quarter.id,
            "text": "Окуп, жаза алат.",
        }
        notes = self.env["ejournal.period.note"]
        with self.assertRaises(AccessError):
            self.as_user(notes, self.colleague).create(vals)
        note = self.as_user(notes, self.class_teacher).create(vals)
        self.close()
        with self.at(AFTER_QUARTER), self.assertRaisesRegex(UserError, "closed"):
            self.as_user(note, self.class_teacher).text = "…"

    # ---- the journal page ------------------------------------------------------------

    def test_the_journal_page_shows_the_marks_of_its_periods(self):
        self.take()
        page = self.as_user(self.journal, self.teacher).load_page(
            "2026-09-01", "2026-11-04"
        )
        shown = {row["pupil_id"]: row["value"] for row in page["period_marks"]}
        self.assertEqual(
            shown, {p.id: v for p, v in zip(self.pupils, "542", strict=False)}
        )
        self.assertEqual(page["period_marks"][0]["period_id"], self.quarter.id)

    # ---- speed -----------------------------------------------------------------------

    def test_taking_over_costs_the_same_for_every_size_of_class(self):
        for pupil in self.pupils[3:]:
            self.marks(pupil, "4", "4")
        counts = []
        for size in (1, 2, 6):
            savepoint = self.env.cr.savepoint()
            for pupil in self.pupils[size:]:
                self.period_mark(pupil, "3")
            journal = self.as_user(self.journal, self.teacher)
            before = self.env.cr.sql_log_count
            self.assertEqual(journal.take_proposals(self.quarter.id), size)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            savepoint.close(rollback=True)
            self.env.invalidate_all()
        # the first call reads what is then kept: groups, rules, settings
        self.assertLessEqual(max(counts[1:]), 25, counts)
        self.assertEqual(counts[1], counts[2], counts)
