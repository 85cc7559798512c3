from collections import defaultdict

from odoo import models

from ...tools.passage import with_passage


class EjournalLesson(models.Model):
    """Whom the timetable or the assignment names as teacher of a lesson."""

    _inherit = "ejournal.lesson"

    def _take_planned_teachers(self, former=None):
        """Take the teacher of the row of the timetable, else of the journal.

        Never in the past, with entries, or in a closed period.

        :param former: see :meth:`ejournal.journal._teachers_changed`
        """
        todays = {c: c._ejournal_today() for c in self.company_id}
        own = self.filtered(
            lambda lesson: (
                lesson.date >= todays[lesson.company_id]
                and lesson.period_id.state not in ("closed", "archived")
                and (
                    former is None
                    or not lesson.teacher_id
                    or lesson.teacher_id.id in former.ids
                )
            )
        )
        main_on = self.env["ejournal.assignment"]._main_teachers_of(own.journal_id)
        taking = defaultdict(self.browse)
        for lesson in own - own._filter_having_entries():
            teacher_id = lesson.slot_id.teacher_id.id or main_on(
                lesson.journal_id.id, lesson.date
            )
            if teacher_id != lesson.teacher_id.id:
                taking[teacher_id] |= lesson
        for teacher_id, lessons in taking.items():
            with_passage(lessons, "system").write({"teacher_id": teacher_id})
