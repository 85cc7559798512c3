from datetime import timedelta

from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _ejournal_plan_night(self):
        """Absences that go on get the lessons that the night has made."""
        result = super()._ejournal_plan_night()
        today = self._ejournal_today()
        self.env["ejournal.substitution"].sudo().search(
            [
                ("company_id", "=", self.id),
                ("state", "!=", "withdrawn"),
                ("date_end", ">=", today - timedelta(days=1)),
            ]
        )._list_lessons()
        return result
