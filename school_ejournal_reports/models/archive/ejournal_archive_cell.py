from odoo import fields, models


class EjournalArchiveCell(models.Model):
    """A cell that the deputy director reads on paper: does it agree with the screen?"""

    _name = "ejournal.archive.cell"
    _description = "Cell Compared on Paper"
    _inherit = ["ejournal.archive.kept.mixin"]
    _order = "book_id, sheet, id"
    _check_company_auto = True
    _rec_name = "place"
    _allow_sudo_commands = False
    _open_fields = frozenset({"answer", "note"})

    book_id = fields.Many2one(
        "ejournal.archive.book",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    archive_id = fields.Many2one(
        related="book_id.archive_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="book_id.company_id", store=True, index=True, precompute=True
    )
    sheet = fields.Integer(required=True, aggregator=None)
    place = fields.Char(required=True)
    value = fields.Char(string="On the screen")
    why = fields.Selection(
        [("random", "Drawn by lot"), ("marked", "Late, permitted or changed")],
        required=True,
    )
    answer = fields.Selection(
        [("agrees", "Agrees"), ("differs", "Differs")], string="On paper"
    )
    note = fields.Char()
