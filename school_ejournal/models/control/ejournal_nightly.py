import logging
from datetime import timedelta

from odoo import api, fields, models

_logger = logging.getLogger(__name__)
# From–to that record rules ask whether it is over.
_ENDING_RIGHTS = ("ejournal.assignment", "ejournal.enrollment")


class EjournalSettings(models.Model):
    _inherit = "ejournal.settings"

    planned_on = fields.Date(
        string="Lessons last planned",
        readonly=True,
        copy=False,
        help="The school's day on which the nightly planning last ran.",
    )


class EjournalLesson(models.Model):
    """What the calendar brings about by itself, every night of the school."""

    _inherit = "ejournal.lesson"

    @api.model
    def _cron_plan_lessons(self):
        """Nightly: keep the coming weeks of all schools planned, and who teaches now.

        School by school, each committed by itself; what fails in one does not stop the
        others. Runs again when the next school's day begins, by its own time zone.
        """
        schools = self.env["res.company"].search([("active", "=", True)])
        due = schools.filtered(lambda school: not school._ejournal_is_planned())
        cron = self.env["ir.cron"]
        # started by hand on a day that was planned already: all of them once more
        todo = due or schools
        cron._commit_progress(remaining=len(todo))
        for school in todo:
            try:
                with self.env.cr.savepoint():
                    school._ejournal_plan_night()
            except Exception:
                _logger.exception("Planning of school %s failed", school.id)
            seconds_left = cron._commit_progress(1)
            if due and not seconds_left:
                break
        self.env.ref("school_ejournal.ir_cron_plan_lessons")._trigger(
            at={school._ejournal_next_midnight() for school in schools}
        )


class ResCompany(models.Model):
    _inherit = "res.company"

    def _ejournal_is_planned(self):
        """Whether the night of the school's today is done."""
        self.ensure_one()
        return self._ejournal_settings().planned_on == self._ejournal_today()

    def _ejournal_next_midnight(self):
        """When the school's tomorrow begins, naive UTC."""
        self.ensure_one()
        tomorrow = self._ejournal_today() + timedelta(days=1)
        return self._ejournal_day_bounds(tomorrow)[0]

    def _ejournal_plan_night(self):
        """A night's work for one school, by its own date."""
        self.ensure_one()
        today = self._ejournal_today()
        settings = self._ejournal_settings()
        calendars = self.env["ejournal.calendar"].search(
            [("company_id", "=", self.id), ("year_id.state", "!=", "closed")]
        )
        self.env["ejournal.lesson"]._replan(
            calendars, today, today + timedelta(weeks=settings.weeks_ahead)
        )
        self._ejournal_refresh_teachers(calendars.year_id)
        settings.planned_on = today

    def _ejournal_refresh_teachers(self, years):
        """Who teaches and who leads a class follow the dates."""
        journals = self.env["ejournal.journal"].search([("year_id", "in", years.ids)])
        journals._refresh_present_teachers()
        journals.flush_recordset(["teacher_id"])
        for model in _ENDING_RIGHTS:
            self.env[model]._refresh_over()
        self.env["ejournal.class"]._refresh_present_teachers()
