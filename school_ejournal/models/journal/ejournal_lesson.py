from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.call_memory import memory_of
from ...tools.passage import has_passage, with_passage

# What the teacher enters; judged by the entry window.
CONTENT_FIELDS = (
    "topic",
    "classwork",
    "homework",
    "no_homework",
    "homework_minutes",
    "plan_topic_ids",
)
ATTENDANCE_FIELDS = ("attendance_confirmed",)
# When and by whom the lesson is given; the deputy director's.
SCHEDULE_FIELDS = (
    "journal_id",
    "date",
    "number",
    "state",
    "cancel_reason",
    "teacher_id",
    "substitute_id",
    "substitute_reason",
    "substitution_kind",
    "replaces_id",
)
# Follow from entries; written by the system alone.
SYSTEM_FIELDS = ("filled_at", "filled_on_time")


class EjournalLesson(models.Model):
    """One lesson of a journal on a day.

    The entry window is in ``ejournal_lesson_window.py``, moving and cancelling in
    ``ejournal_lesson_schedule.py``, the making of lessons from the timetable in
    ``ejournal_lesson_planning.py``.
    """

    _name = "ejournal.lesson"
    _description = "Lesson"
    _inherit = ["ejournal.recorded.mixin"]
    _order = "date desc, number, id"
    _rec_names_search = ["topic"]
    _check_company_auto = True

    _recorded_fields = CONTENT_FIELDS + ATTENDANCE_FIELDS + SCHEDULE_FIELDS
    _recorded_at_edges = CONTENT_FIELDS + ATTENDANCE_FIELDS

    journal_id = fields.Many2one(
        "ejournal.journal",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="journal_id.company_id", store=True, index=True, precompute=True
    )
    slot_id = fields.Many2one(
        "ejournal.timetable.slot",
        string="Timetable lesson",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    slot_date = fields.Date(
        string="Date by the timetable",
        help="The day this lesson has in the timetable, also after it was moved.",
    )
    date = fields.Date(required=True, index=True)
    number = fields.Integer(
        string="Lesson", required=True, help="Number of the lesson in the day."
    )
    period_id = fields.Many2one(
        "ejournal.period",
        compute="_compute_period_id",
        store=True,
        index=True,
        precompute=True,
        ondelete="restrict",
    )
    state = fields.Selection(
        [("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
        required=True,
        default="planned",
        index=True,
        help="A lesson becomes held by itself with the first entry on its day or later.",
    )
    cancel_reason = fields.Char(string="Reason of cancelling")
    teacher_id = fields.Many2one(
        "res.users",
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('share', '=', False)]",
    )
    substitute_id = fields.Many2one(
        "res.users",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('share', '=', False)]",
    )
    substitute_reason = fields.Char(
        string="Reason of the substitution",
        help="Needed when the substitute is named after the lesson has closed.",
    )
    substitution_kind = fields.Selection(
        [
            ("subject", "The subject is taught"),
            ("subgroups", "Both subgroups together"),
            ("joined", "Classes joined"),
            ("supervision", "Supervision only"),
        ],
        string="Kind of substitution",
        help="Supervision: the pupils are looked after, the topic is not taught; the "
        "hour stays behind in the plan.",
    )
    replaces_id = fields.Many2one(
        "ejournal.lesson",
        string="Instead of",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The cancelled lesson of an absent teacher at whose hour this one is given.",
    )
    entrant_id = fields.Many2one(
        "res.users",
        string="Entered by",
        compute="_compute_entrant_id",
        store=True,
        index=True,
        precompute=True,
        ondelete="restrict",
        help="Who enters this lesson: the substitute, else the teacher.",
    )
    topic = fields.Char()
    classwork = fields.Text(string="Work done")
    homework = fields.Text()
    no_homework = fields.Boolean(string="No homework set")
    homework_minutes = fields.Integer(string="Homework, minutes")
    attendance_confirmed = fields.Boolean(
        help="The teacher has looked who is there; without it nobody counts as present."
    )
    filled_at = fields.Datetime(string="Filled", readonly=True, copy=False)
    filled_on_time = fields.Boolean(string="Filled on the day", copy=False)
    work_ids = fields.One2many("ejournal.work", "lesson_id", string="Columns")
    mark_ids = fields.One2many("ejournal.mark", "lesson_id", string="Marks")
    attendance_ids = fields.One2many("ejournal.attendance", "lesson_id")
    order_ref = fields.Char(
        string="Order",
        store=False,
        help="Number of the order by which a lesson that has entries is changed.",
    )

    _journal_time_uniq = models.Constraint(
        # judged statement by statement, but two lessons may change places
        "UNIQUE(journal_id, date, number) DEFERRABLE INITIALLY IMMEDIATE",
        "This journal already has a lesson with this number on this day. "
        "Choose another number or another day.",
    )
    _slot_date_uniq = models.UniqueIndex(
        "(slot_id, slot_date) WHERE slot_id IS NOT NULL",
        "The timetable gives one lesson for a row and a day.",
    )
    _number_range = models.Constraint(
        "CHECK(number BETWEEN 0 AND 20)", "The number of a lesson is 0 to 20."
    )
    _minutes_range = models.Constraint(
        "CHECK(homework_minutes BETWEEN 0 AND 600)",
        "Homework takes 0 to 600 minutes.",
    )
    _entrant_date_idx = models.Index("(entrant_id, date)")
    _journal_date_idx = models.Index("(journal_id, date, number)")

    # ---- computes ------------------------------------------------------------------

    @api.depends("teacher_id", "substitute_id")
    def _compute_entrant_id(self):
        for lesson in self:
            lesson.entrant_id = lesson.substitute_id or lesson.teacher_id

    @api.depends("date", "journal_id.calendar_id")
    def _compute_period_id(self):
        Period = self.env["ejournal.period"]
        for calendar, lessons in self.grouped(
            lambda lesson: lesson.journal_id.calendar_id
        ).items():
            # a form that is being filled in has no journal or no date yet
            dates = set(lessons.mapped("date")) - {False}
            periods = Period._at(calendar, dates) if calendar else {}
            for lesson in lessons:
                lesson.period_id = periods.get(lesson.date)

    @api.depends("journal_id.name", "date", "number")
    def _compute_display_name(self):
        for lesson in self:
            if not lesson.date:
                lesson.display_name = lesson.journal_id.name or ""
                continue
            lesson.display_name = self.env._(
                "%(journal)s, %(date)s, lesson %(number)s",
                journal=lesson.journal_id.name,
                date=lesson.date.strftime("%d.%m.%Y"),
                number=lesson.number,
            )

    @api.constrains("no_homework", "homework")
    def _check_homework(self):
        for lesson in self:
            if lesson.no_homework and (lesson.homework or "").strip():
                raise ValidationError(
                    self.env._(
                        "“No homework set” is ticked although there is homework. "
                        "Untick it or clear the homework."
                    )
                )

    # ---- doors -----------------------------------------------------------------------

    def _judge_write(self, names):
        """Content and attendance by the entry window, schedule by the deputy's rules."""
        if has_passage(self.env):
            return {}
        if names is None:
            self._judge_unlink()
            return {}
        bases = {}
        if names & set(SYSTEM_FIELDS):
            raise self._system_refusal()
        if schedule := names & set(SCHEDULE_FIELDS):
            bases = self._judge_schedule(schedule)
        if drafts := names & set(CONTENT_FIELDS):
            bases = self._judge_entry("content", drafts)
        if names & set(ATTENDANCE_FIELDS):
            bases = self._judge_entry("attendance")
        return bases

    def _system_refusal(self):
        return UserError(
            self.env._(
                "When a lesson was filled is noted by the system itself; it cannot be "
                "written."
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        if not has_passage(self.env):
            for vals in vals_list:
                self._refuse_entries_at_creation(vals)
        return super().create(vals_list)

    def _refuse_entries_at_creation(self, vals):
        """A lesson is made empty; what it holds is entered afterwards."""
        if any(vals.get(name) for name in SYSTEM_FIELDS):
            raise self._system_refusal()
        if vals.get("state", "planned") == "held":
            raise UserError(
                self.env._("A lesson becomes held by itself with its first entry.")
            )

    def write(self, vals):
        result = super().write(vals)
        if not has_passage(self.env) and set(vals) & {
            *CONTENT_FIELDS,
            *ATTENDANCE_FIELDS,
        }:
            self._after_entry()
        return result

    def copy(self, default=None):  # pylint: disable=method-required-super
        raise UserError(
            self.env._("A lesson is not copied: add one on the day it is given.")
        )

    # ---- follow-up of entries -----------------------------------------------------------

    def _after_entry(self):
        """Called by every accepted entry: content, attendance, marks."""
        memory = memory_of(self.env)
        if memory and memory.entered is not None:
            memory.entered.update(self.ids)
        else:
            self._note_entries()

    def _note_entries(self):
        """Note that a lesson is held and when it became filled.

        Held by itself with the first entry on its day or later; drafts ahead do not
        count.
        """
        now = self.env.company._ejournal_now()
        # sudo: an accepted entry has consequences that its author may not write, such
        # as a marker's first mark, which makes the lesson held
        lessons = self.sudo()
        held = filled = unfilled = lessons.browse()
        for lesson in lessons:
            starts_at, closes_at = lesson.company_id._ejournal_day_bounds(lesson.date)
            if now < starts_at:
                continue
            if lesson.state == "planned":
                held |= lesson
            is_filled = lesson.company_id._ejournal_settings()._is_filled(lesson)
            if is_filled and not lesson.filled_at:
                filled |= lesson
            elif not is_filled and lesson.filled_at:
                unfilled |= lesson
        with_passage(held, "system").write({"state": "held"})
        for on_time, done in filled.grouped(lambda x: x._is_open_day(now)).items():
            with_passage(done, "system").write(
                {"filled_at": now, "filled_on_time": on_time}
            )
        with_passage(unfilled, "system").write(
            {"filled_at": False, "filled_on_time": False}
        )

    def _is_open_day(self, now):
        """Whether ``now`` lies in the lesson's own day, before its closing."""
        self.ensure_one()
        starts_at, closes_at = self.company_id._ejournal_day_bounds(self.date)
        return starts_at <= now < closes_at

    # ---- entries of lessons ------------------------------------------------------------

    @api.model
    def _having_entries(self, domain):
        """The lessons among ``domain`` that hold entries: a lesson that was held, any
        mark or any attendance fact, cleared ones included."""
        lessons = self.sudo().search(Domain(domain))
        return lessons._filter_having_entries()

    def _filter_having_entries(self):
        if not self:
            return self
        self.flush_model(["state", "was_held"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lesson.id FROM ejournal_lesson lesson
                 WHERE lesson.id = ANY(%(ids)s)
                   AND (lesson.state = 'held' OR lesson.was_held
                        OR EXISTS (SELECT 1 FROM ejournal_mark mark
                                    WHERE mark.lesson_id = lesson.id)
                        OR EXISTS (SELECT 1 FROM ejournal_attendance fact
                                    WHERE fact.lesson_id = lesson.id))
                """,
                ids=list(self.ids),
            )
        )
        return self.browse([row[0] for row in rows])

    @api.model
    def _assign_periods(self, calendars):
        """Give every lesson of these calendars the period its date lies in now.

        Called when the dates of a period were moved, marks or not. Lessons of closed
        periods cannot change hands: their periods' dates are frozen.
        """
        # by the ids: joined, a database without fresh statistics takes minutes
        journals = self.env["ejournal.journal"].sudo()
        journals = journals.search([("calendar_id", "in", calendars.ids)])
        lessons = self.sudo().search([("journal_id", "in", journals.ids)])
        self.env.add_to_compute(self._fields["period_id"], lessons)
        lessons.flush_recordset(["period_id"])
        lost = lessons.filtered(lambda x: not x.period_id)._filter_having_entries()
        if lost:
            raise ValidationError(
                self.env._(
                    "%(lesson)s has entries and would lie in no period. Let the periods "
                    "reach as far as their lessons.",
                    lesson=lost[0].display_name,
                )
            )
