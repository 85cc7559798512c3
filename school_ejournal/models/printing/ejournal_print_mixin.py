from odoo import api, models
from odoo.tools.translate import LazyTranslate

from ...tools.dates import short_date, short_time
from ...tools.two_languages import words

_lt = LazyTranslate(__name__)


class EjournalPrintMixin(models.AbstractModel):
    """What every form of the school has: its words, its head and foot.

    A form that has more than records to show makes ``report.<report name>`` inherit this,
    adds its terms in :meth:`_print_words` and its values in :meth:`_print_values`.
    """

    _name = "ejournal.print.mixin"
    _description = "Print"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Values of the template; called by Odoo as the user who prints."""
        report = self._print_report()
        docs = self.env[report.model].browse(docids)
        docs.check_access("read")
        return {
            "doc_ids": docids,
            "doc_model": report.model,
            "docs": docs,
            **self._print_frame(),
            **self._print_values(docs, data or {}),
        }

    @api.model
    def _print_report(self):
        name = self._name.removeprefix("report.")
        return self.env["ir.actions.report"]._get_report_from_name(name)

    @api.model
    def _print_values(self, docs, data):
        """Values of this form beside its records. To be extended."""
        return {}

    @api.model
    def _print_frame(self):
        """What the layout needs: ``w`` (words), ``school``, when it was printed."""
        school = self.env.company
        moment = school._ejournal_local(school._ejournal_now())
        return {
            "w": words(self.env, self._print_words()),
            "school": school.name,
            "printed_on": short_date(moment),
            "printed_at": short_time(moment),
        }

    @api.model
    def _print_words(self):
        """Terms of the form as ``{name: _lt("Term")}``. To be extended."""
        return {
            "page": _lt("Page"),
            "printed": _lt("Printed"),
            "school": _lt("School"),
            "class_": _lt("Class"),
            "class_teacher": _lt("Class teacher"),
            "deputy": _lt("Deputy director"),
            "director": _lt("Director"),
            "teacher": _lt("Teacher"),
            "pupil": _lt("Pupil"),
            "full_name": _lt("Last name, first name"),
            "subject": _lt("Subject"),
            "academic_year": _lt("Academic year"),
            "period": _lt("Period"),
            "date": _lt("Date"),
            "signature": _lt("Signature"),
            "seal": _lt("Place of the seal"),
            "total": _lt("Total"),
        }
