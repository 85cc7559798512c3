from contextlib import contextmanager

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.dates import short_date

# Two lessons that change places are judged when both stand. An object: no request
# sends it.
_EXCHANGE_KEY = "ejournal_exchanging_places"
_EXCHANGE = object()
_JOURNAL_TIME = SQL.identifier("ejournal_lesson_journal_time_uniq")


class EjournalLesson(models.Model):
    """Where a lesson may be moved, and what follows a move."""

    _inherit = "ejournal.lesson"

    # ---- where to ----------------------------------------------------------------------

    def _refuse_later_closing(self, date):
        """Moving never gives entries a later closing than they had."""
        now = self.env.company._ejournal_now()
        for lesson in self:
            bounds_of = lesson.company_id._ejournal_day_bounds
            closes_at = bounds_of(date)[1]
            if closes_at > bounds_of(lesson.date)[1] and closes_at > now:
                raise UserError(
                    self.env._(
                        "%(lesson)s has entries: moving it to %(date)s would open them "
                        "again. Add a new lesson on that day.",
                        lesson=lesson.display_name,
                        date=short_date(date),
                    )
                )

    def _refuse_taken_places(self, places):
        """A journal has one lesson at one time; a cancelled one keeps its place.

        :param places: list of ``(journal id, date, number)`` for these lessons
        """
        if self.env.context.get(_EXCHANGE_KEY) is _EXCHANGE:
            return
        others = self.sudo().search(
            Domain("id", "not in", self.ids)
            & Domain.OR(
                Domain("journal_id", "=", journal_id)
                & Domain("date", "=", date)
                & Domain("number", "=", number)
                for journal_id, date, number in places
            ),
            limit=1,
        )
        if not others:
            return
        if others.state == "cancelled":
            raise UserError(
                self.env._(
                    "%(lesson)s stands there; it is cancelled. Restore it, or choose "
                    "another number.",
                    lesson=others.display_name,
                )
            )
        raise UserError(
            self.env._(
                "%(lesson)s stands there. Swap the two, or choose another number.",
                lesson=others.display_name,
            )
        )

    def _refuse_day_without_school(self):
        """A lesson outside the periods would never be closed; on a holiday, a free day
        or where an order cancelled the lessons, it needs an order of its own."""
        lessons = self.sudo().filtered(lambda lesson: lesson.state != "cancelled")
        for calendar, own in lessons.grouped(
            lambda lesson: lesson.journal_id.calendar_id
        ).items():
            term = calendar._term()
            days = {day.date: day for day in calendar.day_ids}
            for lesson in own:
                if term.period_at(lesson.date) is None:
                    raise UserError(
                        self.env._(
                            "%(date)s lies in no period of “%(calendar)s”. Choose a day "
                            "within a quarter or half-year.",
                            date=short_date(lesson.date),
                            calendar=calendar.name,
                        )
                    )
                day = days.get(lesson.date)
                is_off = term.weekday_of(lesson.date) is None or (
                    day and day._cancels(lesson.number)
                )
                if is_off and not self._order_ref():
                    raise UserError(
                        self.env._(
                            "There is no such lesson on %(date)s (%(reason)s). Choose "
                            "another day, or give the number of the order by which it "
                            "is held.",
                            date=short_date(lesson.date),
                            reason=self._why_no_lesson(
                                calendar, lesson.date, lesson.number
                            ),
                        )
                    )

    # ---- what follows ------------------------------------------------------------------

    def _places(self):
        """``{lesson id: (date, has entries)}`` before a move."""
        used = self._filter_having_entries()
        return {lesson.id: (lesson.date, lesson in used) for lesson in self}

    def _follow_move(self, before):
        """Grace and teacher of a lesson follow its new day.

        :param before: :meth:`_places` before the move; empty when no date changed
        """
        main_on = self.env["ejournal.assignment"]._main_teachers_of(self.journal_id)
        for lesson in self.sudo().filtered(lambda lesson: lesson.id in before):
            old_date, has_entries = before[lesson.id]
            days = (lesson.date - old_date).days
            # what has entries gets no longer grace than it had
            if days < 0 or (days > 0 and not has_entries):
                lesson.work_ids._follow_lesson_date(days)
            teacher = lesson.teacher_id
            if teacher.id == main_on(lesson.journal_id.id, old_date):
                lesson._take_planned_teachers(teacher)

    @contextmanager
    def _exchanging_places(self):
        """Within it lessons may pass through each other's places; judged at its end.

        Gives these lessons, to be written through.
        """
        self.env.cr.execute(SQL("SET CONSTRAINTS %s DEFERRED", _JOURNAL_TIME))
        yield self.with_context(**{_EXCHANGE_KEY: _EXCHANGE})
        self.flush_model()
        self.env.cr.execute(SQL("SET CONSTRAINTS %s IMMEDIATE", _JOURNAL_TIME))
