from odoo import fields, models


class EjournalPlanTopic(models.Model):
    """A topic of the plan and how many lessons it takes."""

    _name = "ejournal.plan.topic"
    _description = "Topic of a Plan"
    _inherit = ["ejournal.rights.mixin"]
    _order = "plan_id, sequence, id"
    _rec_name = "title"
    _check_company_auto = True

    plan_id = fields.Many2one(
        "ejournal.plan",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    journal_id = fields.Many2one(
        related="plan_id.journal_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="plan_id.company_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    title = fields.Char(string="Topic", required=True)
    hours = fields.Float(default=1.0, help="Lessons that the topic takes.")
    date_planned = fields.Date(string="Planned for")
    is_control = fields.Boolean(string="Control work")
    outcome = fields.Text(string="Expected outcome")
    homework = fields.Text()

    _hours_positive = models.Constraint(
        "CHECK(hours >= 0)", "A topic takes no or more hours."
    )
