from odoo import models


class EjournalLesson(models.Model):
    """Double lessons."""

    _inherit = "ejournal.lesson"

    def _doubles(self):
        """The second halves of double lessons.

        Two lessons of a journal on one day with numbers that follow each other, given by
        the same person, share topic and roll call. Cancelled ones do not count.

        :returns: ``{lesson id: id of the lesson that follows}``; one query
        """
        if not self:
            return {}
        others = self.search_fetch(
            [
                ("journal_id", "in", self.journal_id.ids),
                ("date", "in", list(set(self.mapped("date")))),
                ("state", "!=", "cancelled"),
            ],
            ["journal_id", "date", "number", "entrant_id"],
        )
        by_place = {
            (other.journal_id, other.date, other.number, other.entrant_id): other.id
            for other in others
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
