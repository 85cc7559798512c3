"""The page of the results, its workbooks, and the end of a quarter step by step."""

import io

import openpyxl

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from odoo.addons.school_ejournal.tools.passage import with_passage
from odoo.addons.school_ejournal.tools.xlsx_book import Sheet, workbook

from .results_common import AFTER_QUARTER
from .test_results import ResultsOfQuarter


class ResultsPageCase(ResultsOfQuarter):
    def load_results(self, user=None, period=None, at=AFTER_QUARTER):
        results = self.as_user(self.env["ejournal.results"], user or self.deputy)
        with self.at(at):
            return results.load_results((period or self.quarter).id)


@tagged("post_install", "-at_install")
class TestResultsPage(ResultsPageCase):
    def test_a_deputy_gets_the_figures_of_the_quarter(self):
        page = self.load_results()
        by_name = {row["name"]: row for row in page["rows"]["class"]}
        row = by_name[self.class_a.name]
        self.assertEqual(
            (row["pass_rate"], row["quality"], row["sou"], row["average"]),
            (88.0, 56.0, 56.12, 3.71),
        )
        self.assertEqual(
            (row["denominator"], row["exempt"], row["not_attested"], row["unmarked"]),
            (25, 1, 1, 1),
        )
        self.assertEqual(page["values"], ["5", "4", "3", "2"])
        self.assertEqual(page["school"]["total"], 29)
        self.assertEqual(
            [row["name"] for row in page["rows"]["teacher"]],
            sorted([self.teacher.name, self.colleague.name]),
        )

    def test_a_class_teacher_sees_the_own_class_only(self):
        page = self.load_results(self.class_teacher)
        self.assertEqual(
            [r["name"] for r in page["rows"]["class"]], [self.class_a.name]
        )
        self.assertFalse(page["whole_school"])
        self.assertEqual(len(page["lists"]["failing"]), 2)
        results = self.as_user(self.env["ejournal.results"], self.class_teacher)
        with self.assertRaises(AccessError):
            results.load_class_sheet(self.quarter.id, self.class_b.id)
        for user in (self.teacher, self.admin, self.outsider, self.parent_user):
            with self.assertRaises(AccessError):
                self.load_results(user)

    def test_nothing_to_count_is_false_and_not_zero(self):
        empty = self.env["ejournal.class"].create(
            {
                "year_id": self.year.id,
                "grade": 1,
                "letter": "А",
                "calendar_id": self.calendar.id,
            }
        )
        self._make_pupils(empty, ("Акматов",))
        row = next(
            row for row in self.load_results()["rows"]["class"] if row["id"] == empty.id
        )
        self.assertIs(row["pass_rate"], False)
        self.assertIs(row["standing"]["quality"], False)

    def test_the_sheet_of_the_year_is_the_promotion_list(self):
        year = self.make_year_period()
        self.period_mark(self.pupils[0], "5", period=year)
        self.period_mark(self.pupils[1], "2", period=year)
        self.period_mark(self.pupils[2], "2", period=year)
        self.period_mark(self.pupils[2], "3", period=year, kind="final")
        results = self.as_user(self.env["ejournal.results"], self.director)
        sheet = results.load_class_sheet(year.id, self.class_a.id)
        rows = {row["id"]: row for row in sheet["pupils"]}
        self.assertEqual(
            [rows[pupil.id]["decision"] for pupil in self.pupils[:4]],
            ["promoted", "autumn", "promoted", "open"],
        )
        self.assertEqual(rows[self.pupils[1].id]["failing"], ["Algebra"])

    # ---- workbooks -------------------------------------------------------------------

    def test_the_workbook_has_real_numbers(self):
        results = self.as_user(self.env["ejournal.results"], self.deputy)
        with self.at(AFTER_QUARTER):
            name, data = results._results_book(self.quarter.id)
        self.assertTrue(name.endswith(".xlsx"))
        page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        rows = [[cell.value for cell in row] for row in page.iter_rows()]
        row = next(row for row in rows if row[0] == self.class_a.name)
        self.assertEqual(row[1:5], [5, 9, 8, 2])
        self.assertEqual(row[10:14], [88, 56, 56.12, 3.71])

    def test_a_text_that_looks_like_a_formula_stays_a_text(self):
        data = workbook(
            [
                Sheet(
                    "Класс [7-А]",
                    [("Name", 10), ("Mark", 5), ("Day", 10), ("Share", 5)],
                    [["=1+1", 5, self.day("2026-11-04"), None], ["@x", 4.5, None, 0.0]],
                ),
                Sheet("класс (7-а)", [("=A1", 5)], []),
            ]
        )
        book = openpyxl.load_workbook(io.BytesIO(data))
        page = book.worksheets[0]
        self.assertEqual(page.title, "Класс -7-А-")
        first = [page.cell(2, column) for column in range(1, 5)]
        self.assertEqual([cell.data_type for cell in first], ["s", "n", "d", "s"])
        self.assertEqual(first[0].value, "=1+1")
        self.assertEqual(first[2].value.date(), self.day("2026-11-04"))
        self.assertEqual([first[3].value, page.cell(3, 4).value], ["—", 0])

    # ---- the end of a quarter --------------------------------------------------------

    def close_dialog(self, user=None):
        dialogs = self.as_user(self.env["ejournal.period.close"], user or self.deputy)
        return dialogs.create({"period_id": self.quarter.id})

    def test_the_deputy_closes_after_a_list_of_what_is_missing(self):
        unlock = with_passage(self.env["ejournal.unlock"]).create(
            {
                "user_id": self.teacher.id,
                "lesson_ids": [(6, 0, self.held[0].ids)],
                "reason": "x",
                "state": "approved",
                "expires_at": "2026-11-07 18:00:00",
            }
        )
        with self.at(AFTER_QUARTER):
            dialog = self.close_dialog()
            lines = [(line.kind, line.text, line.count) for line in dialog.line_ids]
            self.assertEqual(
                lines,
                [
                    ("marks", self.journal.name, 1),
                    ("unlock", "Permission to open until 08.11.2026", 0),
                ],
            )
            with self.assertRaises(UserError):
                dialog.action_close()
            dialog.close_anyway = True
            dialog.action_close()
            self.assertEqual(self.quarter.state, "closed")
            # what was open is open no more
            window = self.window(self.held[0])["works"][self.columns[0].id]
        self.assertEqual(window["state"], "period_closed")
        self.assertTrue(unlock.exists())

    def test_nothing_missing_is_said_and_closes_without_a_tick(self):
        self.period_mark(self.pupils[26], "3")
        with self.at(AFTER_QUARTER):
            dialog = self.close_dialog()
            self.assertTrue(dialog.is_complete)
            dialog.action_close()
        self.assertEqual(self.quarter.state, "closed")

    def test_classes_without_marks_lack_their_notes(self):
        small = self.env["ejournal.class"].create(
            {
                "year_id": self.year.id,
                "grade": 2,
                "letter": "А",
                "calendar_id": self.calendar.id,
            }
        )
        pupils = self._make_pupils(small, ("Акматов", "Бекова"))
        with_passage(self.env["ejournal.period.note"]).create(
            {
                "class_id": small.id,
                "pupil_id": pupils[0].id,
                "period_id": self.quarter.id,
                "text": "Окуйт",
            }
        )
        self.assertEqual(self.quarter._missing_notes(), [(small, 1)])

    def test_the_steps_of_the_order_follow_each_other(self):
        quarter = self.as_user(self.quarter, self.deputy)
        quarter.action_propose_steps()
        self.assertEqual(
            [str(quarter.entries_until), str(quarter.close_on)],
            ["2026-11-04", "2026-11-07"],
        )
        with self.at(AFTER_QUARTER):
            quarter.invalidate_recordset(["step_text"])
            self.assertIn("06.11.2026", quarter.step_text)
        with self.assertRaises(ValidationError):
            quarter.marks_until = "2026-12-01"

    def test_the_director_reopens_with_a_reason(self):
        self.close()
        quarter = self.as_user(self.quarter, self.director)
        with self.assertRaises(UserError):
            quarter.action_reopen(" ")
        quarter.action_reopen("№ 44")
        self.marks(self.pupils[26], "5")
        self.assertEqual(self.set_marks((self.pupils[26], "5"))[0]["status"], "ok")


@tagged("post_install", "-at_install")
class TestResultsRoutes(ResultsOfQuarter, HttpCase):
    def test_who_may_see_the_page_may_have_the_workbook(self):
        for login, status in (("deputy", 200), ("t_class", 200), ("t_physics", 403)):
            self.authenticate(login, login.ljust(8, "x"))
            for address in (
                f"/school_ejournal/results.xlsx?period_id={self.quarter.id}",
                f"/school_ejournal/class_sheet.xlsx?period_id={self.quarter.id}"
                f"&class_id={self.class_a.id}",
            ):
                with self.subTest(login=login, address=address):
                    self.assertEqual(self.url_open(address).status_code, status)
        self.authenticate(None, None)
        answer = self.url_open("/school_ejournal/results.xlsx", allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
