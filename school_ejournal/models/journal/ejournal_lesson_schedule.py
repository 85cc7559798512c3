from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.dates import short_date
from ...tools.passage import has_passage
from .ejournal_lesson import SCHEDULE_FIELDS
from .ejournal_lesson_planning import PLAN_FIELDS

DEPUTY = "school_ejournal.group_deputy"
DIRECTOR = "school_ejournal.group_director"
SUBSTITUTE_FIELDS = frozenset(
    {"substitute_id", "substitute_reason", "substitution_kind"}
)
# What changes by order only once a lesson has entries.
FROZEN_WITH_ENTRIES = frozenset(
    {"date", "number", "state", "teacher_id", "substitute_id", "substitution_kind"}
)
# Noted by the system itself.
_NOTED_FIELDS = PLAN_FIELDS | {"was_held"}
_ORDER_KEY = "ejournal_order_ref"


class EjournalLesson(models.Model):
    """When and by whom a lesson is given: moved, cancelled, swapped, substituted.

    The deputy director's part. Once a lesson has entries it is frozen and changes by
    order only, and no change ever reopens what the day lock has closed. Where a lesson
    may be moved is in ``ejournal_lesson_move.py``, the acts themselves are in
    ``ejournal_lesson_acts.py``.
    """

    _inherit = "ejournal.lesson"

    was_held = fields.Boolean(
        readonly=True,
        copy=False,
        help="Had entries once; stays so when the lesson is cancelled.",
    )

    # ---- doors -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if has_passage(self.env):
            return super().create([_noting_held(vals) for vals in vals_list])
        vals_list = [dict(vals) for vals in vals_list]
        orders = [vals.pop("order_ref", None) for vals in vals_list]
        none = self.browse()
        for vals in vals_list:
            none._refuse_noted_fields(vals)
        none._refuse_taken_places(
            [
                (vals.get("journal_id"), vals.get("date"), vals.get("number"))
                for vals in vals_list
            ]
        )
        lessons = super().create(self._with_main_teachers(vals_list))
        for made, order_ref in zip(lessons, orders, strict=True):
            lesson = made._by_order(order_ref)
            lesson._refuse_day_without_school()
            if lesson.substitute_id:
                lesson._refuse_substitute(lesson.substitute_id.id, None)
            lesson._record_order()
        return lessons

    def write(self, vals):
        if has_passage(self.env):
            return super().write(_noting_held(vals))
        vals = dict(vals)
        lessons = self._by_order(vals.pop("order_ref", None))
        lessons._refuse_noted_fields(vals)
        if not vals.keys() & set(SCHEDULE_FIELDS):
            return super().write(vals) if vals else True
        lessons._judge_schedule(vals.keys() & set(SCHEDULE_FIELDS))
        lessons._refuse_schedule_change(vals)
        if "state" in vals:
            vals["cancelled_by_plan"] = False
        before = lessons._places() if "date" in vals else {}
        result = super(EjournalLesson, lessons).write(vals)
        if vals.keys() & {"date", "number", "state"}:
            lessons._refuse_day_without_school()
        lessons._follow_move(before)
        lessons._record_order()
        return result

    @api.model
    def _with_main_teachers(self, vals_list):
        """A lesson added by hand is the main teacher's, unless another one is named."""
        journal_ids = [vals.get("journal_id") for vals in vals_list]
        journals = self.env["ejournal.journal"].browse(filter(None, journal_ids))
        main_on = self.env["ejournal.assignment"]._main_teachers_of(journals)
        to_date = self._fields["date"].to_date
        return [
            {
                "teacher_id": main_on(vals.get("journal_id"), to_date(vals["date"])),
                **vals,
            }
            if vals.get("date")
            else vals
            for vals in vals_list
        ]

    # ---- orders ------------------------------------------------------------------------

    def _by_order(self, order_ref):
        """These lessons, changed by an order; its number goes on record."""
        order_ref = (order_ref or self.env.context.get(_ORDER_KEY) or "").strip()
        return self.with_context(**{_ORDER_KEY: order_ref})

    def _order_ref(self):
        return self.env.context.get(_ORDER_KEY)

    def _record_order(self):
        """Put the order's number on record beside what it changed."""
        if order_ref := self._order_ref():
            self.env["ejournal.change"]._append(
                [
                    lesson._change_row(
                        "order_ref", "", order_ref, {lesson.id: ("order", False)}
                    )
                    for lesson in self
                ]
            )

    # ---- rights ------------------------------------------------------------------------

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
        basis = "order" if self._order_ref() else "duty"
        return {lesson.id: (basis, False) for lesson in self}

    def _refuse_noted_fields(self, vals):
        if any(vals.get(name) for name in _NOTED_FIELDS) or (
            self and _NOTED_FIELDS & vals.keys()
        ):
            raise UserError(
                self.env._(
                    "The place of a lesson in the timetable is noted by the planning; "
                    "move or cancel the lesson, or change the timetable."
                )
            )

    # ---- what a change may do --------------------------------------------------------

    def _refuse_schedule_change(self, vals):
        if "journal_id" in vals:
            raise UserError(
                self.env._(
                    "A lesson stays in its journal. When another subject was taught, "
                    "cancel this lesson and add one to that subject's journal."
                )
            )
        if "state" in vals:
            self._refuse_state(vals)
        if vals.keys() & FROZEN_WITH_ENTRIES:
            self._refuse_change_with_entries(vals)
        if vals.keys() & {"date", "number"}:
            date = self._fields["date"].to_date(vals.get("date"))
            self._refuse_taken_places(
                [
                    (
                        lesson.journal_id.id,
                        date or lesson.date,
                        vals.get("number", lesson.number),
                    )
                    for lesson in self
                ]
            )
        if vals.keys() & {"substitute_id", "substitution_kind"}:
            self._refuse_substitute(
                vals.get("substitute_id"), vals.get("substitute_reason")
            )
        if "teacher_id" in vals:
            self._refuse_past_teacher()

    def _refuse_state(self, vals):
        state = vals["state"]
        if state == "held":
            raise UserError(
                self.env._("A lesson becomes held by itself with its first entry.")
            )
        if state == "cancelled" and not (vals.get("cancel_reason") or "").strip():
            raise UserError(self.env._("Say why the lesson is cancelled."))
        if state == "planned" and any(lesson.was_held for lesson in self):
            raise UserError(
                self.env._(
                    "A lesson that was held does not become planned again. If it was "
                    "cancelled, use “Restore”."
                )
            )

    def _refuse_change_with_entries(self, vals):
        """By order only, and never out of the lock."""
        used = self._filter_having_entries()
        if not used:
            return
        if not self._order_ref():
            raise UserError(
                self.env._(
                    "%(lesson)s has entries: it changes by order only. Give the order's "
                    "number.",
                    lesson=used[0].display_name,
                )
            )
        if vals.get("date"):
            used._refuse_later_closing(self._fields["date"].to_date(vals["date"]))

    def _refuse_past_teacher(self):
        """A new teacher gets the lessons from today on, never the past ones."""
        for lesson in self:
            today = lesson.company_id._ejournal_today()
            if lesson.date < today and not self._order_ref():
                raise UserError(
                    self.env._(
                        "%(lesson)s lies in the past: who taught it changes by order "
                        "only. Give the order's number.",
                        lesson=lesson.display_name,
                    )
                )

    def _refuse_substitute(self, substitute_id, reason):
        """A substitute is named before the lesson closes, or by the end of the next
        school day with the reason on record; never by oneself for oneself."""
        own = (substitute_id, *self.teacher_id.ids, *self.substitute_id.ids)
        if self.env.uid in own:
            raise AccessError(
                self.env._(
                    "Nobody decides on a substitution of one's own: another deputy "
                    "director or the director does it."
                )
            )
        if not self.env.user.has_group(DEPUTY):
            self._refuse_beside_deputies(substitute_id)
        self._refuse_late_substitute(reason)

    def _refuse_late_substitute(self, reason):
        now = self.env.company._ejournal_now()
        for lesson in self:
            bounds_of = lesson.company_id._ejournal_day_bounds
            if now < bounds_of(lesson.date)[1]:
                continue
            if not (reason or lesson.substitute_reason or "").strip():
                raise UserError(
                    self.env._(
                        "%(lesson)s has closed: give the reason why the substitute is "
                        "named afterwards.",
                        lesson=lesson.display_name,
                    )
                )
            last_day = lesson.journal_id.calendar_id._next_school_day(lesson.date)
            if last_day and now >= bounds_of(last_day)[1]:
                raise UserError(
                    self.env._(
                        "A substitute is recorded by the end of the next school day at "
                        "the latest; for %(lesson)s that was %(date)s.",
                        lesson=lesson.display_name,
                        date=short_date(last_day),
                    )
                )

    def _refuse_beside_deputies(self, substitute_id):
        """The director decides on the substitutions of deputies only."""
        substitute = self.env["res.users"].sudo().browse(substitute_id or [])
        for lesson in self.sudo():
            concerned = lesson.teacher_id | lesson.substitute_id | substitute
            if not any(user.has_group(DEPUTY) for user in concerned):
                raise AccessError(
                    self.env._(
                        "Substitutes are named by the deputy director; the director "
                        "decides where a deputy is concerned."
                    )
                )

    def _judge_unlink(self):
        """Only an empty lesson added by hand goes, and only by the deputy."""
        self._judge_schedule({"state"})
        planned = self.filtered("slot_id")
        if planned:
            raise UserError(
                self.env._(
                    "%(lesson)s comes from the timetable and would be made again. "
                    "Cancel it instead.",
                    lesson=planned[0].display_name,
                )
            )
        used = self._filter_having_entries() | self.browse(self._prepared_ids())
        if used:
            raise UserError(
                self.env._(
                    "%(lesson)s holds entries or something prepared, or stands on "
                    "record. Cancel it instead.",
                    lesson=used[0].display_name,
                )
            )


def _noting_held(vals):
    return {**vals, "was_held": True} if vals.get("state") == "held" else vals
