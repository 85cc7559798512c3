from odoo import fields, models


class EjournalArchiveSignature(models.Model):
    """Who signed which digest, as whom and when."""

    _name = "ejournal.archive.signature"
    _description = "Signature in the Archive"
    _inherit = ["ejournal.archive.kept.mixin"]
    _order = "signed_at, id"
    _check_company_auto = True
    _rec_name = "name"
    _allow_sudo_commands = False

    archive_id = fields.Many2one(
        "ejournal.archive",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    book_id = fields.Many2one(
        "ejournal.archive.book",
        index=True,
        ondelete="restrict",
        check_company=True,
        help="The class teacher signs the own class's book.",
    )
    company_id = fields.Many2one(
        related="archive_id.company_id", store=True, index=True, precompute=True
    )
    role = fields.Selection(
        [
            ("class_teacher", "Class teacher"),
            ("deputy", "Deputy director"),
            ("director", "Director"),
        ],
        required=True,
    )
    user_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict"
    )
    name = fields.Char(required=True, help="The name as it was when signing.")
    signed_at = fields.Datetime(required=True)
    digest = fields.Char(string="Digest signed", required=True)
    replaced = fields.Boolean()
