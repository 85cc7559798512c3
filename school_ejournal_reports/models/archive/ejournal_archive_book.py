from odoo import api, fields, models


class EjournalArchiveBook(models.Model):
    """The journal of a class in a period: snapshot, digests, pages.

    The snapshot is what was; the PDF is drawn from it and from nothing else. Both are
    kept in the table itself, where a trigger of PostgreSQL guards them, and not as files.
    """

    _name = "ejournal.archive.book"
    _description = "Archived Journal of a Class"
    _inherit = ["ejournal.archive.kept.mixin"]
    _order = "archive_id, class_key, id"
    _check_company_auto = True
    _rec_name = "class_name"
    _allow_sudo_commands = False

    archive_id = fields.Many2one(
        "ejournal.archive",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="archive_id.company_id", store=True, index=True, precompute=True
    )
    class_id = fields.Many2one(
        "ejournal.class",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    class_name = fields.Char(
        string="Name of the class",
        compute="_compute_class",
        store=True,
        precompute=True,
    )
    class_key = fields.Char(compute="_compute_class", store=True, precompute=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("failed", "Failed"), ("ready", "Ready")],
        required=True,
        default="waiting",
        index=True,
    )
    replaced = fields.Boolean(
        help="The archive went back afterwards; kept, but no longer valid."
    )
    error = fields.Text()
    document = fields.Char(help="Name of the book on its pages.")
    snapshot = fields.Binary(attachment=False)
    digest = fields.Char()
    previous_digest = fields.Char(
        help="Digest of the same class's book of the period before."
    )
    pdf = fields.Binary(string="PDF", attachment=False)
    pdf_digest = fields.Char()
    page_count = fields.Integer(string="Number of sheets", aggregator=None)
    drawn_at = fields.Datetime(string="Printed")
    sheet_ids = fields.One2many("ejournal.archive.sheet", "book_id", string="Sheets")
    cell_ids = fields.One2many(
        "ejournal.archive.cell", "book_id", string="Cells to read on paper"
    )

    _class_uniq = models.UniqueIndex(
        "(archive_id, class_id) WHERE replaced IS NOT TRUE",
        "The class already has its book of this period.",
    )

    @api.depends("class_id")
    def _compute_class(self):
        """As the class was called then; a later name does not change it."""
        for book in self:
            book.class_name = book.class_name or book.class_id.name
            book.class_key = book.class_key or book.class_id.sort_key

    def action_open_pdf(self):
        """Show the pages in the browser."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/pdf/{self.document}.pdf",
            "target": "new",
        }
