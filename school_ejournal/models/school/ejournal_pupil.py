from odoo import api, fields, models
from odoo.exceptions import ValidationError


class EjournalPupil(models.Model):
    """A pupil. Not a contact: no pupil lives in ``res.partner``.

    Staff see names; what only class teacher, deputy and administrator need stands on the
    card.
    """

    _name = "ejournal.pupil"
    _description = "Pupil"
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
    gender = fields.Selection([("female", "Girl"), ("male", "Boy")])
    user_id = fields.Many2one(
        "res.users",
        string="Login",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('share', '=', True)]",
        copy=False,
        groups="base.group_user",
        help="The pupil's own portal account.",
    )
    guardian_ids = fields.One2many(
        "ejournal.guardian",
        "pupil_id",
        string="Parents",
        check_company=True,
        groups="base.group_user",
    )
    enrollment_ids = fields.One2many(
        "ejournal.enrollment",
        "pupil_id",
        string="Classes",
        check_company=True,
        groups="base.group_user",
    )
    card_ids = fields.One2many(
        "ejournal.pupil.card",
        "pupil_id",
        string="Cards",
        check_company=True,
        groups="base.group_user",
    )
    card_id = fields.Many2one(
        "ejournal.pupil.card",
        compute="_compute_card_id",
        inverse="_inverse_card_id",
        search="_search_card_id",
        check_company=True,
        groups="base.group_user",
    )

    _user_uniq = models.UniqueIndex(
        "(company_id, user_id) WHERE user_id IS NOT NULL",
        "This login already belongs to another pupil. Choose another login.",
    )

    @api.depends("card_ids")
    def _compute_card_id(self):
        # portal users and others without rights on cards see none, without an error
        allowed = self.env["ejournal.pupil.card"].has_access("read")
        cards = self.env["ejournal.pupil.card"]
        if allowed:
            cards = cards.search([("pupil_id", "in", self.ids)])
        by_pupil = {card.pupil_id.id: card for card in cards}
        for pupil in self:
            pupil.card_id = by_pupil.get(pupil._origin.id, False)

    def _inverse_card_id(self):
        for pupil in self.filtered("card_id"):
            pupil.card_id.pupil_id = pupil

    def _search_card_id(self, operator, value):
        return [("card_ids", operator, value)]

    @api.constrains("user_id")
    def _check_user_is_portal(self):
        for pupil in self.sudo():
            if pupil.user_id and not pupil.user_id.share:
                raise ValidationError(
                    self.env._(
                        "“%(login)s” is a login of staff. A pupil gets a portal "
                        "account of his own.",
                        login=pupil.user_id.login,
                    )
                )

    def write(self, vals):
        result = super().write(vals)
        if {"last_name", "first_name", "patronymic"} & vals.keys():
            self._renumber_before_the_year()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_card(self):
        """The card goes with a pupil who was typed by mistake; nothing else does."""
        # sudo: whoever may delete the pupil needs no right on the card
        self.env["ejournal.pupil.card"].sudo().search(
            [("pupil_id", "in", self.ids)]
        ).unlink()

    def _renumber_before_the_year(self):
        """A corrected name moves on the list only until the year begins."""
        # sudo: the order of the list follows the names, whoever corrected one
        enrollments = self.sudo().enrollment_ids
        enrollments._assign_numbers(
            enrollments.class_id.filtered(
                lambda c: c.company_id._ejournal_today() < c.year_id.date_start
            )
        )
