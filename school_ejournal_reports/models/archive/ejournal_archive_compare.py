import random

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.school_ejournal.tools.passage import with_passage

from ...tools import snapshot

CELLS_BY_LOT = 10
SHOWN = 200


class EjournalArchive(models.Model):
    """Comparing: today's database with the snapshot, and the paper with the screen."""

    _inherit = "ejournal.archive"

    def compare(self):
        """Compare the books with what stands in the database today, cell by cell.

        :returns: list of dicts ``book_id, class, sheet, place, archived, present``, in
            the order of the books and sheets; empty when nothing differs
        :raises AccessError: neither deputy nor director
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("school_ejournal.group_director"):
            self._require_deputy()
        found = []
        # sudo: all classes are compared, the caller's right was checked above
        for book in self.sudo().book_ids.filtered("digest"):
            found += book._compare()
        return found

    def action_compare(self):
        """Compare and show the result; draw the cells to be read on paper."""
        self._require_deputy()
        self._require_state("printed")
        found = self.compare()
        lines = [
            f"{row['class']}, {row['sheet']}: {row['place']}: "
            f"{row['archived'] or '—'} → {row['present'] or '—'}"
            for row in found[:SHOWN]
        ]
        if len(found) > SHOWN:
            lines.append("…")
        self._step({"differences": "\n".join(lines) or False})
        if self.on_paper:
            self.sudo().book_ids._draw_lots()
        return found

    def action_confirm_compared(self):
        """Say that paper and screen agree. Deputy director only."""
        self._require_deputy()
        self._require_state("printed")
        if self.compare():
            raise UserError(
                self.env._(
                    "The database no longer says what was printed. Compare, and let the "
                    "archive go back when the new data are the right ones."
                )
            )
        if self.on_paper:
            self._refuse_unread()
        self._step(
            {
                "state": "compared",
                "differences": False,
                "compared_at": fields.Datetime.now(),
                "compared_by_id": self.env.uid,
            }
        )

    def _refuse_unread(self):
        """Each cell drawn was read on paper and agrees."""
        books = self.sudo().book_ids
        without = books.filtered(lambda book: not book.cell_ids and book._has_cells())
        unread = books.cell_ids.filtered(lambda cell: not cell.answer)
        differing = books.cell_ids.filtered(lambda cell: cell.answer == "differs")
        if without or unread:
            raise UserError(
                self.env._(
                    "Cells still to be read on paper: %(count)s (%(classes)s).",
                    count=len(unread) or len(without),
                    classes=", ".join((unread.book_id | without).mapped("class_name")),
                )
            )
        if differing:
            raise UserError(
                self.env._(
                    "The paper differs from the screen: %(place)s. Print anew what is "
                    "wrong, or let the archive go back.",
                    place=f"{differing[0].book_id.class_name}, {differing[0].place}",
                )
            )


class EjournalArchiveBook(models.Model):
    _inherit = "ejournal.archive.book"

    def _compare(self):
        """Differences of one book with the database, as of :meth:`compare`."""
        self.ensure_one()
        archived, present = self._book(), self._make_book()
        return [
            {
                "book_id": self.id,
                "class": self.class_name,
                "sheet": number,
                "place": self._place(key, archived, present),
                "archived": before or "",
                "present": after or "",
            }
            for key, number, before, after in snapshot.differences(archived, present)
        ]

    def _place(self, key, *books):
        """Where a cell is, in words: subject, pupil, date."""
        names = {}
        for book in reversed(books):
            names.update(names_of(book))
        part, *keys = key
        labels = {
            "mark": ("journal", "lesson", "", "pupil"),
            "lesson": ("journal", "lesson", "field"),
            "period": ("journal", "pupil"),
            "missed": ("pupil", "column"),
            "summary": ("pupil", "column"),
            "pupil": ("pupil",),
            "remark": ("", "field"),
        }[part]
        return ", ".join(
            str(names.get((label, value), value))
            for label, value in zip(labels, keys, strict=True)
            if label
        )

    # ---- paper -----------------------------------------------------------------------

    def _has_cells(self):
        return bool(_filled(self._book()))

    def _draw_lots(self):
        """Ten filled cells a class by lot, and all that were entered late or changed."""
        cells = with_passage(self.env["ejournal.archive.cell"], "duty")
        vals_list = []
        for book in self.filtered(lambda b: not b.cell_ids):
            archived = book._book()
            filled = _filled(archived)
            marked = _marked(archived)
            others = [cell for cell in filled if cell[0] not in marked]
            lot = random.SystemRandom().sample(others, min(CELLS_BY_LOT, len(others)))
            chosen = [(cell, "random") for cell in sorted(lot, key=lambda c: c[1])]
            chosen += [(cell, "marked") for cell in filled if cell[0] in marked]
            vals_list += [
                {
                    "book_id": book.id,
                    "sheet": number,
                    "place": book._place(key, archived),
                    "value": value,
                    "why": why,
                }
                for (key, number, value), why in chosen
            ]
        cells.create(vals_list)


def _filled(book):
    """``(key, sheet, value)`` of the cells that say something."""
    return [
        (key, number, value)
        for key, (number, value) in snapshot.cells(book).items()
        if value and key[0] in ("mark", "period", "missed")
    ]


def _marked(book):
    """Keys of the cells that carry the sign of a late or changed entry."""
    found = set()
    for leaf in book["sheets"]:
        if leaf["kind"] == "marks":
            data = leaf["data"]
            for row, column in data["flags"]:
                place = data["columns"][column]
                pupil = data["pupils"][row]["id"]
                found.add(
                    ("mark", data["journal"], place["lesson"], place["work"], pupil)
                )
    return found


def names_of(book):
    """``{(kind of thing, id): words}`` of what the cells of a book name."""
    names = {}
    for leaf in book["sheets"]:
        data = leaf["data"]
        if leaf["kind"] in ("marks", "lessons"):
            names["journal", data["journal"]] = data["subject"]
        for pupil in data["pupils"] if isinstance(data.get("pupils"), list) else ():
            names["pupil", pupil["id"]] = pupil["name"]
        if leaf["kind"] == "marks":
            for column in data["columns"]:
                names["lesson", column["lesson"]] = column["date"]
        elif leaf["kind"] == "lessons":
            for lesson in data["lessons"]:
                names["lesson", lesson["id"]] = f"{lesson['date']} ({lesson['number']})"
    return names
