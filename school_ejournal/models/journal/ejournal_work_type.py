from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# code, name, weight, is_control, two_marks
_DEFAULTS = (
    ("answer", _lt("Answer"), 1.0, False, False),
    ("homework", _lt("Homework"), 1.0, False, False),
    ("independent", _lt("Independent work"), 1.0, False, False),
    ("practical", _lt("Practical work"), 1.0, False, False),
    ("laboratory", _lt("Laboratory work"), 1.0, False, False),
    ("test", _lt("Test"), 1.0, False, False),
    ("control", _lt("Control work"), 2.0, True, False),
    ("dictation", _lt("Dictation"), 2.0, True, True),
    ("retelling", _lt("Retelling"), 2.0, True, True),
    ("essay", _lt("Essay"), 2.0, True, True),
)
ANSWER = "answer"


class EjournalWorkType(models.Model):
    """What a column of marks is for: an answer, a control work, a dictation …

    ``grace_days`` lets the marks of a written work be entered on a later day. It is 0 as
    shipped, since the regulation forbids later marks (4.2 А); a school that allows it
    gives the order's number. A raised grace acts on new columns only: each column keeps
    the last day it was made with.
    """

    _name = "ejournal.work.type"
    _description = "Type of Work"
    _inherit = ["ejournal.recorded.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    _recorded_fields = ("weight", "is_control", "grace_days", "order_ref", "two_marks")
    _recorded_at_edges = ("grace_days", "order_ref")

    company_id = fields.Many2one(
        "res.company",
        string="School",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, help="Short name in Latin letters, used by imports and exports."
    )
    weight = fields.Float(
        default=1.0, help="How much a mark of this work counts in the weighted average."
    )
    is_control = fields.Boolean(
        string="Control work",
        help="Its marks are reported on as control works (Regulation 4.2 А, Б).",
    )
    grace_days = fields.Integer(
        string="Days of grace",
        help="How many days after the lesson empty cells of this work may still be "
        "filled. 0 as the regulation asks; more needs an order.",
    )
    order_ref = fields.Char(
        string="Order", help="Number and date of the order that allows the grace."
    )
    two_marks = fields.Boolean(help="A second mark may stand beside the first: 5/4.")

    _code_uniq = models.Constraint(
        "UNIQUE(company_id, code)", "There is already a type of work with this code."
    )
    _weight_positive = models.Constraint(
        "CHECK(weight > 0)", "The weight of a type of work is above zero."
    )
    _grace_range = models.Constraint(
        "CHECK(grace_days BETWEEN 0 AND 30)", "The grace is 0 to 30 days."
    )

    @api.constrains("grace_days", "order_ref")
    def _check_grace_has_order(self):
        for work_type in self:
            if work_type.grace_days and not (work_type.order_ref or "").strip():
                raise ValidationError(
                    self.env._(
                        "Marks on a later day need an order (Regulation 4.2 А): "
                        "give its number beside the days of grace of “%(type)s”.",
                        type=work_type.name,
                    )
                )

    @api.model
    def _make_defaults(self, company):
        """Make the usual types of a school that has none."""
        if self.with_context(active_test=False).search_count(
            [("company_id", "=", company.id)], limit=1
        ):
            return
        work_types = self.create(
            [
                {
                    "company_id": company.id,
                    "sequence": sequence,
                    "code": code,
                    "name": name._source,
                    "weight": weight,
                    "is_control": is_control,
                    "two_marks": two_marks,
                }
                for sequence, (code, name, weight, is_control, two_marks) in enumerate(
                    _DEFAULTS, 1
                )
            ]
        )
        work_types._translate_default_names()

    def _translate_default_names(self):
        """Give the shipped names in each installed language."""
        names = {code: name for code, name, *_others in _DEFAULTS}
        for lang, _label in self.env["res.lang"].get_installed():
            for work_type in self.with_context(lang=lang):
                work_type.name = names[work_type.code]._translate(lang)

    @api.model
    def _answer(self, company):
        """The type that a bare mark gets: an oral answer."""
        return self.with_context(active_test=False).search_fetch(
            [("company_id", "=", company.id), ("code", "=", ANSWER)],
            ["name", "company_id", "weight", "is_control", "grace_days", "two_marks"],
            limit=1,
        )
