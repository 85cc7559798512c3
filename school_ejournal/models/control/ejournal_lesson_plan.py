from odoo import fields, models


class EjournalLesson(models.Model):
    """The plan's topic of a lesson: proposed by the plan, chosen at entry."""

    _inherit = "ejournal.lesson"

    plan_topic_ids = fields.Many2many(
        "ejournal.plan.topic",
        "ejournal_lesson_plan_topic_rel",
        "lesson_id",
        "topic_id",
        string="Topics of the plan",
        ondelete="restrict",
        check_company=True,
    )

    def _proposals(self, windows, spans):
        proposals = super()._proposals(windows, spans)
        blank = self.filtered(
            lambda lesson: (
                not lesson.topic
                and self._may_enter(windows[lesson.id]["content"], {"topic"})
            )
        )
        for lesson_id, topic in blank._next_topics().items():
            proposals.setdefault(lesson_id, {})["topic"] = {
                "id": topic.id,
                "title": topic.title,
                "homework": topic.homework or "",
                "is_control": topic.is_control,
            }
        return proposals

    def _next_topics(self):
        """The topic of the plan that each lesson comes to.

        Lessons before it that have a topic count as given, one hour each; each lesson
        of this set takes the next hour.

        :returns: ``{lesson id: ejournal.plan.topic}``
        """
        if not self:
            return {}
        # sudo: a substitute reads the plan of the lesson he gives
        plans = (
            self.env["ejournal.plan"]
            .sudo()
            .search([("journal_id", "in", self.journal_id.ids)])
        )
        given = dict(
            self.env["ejournal.lesson"]
            .sudo()
            ._read_group(
                [
                    ("journal_id", "in", plans.journal_id.ids),
                    ("topic", "!=", False),
                    ("state", "!=", "cancelled"),
                ],
                ["journal_id"],
                ["__count"],
            )
        )
        result = {}
        for plan in plans:
            hours = plan._hour_topics()
            lessons = self.filtered(lambda x, j=plan.journal_id: x.journal_id == j)
            start = given.get(plan.journal_id, 0)
            ordered = lessons.sorted(lambda lesson: (lesson.date, lesson.number))
            for hour, lesson in enumerate(ordered, start):
                if hour < len(hours):
                    result[lesson.id] = hours[hour]
        return result
