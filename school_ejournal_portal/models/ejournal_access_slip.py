from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class EjournalAccessSlip(models.Model):
    """A slip of paper that opens the e-diary to a parent, once.

    The class teacher hands it over against a signature (Regulation 4.2 В). It carries the
    login, a link and a code; the parent chooses the password, which nobody else ever
    sees or sets. Only the newest slip of a parent opens, and only accounts of the portal
    get slips: staff who are parents use their own login.
    """

    _name = "ejournal.access.slip"
    _description = "Access Slip"
    _inherit = ["ejournal.rights.mixin"]
    _order = "id desc"
    _rec_name = "parent_id"
    _check_company_auto = True

    parent_id = fields.Many2one(
        "ejournal.parent",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="parent_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    class_id = fields.Many2one(
        "ejournal.class", index=True, ondelete="set null", check_company=True
    )
    link_id = fields.Many2one(
        "ejournal.link",
        required=True,
        ondelete="cascade",
        check_company=True,
        groups="base.group_no_one",
    )
    login = fields.Char(required=True)
    expires_at = fields.Datetime(required=True)
    handed_over_at = fields.Datetime(readonly=True)
    handed_over_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("used", "Used"),
            ("expired", "Expired"),
            ("revoked", "No longer good"),
        ],
        compute="_compute_state",
    )

    @api.depends_context("uid")
    def _compute_state(self):
        now = fields.Datetime.now()
        for slip in self:
            # sudo: of the link its state is told, nothing else
            link = slip.sudo().link_id
            if link.used_at:
                slip.state = "used"
            elif link.revoked:
                slip.state = "revoked"
            elif slip.expires_at <= now:
                slip.state = "expired"
            else:
                slip.state = "waiting"

    # ---- making ----------------------------------------------------------------------

    @api.model
    def _issue(self, parents, class_):
        """Slips for parents of a class; earlier ones open nothing any more.

        :returns: list of ``(slip, token, code)``; token and code are nowhere else
        """
        class_._check_slip_maker()
        # sudo: the right was judged for the class, and the parents must be of it
        parents = parents.sudo()
        if parents - class_._slip_guardians().parent_id:
            raise AccessError(
                self.env._("Slips are made for parents of pupils of the class.")
            )
        staff = parents.filtered(lambda p: p.user_id and not p.user_id.share)
        if staff:
            raise UserError(
                self.env._(
                    "%(name)s works here and reads the diary with the own login; no "
                    "slip is made for a login of staff.",
                    name=staff[0].short_name,
                )
            )
        parents.user_id.filtered(lambda user: not user.active).active = True
        parents._make_accounts()
        days = class_.company_id._ejournal_settings().slip_days
        made = self.env["ejournal.link"]._make(parents, "slip", timedelta(days=days))
        slips = self.sudo().create(
            [
                {
                    "parent_id": link.parent_id.id,
                    "class_id": class_.id,
                    "link_id": link.id,
                    "login": link.user_id.login,
                    "expires_at": link.expires_at,
                }
                for link, _token, _code in made
            ]
        )
        return [
            (slip, token, code)
            for slip, (_link, token, code) in zip(slips, made, strict=True)
        ]

    # ---- acts ------------------------------------------------------------------------

    def action_hand_over(self):
        """Note that the slips were handed over and signed for."""
        self._check_maker()
        # sudo: who may make a slip may note that it was handed over
        self.sudo().filtered(lambda slip: not slip.handed_over_at).write(
            {
                "handed_over_at": fields.Datetime.now(),
                "handed_over_by": self.env.uid,
            }
        )
        return True

    def action_revoke(self):
        """A lost slip opens nothing from now on."""
        self._check_maker()
        # sudo: see action_hand_over
        self.sudo().link_id.write({"revoked": True})
        self.invalidate_recordset(["state"])
        return True

    def _check_maker(self):
        self.check_access("read")
        for class_ in self.class_id:
            class_._check_slip_maker()
        if self.filtered(lambda slip: not slip.class_id) and not (
            self.env.user.has_group("school_ejournal.group_deputy")
        ):
            raise AccessError(self.env._("The deputy director does this."))
