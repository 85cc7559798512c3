from odoo import fields, models

from .import_base import CHANGED, NEW, NOTE, SAME, WRONG


class EjournalImportLine(models.TransientModel):
    """What an import does with one line of its file, and why."""

    _name = "ejournal.import.line"
    _description = "Line of an Import"
    _order = "sequence, id"
    _rec_name = "subject"

    import_id = fields.Many2one(
        "ejournal.import", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="import_id.company_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(readonly=True)
    sheet = fields.Char(readonly=True)
    number = fields.Integer(string="Line", readonly=True, help="Line in the file.")
    status = fields.Selection(
        [
            (NEW, "New"),
            (CHANGED, "Changed"),
            (SAME, "The same"),
            (WRONG, "Wrong"),
            (NOTE, "Note"),
        ],
        required=True,
        readonly=True,
    )
    subject = fields.Char(string="Who or what", readonly=True)
    text = fields.Text(string="What and why", readonly=True)
