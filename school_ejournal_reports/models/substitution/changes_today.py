from odoo import api, models
from odoo.tools.translate import LazyTranslate

from .kinds import kinds_in_words

_lt = LazyTranslate(__name__)


class ReportChangesToday(models.AbstractModel):
    """The sheet beside the timetable: what is otherwise on a day, by class.

    Names of teachers, no cause of an absence.
    """

    _name = "report.school_ejournal_reports.changes_today"
    _inherit = ["ejournal.print.mixin"]
    _description = "Changes of the Day"

    @api.model
    def _print_words(self):
        return super()._print_words() | {
            "form_name": _lt("Changes of the day"),
            "lesson": _lt("Lesson"),
            "instead_of": _lt("Instead of"),
            "gives": _lt("Who gives it"),
            "what": _lt("What is changed"),
            "room": _lt("Room"),
            "nothing": _lt("Everything is by the timetable."),
        }

    @api.model
    def _print_values(self, docs, data):
        docs._check_allowed()
        lessons = self.env["ejournal.lesson"]
        return {
            "kinds": kinds_in_words(self.env),
            "days": [
                (doc, lessons._changes_of_day(doc.company_id, doc.date)) for doc in docs
            ],
        }
