from odoo import models
from odoo.tools import SQL


class EjournalLesson(models.Model):
    """What the substitute finds in his day: topic of the plan, last lesson, owner."""

    _inherit = "ejournal.lesson"

    def _day_rows(self):
        """Rows of ``load_day``; a substitution carries ``substitution``: kind, owner,
        plan_topic (title, homework, is_control), last_topic and last_homework of the
        lesson before."""
        rows = super()._day_rows()
        own = self.filtered("substitute_id")
        topics = own._next_topics() if own else {}
        before = own._content_before()
        # sudo: the substitute reads what the lesson he gives goes on from
        for lesson in own.sudo():
            topic = topics.get(lesson.id)
            last_topic, last_homework = before.get(lesson.id, ("", ""))
            rows[lesson.id]["substitution"] = {
                "kind": lesson.substitution_kind or "subject",
                "owner": lesson.teacher_id.name or "",
                "plan_topic": topic
                and {
                    "title": topic.title,
                    "homework": topic.homework or "",
                    "is_control": topic.is_control,
                },
                "last_topic": last_topic,
                "last_homework": last_homework,
            }
        return rows

    def _content_before(self):
        """Topic and homework of the last filled lesson of the same journal before each.

        :returns: ``{lesson id: (topic, homework)}``; one query
        """
        if not self:
            return {}
        self.env["ejournal.lesson"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lesson.id, coalesce(before.topic, ''),
                       coalesce(before.homework, '')
                  FROM ejournal_lesson lesson
                  JOIN LATERAL (
                       SELECT topic, homework FROM ejournal_lesson other
                        WHERE other.journal_id = lesson.journal_id
                          AND (other.date, other.number) < (lesson.date, lesson.number)
                          AND other.state != 'cancelled'
                          AND coalesce(other.topic, other.homework) != ''
                        ORDER BY other.date DESC, other.number DESC
                        LIMIT 1) before ON true
                 WHERE lesson.id = ANY(%s)
                """,
                list(self.ids),
            )
        )
        return {lesson_id: tuple(content) for lesson_id, *content in rows}
