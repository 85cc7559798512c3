"""The snapshot of a class journal: canonical JSON, its digests, what differs.

``docs/archive-format.md`` describes the format for those who read it in 25 years. A book
is ``{"head": …, "sheets": [leaf, …]}``; a leaf is what stands on one printed page. The
digest of a leaf is printed on its page; the digest of a book is that of its head and of
the list of its leaves' digests. The head holds the digest of the same class's book of
the period before and the newest daily seal, the manifest of a period the digests of all
its books and that of the manifest before: one value that can be signed.
"""

import hashlib
import json
import unicodedata

SCHEMA = "kg.journal/1"
MANIFEST_SCHEMA = "kg.journal.manifest/1"
NO_DIGEST = "0" * 64


def canonical(value):
    """The one form of a value as bytes: sorted keys, no blanks, UTF-8, composed letters.

    :raises TypeError: something else than text, whole numbers, true, false and null
    """
    return json.dumps(
        _plain(value), ensure_ascii=False, separators=(",", ":"), sort_keys=True
    ).encode()


def _plain(value):
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {_key(key): _plain(item) for key, item in value.items()}
    raise TypeError(f"no place in a snapshot for {type(value).__name__}: {value!r}")


def _key(key):
    if not isinstance(key, str):
        raise TypeError(f"a key is text, not {key!r}")
    return key


def digest(value):
    """SHA-256 of the canonical form, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


# ---- making ----------------------------------------------------------------------------


def make_book(head, sheets):
    """A book of its head and of what stands on its pages.

    :param head: dict; ``document`` and ``nonce`` are copied onto each leaf, so that no
        digest can be guessed from a few marks and no page put into another book
    :param sheets: list of ``{kind, data}``
    :returns: ``{head, sheets}``
    """
    leaves = [
        {
            "document": head["document"],
            "nonce": head["nonce"],
            "number": number,
            "kind": sheet["kind"],
            "data": sheet["data"],
        }
        for number, sheet in enumerate(sheets, 1)
    ]
    return _plain({"head": {"schema": SCHEMA, **head}, "sheets": leaves})


def sheet_digests(book):
    """``[[number, kind, digest], …]`` of a book."""
    return [[leaf["number"], leaf["kind"], digest(leaf)] for leaf in book["sheets"]]


def book_digest(book, digests=None):
    """The digest of a book."""
    return digest({"head": book["head"], "sheets": digests or sheet_digests(book)})


def make_manifest(head, books):
    """What is signed for a period.

    :param head: dict with school, year, period, ``previous`` (digest of the manifest of
        the period before)
    :param books: list of ``[document, class name, digest]``
    """
    return _plain({"schema": MANIFEST_SCHEMA, **head, "books": sorted(books)})


# ---- checking --------------------------------------------------------------------------


def read_book(raw):
    """The book in these bytes.

    :raises ValueError: they are not a snapshot in its canonical form
    """
    try:
        book = json.loads(raw)
        proper = canonical(book) == bytes(raw) and book["head"]["schema"] == SCHEMA
    except (TypeError, KeyError, UnicodeDecodeError) as error:
        raise ValueError(str(error)) from error
    if not proper:
        raise ValueError("not in the canonical form")
    return book


def first_difference(book, kept):
    """The first sheet whose digest is not the one that was kept, or None.

    :param kept: ``[[number, kind, digest], …]`` as kept beside the book
    """
    found = {number: value for number, _kind, value in sheet_digests(book)}
    wanted = {number: value for number, _kind, value in kept}
    for number in sorted(found.keys() | wanted.keys()):
        if found.get(number) != wanted.get(number):
            return number
    return None


# ---- comparing -------------------------------------------------------------------------


def cells(book):
    """Each cell of a book: where it stands, what it says.

    :returns: ``{key: (sheet number, value)}``; a key is a tuple ``(part, …)``:

        - ``("mark", journal id, lesson id, work id or 0, pupil id)``
        - ``("lesson", journal id, lesson id, field)``
        - ``("period", journal id, pupil id)``
        - ``("missed", pupil id, column)``
        - ``("summary", pupil id, subject)``
        - ``("pupil", pupil id)``: number and name
        - ``("remark", remark id, field)``
    """
    found = {}
    for leaf in book["sheets"]:
        take = _TAKERS.get(leaf["kind"])
        if take:
            for key, value in take(leaf["data"]):
                found.setdefault(key, (leaf["number"], value))
    return found


def _cells_of_marks(data):
    for pupil, row in zip(data["pupils"], data["cells"], strict=True):
        yield ("pupil", pupil["id"]), f"{pupil['number']} {pupil['name']}"
        for column, value in zip(data["columns"], row, strict=True):
            yield (
                (
                    "mark",
                    data["journal"],
                    column["lesson"],
                    column["work"],
                    pupil["id"],
                ),
                value,
            )
    for pupil, value in zip(data["pupils"], data.get("period_marks", ()), strict=False):
        yield ("period", data["journal"], pupil["id"]), value


def _cells_of_lessons(data):
    for lesson in data["lessons"]:
        for field in ("date", "number", "topic", "classwork", "homework", "teacher"):
            yield ("lesson", data["journal"], lesson["id"], field), str(lesson[field])


def _cells_of_attendance(data):
    for pupil, row in zip(data["pupils"], data["cells"], strict=True):
        for column, value in zip(data["columns"], row, strict=True):
            yield ("missed", pupil["id"], column), value


def _cells_of_summary(data):
    for pupil, row in zip(data["pupils"], data["cells"], strict=True):
        for subject, value in zip(data["subjects"], row, strict=True):
            yield ("summary", pupil["id"], subject), value


def _cells_of_remarks(data):
    for remark in data["remarks"]:
        for field in ("date", "subject", "text", "by", "due", "cleared"):
            yield ("remark", remark["id"], field), remark[field]


_TAKERS = {
    "marks": _cells_of_marks,
    "lessons": _cells_of_lessons,
    "attendance": _cells_of_attendance,
    "summary": _cells_of_summary,
    "remarks": _cells_of_remarks,
}


def differences(archived, present):
    """Cells that are not the same in two books.

    :returns: list of ``(key, sheet number, archived value, present value)`` in the order
        of the archived sheets; a value is None where the cell is not there
    """
    old, new = cells(archived), cells(present)
    found = []
    for key in old.keys() | new.keys():
        number, before = old.get(key, (0, None))
        _number, after = new.get(key, (0, None))
        # an empty cell that came or went with its row says nothing
        if (before or "") != (after or ""):
            found.append((key, number, before, after))
    return sorted(found, key=lambda row: (row[1], [str(part) for part in row[0]]))
