from math import ceil

from odoo import api, fields, models


class EjournalPlan(models.Model):
    """The calendar-thematic plan of a journal; copied to others, never shared.

    Regulation 4.3: the teacher must cover the programme of the plan in time.
    """

    _name = "ejournal.plan"
    _description = "Calendar-thematic Plan"
    _inherit = ["ejournal.rights.mixin"]
    _order = "journal_id, id"
    _rec_name = "journal_id"
    _check_company_auto = True

    journal_id = fields.Many2one(
        "ejournal.journal",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="journal_id.company_id", store=True, index=True, precompute=True
    )
    topic_ids = fields.One2many("ejournal.plan.topic", "plan_id", string="Topics")
    hours = fields.Float(compute="_compute_hours", string="Hours planned")

    _journal_uniq = models.Constraint(
        "UNIQUE(journal_id)", "A journal has one plan: open that one."
    )

    @api.depends("topic_ids.hours")
    def _compute_hours(self):
        for plan in self:
            plan.hours = sum(plan.topic_ids.mapped("hours"))

    def _hour_topics(self):
        """The topic of each hour of the plan, in order; half hours round up."""
        self.ensure_one()
        return [topic for topic in self.topic_ids for _hour in range(ceil(topic.hours))]
