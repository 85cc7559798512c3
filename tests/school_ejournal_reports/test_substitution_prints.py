"""What is printed of substitutions: the changes of a day, the hours of a month."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import SchoolCase
from .pdf_common import squeezed, text_of

CHANGES = "school_ejournal_reports.changes_today"
HOURS = "school_ejournal_reports.replaced_hours"


@tagged("post_install", "-at_install")
class TestSubstitutionPrints(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        deputy = cls.env(user=cls.deputy, su=False)
        cls.lesson.with_env(deputy).assign_substitute("subject", cls.class_teacher.id)
        cls.lesson_yesterday.with_env(deputy).assign_substitute(
            "supervision", cls.class_teacher.id, reason="Told late"
        )
        cls.other_lesson.with_env(deputy).action_cancel("No electricity")

    def _print(self, user, **values):
        Print = self.as_user(self.env["ejournal.substitution.print"], user)
        return Print.create(values)

    def _html(self, form, user=None, **values):
        doc = self._print(user or self.deputy, **values)
        reports = self.as_user(self.env["ir.actions.report"], user or self.deputy)
        return squeezed(reports._render_qweb_html(form, doc.ids)[0].decode())

    def test_changes_of_the_day_name_class_lesson_and_who_gives_it(self):
        html = self._html(CHANGES)
        for part in ("7-А", "Algebra", self.class_teacher.name, self.teacher.name):
            self.assertIn(part, html)
        self.assertIn("No electricity", html)
        self.assertNotIn("Told late", html)

    def test_day_by_the_timetable_says_so(self):
        table = '<table class="lines"'
        self.assertIn(table, self._html(CHANGES))
        self.assertNotIn(table, self._html(CHANGES, date="2026-10-01"))

    def test_month_counts_what_was_entered(self):
        self.save(self.entry("topic", "Roots"), user=self.class_teacher)
        doc = self._print(self.deputy, form="replaced_hours", date="2026-10-31")
        report = self.env["report.school_ejournal_reports.replaced_hours"]
        _first, [(name, hours, rows)], total = report._sheet(doc)
        self.assertEqual((name, hours, total), (self.class_teacher.name, 1, 1))
        self.assertEqual([row.kind for row in rows], ["supervision", "subject"])
        action = doc.action_print()
        self.assertEqual(action["report_name"], HOURS)

    def test_sheet_is_a_document_on_paper(self):
        doc = self._print(self.deputy, form="replaced_hours")
        reports = self.as_user(self.env["ir.actions.report"], self.deputy)
        content, kind = reports._render_qweb_pdf(HOURS, doc.ids)
        self.assertEqual(kind, "pdf")
        text = squeezed(text_of(content)[0])
        self.assertIn(self.class_teacher.name, text)
        self.assertIn("10.2026", text)

    def test_only_deputy_and_director_print(self):
        self._html(CHANGES, user=self.director)
        for user in (self.teacher, self.class_teacher, self.admin):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self._print(user)
        doc = self._print(self.deputy)
        reports = self.as_user(self.env["ir.actions.report"], self.teacher)
        with self.assertRaises(AccessError):
            reports._render_qweb_html(CHANGES, doc.ids)
