from odoo import fields, models


class EjournalLessonRestore(models.TransientModel):
    """Takes the cancelling of lessons back; asks for the order when one is needed."""

    _name = "ejournal.lesson.restore"
    _description = "Take a Cancelling Back"

    lesson_ids = fields.Many2many(
        "ejournal.lesson",
        string="Lessons",
        required=True,
        readonly=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    order_ref = fields.Char(
        string="Order",
        help="Number and date of the order; needed when a lesson has entries, and on a "
        "day without school.",
    )

    def action_restore(self):
        self.ensure_one()
        self.lesson_ids.action_restore(self.order_ref)
