"""For `odoo shell`: make the bundles of the web client once, for all clones of the database."""

# ruff: noqa: F821 (env is the shell's)

env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
