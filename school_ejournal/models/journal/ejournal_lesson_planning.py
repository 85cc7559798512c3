from collections import Counter, defaultdict
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from ...tools import planning
from ...tools.passage import has_passage, with_passage

# Where the plan put a lesson; written by the planning alone.
PLAN_FIELDS = frozenset({"slot_id", "slot_date", "slot_number", "cancelled_by_plan"})
_FACTS = (
    "journal_id",
    "date",
    "number",
    "slot_id",
    "slot_date",
    "slot_number",
    "state",
    "cancelled_by_plan",
    "period_id",
)
_BATCH = 1000


class EjournalLesson(models.Model):
    """The making of lessons from the timetable.

    What the timetable asks for and what follows from it is reckoned in
    :mod:`tools.planning`; here it is read from and written to the database.
    """

    _inherit = "ejournal.lesson"

    slot_number = fields.Integer(
        string="Number by the timetable",
        readonly=True,
        copy=False,
        help="The number this lesson has in the timetable, also after it was moved.",
    )
    cancelled_by_plan = fields.Boolean(
        readonly=True,
        copy=False,
        help="Cancelled because of a holiday, an order for the day or a new timetable; "
        "comes back by itself with the day. What a person cancelled stays cancelled.",
    )

    # ---- planning --------------------------------------------------------------------

    @api.model
    def _replan(self, calendars, date_start, date_end):
        """Make the lessons of these calendars what the timetable says.

        Lessons with entries, and lessons moved, cancelled or added by hand, stay as they
        are; closed and archived periods are left alone. A day that is over gains the
        lessons that were due on it and loses none to a new timetable.

        :param calendars: ``ejournal.calendar``; all their journals are planned
        :param date_start: first day
        :param date_end: last day
        :returns: ``Counter`` of ``made``, ``changed``, ``removed`` and ``kept`` lessons;
            kept ones differ from the timetable
        :raises ConcurrencyError: somebody planned the same lessons at the same moment
        """
        # sudo: who may order it is checked by the callers; the plan concerns everybody
        journals = self.env["ejournal.journal"].sudo()
        return self._replan_journals(
            journals.search([("calendar_id", "in", calendars.ids)]),
            date_start,
            date_end,
        )

    @api.model
    def _replan_journals(self, journals, date_start, date_end):
        """:meth:`_replan` for some journals only."""
        counts = Counter()
        planner = with_passage(self.sudo(), "system")
        for calendar, own in journals.sudo().grouped("calendar_id").items():
            counts += planner._replan_days(calendar, own, date_start, date_end)
        return counts

    def _replan_days(self, calendar, journals, date_start, date_end):
        """Plan journals of one calendar between two dates."""
        if date_start > date_end:
            return Counter()
        may_plan = self._days_to_plan(calendar, date_start, date_end)
        slots = self._slots_between(journals, date_start, date_end)
        timetable = self._timetable(calendar, slots, date_start, date_end, may_plan)
        lessons = self._lessons_between(journals, date_start, date_end, may_plan)
        today = calendar.company_id._ejournal_today()
        steps = timetable.compare(lessons, today)
        self._carry_out(steps, slots, calendar)
        return Counter(
            made=len(steps.make),
            changed=len(
                {lesson.id for lesson in steps.restore}
                | {lesson.id for lesson, _wish in steps.adopt + steps.renumber}
            ),
            removed=len(steps.delete) + len(steps.cancel),
            kept=len(steps.keep),
        )

    # ---- what is there ---------------------------------------------------------------

    def _days_to_plan(self, calendar, date_start, date_end):
        """Which days may be planned: not those of a closed period.

        Share-locks the periods, so that none closes before the lessons are committed.

        :returns: function of a date
        """
        periods = calendar._leaf_periods().filtered(
            lambda p: p.date_start <= date_end and p.date_end >= date_start
        )
        states = periods._share_lock(periods)
        shut = [
            (period.date_start, period.date_end)
            for period in periods
            if states[period.id] != "open"
        ]

        def may_plan(date):
            return date_start <= date <= date_end and not any(
                start <= date <= end for start, end in shut
            )

        return may_plan

    def _slots_between(self, journals, date_start, date_end):
        """The rows of the timetable that hold on some of the days."""
        return self.env["ejournal.timetable.slot"].search(
            Domain("journal_id", "in", journals.ids)
            & Domain("date_start", "<=", date_end)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", date_start)),
            order="id",
        )

    def _timetable(self, calendar, slots, date_start, date_end, may_plan):
        """The timetable laid over the days, see :class:`tools.planning.Timetable`."""
        weekdays = {
            date: weekday
            for date, weekday, _day in calendar._school_dates(date_start, date_end)
            if may_plan(date)
        }
        orders = {day.date: day for day in calendar.day_ids}
        term = calendar._term()

        def cancels(date, number):
            order = orders.get(date)
            if order and order._cancels(number) or term.period_at(date) is None:
                return True
            return term.is_holiday(date) and not (order and order.as_weekday)

        rows = [
            planning.Slot(
                slot.id,
                slot.journal_id.id,
                slot.weekday,
                slot.number,
                slot.week,
                slot.date_start,
                slot.date_end,
            )
            for slot in slots
        ]
        return planning.Timetable(rows, weekdays, term.is_odd_week, cancels)

    def _lessons_between(self, journals, date_start, date_end, may_plan):
        """The lessons that stand on the days or belong to them, as plain data."""
        lessons = self.search_fetch(
            Domain("journal_id", "in", journals.ids)
            & (
                (Domain("date", ">=", date_start) & Domain("date", "<=", date_end))
                | (
                    Domain("slot_date", ">=", date_start)
                    & Domain("slot_date", "<=", date_end)
                )
            ),
            _FACTS,
            order="date, number, id",
        )
        having_entries = set(lessons._filter_having_entries().ids)
        prepared = lessons._prepared_ids()
        return [
            planning.Lesson(
                id=lesson.id,
                journal_id=lesson.journal_id.id,
                date=lesson.date,
                number=lesson.number,
                slot_id=lesson.slot_id.id,
                # on days that are not planned a lesson only holds its place
                slot_date=lesson.slot_date
                and may_plan(lesson.slot_date)
                and lesson.slot_date,
                slot_number=lesson.slot_number,
                is_cancelled=lesson.state == "cancelled",
                cancelled_by_plan=lesson.cancelled_by_plan,
                is_fixed=lesson.id in having_entries
                or lesson.period_id.state in ("closed", "archived"),
                is_prepared=lesson.id in prepared,
            )
            for lesson in lessons
        ]

    def _prepared_ids(self):
        """Ids of the lessons that somebody put something into, or that stand on record.

        They are cancelled, never deleted: a topic, homework or file, an announced
        column, a substitute must not get lost, and a row of the change record must not
        lose its lesson, since its seal would break. What the planning itself noted
        today, before the night's seal, does not count.
        """
        if not self:
            return set()
        self.flush_model()
        self.env["ejournal.work"].flush_model(["lesson_id"])
        self.env["ejournal.change"].flush_model(["lesson_id", "seal_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lesson.id FROM ejournal_lesson lesson
                 WHERE lesson.id = ANY(%(ids)s)
                   AND (lesson.substitute_id IS NOT NULL
                        OR concat(lesson.topic, lesson.classwork, lesson.homework) != ''
                        OR lesson.no_homework
                        OR EXISTS (SELECT 1 FROM ejournal_work work
                                    WHERE work.lesson_id = lesson.id)
                        OR EXISTS (SELECT 1 FROM ejournal_change change
                                    WHERE change.lesson_id = lesson.id
                                      AND (change.seal_id IS NOT NULL
                                           OR change.basis != 'system'))
                        OR EXISTS (SELECT 1 FROM ir_attachment file
                                    WHERE file.res_model = 'ejournal.lesson'
                                      AND file.res_id = lesson.id))
                """,
                ids=list(self.ids),
            )
        )
        return {row[0] for row in rows}

    # ---- carrying out ----------------------------------------------------------------

    def _carry_out(self, steps, slots, calendar):
        """Do what :meth:`tools.planning.Timetable.compare` found, in batches."""
        self.browse([lesson.id for lesson in steps.delete]).unlink()
        self._cancel_by_plan(steps.cancel, calendar)
        with self._exchanging_places():
            for number, lessons in self._grouped(
                steps.renumber, lambda wish: wish.number
            ):
                lessons.write({"number": number, "slot_number": number})
        teachers = slots._planned_teachers()
        for (slot_id, teacher_id), lessons in self._grouped(
            steps.adopt, lambda wish: (wish.slot_id, teachers(wish.slot_id, wish.date))
        ):
            lessons.write({"slot_id": slot_id, "teacher_id": teacher_id})
        restored = self.browse([lesson.id for lesson in steps.restore])
        restored.write(
            {"state": "planned", "cancel_reason": False, "cancelled_by_plan": False}
        )
        self._make_planned(steps.make, teachers, calendar)

    def _grouped(self, pairs, key):
        """``[(lesson, wish)]`` → ``(key(wish), lessons)``, read ahead together."""
        groups = defaultdict(list)
        for lesson, wish in pairs:
            groups[key(wish)].append(lesson.id)
        all_ids = [lesson.id for lesson, _wish in pairs]
        for value, lesson_ids in groups.items():
            yield value, self.browse(lesson_ids).with_prefetch(all_ids)

    def _cancel_by_plan(self, lessons, calendar):
        # Stored and read by all: in the school's language, not in that of the caller,
        # who may be the system at night.
        lang = calendar.company_id.partner_id.lang or self.env.lang
        localized = self.with_context(lang=lang)
        reasons = defaultdict(list)
        for lesson in lessons:
            place = lesson.slot_date, lesson.slot_number
            reasons[localized._why_no_lesson(calendar, *place)].append(lesson.id)
        for reason, lesson_ids in reasons.items():
            self.browse(lesson_ids).write(
                {
                    "state": "cancelled",
                    "cancel_reason": reason,
                    "cancelled_by_plan": True,
                }
            )

    def _why_no_lesson(self, calendar, date, number):
        """Why the timetable has no lesson with this number on a date."""
        day = calendar.day_ids.filtered(lambda day: day.date == date)
        if day and day._cancels(number):
            return self.env._("By order %(order)s", order=day.order_ref)
        term = calendar._term()
        if term.weekday_of(date) is not None:
            return self.env._("The timetable has changed")
        holiday = calendar.holiday_ids.filtered(
            lambda holiday: holiday.date_start <= date <= holiday.date_end
        )[:1]
        if holiday and term.period_at(date) is not None:
            return self.env._("Holiday: %(name)s", name=holiday.name)
        return self.env._("No school on this day")

    def _make_planned(self, wishes, teachers, calendar):
        """Make the lessons that were asked for."""
        period_at = calendar._term().period_at
        for batch in split_every(_BATCH, wishes, list):
            vals_list = []
            for wish in batch:
                teacher_id = teachers(wish.slot_id, wish.date)
                vals_list.append(
                    {
                        "journal_id": wish.journal_id,
                        "date": wish.date,
                        "number": wish.number,
                        "slot_id": wish.slot_id,
                        "slot_date": wish.date,
                        "slot_number": wish.number,
                        "teacher_id": teacher_id,
                        # computed fields, known here: reckoning them lesson by lesson
                        # would take half of the time
                        "entrant_id": teacher_id,
                        "company_id": calendar.company_id.id,
                        "period_id": period_at(wish.date),
                    }
                )
            try:
                with self.env.cr.savepoint():
                    self.create(vals_list)
            except UniqueViolation as error:
                # Somebody made them since our snapshot was taken: plan once more.
                raise ConcurrencyError("lessons planned at the same moment") from error

    # ---- what follows by itself --------------------------------------------------------

    @api.model
    def _follow_calendar(self, calendars, date_start, date_end):
        """Re-plan after a change of the calendar, past days included.

        Only where lessons were made before: a new calendar row does not generate a
        year. Whole periods are generated by their button.
        """
        counts = Counter()
        for calendar in calendars.sudo():
            first, last = self._planned_span(calendar)
            counts += self._replan(
                calendar, max(date_start, first), min(date_end, last)
            )
        return counts

    @api.model
    def _follow_timetable(self, journals):
        """Re-plan after a change of the timetable, from today on.

        What was taught, or was due, by the former timetable stays.
        """
        counts = Counter()
        for calendar, own in journals.sudo().grouped("calendar_id").items():
            today = calendar.company_id._ejournal_today()
            _first, last = self._planned_span(calendar)
            counts += self._replan_journals(own, today, last)
        return counts

    @api.model
    def _planned_span(self, calendar):
        """From the first day with lessons of the timetable, or today, to the last one or
        to the end of the weeks that are kept ahead."""
        company = calendar.company_id
        today = company._ejournal_today()
        ahead = timedelta(weeks=company._ejournal_settings().weeks_ahead)
        # by the ids: joined, a database without fresh statistics takes minutes
        journals = self.env["ejournal.journal"].sudo()
        journals = journals.search([("calendar_id", "=", calendar.id)])
        [(first, last)] = self.sudo()._read_group(
            [("journal_id", "in", journals.ids), ("slot_date", "!=", False)],
            [],
            ["slot_date:min", "slot_date:max"],
        )
        return min(first or today, today), max(last or today, today + ahead)

    # ---- doors -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if has_passage(self.env):
            vals_list = [_with_slot_number(vals) for vals in vals_list]
        return super().create(vals_list)


def _with_slot_number(vals):
    """A lesson that is made for a row of the timetable is born at its place there."""
    if not vals.get("slot_date"):
        return vals
    return {"slot_number": vals.get("number"), **vals}
