from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.plan_order import given_hours


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
    hours_given = fields.Integer(
        compute="_compute_given",
        string="Given",
        help="Lessons that have given this topic, those prepared ahead included.",
    )
    date_fact = fields.Date(
        compute="_compute_given", string="Given on", help="The first such lesson."
    )

    _hours_positive = models.Constraint(
        "CHECK(hours >= 0)", "A topic takes no or more hours."
    )

    @api.depends("plan_id.topic_ids.hours", "plan_id.topic_ids.sequence")
    def _compute_given(self):
        self.hours_given, self.date_fact = 0, False
        # sudo: dates of the own journal's lessons, told to who may read its plan
        plans = self.plan_id.sudo()
        lessons = plans._given_lessons()
        for plan in plans:
            hours = [topic.id for topic in plan._hour_topics()]
            places = given_hours(hours, [row[-1] for row in lessons[plan.id]])
            topics = {topic.id: topic for topic in self if topic.plan_id.id == plan.id}
            for (_lesson_id, date, _named), own in zip(
                lessons[plan.id], places, strict=True
            ):
                for place in own:
                    if topic := topics.get(hours[place]):
                        topic.hours_given += 1
                        topic.date_fact = topic.date_fact or date

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_given(self):
        # sudo: ties to lessons of the own journal, whoever may read those
        tied = self.env["ejournal.lesson"].sudo()
        tied = tied.search([("plan_topic_ids", "in", self.ids)], limit=1)
        if tied:
            raise UserError(
                self.env._(
                    "“%(topic)s” was given on %(date)s and stays in the plan. Give it "
                    "fewer hours instead.",
                    topic=(tied.plan_topic_ids & self.sudo())[:1].title,
                    date=tied.date.strftime("%d.%m.%Y"),
                )
            )
