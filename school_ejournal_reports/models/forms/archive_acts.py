from odoo import api, models
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)


class ReportArchiveCompared(models.AbstractModel):
    """«Салыштыруу актысы»: paper and screen were compared."""

    _name = "report.school_ejournal_reports.archive_compared"
    _inherit = ["ejournal.print.mixin"]
    _description = "Act of Comparison"

    @api.model
    def _print_words(self):
        return super()._print_words() | {
            "form_name": _lt("Act of comparison"),
            "sheets": _lt("Sheets"),
            "read": _lt("Cells read on paper"),
            "agree": _lt("Agree"),
            "differ": _lt("Differ"),
            "digest": _lt("SHA-256 of the book"),
            "manifest": _lt("SHA-256 of all books"),
            "compared": _lt("Compared"),
            "by": _lt("By"),
            "state_of": _lt("data of the snapshot"),
            "text": _lt(
                "The data of the electronic journal were compared with those put onto "
                "paper, cell by cell by the machine, and by lot by eye."
            ),
        }


class ReportArchiveHandover(models.AbstractModel):
    """«Архивге өткөрүп берүү актысы»: who receives the books."""

    _name = "report.school_ejournal_reports.archive_handover"
    _inherit = ["ejournal.print.mixin"]
    _description = "Act of Transfer to the Archive"

    @api.model
    def _print_words(self):
        return super()._print_words() | {
            "form_name": _lt("Act of transfer to the archive"),
            "sheets": _lt("Sheets"),
            "digest": _lt("SHA-256 of the book"),
            "manifest": _lt("SHA-256 of all books"),
            "receiver": _lt("Received by"),
            "handed": _lt("Handed over"),
            "kept": _lt("Kept until"),
            "summary_kept": _lt("Summary sheets kept until"),
            "state_of": _lt("data of the snapshot"),
            "text": _lt(
                "The class journals of the period were handed over to the archive on "
                "paper and as files."
            ),
        }


class ReportArchiveAmendment(models.AbstractModel):
    """«Түзөтүү барагы»: a correction by order, beside the old sheet."""

    _name = "report.school_ejournal_reports.archive_amendment"
    _inherit = ["ejournal.print.mixin"]
    _description = "Amendment Sheet"

    @api.model
    def _print_words(self):
        return super()._print_words() | {
            "form_name": _lt("Amendment sheet"),
            "order": _lt("Order"),
            "sheet": _lt("Sheet"),
            "what": _lt("What is corrected"),
            "old": _lt("Stands in the book"),
            "new": _lt("To be read"),
            "reason": _lt("Reason"),
            "state_of": _lt("the book itself stays unchanged"),
        }
