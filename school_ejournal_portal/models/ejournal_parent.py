import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import plaintext2html

_RESET_LIFE, _RESET_PAUSE = timedelta(hours=2), timedelta(hours=1)
_LOGIN_DIGITS = 7


class EjournalParent(models.Model):
    """A parent's account for the e-diary."""

    _inherit = "ejournal.parent"

    activated_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="When the parent chose a password by a slip for the first time.",
    )
    account_state = fields.Selection(
        [
            ("none", "No account"),
            ("waiting", "Slip not used yet"),
            ("active", "Activated"),
            ("staff", "Own login of staff"),
        ],
        string="Account",
        compute="_compute_account_state",
    )
    slip_ids = fields.One2many("ejournal.access.slip", "parent_id", string="Slips")

    @api.depends("user_id", "activated_at")
    def _compute_account_state(self):
        for parent in self:
            # sudo: whether an account was ever used is told, nothing else of it
            user = parent.sudo().user_id
            if not user or not user.active:
                parent.account_state = "none"
            elif not user.share:
                parent.account_state = "staff"
            elif parent.activated_at or user.login_date:
                parent.account_state = "active"
            else:
                parent.account_state = "waiting"

    # ---- what the parent chose ---------------------------------------------------------

    inform_absence = fields.Boolean(
        string="Told of absences", default=True, help="By e-mail, the same day."
    )
    inform_digest = fields.Boolean(
        string="Told of the week", default=True, help="By e-mail, on Friday."
    )
    quiet_from = fields.Integer(string="Quiet from, hour", default=21)
    quiet_to = fields.Integer(string="Quiet to, hour", default=8)
    contacts_confirmed_on = fields.Date(
        readonly=True, copy=False, help="When the parent last said that they are right."
    )

    _quiet_hours = models.Constraint(
        "CHECK(quiet_from BETWEEN 0 AND 23 AND quiet_to BETWEEN 0 AND 23)",
        "Hours are 0 to 23.",
    )

    def _is_quiet(self):
        """Whether nothing is sent to the parent now, by the school's clock."""
        self.ensure_one()
        hour = self.company_id._ejournal_local(fields.Datetime.now()).hour
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= hour < self.quiet_to
        return hour >= self.quiet_from or hour < self.quiet_to

    # ---- children --------------------------------------------------------------------

    def _diary_children(self):
        """The pupils whose diary is open to this parent, in sudo."""
        # sudo: the same domain as ejournal.pupil._diary_domain, for another's account
        rows = self.sudo().guardian_ids.filtered(
            lambda row: row.access_granted and not row.date_end
        )
        return rows.pupil_id.filtered(
            lambda pupil: any(not row.is_over for row in pupil.enrollment_ids)
        )

    def _note_activation(self):
        self.ensure_one()
        if not self.activated_at:
            self.activated_at = fields.Datetime.now()

    # ---- accounts --------------------------------------------------------------------

    def _make_accounts(self):
        """Portal accounts without passwords for those who have none, in one batch.

        Login and contact are a number: no real name, no address and no telephone stands
        in ``res.partner``, which all employees read.
        """
        # sudo: the callers have judged the right; what is made is a portal account
        without = self.sudo().filtered(lambda parent: not parent.user_id)
        if not without:
            return
        logins = self._free_logins(len(without))
        users = self.env["res.users"].sudo().with_context(no_reset_password=True)
        made = users.create(
            [
                {
                    "login": login,
                    "name": login,
                    "lang": "ky_KG",
                    "company_id": parent.company_id.id,
                    "company_ids": [Command.set(parent.company_id.ids)],
                    "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
                }
                for login, parent in zip(logins, without, strict=True)
            ]
        )
        for parent, user in zip(without, made, strict=True):
            parent.user_id = user

    @api.model
    def _free_logins(self, count):
        """Numbers that tell nothing and that no account has; typed on any telephone."""
        users = self.env["res.users"].sudo().with_context(active_test=False)
        free = set()
        while len(free) < count:
            wanted = {
                str(secrets.randbelow(9 * 10 ** (_LOGIN_DIGITS - 1)) + 10**6)
                for _number in range(count - len(free))
            }
            taken = set(users.search([("login", "in", list(wanted))]).mapped("login"))
            free |= wanted - taken
        return sorted(free)

    # ---- joining ---------------------------------------------------------------------

    def _join(self, user):
        """Give this parent's children to a login that its owner proved to have.

        A parent of a second school, or a teacher who is a parent, uses one login. The
        account that the slip was printed for was never used and goes.
        """
        self.ensure_one()
        # sudo: the caller holds the slip and is signed in as the user
        parent, user = self.sudo(), user.sudo()
        if user._is_public() or not user.active:
            raise AccessError(self.env._("Log in first."))
        twin = parent.search(
            [("company_id", "=", parent.company_id.id), ("user_id", "=", user.id)]
        )
        if twin - parent:
            raise UserError(
                self.env._(
                    "This login already belongs to a parent of this school. Ask the "
                    "class teacher to put the children together."
                )
            )
        if user.share:
            user.company_ids = [Command.link(parent.company_id.id)]
        elif parent.company_id not in user.company_ids:
            raise UserError(
                self.env._(
                    "A login of staff opens diaries of the own school only. Use the "
                    "login on the slip."
                )
            )
        unused = parent.user_id
        parent.user_id = user
        if unused != user and unused.share and not unused.login_date:
            unused.active = False

    # ---- a new password by e-mail ------------------------------------------------------

    @api.model
    def _for_reset(self, text):
        """The parents with a portal account that a login or an e-mail address means."""
        text = (text or "").strip()
        if not text:
            return self.browse()
        # sudo: nobody is told what was found; the letter goes to the address on record
        found = self.sudo().search(
            [
                ("email", "!=", False),
                ("user_id.share", "=", True),
                ("user_id.active", "=", True),
                "|",
                ("user_id.login", "=", text),
                ("email", "=ilike", text.replace("%", r"\%").replace("_", r"\_")),
            ],
            limit=5,
        )
        return found.filtered("user_id")

    def _send_reset_links(self):
        """Mail each of these parents a link to a new password, at most one an hour."""
        links = self.env["ejournal.link"].sudo()
        recent = links.search(
            [
                ("parent_id", "in", self.ids),
                ("scope", "=", "reset"),
                ("create_date", ">", fields.Datetime.now() - _RESET_PAUSE),
            ]
        ).parent_id
        # sudo: the letter goes to the address on record, the caller learns nothing
        for known in self.sudo() - recent:
            [(_link, token, _code)] = links._make(known, "reset", _RESET_LIFE)
            parent = known.with_context(lang=known.user_id.lang or "ky_KG")
            parent._mail(
                parent.env._("E-diary: a new password"),
                parent.env._(
                    "Open this address within two hours and choose a new password:\n"
                    "%(address)s\n\nYour login is %(login)s. If you did not ask for this, "
                    "do nothing.",
                    address=f"{parent.get_base_url()}/slip/{token}",
                    login=parent.user_id.login,
                ),
            )

    def _mail(self, subject, text):
        """A plain letter to the address that the school has of this parent.

        :returns: ``mail.mail``, sent by Odoo's queue
        """
        self.ensure_one()
        # sudo: parents and class teachers have no right on the queue
        return (
            self.env["mail.mail"]
            .sudo()
            .create(
                {
                    "subject": subject,
                    "body_html": plaintext2html(text),
                    "email_to": self.email,
                    "email_from": self.company_id.email_formatted
                    or self.env.user.email_formatted,
                    "auto_delete": True,
                }
            )
        )
