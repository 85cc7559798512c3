import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from odoo.addons.school_ejournal.tools.dates import short_date
from odoo.addons.school_ejournal.tools.two_languages import words

from ..tools import qr

_lt = LazyTranslate(__name__)
_WORDS = {
    "title": _lt("Access to the e-diary"),
    "for_parent": _lt("For the parent"),
    "children": _lt("Children"),
    "login": _lt("Login"),
    "scan": _lt("Point the camera here and choose a password"),
    "or_type": _lt("Or open the address and type the login and the code"),
    "code": _lt("Code"),
    "good_until": _lt("Good until"),
    "secret": _lt(
        "Works once. Show it to nobody; the school never asks your password."
    ),
    "hand_over": _lt("Hand-over list of access slips"),
    "parent": _lt("Parent"),
    "pupil": _lt("Pupil"),
    "received": _lt("Received, signature"),
    "class_": _lt("Class"),
    "class_teacher": _lt("Class teacher"),
    "date": _lt("Date"),
}


class EjournalSlipMake(models.TransientModel):
    """Make accounts and slips for the parents of a class, and print them."""

    _name = "ejournal.slip.make"
    _description = "Make Access Slips"
    # the file opens accounts; it does not stay about
    _transient_max_hours = 0.5

    class_id = fields.Many2one("ejournal.class", required=True)
    parent_ids = fields.Many2many(
        "ejournal.parent",
        compute="_compute_parent_ids",
        store=True,
        readonly=False,
        domain="[('id', 'in', choice_ids)]",
        string="Parents",
    )
    choice_ids = fields.Many2many(
        "ejournal.parent",
        "ejournal_slip_make_choice_rel",
        compute="_compute_choice_ids",
    )
    parent_count = fields.Integer(related="class_id.parent_count")
    active_parent_count = fields.Integer(related="class_id.active_parent_count")
    file = fields.Binary(readonly=True, attachment=False)
    file_name = fields.Char(readonly=True)

    @api.depends("class_id")
    def _compute_choice_ids(self):
        for wizard in self:
            parents = wizard.class_id._slip_guardians().parent_id
            able = parents.filtered(lambda p: not p.user_id or p.user_id.share)
            wizard.choice_ids = able.with_env(wizard.env)

    @api.depends("class_id")
    def _compute_parent_ids(self):
        """As shipped those with access who have not opened the diary yet."""
        for wizard in self:
            parents = wizard.class_id._slip_guardians("access_granted").parent_id
            wizard.parent_ids = parents.filtered(
                lambda parent: parent.account_state in ("none", "waiting")
            ).with_env(wizard.env)

    def action_make(self):
        """Make the slips; the file with them is this caller's alone, for half an hour."""
        self.ensure_one()
        self.class_id._check_slip_maker()
        if not self.parent_ids:
            raise UserError(self.env._("Choose the parents who get a slip."))
        guardians = self.class_id._slip_guardians()
        without = guardians.filtered(
            lambda row: (
                row.parent_id in self.parent_ids.sudo() and not row.access_granted
            )
        )
        # by the caller's own right on the rows, and on record
        without.with_env(self.env).write({"access_granted": True})
        made = self.env["ejournal.access.slip"]._issue(self.parent_ids, self.class_id)
        html = self._slips_html(made)
        name = self.class_id.name
        self.write(
            {
                "file": base64.b64encode(self._drawn(html)),
                "file_name": self.env._("Slips %(name)s.pdf", name=name),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Access slips"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _drawn(self, html):
        return self.env["ir.actions.report"]._ejournal_draw([html])[0]

    def _slips_html(self, made):
        """Slips, several a page, and the list to be signed behind them."""
        base = self.class_id.get_base_url()
        children = self._children_of(self.parent_ids)
        slips = [
            {
                "parent": slip.sudo().parent_id,
                "login": f"{slip.login[:3]} {slip.login[3:]}",
                "code": f"{code[:4]} {code[4:]}",
                "qr": qr.data_uri(f"{base}/slip/{token}"),
                "children": children[slip.sudo().parent_id.id],
                "expires": short_date(
                    self.class_id.company_id._ejournal_local(slip.expires_at)
                ),
            }
            for slip, token, code in made
        ]
        slips.sort(key=lambda row: row["children"])
        return str(
            self.env["ir.qweb"]._render(
                "school_ejournal_portal.slips_print",
                {
                    "w": words(self.env, _WORDS),
                    "school": self.class_id.company_id.name,
                    "class_": self.class_id.name,
                    "teacher": self.class_id.sudo().class_teacher_id.name or "",
                    "slips": slips,
                    "address": f"{base}/slip",
                    "today": short_date(self.class_id.company_id._ejournal_today()),
                },
            )
        )

    def _children_of(self, parents):
        guardians = self.class_id._slip_guardians()
        return {
            parent.id: ", ".join(
                guardians.filtered(lambda row, p=parent: row.parent_id == p)
                .pupil_id.sorted("sort_key")
                .mapped("short_name")
            )
            for parent in parents.sudo()
        }
