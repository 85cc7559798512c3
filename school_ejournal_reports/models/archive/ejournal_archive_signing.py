from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.base.models.res_users import check_identity
from odoo.addons.school_ejournal.tools.passage import with_passage

from .ejournal_archive import DEPUTY, DIRECTOR


class EjournalArchive(models.Model):
    """Signing: class teachers their books, then the deputy, then the director."""

    _inherit = "ejournal.archive"

    def action_sign(self):
        """Sign as oneself; Odoo asks who it is once more."""
        self.check_access("read")
        return self._sign_as_oneself()

    @check_identity
    def _sign_as_oneself(self):
        return self._sign()

    def _sign(self):
        """Put the caller's signature under what is due to him now.

        A class teacher signs the own classes' books, the deputy and then the director
        the manifest of the period.
        """
        self.ensure_one()
        self.check_access("read")
        self._require_state("compared")
        unsigned = self._unsigned_books()
        own = unsigned.filtered(lambda b: b.class_id.class_teacher_id == self.env.user)
        role = self._role_due()
        if own:
            self._put_signatures([("class_teacher", book.digest, book) for book in own])
        elif role == "deputy" and self.env.user.has_group(DEPUTY):
            self._put_signatures([("deputy", self.digest, None)])
        elif role == "director" and self.env.user.has_group(DIRECTOR):
            self._put_signatures([("director", self.digest, None)])
            self._step({"state": "signed"})
        elif role == "class_teacher":
            raise UserError(
                self.env._(
                    "The class teachers sign first. Not signed yet: %(classes)s.",
                    classes=", ".join(unsigned.mapped("class_name")),
                )
            )
        else:
            raise AccessError(
                self.env._("It is not your turn to sign, or you have signed already.")
            )

    def _unsigned_books(self):
        """Books whose class teacher has still to sign; a class without one waits for
        nobody."""
        # sudo: that others have signed is no secret of the archive
        books = self.sudo().book_ids
        signed = self.sudo().signature_ids.filtered(lambda s: not s.replaced).book_id
        return books.filtered(lambda b: b.class_id.class_teacher_id) - signed

    def _role_due(self):
        """Whose signature is the next."""
        valid = self.sudo().signature_ids.filtered(lambda s: not s.replaced)
        if self._unsigned_books():
            return "class_teacher"
        if "deputy" not in valid.mapped("role"):
            return "deputy"
        return "director"

    def _put_signatures(self, signatures):
        # sudo: rows of signatures are made here only, each by its own signer
        rows = with_passage(self.env["ejournal.archive.signature"].sudo(), "duty")
        rows.create(
            [
                {
                    "archive_id": self.id,
                    "book_id": book.id if book else False,
                    "role": role,
                    "user_id": self.env.uid,
                    "name": self.env.user.name,
                    "signed_at": fields.Datetime.now(),
                    "digest": digest,
                }
                for role, digest, book in signatures
            ]
        )

    def action_keep_signature_file(self, name, content):
        """Keep a signature over the manifest that was made outside of the system.

        :param name: name of the file
        :param content: base64
        """
        self._require_deputy()
        self._require_state("compared", "signed")
        self._step({"signature_file_name": name, "signature_file": content})
