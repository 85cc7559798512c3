from odoo import api, fields, models


class EjournalCalendarPartMixin(models.AbstractModel):
    """A row of a term calendar: when it changes, the lessons follow.

    Saved through the calendar, rows are followed once, at the end of that save.
    """

    _name = "ejournal.calendar.part.mixin"
    _description = "Part of a Term Calendar"

    calendar_id = fields.Many2one(
        "ejournal.calendar",
        string="Term calendar",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="calendar_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )

    @api.model_create_multi
    def create(self, vals_list):
        default = self.env.context.get("default_calendar_id")
        calendar_ids = {vals.get("calendar_id", default) for vals in vals_list}
        calendars = self.calendar_id.browse(filter(None, calendar_ids))
        before = calendars._dates_of_unless_together()
        parts = super().create(vals_list)
        parts.calendar_id._dates_changed(before)
        return parts

    def write(self, vals):
        calendars = self.calendar_id
        if vals.get("calendar_id"):
            calendars |= calendars.browse(vals["calendar_id"])
        before = calendars._dates_of_unless_together()
        result = super().write(vals)
        calendars._dates_changed(before)
        return result

    def unlink(self):
        calendars = self.calendar_id
        before = calendars._dates_of_unless_together()
        result = super().unlink()
        calendars._dates_changed(before)
        return result
