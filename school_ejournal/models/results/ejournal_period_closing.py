from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, ValidationError

from ...tools.dates import short_date
from ...tools.passage import with_passage

# The steps of the order on the end of a period, and how many days after its last one
# they are proposed.
STEPS = {
    "entries_until": 0,
    "marks_until": 1,
    "reports_until": 2,
    "close_on": 3,
    "print_until": 10,
}


class EjournalCalendar(models.Model):
    """The year as a period: it has no lessons, but marks of its own."""

    _inherit = "ejournal.calendar"

    def _year_period(self):
        """The calendar's year, made when it is first asked for (sudo)."""
        self.ensure_one()
        found = self.period_ids.filtered(lambda period: period.kind == "year")
        if found:
            return found[:1]
        # sudo: it follows from the academic year, whoever opens the first page
        periods = with_passage(self.env["ejournal.period"].sudo(), "system")
        try:
            return periods.create(
                {
                    "calendar_id": self.id,
                    "kind": "year",
                    "sequence": 1,
                    "date_start": self.year_id.date_start,
                    "date_end": self.year_id.date_end,
                }
            )
        except UniqueViolation as error:
            raise ConcurrencyError("the year was made at the same moment") from error


class EjournalPeriod(models.Model):
    """The end of a period: dated steps of an order, and what is still missing.

    Grace, permissions and remarks run out → period marks → class reports → closing →
    print. The dates remind; what freezes is the closing itself.
    """

    _inherit = "ejournal.period"

    end_order_ref = fields.Char(
        string="Order on the end of the period", help="Number and date of the order."
    )
    entries_until = fields.Date(
        string="Entries and permissions until",
        help="Until when teachers make up for what is open: grace of written works, "
        "permissions, remarks.",
    )
    marks_until = fields.Date(
        string="Period marks until", help="Until when teachers set the period marks."
    )
    reports_until = fields.Date(
        string="Class reports until",
        help="Until when class teachers hand in the report of the class.",
    )
    close_on = fields.Date(string="Closing on", help="When the period is to be closed.")
    print_until = fields.Date(
        string="Print and archive until",
        help="Until when the journal is put on paper, compared, signed and archived.",
    )
    step_text = fields.Char(string="Next step", compute="_compute_step_text")

    @api.depends(*STEPS, "state")
    @api.depends_context("lang")
    def _compute_step_text(self):
        for period in self:
            # a form that is being filled in has no school yet
            today = (period.company_id or self.env.company)._ejournal_today()
            left = [
                (date, name)
                for name in STEPS
                if (date := period[name]) and date >= today
                if period.state == "open" or name == "print_until"
            ]
            period.step_text = False
            if left:
                date, name = min(left)
                label = self._fields[name].get_description(self.env)["string"]
                period.step_text = f"{label} {short_date(date)}"

    @api.constrains(*STEPS)
    def _check_steps_in_order(self):
        for period in self:
            dates = [period[name] for name in STEPS if period[name]]
            if dates != sorted(dates):
                raise ValidationError(
                    self.env._(
                        "The steps follow each other: entries, period marks, class "
                        "reports, closing, print. Correct the dates of %(period)s.",
                        period=period.display_name,
                    )
                )

    def action_propose_steps(self):
        """Fill in the usual dates where there are none. Deputy director."""
        self.check_access("write")
        for period in self:
            period.write(
                {
                    name: period.date_end + timedelta(days=days)
                    for name, days in STEPS.items()
                    if not period[name]
                }
            )

    # ---- before the closing ----------------------------------------------------------

    def _missing_marks(self):
        """Journals that still lack period marks. Three queries.

        :returns: list of ``(journal id, teacher id, name, pupils without a mark)``
        """
        self.ensure_one()
        results = self.env["ejournal.results"].with_company(self.company_id)
        pupils = {pupil.id for pupil in results._pupils(self)}
        marked = {
            (mark.pupil_id, mark.subject_id)
            for mark in results._marks(self)
            if mark.kind == "period"
        }
        missing = {}
        for course in results._courses(self):
            key = course.pupil_id, course.subject_id
            if course.pupil_id in pupils and key not in marked and not course.exempt:
                missing.setdefault(course.journal_id, [course, 0])[1] += 1
        # sudo: names of journals are no secret for who closes the period
        names = {
            journal.id: journal.name
            for journal in self.env["ejournal.journal"].sudo().browse(missing)
        }
        return [
            (journal_id, course.teacher_id, names[journal_id], count)
            for journal_id, (course, count) in sorted(
                missing.items(), key=lambda row: names[row[0]]
            )
        ]

    def _missing_notes(self):
        """Unmarked classes whose pupils still lack a note.

        :returns: list of ``(ejournal.class, pupils without a note)``
        """
        self.ensure_one()
        classes = (
            self.env["ejournal.class"]
            .sudo()
            .search([("calendar_id", "=", self.calendar_id.id), ("marked", "=", False)])
        )
        notes = (
            self.env["ejournal.period.note"]
            .sudo()
            .search([("period_id", "=", self.id), ("text", "!=", False)])
        )
        spans = (
            self.env["ejournal.class"]
            .sudo()
            ._spans_of(classes, self.date_end, self.date_end)
        )
        described = set(notes.pupil_id.ids)
        counts = [
            (class_, len({s["pupil_id"] for s in spans[class_.id]} - described))
            for class_ in classes
        ]
        return [(class_, count) for class_, count in counts if count]

    def _live_windows(self):
        """What still opens lessons of the period, and ends with its closing.

        :returns: list of ``(kind, user, text)``; kind is unlock, grace or remark
        """
        self.ensure_one()
        company = self.company_id
        now, today = company._ejournal_now(), company._ejournal_today()
        # sudo: whoever closes the period is told all that the closing ends
        unlocks = (
            self.env["ejournal.unlock"]
            .sudo()
            .search(
                [
                    ("lesson_ids.period_id", "=", self.id),
                    ("state", "=", "approved"),
                    ("expires_at", ">", now),
                ]
            )
        )
        works = (
            self.env["ejournal.work"]
            .sudo()
            .search(
                [
                    ("lesson_id.period_id", "=", self.id),
                    ("grace_until", ">=", today),
                    ("struck_out", "=", False),
                ]
            )
        )
        rows = [
            (
                "unlock",
                unlock.user_id,
                self.env._(
                    "Permission to open until %(date)s",
                    date=short_date(company._ejournal_local(unlock.expires_at)),
                ),
            )
            for unlock in unlocks
        ] + [
            (
                "grace",
                work.marker_id or work.lesson_id.entrant_id,
                self.env._(
                    "%(work)s of %(day)s may be filled until %(date)s",
                    work=work.display_name,
                    day=short_date(work.lesson_id.date),
                    date=short_date(work.grace_until),
                ),
            )
            for work in works
        ]
        return rows + self._live_remarks(today)

    def _live_remarks(self, today):
        if "ejournal.remark" not in self.env:
            return []
        remarks = (
            self.env["ejournal.remark"]
            .sudo()
            .search(
                [
                    ("lesson_ids.period_id", "=", self.id),
                    ("cleared_at", "=", False),
                    ("due_date", ">=", today),
                ]
            )
        )
        return [
            (
                "remark",
                remark.teacher_id,
                self.env._(
                    "Remark to be cleared by %(date)s", date=short_date(remark.due_date)
                ),
            )
            for remark in remarks
        ]
