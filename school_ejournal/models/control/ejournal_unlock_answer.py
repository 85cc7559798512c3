from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.dates import short_date, short_time
from .ejournal_unlock import DEPUTY


class EjournalUnlock(models.Model):
    """What a decision answers to: whether there is something to open, until when, and
    what the teacher is told."""

    _inherit = "ejournal.unlock"

    lesson_count = fields.Integer(
        string="Number of lessons", compute="_compute_lesson_count", store=True
    )

    @api.depends("lesson_ids")
    def _compute_lesson_count(self):
        for unlock in self:
            unlock.lesson_count = len(unlock.lesson_ids)

    # ---- what it would open ------------------------------------------------------------

    def _refuse_if_it_opens_nothing(self):
        """Refuse to approve what time has overtaken; such a request is refused."""
        self.ensure_one()
        lessons = self.sudo().lesson_ids
        if not lessons:
            raise UserError(
                self.env._(
                    "The lessons of this request are gone from the timetable: refuse it."
                )
            )
        if self.user_id and not self.user_id.active:
            raise UserError(
                self.env._(
                    "%(teacher)s has left the school: nobody would enter anything. "
                    "Refuse the request.",
                    teacher=self.user_id.sudo().name,
                )
            )
        shut = lessons.period_id.filtered(lambda period: period.state != "open")
        if shut and all(lesson.period_id in shut for lesson in lessons):
            raise UserError(shut[0]._closed_sentence())
        today = self.company_id._ejournal_today()
        # an outage may be declared while the day still lasts
        if self.user_id and all(lesson.date >= today for lesson in lessons):
            if all(not lesson._is_closed_day() for lesson in lessons):
                raise UserError(
                    self.env._(
                        "%(lesson)s was moved and is open on its own day: there is "
                        "nothing to open.",
                        lesson=lessons[0].display_name,
                    )
                )
        if self.user_id and not self._would_open_to(self.user_id):
            raise UserError(
                self.env._(
                    "%(teacher)s does not fill these lessons any more: nothing would be "
                    "opened.",
                    teacher=self.user_id.sudo().name,
                )
            )

    # ---- until when --------------------------------------------------------------------

    def _first_day_back(self):
        """End of the teacher's first school day after the absence that lasts or was the
        latest; of the next school day when none is known.

        :returns: naive UTC datetime
        """
        self.ensure_one()
        company = self.company_id
        today = company._ejournal_today()
        calendar = self.sudo().lesson_ids.journal_id.calendar_id[:1]
        # sudo: only the last day is used
        absence = (
            self.env["ejournal.substitution"]
            .sudo()
            .search(
                [
                    ("teacher_id", "=", self.user_id.id),
                    ("state", "!=", "withdrawn"),
                    ("date_start", "<=", today),
                ],
                order="date_end desc",
                limit=1,
            )
        )
        last = max(absence.date_end or today, today - timedelta(days=1))
        day = calendar._next_school_day(last) or last + timedelta(days=1)
        return company._ejournal_day_bounds(day)[1]

    # ---- telling -----------------------------------------------------------------------

    def _tell_teacher(self):
        """Tell who asked what was decided, and until when."""
        # sudo: the decider may not write to the teacher's record
        for decided in self.sudo().filtered("user_id"):
            unlock = decided.with_context(lang=decided.user_id.lang)
            if unlock.state == "approved":
                local = unlock.company_id._ejournal_local(unlock.expires_at)
                subject = unlock.env._(
                    "Opened until %(date)s, %(time)s",
                    date=short_date(local),
                    time=short_time(local),
                )
            else:
                subject = unlock.env._("Your request to open was refused")
            unlock.message_notify(
                partner_ids=unlock.user_id.partner_id.ids,
                subject=subject,
                body=unlock.note or unlock.reason,
            )

    @api.model
    def _declare_outage(self, lessons, expires_at, reason, scope):
        """Open lessons to all who enter them, after an outage.

        What the caller would open to himself is asked for instead: another deputy
        director or the director decides it.

        :returns: (permission or empty, request or empty)
        """
        if not self.env.user.has_group(DEPUTY):
            raise AccessError(self.env._("Lessons are opened by the deputy director."))
        own = lessons.filtered(lambda lesson: lesson._concerns(self.env.user))
        others = lessons - own
        permission = request = self.browse()
        if others:
            permission = self.browse(
                self.open_unasked(others.ids, False, expires_at, reason, scope)
            )
        asked = own.filtered(
            lambda lesson: (
                lesson.entrant_id == self.env.user and lesson._is_closed_day()
            )
        )
        if asked:
            request = self._ask(asked, reason, scope, "outage", False)
        return permission, request


class EjournalLesson(models.Model):
    _inherit = "ejournal.lesson"

    def _is_closed_day(self):
        """Whether the entry of the lesson's day is over."""
        self.ensure_one()
        return self._closes_at() <= self.company_id._ejournal_now()

    def _concerns(self, user):
        """Whether an outage of this lesson would open something to ``user``."""
        # sudo: who may enter is asked of all the facts
        lesson = self.sudo()
        return bool(lesson._writers(user)) or user in lesson.work_ids.marker_id
