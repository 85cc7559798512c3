from odoo import api, models
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)


class ReportClassList(models.AbstractModel):
    """The list of a class: who is on it today, in the order of the list."""

    _name = "report.school_ejournal_reports.class_list"
    _inherit = ["ejournal.print.mixin"]
    _description = "List of the Class"

    @api.model
    def _print_words(self):
        return super()._print_words() | {
            "form_name": _lt("List of the class"),
            "note": _lt("Note"),
            "pupils": _lt("Pupils"),
            "since": _lt("Since"),
            "as_of_today": _lt("data of this moment"),
        }

    @api.model
    def _print_values(self, docs, data):
        return {"rosters": [(class_, class_._listed_today()) for class_ in docs]}


class EjournalClass(models.Model):
    _inherit = "ejournal.class"

    def _listed_today(self):
        """The rows of the list that hold on the class's present day."""
        self.ensure_one()
        day = self._present_day()
        enrollments = self.env["ejournal.enrollment"]
        return enrollments.search(
            [("class_id", "=", self.id), *enrollments._during(day, day)]
        )
