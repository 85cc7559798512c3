from odoo import fields, models


class EjournalSubject(models.Model):
    """A school subject."""

    _name = "ejournal.subject"
    _description = "Subject"
    _inherit = ["ejournal.rights.mixin"]
    _order = "sequence, id"
    _rec_names_search = ["name", "short_name"]
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        string="School",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(
        default=10, index=True, help="Order in journals and reports."
    )
    name = fields.Char(required=True, translate=True)
    short_name = fields.Char(
        translate=True, help="For narrow columns: diary strip, timetable."
    )
