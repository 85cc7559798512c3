from odoo import fields, models


class EjournalSettings(models.Model):
    """What counts as a missed day, and when missed lessons raise an alarm."""

    _inherit = "ejournal.settings"

    full_day_rule = fields.Selection(
        [
            ("all", "All lessons of the pupil on that day"),
            ("count", "So many lessons of that day"),
        ],
        string="A missed day is",
        required=True,
        default="all",
        help="When a pupil has missed the whole day in the sums of attendance.",
    )
    full_day_lessons = fields.Integer(
        string="Missed lessons that make a missed day",
        default=4,
        help="Counts when a missed day is so many lessons of that day.",
    )
    alarm_week = fields.Integer(
        string="Alarm of a week, %",
        default=50,
        help="More than this share of a week's lessons missed is shown as an alarm.",
    )
    alarm_month = fields.Integer(
        string="Alarm of a month, %",
        default=30,
        help="More than this share of a month's lessons missed is shown as an alarm.",
    )

    _full_day_lessons_range = models.Constraint(
        "CHECK(full_day_lessons BETWEEN 1 AND 20)",
        "A missed day is 1 to 20 missed lessons.",
    )
    _alarms_range = models.Constraint(
        "CHECK(alarm_week BETWEEN 1 AND 100 AND alarm_month BETWEEN 1 AND 100)",
        "An alarm is a share of 1 to 100 %.",
    )

    def _is_missed_day(self, missed, held):
        """Whether missed lessons of a day make it a missed day.

        :param missed: missed lessons of the pupil on the day
        :param held: lessons of the pupil held that day
        """
        if self.full_day_rule == "count":
            return missed >= self.full_day_lessons
        return held > 0 and missed >= held
