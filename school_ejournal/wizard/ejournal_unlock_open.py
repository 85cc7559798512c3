from odoo import fields, models


class EjournalUnlockOpen(models.TransientModel):
    """Opens lessons unasked: for a teacher, or for all after an outage."""

    _name = "ejournal.unlock.open"
    _description = "Open Lessons Unasked"

    lesson_ids = fields.Many2many(
        "ejournal.lesson",
        string="Lessons",
        required=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    is_outage = fields.Boolean(
        string="After an outage",
        help="Each lesson is opened to its own teacher.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="For",
        ondelete="cascade",
        domain="[('share', '=', False)]",
        default=lambda self: self._the_one_teacher(),
    )
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
    reason = fields.Char(required=True)

    def _the_one_teacher(self):
        """The teacher of the chosen lessons, when it is one."""
        lessons = self.env["ejournal.lesson"].browse(
            self.env.context.get("active_ids") or ()
        )
        teachers = lessons.entrant_id
        return teachers if len(teachers) == 1 else False

    def action_open_lessons(self):
        self.ensure_one()
        self.env["ejournal.unlock"].open_unasked(
            self.lesson_ids.ids,
            False if self.is_outage else self.user_id.id,
            self.expires_at,
            self.reason,
            self.scope,
        )
