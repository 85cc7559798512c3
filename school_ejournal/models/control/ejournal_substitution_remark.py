from odoo import api, models

_SICK_LEAVE = {"teacher_id", "date_start", "date_end", "reason_code", "state"}


class EjournalSubstitution(models.Model):
    """A sick leave pauses the remarks on who is ill."""

    _inherit = "ejournal.substitution"

    @api.model_create_multi
    def create(self, vals_list):
        absences = super().create(vals_list)
        absences._pause_remarks()
        return absences

    def write(self, vals):
        result = super().write(vals)
        if _SICK_LEAVE & vals.keys():
            self._pause_remarks()
        return result

    def _pause_remarks(self):
        """Reckon the last days of the open remarks on these teachers anew."""
        # sudo: the last day of a remark follows from what was recorded
        remarks = self.env["ejournal.remark"].sudo()
        remarks.search(
            [("teacher_id", "in", self.teacher_id.ids), ("cleared_at", "=", False)]
        )._refresh_due_dates()
