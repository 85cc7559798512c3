"""The machine reads a printed book back and compares it with its snapshot.

Each line of each cell must stand within its cell, and nothing else may stand there; the
number of pages must be that of the sheets; the digests must stand on their pages.
"""

import io
import re

from odoo.addons.school_ejournal.tools import printing

from . import book_layout, snapshot

_MM = 25.4 / 72


def first_problem(pdf, book, words):
    """What is wrong with a PDF, as text, or None.

    :param pdf: bytes
    :param book: the snapshot
    :param words: as in :func:`book_layout.layout`
    """
    import pypdf  # only prints need it

    try:
        pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
        count = len(pages)
    except pypdf.errors.PyPdfError as error:
        return str(error)
    leaves = book["sheets"]
    if count != len(leaves):
        return f"{count} pages, {len(leaves)} sheets"
    digests = snapshot.sheet_digests(book)
    total = snapshot.book_digest(book, digests)
    for page, leaf, (number, _kind, digest) in zip(pages, leaves, digests, strict=True):
        found = _texts(page)
        problem = _problem_of_page(found, leaf, words, (digest, total))
        if problem:
            return f"{number}: {problem}"
    return None


def _texts(page):
    """``[(x, y, text)]`` of a page, millimetres from its upper left corner."""
    found = []

    def visit(text, cm, tm, _font, _size):
        if text.strip():
            x = cm[4] + tm[4] * cm[0]
            y = cm[5] + tm[5] * cm[3]
            found.append((x * _MM, book_layout.PAGE_HEIGHT - y * _MM, text))

    page.extract_text(visitor_text=visit)
    return found


def _problem_of_page(found, leaf, words, digests):
    everything = _bare("".join(text for _x, _y, text in found))
    for digest in digests:
        if digest not in everything:
            return f"digest {digest[:8]}"
    cells = book_layout.layout(leaf, words)
    places = _Places(found)
    for cell in cells:
        wanted = _bare(printing.printable(cell.text))
        there = _bare(places.within(cell))
        if wanted != there:
            return f"{wanted!r} ≠ {there!r} ({cell.x:g}, {cell.y:.1f} mm)"
    return None


class _Places:
    """Texts by the millimetre of their line, so that a cell need not see the page."""

    def __init__(self, found):
        self.rows = {}
        for x, y, text in found:
            self.rows.setdefault(int(y), []).append((y, x, text))

    def within(self, cell):
        bottom = cell.y + cell.height
        inside = [
            (y, x, text)
            for line in range(int(cell.y), int(bottom) + 1)
            for y, x, text in self.rows.get(line, ())
            if cell.y < y <= bottom + 0.05
            and cell.x - 0.05 <= x < cell.x + cell.width - 0.01
        ]
        return "".join(text for _y, _x, text in sorted(inside))


def _bare(text):
    return re.sub(r"\s+", "", text)
