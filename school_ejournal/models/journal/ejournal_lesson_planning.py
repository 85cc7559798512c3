from odoo import models


class EjournalLesson(models.Model):
    """The making of lessons from the timetable."""

    _inherit = "ejournal.lesson"
