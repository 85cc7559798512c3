"""Results of a period: the figures of a hand calculation, in ten queries."""

from odoo.tests import tagged

from odoo.addons.school_ejournal.tools.formulas import EXEMPT, NOT_ATTESTED
from odoo.addons.school_ejournal.tools.passage import with_passage

from .results_common import AFTER_QUARTER, ResultsCase

# five 5, nine 4, eight 3, two 2, one н/а, one exempt, one without a mark: 27
VALUES = ["5"] * 5 + ["4"] * 9 + ["3"] * 8 + ["2"] * 2 + [NOT_ATTESTED, EXEMPT, None]


class ResultsOfQuarter(ResultsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pupils |= cls._make_pupils(
            cls.class_a, [f"Сатыбалдиев{number:02}" for number in range(21)]
        )
        cls.hold(cls.other_journal, cls.days)
        for pupil, value in zip(cls.pupils, VALUES, strict=True):
            if value:
                cls.period_mark(pupil, value)
        for pupil, value in zip(cls.pupils_b, "54", strict=True):
            cls.period_mark(pupil, value, cls.other_journal)

    def of(self, period=None, **how):
        results = self.env["ejournal.results"].with_company(self.school)
        with self.at(AFTER_QUARTER):
            return results._of(period or self.quarter, **how)


@tagged("post_install", "-at_install")
class TestResults(ResultsOfQuarter):
    def figures_of(self, kind):
        self.school._ejournal_settings().denominator = kind
        groups = self.of().results.by("class_id", "subject_id")
        return groups[self.class_a.id, self.algebra.id][0]

    def test_three_denominators_of_one_class(self):
        got = {kind: self.figures_of(kind) for kind in ("attested", "marked", "list")}
        self.assertEqual(
            {k: (f.denominator, f.pass_rate, f.quality) for k, f in got.items()},
            {
                "attested": (25, 88.0, 56.0),
                "marked": (24, 91.7, 58.3),
                "list": (27, 81.5, 51.9),
            },
        )
        self.assertEqual(got["attested"].sou, 56.12)
        for figures in got.values():
            self.assertEqual(
                (figures.total, figures.exempt, figures.not_attested, figures.unmarked),
                (27, 1, 1, 1),
            )

    def test_classes_add_up_to_the_school(self):
        results = self.of().results
        parts = [now for now, _before in results.by("class_id").values()]
        school = results.of(results.entries)[0]
        self.assertEqual(school.total, 29)
        for name in ("total", "denominator", "exempt", "not_attested", "unmarked"):
            self.assertEqual(
                getattr(school, name), sum(getattr(part, name) for part in parts)
            )
        teachers = results.by("teacher_id")
        self.assertEqual(teachers[self.colleague.id,][0].average, 4.5)

    def test_who_has_left_is_not_counted_and_keeps_the_mark(self):
        self.class_a.enrollment_ids.filtered(
            lambda row: row.pupil_id == self.pupils[0]
        ).date_end = "2026-10-20"
        figures = self.of().results.by("class_id")[self.class_a.id,][0]
        self.assertEqual((figures.total, figures.values["5"]), (26, 4))
        self.assertEqual(self.stored(self.pupils[0]), "5")

    def test_who_moved_counts_in_the_new_class(self):
        in_b = self._make_journal(self.algebra, self.class_b, self.colleague)
        self.hold(in_b, self.days, number=4)
        row = self.class_a.enrollment_ids.filtered(
            lambda row: row.pupil_id == self.pupils[0]
        )
        row.date_end = "2026-10-20"
        self.env["ejournal.enrollment"].create(
            {
                "pupil_id": self.pupils[0].id,
                "class_id": self.class_b.id,
                "date_start": "2026-10-21",
            }
        )
        groups = self.of().results.by("class_id", "subject_id")
        moved = groups[self.class_b.id, self.algebra.id][0]
        self.assertEqual((moved.values, moved.unmarked), ({"5": 1}, 2))
        self.assertEqual(groups[self.class_a.id, self.algebra.id][0].total, 26)

    def test_an_exemption_without_a_mark_counts_as_exempt(self):
        self.env["ejournal.exemption"].create(
            {
                "pupil_id": self.pupils[26].id,
                "subject_id": self.algebra.id,
                "date_start": "2026-10-01",
            }
        )
        figures = self.figures_of("attested")
        self.assertEqual((figures.exempt, figures.unmarked), (2, 0))

    def test_unmarked_classes_and_subjects_without_lessons_have_no_figures(self):
        class_c = self.env["ejournal.class"].create(
            {
                "year_id": self.year.id,
                "grade": 2,
                "letter": "А",
                "calendar_id": self.calendar.id,
            }
        )
        self._make_pupils(class_c, ("Акматов", "Бекова"))
        unmarked = self._make_journal(self.algebra, class_c, self.teacher)
        self.assertEqual(unmarked.assessment, "none")
        self.hold(unmarked, self.days, number=7)
        self._make_journal(
            self.env["ejournal.subject"].create({"name": "Drawing"}),
            self.class_a,
            self.teacher,
        )
        results = self.of().results
        self.assertEqual(
            set(results.by("class_id")), {(self.class_a.id,), (self.class_b.id,)}
        )
        standing, _before = results.standing(class_c.ids)
        self.assertEqual(
            (standing.total, standing.pass_rate, standing.quality), (2, None, None)
        )

    def test_a_subgroup_counts_its_own_pupils(self):
        group = self.env["ejournal.subgroup"].create(
            {"name": "1", "class_ids": [(6, 0, self.class_a.ids)]}
        )
        for pupil in self.pupils[:3]:
            self.env["ejournal.subgroup.member"].create(
                {
                    "subgroup_id": group.id,
                    "pupil_id": pupil.id,
                    "date_start": "2026-09-01",
                }
            )
        english = self.env["ejournal.subject"].create({"name": "English"})
        journal = self._make_journal(
            english, self.class_a, self.colleague, subgroup_id=group.id
        )
        self.hold(journal, self.days, number=5)
        self.period_mark(self.pupils[0], "5", journal)
        figures = self.of().results.by("journal_id")[journal.id,][0]
        self.assertEqual((figures.total, figures.unmarked), (3, 2))

    def test_lists(self):
        lists = self.of().results.lists()
        ids = {name: [own[0].pupil_id for own in rows] for name, rows in lists.items()}
        # one subject: who has a 4 in it has one 4
        self.assertEqual(ids["excellent"], [*self.pupils[:5].ids, self.pupils_b[0].id])
        self.assertEqual(len(ids["one_four"]), 10)
        self.assertEqual(len(ids["one_three"]), 8)
        self.assertEqual(ids["failing"], self.pupils[22:24].ids)

    def test_objectivity_by_average_and_control_works(self):
        with_passage(self.mark_of(self.pupils[0])).average = 3.6
        control = self.column(self.held[0], self.control_type)
        self.marks(self.pupils[6], "2", columns=[control])
        found = {e.pupil_id: why for e, why in self.of().results.deviant()}
        self.assertEqual(
            found,
            {self.pupils[0].id: {"average": 1}, self.pupils[6].id: {"control": 2}},
        )

    def test_the_period_before_stands_beside(self):
        second = self.calendar.period_ids.filtered(lambda p: p.sequence == 2)
        self._make_lesson(self.journal, self.day("2026-11-12"), 1)
        for pupil in self.pupils[:4]:
            self.period_mark(pupil, "3", period=second)
        results = self.env["ejournal.results"].with_company(self.school)
        with self.at("2026-12-29 04:00:00"):
            now, before = results._of(second).results.by("class_id")[self.class_a.id,]
        self.assertEqual((now.quality, now.values), (0.0, {"3": 4}))
        self.assertEqual((before.quality, before.denominator), (56.0, 25))

    def test_ten_queries_for_every_size_of_school(self):
        counts = []
        for class_ids in (self.class_b.ids, None):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.of(class_ids=class_ids)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(max(counts), 10, counts)
