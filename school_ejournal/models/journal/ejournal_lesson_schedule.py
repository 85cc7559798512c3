from odoo import models
from odoo.exceptions import AccessError, UserError

from ...tools.dates import short_date
from ...tools.passage import has_passage

DEPUTY = "school_ejournal.group_deputy"
DIRECTOR = "school_ejournal.group_director"
# What may be put right by order once a lesson has entries.
SUBSTITUTE_FIELDS = frozenset({"substitute_id", "substitute_reason"})
FROZEN_WITH_ENTRIES = frozenset({"date", "number", "state", "teacher_id"})


class EjournalLesson(models.Model):
    """When and by whom a lesson is given: moved, cancelled, swapped, substituted.

    The deputy director's part. Once a lesson has entries it is frozen and changes by
    order only, and no change ever reopens what the day lock has closed.
    """

    _inherit = "ejournal.lesson"

    def write(self, vals):
        if not has_passage(self.env):
            self._refuse_schedule_change(vals)
        result = super().write(vals)
        if "date" in vals and not has_passage(self.env):
            self.work_ids.sudo()._follow_lesson_date()
        return result

    def _judge_schedule(self, names):
        """Who may change the timetable of lessons, and that their period is open.

        :param names: the schedule fields that are written
        :returns: ``{lesson id: (basis, basis_id)}``
        """
        user = self.env.user
        # the director names the substitute of a deputy's own lessons
        directors = names <= SUBSTITUTE_FIELDS and user.has_group(DIRECTOR)
        if not (directors or user.has_group(DEPUTY)):
            raise AccessError(
                self.env._(
                    "Date, number, state and teacher of a lesson belong to the deputy "
                    "director: ask for the change."
                )
            )
        self._share_lock_periods()
        self.sudo().period_id._check_open()
        basis = "order" if self.env.context.get("ejournal_order_ref") else "duty"
        return {lesson.id: (basis, False) for lesson in self}

    # ---- what a change may do --------------------------------------------------------

    def _refuse_schedule_change(self, vals):
        if "journal_id" in vals:
            raise UserError(
                self.env._(
                    "A lesson stays in its journal. When another subject was taught, "
                    "cancel this lesson and add one to that subject's journal."
                )
            )
        if vals.get("state") == "held":
            raise UserError(
                self.env._("A lesson becomes held by itself with its first entry.")
            )
        if set(vals) & FROZEN_WITH_ENTRIES:
            self._refuse_change_with_entries(vals)
        if "substitute_id" in vals:
            self._refuse_substitute(vals)
        if "teacher_id" in vals:
            self._refuse_past_teacher()

    def _refuse_change_with_entries(self, vals):
        """By order only, and never out of the lock."""
        used = self._filter_having_entries()
        if not used:
            return
        if not (self.env.context.get("ejournal_order_ref") or "").strip():
            raise UserError(
                self.env._(
                    "%(lesson)s has entries: it changes by order only. Give the order's "
                    "number.",
                    lesson=used[0].display_name,
                )
            )
        if vals.get("date"):
            self._refuse_reopening(used, self._fields["date"].to_date(vals["date"]))

    def _refuse_reopening(self, used, date):
        now = self.env.company._ejournal_now()
        for lesson in used:
            company = lesson.company_id
            closed = now >= company._ejournal_day_bounds(lesson.date)[1]
            if closed and now < company._ejournal_day_bounds(date)[1]:
                raise UserError(
                    self.env._(
                        "%(lesson)s is closed and has entries: moving it to %(date)s "
                        "would open them again. Add a new lesson on that day.",
                        lesson=lesson.display_name,
                        date=short_date(date),
                    )
                )

    def _refuse_past_teacher(self):
        """A new teacher gets the lessons from today on, never the past ones."""
        for lesson in self:
            today = lesson.company_id._ejournal_today()
            if lesson.date < today and not self.env.context.get("ejournal_order_ref"):
                raise UserError(
                    self.env._(
                        "%(lesson)s lies in the past: who taught it changes by order "
                        "only. Give the order's number.",
                        lesson=lesson.display_name,
                    )
                )

    def _refuse_substitute(self, vals):
        """A substitute is named before the lesson closes, or by the end of the next
        school day with the reason on record; never by oneself for oneself."""
        if vals["substitute_id"] == self.env.uid:
            raise AccessError(
                self.env._(
                    "Nobody names oneself as substitute: another deputy director or the "
                    "director does it."
                )
            )
        now = self.env.company._ejournal_now()
        for lesson in self:
            company = lesson.company_id
            if now < company._ejournal_day_bounds(lesson.date)[1]:
                continue
            reason = vals.get("substitute_reason") or lesson.substitute_reason
            if not (reason or "").strip():
                raise UserError(
                    self.env._(
                        "%(lesson)s has closed: give the reason why the substitute is "
                        "named afterwards.",
                        lesson=lesson.display_name,
                    )
                )
            last_day = lesson.journal_id.calendar_id._next_school_day(lesson.date)
            if last_day and now >= company._ejournal_day_bounds(last_day)[1]:
                raise UserError(
                    self.env._(
                        "A substitute is recorded by the end of the next school day at "
                        "the latest; for %(lesson)s that was %(date)s.",
                        lesson=lesson.display_name,
                        date=short_date(last_day),
                    )
                )

    def _judge_unlink(self):
        """Only an empty lesson that nobody prepared goes, and only by the deputy."""
        self._judge_schedule({"state"})
        used = self._filter_having_entries() | self.filtered(
            lambda lesson: lesson._has_draft()
        )
        if used:
            raise UserError(
                self.env._(
                    "%(lesson)s holds entries or a prepared topic. Cancel it instead.",
                    lesson=used[0].display_name,
                )
            )

    def _has_draft(self):
        """Whether somebody prepared the lesson: content or an announced column."""
        self.ensure_one()
        return bool(
            self.topic
            or self.classwork
            or self.homework
            or self.no_homework
            or self.sudo().work_ids
        )

    # ---- acts of the deputy director -----------------------------------------------------

    def action_cancel(self, reason, order_ref=None):
        """Cancel lessons; ``order_ref`` is needed when they have entries."""
        self.check_access("write")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the lesson is cancelled."))
        self.write(
            {"state": "cancelled", "cancel_reason": reason, "order_ref": order_ref}
        )
        return True

    def action_restore(self):
        """Take a cancelling back."""
        self.check_access("write")
        self.filtered(lambda lesson: lesson.state == "cancelled").write(
            {"state": "planned", "cancel_reason": False}
        )
        return True

    def action_swap(self, other_id):
        """Exchange day and number of two lessons.

        :param other_id: id of the lesson to exchange with
        """
        self.ensure_one()
        other = self.browse(other_id)
        (self | other).check_access("write")
        (self | other)._refuse_change_with_entries({"date": False})
        here = {"date": self.date, "number": self.number}
        there = {"date": other.date, "number": other.number}
        if self.journal_id == other.journal_id:
            # step aside first: a journal has one lesson at one time
            other.write({"number": self._free_number(other)})
            other.flush_recordset()
        self.write(there)
        self.flush_recordset()
        other.write(here)
        return True

    def _free_number(self, lesson):
        taken = self.search(
            [
                ("journal_id", "=", lesson.journal_id.id),
                ("date", "=", lesson.date),
            ]
        ).mapped("number")
        return next(number for number in range(20, -1, -1) if number not in taken)
