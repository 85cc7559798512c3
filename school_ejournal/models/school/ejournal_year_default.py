from odoo import api, models
from odoo.fields import Command
from odoo.tools import LazyTranslate

from ...tools.school_year import school_year_at

_lt = LazyTranslate(__name__)

_HOLIDAY_NAMES = {
    "autumn": _lt("Autumn holidays"),
    "winter": _lt("Winter holidays"),
    "defender": _lt("Defender of the Fatherland Day"),
    "spring": _lt("Spring holidays"),
    "nooruz": _lt("Nooruz"),
    "april": _lt("Day of the People's April Revolution"),
    "may": _lt("May holidays"),
}


class EjournalYear(models.Model):
    """A school year to begin with, for schools that have none yet."""

    _inherit = "ejournal.year"

    @api.model
    def _make_default(self, company, date):
        """Make the school year of a day with the quarters and holidays of Kyrgyzstan.

        :param company: the school
        :param date: a day of the year; in summer the coming year is made
        :returns: the new ``ejournal.year``, open, with one calendar
        """
        dates = school_year_at(date)
        year = self.create(
            {
                "company_id": company.id,
                "date_start": dates.date_start,
                "date_end": dates.date_end,
                "state": "open",
            }
        )
        year._make_default_calendar()
        return year

    def _make_default_calendar(self, name=None, weekdays=None):
        """A calendar with the usual quarters and holidays, as far as the year has them.

        :param name: its name; «Whole school» as shipped
        :param weekdays: ``"5"`` or ``"6"``; the school's setting as shipped
        """
        self.ensure_one()
        dates = school_year_at(self.date_start)
        inside = [
            (code, max(start, self.date_start), min(end, self.date_end))
            for code, start, end in (
                *(("quarter", *quarter) for quarter in dates.quarters),
                *dates.holidays,
            )
            if start <= self.date_end and end >= self.date_start
        ]
        quarters = [row for row in inside if row[0] == "quarter"]
        return self.env["ejournal.calendar"].create(
            {
                "year_id": self.id,
                "name": name or self.env._("Whole school"),
                "weekdays": weekdays or self.company_id._ejournal_settings().weekdays,
                "period_ids": [
                    Command.create(
                        {
                            "kind": "quarter",
                            "sequence": number,
                            "date_start": start,
                            "date_end": end,
                        }
                    )
                    for number, (_code, start, end) in enumerate(quarters, 1)
                ],
                "holiday_ids": [
                    Command.create(
                        {
                            "name": self.env._(_HOLIDAY_NAMES[code]),
                            "date_start": start,
                            "date_end": end,
                        }
                    )
                    for code, start, end in inside
                    if code != "quarter"
                ],
            }
        )
