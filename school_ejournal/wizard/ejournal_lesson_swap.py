from odoo import fields, models


class EjournalLessonSwap(models.TransientModel):
    """Asks with which lesson another one changes its day and number."""

    _name = "ejournal.lesson.swap"
    _description = "Swap Lessons"

    lesson_id = fields.Many2one(
        "ejournal.lesson",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    class_ids = fields.Many2many(related="lesson_id.class_ids")
    period_id = fields.Many2one(related="lesson_id.period_id")
    other_id = fields.Many2one(
        "ejournal.lesson",
        string="Swap with",
        required=True,
        ondelete="cascade",
        domain="[('id', '!=', lesson_id), ('state', '=', 'planned'), "
        "('period_id', '=', period_id), ('journal_id.class_ids', 'in', class_ids)]",
        help="A planned lesson of the same class and period.",
    )
    order_ref = fields.Char(
        string="Order",
        help="Number and date of the order; needed when a lesson has entries.",
    )

    def action_swap(self):
        self.ensure_one()
        self.lesson_id.action_swap(self.other_id.id, self.order_ref)
