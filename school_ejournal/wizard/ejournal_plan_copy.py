from odoo import fields, models


class EjournalPlanCopy(models.TransientModel):
    """Asks which journals get a copy of a plan."""

    _name = "ejournal.plan.copy"
    _description = "Copy a Plan"

    plan_id = fields.Many2one(
        "ejournal.plan",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    journal_ids = fields.Many2many(
        "ejournal.journal",
        string="To",
        required=True,
        domain="[('plan_ids', '=', False)]",
    )
    with_dates = fields.Boolean(
        string="With its dates",
        help="In the same academic year only; else set the dates by the timetable.",
    )

    def action_copy(self):
        """Copy, and show the new plans."""
        self.ensure_one()
        plan_ids = self.plan_id.copy_to(self.journal_ids.ids, self.with_dates)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plans"),
            "res_model": "ejournal.plan",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", plan_ids)],
        }
