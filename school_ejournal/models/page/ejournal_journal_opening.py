from datetime import timedelta

from odoo import api, fields, models

# A phone shows one lesson at a time; the days before it are there for going back.
DAYS_BEFORE_LESSON = 14


class EjournalJournal(models.Model):
    """Opening the journal page: which journal, and which days of it."""

    _inherit = "ejournal.journal"

    @api.readonly
    def open_page(self, span="period", day=None):
        """:meth:`load_page` of the days that surround one day.

        :param span: ``period`` (quarter or half-year), ``month``, or ``lesson``: the
            lesson of the day, else the last one before it, else the next, with the two
            weeks before
        :param day: ``YYYY-MM-DD``; today when left out
        :returns: the dict of ``load_page`` with ``days``: span, date_start, date_end and
            ``day``, the day to begin with
        :raises AccessError: the caller may not read the journal
        """
        self.ensure_one()
        self._check_readable()
        day = fields.Date.to_date(day) or self.company_id._ejournal_today()
        if span == "lesson":
            day = self._nearest_lesson_day(day)
            first, last = day - timedelta(days=DAYS_BEFORE_LESSON), day
        elif span == "month":
            first = day.replace(day=1)
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        else:
            first, last = self._period_days(day)
        return {
            **self.load_page(first, last),
            "days": {"span": span, "date_start": first, "date_end": last, "day": day},
        }

    @api.model
    @api.readonly
    def page_choices(self):
        """The journals that the caller may open, own ones first.

        :returns: list of dicts ``{id, name, teacher, mine, today}``; ``today`` are the
            numbers of today's lessons that the caller enters
        """
        today = self.env.company._ejournal_today()
        journals = self.search_fetch(
            [("year_id.state", "!=", "closed")], ["name", "teacher_id"]
        )
        lessons = self.env["ejournal.lesson"].search_fetch(
            [
                ("date", "=", today),
                ("entrant_id", "=", self.env.uid),
                ("state", "!=", "cancelled"),
            ],
            ["journal_id", "number"],
            order="number",
        )
        numbers = {
            journal.id: group.mapped("number")
            for journal, group in lessons.grouped("journal_id").items()
        }
        rows = [
            {
                "id": journal.id,
                "name": journal.name,
                "teacher": journal.sudo().teacher_id.name or "",
                "mine": journal.teacher_id.id == self.env.uid or journal.id in numbers,
                "today": numbers.get(journal.id, []),
            }
            for journal in journals
        ]
        rows.sort(key=lambda row: (not row["mine"], row["today"] or [99]))
        return rows

    def _nearest_lesson_day(self, day):
        """The day of the last lesson up to ``day``, else of the next, else ``day``."""
        Lesson = self.env["ejournal.lesson"]
        own = [("journal_id", "=", self.id), ("state", "!=", "cancelled")]
        before = Lesson.search([*own, ("date", "<=", day)], order="date desc", limit=1)
        nearest = before or Lesson.search(
            [*own, ("date", ">", day)], order="date", limit=1
        )
        return nearest.date or day

    def _period_days(self, day):
        """First and last day of the period around ``day``, else of the last before,
        else of the first after; of the month when the calendar has none."""
        # sudo: the dates of the quarters are no secret
        periods = self.sudo().calendar_id._leaf_periods().sorted("date_start")
        begun = periods.filtered(lambda period: period.date_start <= day)
        period = begun[-1:] or periods[:1]
        if period:
            return period.date_start, period.date_end
        first = day.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)

    # ---- what the page needs to know beside its cells ---------------------------------

    def _page_journal(self):
        # sudo: names of periods and types of work are shown to all who read the page
        journal = self.sudo()
        settings = journal.company_id._ejournal_settings()
        types = (
            self.env["ejournal.work.type"]
            .sudo()
            .search_fetch(
                [("company_id", "=", self.company_id.id)],
                ["name", "code", "is_control", "two_marks"],
            )
        )
        return {
            **super()._page_journal(),
            "now": self.company_id._ejournal_now(),
            "scores": journal.scale_id._scores() if journal.scale_id else {},
            "counts": settings._counted(),
            "work_types": [
                {
                    "id": work_type.id,
                    "name": work_type.name,
                    "code": work_type.code,
                    "is_control": work_type.is_control,
                    "two_marks": work_type.two_marks,
                }
                for work_type in types
            ],
            "periods": [
                {
                    "id": period.id,
                    "name": period.display_name,
                    "date_start": period.date_start,
                    "date_end": period.date_end,
                    "state": period.state,
                }
                for period in journal.calendar_id._leaf_periods().sorted("date_start")
            ],
        }
