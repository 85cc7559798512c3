"""Prints: HTML in, PDF/A-2u out. The same HTML gives the same bytes on every run.

WeasyPrint draws the pages in a process of its own (:mod:`print_worker`) with limits of
memory and time. Nothing is fetched from a network: only files below the ``static``
folders of our addons are read. The fonts are shipped with the addon, since those of the
system may lack Ң, Ө and Ү and would be replaced without a word.
"""

import hashlib
import json
import os
import signal
import subprocess
import sys
import unicodedata
from functools import lru_cache
from pathlib import Path

MEMORY_MB = 1024
SECONDS = 180
FONTS = ("PTS55F", "PTS75F", "PTN57F", "PTN77F")

_TOOLS = Path(__file__).parent
_WORKER = _TOOLS / "print_worker.py"
_FONT_FOLDER = _TOOLS.parent / "static" / "fonts"
# How the libraries below WeasyPrint say that they got none.
_NO_MEMORY = ("MemoryError", "Cannot allocate", "creating thread", "bad_alloc")
_MISSING, _REFUSED, _OUT_OF_MEMORY = 3, 4, 5
# What joins or hides characters has no place on paper.
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff")
_SPACES = frozenset("\n\r\t")


class PrintError(Exception):
    """A print that failed; ``reason`` is missing, refused, memory, time,
    killed or broken."""

    def __init__(self, reason, detail=""):
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


def render(documents, folders=None, memory_mb=MEMORY_MB, seconds=SECONDS):
    """Draw documents one after the other in one process.

    :param documents: list of HTML texts, or of ``(html, identifier)`` with the text that
        makes the file's identifier (the HTML's own digest by default)
    :param folders: ``{addon: path of its static folder}`` that may be read
    :param memory_mb: address space that the process may take, MiB
    :param seconds: time it may take in all
    :returns: list of bytes, one PDF a document
    :raises PrintError: says why
    """
    job = {
        "documents": [_source(document) for document in documents],
        "folders": {
            "school_ejournal": str(_FONT_FOLDER.parent),
            **{name: str(path) for name, path in (folders or {}).items()},
        },
        "memory_mb": memory_mb,
        "seconds": seconds,
    }
    return _parts(_run(job, seconds))


def _source(document):
    html, identifier = document if isinstance(document, tuple) else (document, None)
    html = printable(html)
    if identifier is None:
        identifier = hashlib.sha256(html.encode()).hexdigest()
    return {"html": html, "identifier": identifier}


def _run(job, seconds):
    """The worker's answer; every way in which it can fail gets its name."""
    try:
        done = subprocess.run(
            [sys.executable, str(_WORKER)],
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=seconds + 10,
            check=False,
            env=_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise PrintError("time", str(seconds)) from error
    except OSError as error:
        raise PrintError("broken", str(error)) from error
    if done.returncode:
        raise _failure(done, job["memory_mb"], seconds)
    return done.stdout


def _failure(done, memory_mb, seconds):
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode == _MISSING:
        return PrintError("missing", said)
    if done.returncode == _REFUSED:
        return PrintError("refused", said)
    if done.returncode == _OUT_OF_MEMORY or any(sign in said for sign in _NO_MEMORY):
        return PrintError("memory", str(memory_mb))
    if done.returncode == -signal.SIGXCPU:
        return PrintError("time", str(seconds))
    if done.returncode < 0:
        return PrintError("killed", signal.Signals(-done.returncode).name)
    last = said.splitlines()[-1] if said else f"exit code {done.returncode}"
    return PrintError("broken", last[:500])


def _environment():
    """What the worker may know: no password of the database, no proxy."""
    kept = (
        "PATH",
        "HOME",
        "PYTHONPATH",
        "LD_LIBRARY_PATH",
        "TMPDIR",
        "FONTCONFIG_FILE",
    )
    return {
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        **{name: os.environ[name] for name in kept if name in os.environ},
    }


def _parts(answer):
    head, _, rest = answer.partition(b"\n")
    try:
        lengths = json.loads(head)["lengths"]
    except (ValueError, KeyError) as error:
        raise PrintError("broken", head[:200].decode(errors="replace")) from error
    documents, start = [], 0
    for length in lengths:
        documents.append(rest[start : start + length])
        start += length
    if start != len(rest):
        raise PrintError("broken", "an answer cut short")
    return documents


def missing():
    """What the machine lacks for prints, as WeasyPrint says it, or None.

    Really draws a line: an import alone would not notice every missing library.
    """
    try:
        render(["<p>Ң Ө Ү</p>"], seconds=60)
    except PrintError as error:
        return error.detail or error.reason
    return None


# ---- characters ------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _drawn():
    """The characters that every font of ours can draw."""
    from fontTools.ttLib import TTFont  # comes with WeasyPrint

    sets = []
    for name in FONTS:
        with TTFont(_FONT_FOLDER / f"{name}.ttf", lazy=True) as font:
            sets.append(set(font.getBestCmap()))
    return frozenset(chr(code) for code in set.intersection(*sets)) | _SPACES


def printable(text):
    """A text as it stands on paper: composed, and each character has a glyph.

    What our fonts cannot draw is written by its code, ``[U+1F600]``, never left out and
    never drawn as an empty box; marks that only join or hide characters are dropped.
    """
    text = unicodedata.normalize("NFC", text)
    foreign = set(text) - _drawn()
    if not foreign:
        return text
    return text.translate(
        {
            ord(char): "" if char in _INVISIBLE else f"[U+{ord(char):04X}]"
            for char in foreign
        }
    )


def undrawn(text):
    """The characters of a text that are written by their code, sorted."""
    text = unicodedata.normalize("NFC", text)
    return sorted(set(text) - _drawn() - _INVISIBLE)


@lru_cache(maxsize=len(FONTS))
def advances(font):
    """Widths of the characters of one of our fonts, in parts of its size."""
    from fontTools.ttLib import TTFont  # comes with WeasyPrint

    with TTFont(_FONT_FOLDER / f"{font}.ttf", lazy=True) as opened:
        unit = opened["head"].unitsPerEm
        widths = opened["hmtx"].metrics
        return {
            chr(code): widths[name][0] / unit
            for code, name in opened.getBestCmap().items()
        }
