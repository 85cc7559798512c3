import hashlib
import json

from odoo import fields, models

from ...tools import snapshot
from ...tools.codes import first_place


class EjournalArchive(models.Model):
    """One button that says whether the archive is still what was signed."""

    _inherit = "ejournal.archive"

    def action_verify(self):
        """Verify, and keep when and with what result."""
        found = self.verify()
        text = (
            self.env._(
                "Nothing was altered: %(books)s books, %(sheets)s sheets.",
                books=found["books"],
                sheets=found["sheets"],
            )
            if found["ok"]
            else found["problem"]["text"]
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.display_name,
                "message": text,
                "type": "success" if found["ok"] else "danger",
                "sticky": True,
            },
        }

    def verify(self):
        """Check snapshots, pages, chain, manifest and signatures by their digests.

        :returns: dict ``{ok, books, sheets, problem}``; ``problem`` is false or a dict of
            ``kind``, ``book_id``, ``sheet``, ``pupil``, ``lesson`` and ``text``
        :raises AccessError: the caller may not read the archive
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: digests are checked of all classes, whoever may see the archive
        archive = self.sudo()
        books = archive.book_ids.filtered(lambda book: book.state == "ready")
        problem = None
        sheets = 0
        for book in books:
            problem = book._problem()
            if problem:
                break
            sheets += book.page_count
        problem = problem or archive._problem_of_manifest(books)
        return {
            "ok": not problem,
            "books": len(books),
            "sheets": sheets,
            "problem": problem or False,
        }

    def _problem_of_manifest(self, books):
        """Manifest, chain and signatures."""
        self.invalidate_recordset(["manifest", "digest", "previous_digest"])
        if not self.manifest:
            return None
        raw = self.manifest.encode()
        manifest = json.loads(raw)
        listed = sorted([book.document, book.class_name, book.digest] for book in books)
        before = self._before().digest or snapshot.NO_DIGEST
        signed = {
            row.digest
            for row in self.signature_ids
            if not row.replaced and not row.book_id
        }
        if (
            hashlib.sha256(raw).hexdigest() != self.digest
            or manifest["books"] != listed
        ):
            text = self.env._("The list of books is not the one that was signed.")
        elif manifest["previous"] != before or self.previous_digest != before:
            text = self.env._("The period does not follow from the one before it.")
        elif signed - {self.digest}:
            text = self.env._("A signature is over another list of books.")
        else:
            return None
        return _problem("manifest", text)


class EjournalArchiveBook(models.Model):
    _inherit = "ejournal.archive.book"

    def _problem(self):
        """What is wrong with a book, or None."""
        self.invalidate_recordset()
        kept = [[sheet.number, sheet.kind, sheet.digest] for sheet in self.sheet_ids]
        try:
            book = json.loads(self._bytes("snapshot"))
            number = snapshot.first_difference(book, kept)
        except (ValueError, KeyError, TypeError):
            return self._said(
                "snapshot",
                self.env._("%(class)s: the snapshot cannot be read.", **self._named()),
            )
        if number:
            return self._problem_of_sheet(book, number)
        try:
            snapshot.read_book(self._bytes("snapshot"))
        except ValueError:
            return self._said(
                "snapshot",
                self.env._("%(class)s: the snapshot was rewritten.", **self._named()),
            )
        if (
            snapshot.book_digest(book, kept) != self.digest
            or book["head"]["previous"] != self.previous_digest
        ):
            return self._said(
                "book",
                self.env._("%(class)s: head or digest was altered.", **self._named()),
            )
        before = self._before().digest or snapshot.NO_DIGEST
        if self.previous_digest != before:
            return self._said(
                "chain",
                self.env._(
                    "%(class)s: the book does not follow from that of the period "
                    "before.",
                    **self._named(),
                ),
            )
        pdf = self._bytes("pdf")
        if self.pdf_digest and hashlib.sha256(pdf).hexdigest() != self.pdf_digest:
            return self._said(
                "pdf",
                self.env._(
                    "%(class)s: the printed pages were altered.", **self._named()
                ),
            )
        return self._problem_of_signatures()

    def _problem_of_signatures(self):
        signed = self.archive_id.signature_ids.filtered(
            lambda row: row.book_id == self and not row.replaced
        )
        if set(signed.mapped("digest")) - {self.digest}:
            return self._said(
                "signature",
                self.env._(
                    "%(class)s: the signature is over another book.", **self._named()
                ),
            )
        return None

    def _problem_of_sheet(self, book, number):
        """Name the first sheet, and on it the first pupil and lesson that differ."""
        leaf = next((x for x in book["sheets"] if x["number"] == number), None)
        sheet = self.sheet_ids.filtered(lambda row: row.number == number)
        pupil = lesson = ""
        if leaf and sheet:
            pupil, lesson = first_place(leaf, json.loads(sheet.codes))
        place = ", ".join(filter(None, (sheet.title, pupil, lesson)))
        text = self.env._(
            "%(class)s, sheet %(sheet)s (%(place)s): it is not what was printed.",
            **self._named(),
            sheet=number,
            place=place,
        )
        return self._said("sheet", text) | {
            "sheet": number,
            "pupil": pupil,
            "lesson": lesson,
        }

    def _named(self):
        return {"class": self.class_name}

    def _said(self, kind, text):
        return _problem(kind, text) | {"book_id": self.id}


def _problem(kind, text):
    return {
        "kind": kind,
        "book_id": False,
        "sheet": False,
        "pupil": "",
        "lesson": "",
        "text": text,
        "at": fields.Datetime.now(),
    }
