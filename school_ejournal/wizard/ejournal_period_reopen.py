from odoo import fields, models


class EjournalPeriodReopen(models.TransientModel):
    """Asks the director why a period is re-opened."""

    _name = "ejournal.period.reopen"
    _description = "Re-open a Period"

    period_id = fields.Many2one(
        "ejournal.period",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    reason = fields.Text(required=True)

    def action_reopen(self):
        self.ensure_one()
        self.period_id.action_reopen(self.reason)
