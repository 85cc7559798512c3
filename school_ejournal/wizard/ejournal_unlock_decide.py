from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class EjournalUnlockDecide(models.TransientModel):
    """Approves or refuses requests to open lessons, one or many, with a note."""

    _name = "ejournal.unlock.decide"
    _description = "Decide on a Request to Open"

    unlock_ids = fields.Many2many(
        "ejournal.unlock",
        string="Requests",
        required=True,
        readonly=True,
        default=lambda self: self._waiting(),
    )
    until = fields.Selection(
        [
            ("tomorrow", "The closing time of tomorrow"),
            ("hours", "Some hours from now"),
            ("back", "The end of the first day back"),
            ("moment", "A day and hour"),
        ],
        string="Open",
        required=True,
        default="tomorrow",
    )
    hours = fields.Integer(default=2)
    expires_at = fields.Datetime(string="Open until", help="At most a month ahead.")
    note = fields.Char(help="The teacher reads it.")

    @api.model
    def _waiting(self):
        """The ticked requests that nobody has decided yet."""
        ticked = self.env["ejournal.unlock"].browse(
            self.env.context.get("active_ids") or ()
        )
        return ticked.exists().filtered(lambda unlock: unlock.state == "requested")

    def action_approve(self):
        self.ensure_one()
        for unlock in self._undecided():
            unlock.action_approve(self._end_of(unlock), self.note)

    def action_refuse(self):
        self.ensure_one()
        self._undecided().action_refuse(self.note)

    def _undecided(self):
        if not self.unlock_ids:
            raise UserError(self.env._("All of these are decided already."))
        return self.unlock_ids

    def _end_of(self, unlock):
        """When the permission ends; ``None`` for what the model takes by itself."""
        if self.until == "hours":
            if self.hours < 1:
                raise UserError(self.env._("Name at least one hour."))
            return unlock.company_id._ejournal_now() + timedelta(hours=self.hours)
        if self.until == "back":
            return unlock._first_day_back()
        if self.until == "moment":
            if not self.expires_at:
                raise UserError(
                    self.env._("Name the day and hour until which it is open.")
                )
            return self.expires_at
        return None
