from odoo import api, fields, models
from odoo.exceptions import ValidationError

# years; outside of it the form asks to check the date
YOUNGEST, OLDEST = 4, 25


class EjournalPupilCard(models.Model):
    """What only class teacher, deputy director and administrator need of a pupil.

    Deliberately short: the data protection agency warned schools against collecting
    more than they need.
    """

    _name = "ejournal.pupil.card"
    _description = "Pupil's Card"
    _inherit = ["ejournal.recorded.mixin"]
    _rec_name = "pupil_id"
    _check_company_auto = True

    _recorded_fields = ("birth_date", "pin", "address")
    _recorded_at_edges = ()

    pupil_id = fields.Many2one(
        "ejournal.pupil",
        required=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="pupil_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    birth_date = fields.Date()
    pin = fields.Char(
        string="PIN", copy=False, help="Personal number; the state system's key."
    )
    address = fields.Char()

    _pupil_uniq = models.Constraint(
        "UNIQUE(pupil_id)", "The pupil already has a card. Open that one."
    )
    _pin_uniq = models.UniqueIndex(
        "(company_id, pin) WHERE pin IS NOT NULL",
        "Another pupil has this personal number. Check the number with the documents.",
    )

    @api.constrains("birth_date")
    def _check_birth_date(self):
        for card in self:
            if card.birth_date and card.birth_date >= card.company_id._ejournal_today():
                raise ValidationError(
                    self.env._(
                        "The date of birth of %(pupil)s lies in the future. Check the "
                        "year.",
                        pupil=card.pupil_id.short_name,
                    )
                )

    @api.onchange("birth_date")
    def _onchange_birth_date(self):
        if not self.birth_date:
            return None
        age = (fields.Date.today() - self.birth_date).days // 365
        if YOUNGEST <= age <= OLDEST:
            return None
        return {
            "warning": {
                "title": self.env._("Unusual age"),
                "message": self.env._(
                    "By this date of birth the pupil is %(age)s years old. Check the "
                    "year.",
                    age=age,
                ),
            }
        }

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([_tidy_pin(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(_tidy_pin(vals))


def _tidy_pin(vals):
    """Spaces out of the number; an empty one is none, so that it collides with none."""
    if "pin" not in vals:
        return vals
    return {**vals, "pin": "".join((vals["pin"] or "").split()) or False}
