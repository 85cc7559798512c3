"""A bag by BagIt 1.0 (RFC 8493) as a ZIP file: what a period hands over."""

import csv
import hashlib
import io
import zipfile
from datetime import date

_ALGORITHMS = ("sha256", "sha512")
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
# A spreadsheet takes what begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def make(name, payload, info, tag_files=None):
    """Make a bag.

    :param name: folder within the ZIP file
    :param payload: ``{path below data/: bytes}``
    :param info: ``{label: text}`` of bag-info.txt
    :param tag_files: ``{path: bytes}`` beside it
    :returns: bytes of the ZIP file
    """
    data = {f"data/{path}": content for path, content in sorted(payload.items())}
    size = sum(map(len, data.values()))
    info = {**info, "Payload-Oxum": f"{size}.{len(data)}"}
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": "".join(
            f"{label}: {_one_line(text)}\n" for label, text in info.items()
        ).encode(),
        **(tag_files or {}),
    }
    for algorithm in _ALGORITHMS:
        tags[f"manifest-{algorithm}.txt"] = _manifest(data, algorithm)
    for algorithm in _ALGORITHMS:
        listed = {
            path: tags[path] for path in tags if not path.startswith("tagmanifest")
        }
        tags[f"tagmanifest-{algorithm}.txt"] = _manifest(listed, algorithm)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in [*tags.items(), *data.items()]:
            entry = zipfile.ZipInfo(f"{name}/{path}", _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def _manifest(files, algorithm):
    return "".join(
        f"{hashlib.new(algorithm, content).hexdigest()}  {path}\n"
        for path, content in sorted(files.items())
    ).encode()


def _one_line(text):
    return " ".join(str(text).split())


def table(head, rows):
    """A CSV file that spreadsheets open: with BOM, and no cell is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(head)
    for row in rows:
        writer.writerow([_harmless(value) for value in row])
    return ("\ufeff" + out.getvalue()).encode()


def _harmless(value):
    if isinstance(value, date):
        return value.isoformat()
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
