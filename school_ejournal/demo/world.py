"""The school while it is being made: its records so far, and its clock."""

from datetime import timedelta

from odoo import SUPERUSER_ID

from ..tools.passage import with_clock
from .names import Names

LANG = "ky_KG"


class World:
    """What the steps of the making share.

    Each step files its records here by the plain keys of the plan: teachers by their
    number, classes by name, journals by their ``staffing.Post``.

    :param env: any environment of the school's company
    :param size: ``size.Size``
    :param rng: ``random.Random``
    :param today: the school's day that all is placed around
    """

    def __init__(self, env, size, rng, today):
        self.company = env.company
        self.size = size
        self.rng = rng
        self.names = Names(rng)
        self.today = today
        self._env = env(
            user=SUPERUSER_ID,
            su=True,
            context={
                "lang": LANG,
                "tracking_disable": True,
                "no_reset_password": True,
                "allowed_company_ids": env.company.ids,
            },
        )
        self.now = self._present_moment()
        self.deputy = self._env["res.users"]
        self.director = self._env["res.users"]
        self.year = self.calendar = None
        self.shifts = {}
        self.subjects = {}
        self.staffing = None
        self.teachers = {}
        self.classes = {}
        self.subgroups = {}
        self.journals = {}
        self.families = []

    # ---- clock -----------------------------------------------------------------------

    def _present_moment(self):
        """Now, or noon when another day than today is asked for (naive UTC)."""
        company = self._env["res.company"].browse(self.company.id)
        if company._ejournal_today() == self.today:
            return company._ejournal_now()
        return company._ejournal_day_bounds(self.today)[0] + timedelta(hours=12)

    def at(self, date, hours=8.0):
        """A time of a day on the school's clock as naive UTC, never in the future."""
        starts_at = self.company._ejournal_day_bounds(date)[0]
        return min(starts_at + timedelta(minutes=round(60 * hours)), self.now)

    def env_at(self, moment, user=None):
        """An environment past all rights in which it is ``moment``.

        What is written in it was written by ``user``, the deputy director if not named.
        """
        user = user or self.deputy or self._env.user
        return with_clock(self._env.user.with_user(user).sudo(), moment).env

    def env_of(self, user, moment):
        """The environment of a request of ``user`` at a moment, with no other rights."""
        return self.env_at(moment, user)(su=False)

    @property
    def env(self):
        """Past all rights, on the first day of the year at eight."""
        first_day = self.year.date_start if self.year else self.today
        return self.env_at(self.at(first_day))

    # ---- reading ---------------------------------------------------------------------

    @property
    def home_class(self):
        """The class of grade 0 (``ejournal.class``), ``None`` in a school without."""
        return next((c for c in self.classes.values() if not c.grade), None)

    def journals_of(self, class_name, subject):
        """The journals of a subject in a class."""
        posts = self.staffing.teaching(class_name, subject)
        return [self.journals[post] for post in posts]

    def lessons(self, first, last):
        """The school's lessons between two dates, in the order of days."""
        return self.env["ejournal.lesson"].search(
            [
                ("company_id", "=", self.company.id),
                ("date", ">=", first),
                ("date", "<=", last),
            ],
            order="date, number, id",
        )

    def term(self):
        return self.calendar._term()

    def school_days_before_today(self):
        """The days that have entries, in order."""
        yesterday = self.today - timedelta(days=1)
        days = [
            day
            for day, _weekday in self.term().school_days(
                self.year.date_start, yesterday
            )
        ]
        return days[-self.size.days_entered :]

    @property
    def first_entered_day(self):
        return next(iter(self.school_days_before_today()), self.today)

    def days_ago(self, count):
        """A school day before today: 1 is the last one, none before the first entries."""
        days = self.school_days_before_today()
        return days[-min(count, len(days))]
