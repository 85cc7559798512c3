"""What an archive keeps is written by its own steps only, and never once it is archived."""

from odoo import api, models
from odoo.exceptions import AccessError

from odoo.addons.school_ejournal.tools import append_only
from odoo.addons.school_ejournal.tools.passage import has_passage


class EjournalArchiveKeptMixin(models.AbstractModel):
    """Rows that the archive's steps make; nobody types, changes or deletes them."""

    _name = "ejournal.archive.kept.mixin"
    _description = "Kept in the Archive"
    _inherit = ["ejournal.rights.mixin"]

    @api.private
    def init(self):
        """PostgreSQL holds archived rows fast as well."""
        if self._abstract:
            return
        still_open = "(SELECT state FROM ejournal_archive WHERE id = OLD.archive_id) <> 'archived'"
        append_only.guard(self.env.cr, self._table, still_open, still_open)

    # Fields that people do write while the archive is not archived.
    _open_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        if not has_passage(self.env):
            raise self._refusal()
        return super().create(vals_list)

    def write(self, vals):
        if set(vals) - self._open_fields and not has_passage(self.env):
            raise self._refusal()
        self._refuse_archived()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise self._refusal()

    def _refuse_archived(self):
        """Nothing of an archived period changes, whoever asks."""
        # sudo: the state of the archive binds everybody
        if any(row.archive_id.state == "archived" for row in self.sudo()):
            raise self._refusal()

    def _refusal(self):
        return AccessError(
            self.env._(
                "What the archive keeps is made by its steps and never changed. A later "
                "correction is an amendment sheet, by order."
            )
        )
