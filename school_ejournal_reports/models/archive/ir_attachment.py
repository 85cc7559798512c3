from odoo import api, models

_KEPT = (
    "ejournal.archive",
    "ejournal.archive.book",
    "ejournal.archive.sheet",
    "ejournal.archive.cell",
    "ejournal.archive.signature",
    "ejournal.archive.amendment",
)
_CONTENT = frozenset(
    {"res_model", "res_id", "res_field", "raw", "datas", "db_datas", "store_fname"}
    | {"url", "type", "name", "mimetype", "public", "access_token", "checksum"}
)


class IrAttachment(models.Model):
    """Scans that hang on an archived book stay what they are."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._ejournal_refuse_archived()
        return attachments

    def write(self, vals):
        if not _CONTENT & set(vals):
            return super().write(vals)
        self._ejournal_refuse_archived()
        result = super().write(vals)
        self._ejournal_refuse_archived()
        return result

    def unlink(self):
        self._ejournal_refuse_archived()
        return super().unlink()

    def _ejournal_refuse_archived(self):
        """No door, Odoo's clean-up included, reaches a file of an archived period."""
        for file in self.sudo():
            if file.res_model not in _KEPT or not file.res_id:
                continue
            kept = self.env[file.res_model].sudo().browse(file.res_id).exists()
            archive = kept if kept._name == "ejournal.archive" else kept.archive_id
            if archive.state == "archived":
                raise archive._refusal()
