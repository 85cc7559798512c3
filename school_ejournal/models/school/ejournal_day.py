from odoo import api, fields, models
from odoo.exceptions import ValidationError

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class EjournalDay(models.Model):
    """One day unlike others, by order.

    Saturday by Monday's timetable, short bells, remote lessons, lessons cancelled from a
    number on.
    """

    _name = "ejournal.day"
    _description = "Day by Order"
    _inherit = ["ejournal.calendar.part.mixin", "ejournal.recorded.mixin"]
    _order = "date, id"
    _rec_name = "date"
    _check_company_auto = True

    _recorded_fields = (
        "date",
        "as_weekday",
        "mode",
        "cancelled_from",
        "order_ref",
        "note",
    )

    date = fields.Date(required=True, index=True)
    as_weekday = fields.Selection(
        WEEKDAYS,
        string="By the timetable of",
        help="Whose timetable holds on this day; empty: its own weekday's.",
    )
    mode = fields.Selection(
        [
            ("normal", "Ordinary bells"),
            ("short", "Short bells"),
            ("remote", "Remote lessons"),
            ("cancelled", "Lessons cancelled"),
        ],
        required=True,
        default="normal",
    )
    cancelled_from = fields.Integer(
        string="Cancelled from lesson",
        help="Number of the first lesson that is cancelled. 0 with cancelled lessons: "
        "the whole day; 0 otherwise: none.",
    )
    order_ref = fields.Char(
        string="Order", required=True, help="Number and date of the order."
    )
    note = fields.Char()

    _date_uniq = models.Constraint(
        "UNIQUE(calendar_id, date)",
        "This day already has an order. Change that row instead.",
    )
    _cancelled_from_range = models.Constraint(
        "CHECK(cancelled_from BETWEEN 0 AND 20)",
        "The first cancelled lesson is 1 to 20, or 0 for none.",
    )

    @api.constrains("order_ref")
    def _check_order_ref(self):
        if any(not (day.order_ref or "").strip() for day in self):
            raise ValidationError(
                self.env._("Give the number of the order that changes the day.")
            )

    def _weekday(self):
        """Whose timetable holds, 0–6; ``None`` for the day's own weekday."""
        self.ensure_one()
        return int(self.as_weekday) if self.as_weekday else None

    def _cancels_all(self):
        """Whether the order leaves no lesson of the day."""
        self.ensure_one()
        return self.mode == "cancelled" and self.cancelled_from <= 1

    def _cancels(self, number):
        """Whether the order cancels lesson ``number`` of the day."""
        self.ensure_one()
        if self._cancels_all():
            return True
        return bool(self.cancelled_from) and number >= self.cancelled_from

    def _facts(self):
        """What the lessons of the day depend on."""
        self.ensure_one()
        return self.date, self.as_weekday, self.mode, self.cancelled_from
