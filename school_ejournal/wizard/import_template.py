"""Empty lists to fill in: an Excel workbook with headers in the reader's language."""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

PARENTS = 2
_WIDTH = 22
_HEAD = PatternFill("solid", start_color="FFE8EEF7")
_EXPLANATIONS = {
    "class_name": _lt(
        "Needed. Grade and letter: 7-А. A class that is missing is made."
    ),
    "last_name": _lt("Needed, unless the whole name stands in one column."),
    "first_name": _lt("Needed, unless the whole name stands in one column."),
    "patronymic": _lt("May be empty."),
    "birth_date": _lt("Day, month, year: 31.12.2015."),
    "gender": _lt("ж or м."),
    "pin": _lt("14 digits. It tells pupils of the same name apart."),
    "address": _lt("May be empty."),
    "subgroup": _lt("Name of the subgroup in the class; several with commas between."),
    "parent": _lt("Last name, first name, patronymic of a parent in one cell."),
    "relation": _lt("Who the parent is: апасы, атасы, мать, отец, mother, father …"),
    "phone": _lt("Digits, as +996 700 123456."),
    "email": _lt("May be empty. Two people never share an e-mail address."),
    "number": _lt("May be empty; the topics stand in the order of the rows."),
    "topic": _lt("Needed. What the lesson is about."),
    "hours": _lt("Lessons that the topic takes; 1 when it is empty."),
    "date": _lt("Day of the first lesson: 14.10.2026. May be empty."),
    "outcome": _lt("May be empty."),
    "homework": _lt("Is offered with the topic. May be empty."),
    "control": _lt("+ for a control work; told from the topic when it is empty."),
}
_LEFT_OUT = ("full_name", "quarter")


def make_template(env, columns, title):
    """A workbook with one sheet to fill in and one that explains the columns.

    :param columns: :mod:`tools.table_columns`
    :param title: name of the sheet and of the file
    :returns: ``(file name, bytes)``
    """
    language = (env.lang or "en")[:2]
    book = Workbook()
    sheet = book.active
    sheet.title = title
    titles = list(_titles(columns, language))
    for place, (header, _column) in enumerate(titles, 1):
        cell = sheet.cell(1, place, header)
        cell.font, cell.fill = Font(bold=True), _HEAD
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = _WIDTH
        # numbers and phones stay as they are typed
        sheet.column_dimensions[letter].number_format = "@"
    sheet.freeze_panes = "A2"
    _explain(book.create_sheet(env._("How to fill in")), env, titles)
    stream = io.BytesIO()
    book.save(stream)
    return f"{title}.xlsx", stream.getvalue()


def _titles(columns, language):
    """Headers in order; those of the parents once for each parent."""
    once = [c for c in columns if not c.numbered and c.field not in _LEFT_OUT]
    for column in once:
        yield column.titles.get(language, column.titles["en"])[0], column
    for number in range(1, PARENTS + 1):
        for column in columns:
            if column.numbered:
                title = column.titles.get(language, column.titles["en"])[0]
                yield (title if number == 1 else f"{title} {number}"), column


def _explain(sheet, env, titles):
    sheet.column_dimensions["A"].width = _WIDTH
    sheet.column_dimensions["B"].width = 4 * _WIDTH
    for place, (header, column) in enumerate(titles, 1):
        sheet.cell(place, 1, header).font = Font(bold=True)
        text = sheet.cell(place, 2, env._(_EXPLANATIONS[column.field]))
        text.alignment = Alignment(wrap_text=True)
