from odoo import models
from odoo.tools import SQL


class EjournalChange(models.Model):
    _inherit = "ejournal.change"

    _permitted_idx = models.Index("(lesson_id) WHERE basis IN ('unlock', 'remark')")


class EjournalJournal(models.Model):
    """The journal page says which lessons were entered by permission or remark."""

    _inherit = "ejournal.journal"

    def _page_lessons(self, lessons, spans):
        rows = super()._page_lessons(lessons, spans)
        permitted = lessons._entered_by_permission()
        return [{**row, "by_permission": row["id"] in permitted} for row in rows]


class EjournalLesson(models.Model):
    _inherit = "ejournal.lesson"

    def _entered_by_permission(self):
        """Ids of the lessons that hold entries made after their day, by a permission to
        open or to clear a remark. What prints a lesson marks it by this, too."""
        if not self:
            return set()
        self.env["ejournal.change"].flush_model(["lesson_id", "basis"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT lesson_id FROM ejournal_change
                 WHERE lesson_id = ANY(%s) AND basis IN ('unlock', 'remark')
                """,
                list(self.ids),
            )
        )
        return {row[0] for row in rows}
