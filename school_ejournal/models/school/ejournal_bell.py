from odoo import fields, models


class EjournalBell(models.Model):
    """When lesson N of a shift begins and ends, on the school's clock."""

    _name = "ejournal.bell"
    _description = "Bell"
    _inherit = ["ejournal.rights.mixin"]
    _order = "number, id"
    _rec_name = "number"
    _check_company_auto = True

    shift_id = fields.Many2one(
        "ejournal.shift",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="shift_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    number = fields.Integer(string="Lesson", required=True)
    time_start = fields.Float(string="Begins", required=True)
    time_end = fields.Float(string="Ends", required=True)

    _number_uniq = models.Constraint(
        "UNIQUE(shift_id, number)",
        "The shift already has a bell for this lesson. Change that one.",
    )
    _number_range = models.Constraint(
        "CHECK(number BETWEEN 0 AND 20)", "The number of a lesson is 0 to 20."
    )
    _times_order = models.Constraint(
        "CHECK(time_start >= 0 AND time_end > time_start AND time_end <= 24)",
        "A lesson begins before it ends, between 0:00 and 24:00.",
    )
