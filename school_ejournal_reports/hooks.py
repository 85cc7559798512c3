"""What happens once, when the addon is installed or removed."""

from odoo.exceptions import UserError

from odoo.addons.school_ejournal.tools import append_only, printing

_GUARDED = ("", "_book", "_sheet", "_cell", "_signature", "_amendment")


def pre_init_hook(env):
    """Say at installation, not at the first quarter's end, that nothing can be printed."""
    lacking = printing.missing()
    if lacking:
        error = printing.PrintError("missing", lacking)
        raise UserError(env["ir.actions.report"]._ejournal_print_sentence(error))


def uninstall_hook(env):
    """Take the guards off, so that the tables can go."""
    for name in _GUARDED:
        append_only.unguard(env.cr, f"ejournal_archive{name}")
