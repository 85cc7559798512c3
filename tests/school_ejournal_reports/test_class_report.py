"""The class teacher's quarter report: handed over on paper, its sheet reckoned."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.school_ejournal.tools.passage import with_passage

from ..common import SchoolCase
from .pdf_common import faults_of_pdfa, outermost, page_count, squeezed, text_of

SHEET = "school_ejournal_reports.class_quarter_sheet"
LONG = "Абдырахманова-Жумабаева-Токтогулова-Бекмурзаева-Ңурманбетова"


class ClassReportCase(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls.env["ejournal.class.report"].create(
            {"class_id": cls.class_a.id, "period_id": cls.quarter.id}
        )

    @classmethod
    def _mark_period(cls, pupils, values, journal=None):
        journal = journal or cls.journal
        with_passage(cls.env["ejournal.period.mark"]).create(
            [
                {
                    "pupil_id": pupil.id,
                    "journal_id": journal.id,
                    "period_id": cls.quarter.id,
                    "value": value,
                }
                for pupil, value in zip(pupils, values, strict=True)
                if value
            ]
        )

    def print_sheet(self, report=None, user=None):
        reports = self.env["ir.actions.report"].with_user(user or self.class_teacher)
        pdf, kind = reports._render_qweb_pdf(SHEET, (report or self.report).ids)
        self.assertEqual(kind, "pdf")
        return pdf


@tagged("post_install", "-at_install")
class TestHandingOver(ClassReportCase):
    def mine(self, user=None):
        return self.as_user(self.report, user or self.class_teacher)

    def test_handed_over_received_on_paper_and_on_record(self):
        self.mine().conclusion = "Two families were visited."
        self.mine().action_hand_over()
        self.assertEqual(self.report.state, "handed")
        self.assertEqual(self.report.handed_by_id, self.class_teacher)
        self.mine(self.deputy).action_receive()
        self.assertEqual(self.report.state, "received")
        self.assertEqual(self.report.received_by_id, self.deputy)
        self.assertEqual(
            self.changes(self.report, "state").mapped("new_value"),
            ["handed", "received"],
        )

    def test_a_returned_report_is_told_mended_and_handed_over_again(self):
        self.mine().action_hand_over()
        with self.assertRaises(UserError):
            self.mine(self.deputy).action_return("  ")
        self.mine(self.deputy).action_return("Say why three pupils fail.")
        self.assertEqual(self.report.state, "returned")
        self.assertEqual(self.report.activity_ids.user_id, self.class_teacher)
        self.mine().conclusion = "They were ill for a month."
        self.mine().action_hand_over()
        self.assertFalse(self.report.note)

    def test_what_was_handed_over_stays_as_it_was(self):
        self.mine().action_hand_over()
        with self.assertRaises(UserError):
            self.mine().conclusion = "Another one"
        with self.assertRaises(UserError):
            self.mine(self.deputy).unlink()

    def test_steps_go_by_their_buttons_and_in_their_order(self):
        for user in (self.class_teacher, self.deputy):
            with self.assertRaises(AccessError):
                self.mine(user).state = "received"
            with self.assertRaises(AccessError):
                self.mine(user).handed_by_id = self.teacher
        with self.assertRaises(UserError):
            self.mine(self.deputy).action_receive()
        self.mine().action_hand_over()
        with self.assertRaises(UserError):
            self.mine().action_hand_over()

    def test_a_deputy_who_leads_the_class_does_not_receive_the_own_report(self):
        self.class_a.class_teacher_id = self.deputy
        self.mine(self.deputy).action_hand_over()
        with self.assertRaises(AccessError):
            self.mine(self.deputy).action_receive()

    def test_another_teacher_and_the_deputy_do_not_hand_it_over(self):
        for user in (self.teacher, self.deputy, self.director):
            with self.assertRaises(AccessError):
                self.mine(user).action_hand_over()

    def test_a_period_of_another_calendar_is_refused(self):
        other = self.env["ejournal.calendar"].create(
            {"year_id": self.year.id, "name": "Grade 1"}
        )
        period = self.env["ejournal.period"].create(
            {
                "calendar_id": other.id,
                "kind": "quarter",
                "sequence": 1,
                "date_start": "2026-09-01",
                "date_end": "2026-10-30",
            }
        )
        with self.assertRaises(UserError):
            self.env["ejournal.class.report"].create(
                {"class_id": self.class_b.id, "period_id": period.id}
            )

    def test_one_report_a_class_is_made_for_a_period(self):
        reports = self.as_user(self.env["ejournal.class.report"], self.deputy)
        made = reports._make_for(self.quarter)
        self.assertEqual(made.class_id, self.class_a | self.class_b)
        self.assertEqual(reports._make_for(self.quarter), made)


@tagged("post_install", "-at_install")
class TestQuarterSheet(ClassReportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls._make_journal(cls.physics, cls.class_a, cls.colleague)
        cls._make_lesson(cls.second, "2026-10-13", 4)
        # Асанов Ермеков Ёлкин Ңурманов Өмүров Үсөнов
        cls._mark_period(cls.pupils, ("5", "4", "3", "2", "н/а", None))
        cls._mark_period(
            cls.pupils, ("5", "5", "5", "5", "5", "осв"), journal=cls.second
        )

    def test_the_figures_agree_with_a_count_by_hand(self):
        text = squeezed("".join(text_of(self.print_sheet())))
        # algebra: 5 4 3 2 н/а –: three of five pass, two of five are good; degree of
        # learning (100 + 64 + 36 + 16 + 7) / 5 = 44.6
        self.assertIn("60,0", text)
        self.assertIn("40,0", text)
        self.assertIn("44,6", text)
        # physics: five of five, one exempt; together 8 of 10 and 7 of 10
        self.assertIn("100,0", text)
        self.assertIn("80,0", text)
        self.assertIn("70,0", text)

    def test_each_pupil_has_the_marks_and_the_average_of_them(self):
        lines = {
            line.split()[1]: squeezed(line).split()
            for line in "".join(text_of(self.print_sheet())).splitlines()
            if len(line.split()) > 3 and line.split()[0].isdigit()
        }
        self.assertEqual(lines["Ермеков"][3:6], ["4", "5", "4,50"])
        self.assertEqual(lines["Ңурманов"][3:6], ["2", "5", "3,50"])

    def test_who_fails_is_named_with_the_subject(self):
        text = squeezed("".join(text_of(self.print_sheet())))
        self.assertRegex(text, r"Ңурманов Бакыт \(Algebra\)")
        self.assertRegex(text, r"Ермеков Бакыт \(Algebra\)")

    def test_the_state_of_the_data_stands_on_each_page(self):
        self.assertIn("мезгил ачык", squeezed(text_of(self.print_sheet())[0]))

    def test_it_is_archivable_and_keeps_its_margins(self):
        pdf = self.print_sheet()
        self.assertEqual(faults_of_pdfa(pdf), [])
        self.assertGreaterEqual(outermost(pdf), 8)

    def test_only_the_own_class_teacher_and_those_above_print_it(self):
        for user in (self.teacher, self.outsider, self.parent_user):
            with self.assertRaises(AccessError):
                self.print_sheet(user=user)
        for user in (self.deputy, self.director):
            self.assertTrue(self.print_sheet(user=user))

    def test_55_pupils_with_long_names_and_18_subjects_fit(self):
        class_ = self.env["ejournal.class"].create(
            {"year_id": self.year.id, "grade": 8, "letter": "В"}
        )
        pupils = self._make_pupils(class_, [f"{LONG}{n:02}" for n in range(55)])
        subjects = self.env["ejournal.subject"].create(
            [{"name": f"Предмет {n:02} узун аталышы менен"} for n in range(18)]
        )
        for subject in subjects:
            journal = self._make_journal(subject, class_, self.teacher)
            self._mark_period(pupils, ["4"] * 55, journal=journal)
        report = self.env["ejournal.class.report"].create(
            {"class_id": class_.id, "period_id": self.quarter.id}
        )
        pdf = self.print_sheet(report, self.deputy)
        self.assertLessEqual(page_count(pdf), 4)
        self.assertGreaterEqual(outermost(pdf), 8)
        text = squeezed("".join(text_of(pdf)))
        self.assertEqual(text.count("4,00"), 55 + 0)

    def test_a_class_without_pupils_and_without_marks_has_dashes_not_zeroes(self):
        class_ = self.env["ejournal.class"].create(
            {"year_id": self.year.id, "grade": 9, "letter": "Г"}
        )
        report = self.env["ejournal.class.report"].create(
            {"class_id": class_.id, "period_id": self.quarter.id}
        )
        text = squeezed("".join(text_of(self.print_sheet(report, self.deputy))))
        self.assertIn("—", text)
        self.assertNotIn("0,0", text)
