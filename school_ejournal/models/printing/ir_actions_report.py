import io

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.modules import get_module_path

from ...tools import printing

_OURS = "school_ejournal"


class IrActionsReport(models.Model):
    """Forms of the school are drawn by WeasyPrint; Odoo's own reports stay as they are.

    See ``tools/printing.py``. A report chooses it by ``print_engine``; its template calls
    ``school_ejournal.print_layout``.
    """

    _inherit = "ir.actions.report"

    print_engine = fields.Selection(
        [("odoo", "Odoo's own"), ("weasyprint", "WeasyPrint")],
        required=True,
        default="odoo",
        help="WeasyPrint draws the forms of the school: page x of y, repeated heads, "
        "PDF/A.",
    )

    # ---- rights ----------------------------------------------------------------------

    def _get_rendering_context(self, report, docids, data):
        """Whatever the door (page, file, preview): the form's groups, then its records."""
        if report.print_engine != "weasyprint":
            return super()._get_rendering_context(report, docids, data)
        report._refuse_other_groups(self.env)
        if report.model and docids:
            self.env[report.model].browse(docids).check_access("read")
        values = super()._get_rendering_context(report, docids, data)
        return {**self.env["ejournal.print.mixin"]._print_frame(), **values}

    def _refuse_other_groups(self, env):
        if self.group_ids and not self.group_ids & env.user.all_group_ids:
            raise AccessError(
                env._("You may not print “%(form)s”.", form=self.display_name)
            )

    # ---- rendering -------------------------------------------------------------------

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        """Real pages in tests too: this engine needs no second worker."""
        if self._get_report(report_ref).print_engine != "weasyprint":
            return super()._pre_render_qweb_pdf(report_ref, res_ids=res_ids, data=data)
        ids = [res_ids] if isinstance(res_ids, int) else res_ids
        return self._render_qweb_pdf_prepare_streams(report_ref, data, ids), "pdf"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref)
        if report.print_engine != "weasyprint":
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        # each record is a document of its own, with its own page x of y
        wanted = list(dict.fromkeys(res_ids or [])) or [False]
        pages = [
            self._render_qweb_html(
                report_ref, [res_id] if res_id else [], data={**(data or {})}
            )[0].decode()
            for res_id in wanted
        ]
        documents = self._ejournal_draw(pages)
        return {
            res_id: {"stream": io.BytesIO(document), "attachment": None}
            for res_id, document in zip(wanted, documents, strict=True)
        }

    def _ejournal_draw(self, documents):
        """HTML to PDF/A; what fails is said in the reader's language.

        :param documents: list of HTML, or of ``(html, identifier)``
        :returns: list of bytes
        """
        parameter = self.env["ir.config_parameter"].sudo().get_param
        try:
            return printing.render(
                documents,
                folders=self._ejournal_static_folders(),
                memory_mb=int(
                    parameter("school_ejournal.print_memory_mb", printing.MEMORY_MB)
                ),
                seconds=int(
                    parameter("school_ejournal.print_seconds", printing.SECONDS)
                ),
            )
        except printing.PrintError as error:
            raise UserError(self._ejournal_print_sentence(error)) from error

    def _ejournal_static_folders(self):
        installed = self.env.registry._init_modules
        return {
            name: f"{get_module_path(name)}/static"
            for name in installed
            if name.startswith(_OURS)
        }

    def _ejournal_print_sentence(self, error):
        """What went wrong and what to do."""
        said = {
            "missing": self.env._(
                "Prints need WeasyPrint and Pango, and this server lacks them: "
                "%(detail)s. The administrator installs the Python package weasyprint "
                "and the system's libpango-1.0-0, libpangoft2-1.0-0 and "
                "libharfbuzz-subset0.",
                detail=error.detail,
            ),
            "refused": self.env._(
                "The form asks for a file that is not the addons' own: %(detail)s. "
                "Prints fetch nothing; remove the address from the form's view.",
                detail=error.detail,
            ),
            "memory": self.env._(
                "The print took more memory than it may (%(detail)s MB). Print fewer "
                "pages at once, or raise the system parameter "
                "school_ejournal.print_memory_mb.",
                detail=error.detail,
            ),
            "time": self.env._(
                "The print took longer than it may (%(detail)s seconds). Print fewer "
                "pages at once, or raise the system parameter "
                "school_ejournal.print_seconds.",
                detail=error.detail,
            ),
            "killed": self.env._(
                "The print was stopped by the system (%(detail)s), most likely for "
                "want of memory. Try again when the server is less busy.",
                detail=error.detail,
            ),
        }
        return said.get(error.reason) or self.env._(
            "The print could not be drawn: %(detail)s", detail=error.detail
        )

    # ---- web client ------------------------------------------------------------------

    def _get_readable_fields(self):
        return super()._get_readable_fields() | {"print_engine"}

    def report_action(self, docids, data=None, config=True):
        """As Odoo's, with the engine, and without its question for a letterhead."""
        ours = self.print_engine == "weasyprint"
        action = super().report_action(docids, data=data, config=config and not ours)
        if ours:
            action["print_engine"] = self.print_engine
        return action
