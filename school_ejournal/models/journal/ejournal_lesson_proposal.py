from collections import defaultdict

from odoo import models


class EjournalLesson(models.Model):
    """What the page proposes for an open lesson; a fact only once it is confirmed."""

    _inherit = "ejournal.lesson"

    def _proposals(self, windows, spans):
        """Who was absent in the lesson before of the same day.

        :param windows: result of ``_entry_window``
        :param spans: result of ``ejournal.journal._pupil_spans`` for the journal
        :returns: ``{lesson id: {"absent": [pupil ids]}}`` of open, unconfirmed lessons
        """
        wanted = self.filtered(
            lambda lesson: (
                windows[lesson.id]["attendance"]["state"] == "open"
                and not lesson.attendance_confirmed
            )
        )
        listed = {span["pupil_id"] for span in spans}
        before = wanted._lessons_before()
        # sudo: the lesson before may be a colleague's; only absences of own pupils show
        facts = (
            self.env["ejournal.attendance"]
            .sudo()
            .search_fetch(
                [
                    ("lesson_id", "in", list(before.values())),
                    ("kind", "=", "absent"),
                    ("pupil_id", "in", list(listed)),
                ],
                ["lesson_id", "pupil_id"],
            )
        )
        absent = defaultdict(list)
        for fact in facts:
            absent[fact.lesson_id.id].append(fact.pupil_id.id)
        return {
            lesson_id: {"absent": absent[before_id]}
            for lesson_id, before_id in before.items()
            if absent.get(before_id)
        }

    def _lessons_before(self):
        """The last lesson of the same day and class whose roll was called.

        :returns: ``{lesson id: id of the lesson before}``
        """
        if not self:
            return {}
        candidates = self.sudo().search_fetch(
            [
                ("date", "in", list(set(self.mapped("date")))),
                ("journal_id.class_ids", "in", self.sudo().journal_id.class_ids.ids),
                ("attendance_confirmed", "=", True),
            ],
            ["date", "number", "journal_id"],
            order="number",
        )
        result = {}
        for lesson in self:
            classes = lesson.sudo().journal_id.class_ids
            for other in candidates:
                if (
                    other.date == lesson.date
                    and other.number < lesson.number
                    and other.journal_id.class_ids & classes
                ):
                    result[lesson.id] = other.id
        return result
