from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import spans
from ...tools.dates import weekday_name


class EjournalTimetableSlot(models.Model):
    """One lesson of the weekly timetable, from–to."""

    _name = "ejournal.timetable.slot"
    _description = "Timetable Lesson"
    _inherit = ["ejournal.rights.mixin"]
    _order = "weekday, number, journal_id, id"
    _check_company_auto = True

    journal_id = fields.Many2one(
        "ejournal.journal",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="journal_id.company_id", store=True, index=True, precompute=True
    )
    teacher_id = fields.Many2one(
        "res.users",
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('share', '=', False)]",
        help="Empty: the journal's main teacher on that date.",
    )
    weekday = fields.Integer(required=True, help="0 is Monday, 6 is Sunday.")
    number = fields.Integer(
        string="Lesson", required=True, help="Number of the lesson in the day."
    )
    week = fields.Selection(
        [("all", "Every week"), ("odd", "Odd weeks"), ("even", "Even weeks")],
        required=True,
        default="all",
    )
    room = fields.Char()
    date_start = fields.Date(string="From", required=True)
    date_end = fields.Date(string="To")

    _weekday_range = models.Constraint(
        "CHECK(weekday BETWEEN 0 AND 6)", "The weekday is 0 (Monday) to 6 (Sunday)."
    )
    _number_range = models.Constraint(
        "CHECK(number BETWEEN 0 AND 20)", "The number of a lesson is 0 to 20."
    )
    _dates_order = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)",
        "The last day of a timetable lesson lies before its first.",
    )

    @api.depends("journal_id", "weekday", "number")
    def _compute_display_name(self):
        for slot in self:
            slot.display_name = self.env._(
                "%(weekday)s, lesson %(number)s: %(journal)s",
                weekday=weekday_name(self.env, slot.weekday),
                number=slot.number,
                journal=slot.journal_id.name,
            )

    @api.constrains("journal_id", "weekday", "number", "week", "date_start", "date_end")
    def _check_not_twice(self):
        """A journal has one lesson at one time. One query for a whole timetable."""
        places = self.search([("journal_id", "in", self.journal_id.ids)]).grouped(
            lambda slot: (slot.journal_id, slot.weekday, slot.number)
        )
        for slot in self:
            place = (slot.journal_id, slot.weekday, slot.number)
            others = places.get(place, self.browse()) - slot
            if any(slot._meets(other) for other in others):
                raise ValidationError(
                    self.env._(
                        "“%(journal)s” already has lesson %(number)s on this weekday. "
                        "End that row of the timetable first.",
                        journal=slot.journal_id.name,
                        number=slot.number,
                    )
                )

    def _meets(self, other):
        """Whether two rows of one place share a day, by dates and weeks."""
        return spans.overlap(
            spans.closed_span(self.date_start, self.date_end),
            spans.closed_span(other.date_start, other.date_end),
        ) and ("all" in (self.week, other.week) or self.week == other.week)
