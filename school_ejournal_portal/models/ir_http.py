from odoo import models

_OURS = frozenset({400, 403, 404})


class IrHttp(models.AbstractModel):
    """Pages that are not there speak the language of the school."""

    _inherit = "ir.http"

    @classmethod
    def _get_error_html(cls, env, code, values):
        if code not in _OURS:
            return super()._get_error_html(env, code, values)
        from ..controllers.page import error_values

        html = env["ir.ui.view"]._render_template(
            "school_ejournal_portal.error_page", error_values(env, code)
        )
        return code, html
