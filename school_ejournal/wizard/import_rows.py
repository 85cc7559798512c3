"""Lists in a workbook: from sheets to rows whose cells can be asked by name."""

from ..tools.person_values import (
    ValueFault,
    read_full_name,
    read_name,
)
from ..tools.table_columns import NAME_WHOLE, find_header
from ..tools.xlsx_table import BLANK, read_workbook
from .import_base import NOTE, Fault


class ListRow:
    """A row of a list.

    Readers of :mod:`tools.person_values` are applied by :meth:`value_of`; what they refuse is
    kept in ``faults`` instead of being raised, so that a row tells all its faults at once.
    """

    def __init__(self, sheet, row, header):
        self.sheet = sheet
        self.number = row.number
        self._cells = row.cells
        self._places = header.places
        self._titles = header.titles
        self.faults = []
        self._refused = set()

    def cell(self, field, number=1):
        return self._cells.get(self._places.get((field, number)))

    def numbers_of(self, *fields):
        """Numbers of the columns that stand there several times, as for parents."""
        return sorted({number for field, number in self._places if field in fields})

    def blank_columns(self):
        """Headers of the columns that hold nothing but spaces."""
        return [
            self._titles[place]
            for place in self._places.values()
            if place in self._cells and self._cells[place].kind == BLANK
        ]

    def value_of(self, reader, field, number=1):
        """The value of a cell, ``None`` or ``""`` when it is empty or was refused."""
        try:
            return reader(self.cell(field, number))
        except ValueFault as fault:
            self.faults.append(fault)
            self._refused.add(field)
            return None

    def refuse(self, code, **details):
        self.faults.append(Fault(code, **details))

    def read_person_name(self):
        """``(last name, first name, patronymic)``; parts in columns of their own go
        before the whole name."""
        name = [
            self.value_of(read_name, field)
            for field in ("last_name", "first_name", "patronymic")
        ]
        if (NAME_WHOLE, 1) in self._places and not (name[0] and name[1]):
            whole = self.value_of(read_full_name, NAME_WHOLE)
            name = [
                part or other for part, other in zip(name, whole or name, strict=True)
            ]
        return tuple(part or "" for part in name)

    def require(self, value, field, code):
        """A fault when a needed value is missing and no other fault says why."""
        if not value and not {field, NAME_WHOLE} & self._refused:
            self.refuse(code)

    def refuse_repeated(self, seen, key, code, **details):
        """A fault when an earlier row has the same key.

        :param seen: ``{key: first row}``, filled here
        :returns: whether it is so
        """
        first = seen.setdefault(key, self)
        if first is self:
            return False
        line = first.number
        if first.sheet != self.sheet:
            line = f"{first.sheet}: {line}"
        self.refuse(code, line=line, **details)
        return True

    @property
    def content(self):
        """All that stands in the row, to find rows that repeat each other."""
        return tuple(
            (place, str(cell.value)) for place, cell in sorted(self._cells.items())
        )

    def title(self, *parts):
        return " ".join(part for part in parts if part) or "—"


def read_list(importer, columns):
    """The rows of all sheets that look like the list.

    Sheets of another kind and superfluous columns are noted, never read.

    :returns: list of :class:`ListRow`
    :raises Fault: no sheet has the needed columns
    """
    env, rows, refused = importer.env, [], []
    sheets = read_workbook(importer.content)
    for sheet in sheets:
        header = find_header(sheet.rows, columns)
        if not header or header.missing or header.twice:
            refused.append((sheet, header))
            continue
        for title in header.unknown:
            importer.add(
                NOTE,
                title,
                env._("This column is not known and is not read."),
                sheet.name,
                header.row,
            )
        rows += [
            ListRow(sheet.name, row, header)
            for row in sheet.rows
            if row.number > header.row
        ]
    _report_refused(importer, refused, len(refused) < len(sheets))
    return rows


def _report_refused(importer, refused, has_list):
    """Sheets that were not read: a note beside a list that was, else the one error."""
    env = importer.env
    if has_list:
        for sheet, _header in refused:
            if sheet.rows:
                importer.add(
                    NOTE,
                    sheet.name,
                    env._("This sheet has other columns and was not read."),
                    sheet.name,
                )
        return
    if not refused:
        raise Fault("empty_list")
    sheet, header = max(refused, key=lambda pair: len(pair[1].places) if pair[1] else 0)
    if header and header.twice:
        raise Fault("columns_twice", value=", ".join(header.twice), sheet=sheet.name)
    if not header:
        raise Fault("no_header")
    language = (env.lang or "en")[:2]
    raise Fault(
        "columns_missing",
        value=", ".join(
            column.titles.get(language, column.titles["en"])[0]
            for column in header.missing
        ),
        sheet=sheet.name,
    )


def report_faults(importer, row, title):
    """One wrong line for each fault of a row."""
    for fault in row.faults:
        importer.fault(title, fault, row.sheet, row.number)
