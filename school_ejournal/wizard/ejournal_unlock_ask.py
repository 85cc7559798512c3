from odoo import fields, models


class EjournalUnlockAsk(models.TransientModel):
    """Asks the deputy director to open lessons that have closed."""

    _name = "ejournal.unlock.ask"
    _description = "Ask to Open Lessons"

    lesson_ids = fields.Many2many(
        "ejournal.lesson",
        string="Lessons",
        required=True,
        readonly=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    reason_code = fields.Selection(
        lambda self: (
            self.env["ejournal.unlock"]
            ._fields["reason_code"]
            ._description_selection(self.env)
        ),
        string="Cause",
        required=True,
        default="forgot",
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

    def action_ask(self):
        self.ensure_one()
        self.lesson_ids.ask_to_open(self.reason, self.scope, self.reason_code)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "The deputy director has your request. It stands under “My requests”."
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
