from odoo import models


class EjournalEnrollment(models.Model):
    """From a row of a list to the pupil."""

    _inherit = "ejournal.enrollment"

    def action_open_pupil(self):
        """Open the pupil of this row."""
        self.ensure_one()
        return self.pupil_id.get_formview_action()
