from odoo import http
from odoo.http import request


class Health(http.Controller):
    """What a monitoring program asks."""

    @http.route("/ejournal/health", type="http", auth="public", readonly=True)
    def health(self):
        """Whether the service is well: names of checks and yes or no, nothing else.

        :returns: JSON ``{"status": "ok" | "attention", "checks": {name: "ok" |
            "attention"}}`` with HTTP 200, or 503 when something needs attention
        """
        # sudo: a stranger is told no more than yes and no
        schools = request.env["res.company"].sudo().search([])
        report = request.env["ejournal.health"].sudo()._report(schools)
        checks = {
            code: "ok" if finding.ok else "attention"
            for code, finding in report.items()
        }
        well = all(finding.ok for finding in report.values())
        return request.make_json_response(
            {"status": "ok" if well else "attention", "checks": checks},
            headers={"Cache-Control": "no-store"},
            status=200 if well else 503,
        )
