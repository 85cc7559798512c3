from datetime import timedelta

from odoo import api, models

from ...tools.deadline import deadline
from ...tools.passage import with_passage
from .ejournal_remark import DAYS_TO_CLEAR

# Reminded on the fifth of the seven days.
DAYS_LEFT_AT_REMINDER = 2


class EjournalRemark(models.Model):
    """Until when a remark is cleared: a week, longer in holidays and on sick leave."""

    _inherit = "ejournal.remark"

    def _reckon_due_date(self, told_at):
        """Day of telling + 7 calendar days; in holidays the first school day; days of
        the teacher's sick leave do not count.

        :param told_at: naive UTC datetime
        """
        self.ensure_one()
        told_on = self.company_id._ejournal_local(told_at).date()
        return deadline(
            told_on,
            DAYS_TO_CLEAR,
            self._sick_leaves(self.teacher_id, told_on),
            self.journal_id.calendar_id._term(),
        )

    @api.model
    def _sick_leaves(self, teacher, since):
        """Sick leaves of a teacher that last to ``since`` or longer.

        :returns: list of ``(date_start, date_end)``
        """
        # sudo: that a colleague is away is known, only the dates are used
        absences = (
            self.env["ejournal.substitution"]
            .sudo()
            .search(
                [
                    ("teacher_id", "=", teacher.id),
                    ("reason_code", "=", "ill"),
                    ("state", "=", "confirmed"),
                    ("date_end", ">=", since),
                ]
            )
        )
        return [(absence.date_start, absence.date_end) for absence in absences]

    def _refresh_due_dates(self):
        """Reckon the last days of open remarks anew: a sick leave was recorded."""
        for remark in self.filtered(lambda x: x.told_at and not x.cleared_at):
            due_date = remark._reckon_due_date(remark.told_at)
            if due_date != remark.due_date:
                # sudo: nobody writes a last day, it follows from what was recorded
                with_passage(remark.sudo(), "system").write({"due_date": due_date})

    @api.model
    def _remind(self, company):
        """Remind the teachers of a school, once, of remarks whose week ends soon."""
        today = company._ejournal_today()
        remarks = self.search(
            [
                ("company_id", "=", company.id),
                ("cleared_at", "=", False),
                ("reminded_at", "=", False),
                ("due_date", "<=", today + timedelta(days=DAYS_LEFT_AT_REMINDER)),
                ("due_date", ">=", today),
                ("teacher_id.active", "=", True),
            ]
        )
        # sudo: that a reminder was sent is noted by the system
        remarks = with_passage(remarks.sudo(), "system")
        remarks.write({"reminded_at": company._ejournal_now()})
        for reminded in remarks:
            remark = reminded.with_context(lang=reminded.teacher_id.lang)
            days = (remark.due_date - today).days
            subject = remark.env._(
                "Remark on %(journal)s: %(days)s days are left to clear it",
                journal=remark.journal_id.name,
                days=days,
            )
            if not days:
                subject = remark.env._(
                    "Remark on %(journal)s: today is the last day to clear it",
                    journal=remark.journal_id.name,
                )
            remark._notify_teacher(subject, remark.text)
        return remarks
