import math
import unicodedata
from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.tools import LazyTranslate

from ...tools.formulas import Grade, proposal

_lt = LazyTranslate(__name__)

_FIVE_POINTS = (
    {"value": "5", "score": 5, "threshold": 4.5, "passing": 1, "quality": 1},
    {"value": "4", "score": 4, "threshold": 3.5, "passing": 1, "quality": 1},
    {"value": "3", "score": 3, "threshold": 2.5, "passing": 1},
    {"value": "2", "score": 2, "threshold": 0},
    # in the state's interface, given by few schools: a tick brings it back
    {"value": "1", "score": 1, "threshold": 0, "active": False},
)
_CREDIT = (
    {"value": "зач", "passing": 1, "counts": False},
    {"value": "незач", "counts": False},
)
# code, kind, name, values; the values stand apart, or the export of terms takes some of
# their strings for terms
_DEFAULTS = (
    ("5point", "marks", _lt("5-point scale"), _FIVE_POINTS),
    ("credit", "credit", _lt("Credit"), _CREDIT),
)


class _Value(NamedTuple):
    value: str
    active: bool
    counts: bool
    score: float
    threshold: float
    passing: bool
    quality: bool


class EjournalScale(models.Model):
    """A scale of marks as data: 5-point as shipped, credit, or the school's own."""

    _name = "ejournal.scale"
    _description = "Scale of Marks"
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
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="Short name in Latin letters, used by imports and exports."
    )
    kind = fields.Selection(
        [("marks", "Marks"), ("credit", "Credit")], required=True, default="marks"
    )
    value_ids = fields.One2many(
        "ejournal.scale.value", "scale_id", string="Values", check_company=True
    )

    _code_uniq = models.Constraint(
        "UNIQUE(company_id, code)",
        "There is already a scale with this code. Choose another code.",
    )

    # ---- defaults --------------------------------------------------------------------

    @api.model
    def _make_defaults(self, company):
        """The 5-point scale and the credit scale, where the school lacks them."""
        scales = self.with_context(active_test=False)
        present = set(scales.search([("company_id", "=", company.id)]).mapped("code"))
        for sequence, (code, kind, name, values) in enumerate(_DEFAULTS, 1):
            if code in present:
                continue
            scale = self.create(
                {
                    "company_id": company.id,
                    "sequence": sequence,
                    "code": code,
                    "kind": kind,
                    "name": name._source,
                    "value_ids": [
                        fields.Command.create({"sequence": place, **value})
                        for place, value in enumerate(values, 1)
                    ],
                }
            )
            for lang, _label in self.env["res.lang"].get_installed():
                scale.with_context(lang=lang).name = name._translate(lang)

    @api.model
    def _default(self, company, kind="marks"):
        """The scale that a class or journal of the school gets as shipped."""
        chosen = company._ejournal_settings().scale_id
        if chosen.kind == kind:
            return chosen
        return self.search(
            [("company_id", "=", company.id), ("kind", "=", kind)], limit=1
        )

    # ---- values ----------------------------------------------------------------------

    @tools.ormcache("self.id")
    def _known_values(self):
        """All that the scale has, also what was switched off, as plain data.

        Kept between calls, since each mark asks for it; a change of the values clears it.

        :returns: ``{typed form: _Value}`` in the order of the scale
        """
        self.ensure_one()
        # sudo: what a mark means depends on nobody's rights
        values = self.sudo().with_context(active_test=False).value_ids
        return {
            _plain(value.value): _Value(
                value.value,
                value.active,
                value.counts,
                value.score,
                value.threshold,
                value.passing,
                value.quality,
            )
            for value in values
        }

    def _current_values(self):
        """The values that may be set, as they are written."""
        return [v.value for v in self._known_values().values() if v.active]

    def _scores(self):
        """``{value: score}`` of the values that may be set and count in averages."""
        known = self._known_values().values()
        return {v.value: v.score for v in known if v.active and v.counts}

    def _normalize(self, value):
        """What is stored for what was typed.

        :param value: text or number: «5», « 5 », «5,0», «Зач.»
        :returns: the stored value; ``None`` when the scale does not have it, or no more
        """
        if not self or value is None or value is False or value is True:
            return None
        found = self._known_values().get(_plain(value))
        return found.value if found and found.active else None

    def _score(self, value):
        """What a stored value counts in an average; ``None`` when it counts in none."""
        if not self or not value:
            return None
        found = self._known_values().get(_plain(value))
        return found.score if found and found.counts else None

    def _value_for(self, average):
        """The value that an average proposes, by the thresholds.

        The average counts as it is shown, rounded half-up to two digits: who
        reads 4.50 expects what 4.50 gives.

        :returns: the stored value; ``None`` for no average or a scale without scores
        """
        self.ensure_one()
        if average is False:
            return None
        return proposal(average, self._thresholds())

    def _thresholds(self):
        """``(value, score, threshold)`` of the values that an average may propose."""
        return [
            (v.value, v.score, v.threshold)
            for v in self._known_values().values()
            if v.active and v.counts
        ]

    def _passing_threshold(self):
        """The lowest average that proposes a passing value."""
        known = self._known_values().values()
        return min((v.threshold for v in known if v.active and v.passing), default=0.0)

    def _grades(self):
        """``{value: Grade}`` of all that the scale ever had."""
        return {
            v.value: Grade(v.score if v.counts else None, v.passing, v.quality)
            for v in self._known_values().values()
        }


def _plain(value):
    """A typed value without case, spaces, final dot; numbers as numbers."""
    text = unicodedata.normalize("NFKC", str(value)).strip().casefold().rstrip(".")
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return text
    return f"{number:g}" if math.isfinite(number) else text
