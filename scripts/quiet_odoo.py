"""For `odoo shell`: turn off what Odoo itself tells its vendor."""

# ruff: noqa: F821 (env is the shell's)

env.ref("mail.ir_cron_module_update_notification").active = False
# It asks a paid service about each company that is typed in, and about one's own.
env["ir.module.module"].search(
    [("name", "=", "partner_autocomplete"), ("state", "=", "installed")]
).button_immediate_uninstall()
env.cr.commit()
