from odoo import fields, models


class EjournalClassReportReturn(models.TransientModel):
    """Asks the deputy director what has to be changed in a class report."""

    _name = "ejournal.class.report.return"
    _description = "Return a Class Report"

    report_ids = fields.Many2many(
        "ejournal.class.report",
        string="Reports",
        required=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    note = fields.Char(string="What has to be changed", required=True)

    def action_return(self):
        self.ensure_one()
        self.report_ids.action_return(self.note)
