from odoo import models


class EjournalJournal(models.Model):
    """The teachers of a journal over time, and what its lessons owe to it."""

    _inherit = "ejournal.journal"

    def write(self, vals):
        moving = self.browse()
        if "calendar_id" in vals:
            moving = self.filtered(lambda j: j.calendar_id.id != vals["calendar_id"])
        result = super().write(vals)
        if moving:
            self.env["ejournal.lesson"]._follow_timetable(moving)
        return result

    def _present_day(self):
        """Today, or the nearest day of the journal's year: in August, 1 September."""
        self.ensure_one()
        # a form that is being filled in has no year and so no school yet
        company = self.company_id or self.env.company
        today = company._ejournal_today()
        return self.year_id._clamp(today) if self.year_id.date_start else today

    def _main_teachers(self):
        """All who are, were or will be main teachers of these journals."""
        # sudo: see ejournal.assignment._main_teachers_of
        mains = self.sudo().assignment_ids.filtered(lambda a: a.role == "main")
        return mains.teacher_id.with_env(self.env)

    def _teachers_changed(self, date, former=None):
        """Give the lessons from a date on the main teacher of their date, at once.

        Lessons of the past, lessons with entries and those whose row of the timetable
        names a teacher of its own keep theirs.

        :param date: first day of the change
        :param former: ``res.users`` whose lessons go over, beside those of nobody; a
            lesson that somebody else was given by hand stays his. All when ``None``.
        """
        # sudo: the lessons follow, whoever changed the assignment
        lessons = self.env["ejournal.lesson"].sudo()
        lessons.search(
            [
                ("journal_id", "in", self.ids),
                ("date", ">=", date),
                # a path finds nothing where it breaks off: lessons added by hand
                "|",
                ("slot_id", "=", False),
                ("slot_id.teacher_id", "=", False),
            ]
        )._take_planned_teachers(former)
