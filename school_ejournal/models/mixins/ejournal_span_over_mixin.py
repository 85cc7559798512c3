from odoo import api, fields, models


class EjournalSpanOverMixin(models.AbstractModel):
    """A from–to that record rules ask whether it is over.

    A rule must not read today's date: it would be the caller's, by the caller's time
    zone. So the past is marked: at each save, and nightly by the school's clock.
    """

    _name = "ejournal.span.over.mixin"
    _description = "From–To That Ends Rights"
    _inherit = ["ejournal.span.mixin"]

    is_over = fields.Boolean(compute="_compute_is_over", store=True)

    @api.depends("date_end")
    def _compute_is_over(self):
        for row in self:
            today = row.company_id._ejournal_today()
            row.is_over = bool(row.date_end and row.date_end < today)

    @api.model
    def _refresh_over(self):
        """Nightly: mark the rows whose last day has passed."""
        rows = self.search([("is_over", "=", False), ("date_end", "!=", False)])
        self.env.add_to_compute(self._fields["is_over"], rows)
        self.flush_model(["is_over"])
