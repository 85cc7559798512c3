from odoo import models
from odoo.exceptions import UserError

from ...tools.passage import has_passage

_ABSENCE = "ejournal.absence"


class EjournalAbsence(models.Model):
    _inherit = "ejournal.absence"

    def _file_basis(self):
        """Where a scan of the absence belongs in the change record."""
        self.ensure_one()
        return {**self._record_context(), "basis": "duty", "basis_id": False}


class IrAttachment(models.Model):
    """Scans of notes: open until the period closes, and never without a login."""

    _inherit = "ir.attachment"

    def _ejournal_judge(self):
        result = super()._ejournal_judge()
        if has_passage(self.env):
            return result
        scans = self.sudo().filtered(lambda file: file.res_model == _ABSENCE)
        if any(scan.public or scan.access_token for scan in scans):
            raise UserError(
                self.env._(
                    "A note about an absence is shown to those who may read the absence "
                    "and to nobody by a link."
                )
            )
        ids = {scan.res_id for scan in scans} - {0}
        self.env[_ABSENCE].sudo().browse(ids).exists()._refuse_closed()
        return result
