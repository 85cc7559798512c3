"""Tables as an Excel workbook: real numbers and dates, and no text that runs.

Text is written as text, whatever it begins with: a name that is typed as «=1+1» stays a
name, in the workbook and in what is copied from it.
"""

import io
from datetime import date, datetime
from typing import NamedTuple

import xlsxwriter

_RISKY = ("=", "+", "-", "@", "\t", "\r")
_BAD_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
NOTHING = "—"


class Sheet(NamedTuple):
    """A table: ``columns`` are ``(heading, width)``; cells str, int, float, date, bool or
    None, which is shown as «—». ``heading`` are lines above the table."""

    name: str
    columns: list
    rows: list
    heading: tuple = ()


def workbook(sheets):
    """The bytes of a workbook with these sheets."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    formats = {
        "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1}),
        "title": book.add_format({"bold": True}),
        "date": book.add_format({"num_format": "dd.mm.yyyy"}),
        "quoted": book.add_format({"quote_prefix": True}),
    }
    taken = set()
    for sheet in sheets:
        page = book.add_worksheet(_sheet_name(sheet.name, taken))
        _write_sheet(page, sheet, formats)
    book.close()
    return target.getvalue()


def _sheet_name(name, taken):
    """What Excel takes for a name: 31 characters, some of them not, each name once."""
    plain = (name or "").translate(_BAD_IN_NAMES).strip("'")[:31] or "Sheet"
    number, unique = 1, plain
    while unique.casefold() in taken:
        number += 1
        unique = f"{plain[:27]} {number}"
    taken.add(unique.casefold())
    return unique


def _write_sheet(page, sheet, formats):
    for place, (_heading, width) in enumerate(sheet.columns):
        page.set_column(place, place, width)
    row = 0
    for line in sheet.heading:
        _write_cell(page, row, 0, line, formats, formats["title"])
        row += 1
    for place, (heading, _width) in enumerate(sheet.columns):
        _write_cell(page, row, place, heading, formats, formats["head"])
    page.freeze_panes(row + 1, 1)
    for number, values in enumerate(sheet.rows, row + 1):
        for place, value in enumerate(values):
            _write_cell(page, number, place, value, formats)


def _write_cell(page, row, column, value, formats, style=None):
    if value is None or value is False:
        page.write_string(row, column, NOTHING, style)
    elif isinstance(value, bool):
        page.write_string(row, column, "✓", style)
    elif isinstance(value, int | float):
        page.write_number(row, column, value, style)
    elif isinstance(value, date | datetime):
        page.write_datetime(row, column, value, style or formats["date"])
    else:
        text = str(value)
        if style is None and text.startswith(_RISKY):
            style = formats["quoted"]
        page.write_string(row, column, text, style)
