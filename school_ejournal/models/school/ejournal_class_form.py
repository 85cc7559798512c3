from odoo import api, fields, models


class EjournalClass(models.Model):
    """The journals of a class, and what its form proposes."""

    _inherit = "ejournal.class"

    year_id = fields.Many2one(
        default=lambda self: self.env["ejournal.year"]._current(self.env.company)
    )
    present_day = fields.Date(
        compute="_compute_present_day",
        help="From when on a new row holds: today, or the first day of the year.",
    )
    journal_ids = fields.Many2many(
        "ejournal.journal",
        string="Journals",
        compute="_compute_journal_ids",
        help="The journals of this class that you may open.",
    )

    @api.depends("year_id")
    def _compute_present_day(self):
        for class_ in self:
            class_.present_day = class_._present_day()

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_journal_ids(self):
        journals = self.env["ejournal.journal"].search([("class_ids", "in", self.ids)])
        for class_ in self:
            stored = class_._origin
            class_.journal_ids = journals.filtered(lambda j, c=stored: c in j.class_ids)
