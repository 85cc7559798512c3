#!/usr/bin/env python3
"""Checks an exported archive of class journals. Needs nothing but Python 3.10 or later.

    python3 verify_archive.py FOLDER_OR_ZIP

Says whether every file is the one that was handed over, every sheet the one that was
printed, every book the one that was listed and signed, and every period the one that
follows the period before; or names the first sheet, pupil and lesson that differ.
Ends with 0 when all is well, with 1 when something differs, with 2 when it cannot tell.
"""

import hashlib
import json
import sys
import unicodedata
import zipfile
from pathlib import Path

NO_DIGEST = "0" * 64


class Broken(Exception):
    """The first thing that differs."""


def main(arguments):
    if len(arguments) != 1:
        print(__doc__)
        return 2
    try:
        files = read(Path(arguments[0]))
        counted = check(files)
    except Broken as error:
        print("DIFFERS / АЙЫРМАСЫ БАР / ОТЛИЧАЕТСЯ:", error)
        return 1
    except (OSError, zipfile.BadZipFile) as error:
        print("cannot be read:", error)
        return 2
    print(
        "OK: {files} files, {periods} periods, {books} books, {sheets} sheets, "
        "{signatures} signatures".format(**counted)
    )
    return 0


def read(path):
    """``{path below the bag: bytes}`` of a folder or ZIP file."""
    if path.is_dir():
        found = {
            file.relative_to(path).as_posix(): file.read_bytes()
            for file in path.rglob("*")
            if file.is_file()
        }
    else:
        with zipfile.ZipFile(path) as archive:
            found = {
                name: archive.read(name)
                for name in archive.namelist()
                if not name.endswith("/")
            }
    roots = [name[: -len("bagit.txt")] for name in found if name.endswith("bagit.txt")]
    if not roots:
        raise Broken("bagit.txt is missing")
    root = min(roots, key=len)
    return {
        name[len(root) :]: raw for name, raw in found.items() if name.startswith(root)
    }


def check(files):
    counted = {"files": 0, "periods": 0, "books": 0, "sheets": 0, "signatures": 0}
    # the books first: they can name the place, a file's digest cannot
    periods = sorted(name for name in files if name.endswith("/manifest.json"))
    if not periods:
        raise Broken("no manifest.json: not an archive of journals")
    known = {}
    for name in periods:
        check_period(files, name, known, counted)
    check_files(files, counted)
    return counted


def check_files(files, counted):
    """Every file is listed with its digest, every listed file is there."""
    listed = {}
    for line in files.get("manifest-sha256.txt", b"").decode().splitlines():
        digest, _, path = line.partition("  ")
        listed[path] = digest
    for path in sorted(set(listed) | {n for n in files if n.startswith("data/")}):
        if path not in listed:
            raise Broken(f"{path}: not in the list of files")
        if path not in files:
            raise Broken(f"{path}: missing")
        if hashlib.sha256(files[path]).hexdigest() != listed[path]:
            raise Broken(f"{path}: the file was altered")
        counted["files"] += 1


def check_period(files, name, known, counted):
    folder = name[: -len("manifest.json")]
    raw = files[name]
    manifest = load(raw, name)
    digest = hashlib.sha256(raw).hexdigest()
    kept = load(files.get(folder + "digests.json", b""), folder + "digests.json")
    if kept["digest"] != digest:
        raise Broken(f"{name}: the list of books was altered")
    before = manifest["previous"]
    if known and before != NO_DIGEST and before not in known.values():
        raise Broken(f"{name}: does not follow from the period before")
    known[name] = digest
    found = []
    for document, books in sorted(kept["books"].items()):
        found.append(check_book(files, folder, document, books, counted))
    if sorted(found) != manifest["books"]:
        raise Broken(f"{name}: the books are not those of the list")
    for signature in kept["signatures"]:
        wanted = digest
        if signature["document"]:
            wanted = next(row[2] for row in found if row[0] == signature["document"])
        if signature["digest"] != wanted:
            raise Broken(f"{folder}: {signature['name']} signed something else")
        counted["signatures"] += 1
    counted["periods"] += 1


def check_book(files, folder, document, kept, counted):
    name = f"{folder}{kept['folder']}/journal.json"
    if name not in files:
        raise Broken(f"{name}: missing")
    book = load(files[name], name)
    digests = [[leaf["number"], leaf["kind"], sha(leaf)] for leaf in book["sheets"]]
    wanted = {row["number"]: row for row in kept["sheets"]}
    for leaf, (number, _kind, digest) in zip(book["sheets"], digests, strict=True):
        if number not in wanted or wanted[number]["digest"] != digest:
            raise Broken(place(book, leaf, wanted.get(number)))
    if len(digests) != len(wanted):
        raise Broken(f"{name}: {len(digests)} sheets instead of {len(wanted)}")
    if canonical(book) != files[name]:
        raise Broken(f"{name}: the file was rewritten")
    digest = sha({"head": book["head"], "sheets": digests})
    if digest != kept["digest"]:
        raise Broken(f"{name}: the head of the book was altered")
    pdf = f"{folder}{kept['folder']}/journal.pdf"
    if kept["pdf_digest"]:
        if pdf not in files:
            raise Broken(f"{pdf}: missing")
        if hashlib.sha256(files[pdf]).hexdigest() != kept["pdf_digest"]:
            raise Broken(f"{pdf}: the printed pages were altered")
    counted["books"] += 1
    counted["sheets"] += len(digests)
    return [document, kept["class"], digest]


def place(book, leaf, kept):
    """Where a sheet differs: its number, then pupil and lesson."""
    data = leaf["data"]
    words = [
        book["head"]["class"]["name"],
        "sheet / барак / лист {}".format(leaf["number"]),
        data.get("subject") or data.get("title") or leaf["kind"],
    ]
    if kept:
        for part, rows in zip(("rows", "columns"), rows_and_columns(leaf), strict=True):
            codes = [list(code) for code in kept[part]]
            for index, (name, value) in enumerate(rows):
                if index >= len(codes) or codes[index] != [name, sha(value)[:8]]:
                    words.append(codes[index][0] if index < len(codes) else name)
                    break
    return ", ".join(words)


def rows_and_columns(leaf):
    """What the short digests of rows and columns are made of."""
    data = leaf["data"]
    if leaf["kind"] == "lessons":
        rows = [
            ("{}, {}".format(lesson["date"], lesson["number"]), lesson)
            for lesson in data["lessons"]
        ]
        return rows, []
    if leaf["kind"] not in ("marks", "attendance", "summary"):
        return [], []
    rows = [
        ("{}. {}".format(pupil["number"], pupil["name"]), [pupil, row])
        for pupil, row in zip(data["pupils"], data["cells"], strict=False)
    ]
    for row, value in zip(rows, data.get("period_marks", ()), strict=False):
        row[1].append(value)
    columns = [
        (
            column["date"] if isinstance(column, dict) else column,
            [column, [row[index] for row in data["cells"]]],
        )
        for index, column in enumerate(data.get("columns") or data.get("subjects"))
    ]
    return rows, columns


def load(raw, name):
    try:
        return json.loads(raw.decode())
    except ValueError as error:
        raise Broken(f"{name}: cannot be read ({error})") from error


def canonical(value):
    return json.dumps(
        composed(value), ensure_ascii=False, separators=(",", ":"), sort_keys=True
    ).encode()


def composed(value):
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [composed(item) for item in value]
    if isinstance(value, dict):
        return {key: composed(item) for key, item in value.items()}
    return value


def sha(value):
    return hashlib.sha256(canonical(value)).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
