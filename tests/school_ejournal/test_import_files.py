"""The readers of files, without a database: what they take and what they refuse."""

import io
import zipfile
from datetime import date, datetime

from openpyxl import Workbook

from odoo.tests import BaseCase, tagged

from odoo.addons.school_ejournal.tools import asc_timetable, xlsx_table
from odoo.addons.school_ejournal.tools.input_file import InputFileError
from odoo.addons.school_ejournal.tools.person_values import (
    ValueFault,
    phone_key,
    read_date,
    read_email,
    read_full_name,
    read_gender,
    read_name,
    read_phone,
    read_pin,
    read_relation,
)
from odoo.addons.school_ejournal.tools.school_year import school_year_at
from odoo.addons.school_ejournal.tools.table_columns import (
    PUPIL_COLUMNS,
    TEACHER_COLUMNS,
    find_header,
)
from odoo.addons.school_ejournal.tools.translit import login_of
from odoo.addons.school_ejournal.tools.xlsx_table import (
    BLANK,
    DATE,
    FORMULA,
    NUMBER,
    TEXT,
    Cell,
    Row,
    read_workbook,
)

from .import_common import Timetable, workbook


def text(value):
    return Cell(TEXT, value)


def row(number, *values):
    cells = {place: text(value) for place, value in enumerate(values) if value}
    return Row(number, cells)


@tagged("post_install", "-at_install")
class TestWorkbook(BaseCase):
    def assert_refused(self, content, code):
        with self.assertRaises(InputFileError) as caught:
            read_workbook(content)
        self.assertEqual(caught.exception.code, code)

    def test_numbers_of_rows_are_those_of_the_sheet(self):
        book = Workbook()
        book.active["B2"] = "x"
        book.active["A7"] = 12.0
        book.active["C7"] = "   "
        [sheet] = read_workbook(_bytes(book))
        self.assertEqual([r.number for r in sheet.rows], [2, 7])
        self.assertEqual(sheet.rows[1].cells[0].text, "12")
        self.assertEqual(sheet.rows[1].cells[2].kind, BLANK)

    def test_a_formula_is_seen_and_not_computed(self):
        book = Workbook()
        book.active.append(["=1+1", datetime(2015, 2, 1), 5])
        cells = read_workbook(_bytes(book))[0].rows[0].cells
        self.assertEqual(cells[0], Cell(FORMULA, "=1+1"))
        self.assertEqual(cells[1], Cell(DATE, date(2015, 2, 1)))
        self.assertEqual(cells[2].kind, NUMBER)

    def test_hidden_sheets_are_left_alone(self):
        book = Workbook()
        book.active.append(["x"])
        book.create_sheet("secret").append(["y"])
        book["secret"].sheet_state = "hidden"
        self.assertEqual([s.name for s in read_workbook(_bytes(book))], ["Sheet"])

    def test_other_files_are_refused(self):
        for content in (b"", b"PK\3\4", b"a;b;c", Timetable().xml()):
            self.assert_refused(content, "no_workbook")

    def test_a_damaged_workbook_is_refused(self):
        content = _with_part(workbook(), "xl/worksheets/sheet1.xml", b"<worksheet><row")
        self.assert_refused(content, "broken_workbook")

    def test_a_workbook_with_a_document_type_is_refused(self):
        for encoding in ("utf-8", "utf-16"):
            bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><sst>&b;</sst>'
            content = _with_part(workbook(), "xl/other.xml", bomb.encode(encoding))
            self.assert_refused(content, "document_type")

    def test_a_workbook_that_swells_is_refused(self):
        zeros = b"0" * (xlsx_table.MAX_UNPACKED + 1)
        content = _with_part(workbook(), "xl/media/a.bin", zeros)
        self.assertLess(len(content), xlsx_table.MAX_BYTES)
        self.assert_refused(content, "too_large_unpacked")
        self.assert_refused(b"0" * (xlsx_table.MAX_BYTES + 1), "too_large")

    def test_more_rows_than_a_school_has_are_refused(self):
        limit, xlsx_table.MAX_ROWS = xlsx_table.MAX_ROWS, 3
        self.addCleanup(setattr, xlsx_table, "MAX_ROWS", limit)
        self.assert_refused(workbook(["a"], ["b"], ["c"]), "too_many_rows")

    def test_a_row_far_away_does_not_keep_the_reader_busy(self):
        sheet = (
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            b'<sheetData><row r="99999999999"><c r="A1" t="inlineStr"><is><t>x</t></is>'
            b"</c></row></sheetData></worksheet>"
        )
        content = _with_part(workbook(), "xl/worksheets/sheet1.xml", sheet)
        self.assert_refused(content, "too_many_rows")


@tagged("post_install", "-at_install")
class TestColumns(BaseCase):
    def test_headers_in_three_languages_and_any_order(self):
        for headers in (
            ("Аты", "Фамилиясы", "Класс", "Ким болот 2", "2-ата-эне"),
            ("Имя", "ФАМИЛИЯ", "Класс:", "Кем приходится 2", "Родитель 2"),
            ("First name", "Surname", "Class", "Relation 2", "Parent 2"),
        ):
            header = find_header([row(1, *headers)], PUPIL_COLUMNS)
            self.assertEqual(
                header.places,
                {
                    ("first_name", 1): 0,
                    ("last_name", 1): 1,
                    ("class_name", 1): 2,
                    ("relation", 2): 3,
                    ("parent", 2): 4,
                },
            )
            self.assertFalse(header.missing)

    def test_the_second_phone_is_the_second_parents(self):
        header = find_header([row(1, "Аты", "Телефон", "Телефон")], PUPIL_COLUMNS)
        self.assertEqual(header.places["phone", 2], 2)

    def test_look_alike_letters_in_headers(self):
        header = find_header([row(1, "Аты", "Еmail", "Kласс")], PUPIL_COLUMNS)
        self.assertIn(("email", 1), header.places)
        self.assertIn(("class_name", 1), header.places)

    def test_headers_below_a_title(self):
        rows = [row(1, "Мектеп №5"), row(3, "Фамилия", "Имя", "Кабинет")]
        header = find_header(rows, TEACHER_COLUMNS)
        self.assertEqual(header.row, 3)
        self.assertEqual(header.unknown, ("Кабинет",))

    def test_missing_and_repeated_columns_are_told(self):
        header = find_header([row(1, "Аты", "ПИН", "ПИН")], PUPIL_COLUMNS)
        self.assertEqual(header.twice, ("ПИН",))
        self.assertEqual(
            {column.field for column in header.missing}, {"class_name", "last_name"}
        )

    def test_a_whole_name_replaces_its_parts(self):
        header = find_header([row(1, "ФИО", "Класс")], PUPIL_COLUMNS)
        self.assertFalse(header.missing)

    def test_a_sheet_without_headers(self):
        self.assertIsNone(find_header([row(1, "a"), row(2, "b")], PUPIL_COLUMNS))


@tagged("post_install", "-at_install")
class TestValues(BaseCase):
    def assert_fault(self, reader, cell, code):
        with self.assertRaises(ValueFault) as caught:
            reader(cell)
        self.assertEqual(caught.exception.code, code)

    def test_dates(self):
        day = date(2015, 2, 1)
        for value in ("1.2.2015", "01.02.2015 г.", "2015-02-01", "1/2/2015"):
            self.assertEqual(read_date(text(value)), day)
        self.assertEqual(read_date(Cell(DATE, day)), day)
        self.assertEqual(read_date(Cell(NUMBER, 42036)), day)
        self.assertIsNone(read_date(None))
        self.assertIsNone(read_date(text("—")))
        self.assert_fault(read_date, text("31.02.2015"), "impossible_date")
        self.assert_fault(read_date, text("01.02.0015"), "impossible_date")
        self.assert_fault(read_date, text("кечээ"), "no_date")
        self.assert_fault(read_date, Cell(NUMBER, 1e9), "no_date")

    def test_names(self):
        self.assertEqual(read_name(text("  Acанoв ")), "Асанов")
        self.assertEqual(read_name(Cell(BLANK, "   ")), "")
        for sign in "=+-@":
            self.assert_fault(read_name, text(f"{sign}cmd"), "formula")
        self.assert_fault(read_name, Cell(FORMULA, "=A1"), "formula")
        self.assert_fault(read_name, text("А" * 65), "too_long")
        self.assert_fault(read_name, text("123"), "not_a_name")
        self.assert_fault(read_name, Cell(NUMBER, 5), "not_a_name")

    def test_whole_names(self):
        self.assertEqual(
            read_full_name(text("Асанова Айгүл Бакыт кызы")),
            ("Асанова", "Айгүл", "Бакыт кызы"),
        )
        self.assertEqual(
            read_full_name(text("Асан уулу Нурлан")), ("Асан уулу", "Нурлан", "")
        )
        self.assert_fault(read_full_name, text("Асанова"), "one_word_name")

    def test_words(self):
        for word in ("ж", "Ж.", "кыз", "девочка", "female"):
            self.assertEqual(read_gender(text(word)), "female")
        for word in ("апасы", "Мать", "mother"):
            self.assertEqual(read_relation(text(word)), "mother")
        self.assertEqual(read_relation(text("чоң апасы")), "grandparent")
        self.assert_fault(read_gender, text("?"), "no_gender")
        self.assert_fault(read_relation, text("кошуна"), "no_relation")

    def test_numbers(self):
        self.assertEqual(read_pin(Cell(NUMBER, 12202201984549)), "12202201984549")
        self.assertEqual(read_pin(text("1220 2201984549")), "12202201984549")
        self.assert_fault(read_pin, text("№ 5"), "no_pin")
        self.assertEqual(read_phone(text("+996 (700) 11-22-33")), "+996 (700) 11-22-33")
        self.assertEqual(phone_key("+996 700 112233"), phone_key("0700112233"))
        for value in ("телефону жок", "12", "=1"):
            self.assert_fault(read_phone, text(value), "no_phone")
        self.assertEqual(read_email(text("a.b@example.com")), "a.b@example.com")
        for value in ("not-an-email", "a@b", "a b@example.com", "a@example..com"):
            self.assert_fault(read_email, text(value), "no_email")

    def test_logins(self):
        self.assertEqual(login_of("Өмүрбекова", "Үмүт", set()), "omurbekova.umut")
        taken = {"omurbekova.umut", "omurbekova.umut2"}
        self.assertEqual(login_of("Өмүрбекова", "Үмүт", taken), "omurbekova.umut3")

    def test_school_years(self):
        self.assertEqual(school_year_at(date(2026, 7, 1)).date_start, date(2026, 9, 1))
        year = school_year_at(date(2027, 2, 1))
        self.assertEqual(year.date_start, date(2026, 9, 1))
        spans = sorted([*year.quarters, *(h[1:] for h in year.holidays)])
        self.assertLess(year.quarters[0][1], year.quarters[1][0])
        self.assertTrue(all(start <= end for start, end in spans))


@tagged("post_install", "-at_install")
class TestAscTimetable(BaseCase):
    def assert_refused(self, content, code):
        with self.assertRaises(InputFileError) as caught:
            asc_timetable.read_timetable(content)
        self.assertEqual(caught.exception.code, code)

    def test_lessons_and_cards(self):
        file = Timetable()
        file.lesson((0, 1), (4, 3), weeks="10", length=2, hours=2)
        timetable = asc_timetable.read_timetable(file.xml())
        lesson = timetable.lessons["*1"]
        self.assertEqual((lesson.week, lesson.length, lesson.hours), ("odd", 2, 2.0))
        self.assertEqual(
            [(c.weekdays, c.number) for c in timetable.cards], [((0,), 1), ((4,), 3)]
        )
        self.assertEqual(timetable.periods[0].start, 8 * 60 + 30)

    def test_windows_1251(self):
        file = Timetable()
        # no Kyrgyz letters exist in this encoding
        file.teachers = [("*1", "Иванов Пётр")]
        file.groups = []
        file.lesson((0, 1))
        content = file.xml("windows-1251")
        self.assertIn("Иванов".encode("cp1251"), content)
        timetable = asc_timetable.read_timetable(content)
        self.assertEqual(timetable.teachers["*1"].name, "Иванов Пётр")

    def test_the_form_of_2012(self):
        xml = """<timetable>
            <weeksdefs><weeksdef id="W2" weeks="01"/></weeksdefs>
            <groups><group id="G" name="A" classid="C" entireclass="1"/></groups>
            <lessons>
              <lesson id="L" subjectid="S" groupids="G" teacherids="T" weeksdefid="W2"
                periodspercard="1" periodsperweek="0,5"/>
            </lessons>
            <cards><card lessonid="L" period="3" days="00100" weeks="01"/></cards>
            </timetable>"""
        timetable = asc_timetable.read_timetable(xml.encode())
        lesson, card = timetable.lessons["L"], timetable.cards[0]
        self.assertEqual(
            (lesson.week, lesson.hours, lesson.class_ids), ("even", 0.5, ("C",))
        )
        self.assertEqual((card.weekdays, card.number, card.week), ((2,), 3, "even"))

    def test_a_rhythm_of_three_weeks_is_no_week_of_ours(self):
        file = Timetable()
        file.lesson((0, 1), weeks="100")
        self.assertIsNone(asc_timetable.read_timetable(file.xml()).lessons["*1"].week)

    def test_senseless_numbers_are_not_taken(self):
        for number in ("inf", "nan", "-3", "1e300", "x"):
            file = Timetable()
            file.lesson((0, 1), length=number, hours=number)
            lesson = asc_timetable.read_timetable(file.xml()).lessons["*1"]
            self.assertEqual((lesson.length, lesson.hours), (1, 0.0))

    def test_entities_are_refused(self):
        attack = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>\n'
        self.assert_refused(Timetable().xml(before=attack), "document_type")
        laughs = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]>\n'
        self.assert_refused(Timetable().xml(before=laughs), "document_type")

    def test_other_files_are_refused(self):
        for content in (b"", b"<timetable>", b"PK\3\4", "<a>ё</a>".encode("cp1251")):
            self.assert_refused(content, "broken_xml")
        for content in (b"<a/>", b"<timetable/>"):
            self.assert_refused(content, "no_timetable")
        self.assert_refused(b" " * (asc_timetable.MAX_BYTES + 1), "too_large")


def _bytes(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _with_part(content, name, part):
    """The workbook with one part put in or replaced."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry.filename, old.read(entry))
        new.writestr(name, part)
    return stream.getvalue()
