from odoo import api, fields, models


class EjournalJournal(models.Model):
    """What the form of a journal proposes."""

    _inherit = "ejournal.journal"

    present_day = fields.Date(
        compute="_compute_present_day",
        help="From when on a new row holds: today, or the first day of the year.",
    )

    @api.depends("year_id")
    def _compute_present_day(self):
        for journal in self:
            journal.present_day = journal._present_day()
