from odoo import api, fields, models


class EjournalEnrollmentMove(models.TransientModel):
    """Asks into which class pupils move, and from which day on."""

    _name = "ejournal.enrollment.move"
    _description = "Move Pupils to Another Class"

    enrollment_ids = fields.Many2many(
        "ejournal.enrollment",
        string="Pupils",
        required=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    year_id = fields.Many2one("ejournal.year", compute="_compute_year_id")
    class_id = fields.Many2one(
        "ejournal.class",
        string="New class",
        required=True,
        ondelete="cascade",
        domain="[('year_id', '=', year_id)]",
    )
    date = fields.Date(
        string="From",
        required=True,
        default=lambda self: self.env.company._ejournal_today(),
        help="The first day in the new class.",
    )
    reason = fields.Char(help="Kept in the row of the former class; may stay empty.")

    @api.depends("enrollment_ids")
    def _compute_year_id(self):
        for move in self:
            move.year_id = move.enrollment_ids.class_id.year_id[:1]

    def action_move(self):
        self.ensure_one()
        self.enrollment_ids.action_move(self.class_id, self.date, self.reason)
