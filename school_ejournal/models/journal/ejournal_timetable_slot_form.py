from odoo import api, fields, models

from ..school.ejournal_day import WEEKDAYS


class EjournalTimetableSlot(models.Model):
    """The weekday by its name, and the classes, for lists and groups."""

    _inherit = "ejournal.timetable.slot"

    weekday = fields.Integer(string="Weekday, as a number", default=0, aggregator=None)
    # a sum of the numbers of lessons means nothing
    number = fields.Integer(aggregator=None)
    day = fields.Selection(
        WEEKDAYS,
        string="Weekday",
        compute="_compute_day",
        inverse="_inverse_day",
        store=True,
        precompute=True,
    )
    class_ids = fields.Many2many(related="journal_id.class_ids")
    year_id = fields.Many2one(related="journal_id.year_id")
    main_teacher_id = fields.Many2one(
        related="journal_id.teacher_id", string="Main teacher"
    )
    date_start = fields.Date(default=lambda self: self.env.company._ejournal_today())

    @api.depends("weekday")
    def _compute_day(self):
        for slot in self:
            slot.day = str(slot.weekday) if 0 <= slot.weekday <= 6 else False

    def _inverse_day(self):
        for slot in self:
            if slot.day:
                slot.weekday = int(slot.day)

    @api.onchange("day")
    def _onchange_day(self):
        # the form sends both, so that each check sees the weekday that was chosen
        self._inverse_day()
