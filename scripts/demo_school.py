"""For `odoo shell`: build the demo school and print who may log in to it."""

# ruff: noqa: F821 (env is the shell's)

from odoo.addons.school_ejournal.demo.school import logins, make_school


def table(rows):
    """Return the rows with their columns aligned."""
    rows = [("who", "login", "password", "sees"), *rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  "
        + "  ".join(
            cell.ljust(width) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )


print(table(logins(make_school(env))))
env.cr.commit()
