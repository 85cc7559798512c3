from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import spans


class EjournalYear(models.Model):
    """An academic year of a school: 2026/2027."""

    _name = "ejournal.year"
    _description = "Academic Year"
    _inherit = ["ejournal.rights.mixin"]
    _order = "date_start desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        string="School",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    date_start = fields.Date(string="First day", required=True)
    date_end = fields.Date(string="Last day", required=True)
    state = fields.Selection(
        [("draft", "In preparation"), ("open", "Open"), ("closed", "Closed")],
        required=True,
        default="draft",
        copy=False,
    )
    calendar_ids = fields.One2many(
        "ejournal.calendar", "year_id", string="Term calendars", check_company=True
    )
    class_ids = fields.One2many(
        "ejournal.class", "year_id", string="Classes", check_company=True
    )

    _dates_order = models.Constraint(
        "CHECK(date_end > date_start)",
        "The academic year ends before it begins. Correct one of the two dates.",
    )

    @api.depends("date_start", "date_end")
    def _compute_name(self):
        for year in self:
            if not year.name and year.date_start and year.date_end:
                year.name = f"{year.date_start.year}/{year.date_end.year}"

    @api.constrains("date_start", "date_end", "company_id")
    def _check_no_overlap(self):
        for company in self.company_id:
            years = self.search([("company_id", "=", company.id)])
            twins = spans.first_overlap(
                [((year.date_start, year.date_end), year) for year in years]
            )
            if twins:
                raise ValidationError(
                    self.env._(
                        "The academic years %(one)s and %(other)s overlap. Let one end "
                        "before the other begins.",
                        one=twins[0].name,
                        other=twins[1].name,
                    )
                )

    @api.constrains("date_start", "date_end")
    def _check_holds_its_periods(self):
        for period in self.calendar_ids.period_ids:
            period._check_within_year()

    @api.constrains("state")
    def _check_closed_as_a_whole(self):
        closed = self.filtered(lambda year: year.state == "closed")
        for period in closed.calendar_ids._leaf_periods():
            if period.state == "open":
                raise ValidationError(
                    self.env._(
                        "%(period)s is still open. Close all periods of the year "
                        "first, then the year.",
                        period=period.display_name,
                    )
                )

    # ---- state -----------------------------------------------------------------------

    def action_open(self):
        """The deputy director opens the year for work."""
        self.check_access("write")
        self.write({"state": "open"})

    def action_close(self):
        """Close a year of which each quarter and half-year is closed."""
        self.check_access("write")
        self.write({"state": "closed"})

    # ---- reading ---------------------------------------------------------------------

    def _default_calendar(self):
        """The calendar of classes that have no dates of their own: the first made."""
        self.ensure_one()
        return self.calendar_ids[:1]

    def _clamp(self, date):
        """A date, or the nearest day of the year when it lies outside."""
        self.ensure_one()
        return max(self.date_start, min(date, self.date_end))

    @api.model
    def _current(self, company):
        """The year of the school's today; in summer the one that comes, else the last."""
        today = company._ejournal_today()
        years = self.search([("company_id", "=", company.id)])
        coming = years.filtered(lambda year: year.date_end >= today)
        return coming[-1:] or years[:1]
