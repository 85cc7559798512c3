from odoo import fields, models


class EjournalUnlockDecide(models.TransientModel):
    """Approves or refuses requests to open lessons, with a note to the teacher."""

    _name = "ejournal.unlock.decide"
    _description = "Decide on a Request to Open"

    unlock_ids = fields.Many2many(
        "ejournal.unlock",
        string="Requests",
        required=True,
        readonly=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    expires_at = fields.Datetime(
        string="Open until",
        help="At most a month ahead; the closing time of tomorrow when left empty.",
    )
    note = fields.Char(help="The teacher reads it.")

    def action_approve(self):
        self.ensure_one()
        self.unlock_ids.action_approve(self.expires_at, self.note)

    def action_refuse(self):
        self.ensure_one()
        self.unlock_ids.action_refuse(self.note)
