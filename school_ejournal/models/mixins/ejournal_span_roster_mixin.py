from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.passage import has_passage


class EjournalSpanRosterMixin(models.AbstractModel):
    """A pupil on a list, from–to, and the day on which the list learned of it.

    A pupil who is typed three days late was not on the teacher's list in these days:
    nobody could mark him, and nobody is told that a mark is missing.
    """

    _name = "ejournal.span.roster.mixin"
    _description = "Pupil on a List"
    _inherit = ["ejournal.span.mixin"]

    # name of the field with the list: class or subgroup
    _list_field = ""

    pupil_id = fields.Many2one(
        "ejournal.pupil",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    listed_on = fields.Date(
        required=True,
        readonly=True,
        copy=False,
        help="The day on which the row was typed. On lessons before it the pupil was "
        "not on the teacher's list.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._stamped(vals) for vals in vals_list])

    def write(self, vals):
        if "listed_on" in vals and not has_passage(self.env):
            raise UserError(
                self.env._(
                    "The day on which a pupil came onto the list is kept by the "
                    "system. Change the first day of the row instead."
                )
            )
        arrived = self.filtered(
            lambda row: row[self._list_field].id != vals.get(self._list_field)
        )
        result = super().write(vals)
        if self._list_field in vals and arrived and "listed_on" not in vals:
            today = arrived[0].company_id._ejournal_today()
            super(EjournalSpanRosterMixin, arrived).write({"listed_on": today})
        return result

    @api.model
    def _stamped(self, vals):
        """Values with the school's today; only a migration may name an earlier day."""
        if has_passage(self.env) and vals.get("listed_on"):
            return vals
        lists = self.env[self._fields[self._list_field].comodel_name].sudo()
        company = lists.browse(vals.get(self._list_field)).company_id
        company = company or self.env.company
        return {**vals, "listed_on": company._ejournal_today()}

    def _record_context(self):
        return {"pupil_id": self.pupil_id.id}
