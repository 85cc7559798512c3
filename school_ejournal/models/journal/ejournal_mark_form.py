from odoo import api, models


class EjournalMark(models.Model):
    """Marks that are entered in the form of their lesson."""

    _inherit = "ejournal.mark"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._without_its_lesson(vals) for vals in vals_list])

    @api.model
    def _without_its_lesson(self, vals):
        """The list in a lesson's form names the lesson beside the column.

        It follows from the column and is not written; one that does not agree with the
        column is left in, and refused.
        """
        if "lesson_id" not in vals:
            return vals
        work = self.env["ejournal.work"].browse(vals.get("work_id"))
        # sudo: only compared; whether the column may be written is judged by create
        if not work or vals["lesson_id"] != work.sudo().lesson_id.id:
            return vals
        return {name: value for name, value in vals.items() if name != "lesson_id"}
