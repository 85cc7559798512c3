from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.dates import short_date
from ...tools.passage import has_passage, with_passage

DEPUTY = "school_ejournal.group_deputy"
DIRECTOR = "school_ejournal.group_director"
MAX_DAYS = 370
# Follow from what the methods below decide.
_DECIDED_FIELDS = frozenset({"state", "lesson_ids"})
_FIXED_FIELDS = frozenset({"teacher_id", "company_id"})
# What a teacher may say of the own absence while nobody has confirmed it.
_ASKED_FIELDS = frozenset({"date_start", "date_end", "reason_code", "reason"})


class EjournalSubstitution(models.Model):
    """A teacher's absence, from–to, and who gives the lessons meanwhile.

    It lists the lessons concerned; who gives each is decided and kept on the lesson
    itself (``ejournal_lesson_substitution.py``), so that rights begin and end with it.
    A teacher may announce an absence of one's own, the deputy director confirms it.
    Nobody decides on the own absence, nor names oneself as substitute: for a deputy
    director another one does, or the director.
    """

    _name = "ejournal.substitution"
    _description = "Absence of a Teacher"
    _inherit = ["ejournal.recorded.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, id desc"
    _rec_name = "teacher_id"
    _check_company_auto = True

    _recorded_fields = (
        "teacher_id",
        "substitute_id",
        "date_start",
        "date_end",
        "reason_code",
        "reason",
        "order_ref",
        "state",
    )

    company_id = fields.Many2one(
        "res.company",
        string="School",
        required=True,
        index=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    teacher_id = fields.Many2one(
        "res.users",
        string="Absent teacher",
        required=True,
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
        help="Gets the lessons at whose hour he is free; each lesson may have another.",
    )
    date_start = fields.Date(string="From", required=True, index=True)
    date_end = fields.Date(string="To", required=True)
    reason_code = fields.Selection(
        [
            ("ill", "Ill"),
            ("trip", "Business trip"),
            ("course", "Training"),
            ("leave", "Leave"),
            ("other", "Other"),
        ],
        string="Cause",
        required=True,
        default="other",
    )
    reason = fields.Char()
    order_ref = fields.Char(string="Order", help="Number and date of the order.")
    state = fields.Selection(
        [
            ("requested", "Announced"),
            ("confirmed", "Confirmed"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        copy=False,
        index=True,
        default="requested",
    )
    lesson_ids = fields.Many2many(
        "ejournal.lesson",
        "ejournal_substitution_lesson_rel",
        "substitution_id",
        "lesson_id",
        string="Lessons concerned",
        readonly=True,
        copy=False,
        check_company=True,
    )
    open_count = fields.Integer(
        string="Without a substitute",
        compute="_compute_open_count",
        help="Lessons from today on that nobody gives yet.",
    )

    _dates_order = models.Constraint(
        "CHECK(date_end >= date_start)",
        "The last day lies before the first. Correct one of the two dates.",
    )
    _days_idx = models.Index("(teacher_id, date_start, date_end)")

    # ---- computes ----------------------------------------------------------------------

    @api.depends("teacher_id", "date_start", "date_end")
    def _compute_display_name(self):
        for row in self:
            days = {short_date(day) for day in (row.date_start, row.date_end) if day}
            row.display_name = " ".join(
                filter(None, (row.teacher_id.name, " – ".join(sorted(days))))
            )

    @api.depends("lesson_ids.state", "lesson_ids.substitute_id")
    def _compute_open_count(self):
        for row in self:
            # sudo: a number, told to whom the absence is told
            row.open_count = len(row.sudo()._lessons_to_assign())

    @api.constrains("teacher_id", "date_start", "date_end", "state")
    def _check_no_overlap(self):
        for row in self.filtered(lambda row: row.state != "withdrawn"):
            other = self.sudo().search(
                [
                    ("id", "!=", row.id),
                    ("company_id", "=", row.company_id.id),
                    ("teacher_id", "=", row.teacher_id.id),
                    ("state", "!=", "withdrawn"),
                    ("date_start", "<=", row.date_end),
                    ("date_end", ">=", row.date_start),
                ],
                limit=1,
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "%(teacher)s is already absent from %(start)s to %(end)s: "
                        "change the days of that absence.",
                        teacher=row.teacher_id.sudo().name,
                        start=short_date(other.date_start),
                        end=short_date(other.date_end),
                    )
                )
            if (row.date_end - row.date_start).days > MAX_DAYS:
                raise ValidationError(
                    self.env._("An absence lasts at most a school year.")
                )

    @api.constrains("teacher_id", "substitute_id")
    def _check_two_people(self):
        for row in self:
            if row.teacher_id == row.substitute_id:
                raise ValidationError(
                    self.env._("Nobody is a substitute for oneself: name another one.")
                )

    # ---- doors -------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        defaults = self._context_defaults()
        vals_list = [{**defaults, **vals} for vals in vals_list]
        if not has_passage(self.env):
            vals_list = [
                {**vals, "state": self._first_state(vals)} for vals in vals_list
            ]
        rows = super().create(vals_list)
        rows._list_lessons()
        if has_passage(self.env):
            return rows
        rows._assign_default()
        rows.filtered(lambda row: row.state == "requested")._tell_deputies()
        return rows

    def write(self, vals):
        if has_passage(self.env):
            return super().write(vals)
        before = {row.id: row.sudo().lesson_ids for row in self}
        result = super().write(vals)
        if vals.keys() & {"date_start", "date_end"}:
            self._list_lessons()
            for row in self.filtered(lambda row: row.state == "confirmed"):
                row._give_back(before[row.id] - row.sudo().lesson_ids)
        if vals.keys() & {"date_start", "date_end", "substitute_id"}:
            self._assign_default()
        return result

    def copy(self, default=None):  # pylint: disable=method-required-super
        raise UserError(self.env._("An absence is not copied: enter it anew."))

    @api.model
    def _first_state(self, vals):
        """One's own absence is announced, another's is entered as a fact."""
        return "requested" if vals.get("teacher_id") == self.env.uid else "confirmed"

    def _judge_create(self, vals_list):
        if has_passage(self.env):
            return
        for vals in vals_list:
            if vals.get("lesson_ids"):
                raise self._decided_refusal()
            teacher = self.env["res.users"].sudo().browse(vals.get("teacher_id") or [])
            substitute = (
                self.env["res.users"].sudo().browse(vals.get("substitute_id") or [])
            )
            if teacher == self.env.user:
                if substitute or vals.get("order_ref"):
                    raise self._oneself_refusal()
                if not teacher.has_group("school_ejournal.group_teacher"):
                    raise AccessError(
                        self.env._("Only teachers have lessons of their own.")
                    )
                continue
            self._refuse_unless_decider(teacher, substitute)

    def _judge_before(self, names):
        if has_passage(self.env) or names is None:
            return
        if names & (_DECIDED_FIELDS | _FIXED_FIELDS):
            raise self._decided_refusal()
        self._judge_people(names)

    def _judge_write(self, names):
        if has_passage(self.env):
            return {}
        if names is None:
            raise self._decided_refusal()
        self._judge_people(names)
        return {}

    def _judge_people(self, names):
        """The own absence while it is only announced, or a decision on another's."""
        for row in self:
            if (
                row.teacher_id == self.env.user
                and row.state == "requested"
                and names <= _ASKED_FIELDS | _FIXED_FIELDS | {"state"}
            ):
                continue
            row._refuse_unless_decider(row.teacher_id, row.substitute_id)

    @api.model
    def _refuse_unless_decider(self, teacher, substitute):
        """Deputies decide, the director where a deputy is concerned; nobody for
        oneself."""
        user = self.env.user
        concerned = (teacher | substitute).sudo()
        if user in concerned:
            raise self._oneself_refusal()
        is_deputys = any(person.has_group(DEPUTY) for person in concerned)
        if not (user.has_group(DEPUTY) or (user.has_group(DIRECTOR) and is_deputys)):
            raise AccessError(
                self.env._(
                    "Substitutes are named by the deputy director; the director "
                    "decides where a deputy is concerned."
                )
            )

    def _oneself_refusal(self):
        return AccessError(
            self.env._(
                "Nobody decides on a substitution of one's own: another deputy "
                "director or the director does it."
            )
        )

    def _decided_refusal(self):
        return AccessError(
            self.env._(
                "An absence is confirmed or withdrawn by its buttons and stays on "
                "record; its lessons follow from its days."
            )
        )

    # ---- announced, confirmed, withdrawn -------------------------------------------------

    def _tell_deputies(self):
        """Put an announced absence on the desks of those who may decide on it."""
        for row in self:
            groups = self.env.ref(DEPUTY)
            if row.teacher_id.sudo().has_group(DEPUTY):
                groups |= self.env.ref(DIRECTOR)
            # sudo: a teacher may not plan activities for others
            for user in groups.sudo().all_user_ids:
                if (
                    row.company_id in user.company_ids
                    and user != row.teacher_id
                    and not user.share
                ):
                    row.sudo().activity_schedule(
                        "mail.mail_activity_data_todo",
                        user_id=user.id,
                        date_deadline=row.company_id._ejournal_today(),
                        summary=self.env._("Will be absent"),
                    )

    def action_confirm(self):
        """Confirm announced absences; their lessons then wait for substitutes.

        :raises AccessError: not a deputy director, or one's own
        """
        self.check_access("read")
        for row in self:
            row._refuse_unless_decider(row.teacher_id, row.substitute_id)
            if row.state != "requested":
                raise UserError(self.env._("This absence was decided on already."))
            row._set_state("confirmed")
        return True

    def action_withdraw(self):
        """Withdraw absences: the lessons still to come are the teacher's again.

        :raises AccessError: another's, and not a deputy director
        """
        self.check_access("read")
        for row in self:
            if row.teacher_id != self.env.user or row.state != "requested":
                row._refuse_unless_decider(row.teacher_id, row.substitute_id)
            row._set_state("withdrawn")
        return True

    def _set_state(self, state):
        before, was = self.sudo().lesson_ids, self.state
        # sudo: the right to decide was checked by the callers
        with_passage(self.sudo(), "duty").write({"state": state})
        self._list_lessons()
        if was == "confirmed":
            self._give_back(before - self.sudo().lesson_ids)
        self._assign_default()
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    # ---- the lessons concerned -----------------------------------------------------------

    def _matching_lessons(self):
        """The lessons that the absent teacher gives in these days, own ones and those
        taken over from others.

        :returns: ``{substitution id: ejournal.lesson}``
        """
        live = self.filtered(lambda row: row.state != "withdrawn")
        result = {row.id: self.env["ejournal.lesson"] for row in self}
        if not live:
            return result
        # sudo: the absent teacher's own, or read by who names the substitutes
        lessons = (
            self.env["ejournal.lesson"]
            .sudo()
            .search(
                [
                    ("company_id", "in", live.company_id.ids),
                    ("date", ">=", min(live.mapped("date_start"))),
                    ("date", "<=", max(live.mapped("date_end"))),
                    "|",
                    ("teacher_id", "in", live.teacher_id.ids),
                    ("substitute_id", "in", live.teacher_id.ids),
                    "|",
                    ("cancelled_by_plan", "=", False),
                    ("state", "!=", "cancelled"),
                ],
                order="date, number, id",
            )
        )
        for row in live:
            result[row.id] = lessons.filtered(
                lambda x, row=row: (
                    x.company_id == row.company_id
                    and row.date_start <= x.date <= row.date_end
                    and row.teacher_id in x.teacher_id | x.substitute_id
                )
            )
        return result

    def _list_lessons(self):
        """Keep the list of lessons; those that a second substitute took over stay."""
        matching = self._matching_lessons()
        for row in self.sudo():
            kept = row.lesson_ids.filtered(
                lambda x, row=row: (
                    row.state != "withdrawn"
                    and row.date_start <= x.date <= row.date_end
                )
            )
            lessons = kept | matching[row.id].sudo()
            if lessons != row.lesson_ids:
                with_passage(row, "system").write(
                    {"lesson_ids": [Command.set(lessons.ids)]}
                )

    def _lessons_to_assign(self):
        """Lessons from today on that are the absent teacher's and nobody gives."""
        self.ensure_one()
        if self.state != "confirmed":
            return self.lesson_ids.browse()
        today = self.company_id._ejournal_today()
        return self.lesson_ids.filtered(
            lambda x: (
                x.date >= today
                and x.state == "planned"
                and x.entrant_id == self.teacher_id
            )
        )

    def _assign_default(self):
        """Give the default substitute the lessons at whose hour he is free."""
        for row in self.filtered("substitute_id"):
            lessons = row.sudo()._lessons_to_assign().with_env(self.env)
            free = lessons._at_which_free(row.substitute_id)
            free.assign_substitute("subject", row.substitute_id.id)

    def _give_back(self, lessons):
        """Lessons that no longer belong to the absence go back to their teacher, unless
        they are over or have entries."""
        now = self.env.company._ejournal_now()
        own = lessons.filtered(
            lambda x: (
                x.state == "planned"
                and x.substitute_id
                and x.teacher_id == self.teacher_id
                and x._closes_at() > now
                and x.period_id.state == "open"
            )
        )
        own -= own._filter_having_entries()
        if own:
            own.with_env(self.env).take_back_substitute()

    @api.model
    def _absences_between(self, company, date_start, date_end):
        """Confirmed absences of a school that touch some days.

        :returns: list of ``(user id, first day, last day)``
        """
        # sudo: that somebody is away is known to the whole school; the cause is not told
        rows = self.sudo().search_fetch(
            [
                ("company_id", "=", company.id),
                ("state", "=", "confirmed"),
                ("date_start", "<=", date_end),
                ("date_end", ">=", date_start),
            ],
            ["teacher_id", "date_start", "date_end"],
        )
        return [(row.teacher_id.id, row.date_start, row.date_end) for row in rows]
