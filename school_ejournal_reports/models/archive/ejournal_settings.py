from odoo import fields, models


class EjournalSettings(models.Model):
    """What a school decides about its archive."""

    _inherit = "ejournal.settings"

    archive_on_paper = fields.Boolean(
        string="Journals on paper",
        default=True,
        help="Off: no books are printed and no paper is compared; snapshot, signatures "
        "and archive stay.",
    )
    archive_years = fields.Integer(
        string="Journals are kept, years",
        default=5,
        help="How long the books of a period are kept. Nothing is ever deleted by "
        "itself.",
    )
    archive_summary_years = fields.Integer(
        string="Summary sheets are kept, years",
        default=25,
        help="How long the summary sheets are kept. Nothing is ever deleted by itself.",
    )
