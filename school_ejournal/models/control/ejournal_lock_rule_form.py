from odoo import api, fields, models

from .ejournal_lock_rule import FOREVER_AGO


class EjournalLockRule(models.Model):
    """Which closing time holds today, for the lists."""

    _inherit = "ejournal.lock.rule"

    stage = fields.Selection(
        [("now", "In force"), ("later", "Later"), ("former", "Former")],
        string="State",
        compute="_compute_stage",
    )
    since = fields.Char(compute="_compute_stage")

    @api.depends("date_start", "company_id")
    @api.depends_context("lang")
    def _compute_stage(self):
        for rule in self:
            company = rule.company_id or self.env.company
            today = company._ejournal_today()
            present = self._in_force(company, today)
            if rule._origin == present:
                rule.stage = "now"
            elif rule.date_start and rule.date_start <= today:
                rule.stage = "former"
            else:
                rule.stage = "later"
            if rule.date_start == FOREVER_AGO:
                rule.since = self.env._("The beginning")
            else:
                rule.since = rule.date_start and rule.date_start.strftime("%d.%m.%Y")
