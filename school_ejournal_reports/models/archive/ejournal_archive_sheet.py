from odoo import fields, models

KINDS = [
    ("title", "Title page"),
    ("marks", "Marks"),
    ("lessons", "Lessons"),
    ("attendance", "Attendance"),
    ("summary", "Summary sheet"),
    ("changes", "Late, permitted and changed entries"),
    ("remarks", "Remarks"),
    ("closing", "Last page"),
]


class EjournalArchiveSheet(models.Model):
    """A page of a book and its digest, as printed on it."""

    _name = "ejournal.archive.sheet"
    _description = "Archived Sheet"
    _inherit = ["ejournal.archive.kept.mixin"]
    _order = "book_id, number"
    _check_company_auto = True
    _rec_name = "title"
    _allow_sudo_commands = False

    book_id = fields.Many2one(
        "ejournal.archive.book",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    archive_id = fields.Many2one(
        related="book_id.archive_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="book_id.company_id", store=True, index=True, precompute=True
    )
    number = fields.Integer(string="Sheet", required=True, aggregator=None)
    kind = fields.Selection(KINDS, required=True)
    title = fields.Char()
    digest = fields.Char(required=True)
    codes = fields.Text(help="Short digests of rows and columns, to find what differs.")

    _number_uniq = models.Constraint(
        "UNIQUE(book_id, number)", "A book has each sheet once."
    )
