from odoo import fields, models


class EjournalLessonCancel(models.TransientModel):
    """Asks why lessons are cancelled, and for the order when they have entries."""

    _name = "ejournal.lesson.cancel"
    _description = "Cancel Lessons"

    lesson_ids = fields.Many2many(
        "ejournal.lesson",
        string="Lessons",
        required=True,
        readonly=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    reason = fields.Char(required=True)
    order_ref = fields.Char(
        string="Order",
        help="Number and date of the order; needed when a lesson has entries.",
    )

    def action_cancel(self):
        self.ensure_one()
        self.lesson_ids.action_cancel(self.reason, self.order_ref)
