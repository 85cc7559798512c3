from odoo import api, models
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)


class ReportWeeklyAnalysis(models.AbstractModel):
    """The poster of the week for the notice board: totals and classes, no names."""

    _name = "report.school_ejournal_reports.weekly_analysis"
    _inherit = ["ejournal.print.mixin"]
    _description = "Weekly Analysis on Paper"

    @api.model
    def _print_words(self):
        return super()._print_words() | {
            "form_name": _lt("Work with the journal: analysis of the week"),
            "week": _lt("Week"),
            "due": _lt("Lessons due"),
            "on_time": _lt("Filled on the day"),
            "late": _lt("Late, by permission"),
            "unfilled": _lt("Not filled"),
            "share": _lt("Filled on the day, %"),
            "marks": _lt("Marks"),
            "controls": _lt("Control works"),
            "this_week": _lt("This week"),
            "week_before": _lt("The week before"),
            "small": _lt("Small classes together"),
            "conclusion": _lt("Conclusions"),
            "record_seal": _lt("Seal of the record"),
        }

    @api.model
    def _print_values(self, docs, data):
        return {"share": _share}


def _share(line):
    """«96,0», or «—» when no lesson was due."""
    if not line["due"]:
        return "—"
    return f"{100 * line['on_time'] / line['due']:.1f}".replace(".", ",")
