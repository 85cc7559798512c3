from odoo import api, fields, models


class EjournalSettings(models.Model):
    """What stands on the settings page beside the settings themselves."""

    _inherit = "ejournal.settings"

    lock_rule_ids = fields.Many2many(
        "ejournal.lock.rule", string="Closing times", compute="_compute_lists"
    )
    work_type_ids = fields.Many2many(
        "ejournal.work.type", string="Types of work", compute="_compute_lists"
    )

    @api.depends("company_id")
    def _compute_lists(self):
        for settings in self:
            own = [("company_id", "=", settings.company_id.id)]
            settings.lock_rule_ids = self.env["ejournal.lock.rule"].search(own)
            settings.work_type_ids = self.env["ejournal.work.type"].search(own)
