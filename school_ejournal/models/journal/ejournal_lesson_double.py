from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class EjournalLesson(models.Model):
    """Double lessons."""

    _inherit = "ejournal.lesson"

    @api.model
    def _same_days(self, journals, lesson_ids, names):
        """All lessons that some journals have on the days of some of their lessons, as
        far as the caller may read them. One query.

        :param names: names of the fields to read
        """

        def days(model, alias, query):
            date = model._field_to_sql(alias, "date", query)
            own = SQL("SELECT date FROM ejournal_lesson WHERE id = ANY(%s)", lesson_ids)
            return SQL("%s IN (%s)", date, own)

        return self.search_fetch(
            Domain("journal_id", "in", journals.ids) & Domain.custom(to_sql=days), names
        )

    def _doubles(self, others):
        """The second halves of double lessons.

        Two lessons of a journal on one day with numbers that follow each other, given by
        the same person, share topic and roll call. Cancelled ones do not count.

        :param others: the lessons among which the second halves are
        :returns: ``{lesson id: id of the lesson that follows}``
        """
        by_place = {
            (other.journal_id, other.date, other.number, other.entrant_id): other.id
            for other in others
            if other.state != "cancelled"
        }
        return {
            lesson.id: second_id
            for lesson in self
            if lesson.state != "cancelled"
            if (
                second_id := by_place.get(
                    (
                        lesson.journal_id,
                        lesson.date,
                        lesson.number + 1,
                        lesson.entrant_id,
                    )
                )
            )
        }
