from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.dates import short_date
from .checks import CHECKS, Scope, run

DEPUTY = "school_ejournal.group_deputy"
DIRECTOR = "school_ejournal.group_director"
TEACHER = "school_ejournal.group_teacher"
# How far back a teacher is told of what is not in order.
DAYS_BACK = 14
# A quarter is longer than no month, a year has no use as one list.
MAX_DAYS = 100


class EjournalCheck(models.AbstractModel):
    """Runs the checks of :mod:`.checks` and tells who may know what they found.

    Nothing is stored: a finding is gone as soon as what it spoke of is in order. Remarks,
    the weekly analysis, the board and the teacher's own list are made from it.
    """

    _name = "ejournal.check"
    _description = "Checks of the Journal"

    # ---- running ---------------------------------------------------------------------

    @api.model
    def _findings(self, company, date_start, date_end, codes=None, **narrower):
        """Run checks over the lessons of a school between two dates, both included.

        One query whatever the number of lessons. The caller answers for who is told.

        :param codes: codes of checks; all but the hints when left out
        :param narrower: ``journal_ids``, ``lesson_ids``, ``teacher_id`` of
            :class:`~.checks.Scope`
        :returns: list of :class:`~.checks.Finding`
        """
        if codes is None:
            codes = [code for code, check in CHECKS.items() if not check.is_hint]
        scope = Scope(
            company.id,
            date_start,
            date_end,
            company._ejournal_today(),
            self._holidays(company, date_start, date_end),
            self._lags(company, date_end) if "plan_lag" in codes else (),
            **narrower,
        )
        checks = [check for code, check in CHECKS.items() if code in codes]
        return run(self.env, checks, scope, company._ejournal_settings())

    @api.model
    def _findings_of_closed_days(self, date_start, date_end, codes=None):
        """As :meth:`_findings`, of days whose entry is over: today may still be filled,
        nobody is remarked on it."""
        company = self.env.company
        end = min(date_end, company._ejournal_last_closed_day())
        if end < date_start:
            return []
        return self._findings(company, date_start, end, codes)

    @api.model
    def _holidays(self, company, date_start, date_end):
        """``(calendar id, date)`` of the days of holidays between two dates."""
        # sudo: the dates of the holidays are no secret
        calendars = self.env["ejournal.calendar"].sudo()
        calendars = calendars.search(
            [
                ("company_id", "=", company.id),
                ("year_id.date_start", "<=", date_end),
                ("year_id.date_end", ">=", date_start),
            ]
        )
        days = [
            date_start + timedelta(days=number)
            for number in range((date_end - date_start).days + 1)
        ]
        return tuple(
            (calendar.id, day)
            for calendar in calendars
            for term in (calendar._term(),)
            for day in days
            # by order there may be lessons in the holidays
            if term.is_free(day) and term.weekday_of(day) is None
        )

    @api.model
    def _lags(self, company, date_end):
        """``(journal id, hours behind its plan)`` of the journals with a plan."""
        # sudo: the caller answers for who is told
        journals = (
            self.env["ejournal.plan"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("journal_id.year_id.date_start", "<=", date_end),
                    ("journal_id.year_id.date_end", ">=", date_end),
                ]
            )
            .journal_id
        )
        # the lessons of today are under way
        day = min(date_end, company._ejournal_today() - timedelta(days=1))
        return tuple(
            (journal_id, progress.lag)
            for journal_id, progress in journals._plan_progress(day).items()
        )

    # ---- telling ---------------------------------------------------------------------

    @api.model
    def _selection(self):
        """The checks that a remark may be tied to."""
        return [
            (code, check.name(self.env))
            for code, check in CHECKS.items()
            if not check.is_hint
        ]

    @api.model
    def _rows(self, findings):
        """Findings as a page shows them.

        :returns: list of dict: code, name, cure, is_hint, text, lesson_id, journal_id,
            journal, date, number, teacher_id, teacher, work_id, pupil_id; where to mend
            it is the journal page on ``journal_id`` and ``date``
        """
        # sudo: the caller was judged; only names of pupils, journals and teachers of
        # the lessons found are read, which all staff may know
        env = self.sudo().env
        journals = self._names("ejournal.journal", "name", findings, "journal_id")
        teachers = self._names("res.users", "name", findings, "teacher_id")
        pupils = self._names("ejournal.pupil", "short_name", findings, "pupil_id")
        rows = []
        for finding in findings:
            check = CHECKS[finding.code]
            pupil = pupils.get(finding.pupil_id, "")
            rows.append(
                {
                    "code": finding.code,
                    "name": check.name(env),
                    "cure": check.cure,
                    "is_hint": check.is_hint,
                    "text": check.sentence(env, finding, pupil),
                    "lesson_id": finding.lesson_id,
                    "journal_id": finding.journal_id,
                    "journal": journals.get(finding.journal_id, ""),
                    "date": finding.date,
                    "number": finding.number,
                    "teacher_id": finding.teacher_id,
                    "teacher": teachers.get(finding.teacher_id, ""),
                    "work_id": finding.work_id,
                    "pupil_id": finding.pupil_id,
                }
            )
        return rows

    def _names(self, model, field_name, findings, key):
        # sudo: see _rows
        ids = {getattr(finding, key) for finding in findings} - {0}
        records = self.env[model].sudo().browse(ids)
        return {record.id: record[field_name] or "" for record in records}

    @api.model
    @api.readonly
    def load_own(self, date_start=None, date_end=None):
        """What is not in order in the caller's own lessons, hints included.

        :param date_start: a date or ``YYYY-MM-DD``; 14 days ago when left out
        :param date_end: likewise; today when left out
        :returns: list of dict, see :meth:`_rows`
        :raises AccessError: the caller is no teacher
        """
        if not self.env.user.has_group(TEACHER):
            raise AccessError(self.env._("Only teachers have lessons of their own."))
        start, end = self._asked_days(date_start, date_end)
        findings = self._findings(
            self.env.company,
            start,
            end,
            codes=CHECKS,
            teacher_id=self.env.uid,
        )
        return self._rows(findings)

    @api.model
    @api.readonly
    def load_findings(self, date_start=None, date_end=None):
        """What is not in order in the school; deputy director and director.

        Hints about values are not among it.

        :returns: list of dict, see :meth:`_rows`
        :raises AccessError: the caller is neither
        """
        self._refuse_unless_control()
        start, end = self._asked_days(date_start, date_end)
        return self._rows(self._findings(self.env.company, start, end))

    @api.model
    def _refuse_unless_control(self):
        user = self.env.user
        if not (user.has_group(DEPUTY) or user.has_group(DIRECTOR)):
            raise AccessError(
                self.env._(
                    "The journals of the whole school are controlled by the deputy "
                    "director and the director."
                )
            )

    def _asked_days(self, date_start, date_end):
        today = self.env.company._ejournal_today()
        try:
            end = fields.Date.to_date(date_end) or today
            start = fields.Date.to_date(date_start) or end - timedelta(days=DAYS_BACK)
        except ValueError as error:
            raise UserError(self.env._("Name the day as YYYY-MM-DD.")) from error
        if not timedelta(0) <= end - start <= timedelta(days=MAX_DAYS):
            raise UserError(
                self.env._(
                    "Ask for a time of one to %(days)s days that ends after it begins.",
                    days=MAX_DAYS,
                )
            )
        return start, end

    # ---- remarks ---------------------------------------------------------------------

    @api.model
    def _texts(self, findings):
        """One text for findings of one check in one journal: days, pupils, what is wrong.

        :returns: lines joined by line breaks
        """
        days = defaultdict(list)
        for row in self._rows(findings):
            days[row["text"]].append(f"{short_date(row['date'])} ({row['number']})")
        return "\n".join(
            f"{', '.join(dict.fromkeys(dates))}: {text}" for text, dates in days.items()
        )
