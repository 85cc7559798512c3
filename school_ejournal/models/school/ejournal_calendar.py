from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.term import Term, monday_of

# Inside one save of a calendar its rows are judged together, at the end: a border
# between quarters moves by two rows. An object, so that no request can send it.
_TOGETHER_KEY = "ejournal_calendar_together"


class _Together:
    """The calendars that are being saved; rows of others are judged on their own."""

    def __init__(self, includes):
        self.includes = includes


class EjournalCalendar(models.Model):
    """The term calendar of some classes: dates may differ by grade."""

    _name = "ejournal.calendar"
    _description = "Term Calendar"
    _inherit = ["ejournal.recorded.mixin"]
    _order = "year_id, sequence, id"
    _check_company_auto = True

    _recorded_fields = ("weekdays", "odd_week_start")
    _recorded_at_edges = ()

    year_id = fields.Many2one(
        "ejournal.year",
        string="Academic year",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="year_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    weekdays = fields.Selection(
        [("5", "Monday to Friday"), ("6", "Monday to Saturday")],
        string="School week",
        required=True,
        default=lambda self: self.env.company._ejournal_settings().weekdays,
    )
    odd_week_start = fields.Date(
        string="Odd weeks from",
        compute="_compute_odd_week_start",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="Monday of an odd week; odd and even weeks alternate from it.",
    )
    period_ids = fields.One2many(
        "ejournal.period", "calendar_id", string="Periods", check_company=True
    )
    holiday_ids = fields.One2many(
        "ejournal.holiday", "calendar_id", string="Holidays", check_company=True
    )
    day_ids = fields.One2many(
        "ejournal.day", "calendar_id", string="Days by order", check_company=True
    )
    class_ids = fields.One2many(
        "ejournal.class", "calendar_id", string="Classes", check_company=True
    )

    _name_uniq = models.Constraint(
        "UNIQUE(year_id, name)",
        "The year already has a term calendar of this name. Choose another name.",
    )

    @api.depends("year_id.date_start")
    def _compute_odd_week_start(self):
        for calendar in self:
            if not calendar.odd_week_start and calendar.year_id.date_start:
                calendar.odd_week_start = monday_of(calendar.year_id.date_start)

    @api.constrains("odd_week_start")
    def _check_odd_week_start(self):
        for calendar in self:
            if calendar.odd_week_start.weekday():
                raise ValidationError(
                    self.env._(
                        "Odd weeks are counted from a Monday: choose %(monday)s.",
                        monday=monday_of(calendar.odd_week_start),
                    )
                )

    # ---- doors -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        known = set(self.sudo().search([]).ids)  # pylint: disable=no-search-all
        together = self._together(lambda calendar_id: calendar_id not in known)
        calendars = super(EjournalCalendar, together).create(vals_list)
        calendars = calendars.with_env(self.env)
        calendars.period_ids._check_no_overlap()
        calendars._dates_changed({})
        return calendars

    def write(self, vals):
        if not self._apart():
            return super().write(vals)
        before = self._dates_of()
        together = self._together(set(self.ids).__contains__)
        result = super(EjournalCalendar, together).write(vals)
        if "period_ids" in vals:
            self.period_ids._check_no_overlap()
        self._dates_changed(before)
        return result

    def _together(self, includes):
        return self.with_context(**{_TOGETHER_KEY: _Together(includes)})

    def _apart(self):
        """Those of these calendars that are not in the midst of a save of their own."""
        together = self.env.context.get(_TOGETHER_KEY)
        if not isinstance(together, _Together):
            return self
        return self.filtered(lambda calendar: not together.includes(calendar.id))

    @api.ondelete(at_uninstall=False)
    def _unlink_its_periods(self):
        """Periods go by their own door, which refuses closed and used ones."""
        self.period_ids.unlink()

    @api.constrains("year_id")
    def _check_classes_of_year(self):
        self.class_ids._check_calendar_of_year()
        self.period_ids._check_within_year()

    # ---- what follows a change of dates ----------------------------------------------

    def _dates_of(self):
        """All that a day of these calendars depends on, to see what a save changed.

        :returns: ``{calendar id: {fact: (date_start, date_end)}}``
        """
        result = {}
        for calendar in self:
            year = calendar.year_id
            today = calendar.company_id._ejournal_today()
            # a longer week, or weeks counted anew, change no day that is over
            whole = (max(year.date_start, today), year.date_end)
            facts = {
                ("week", calendar.weekdays, calendar.odd_week_start): whole,
            }
            for part in (*calendar._leaf_periods(), *calendar.holiday_ids):
                span = (part.date_start, part.date_end)
                facts[part._name, part.id, *span] = span
            for day in calendar.day_ids:
                facts["day", *day._facts()] = (day.date, day.date)
            result[calendar.id] = facts
        return result

    def _dates_of_unless_together(self):
        return self._apart()._dates_of()

    def _dates_changed(self, before):
        """Tell the lessons which days changed since :meth:`_dates_of`, once.

        Inside a save of the calendar nothing happens: the calendar's own save follows.
        """
        apart = self._apart()
        after = apart._dates_of()
        for calendar in apart:
            old, new = before.get(calendar.id, {}), after[calendar.id]
            changed = [
                span
                for fact in old.keys() ^ new.keys()
                for span in (old.get(fact) or new.get(fact),)
            ]
            if not changed:
                continue
            self.env["ejournal.span.mixin"]._refuse_frozen(
                [
                    (calendar, old.get(fact) or new.get(fact))
                    for fact in old.keys() ^ new.keys()
                    if fact[0] in ("ejournal.holiday", "day")
                ]
            )
            calendar._calendar_changed(
                min(start for start, _end in changed),
                max(end for _start, end in changed),
                periods=any(
                    fact[0] == "ejournal.period" for fact in old.keys() ^ new.keys()
                ),
            )

    def _calendar_changed(self, date_start, date_end, periods=True):
        """The one place from which the lessons follow a change of their calendar.

        :param periods: whether the borders of periods moved (marks may be in place)
        """
        lessons = self.env["ejournal.lesson"]
        if periods:
            lessons._assign_periods(self)
        lessons._follow_calendar(self, date_start, date_end)

    # ---- reading ---------------------------------------------------------------------

    def _leaf_periods(self):
        """Quarters and half-years: those that have lessons."""
        return self.period_ids.filtered(lambda period: period.kind != "year")

    def _term(self):
        """The days of one calendar, ready to be reckoned without further queries."""
        self.ensure_one()
        # sudo: dates of the school year are no secret, and all who plan need them
        calendar = self.sudo()
        return Term(
            [(p.date_start, p.date_end, p.id) for p in calendar._leaf_periods()],
            [(h.date_start, h.date_end) for h in calendar.holiday_ids],
            {
                day.date: (day._weekday(), day._cancels_all())
                for day in calendar.day_ids
            },
            int(calendar.weekdays),
            calendar.odd_week_start,
        )

    def _school_dates(self, date_start, date_end, with_cancelled=False):
        """The days with lessons between two dates, both included.

        :param with_cancelled: also the days whose lessons an order cancelled as a whole
        :returns: yields ``(date, weekday 0–6 whose timetable holds, ejournal.day)``; the
            last is empty on an ordinary day
        """
        self.ensure_one()
        term = self._term()
        none = self.env["ejournal.day"]
        days = {day.date: day for day in self.day_ids}
        for date, weekday in term.school_days(date_start, date_end, with_cancelled):
            yield date, weekday, days.get(date, none)

    def _is_odd_week(self, date):
        """Whether a date lies in an odd week."""
        return self._term().is_odd_week(date)

    def _is_school_day(self, date):
        """Whether there are lessons on a date."""
        return self._term().weekday_of(date) is not None

    def _next_school_day(self, date):
        """The first day with lessons after a date; ``None`` when the year is over."""
        return self._term().next_school_day(date)
