from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _ejournal_make_school_defaults(self):
        """Give each school its scales and first shift, once; safe to call again."""
        for company in self:
            env = self.with_company(company).sudo().env
            env["ejournal.scale"]._make_defaults(company)
            env["ejournal.shift"]._make_defaults(company)
