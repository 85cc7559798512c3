"""The quarter archive: print, compare, sign, archive, and what may go wrong."""

import base64
import io
import json
import subprocess
from unittest.mock import patch

import zxingcpp
from freezegun import freeze_time
from PIL import Image
from psycopg2 import InternalError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.school_ejournal.tools import printing
from odoo.addons.school_ejournal.tools.passage import with_passage
from odoo.addons.school_ejournal_reports.tools import book_check, snapshot

from .archive_common import ArchiveCase
from .pdf_common import faults_of_pdfa, fonts_of, page_count, squeezed, text_of


@tagged("post_install", "-at_install")
class TestPrintedBook(ArchiveCase):
    """One book, drawn once, read back in many ways."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.archive.action_print()
        for book in cls.archive.sudo().book_ids:
            book._draw_or_say()
        cls.archive.sudo()._after_drawing()
        cls.printed = cls.archive.sudo().book_ids.filtered(
            lambda b: b.class_id == cls.class_a
        )
        assert not cls.printed.error, cls.printed.error
        cls.pdf = cls.printed._bytes("pdf")
        cls.pages = [squeezed(text) for text in text_of(cls.pdf)]

    def test_each_sheet_is_one_page(self):
        self.assertEqual(page_count(self.pdf), self.printed.page_count)
        self.assertEqual(len(self.printed.sheet_ids), self.printed.page_count)
        kinds = [sheet.kind for sheet in self.printed.sheet_ids]
        self.assertEqual(
            kinds,
            [
                "title",
                "marks",
                "lessons",
                "attendance",
                "summary",
                "changes",
                "remarks",
                "closing",
            ],
        )

    def test_the_pages_say_what_the_journal_says(self):
        title, marks, lessons = self.pages[:3]
        self.assertIn("7-А", title)
        self.assertIn("Algebra", title)
        for pupil in self.pupils:
            self.assertIn(pupil.last_name, marks)
        self.assertIn("Квадраттык теңдемелер, 0", lessons)
        self.assertIn("№ 12, 14", lessons)
        self.assertIn("§ 12, № 122", lessons)

    def test_each_page_has_its_number_and_digest(self):
        for sheet, text in zip(self.printed.sheet_ids, self.pages, strict=True):
            self.assertIn(sheet.digest, text)
            self.assertIn(self.printed.digest, text)
            self.assertIn(f"{sheet.number}", text)
            self.assertIn(self.printed.document, text)

    def test_an_entry_by_permission_is_listed_and_marked(self):
        changes = self.pages[5]
        self.assertIn("Асанов Бакыт", changes)
        leaf = self.printed._book()["sheets"][1]
        self.assertEqual(leaf["data"]["flags"], [[0, 0]])

    def test_it_is_pdfa_and_only_our_fonts_are_used(self):
        self.assertEqual(faults_of_pdfa(self.pdf), [])
        self.assertEqual(
            {name for name in fonts_of(self.pdf) if not name.startswith("PT-Sans")},
            set(),
        )

    def test_the_same_snapshot_gives_the_same_bytes(self):
        self.assertEqual(self.printed._render(self.printed._book()), self.pdf)

    def test_the_machine_refuses_pages_that_say_something_else(self):
        book = self.printed._book()
        words = self.printed._plain_words()
        self.assertIsNone(book_check.first_problem(self.pdf, book, words))
        other = self.printed._book()
        other["sheets"][1]["data"]["cells"][1][1] = "2/2"
        self.assertTrue(book_check.first_problem(self.pdf, other, words))

    def test_illness_stands_nowhere(self):
        text = " ".join(self.pages).lower()
        for word in ("оору", "болезн", "болен", "ill "):
            self.assertNotIn(word, text)

    def test_the_qr_code_names_sheet_and_digest(self):
        picture = subprocess.run(
            ["pdftoppm", "-r", "200", "-f", "2", "-l", "2", "-png", "-"],
            input=self.pdf,
            capture_output=True,
            check=True,
        ).stdout
        found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
        sheet = self.printed.sheet_ids[1]
        self.assertEqual(
            [code.text for code in found],
            [f"KGJ1:{self.printed.document}:2:{sheet.digest.upper()}"],
        )


@tagged("post_install", "-at_install")
class TestArchive(ArchiveCase):
    # ---- the act ---------------------------------------------------------------------

    def test_it_does_not_begin_while_the_period_is_open(self):
        with_passage(self.quarter).write({"state": "open"})
        self.archive.invalidate_recordset()
        self.assertIn("still open", self.archive.missing)
        with self.assertRaisesRegex(UserError, "still open"):
            self.archive.action_print()

    def test_the_whole_act_ends_in_an_archived_period(self):
        self.to_archived()
        self.assertEqual(self.archive.state, "archived")
        self.assertEqual(self.quarter.state, "archived")
        roles = self.archive.signature_ids.mapped("role")
        self.assertEqual(roles, ["class_teacher", "deputy", "director"])
        self.assertEqual(
            set(self.archive.signature_ids[1:].mapped("digest")), {self.archive.digest}
        )
        self.assertEqual(self.archive.keep_until.year, 2031)

    def test_two_who_press_at_once_print_once(self):
        self.to_printed(paper=False)
        with self.assertRaisesRegex(UserError, "Printed"):
            self.archive.action_print()
        self.assertEqual(len(self.archive.book_ids), 2)

    def test_the_way_back_wants_a_reason_and_loses_nothing(self):
        self.to_compared()
        digest = self.book().digest
        with self.assertRaises(UserError):
            self.archive.action_back(" ")
        self.archive.action_back("Баа туура эмес басылган")
        self.assertEqual(self.archive.state, "draft")
        old = self.env["ejournal.archive.book"].search([("digest", "=", digest)])
        self.assertTrue(old.replaced)
        self.archive.action_print()
        self.draw()
        self.assertEqual(self.archive.state, "printed")
        self.assertIn("Баа туура", str(self.archive.message_ids.mapped("body")))

    def test_class_teachers_sign_first_then_deputy_then_director(self):
        self.to_compared()
        for user in (self.deputy, self.director):
            with self.assertRaisesRegex(UserError, "class teachers sign first"):
                self.archive.with_user(user)._sign()
        self.archive.with_user(self.class_teacher)._sign()
        with self.assertRaises(UserError):
            self.archive.with_user(self.director)._sign()
        self.archive._sign()
        self.archive.with_user(self.director)._sign()
        self.assertEqual(self.archive.state, "signed")

    def test_signing_asks_who_it_is(self):
        self.to_compared()
        with self.assertRaises(UserError):
            self.archive.action_sign()

    def test_nobody_types_a_state_or_a_digest(self):
        self.to_printed(paper=False)
        for values in ({"state": "archived"}, {"digest": "0"}, {"manifest": "{}"}):
            with self.assertRaises(AccessError):
                self.archive.write(values)
        for values in ({"snapshot": "eA=="}, {"digest": "0"}, {"state": "failed"}):
            with self.assertRaises(AccessError):
                self.book().with_user(self.deputy).write(values)
        with self.assertRaises(AccessError):
            self.archive.unlink()

    def test_strangers_see_nothing_of_it(self):
        self.to_printed(paper=False)
        for user in (self.admin, self.outsider, self.parent_user):
            with self.assertRaises(AccessError):
                self.archive.with_user(user).read(["digest"])
            with self.assertRaises(AccessError):
                self.archive.with_user(user).verify()
        other = self.book(self.class_b).with_user(self.class_teacher)
        with self.assertRaises(AccessError):
            other.read(["snapshot"])
        self.assertTrue(self.book().with_user(self.class_teacher).read(["digest"]))
        with self.assertRaises(AccessError):
            self.archive.with_user(self.class_teacher).compare()

    # ---- compare ---------------------------------------------------------------------

    def test_a_mark_changed_by_sql_is_named(self):
        self.to_printed(paper=False)
        mark = self.marks[1]
        self.env.cr.execute(
            "UPDATE ejournal_mark SET value = '2' WHERE id = %s", [mark.id]
        )
        self.env.invalidate_all()
        found = self.archive.compare()
        self.assertEqual(len(found), 1)
        row = found[0]
        self.assertEqual((row["class"], row["sheet"]), ("7-А", 2))
        self.assertEqual((row["archived"], row["present"]), ("3", "2"))
        self.assertIn("Ермеков", row["place"])
        self.assertIn("2026-09-07", row["place"])
        with self.assertRaisesRegex(UserError, "no longer says"):
            self.archive.action_confirm_compared()

    def test_paper_is_read_by_lot_and_where_entries_were_late(self):
        self.to_printed()
        self.archive.action_compare()
        cells = self.book().cell_ids
        self.assertEqual(len(cells.filtered(lambda c: c.why == "random")), 10)
        late = cells.filtered(lambda c: c.why == "marked")
        self.assertEqual(len(late), 1)
        self.assertIn("Асанов", late.place)
        with self.assertRaisesRegex(UserError, "still to be read"):
            self.archive.action_confirm_compared()
        cells.with_user(self.deputy).write({"answer": "agrees"})
        cells[0].with_user(self.deputy).write({"answer": "differs"})
        with self.assertRaisesRegex(UserError, "differs from the screen"):
            self.archive.action_confirm_compared()
        cells[0].with_user(self.deputy).write({"answer": "agrees"})
        self.archive.action_confirm_compared()
        self.assertEqual(self.archive.state, "compared")
        act = self._print("archive_compared")
        for part in ("Салыштыруу актысы", "7-А", self.archive.digest):
            self.assertIn(part, act)

    def _print(self, name, doc=None):
        reports = self.env["ir.actions.report"].with_user(self.deputy)
        doc = doc or self.archive
        pdf = reports._render_qweb_pdf(f"school_ejournal_reports.{name}", doc.ids)[0]
        return squeezed(" ".join(text_of(pdf)))

    def test_a_school_without_paper_prints_nothing_and_goes_on(self):
        self.to_archived(paper=False)
        self.assertFalse(self.book().pdf_digest)
        self.assertFalse(self.book().cell_ids)
        self.assertTrue(self.archive.verify()["ok"])

    # ---- archived --------------------------------------------------------------------

    def test_nothing_changes_once_archived(self):
        self.to_archived()
        for attempt in (
            lambda: self.archive.write({"receiver": "x"}),
            lambda: with_passage(self.archive.sudo()).write({"state": "draft"}),
            lambda: with_passage(self.book()).write({"digest": "0"}),
            lambda: self.book().unlink(),
            lambda: self.archive.action_back("x"),
            lambda: self.quarter.with_user(self.director).action_reopen("x"),
        ):
            with self.assertRaises(UserError):
                attempt()

    def test_the_database_holds_archived_rows_fast(self):
        self.to_archived()
        signature = self.archive.signature_ids[0]
        for table, record in (
            ("ejournal_archive", self.archive),
            ("ejournal_archive_book", self.book()),
            ("ejournal_archive_sheet", self.book().sheet_ids[0]),
            ("ejournal_archive_signature", signature),
        ):
            for statement in (
                f"UPDATE {table} SET digest = '0' WHERE id = {record.id}",
                f"DELETE FROM {table} WHERE id = {record.id}",
                f"TRUNCATE {table} CASCADE",
            ):
                with self.subTest(statement), mute_logger("odoo.sql_db"):
                    with self.assertRaises(InternalError), self.env.cr.savepoint():
                        self.env.cr.execute(statement)

    def test_files_on_an_archived_book_stay(self):
        self.to_signed()
        scan = self.env["ir.attachment"].create(
            {
                "name": "scan",
                "raw": b"x",
                "res_model": "ejournal.archive.book",
                "res_id": self.book().id,
            }
        )
        self.archive.receiver = "Абдыраева Н."
        self.archive.action_archive()
        for attempt in (
            lambda: scan.write({"raw": b"y"}),
            lambda: scan.write({"res_id": 0}),
            scan.unlink,
            scan.copy,
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_a_new_surname_changes_no_old_sheet(self):
        self.to_archived()
        before = self.raw(self.book())
        self.pupil.with_user(self.deputy).write({"last_name": "Жаңыбаев"})
        self.assertEqual(self.raw(self.book()), before)
        self.assertTrue(self.archive.verify()["ok"])

    def test_a_later_correction_is_a_sheet_by_order(self):
        self.to_archived()
        values = {
            "book_id": self.book().id,
            "sheet_id": self.book().sheet_ids[1].id,
            "pupil_id": self.pupil.id,
            "field_name": "Баа 07.09",
            "old_value": "5",
            "new_value": "4",
            "order_ref": "№ 17",
            "reason": "Апелляция",
        }
        amendments = self.env["ejournal.archive.amendment"]
        with self.assertRaises(AccessError):
            amendments.with_user(self.teacher).create(values)
        amendment = amendments.with_user(self.deputy).create(values)
        with self.assertRaises(AccessError):
            amendment.write({"new_value": "3"})
        with self.assertRaises(AccessError):
            amendment.unlink()
        self.assertTrue(self.archive.verify()["ok"])
        self.assertIn("№ 17", self._print("archive_amendment", amendment))
        self.assertIn("Абдыраева", self._print("archive_handover"))

    def test_there_is_no_amendment_before_the_archiving(self):
        self.to_printed(paper=False)
        with self.assertRaises(UserError):
            self.env["ejournal.archive.amendment"].with_user(self.deputy).create(
                {
                    "book_id": self.book().id,
                    "sheet_id": self.book().sheet_ids[1].id,
                    "field_name": "x",
                    "order_ref": "1",
                    "reason": "x",
                }
            )

    # ---- verify ----------------------------------------------------------------------

    def _alter(self, table, column, value, record):
        """As somebody with the database's password."""
        self.env.cr.execute(
            f"ALTER TABLE {table} DISABLE TRIGGER USER;"  # pylint: disable=sql-injection
            f"UPDATE {table} SET {column} = %s WHERE id = %s;"
            f"ALTER TABLE {table} ENABLE TRIGGER USER",
            [value, record.id],
        )
        self.env.invalidate_all()

    def test_an_altered_cell_is_named_by_sheet_pupil_and_lesson(self):
        self.to_signed()
        self.assertTrue(self.archive.verify()["ok"])
        book = json.loads(self.raw(self.book()))
        book["sheets"][1]["data"]["cells"][1][1] = "2"
        raw = snapshot.canonical(book)
        self._alter(
            "ejournal_archive_book", "snapshot", base64.b64encode(raw), self.book()
        )
        problem = self.archive.verify()["problem"]
        self.assertEqual(problem["sheet"], 2)
        self.assertIn("Ермеков", problem["pupil"])
        self.assertEqual(problem["lesson"], "2026-09-14")
        with self.assertRaises(UserError):
            self.archive.receiver = "Абдыраева Н."
            self.archive.action_archive()

    def test_one_altered_byte_anywhere_is_found(self):
        self.to_signed()
        book = self.book()
        raw = self.raw(book)
        sheet = book.sheet_ids[2]
        for table, column, value, record in (
            ("ejournal_archive_book", "snapshot", base64.b64encode(raw[:-1]), book),
            (
                "ejournal_archive_book",
                "snapshot",
                base64.b64encode(raw.replace(b'"2026/27"', b'"2026/28"')),
                book,
            ),
            ("ejournal_archive_book", "digest", "0" * 64, book),
            ("ejournal_archive_book", "previous_digest", "1" * 64, book),
            ("ejournal_archive_sheet", "digest", "0" * 64, sheet),
            ("ejournal_archive", "manifest", "{}", self.archive),
            ("ejournal_archive", "digest", "0" * 64, self.archive),
            (
                "ejournal_archive_signature",
                "digest",
                "0" * 64,
                self.archive.signature_ids[-1],
            ),
        ):
            with self.subTest(f"{table}.{column}"):
                self.env.cr.execute("SAVEPOINT altered")
                self._alter(table, column, value, record)
                try:
                    self.assertFalse(self.archive.verify()["ok"])
                except (KeyError, ValueError) as error:
                    self.fail(f"not noticed but broken: {error!r}")
                self.env.cr.execute("ROLLBACK TO altered")
                self.env.invalidate_all()
        self.assertTrue(self.archive.verify()["ok"])

    # ---- bad luck --------------------------------------------------------------------

    def test_one_bad_class_does_not_stop_the_others(self):
        original = type(self.env["ejournal.archive.book"])._draw

        def draw(book):
            if book.class_id == self.class_a:
                raise printing.PrintError("memory", "512")
            return original(book)

        self.school._ejournal_settings().archive_on_paper = False
        self.archive.action_print()
        with patch.object(type(self.env["ejournal.archive.book"]), "_draw", draw):
            self.draw()
        self.assertEqual(self.book().state, "failed")
        self.assertIn("memory", self.book().error)
        self.assertEqual(self.book(self.class_b).state, "ready")
        self.assertEqual(self.archive.state, "draft")
        self.archive.action_retry()
        self.draw()
        self.assertEqual(self.archive.state, "printed")

    def test_a_print_that_was_killed_is_done_once_more(self):
        self.archive.action_print()
        for reason in ("killed", "memory", "time", "broken"):
            error = printing.PrintError(reason, "SIGKILL")
            with patch.object(printing, "_run", side_effect=error):
                self.draw()
            self.assertEqual(self.book().state, "failed")
            self.assertFalse(self.book().snapshot, "nothing half done is kept")
            self.archive.action_retry()
        self.draw()
        self.assertEqual(self.archive.state, "printed")

    def test_a_missing_renderer_is_said_before_anything_begins(self):
        with patch.object(printing, "missing", return_value="libpango"):
            with self.assertRaisesRegex(UserError, "libpango"):
                self.archive.action_print()
        self.assertFalse(self.archive.book_ids)

    def test_what_was_printed_before_the_server_died_is_not_printed_again(self):
        self.school._ejournal_settings().archive_on_paper = False
        self.archive.action_print()
        self.book()._draw_or_say()
        nonce = self.book()._book()["head"]["nonce"]
        self.draw()
        self.assertEqual(self.book()._book()["head"]["nonce"], nonce)
        self.assertEqual(self.archive.state, "printed")

    def test_the_scheduled_action_prints_in_the_background(self):
        self.school._ejournal_settings().archive_on_paper = False
        self.archive.action_print()
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                "school_ejournal_reports.ir_cron_archive_draw"
            ).method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(self.archive.state, "printed")
        self.assertEqual(self.archive.printed_by_id, self.deputy)
        self.assertEqual(self.archive.progress, "2 / 2")

    def test_a_class_without_pupils_is_told_of_and_has_its_book(self):
        empty = self.env["ejournal.class"].create(
            {"year_id": self.year.id, "grade": 9, "letter": "Б"}
        )
        self.archive.invalidate_recordset()
        self.assertIn("9-Б", self.archive.missing)
        self.archive.action_print()
        self.draw()
        self.assertEqual(self.book(empty).state, "ready")
        self.assertGreater(self.book(empty).page_count, 3)

    def test_a_class_of_55_with_long_names_fits_its_pages(self):
        """The machine reads the pages back, so a line that slips is refused."""
        with_passage(self.quarter).write({"state": "open"})
        class_ = self.env["ejournal.class"].create(
            {"year_id": self.year.id, "grade": 8, "letter": "В"}
        )
        long = "Абдырахманова-Жумабаева-Токтогулова-Бекмурзаева-Ңурманбетова"
        names = [long if n % 9 == 4 else f"Өмүрбекова{n}" for n in range(55)]
        pupils = self._make_pupils(class_, names)
        journal = self._make_journal(self.physics, class_, self.teacher)
        text = "Ң" + "узундук " * 300 + "😀"
        lesson = self._make_lesson(
            journal, "2026-09-07", 1, topic="Тема", homework=text
        )
        work = self._work(lesson)
        for pupil in pupils[::2]:
            self._mark(work, pupil, "4")
        with_passage(self.quarter).write({"state": "closed"})
        self.archive.action_print()
        book = self.book(class_)
        book._draw_or_say()
        self.assertFalse(book.error)
        pages = text_of(book._bytes("pdf"))
        self.assertEqual(len(pages), book.page_count)
        self.assertIn(long, squeezed(pages[1]))
        self.assertIn("[U+1F600]", squeezed(pages[2]))

    def test_a_clock_set_back_breaks_no_chain(self):
        self.to_archived()
        second = self.calendar.period_ids.filtered(
            lambda p: p.kind == "quarter" and p.sequence == 2
        )
        with_passage(second).write({"state": "closed"})
        with freeze_time("2026-11-01 04:00:00"):
            later = (
                self.env["ejournal.archive"]
                .with_user(self.deputy)
                .create({"year_id": self.year.id, "kind": "quarter", "sequence": 2})
            )
            later.action_print()
            for book in later.sudo().book_ids:
                book._draw_or_say()
            later.sudo()._after_drawing()
        own = later.sudo().book_ids.filtered(lambda b: b.class_id == self.class_a)
        self.assertEqual(own.previous_digest, self.book().digest)
        self.assertEqual(later.previous_digest, self.archive.digest)
        self.assertTrue(later.verify()["ok"])
        self.assertTrue(self.archive.verify()["ok"])
