import re

from odoo import fields, models

from ...tools.passage import has_passage, with_passage

# Between the topics of a lesson that gives several.
_BETWEEN_TOPICS = re.compile(r"\s*;\s*")


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

    def write(self, vals):
        result = super().write(vals)
        if (
            "topic" in vals
            and "plan_topic_ids" not in vals
            and not has_passage(self.env)
        ):
            self._tie_to_plan(vals["topic"])
        return result

    def _tie_to_plan(self, text):
        """Tie the lessons to the topics of their plans that the text names.

        Whoever takes the plan's topic at entry, or types it, need not choose it a second
        time. Words of one's own tie to nothing and count as one hour.
        """
        # sudo: follows from an entry that was accepted; a substitute reads no plan
        lessons = self.sudo()
        titles = {" ".join(part.split()) for part in _BETWEEN_TOPICS.split(text or "")}
        titles = (titles | {" ".join((text or "").split())}) - {""}
        topics = self.env["ejournal.plan.topic"].sudo()
        if titles:
            topics = topics.search_fetch(
                [
                    ("journal_id", "in", lessons.journal_id.ids),
                    ("title", "in", list(titles)),
                ],
                ["title", "journal_id"],
            )
        for journal, own in lessons.grouped("journal_id").items():
            named = topics.filtered(lambda x, j=journal: x.journal_id == j)
            whole = named.filtered(lambda x: x.title == text)
            named = (whole or named) - own._ambiguous(named)
            for lesson in own.filtered(lambda x, n=named: x.plan_topic_ids != n):
                with_passage(lesson, "system").write(
                    {"plan_topic_ids": [(6, 0, named.ids)]}
                )

    def _ambiguous(self, topics):
        """Of topics with the same title, such as a revision each quarter, only the first
        that has not been given wholly is meant."""
        rest = topics.browse()
        for alike in topics.grouped("title").values():
            if len(alike) > 1:
                open_ones = alike.filtered(lambda x: x.hours_given < x.hours)
                rest |= alike - (open_ones or alike)[:1]
        return rest

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

        What the journal's lessons have given counts, see ``tools.plan_order``; each
        lesson of this set takes the next hour.

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
        given = plans._given_places()
        result = {}
        for plan in plans:
            hours = plan._hour_topics()
            lessons = self.filtered(lambda x, j=plan.journal_id: x.journal_id == j)
            start = max((place + 1 for place in given[plan.id]), default=0)
            ordered = lessons.sorted(lambda lesson: (lesson.date, lesson.number))
            for hour, lesson in enumerate(ordered, start):
                if hour < len(hours):
                    result[lesson.id] = hours[hour]
        return result
