from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.entry import LESSON_FIELDS

MAX_ROWS = 50


class EjournalLesson(models.Model):
    """The history of one cell of the journal page, and of a lesson's own fields."""

    _inherit = "ejournal.lesson"

    def _record_context(self):
        """Changes of a lesson are read by those who read the changes of its cells."""
        self.ensure_one()
        return {"lesson_id": self.id, "journal_id": self.journal_id.id}

    @api.readonly
    def load_history(self, field=None, pupil_id=None, work_id=None):
        """Who entered what into a cell, when and on what basis.

        :param field: a content field of the lesson, or nothing for a pupil's cell
        :param pupil_id: whose cell: his mark in the column and his attendance
        :param work_id: the column; the answer column when left out
        :returns: list of dicts ``{at, by, field, old, new, basis, basis_text}``, newest
            first, at most 50; only what the caller may read of the change record
        :raises AccessError: the caller may not read the lesson
        """
        self.ensure_one()
        self.check_access("read")
        if field:
            domain = self._history_of_field(field)
        else:
            domain = self._history_of_pupil(pupil_id, work_id)
        rows = self.env["ejournal.change"].search(domain, limit=MAX_ROWS)
        texts = dict(
            self.env["ejournal.change"]
            ._fields["basis"]
            ._description_selection(self.env)
        )
        return [
            {
                "at": row.entered_at,
                # sudo: the name of a colleague who entered a cell is part of its record
                "by": row.user_id.sudo().name,
                "field": row.field_name,
                "old": row.old_value or "",
                "new": row.new_value or "",
                "basis": row.basis,
                "basis_text": texts.get(row.basis, row.basis),
            }
            for row in rows
        ]

    def _history_of_field(self, field):
        if field not in LESSON_FIELDS:
            raise UserError(self.env._("The page asked for a field no lesson has."))
        return Domain(
            [
                ("model_name", "=", "ejournal.lesson"),
                ("res_id", "=", self.id),
                ("field_name", "=", field),
            ]
        )

    def _history_of_pupil(self, pupil_id, work_id):
        works = Domain("work_id", "=", work_id)
        if not work_id:
            works = Domain("work_id.is_answer", "=", True)
        marks = self.env["ejournal.mark"].search(
            Domain([("lesson_id", "=", self.id), ("pupil_id", "=", pupil_id)]) & works
        )
        facts = self.env["ejournal.attendance"].search(
            [("lesson_id", "=", self.id), ("pupil_id", "=", pupil_id)]
        )
        return Domain(
            [("model_name", "=", "ejournal.mark"), ("res_id", "in", marks.ids)]
        ) | Domain(
            [("model_name", "=", "ejournal.attendance"), ("res_id", "in", facts.ids)]
        )
