"""Short digests of rows and columns, to find what differs when only they were kept."""

from .snapshot import digest

LENGTH = 8


def codes(leaf):
    """``{"rows": [[name, code], …], "columns": [[name, code], …]}`` of a leaf.

    Rows are pupils or lessons, columns lessons; empty for pages that are one text.
    """
    take = _TAKERS.get(leaf["kind"])
    if not take:
        return {"rows": [], "columns": []}
    rows, columns = take(leaf["data"])
    return {
        "rows": [[name, digest(value)[:LENGTH]] for name, value in rows],
        "columns": [[name, digest(value)[:LENGTH]] for name, value in columns],
    }


def first_place(leaf, kept):
    """``(row name, column name)`` of the first row and column that differ; either may be
    empty when it is not to be found."""
    found = codes(leaf)
    places = []
    for part in ("rows", "columns"):
        place = ""
        wanted = [tuple(row) for row in kept[part]]
        for index, row in enumerate(found[part]):
            if index >= len(wanted) or tuple(row) != wanted[index]:
                place = wanted[index][0] if index < len(wanted) else row[0]
                break
        places.append(place)
    return tuple(places)


def _of_grid(data):
    rows = [
        (f"{pupil['number']}. {pupil['name']}", [pupil, row])
        for pupil, row in zip(data["pupils"], data["cells"], strict=True)
    ]
    for row, value in zip(rows, data.get("period_marks", ()), strict=False):
        row[1].append(value)
    columns = [
        (_column_name(column), [column, [row[index] for row in data["cells"]]])
        for index, column in enumerate(data.get("columns") or data.get("subjects"))
    ]
    return rows, columns


def _column_name(column):
    return column["date"] if isinstance(column, dict) else column


def _of_lessons(data):
    return [(f"{row['date']}, {row['number']}", row) for row in data["lessons"]], []


_TAKERS = {
    "marks": _of_grid,
    "attendance": _of_grid,
    "summary": _of_grid,
    "lessons": _of_lessons,
}
