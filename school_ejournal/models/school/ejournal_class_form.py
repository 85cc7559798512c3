from odoo import api, fields, models


class EjournalClass(models.Model):
    """The journals of a class, for its form."""

    _inherit = "ejournal.class"

    journal_ids = fields.Many2many(
        "ejournal.journal",
        string="Journals",
        compute="_compute_journal_ids",
        help="The journals of this class that you may open.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_journal_ids(self):
        journals = self.env["ejournal.journal"].search([("class_ids", "in", self.ids)])
        for class_ in self:
            stored = class_._origin
            class_.journal_ids = journals.filtered(lambda j, c=stored: c in j.class_ids)
