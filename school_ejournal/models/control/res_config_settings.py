from odoo import api, fields, models

VENDOR_REPORT_CRON = "mail.ir_cron_module_update_notification"


class ResConfigSettings(models.TransientModel):
    """The technical settings, which only Odoo's administrator saves."""

    _inherit = "res.config.settings"

    ejournal_vendor_report = fields.Boolean(
        string="Weekly report to Odoo's vendor",
        help="Odoo's own scheduled action that tells its vendor the address of this "
        "database, the number of its users and its modules. Off in a school.",
    )

    @api.model
    def get_values(self):
        cron = self.env.ref(VENDOR_REPORT_CRON, raise_if_not_found=False)
        active = bool(cron) and cron.sudo().active
        return {**super().get_values(), "ejournal_vendor_report": active}

    def set_values(self):
        # Odoo leaves this door open to all employees
        self.check_access("write")
        result = super().set_values()
        cron = self.env.ref(VENDOR_REPORT_CRON, raise_if_not_found=False)
        # sudo: only Odoo's administrator gets here
        if cron and cron.sudo().active != self.ejournal_vendor_report:
            cron.sudo().active = self.ejournal_vendor_report
        return result

    def action_ejournal_settings(self):
        """Open the page of what the school itself decides."""
        return self.env["ejournal.settings"].action_open()
