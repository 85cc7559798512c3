from odoo import fields, models


class EjournalSettings(models.Model):
    """When parents see what teachers enter."""

    _inherit = "ejournal.settings"

    diary_delay = fields.Integer(
        string="Minutes until a mark is shown",
        default=30,
        help="Parents and pupils see a mark, a comment or an absence once it has stood "
        "for so many minutes unchanged, so that a slip of the finger is no alarm.",
    )

    _diary_delay_range = models.Constraint(
        "CHECK(diary_delay BETWEEN 0 AND 1440)",
        "Marks are shown to parents after 0 to 1440 minutes (a day).",
    )
