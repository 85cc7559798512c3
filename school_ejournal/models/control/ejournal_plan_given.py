from odoo import models
from odoo.tools import SQL

from ...tools.plan_order import given_hours


class EjournalPlan(models.Model):
    """What the lessons have given of a plan."""

    _inherit = "ejournal.plan"

    def _given_lessons(self):
        """The lessons of each plan that have a topic, in order; one query.

        :returns: ``{plan id: [(lesson id, date, [topic ids])]}``
        """
        result = {plan.id: [] for plan in self}
        if not self:
            return result
        self.env["ejournal.lesson"].flush_model(
            ["journal_id", "date", "number", "state", "topic", "plan_topic_ids"]
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT plan.id, lesson.id, lesson.date,
                       array_remove(array_agg(tie.topic_id ORDER BY tie.topic_id), NULL)
                  FROM ejournal_plan plan
                  JOIN ejournal_lesson lesson ON lesson.journal_id = plan.journal_id
                  LEFT JOIN ejournal_lesson_plan_topic_rel tie
                    ON tie.lesson_id = lesson.id
                 WHERE plan.id = ANY(%(ids)s)
                   AND lesson.state != 'cancelled'
                   AND lesson.topic != ''
                   AND lesson.substitution_kind IS DISTINCT FROM 'supervision'
                 GROUP BY plan.id, lesson.id
                 ORDER BY lesson.date, lesson.number, lesson.id
                """,
                ids=list(self.ids),
            )
        )
        for plan_id, *lesson in rows:
            result[plan_id].append(tuple(lesson))
        return result

    def _given_places(self):
        """Which hours of each plan were given, as places in :meth:`_hour_topics`.

        :returns: ``{plan id: [place]}``
        """
        lessons = self._given_lessons()
        return {
            plan.id: [
                place
                for places in given_hours(
                    [topic.id for topic in plan._hour_topics()],
                    [topic_ids for _id, _date, topic_ids in lessons[plan.id]],
                )
                for place in places
            ]
            for plan in self
        }
