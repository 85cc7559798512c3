from odoo import models


class EjournalLesson(models.Model):
    """Remarks, as the entry window and the entries see them."""

    _inherit = "ejournal.lesson"

    def _permissions(self, user, now):
        """Permissions come first, they reach further."""
        permissions = super()._permissions(user, now)
        # sudo: the judge sees all facts, whatever the user may read
        remarks = (
            self.env["ejournal.remark"]
            .sudo()
            .search(
                [
                    ("cleared_at", "=", False),
                    ("teacher_id", "=", user.id),
                    ("scope", "!=", "forward"),
                    ("lesson_ids", "in", self.ids),
                ],
                order="due_date desc",
            )
        )
        for remark in remarks:
            closes_at = remark.due_date and remark._closes_at()
            if not closes_at or closes_at <= now:
                continue
            for lesson in remark.lesson_ids & self:
                permissions.setdefault(lesson.id, []).append(
                    {
                        "state": "remark",
                        "scope": remark.scope,
                        "closes_at": closes_at,
                        "basis_id": remark.id,
                    }
                )
        return permissions

    def _note_entries(self):
        result = super()._note_entries()
        self.env["ejournal.remark"]._lessons_entered(self)
        return result

    def _prepared_ids(self):
        """Lessons that a permission or a remark speaks of are cancelled, not deleted."""
        prepared = super()._prepared_ids()
        if self:
            for model in ("ejournal.unlock", "ejournal.remark"):
                # sudo: only that there is one
                spoken_of = (
                    self.env[model].sudo().search([("lesson_ids", "in", self.ids)])
                )
                prepared |= set(spoken_of.lesson_ids.ids) & set(self.ids)
        return prepared
