"""The bag that is handed over, judged by another program and by our stand-alone one."""

import io
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import bagit

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.school_ejournal_reports.tools import bag, snapshot
from odoo.addons.school_ejournal_reports.tools.codes import codes, first_place

from .archive_common import ArchiveCase

VERIFIER = (
    Path(__file__).parents[2]
    / "school_ejournal_reports"
    / "verifier"
    / "verify_archive.py"
)


def verified(path):
    """``(exit code, what it said)`` of the stand-alone program, on its own."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(VERIFIER), str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@tagged("post_install", "-at_install")
class TestBag(ArchiveCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.archive.action_print()
        for book in cls.archive.sudo().book_ids:
            book._draw_or_say()
        cls.archive.sudo()._after_drawing()
        cls.content = cls.archive._export_bag()
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.zip = Path(cls.folder.name) / "bag.zip"
        cls.zip.write_bytes(cls.content)

    def _unpacked(self):
        target = Path(tempfile.mkdtemp(dir=self.folder.name))
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            archive.extractall(target)
        return next(target.iterdir())

    def test_another_program_accepts_the_bag(self):
        bagit.Bag(str(self._unpacked())).validate()

    def test_it_holds_pages_data_tables_and_a_page_that_explains(self):
        names = {path.name for path in self._unpacked().rglob("*")}
        self.assertLessEqual(
            {
                "journal.pdf",
                "journal.json",
                "marks.csv",
                "manifest.json",
                "digests.json",
                "README.html",
                "verify_archive.py",
            },
            names,
        )

    def test_the_table_opens_in_a_spreadsheet_and_holds_the_marks(self):
        tables = [path.read_bytes() for path in self._unpacked().rglob("marks.csv")]
        self.assertTrue(all(table.startswith(b"\xef\xbb\xbf") for table in tables))
        text = "".join(table.decode("utf-8-sig") for table in tables)
        self.assertIn("Algebra;2026-09-07;Асанов Бакыт;5", text)

    def test_the_stand_alone_program_says_that_all_is_well(self):
        for path in (self.zip, self._unpacked()):
            code, said = verified(path)
            self.assertEqual(code, 0, said)
            self.assertIn("2 books", said)

    def test_it_names_the_sheet_the_pupil_and_the_lesson_that_differ(self):
        folder = self._unpacked()
        path = next(
            path
            for path in folder.rglob("journal.json")
            if json.loads(path.read_bytes())["head"]["class"]["name"] == "7-А"
        )
        book = json.loads(path.read_bytes())
        book["sheets"][1]["data"]["cells"][1][1] = "2"
        path.write_bytes(snapshot.canonical(book))
        code, said = verified(folder)
        self.assertEqual(code, 1)
        for part in ("7-А", "2", "Ермеков", "2026-09-14"):
            self.assertIn(part, said)

    def test_one_altered_byte_in_any_file_is_found(self):
        for path in sorted(self._unpacked().rglob("data/**/*")):
            if path.is_file():
                raw = path.read_bytes()
                middle = len(raw) // 2
                path.write_bytes(
                    raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :]
                )
                code, said = verified(_root(path))
                self.assertEqual(code, 1, f"{path}: {said}")
                path.write_bytes(raw)

    def test_a_missing_and_an_added_file_are_found(self):
        folder = self._unpacked()
        extra = folder / "data" / "extra.txt"
        extra.write_text("x")
        self.assertEqual(verified(folder)[0], 1)
        extra.unlink()
        next(folder.rglob("marks.csv")).unlink()
        self.assertEqual(verified(folder)[0], 1)

    def test_only_deputy_and_director_take_it_out(self):
        for user in (self.class_teacher, self.admin, self.outsider):
            with self.assertRaises(AccessError):
                self.archive.with_user(user)._export_bag()
        self.assertTrue(self.archive.with_user(self.director)._export_bag())


def _root(path):
    """The folder of the bag that holds a file."""
    return next(parent for parent in path.parents if (parent / "bagit.txt").exists())


class TestSnapshot:
    """The plain modules, without a database."""

    def _book(self):
        head = {"document": "X", "nonce": "0", "previous": snapshot.NO_DIGEST}
        data = {
            "journal": 1,
            "subject": "Алгебра",
            "columns": [{"date": "2026-09-07", "lesson": 5, "work": 7, "sign": ""}],
            "pupils": [{"id": 3, "number": 1, "name": "Асанов"}],
            "cells": [["5"]],
            "flags": [],
        }
        return snapshot.make_book(head, [{"kind": "marks", "data": data}])

    def test_the_canonical_form_is_sorted_composed_and_without_blanks(self):
        value = {"b": [1, None, True], "a": "и\u0306"}
        assert snapshot.canonical(value) == '{"a":"й","b":[1,null,true]}'.encode()

    def test_no_fraction_and_no_date_has_a_place_in_it(self):
        for value in (1.5, {"a": {1}}, {1: "x"}):
            try:
                snapshot.canonical(value)
            except TypeError:
                continue
            raise AssertionError(value)

    def test_a_page_of_another_book_has_another_digest(self):
        one, other = self._book(), self._book()
        other["sheets"][0]["nonce"] = "1"
        assert snapshot.sheet_digests(one) != snapshot.sheet_digests(other)

    def test_a_changed_cell_is_found_and_placed(self):
        old, new = self._book(), self._book()
        new["sheets"][0]["data"]["cells"][0][0] = "4"
        assert snapshot.differences(old, new) == [(("mark", 1, 5, 7, 3), 1, "5", "4")]
        assert snapshot.first_difference(new, snapshot.sheet_digests(old)) == 1
        place = first_place(new["sheets"][0], codes(old["sheets"][0]))
        assert place == ("1. Асанов", "2026-09-07")

    def test_a_pupil_who_left_the_list_is_a_difference(self):
        old, new = self._book(), self._book()
        new["sheets"][0]["data"].update(pupils=[], cells=[])
        assert len(snapshot.differences(old, new)) == 2

    def test_rewritten_bytes_are_no_snapshot(self):
        raw = snapshot.canonical(self._book())
        assert snapshot.read_book(raw) == self._book()
        for wrong in (raw + b" ", raw[:-1], b"{}", b"\xff"):
            try:
                snapshot.read_book(wrong)
            except ValueError:
                continue
            raise AssertionError(wrong)

    def test_no_cell_of_a_table_is_a_formula(self):
        table = bag.table(("a",), [["=1+1"], ["@x"], ["5"]]).decode("utf-8-sig")
        assert table.split() == ["a", "'=1+1", "'@x", "5"]
