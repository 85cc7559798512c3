from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .diary_reader import DiaryReader

MAX_DAYS = 62


class EjournalPupil(models.Model):
    """A pupil's diary, as parents and the pupil read it."""

    _inherit = "ejournal.pupil"

    @api.readonly
    def load_diary(self, date_start, date_end):
        """All that the diary shows of some days, in one call.

        No average of the class, no place in it, nothing of other children. Marks,
        comments and absences are shown once they have stood unchanged for the time that
        the school's settings name. The number of queries depends neither on the pupils
        nor on the days.

        :param date_start: first day, ``YYYY-MM-DD`` or a date
        :param date_end: last day
        :returns: dict of

            - ``pupil``: id, name, first_name, class
            - ``today``, ``date_start``, ``date_end``: dates
            - ``periods``: id, title, date_start, date_end of those the days touch
            - ``days``: each with date, ``holiday`` (its name or false), ``mode`` (normal,
              short, remote, cancelled) and ``lessons``: id, number, time_start, time_end
              (hours or false), subject, subject_id, room, teacher, ``substitution``,
              ``state``, topic, classwork, homework, no_homework, homework_minutes,
              homework_at, ``files`` (id, name, size), ``due`` (what was set for this
              lesson: homework, files, date, lesson_id; on days to come), ``announced``
              (control works ahead), ``exempt``, ``marks`` (type, title, is_control,
              value, second_value, comment, ``earlier``: another mark that was shown
              before, ``shown_at``), ``attendance`` (false, or kind absent, late, school;
              minutes, ``excused`` true, false or none while unknown, ``reason``,
              shown_at)
        :raises AccessError: the caller is neither a parent with access nor the pupil
        :raises UserError: no dates, or more than 62 days
        """
        pupil = self._check_diary_reader()
        first, last = self._diary_dates(date_start, date_end)
        return DiaryReader(pupil, first, last).diary()

    def _diary_file(self, file_id):
        """A file of the homework of one of the pupil's lessons, in sudo.

        :raises AccessError: not the caller's child, not this child's lesson, or a draft
        """
        pupil = self._check_diary_reader()
        file = pupil.env["ir.attachment"].search(
            [
                ("id", "=", file_id),
                ("res_model", "=", "ejournal.lesson"),
                ("res_field", "=", False),
                ("type", "=", "binary"),
            ]
        )
        lesson = pupil.env["ejournal.lesson"].browse(file.res_id).exists()
        if lesson:
            reader = DiaryReader(pupil, lesson.date, lesson.date)
            if file.id in [row["id"] for row in reader.files[lesson.id]]:
                return file
        raise AccessError(
            self.env._("This file is not among the homework of this pupil.")
        )

    @api.model
    def _diary_dates(self, date_start, date_end):
        try:
            first = fields.Date.to_date(date_start)
            last = fields.Date.to_date(date_end)
        except ValueError:
            first = last = None
        if not first or not last:
            raise UserError(self.env._("Name the first and the last day of the diary."))
        if not 0 <= (last - first).days < MAX_DAYS:
            raise UserError(
                self.env._(
                    "The diary shows 1 to %(days)s days, the first before the last.",
                    days=MAX_DAYS,
                )
            )
        return first, last
