from odoo import api, fields, models

from ...tools.plan_order import hours_of


class EjournalPlan(models.Model):
    """The calendar-thematic plan of a journal; copied to others, never shared.

    Regulation 4.3: the teacher must cover the programme of the plan in time. Plan
    against fact is reckoned in ``ejournal_journal_plan.py``, what is still to come in
    ``ejournal_plan_forecast.py``.
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
    hours_due = fields.Integer(
        compute="_compute_progress",
        string="Planned to date",
        help="Hours that the plan has up to yesterday.",
    )
    hours_held = fields.Integer(
        compute="_compute_progress",
        string="Held",
        help="Lessons held up to yesterday; supervision alone does not count.",
    )
    lag = fields.Integer(
        compute="_compute_progress",
        string="Behind",
        help="Hours planned to date less hours held; below 0 the plan is ahead.",
    )

    _journal_uniq = models.Constraint(
        "UNIQUE(journal_id)", "A journal has one plan: open that one."
    )

    @api.depends("topic_ids.hours")
    def _compute_hours(self):
        for plan in self:
            plan.hours = sum(plan.topic_ids.mapped("hours"))

    @api.depends("topic_ids.hours", "topic_ids.date_planned", "topic_ids.sequence")
    def _compute_progress(self):
        # sudo: figures of a plan that the caller may read
        progress = self.sudo().journal_id._plan_progress()
        for plan in self:
            own = progress.get(plan.journal_id.id)
            plan.hours_due = own.planned if own else 0
            plan.hours_held = own.held if own else 0
            plan.lag = own.lag if own else 0

    def _hours_of_topic(self, topic):
        return hours_of([(topic, topic.hours)])

    def _hour_topics(self):
        """The topic of each hour of the plan, in order; half hours round up."""
        self.ensure_one()
        return hours_of([(topic, topic.hours) for topic in self.topic_ids])
