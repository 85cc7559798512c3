from odoo import models

from ...tools.call_memory import memory_of
from ...tools.dates import short_date


class EjournalLesson(models.Model):
    """Who is on the list of a lesson, and who is exempt."""

    _inherit = "ejournal.lesson"

    def _listed_pupil_ids(self):
        """Ids of the pupils who may get an entry in this lesson.

        Enrolled and, for a subgroup, a member on the lesson's date.
        """
        self.ensure_one()
        memory = memory_of(self.env)
        if memory and self.id in memory.listed:
            return memory.listed[self.id]
        journal = self.sudo().journal_id
        spans = journal._pupil_spans(self.date, self.date)[journal.id]
        return {span["pupil_id"] for span in spans}

    def _not_on_list_text(self, pupil):
        """Why a pupil gets no entry; the name is told to who may read it only."""
        pupil = pupil.with_env(self.env).exists()._filtered_access("read")
        if not pupil:
            return self.env._("This pupil is not on the list: reload the page.")
        return self.env._(
            "%(pupil)s was not on the list of this lesson on %(date)s.",
            pupil=pupil.name,
            date=short_date(self.date),
        )

    def _exempt_pupils(self):
        """Who is exempt from the subject on each lesson's date.

        :returns: ``{lesson id: set of pupil ids}``; one query
        """
        memory = memory_of(self.env)
        known = memory.exempt if memory else {}
        unknown = self.filtered(lambda lesson: lesson.id not in known)
        known.update(unknown._read_exempt_pupils())
        return {lesson_id: known[lesson_id] for lesson_id in self.ids}

    def _read_exempt_pupils(self):
        lessons = self.sudo()
        if not lessons:
            return {}
        dates = lessons.mapped("date")
        exemptions = lessons.env["ejournal.exemption"].search_fetch(
            [
                ("subject_id", "in", lessons.journal_id.subject_id.ids),
                ("date_start", "<=", max(dates)),
                "|",
                ("date_end", "=", False),
                ("date_end", ">=", min(dates)),
            ],
            ["pupil_id", "subject_id", "date_start", "date_end"],
        )
        return {
            lesson.id: {
                exemption.pupil_id.id
                for exemption in exemptions
                if exemption.subject_id == lesson.journal_id.subject_id
                and exemption._covers(lesson.date)
            }
            for lesson in lessons
        }

    def _exempt_text(self, pupil_id):
        pupil = self.env["ejournal.pupil"].sudo().browse(pupil_id)
        return self.env._(
            "%(pupil)s is exempt from %(subject)s on this day and gets no mark.",
            pupil=pupil.name,
            subject=self.sudo().journal_id.subject_id.name,
        )
