from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...tools.dates import short_date
from ...tools.passage import has_passage, with_passage
from .checks import CHECKS
from .checks.base import FORWARD

DEPUTY = "school_ejournal.group_deputy"
DIRECTOR = "school_ejournal.group_director"
# Regulation 4.2 А: remarks are cleared within a week.
DAYS_TO_CLEAR = 7
SYSTEM_FIELDS = frozenset(
    {
        "told_at",
        "seen_at",
        "due_date",
        "reminded_at",
        "cleared_at",
        "cleared_by_id",
        "clear_note",
    }
)


class EjournalRemark(models.Model):
    """A remark on the filling of a journal, to be cleared within a week.

    Regulation 4.2 А. The teacher is told at once; the week then counts, see
    ``ejournal_remark_deadline.py``. Until its end the remark opens its lessons, only as
    far as its scope reaches and never for marks that are there. A remark tied to a check
    closes by itself when the check passes (``ejournal_remark_clearing.py``), a free one
    by hand. What was remarked stays as it was remarked.
    """

    _name = "ejournal.remark"
    _description = "Remark"
    _inherit = ["ejournal.recorded.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "told_at desc, id desc"
    _rec_name = "text"
    _check_company_auto = True

    _recorded_fields = (
        "teacher_id",
        "lesson_ids",
        "scope",
        "text",
        "told_at",
        "due_date",
        "cleared_at",
    )

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
    lesson_ids = fields.Many2many(
        "ejournal.lesson",
        "ejournal_remark_lesson_rel",
        "remark_id",
        "lesson_id",
        string="Lessons",
        check_company=True,
        domain="[('journal_id', '=', journal_id)]",
    )
    teacher_id = fields.Many2one(
        "res.users",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('share', '=', False)]",
    )
    check_code = fields.Selection(
        lambda self: self.env["ejournal.check"]._selection(),
        string="Check",
        help="The remark closes by itself when this check passes; a free remark is "
        "closed by hand.",
    )
    text = fields.Text(string="Remark", required=True)
    scope = fields.Selection(
        [
            ("content", "Topic, work done, homework"),
            ("attendance", "Attendance"),
            ("empty_cells", "Empty cells of control works"),
            ("forward", "Nothing: to be cured by later lessons"),
        ],
        string="Opens",
        required=True,
        default="content",
        help="What the teacher may enter into these lessons until the last day. Marks "
        "that are there are never changed.",
    )
    told_at = fields.Datetime(string="Told", readonly=True, copy=False)
    seen_at = fields.Datetime(
        string="Read",
        readonly=True,
        copy=False,
        help="When the teacher opened the remark.",
    )
    due_date = fields.Date(
        string="To clear by",
        readonly=True,
        copy=False,
        index=True,
        help="A week after it was told, to the end of the day.",
    )
    reminded_at = fields.Datetime(string="Reminded", readonly=True, copy=False)
    cleared_at = fields.Datetime(string="Cleared", readonly=True, copy=False)
    cleared_by_id = fields.Many2one(
        "res.users",
        string="Closed by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Empty when the remark closed by itself.",
    )
    clear_note = fields.Char(string="Note of the closing", readonly=True, copy=False)
    state = fields.Selection(
        [("open", "Open"), ("overdue", "Overdue"), ("cleared", "Cleared")],
        compute="_compute_state",
        search="_search_state",
    )

    _open_idx = models.Index("(teacher_id, due_date) WHERE cleared_at IS NULL")

    # ---- state -----------------------------------------------------------------------

    @api.depends("cleared_at", "due_date")
    def _compute_state(self):
        for remark in self:
            remark.state = remark._state_now()

    def _state_now(self):
        if self.cleared_at:
            return "cleared"
        if not self.due_date:
            return "open"
        now = self.company_id._ejournal_now()
        return "overdue" if self._closes_at() <= now else "open"

    def _closes_at(self):
        """End of the last day, naive UTC."""
        self.ensure_one()
        return self.company_id._ejournal_day_bounds(self.due_date)[1]

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._state_domain(state) for state in value)

    @api.model
    def _state_domain(self, state):
        if state == "cleared":
            return Domain("cleared_at", "!=", False)
        late = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("due_date", "<=", company._ejournal_last_closed_day())
            for company in self.env.companies
        )
        still = Domain("cleared_at", "=", False)
        return still & late if state == "overdue" else still & ~late

    # ---- what may be remarked --------------------------------------------------------

    @api.constrains("lesson_ids", "journal_id", "teacher_id", "scope", "check_code")
    def _check_lessons(self):
        for remark in self.sudo():
            if remark.lesson_ids.journal_id - remark.journal_id:
                raise ValidationError(
                    self.env._("A remark speaks of lessons of one journal.")
                )
            if remark.scope != FORWARD or remark.check_code:
                remark._refuse_without_lessons()
            if not has_passage(self.env):
                remark._refuse_what_opens_nothing()

    @api.constrains("check_code")
    def _check_no_hint(self):
        """What the values of marks suggest is for the teacher's eyes, never a remark."""
        for remark in self:
            check = CHECKS.get(remark.check_code)
            if remark.check_code and (not check or check.is_hint):
                raise ValidationError(
                    self.env._("A hint about values of marks is not remarked on.")
                )

    def _refuse_without_lessons(self):
        if not self.lesson_ids:
            raise ValidationError(self.env._("Name the lessons that are to be mended."))

    def _refuse_what_opens_nothing(self):
        """A remark that the teacher could not clear is no remark."""
        today = self.company_id._ejournal_today()
        ahead = self.lesson_ids.filtered(lambda lesson: lesson.date > today)
        if ahead:
            raise ValidationError(
                self.env._(
                    "%(lesson)s is still to come: nothing can be remarked on it.",
                    lesson=ahead[0].display_name,
                )
            )
        if not self.teacher_id.active:
            raise ValidationError(self._left_text())
        if self.scope == FORWARD:
            return
        self.lesson_ids.period_id._check_open()
        foreign = self.lesson_ids - self.lesson_ids._writers(self.teacher_id)
        if foreign:
            raise ValidationError(
                self.env._(
                    "%(lesson)s is not filled by %(teacher)s. Address the remark to who "
                    "fills it, or let it open nothing.",
                    lesson=foreign[0].display_name,
                    teacher=self.teacher_id.name,
                )
            )

    def _left_text(self):
        return self.env._(
            "%(teacher)s has left the school and cannot clear a remark. Address it to "
            "the present teacher of the journal and let it open nothing.",
            teacher=self.teacher_id.name,
        )

    # ---- doors -----------------------------------------------------------------------

    def _record_context(self):
        self.ensure_one()
        lesson = self.lesson_ids[:1]
        return {"lesson_id": lesson.id, "journal_id": self.journal_id.id}

    def _judge_create(self, vals_list):
        if has_passage(self.env):
            return
        for vals in vals_list:
            if any(vals.get(name) for name in SYSTEM_FIELDS):
                raise self._fixed_refusal()
            self._refuse_unless_may_remark(
                self.env["res.users"].browse(vals.get("teacher_id") or ())
            )

    def _refuse_unless_may_remark(self, teacher):
        """Deputies remark, the director on a deputy's own; nobody on oneself."""
        user = self.env.user
        on_deputy = bool(teacher) and teacher.sudo().has_group(DEPUTY)
        if not (user.has_group(DEPUTY) or (user.has_group(DIRECTOR) and on_deputy)):
            raise AccessError(
                self.env._("Remarks on the filling are made by the deputy director.")
            )
        if teacher == user:
            raise AccessError(
                self.env._(
                    "Nobody remarks on oneself: another deputy director or the director "
                    "does."
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        remarks = super().create(vals_list)
        if not has_passage(self.env):
            remarks._tell()
        return remarks

    def _judge_before(self, names):
        if not has_passage(self.env) and (
            names is None or names & {*self._recorded_fields, *SYSTEM_FIELDS, *_FIXED}
        ):
            raise self._fixed_refusal()

    def _judge_write(self, names):
        if names is None and not has_passage(self.env):
            raise self._fixed_refusal()
        return {}

    def _fixed_refusal(self):
        return AccessError(
            self.env._(
                "A remark stays as it was made. Close it by its button, with a note, and "
                "make another one."
            )
        )

    def copy(self, default=None):  # pylint: disable=method-required-super
        raise UserError(self.env._("A remark is not copied: make another one."))

    # ---- telling ---------------------------------------------------------------------

    def _tell(self):
        """Tell the teachers by an activity and a message; the week begins."""
        now = self.env.company._ejournal_now()
        # sudo: the teller may not plan activities for others nor write the record
        remarks = with_passage(self.sudo(), "duty")
        for remark in remarks:
            remark.write({"told_at": now, "due_date": remark._reckon_due_date(now)})
            remark.with_context(lang=remark.teacher_id.lang)._put_on_desk()

    def _put_on_desk(self):
        """An activity until the last day, and one message, in the teacher's language."""
        subject = self.env._(
            "Remark on %(journal)s, to clear by %(date)s",
            journal=self.journal_id.name,
            date=short_date(self.due_date),
        )
        # the message below is the one mail about it
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.due_date,
            user_id=self.teacher_id.id,
            summary=subject,
        )
        self._notify_teacher(subject, self.text)

    def _notify_teacher(self, subject, text):
        """One message in the teacher's inbox, by mail or push as the teacher set it."""
        self.ensure_one()
        self.message_notify(
            partner_ids=self.teacher_id.partner_id.ids,
            subject=subject,
            body=text,
            author_id=self.create_uid.partner_id.id,
        )

    def acknowledge(self):
        """The teacher has opened the remark; called by its form. Others change nothing.

        :returns: whether something was noted
        """
        self.check_access("read")
        unread = self.filtered(
            lambda remark: remark.teacher_id == self.env.user and not remark.seen_at
        )
        # sudo: nobody writes a remark; that its teacher read it is noted by the system
        with_passage(unread.sudo(), "duty").write(
            {"seen_at": self.env.company._ejournal_now()}
        )
        return bool(unread)

    def action_open_page(self):
        """Open the journal page where the remark is to be cleared."""
        self.ensure_one()
        self.check_access("read")
        return self.lesson_ids.sorted("date")[:1].action_open_page()

    # ---- making from checks ------------------------------------------------------------

    @api.model
    def make_from_checks(self, date_start, date_end, codes=None, teacher_ids=None):
        """Make a remark of all that the checks find between two days, deputy only.

        One remark for a check, journal and teacher; lessons of today, what an open remark speaks of
        already, lessons without a teacher and the caller's own are left out.

        :param codes: codes of checks, all when left out
        :param teacher_ids: ids of teachers, all when left out
        :returns: ids of the remarks made
        """
        self._refuse_unless_may_remark(self.env["res.users"])
        checks = self.env["ejournal.check"]
        start, end = checks._asked_days(date_start, date_end)
        findings = [
            finding
            for finding in checks._findings_of_closed_days(start, end, codes)
            if not CHECKS[finding.code].is_hint
            if finding.teacher_id and finding.teacher_id != self.env.uid
            if teacher_ids is None or finding.teacher_id in teacher_ids
        ]
        return self._make_of(findings).ids

    @api.model
    def _make_of(self, findings):
        """Make remarks of findings, grouped by check, journal and teacher."""
        known = self._remarked_already({finding.lesson_id for finding in findings})
        groups = {}
        for finding in findings:
            if (finding.code, finding.lesson_id) not in known:
                key = (finding.code, finding.journal_id, finding.teacher_id)
                groups.setdefault(key, []).append(finding)
        checks, remarks = self.env["ejournal.check"], self.browse()
        teachers = self.env["res.users"].sudo()
        for (code, journal_id, teacher_id), found in groups.items():
            lang = teachers.browse(teacher_id).lang
            vals = {
                "journal_id": journal_id,
                "teacher_id": teacher_id,
                "check_code": code,
                "scope": CHECKS[code].cure,
                "lesson_ids": [(6, 0, [*{finding.lesson_id for finding in found}])],
                "text": checks.with_context(lang=lang)._texts(found),
            }
            if self._may_be_made(vals):
                remarks |= self.create(vals)
        return remarks

    def _may_be_made(self, vals):
        """Whether the lessons can still be mended: not in a closed period, not by one
        who has left."""
        # sudo: only whether it is active and open
        env = self.sudo().env
        lessons = env["ejournal.lesson"].browse(vals["lesson_ids"][0][2])
        teacher = env["res.users"].browse(vals["teacher_id"])
        return teacher.active and all(
            period.state == "open" for period in lessons.period_id
        )

    @api.model
    def _remarked_already(self, lesson_ids):
        """``{(check code, lesson id)}`` of what open remarks speak of."""
        remarks = self.search(
            [("cleared_at", "=", False), ("lesson_ids", "in", list(lesson_ids))]
        )
        return {
            (remark.check_code, lesson_id)
            for remark in remarks
            for lesson_id in remark.lesson_ids.ids
        }


# What was remarked stays as it was remarked.
_FIXED = frozenset({"journal_id", "company_id", "check_code"})
