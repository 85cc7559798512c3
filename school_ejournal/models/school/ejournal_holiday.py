from odoo import fields, models


class EjournalHoliday(models.Model):
    """Days without lessons: holidays, public holidays, quarantine."""

    _name = "ejournal.holiday"
    _description = "Holiday"
    _inherit = ["ejournal.calendar.part.mixin", "ejournal.recorded.mixin"]
    _order = "date_start, id"
    _check_company_auto = True

    _recorded_fields = ("name", "date_start", "date_end")

    name = fields.Char(required=True)
    date_start = fields.Date(string="First day", required=True)
    date_end = fields.Date(string="Last day", required=True)

    _dates_order = models.Constraint(
        "CHECK(date_end >= date_start)",
        "The holiday ends before it begins. Correct one of the two dates.",
    )
