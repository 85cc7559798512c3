from odoo import fields, models
from odoo.exceptions import AccessError


class EjournalClass(models.Model):
    """How many parents of the class have opened their diary."""

    _inherit = "ejournal.class"

    parent_count = fields.Integer(
        string="Parents with access", compute="_compute_parent_counts"
    )
    active_parent_count = fields.Integer(
        string="Activated", compute="_compute_parent_counts"
    )

    def _compute_parent_counts(self):
        for class_ in self:
            # sudo: two numbers about the class; who they are is told to no one here
            parents = class_.sudo()._slip_guardians("access_granted").parent_id
            class_.parent_count = len(parents)
            class_.active_parent_count = len(
                parents.filtered(lambda p: p.account_state in ("active", "staff"))
            )

    def _slip_guardians(self, only=None):
        """Present guardians of present pupils of the class, in sudo.

        :param only: name of a field that must be set
        """
        # sudo: the callers have judged the class
        rows = self.sudo().enrollment_ids.filtered(lambda row: not row.is_over)
        guardians = rows.pupil_id.guardian_ids.filtered(lambda row: not row.date_end)
        return guardians.filtered(only) if only else guardians

    def _check_slip_maker(self):
        """The class teacher of the class, or the deputy director of the school."""
        self.ensure_one()
        self.check_access("read")
        user = self.env.user
        if self.class_teacher_id == user or user.has_group(
            "school_ejournal.group_deputy"
        ):
            return
        raise AccessError(
            self.env._(
                "Access slips of a class are made by its class teacher or by the deputy "
                "director."
            )
        )

    def action_make_slips(self):
        """Open the dialog that prints slips for the class."""
        self._check_slip_maker()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Access slips"),
            "res_model": "ejournal.slip.make",
            "view_mode": "form",
            "target": "new",
            "context": {"default_class_id": self.id},
        }

    def action_open_slips(self):
        """The slips of the class."""
        self._check_slip_maker()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Access slips"),
            "res_model": "ejournal.access.slip",
            "view_mode": "list",
            "domain": [("class_id", "=", self.id)],
        }
