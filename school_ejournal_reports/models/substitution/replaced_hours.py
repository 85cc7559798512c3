from odoo import api, models
from odoo.tools import groupby
from odoo.tools.translate import LazyTranslate

from odoo.addons.school_ejournal.tools.alphabet import sort_key

from .kinds import kinds_in_words

_lt = LazyTranslate(__name__)


class ReportReplacedHours(models.AbstractModel):
    """The month's sheet of replaced hours, by substitute.

    Lessons without an entry stand on it and are not counted: nobody has shown that they
    were given.
    """

    _name = "report.school_ejournal_reports.replaced_hours"
    _inherit = ["ejournal.print.mixin"]
    _description = "Replaced Hours of the Month"

    @api.model
    def _print_words(self):
        return super()._print_words() | {
            "form_name": _lt("Sheet of replaced hours"),
            "month": _lt("Month"),
            "lesson": _lt("Lesson"),
            "journal": _lt("Class, subject"),
            "instead_of": _lt("Instead of"),
            "kind": _lt("Kind of substitution"),
            "order": _lt("Order"),
            "hours": _lt("Hours"),
            "no_entry": _lt("no entry in the journal"),
            "nothing": _lt("Nobody was replaced in this month."),
        }

    @api.model
    def _print_values(self, docs, data):
        docs._check_allowed()
        return {
            "kinds": kinds_in_words(self.env),
            "months": [(doc, *self._sheet(doc)) for doc in docs],
        }

    @api.model
    def _sheet(self, doc):
        """``(first day, [(substitute, hours, rows)], all hours)``."""
        first, last = doc._month()
        rows = self.env["ejournal.lesson"]._replaced_hours(doc.company_id, first, last)
        rows.sort(key=lambda row: (sort_key(row.substitute), row.substitute_id))
        sheets = [
            (own[0].substitute, sum(row.is_held for row in own), own)
            for _id, own in groupby(rows, lambda row: row.substitute_id)
        ]
        return first, sheets, sum(hours for _name, hours, _rows in sheets)
