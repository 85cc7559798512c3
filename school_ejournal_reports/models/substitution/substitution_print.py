from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

DEPUTY = "school_ejournal.group_deputy"
DIRECTOR = "school_ejournal.group_director"


class EjournalSubstitutionPrint(models.TransientModel):
    """Asks for the day or the month of a print of substitutions."""

    _name = "ejournal.substitution.print"
    _description = "Print Substitutions"

    company_id = fields.Many2one(
        "res.company",
        string="School",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    form = fields.Selection(
        [
            ("changes_today", "Changes of the day"),
            ("replaced_hours", "Replaced hours of the month"),
        ],
        required=True,
        default="changes_today",
    )
    date = fields.Date(
        string="Day",
        required=True,
        default=lambda self: self.env.company._ejournal_today(),
        help="Any day of the month for the sheet of replaced hours.",
    )

    def action_print(self):
        """Print the chosen form.

        :raises AccessError: neither deputy director nor director
        """
        self.ensure_one()
        self._check_allowed()
        report = self.env.ref(f"school_ejournal_reports.action_report_{self.form}")
        return report.report_action(self)

    @api.model
    def _check_allowed(self):
        """The forms are drawn from the whole school's lessons."""
        user = self.env.user
        if not (user.has_group(DEPUTY) or user.has_group(DIRECTOR)):
            raise AccessError(
                self.env._("Substitutions are printed by the deputy director.")
            )

    def _month(self):
        """First and last day of the month of ``date``."""
        first = self.date.replace(day=1)
        following = (first + timedelta(days=31)).replace(day=1)
        return first, following - timedelta(days=1)
