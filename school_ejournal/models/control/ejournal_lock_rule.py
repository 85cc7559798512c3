from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.passage import has_passage, with_passage

DEFAULT_TZ = "Asia/Bishkek"
FOREVER_AGO = fields.Date.to_date("1970-01-01")


class EjournalLockRule(models.Model):
    """When a school's day begins and closes for entry, from a date on.

    A row is never changed: a new order makes a new row that acts from tomorrow at the
    earliest. So neither a later closing time nor another time zone reopens a day that
    is closed.
    """

    _name = "ejournal.lock.rule"
    _description = "Closing Time"
    _inherit = ["ejournal.whole.mixin", "ejournal.recorded.mixin"]
    _order = "company_id, date_start desc, id desc"
    _rec_name = "date_start"

    _recorded_fields = ("date_start", "closing_time", "tz", "order_ref")

    company_id = fields.Many2one(
        "res.company",
        string="School",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    date_start = fields.Date(
        string="In force from",
        required=True,
        help="First day for which this closing time holds; tomorrow at the earliest.",
    )
    closing_time = fields.Float(
        required=True,
        default=24.0,
        help="Time of day at which the day's lessons close for entry; 24:00 is "
        "midnight at the end of the day.",
    )
    tz = fields.Selection(
        "_tz_selection",
        string="Time zone",
        required=True,
        default=DEFAULT_TZ,
        help="The school's time zone; the time zone of a user or browser never counts.",
    )
    order_ref = fields.Char(
        string="Order",
        required=True,
        help="Number and date of the order that sets this closing time.",
    )

    _date_uniq = models.Constraint(
        "UNIQUE(company_id, date_start)",
        "There is already a closing time in force from this date. Choose another date.",
    )
    _closing_time_range = models.Constraint(
        "CHECK(closing_time > 0 AND closing_time <= 24)",
        "The closing time lies between 00:01 and 24:00.",
    )

    @api.model
    def _tz_selection(self):
        return [(zone, zone) for zone in pytz.all_timezones]

    @api.constrains("date_start", "company_id")
    def _check_acts_forward(self):
        if has_passage(self.env):
            return
        for rule in self:
            if rule.date_start <= rule.company_id._ejournal_today():
                raise ValidationError(
                    self.env._(
                        "A closing time acts forward only: choose tomorrow or later. "
                        "Days that are closed stay closed."
                    )
                )

    @api.constrains("order_ref")
    def _check_order_ref(self):
        if any(not (rule.order_ref or "").strip() for rule in self):
            raise ValidationError(
                self.env._("Give the number of the order that sets the closing time.")
            )

    def write(self, vals):
        if vals:
            raise UserError(
                self.env._(
                    "A closing time is not changed afterwards. "
                    "Add a new one that acts from tomorrow or later."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_future(self):
        for rule in self:
            # a day ahead as well: in a zone further east tomorrow may have begun
            today = rule.company_id._ejournal_today()
            if rule.date_start <= today + timedelta(days=1):
                raise UserError(
                    self.env._(
                        "A closing time that is or may be in force stays on record. Add "
                        "a new one that acts from a later day."
                    )
                )

    @api.model
    def _make_first(self, company):
        """The rule of a school that has decided nothing yet: midnight in Bishkek."""
        if not self.search_count([("company_id", "=", company.id)], limit=1):
            with_passage(self).create(
                {
                    "company_id": company.id,
                    "date_start": FOREVER_AGO,
                    "order_ref": "-",
                    "tz": DEFAULT_TZ,
                }
            )

    @api.model
    def _in_force(self, company, date):
        """The rule that holds in a school on a date."""
        # sudo: everybody is judged by it, few may read the table
        rules = company.sudo().ejournal_lock_rule_ids
        return next((rule for rule in rules if rule.date_start <= date), rules.browse())
