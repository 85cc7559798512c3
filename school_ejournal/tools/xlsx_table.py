"""Rows of an Excel workbook, read without trust in whoever made it.

Nothing is computed: a formula is told from a value, never executed. Size, number of rows
and the unpacked size are limited, and workbooks that bring an XML document type (the way
to blow up a parser) are refused.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from .input_file import InputFileError

MAX_BYTES = 20 * 2**20
MAX_UNPACKED = 150 * 2**20
MAX_STRINGS = 40 * 2**20  # the shared strings are held in memory as a whole
MAX_ROWS = 50_000
MAX_COLUMNS = 100
LAST_ROW = 1_048_576  # of Excel; a file may claim any

TEXT, BLANK, NUMBER, DATE, OTHER, FORMULA, ERROR = (
    "text",
    "blank",  # nothing but spaces
    "number",
    "date",
    "other",
    "formula",
    "error",
)
_DOCTYPE = re.compile(
    b"|".join(
        re.escape("<!DOCTYPE".encode(code))
        for code in ("utf-8", "utf-16-le", "utf-16-be")
    )
)
_CHUNK = 2**20
# a false size, a password, an unknown way of packing, a damaged file
_UNPACKING_ERRORS = (
    zipfile.BadZipFile,
    RuntimeError,
    NotImplementedError,
    OSError,
    EOFError,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell.

    ``value`` is a str for text, blanks, formulas and errors, int or float for numbers,
    ``datetime.date`` for dates.
    """

    kind: str
    value: object

    @property
    def text(self):
        """The value as text: whole numbers without a fraction, one space for many."""
        value = self.value
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return " ".join(str(value).split())


@dataclass(frozen=True, slots=True)
class Row:
    """A row with something in it: its number in the sheet, ``{column: Cell}``."""

    number: int
    cells: dict


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    rows: list


def read_workbook(content):
    """The visible sheets of a workbook.

    :param content: bytes of an .xlsx file
    :returns: list of :class:`Sheet`; empty rows and cells are left out
    :raises InputFileError: the file is too large, no workbook, or not to be trusted
    """
    _check_package(content)
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=False, keep_links=False
        )
        try:
            return _read_sheets(book)
        finally:
            book.close()
    except InputFileError:
        raise
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        EOFError,
        OSError,
        zlib.error,
        SyntaxError,  # of the XML inside, whichever parser openpyxl uses
    ) as error:
        raise InputFileError("broken_workbook") from error


def _check_package(content):
    """Refuse what is no workbook or would not fit into memory once unpacked."""
    if len(content) > MAX_BYTES:
        raise InputFileError("too_large", limit=MAX_BYTES // 2**20)
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise InputFileError("no_workbook") from error
    with package:
        parts = package.infolist()
        if "xl/workbook.xml" not in {part.filename for part in parts}:
            raise InputFileError("no_workbook")
        if sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise InputFileError("too_large_unpacked", limit=MAX_UNPACKED // 2**20)
        for part in parts:
            if (
                "sharedstrings" in part.filename.lower()
                and part.file_size > MAX_STRINGS
            ):
                raise InputFileError("too_large_unpacked", limit=MAX_STRINGS // 2**20)
            if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                _refuse_document_type(package, part)


def _refuse_document_type(package, part):
    tail = b""
    try:
        with package.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                if _DOCTYPE.search(tail + chunk):
                    raise InputFileError("document_type")
                tail = chunk[-32:]
    except _UNPACKING_ERRORS as error:
        raise InputFileError("broken_workbook") from error


def _read_sheets(book):
    sheets, total = [], 0
    for worksheet in book.worksheets:
        if getattr(worksheet, "sheet_state", "visible") != "visible":
            continue
        # what the file claims about its size is not believed
        worksheet.reset_dimensions()
        rows = []
        for number, cells in enumerate(worksheet.iter_rows(max_col=MAX_COLUMNS), 1):
            found = {
                column: cell
                for column, raw in enumerate(cells)
                if (cell := _cell_of(raw)) is not None
            }
            if any(cell.kind != BLANK for cell in found.values()):
                rows.append(Row(number, found))
                total += 1
            if total > MAX_ROWS or number > LAST_ROW:
                raise InputFileError("too_many_rows", limit=MAX_ROWS)
        sheets.append(Sheet(worksheet.title, rows))
    return sheets


def _cell_of(raw):
    value = raw.value
    if value is None:
        return None
    if raw.data_type == "f":
        text = value if isinstance(value, str) else getattr(value, "text", None)
        return Cell(FORMULA, text or "=")
    if raw.data_type == "e":
        return Cell(ERROR, str(value))
    if isinstance(value, datetime):
        return Cell(DATE, value.date())
    if isinstance(value, date):
        return Cell(DATE, value)
    if isinstance(value, bool):
        return Cell(OTHER, value)
    if isinstance(value, int | float):
        return Cell(NUMBER, value)
    if isinstance(value, str):
        return Cell(TEXT if value.strip() else BLANK, value)
    return Cell(OTHER, value)
