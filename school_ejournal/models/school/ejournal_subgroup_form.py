from odoo import api, fields, models


class EjournalSubgroup(models.Model):
    """What the form of a subgroup proposes."""

    _inherit = "ejournal.subgroup"

    present_day = fields.Date(
        compute="_compute_present_day",
        help="From when on a new row holds: today, or the first day of the year.",
    )

    @api.depends("class_ids")
    def _compute_present_day(self):
        for subgroup in self:
            first = subgroup.class_ids[:1]
            subgroup.present_day = first._present_day() if first else False
