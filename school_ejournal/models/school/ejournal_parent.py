from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, ValidationError


class EjournalParent(models.Model):
    """A parent or guardian. Not a contact, as pupils are none."""

    _name = "ejournal.parent"
    _description = "Parent"
    _inherit = ["ejournal.person.mixin"]
    _order = "sort_key, id"
    _check_company_auto = True

    _recorded_fields = ("last_name", "first_name", "patronymic", "user_id")
    _recorded_at_edges = ()

    company_id = fields.Many2one(
        "res.company",
        string="School",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    phone = fields.Char()
    email = fields.Char()
    user_id = fields.Many2one(
        "res.users",
        string="Login",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        copy=False,
        help="A portal account, or the own login of a member of staff who is a parent.",
    )
    guardian_ids = fields.One2many(
        "ejournal.guardian", "parent_id", string="Children", check_company=True
    )

    _user_uniq = models.UniqueIndex(
        "(company_id, user_id) WHERE user_id IS NOT NULL",
        "This login already belongs to another parent. Choose another login.",
    )

    @api.depends("name")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """Odoo shows the name of any record it is given the number of, past the rules:
        who may not read a parent gets no name either."""
        readable = self.sudo(False)._filtered_access("read")
        for parent in self:
            known = parent in readable or self.env.user._is_superuser()
            parent.display_name = parent.name if known else "…"

    @api.constrains("email")
    def _check_email(self):
        for parent in self:
            if parent.email and not tools.email_normalize(parent.email):
                raise ValidationError(
                    self.env._(
                        "“%(email)s” is no e-mail address. Correct it or leave it "
                        "empty.",
                        email=parent.email,
                    )
                )

    def _judge_create(self, vals_list):
        """A parent has no child yet when typed, so no rule can tell whose he is."""
        super()._judge_create(vals_list)
        if self.env.su or self.env.user.has_group("school_ejournal.group_deputy"):
            return
        if not self.env["ejournal.class"].search_count(
            [("class_teacher_id", "=", self.env.uid)], limit=1
        ):
            raise AccessError(
                self.env._(
                    "Parents are entered by the class teacher or the deputy director."
                )
            )

    @api.model
    def _tidy_names(self, vals):
        vals = super()._tidy_names(vals)
        for name in {"phone", "email"} & vals.keys():
            vals[name] = " ".join((vals[name] or "").split()) or False
        return vals
