from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

import pytz

from odoo import api, fields, models

from ...tools.formulas import EXEMPT, NOT_ATTESTED
from ...tools.passage import clock_now

# Without it whoever reads all fields of a company would be refused.
SETTINGS_READERS = (
    "school_ejournal.group_deputy,school_ejournal.group_director,"
    "school_ejournal.group_admin"
)


class SchoolDay(NamedTuple):
    """When a day begins and closes for entry, naive UTC; ``closing`` as the rule has it:
    24:00, not 00:00 of the next day."""

    starts_at: datetime
    closes_at: datetime
    closing: str


class ResCompany(models.Model):
    """A company is a school; its clock is the school's, never the browser's."""

    _inherit = "res.company"

    ejournal_lock_rule_ids = fields.One2many(
        "ejournal.lock.rule",
        "company_id",
        string="Closing times of the journal",
        groups=SETTINGS_READERS,
    )
    ejournal_settings_ids = fields.One2many(
        "ejournal.settings",
        "company_id",
        string="Settings of the journal",
        groups=SETTINGS_READERS,
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._ejournal_make_defaults()
        return companies

    def _ejournal_make_defaults(self):
        """Give each school its settings, lock rule, scale and work types, once.

        Safe to call again: what exists is left as it is.
        """
        for company in self:
            env = self.with_company(company).sudo().env
            env["ejournal.settings"]._of(company)
            env["ejournal.lock.rule"]._make_first(company)
            company.sudo()._ejournal_make_school_defaults()
            env["ejournal.work.type"]._make_defaults(company)

    def _ejournal_settings(self):
        """The school's settings; every employee may be judged by them, hence sudo."""
        self.ensure_one()
        school = self.sudo()
        return school.ejournal_settings_ids[:1] or (
            school.env["ejournal.settings"]._of(school)
        )

    def _ejournal_signs_of_marks(self):
        """What stands instead of a period mark, in the reader's language.

        :returns: ``{stored value: sign}``
        """
        settings = self._ejournal_settings().with_context(lang=self.env.lang)
        return {
            NOT_ATTESTED: settings.letter_not_attested,
            EXEMPT: settings.letter_exempt,
        }

    # ---- clock -----------------------------------------------------------------

    def _ejournal_now(self):
        """The moment of this call, naive UTC, see ``tools.passage``."""
        return clock_now(self.env, fields.Datetime.now)

    def _ejournal_today(self):
        """Today's date in the school's time zone."""
        self.ensure_one()
        now = self._ejournal_now()
        utc_date = now.date()
        zone = self.env["ejournal.lock.rule"]._in_force(self, utc_date).tz
        return pytz.utc.localize(now).astimezone(pytz.timezone(zone)).date()

    def _ejournal_day_bounds(self, date):
        """Beginning and closing of a day's entry, by the lock rule of that day.

        :returns: (starts_at, closes_at), naive UTC
        """
        self.ensure_one()
        return self._ejournal_day(date)[:2]

    def _ejournal_day(self, date):
        """A day as the lock rule of that day has it.

        :returns: :class:`SchoolDay`
        """
        self.ensure_one()
        rule = self.env["ejournal.lock.rule"]._in_force(self, date)
        return _day(date, rule.tz, round(rule.closing_time * 60))

    def _ejournal_last_closed_day(self):
        """The last day whose entry is closed by now: yesterday, or today when its
        closing time is over."""
        today = self._ejournal_today()
        is_over = self._ejournal_day_bounds(today)[1] <= self._ejournal_now()
        return today if is_over else today - timedelta(days=1)

    def _ejournal_local(self, moment, date=None):
        """A naive UTC moment as the school's wall clock shows it."""
        self.ensure_one()
        rule = self.env["ejournal.lock.rule"]._in_force(self, date or moment.date())
        return pytz.utc.localize(moment).astimezone(pytz.timezone(rule.tz))


@lru_cache(maxsize=4096)
def _day(date, tz, minutes):
    """Plain reckoning, so it may be kept: a page asks for each day of a quarter.

    :param minutes: closing time in minutes of the day
    """
    zone = pytz.timezone(tz)
    midnight = datetime.combine(date, time.min)
    # wall clock: on a day with a clock change 24:00 is still the next midnight
    closing = midnight + timedelta(minutes=minutes)
    return SchoolDay(
        _naive_utc(zone.localize(midnight)),
        _naive_utc(zone.localize(closing)),
        f"{minutes // 60:02d}:{minutes % 60:02d}",
    )


def _naive_utc(moment):
    return moment.astimezone(pytz.utc).replace(tzinfo=None)
