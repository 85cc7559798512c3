from odoo import fields, models
from odoo.exceptions import UserError


class EjournalUnlockOutage(models.TransientModel):
    """Declares an outage of the school or of some classes, also afterwards."""

    _name = "ejournal.unlock.outage"
    _description = "Declare an Outage"

    date_start = fields.Date(
        string="From",
        required=True,
        default=lambda self: self.env.company._ejournal_today(),
    )
    date_end = fields.Date(
        string="To",
        required=True,
        default=lambda self: self.env.company._ejournal_today(),
    )
    class_ids = fields.Many2many(
        "ejournal.class",
        string="Classes",
        domain="[('year_id.state', '=', 'open')]",
        help="Empty: the whole school.",
    )
    reason = fields.Char(required=True)
    scope = fields.Selection(
        lambda self: (
            self.env["ejournal.unlock"]
            ._fields["scope"]
            ._description_selection(self.env)
        ),
        string="What to open",
        required=True,
        default="all",
    )
    expires_at = fields.Datetime(
        string="Open until",
        help="At most a month ahead; the closing time of tomorrow when left empty.",
    )

    def action_declare(self):
        self.ensure_one()
        lessons = self._lessons()
        if not lessons:
            raise UserError(
                self.env._(
                    "There are no lessons in these days that could be opened: look at "
                    "the days and classes, and whether the period is closed."
                )
            )
        permission, request = self.env["ejournal.unlock"]._declare_outage(
            lessons, self.expires_at, self.reason, self.scope
        )
        message = self.env._(
            "Lessons opened to their teachers: %(count)s.",
            count=len(permission.lesson_ids),
        )
        if request:
            message += " " + self.env._(
                "Your own lessons wait for another deputy director or the director."
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _lessons(self):
        """The lessons of the days and classes, not ahead, of open periods."""
        today = self.env.company._ejournal_today()
        domain = [
            ("company_id", "=", self.env.company.id),
            ("date", ">=", self.date_start),
            ("date", "<=", min(self.date_end, today)),
            ("state", "!=", "cancelled"),
            ("period_id.state", "=", "open"),
            ("entrant_id", "!=", False),
        ]
        if self.class_ids:
            domain.append(("journal_id.class_ids", "in", self.class_ids.ids))
        return self.env["ejournal.lesson"].search(domain)
