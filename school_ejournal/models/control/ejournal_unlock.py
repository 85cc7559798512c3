from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.passage import has_passage, with_passage

DEPUTY = "school_ejournal.group_deputy"
DIRECTOR = "school_ejournal.group_director"
MAX_DAYS = 31
MAX_ENTRIES = 500
# Decided by the methods below and by nothing else.
DECISION_FIELDS = frozenset(
    {"state", "expires_at", "approved_by", "decided_at", "note", "applied_at"}
)


class EjournalUnlock(models.Model):
    """Permission to enter after the day lock: asked, decided, running out.

    The legal way out of the lock (Regulation 4.2 А forbids later marks; an outage, an
    illness or another cause is decided by the deputy director and stays on record).
    Nobody decides one's own: a deputy's own goes to another deputy or the director. It
    opens nothing in a closed or archived period. Expiry is computed, to the second.
    """

    _name = "ejournal.unlock"
    _description = "Permission to Open"
    _inherit = ["ejournal.recorded.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "reason"
    _check_company_auto = True

    _recorded_fields = (
        "user_id",
        "lesson_ids",
        "scope",
        "origin",
        "state",
        "expires_at",
    )

    company_id = fields.Many2one(
        "res.company",
        string="School",
        required=True,
        index=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        string="For",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Who may enter; empty in an outage: each lesson's own teacher.",
    )
    lesson_ids = fields.Many2many(
        "ejournal.lesson",
        "ejournal_unlock_lesson_rel",
        "unlock_id",
        "lesson_id",
        string="Lessons",
        check_company=True,
    )
    reason_code = fields.Selection(
        [
            ("forgot", "Forgot"),
            ("ill", "Was ill"),
            ("outage", "No power or Internet"),
            ("mistake", "A mistake to correct"),
            ("other", "Other"),
        ],
        string="Cause",
        required=True,
        default="other",
    )
    reason = fields.Char(required=True)
    origin = fields.Selection(
        [("request", "Asked for"), ("deputy", "Opened unasked"), ("outage", "Outage")],
        required=True,
        default="request",
        readonly=True,
    )
    scope = fields.Selection(
        [
            ("marks", "Marks"),
            ("attendance", "Attendance"),
            ("content", "Topic, work done, homework"),
            ("all", "Everything"),
        ],
        required=True,
        default="all",
    )
    state = fields.Selection(
        [("requested", "Requested"), ("approved", "Approved"), ("refused", "Refused")],
        required=True,
        default="requested",
        readonly=True,
        copy=False,
        index=True,
    )
    expires_at = fields.Datetime(readonly=True, copy=False)
    is_expired = fields.Boolean(compute="_compute_is_expired")
    approved_by = fields.Many2one(
        "res.users",
        string="Decided by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    decided_at = fields.Datetime(readonly=True, copy=False)
    note = fields.Char(readonly=True, copy=False, string="Note of the decision")
    entries = fields.Json(
        readonly=True,
        copy=False,
        help="Cells that were typed in time but arrived after the closing; only the one "
        "who typed them puts them in.",
    )
    applied_at = fields.Datetime(string="Cells put in", readonly=True, copy=False)

    _live_idx = models.Index("(user_id, expires_at) WHERE state = 'approved'")

    @api.depends("state", "expires_at")
    def _compute_is_expired(self):
        for unlock in self:
            now = unlock.company_id._ejournal_now()
            unlock.is_expired = bool(unlock.expires_at and unlock.expires_at <= now)

    def _record_context(self):
        self.ensure_one()
        lesson = self.lesson_ids[:1]
        return {"lesson_id": lesson.id, "journal_id": lesson.journal_id.id}

    @api.constrains("lesson_ids", "user_id", "origin")
    def _check_lessons(self):
        for unlock in self:
            if not unlock.lesson_ids:
                raise ValidationError(self.env._("Name the lessons to open."))
            if not unlock.user_id and unlock.origin != "outage":
                raise ValidationError(self.env._("Name the teacher it is for."))
            if unlock.origin == "request" and not has_passage(self.env):
                unlock._refuse_unless_closed()

    def _refuse_unless_closed(self):
        """Asked is for what the asker enters and what the day has closed."""
        for windows in self.lesson_ids._entry_window().values():
            window = windows["content"]
            if window["state"] not in ("closed", "unlocked", "remark"):
                raise UserError(window["text"])

    # ---- doors -----------------------------------------------------------------------

    def _judge_create(self, vals_list):
        """Whoever asks, asks for oneself; decisions are made by the methods."""
        if has_passage(self.env):
            return
        for vals in vals_list:
            if (
                DECISION_FIELDS
                & {name for name, value in vals.items() if value} - {"state"}
                or vals.get("state", "requested") != "requested"
            ):
                raise self._decision_refusal()
            if vals.get("origin", "request") != "request":
                raise self._decision_refusal()
            if vals.get("user_id") != self.env.uid:
                raise AccessError(self.env._("A teacher asks for oneself only."))
            if not self.env.user.has_group("school_ejournal.group_teacher"):
                raise AccessError(self.env._("Only a teacher asks to open a lesson."))

    def _judge_before(self, names):
        if has_passage(self.env):
            return
        if names is None or names & {*DECISION_FIELDS, *self._FIXED}:
            raise self._decision_refusal()

    # What was asked for stays as it was asked.
    _FIXED = (
        "user_id",
        "lesson_ids",
        "scope",
        "origin",
        "company_id",
        "reason",
        "reason_code",
        "entries",
    )

    def _judge_write(self, names):
        if names is None and not has_passage(self.env):
            raise self._decision_refusal()
        return {}

    def _decision_refusal(self):
        return AccessError(
            self.env._(
                "A permission is asked for, approved or refused by its buttons; what "
                "was asked and decided stays on record."
            )
        )

    def copy(self, default=None):  # pylint: disable=method-required-super
        raise UserError(self.env._("A permission is not copied: ask anew."))

    # ---- asking ------------------------------------------------------------------------

    @api.model
    def _ask(self, lessons, reason, scope, reason_code, entries):
        """Ask for the present user; see ``ejournal.lesson.ask_to_open``."""
        unlock = self.create(
            {
                "company_id": lessons.company_id.id,
                "user_id": self.env.uid,
                "lesson_ids": [(6, 0, lessons.ids)],
                "reason": reason,
                "reason_code": reason_code,
                "scope": scope,
                "entries": entries or False,
            }
        )
        unlock._tell_deputies()
        return unlock

    def _tell_deputies(self):
        """Put it on the desks of those who may decide it."""
        for unlock in self:
            # sudo: a teacher may not plan activities for others
            for user in unlock.sudo()._deciders():
                unlock.sudo().activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=user.id,
                    summary=self.env._("Asks to open a lesson"),
                )

    def _deciders(self):
        """Deputies of the school, or the director for a deputy's own."""
        self.ensure_one()
        groups = self.env.ref(DEPUTY)
        if self.user_id and self.user_id.has_group(DEPUTY):
            groups |= self.env.ref(DIRECTOR)
        return groups.all_user_ids.filtered(
            lambda user: (
                self.company_id in user.company_ids
                and user != self.user_id
                and not user.share
            )
        )

    # ---- deciding ----------------------------------------------------------------------

    def action_approve(self, expires_at=None, note=None):
        """Approve one or many requests.

        :param expires_at: naive UTC datetime or text; the end of tomorrow's entry when
            left out, at most 31 days ahead
        :raises AccessError: not a deputy, or one's own
        :raises UserError: decided already, or an expiry that is past or too far
        """
        self._refuse_unless_decider()
        for unlock in self:
            unlock._refuse_if_decided()
            unlock._refuse_if_it_opens_nothing()
            end = fields.Datetime.to_datetime(expires_at) or unlock._default_expiry()
            unlock._check_expiry(end)
            unlock._decide("approved", note, expires_at=end)
        return True

    def action_refuse(self, note=None):
        """Refuse one or many requests; the teacher is told the note."""
        self._refuse_unless_decider()
        for unlock in self:
            unlock._refuse_if_decided()
            unlock._decide("refused", note)
        return True

    @api.model
    def open_unasked(self, lesson_ids, user_id, expires_at, reason, scope="all"):
        """Open lessons for a teacher who did not ask, e.g. was ill (deputy only).

        :param lesson_ids: ids of lessons
        :param user_id: id of the teacher; ``False`` declares an outage and opens the
            lessons to each one's own teacher
        :returns: id of the permission
        """
        unlock = self._new_by_deputy(lesson_ids, user_id, reason, scope)
        unlock._refuse_unless_decider()
        unlock._refuse_if_it_opens_nothing()
        end = fields.Datetime.to_datetime(expires_at) or unlock._default_expiry()
        unlock._check_expiry(end)
        unlock._decide("approved", False, expires_at=end)
        return unlock.id

    @api.model
    def _new_by_deputy(self, lesson_ids, user_id, reason, scope):
        if not (self.env.user.has_group(DEPUTY) or self.env.user.has_group(DIRECTOR)):
            raise AccessError(self.env._("Lessons are opened by the deputy director."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the lessons are opened."))
        lessons = self.env["ejournal.lesson"].browse(lesson_ids).exists()
        lessons.check_access("read")
        # sudo: the right to open was checked above; rows of others nobody makes by hand
        unlock = with_passage(self.sudo(), "duty").create(
            {
                "company_id": lessons.company_id.id,
                "user_id": user_id,
                "origin": "deputy" if user_id else "outage",
                "lesson_ids": [(6, 0, lessons.ids)],
                "reason": reason,
                "reason_code": "other" if user_id else "outage",
                "scope": scope,
            }
        )
        return self.browse(unlock.id)

    def _refuse_unless_decider(self):
        """Deputies decide, the director a deputy's own; nobody one's own."""
        self.check_access("read")
        user = self.env.user
        is_deputy, is_director = user.has_group(DEPUTY), user.has_group(DIRECTOR)
        for unlock in self:
            concerned = (unlock.user_id or unlock.sudo().lesson_ids.entrant_id).sudo()
            for_deputy = any(person.has_group(DEPUTY) for person in concerned)
            if not (is_deputy or (is_director and for_deputy)):
                raise AccessError(
                    self.env._("Requests to open are decided by the deputy director.")
                )
            if unlock.user_id == user:
                raise AccessError(
                    self.env._(
                        "Nobody decides one's own request: another deputy director or "
                        "the director does."
                    )
                )
            if not unlock.user_id and unlock._would_open_to(user):
                raise AccessError(
                    self.env._(
                        "Your own lessons are among these: another deputy director or "
                        "the director opens them."
                    )
                )

    def _would_open_to(self, user):
        """Whether an outage opens something to ``user``: as entrant, as writing
        co-teacher or as marker of a column."""
        lessons = self.sudo().lesson_ids
        return bool(lessons._writers(user)) or user in lessons.work_ids.marker_id

    def _refuse_if_decided(self):
        self.ensure_one()
        # two deputies at once: the second waits for the first and sees the decision
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        if self.state != "requested":
            raise UserError(
                self.env._(
                    "This request was decided already by %(user)s.",
                    user=self.approved_by.sudo().name,
                )
            )

    def _default_expiry(self):
        """The closing time of tomorrow."""
        today = self.company_id._ejournal_today()
        return self.company_id._ejournal_day_bounds(today + timedelta(days=1))[1]

    def _check_expiry(self, expires_at):
        now = self.company_id._ejournal_now()
        if not now < expires_at <= now + timedelta(days=MAX_DAYS):
            raise UserError(
                self.env._(
                    "A permission ends later than now and within %(days)s days.",
                    days=MAX_DAYS,
                )
            )

    def _decide(self, state, note, expires_at=False):
        with_passage(self.sudo(), "duty").write(
            {
                "state": state,
                "note": note or False,
                "expires_at": expires_at,
                "approved_by": self.env.uid,
                "decided_at": self.company_id._ejournal_now(),
            }
        )
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        self._tell_teacher()

    # ---- putting in what came late ------------------------------------------------------

    def apply_entries(self):
        """Put in the cells that arrived after the closing; only who typed them may.

        :returns: answers of ``ejournal.journal.save_entries``
        """
        self.ensure_one()
        self.check_access("read")
        if self.user_id != self.env.user:
            raise AccessError(
                self.env._("Only the one who typed these cells puts them in.")
            )
        if self.applied_at or not self.entries:
            raise UserError(self.env._("There are no cells waiting here."))
        journals = self.lesson_ids.journal_id
        answers = journals.save_entries(self.entries)
        with_passage(self.sudo(), "duty").write(
            {"applied_at": self.company_id._ejournal_now()}
        )
        return answers
