from odoo import api, fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

_FIRST_SHIFT = _lt("First shift")
_STARTS = (8 * 60, 13 * 60)  # minutes of the day: first shift, later ones
_LESSON = 45
_BREAKS = (5, 5, 10, 5, 5, 5, 0)  # minutes after each lesson


class EjournalShift(models.Model):
    """A shift of the school day and its bells."""

    _name = "ejournal.shift"
    _description = "Shift"
    _inherit = ["ejournal.rights.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        string="School",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=1)
    name = fields.Char(required=True, translate=True)
    bell_ids = fields.One2many(
        "ejournal.bell", "shift_id", string="Bells", check_company=True
    )

    @api.model
    def _make_defaults(self, company):
        """A first shift with bells, for a school that has none."""
        if self.with_context(active_test=False).search_count(
            [("company_id", "=", company.id)], limit=1
        ):
            return
        shift = self.create(
            {"company_id": company.id, "sequence": 1, "name": _FIRST_SHIFT._source}
        )
        for lang, _label in self.env["res.lang"].get_installed():
            shift.with_context(lang=lang).name = _FIRST_SHIFT._translate(lang)
        shift._make_default_bells()

    def _make_default_bells(self):
        """Bells for shifts without: lessons of 45 minutes, the first shift of a school
        from 8:00, later ones from 13:00."""
        vals_list = []
        for shift in self.filtered(lambda shift: not shift.bell_ids):
            first = self.search([("company_id", "=", shift.company_id.id)], limit=1)
            time = _STARTS[0] if shift == first else _STARTS[1]
            for number, pause in enumerate(_BREAKS, 1):
                vals_list.append(
                    {
                        "shift_id": shift.id,
                        "number": number,
                        "time_start": time / 60,
                        "time_end": (time + _LESSON) / 60,
                    }
                )
                time += _LESSON + pause
        return self.env["ejournal.bell"].create(vals_list)
