from odoo import fields, models


class EjournalRemarkClose(models.TransientModel):
    """Closes remarks by hand, with a note."""

    _name = "ejournal.remark.close"
    _description = "Close Remarks"

    remark_ids = fields.Many2many(
        "ejournal.remark",
        string="Remarks",
        required=True,
        readonly=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    note = fields.Char(help="Why it is closed by hand; stays on record.")

    def action_close(self):
        self.ensure_one()
        self.remark_ids.action_clear(self.note)
