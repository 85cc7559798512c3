from odoo import fields, models


class EjournalArchiveBack(models.TransientModel):
    """Asks why an archive goes back to its beginning."""

    _name = "ejournal.archive.back"
    _description = "Let an Archive Go Back"

    archive_id = fields.Many2one(
        "ejournal.archive",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    reason = fields.Text(required=True)

    def action_back(self):
        self.ensure_one()
        self.archive_id.action_back(self.reason)
