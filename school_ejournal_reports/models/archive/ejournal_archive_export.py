import base64
import json
from pathlib import Path

from odoo import models
from odoo.exceptions import UserError

from ...tools import bag, snapshot
from .ejournal_archive_compare import names_of

_ADDON = Path(__file__).parents[2]


class EjournalArchive(models.Model):
    """Handing over: a BagIt bag that proves itself without Odoo."""

    _inherit = "ejournal.archive"

    def action_export(self):
        """Download the bag of this period."""
        content = self._export_bag()
        # sudo: the file is the caller's own download, made of what was just checked
        file = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"{self._bag_name()}.zip",
                    "raw": content,
                    "mimetype": "application/zip",
                    "res_model": "res.users",
                    "res_id": self.env.uid,
                }
            )
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{file.id}?download=true",
            "target": "self",
        }

    def _export_bag(self):
        """The periods as a bag: pages, snapshots, tables, digests, the verifier.

        :returns: bytes of a ZIP file
        :raises AccessError: neither deputy nor director
        """
        self.check_access("read")
        if not self.env.user.has_group("school_ejournal.group_director"):
            for archive in self:
                archive._require_deputy()
        payload = {}
        for archive in self:
            if not archive.digest:
                raise UserError(
                    self.env._(
                        "%(period)s is not printed yet.", period=archive.display_name
                    )
                )
            # sudo: the books of all classes, after the check above
            payload |= archive.sudo()._bag_payload()
        school = self[:1].company_id
        return bag.make(
            self._bag_name(),
            payload,
            {
                "Source-Organization": school.name,
                "External-Identifier": self._bag_name(),
                "Bagging-Date": school._ejournal_today().isoformat(),
                "Bag-Software-Agent": "school_ejournal_reports",
            },
            {
                "README.html": (_ADDON / "verifier" / "README.html").read_bytes(),
                "verify_archive.py": (
                    _ADDON / "verifier" / "verify_archive.py"
                ).read_bytes(),
            },
        )

    def _bag_name(self):
        first = self[:1]
        part = f"{first.kind[0].upper()}{first.sequence}" if len(self) == 1 else "all"
        return f"journal-{first.year_id.date_start.year}-{part}"

    def _bag_payload(self):
        """``{path: bytes}`` of one period."""
        folder = f"{self.year_id.date_start.year}/{self.kind}-{self.sequence}"
        files = {f"{folder}/manifest.json": self.manifest.encode()}
        digests = {
            "digest": self.digest,
            "books": {},
            "signatures": [
                {
                    "document": row.book_id.document or "",
                    "role": row.role,
                    "name": row.name,
                    "signed_at": row.signed_at.isoformat(),
                    "digest": row.digest,
                }
                for row in self.signature_ids
                if not row.replaced
            ],
        }
        for book in self.book_ids:
            files |= {
                f"{folder}/{book.document}/{name}": content
                for name, content in book._bag_files().items()
            }
            digests["books"][book.document] = book._bag_digests()
        if self.signature_file:
            kept = self.with_context(bin_size=False)
            name = Path(self.signature_file_name or "signature.bin").name
            files[f"{folder}/signatures/{name}"] = base64.b64decode(kept.signature_file)
        if self.amendment_ids:
            files[f"{folder}/amendments.csv"] = bag.table(
                (
                    "order",
                    "document",
                    "sheet",
                    "pupil",
                    "field",
                    "old",
                    "new",
                    "reason",
                ),
                [
                    (
                        row.order_ref,
                        row.book_id.document,
                        row.sheet_id.number,
                        row.pupil_id.name or "",
                        row.field_name,
                        row.old_value,
                        row.new_value,
                        row.reason,
                    )
                    for row in self.amendment_ids
                ],
            )
        files[f"{folder}/digests.json"] = json.dumps(
            digests, ensure_ascii=False, indent=1, sort_keys=True
        ).encode()
        return files


class EjournalArchiveBook(models.Model):
    _inherit = "ejournal.archive.book"

    def _bag_digests(self):
        return {
            "folder": self.document,
            "class": self.class_name,
            "digest": self.digest,
            "pdf_digest": self.pdf_digest or "",
            "sheets": [
                {
                    "number": sheet.number,
                    "digest": sheet.digest,
                    **json.loads(sheet.codes),
                }
                for sheet in self.sheet_ids
            ],
        }

    def _bag_files(self):
        raw = self._bytes("snapshot")
        book = json.loads(raw)
        marks = [
            (key, number, value)
            for key, (number, value) in snapshot.cells(book).items()
            if value and key[0] == "mark"
        ]
        names = names_of(book)
        files = {
            "journal.json": raw,
            "marks.csv": bag.table(
                ("class", "sheet", "subject", "date", "pupil", "value"),
                [
                    (
                        self.class_name,
                        number,
                        names.get(("journal", key[1]), ""),
                        names.get(("lesson", key[2]), "")[:10],
                        names.get(("pupil", key[4]), ""),
                        value,
                    )
                    for key, number, value in marks
                ],
            ),
        }
        if self.pdf_digest:
            files["journal.pdf"] = self._bytes("pdf")
        return files
