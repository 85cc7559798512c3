from odoo import fields, models


class EjournalSettings(models.Model):
    _inherit = "ejournal.settings"

    slip_days = fields.Integer(
        string="Days that an access slip is good for",
        default=14,
        help="After so many days the link and the code on a slip open nothing; the "
        "class teacher prints a new one.",
    )

    _slip_days_range = models.Constraint(
        "CHECK(slip_days BETWEEN 1 AND 90)", "A slip is good for 1 to 90 days."
    )
