"""What happens once, before the addon is installed."""

from odoo.exceptions import UserError

from odoo.addons.school_ejournal.tools import printing


def pre_init_hook(env):
    """Say at installation, not at the first quarter's end, that nothing can be printed."""
    lacking = printing.missing()
    if lacking:
        error = printing.PrintError("missing", lacking)
        raise UserError(env["ir.actions.report"]._ejournal_print_sentence(error))
