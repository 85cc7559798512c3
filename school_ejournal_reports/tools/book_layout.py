"""Where each cell of a printed page stands, in millimetres.

The pages of the archive are laid out here and not by the renderer: so a sheet is always
one page, its number is known before it is drawn, a drawing has few parts, and the
machine that checks a print knows where each word must be.
"""

from functools import lru_cache
from typing import NamedTuple

from odoo.addons.school_ejournal.tools import printing

PAGE_WIDTH, PAGE_HEIGHT = 210, 297
BINDING, OUTER = 18, 10
WIDTH = PAGE_WIDTH - BINDING - OUTER
TOP, BOTTOM = 34, 266
SPACE = BOTTOM - TOP

MAX_COLUMNS = 24
MAX_ROW, MIN_ROW = 6.4, 3.6
_NUMBER, _NAME, _CELL, _PERIOD = 7, 44, 5, 9
_LESSON_WIDTHS = (8, 15, 56, 40, 42, 21)
_TEXT_SIZES = (2.9, 2.5, 2.1, 1.7, 1.3)
_LEADING = 1.22
_PAD = 0.9


class Cell(NamedTuple):
    """A box on the page; ``lines`` are drawn one below the other."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple = ()
    size: float = 3.2
    bold: bool = False
    align: str = "middle"
    fill: str = ""
    flag: bool = False

    @property
    def text(self):
        return " ".join(self.lines)


# ---- measuring -------------------------------------------------------------------------


@lru_cache(maxsize=2)
def _widths(bold):
    return printing.advances("PTN77F" if bold else "PTN57F")


def text_width(text, size, bold=False):
    """Width of a line in PT Sans Narrow, mm."""
    widths = _widths(bold)
    return sum(widths.get(char, 0.6) for char in text) * size


@lru_cache(maxsize=4096)
def fitted(text, width, size, bold=False):
    """The largest size up to ``size`` at which a line fits."""
    needed = text_width(text, size, bold) * 1.02
    return size if needed <= width else round(size * width / needed, 3)


@lru_cache(maxsize=4096)
def wrapped(text, width, size):
    """Lines of a text that fit a width; a word too long for it is cut."""
    lines, line = [], ""
    room = width / 1.03
    for word in text.split():
        for piece in _pieces(word, room, size):
            longer = f"{line} {piece}" if line else piece
            if text_width(longer, size) <= room:
                line = longer
            else:
                if line:
                    lines.append(line)
                line = piece
    return tuple([*lines, line] if line else lines)


def _pieces(word, room, size):
    piece = ""
    for char in word:
        if piece and text_width(piece + char, size) > room:
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


# ---- pages -----------------------------------------------------------------------------


def left_edge(number):
    """Where the content of a page begins: odd pages are bound on the left."""
    return BINDING if number % 2 else OUTER


def layout(leaf, words):
    """The cells of a leaf.

    :param leaf: see :mod:`snapshot`
    :param words: ``{name: (Kyrgyz, Russian)}`` of the heads of columns
    :returns: list of :class:`Cell`; empty for pages without a table
    """
    lay = _LAYOUTS.get(leaf["kind"])
    return lay(leaf["data"], words, left_edge(leaf["number"])) if lay else []


def _head(x, y, width, height, words, size=2.7):
    """A head in two languages, or one line that is a date."""
    lines = tuple(words) if isinstance(words, list | tuple) else (words,)
    lines = tuple(dict.fromkeys(lines))
    size = min(fitted(line, width - 0.6, size, bold=True) for line in lines)
    return Cell(x, y, width, height, lines, size, True, fill="#ececec")


def row_height(count, head):
    return max(MIN_ROW, min(MAX_ROW, (SPACE - head) / max(count, 1)))


def _pupil_cells(pupils, x, y, height):
    for row, pupil in enumerate(pupils):
        top = y + row * height
        fill = "#f6f6f6" if row % 2 else ""
        size = min(3.3, height * 0.62)
        yield Cell(x, top, _NUMBER, height, (str(pupil["number"]),), size, fill=fill)
        name = printing.printable(pupil["name"])
        room = _NAME - 2 * _PAD
        yield Cell(
            x + _NUMBER,
            top,
            _NAME,
            height,
            (name,),
            fitted(name, room, size),
            align="start",
            fill=fill,
        )


def _lay_marks(data, words, x):
    columns, pupils = data["columns"], data["pupils"]
    head = 9.6
    height = row_height(len(pupils), head)
    cells = [
        _head(x, TOP, _NUMBER, head, "№"),
        _head(x + _NUMBER, TOP, _NAME, head, words["full_name"]),
    ]
    left = x + _NUMBER + _NAME
    start = 0
    for index, column in enumerate(columns):
        month = column["date"][5:7]
        if index + 1 == len(columns) or columns[index + 1]["date"][5:7] != month:
            width = (index + 1 - start) * _CELL
            name = words[f"month_{int(month)}"]
            wide = text_width(name[0], 2.7, bold=True) < width
            label = name[0] if wide else month
            cells.append(_head(left + start * _CELL, TOP, width, 4.6, label))
            start = index + 1
        cells.append(
            _head(
                left + index * _CELL,
                TOP + 4.6,
                _CELL,
                5,
                (column["date"][8:], column["sign"])
                if column["sign"]
                else column["date"][8:],
                2.5,
            )
        )
    if "period_marks" in data:
        last = left + len(columns) * _CELL
        cells.append(_head(last, TOP, _PERIOD, head, data["period_sign"]))
    top = TOP + head
    cells += _pupil_cells(pupils, x, top, height)
    flags = {tuple(flag) for flag in data["flags"]}
    size = min(3.5, height * 0.68)
    for row, values in enumerate(data["cells"]):
        fill = "#f6f6f6" if row % 2 else ""
        for column, value in enumerate(values):
            text = (value,) if value else ()
            cells.append(
                Cell(
                    left + column * _CELL,
                    top + row * height,
                    _CELL,
                    height,
                    text,
                    fitted(value, _CELL - 0.4, size) if value else size,
                    fill=fill,
                    flag=(row, column) in flags,
                )
            )
        if "period_marks" in data:
            value = data["period_marks"][row]
            cells.append(
                Cell(
                    left + len(columns) * _CELL,
                    top + row * height,
                    _PERIOD,
                    height,
                    (value,) if value else (),
                    fitted(value, _PERIOD - 0.6, size, bold=True) if value else size,
                    True,
                    fill=fill,
                )
            )
    return cells


def _lesson_lines(lesson, size):
    """The wrapped texts of a lesson's row, one tuple of lines a column."""
    texts = (
        str(lesson["number"]),
        f"{lesson['date'][8:]}.{lesson['date'][5:7]}.{lesson['date'][2:4]}",
        lesson["topic"],
        lesson["classwork"],
        lesson["homework"],
        lesson["teacher"],
    )
    return [
        wrapped(printing.printable(text), width - 2 * _PAD, size)
        for text, width in zip(texts, _LESSON_WIDTHS, strict=True)
    ]


def _lesson_row(lesson):
    """``(lines a column, size, height)`` of a lesson's row; a very long text is small."""
    for size in _TEXT_SIZES:
        lines = _lesson_lines(lesson, size)
        height = max(map(len, lines)) * size * _LEADING + 2
        if height <= SPACE - 8:
            break
    return lines, size, max(height, 7.4)


def lesson_pages(lessons):
    """Divide lessons among pages.

    :returns: list of lists
    """
    pages, room = [[]], 0.0
    for lesson in lessons:
        height = _lesson_row(lesson)[2]
        if height > room:
            if pages[-1]:
                pages.append([])
            room = SPACE - 8
        pages[-1].append(lesson)
        room -= height
    return pages


def _lay_lessons(data, words, x):
    cells, left = [], x
    names = ("lesson_no", "date", "topic", "classwork", "homework", "teacher")
    for width, name in zip(_LESSON_WIDTHS, names, strict=True):
        cells.append(_head(left, TOP, width, 8, words[name]))
        left += width
    top = TOP + 8
    flags = {(flag[0], flag[1]) for flag in data["flags"]}
    for row, lesson in enumerate(data["lessons"]):
        columns, size, height = _lesson_row(lesson)
        left = x
        for width, lines, name in zip(_LESSON_WIDTHS, columns, names, strict=True):
            short = name in ("lesson_no", "date")
            cells.append(
                Cell(
                    left,
                    top,
                    width,
                    height,
                    lines,
                    size,
                    align="middle" if short else "start",
                    fill="#f6f6f6" if row % 2 else "",
                    flag=(lesson["id"], name) in flags,
                )
            )
            left += width
        top += height
    return cells


def _lay_counts(data, words, x):
    """Attendance: weeks of two columns, then totals."""
    pupils, columns = data["pupils"], data["columns"]
    head = 14
    height = row_height(len(pupils), head)
    cells = [
        _head(x, TOP, _NUMBER, head, "№"),
        _head(x + _NUMBER, TOP, _NAME, head, words["full_name"]),
    ]
    left = x + _NUMBER + _NAME
    width = min(9.0, (WIDTH - _NUMBER - _NAME) / max(len(columns), 1))
    for index, name in enumerate(columns):
        known = words.get(name)
        label = known or (f"{name[8:10]}.{name[5:7]}", f"{name[19:21]}.{name[16:18]}")
        if known:
            # two languages in a narrow column: broken at words, never shrunk to dust
            lines = dict.fromkeys(
                line for word in known for line in wrapped(word, width - 0.6, 1.9)
            )
            label = tuple(lines)
        cells.append(_head(left + index * width, TOP, width, head, label, 2.4))
    top = TOP + head
    cells += _pupil_cells(pupils, x, top, height)
    size = min(3.3, height * 0.66)
    for row, values in enumerate(data["cells"]):
        for column, value in enumerate(values):
            bold = columns[column] in words
            cells.append(
                Cell(
                    left + column * width,
                    top + row * height,
                    width,
                    height,
                    (value,) if value else (),
                    fitted(value, width - 0.6, size, bold) if value else size,
                    bold,
                    fill="#f6f6f6" if row % 2 else "",
                )
            )
    return cells


def _lay_summary(data, words, x):
    pupils, subjects = data["pupils"], data["subjects"]
    head = 22
    height = row_height(len(pupils), head)
    cells = [
        _head(x, TOP, _NUMBER, head, "№"),
        _head(x + _NUMBER, TOP, _NAME, head, words["full_name"]),
    ]
    left = x + _NUMBER + _NAME
    width = min(12.0, (WIDTH - _NUMBER - _NAME) / max(len(subjects), 1))
    for index, name in enumerate(subjects):
        lines = wrapped(printing.printable(name), width - 0.8, 2.3)[:8]
        cells.append(
            Cell(left + index * width, TOP, width, head, lines, 2.3, fill="#ececec")
        )
    top = TOP + head
    cells += _pupil_cells(pupils, x, top, height)
    size = min(3.5, height * 0.68)
    for row, values in enumerate(data["cells"]):
        for column, value in enumerate(values):
            cells.append(
                Cell(
                    left + column * width,
                    top + row * height,
                    width,
                    height,
                    (value,) if value else (),
                    fitted(value, width - 0.6, size, bold=True) if value else size,
                    True,
                    fill="#f6f6f6" if row % 2 else "",
                )
            )
    return cells


# Lists of text: name of the rows, then (field, width) a column.
LISTS = {
    "changes": (
        "changes",
        (
            ("date", 16),
            ("subject", 28),
            ("pupil", 36),
            ("what", 22),
            ("old", 18),
            ("new", 18),
            ("by", 24),
            ("at", 20),
        ),
    ),
    "remarks": (
        "remarks",
        (
            ("date", 17),
            ("subject", 30),
            ("text", 65),
            ("by", 28),
            ("due", 21),
            ("cleared", 21),
        ),
    ),
    "contents": ("contents", (("page", 14), ("subject", 100), ("teacher", 68))),
}


def _list_row(row, columns):
    for size in _TEXT_SIZES:
        lines = [
            wrapped(printing.printable(str(row[name])), width - 2 * _PAD, size)
            for name, width in columns
        ]
        height = max(1, *map(len, lines)) * size * _LEADING + 1.8
        if height <= SPACE - 10:
            break
    return lines, size, max(height, 5.4)


def list_pages(kind, rows):
    """Divide the rows of a list among pages; at least one page."""
    columns = LISTS[kind][1]
    pages, room = [[]], SPACE - 10
    for row in rows:
        height = _list_row(row, columns)[2]
        if height > room and pages[-1]:
            pages.append([])
            room = SPACE - 10
        pages[-1].append(row)
        room -= height
    return pages


def _lay_list(kind, data, words, x, top=TOP):
    name, columns = LISTS[kind]
    cells, left = [], x
    for field, width in columns:
        cells.append(_head(left, top, width, 8, words[field]))
        left += width
    top += 8
    for index, row in enumerate(data[name]):
        columns_lines, size, height = _list_row(row, columns)
        left = x
        for (_field, width), lines in zip(columns, columns_lines, strict=True):
            cells.append(
                Cell(
                    left,
                    top,
                    width,
                    height,
                    lines,
                    size,
                    align="start",
                    fill="#f6f6f6" if index % 2 else "",
                )
            )
            left += width
        top += height
    return cells


_LAYOUTS = {
    "marks": _lay_marks,
    "lessons": _lay_lessons,
    "attendance": _lay_counts,
    "summary": _lay_summary,
    "changes": lambda data, words, x: _lay_list("changes", data, words, x),
    "remarks": lambda data, words, x: _lay_list("remarks", data, words, x),
    "title": lambda data, words, x: _lay_list("contents", data, words, x, 120),
}
