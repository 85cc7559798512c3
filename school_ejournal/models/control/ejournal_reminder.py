import logging

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools.dates import short_date
from ...tools.passage import has_passage, with_passage

_logger = logging.getLogger(__name__)

TEACHER = "school_ejournal.group_teacher"
# Whoever asks for a later hour is told while there is time left to fill the lesson.
_HOURS_BEFORE_CLOSING = 0.5
# Nobody is reminded of remarks at night.
_MORNING = 8
_OWN_FIELDS = {"hour", "by_mail"}


class EjournalReminder(models.Model):
    """When and how a teacher is reminded of what is not filled today.

    Once a day, before the closing, only who has something to fill: an activity and, unless
    the teacher turned it off, one message by mail, inbox or push as Odoo is set. A row a
    teacher; it remembers the last day, so that nobody is told twice.
    """

    _name = "ejournal.reminder"
    _description = "Reminder"
    _inherit = ["ejournal.rights.mixin", "mail.thread", "mail.activity.mixin"]
    _rec_name = "user_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        string="School",
        required=True,
        index=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Teacher",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
        check_company=True,
    )
    hour = fields.Float(
        string="Remind me at",
        help="Empty: at the hour of the school. In any case half an hour before the "
        "closing at the latest.",
    )
    by_mail = fields.Boolean(
        string="Also by message",
        default=True,
        help="By e-mail or in the inbox, as your account has it. Without it only an "
        "activity appears.",
    )
    reminded_on = fields.Date(string="Last reminded", readonly=True)

    _user_uniq = models.Constraint(
        "UNIQUE(user_id, company_id)", "A teacher has one reminder."
    )
    _hour_range = models.Constraint(
        "CHECK(hour >= 0 AND hour < 24)", "The hour lies between 00:00 and 23:59."
    )

    def write(self, vals):
        if not has_passage(self.env) and not vals.keys() <= _OWN_FIELDS:
            raise AccessError(
                self.env._("Of a reminder only its hour and its way are changed.")
            )
        return super().write(vals)

    @api.model
    def action_open(self):
        """Open the caller's own reminder (menu of the teacher)."""
        if not self.env.user.has_group(TEACHER):
            raise AccessError(self.env._("Only teachers are reminded of lessons."))
        row = self._of(self.env.company, self.env.user)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("My reminder"),
            "res_model": self._name,
            "res_id": row.id,
            "views": [[False, "form"]],
        }

    @api.model
    def _of(self, company, users):
        """The rows of teachers, made when there are none."""
        # sudo: a row is made by the system, for the first reminder or the first look
        rows = with_passage(self.sudo(), "system")
        found = rows.search(
            [("company_id", "=", company.id), ("user_id", "in", users.ids)]
        )
        return found | rows.create(
            [
                {"company_id": company.id, "user_id": user.id}
                for user in users - found.user_id
            ]
        )

    # ---- reminding -------------------------------------------------------------------

    @api.model
    def _cron_remind(self):
        """Every quarter of an hour: remind the teachers of all schools.

        School by school, each committed by itself; what fails in one does not stop the
        others.
        """
        schools = self.env["res.company"].search([("active", "=", True)])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(schools))
        for school in schools:
            try:
                with self.env.cr.savepoint():
                    self.with_company(school)._remind(school)
            except Exception:
                _logger.exception("Reminding school %s failed", school.id)
            cron._commit_progress(1)

    @api.model
    def _remind(self, company):
        """Remind the teachers of one school whose hour has come."""
        local = company._ejournal_local(company._ejournal_now())
        hour = local.hour + local.minute / 60
        if hour >= _MORNING:
            self.env["ejournal.remark"]._remind(company)
        settings = company._ejournal_settings()
        today = company._ejournal_today()
        closes_at = company._ejournal_day_bounds(today)[1]
        if not settings.remind or closes_at <= company._ejournal_now():
            return
        to_fill = self._lessons_to_fill(company, today)
        self._take_back(company, to_fill)
        closing = self.env["ejournal.lock.rule"]._in_force(company, today).closing_time
        latest = closing - _HOURS_BEFORE_CLOSING
        for row in self._of(company, self.env["res.users"].union(*to_fill)):
            if row.reminded_on != today and hour >= min(
                row.hour or settings.reminder_hour, latest
            ):
                row._tell(to_fill[row.user_id], today)

    def _lessons_to_fill(self, company, today):
        """``{teacher: lessons of today that have begun and are not filled}``."""
        lessons = self.env["ejournal.lesson"].search(
            [
                ("company_id", "=", company.id),
                ("date", "=", today),
                ("state", "!=", "cancelled"),
                ("filled_at", "=", False),
                ("entrant_id.active", "=", True),
            ],
            order="number, id",
        )
        statuses = self.env["ejournal.board"]._statuses(lessons)
        due = lessons.filtered(lambda x: statuses[x.id] in ("part", "empty"))
        return due.grouped("entrant_id")

    def _take_back(self, company, to_fill):
        """Take reminders off the desks of those who have filled all, or whose day is
        over."""
        today = company._ejournal_today()
        told = self.search(
            [("company_id", "=", company.id), ("activity_ids", "!=", False)]
        )
        told.filtered(
            lambda row: row.user_id not in to_fill or row.reminded_on != today
        ).activity_unlink(["mail.mail_activity_data_todo"])

    def _tell(self, lessons, today):
        """One activity and one message about the lessons of a day."""
        self.ensure_one()
        row = self.with_context(lang=self.user_id.lang, mail_activity_quick_update=True)
        row.reminded_on = today
        lines = [lesson._lacks_text() for lesson in lessons.with_env(row.env)]
        subject = row.env._(
            "Not filled today, %(date)s: %(count)s lessons",
            date=short_date(today),
            count=len(lines),
        )
        body = Markup("<br/>").join(lines)
        row.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=today,
            user_id=row.user_id.id,
            summary=subject,
            note=body,
        )
        if row.by_mail:
            row.message_notify(
                partner_ids=row.user_id.partner_id.ids, subject=subject, body=body
            )


class EjournalLesson(models.Model):
    _inherit = "ejournal.lesson"

    def _lacks_text(self):
        """«3. 7-А · Algebra: topic, homework», for a reminder."""
        self.ensure_one()
        labels = {
            "topic": self.env._("topic"),
            "classwork": self.env._("work done"),
            "homework": self.env._("homework"),
            "attendance": self.env._("attendance"),
        }
        missing = self.company_id._ejournal_settings()._missing(self)
        lacking = ", ".join(labels[part] for part in missing)
        return f"{self.number}. {self.journal_id.name}: {lacking}"


class EjournalSettings(models.Model):
    _inherit = "ejournal.settings"

    remind = fields.Boolean(
        string="Remind teachers",
        default=True,
        help="Who has not filled a lesson of today is told once, before the closing.",
    )
    reminder_hour = fields.Float(
        string="Hour of the reminder",
        default=20.0,
        help="Each teacher may choose another hour.",
    )

    _reminder_hour_range = models.Constraint(
        "CHECK(reminder_hour >= 0 AND reminder_hour < 24)",
        "The hour of the reminder lies between 00:00 and 23:59.",
    )


class ResCompany(models.Model):
    _inherit = "res.company"

    def _ejournal_plan_night(self):
        """Remarks that ended in the night by what was cancelled or recorded."""
        result = super()._ejournal_plan_night()
        remarks = self.env["ejournal.remark"].search(
            [("company_id", "=", self.id), ("cleared_at", "=", False)]
        )
        remarks._clear_mended()
        remarks._refresh_due_dates()
        return result
