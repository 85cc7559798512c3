from odoo import api, fields, models


class EjournalGuardian(models.Model):
    """A parent of a pupil, from–to, and whether the diary is open to that parent."""

    _name = "ejournal.guardian"
    _description = "Parent of a Pupil"
    _inherit = ["ejournal.span.mixin", "ejournal.recorded.mixin"]
    _order = "date_start, id"
    _rec_name = "parent_id"
    _check_company_auto = True

    _recorded_fields = (
        "pupil_id",
        "parent_id",
        "relation",
        "access_granted",
        "date_start",
        "date_end",
    )

    pupil_id = fields.Many2one(
        "ejournal.pupil",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="pupil_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    parent_id = fields.Many2one(
        "ejournal.parent",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    relation = fields.Selection(
        [
            ("mother", "Mother"),
            ("father", "Father"),
            ("guardian", "Guardian"),
            ("grandparent", "Grandparent"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    access_granted = fields.Boolean(
        string="Access to the diary",
        copy=False,
        help="Given by the class teacher or the deputy director. An end date takes the "
        "access away at once.",
    )
    date_start = fields.Date(default=lambda self: self.env.company._ejournal_today())

    _live_uniq = models.UniqueIndex(
        "(pupil_id, parent_id) WHERE date_end IS NULL",
        "This parent is already a parent of the pupil. Change that row instead.",
    )

    def _record_context(self):
        return {"pupil_id": self.pupil_id.id}

    # ---- doors -----------------------------------------------------------------------

    def _judge_create(self, vals_list):
        self._refuse_unknown_parents([vals.get("parent_id") for vals in vals_list])
        return super()._judge_create(vals_list)

    def write(self, vals):
        if "parent_id" in vals:
            self._refuse_unknown_parents([vals["parent_id"]])
        return super().write(vals)

    @api.model
    def _refuse_unknown_parents(self, parent_ids):
        """Only a parent whom the writer may see is made a parent of a pupil.

        Otherwise a class teacher could open anybody's telephone number by making that
        person a parent of an own pupil.
        """
        parents = self.env["ejournal.parent"].browse(set(filter(None, parent_ids)))
        parents.check_access("read")
