"""Who may import, and that an import is all or nothing."""

import base64
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.school_ejournal.tools.table_columns import (
    PUPIL_COLUMNS,
    TEACHER_COLUMNS,
    find_header,
)
from odoo.addons.school_ejournal.tools.xlsx_table import read_workbook
from odoo.addons.school_ejournal.wizard.import_parents import ParentRegister

from .import_common import AIDA, ASAN, OMUR, TODAY, ImportCase, Timetable, workbook

METHODS = (
    "action_preview",
    "action_import",
    "action_template",
    "action_back",
    "action_make_lessons",
)


@tagged("post_install", "-at_install")
class TestImportWizard(ImportCase):
    def test_only_the_deputy_imports(self):
        wizard = self.wizard("pupils", workbook(ASAN))
        people = [
            self._person("imp_teacher", "group_teacher"),
            self._person("imp_director", "group_director"),
            self._person("imp_admin", "group_admin"),
            new_test_user(self.env, "imp_parent", groups="base.group_portal"),
        ]
        for user in people:
            with self.assertRaises(AccessError):
                self.wizard("pupils", workbook(ASAN), user=user)
            for method in METHODS:
                with self.assertRaises(AccessError):
                    getattr(wizard.with_user(user), method)()
        self.assertFalse(self.found("ejournal.pupil"))

    def test_a_preview_is_its_makers_own(self):
        """It holds names and dates of birth."""
        wizard = self.preview("pupils", workbook(ASAN))
        other = self._person("imp_deputy_2", "group_deputy")
        with self.assertRaises(AccessError):
            wizard.with_user(other).action_import()
        for records in (wizard, wizard.line_ids):
            with self.assertRaises(AccessError):
                records.with_user(other).read(["create_date"])
            self.assertFalse(records.with_user(other).search([]))

    def test_a_preview_writes_nothing(self):
        models = [
            name
            for name, model in self.env.registry.items()
            if name.startswith("ejournal.")
            and not (model._abstract or model._transient)
        ]
        models += ["res.users", "res.partner"]
        self.env.flush_all()
        before = {name: self.env[name].sudo().search_count([]) for name in models}
        self.preview("pupils", workbook(ASAN, AIDA, OMUR))
        file = Timetable()
        file.lesson((0, 1), teachers="*1,*2")
        self.preview("timetable_asc", file.xml())
        self.env.flush_all()
        after = {name: self.env[name].sudo().search_count([]) for name in models}
        self.assertEqual(after, before)

    def test_an_import_that_fails_midway_leaves_nothing(self):
        wizard = self.preview("pupils", workbook(ASAN))
        failing = patch.object(ParentRegister, "carry_out", side_effect=UserError("x"))
        with failing, self.assertRaises(UserError), self.env.cr.savepoint():
            wizard.action_import()
        self.env.invalidate_all()
        self.assertFalse(self.found("ejournal.pupil"))
        self.assertFalse(self.found("ejournal.year"))

    def test_the_file_is_compared_anew_before_it_is_imported(self):
        wizard = self.preview("pupils", workbook(ASAN))
        self.pupils(ASAN)
        wizard.action_import()
        self.assertEqual(len(self.found("ejournal.pupil")), 1)

    def test_a_wizard_without_a_file(self):
        wizard = self.env["ejournal.import"].with_user(self.deputy).create({})
        with self.assertRaisesRegex(UserError, "Choose a file first"):
            wizard.action_preview()

    def test_a_wrong_file_is_one_line(self):
        for kind, content in (
            ("pupils", Timetable().xml()),
            ("timetable_asc", workbook(ASAN)),
        ):
            wizard = self.preview(kind, content)
            self.assertEqual(wizard.line_ids.mapped("status"), ["wrong"])

    def test_lines_are_shown_by_status(self):
        wizard = self.preview("pupils", workbook(ASAN, ("99-Ъ",)))
        wizard.show = "wrong"
        self.assertEqual(set(wizard.shown_line_ids.mapped("status")), {"wrong"})
        wizard.show = "all"
        self.assertEqual(wizard.shown_line_ids, wizard.line_ids)

    # ---- templates ---------------------------------------------------------------------

    def test_templates_can_be_filled_in_and_imported(self):
        for kind, columns in (("pupils", PUPIL_COLUMNS), ("teachers", TEACHER_COLUMNS)):
            for lang in ("en_US", "ru_RU", "ky_KG"):
                wizards = self.env["ejournal.import"].with_user(self.deputy)
                wizard = wizards.with_context(lang=lang).create({"kind": kind})
                action = wizard.action_template()
                self.assertIn(f"/{wizard.id}/template/", action["url"])
                sheets = read_workbook(base64.b64decode(wizard.template))
                header = find_header(sheets[0].rows, columns)
                self.assertFalse(header.missing or header.unknown or header.twice)
                self.assertTrue(sheets[1].rows, "the columns are explained")

    def test_the_template_speaks_the_readers_language(self):
        wizards = self.env["ejournal.import"].with_user(self.deputy)
        for lang, title in (("ky_KG", "Фамилиясы"), ("ru_RU", "Фамилия")):
            wizard = wizards.with_context(lang=lang).create({})
            rows = read_workbook(base64.b64decode(wizard.template))[0].rows
            self.assertIn(title, [cell.value for cell in rows[0].cells.values()])

    def test_a_timetable_has_no_template(self):
        wizards = self.env["ejournal.import"].with_user(self.deputy)
        with self.assertRaises(UserError):
            wizards.create({"kind": "timetable_asc"}).action_template()

    def test_after_the_timetable_the_lessons_of_the_quarter_are_made(self):
        timetable = Timetable()
        timetable.lesson((2, 3))
        wizard = self.do_import("timetable_asc", timetable.xml())
        coming = self.found("ejournal.lesson").mapped("date")
        self.assertTrue(coming)
        self.assertGreaterEqual(min(coming), TODAY)
        wizard.action_make_lessons()
        made = self.found("ejournal.lesson").mapped("date")
        self.assertLess(min(made), TODAY, "those that were due too")

    def test_a_year_that_is_over_has_no_quarter_to_make_lessons_of(self):
        timetable = Timetable()
        timetable.lesson((2, 3))
        wizard = self.do_import("timetable_asc", timetable.xml())
        with freeze_time("2027-07-01"), self.assertRaisesRegex(UserError, "no quarter"):
            wizard.action_make_lessons()
