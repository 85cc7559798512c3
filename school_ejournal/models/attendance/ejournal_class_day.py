from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...tools.dates import short_date
from ...tools.passage import has_passage


class EjournalClassDay(models.Model):
    """The class teacher has looked through the class's day (Regulation 4.2 В: fills the
    class's achievement daily).

    Made by ``confirm``, one a class and day; counted in the weekly and monthly reports.
    """

    _name = "ejournal.class.day"
    _description = "Day of a Class"
    _inherit = ["ejournal.recorded.mixin"]
    _order = "date desc, class_id, id"
    _rec_name = "date"
    _check_company_auto = True

    _recorded_fields = ("class_id", "date", "user_id")

    class_id = fields.Many2one(
        "ejournal.class",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="class_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    date = fields.Date(required=True, index=True)
    user_id = fields.Many2one(
        "res.users",
        string="Confirmed by",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.uid,
    )
    confirmed_at = fields.Datetime(
        string="Confirmed",
        required=True,
        readonly=True,
        default=lambda self: self.env.company._ejournal_now(),
    )

    _class_date_uniq = models.Constraint(
        "UNIQUE(class_id, date)", "The day of this class is confirmed already."
    )

    @api.constrains("class_id", "date")
    def _check_date(self):
        for day in self:
            if has_passage(self.env):
                continue
            # sudo: the term calendar is no secret
            calendar = day.class_id.sudo().calendar_id
            if day.date > day.company_id._ejournal_today():
                raise ValidationError(
                    self.env._("A day is confirmed when it has come, not before.")
                )
            if not calendar._is_school_day(day.date):
                raise ValidationError(
                    self.env._(
                        "%(class)s has no lessons on %(date)s.",
                        **{
                            "class": day.class_id.name,
                            "date": short_date(day.date),
                        },
                    )
                )
            self.env["ejournal.span.mixin"]._refuse_frozen(
                [(calendar, (day.date, day.date))]
            )

    # ---- doors -----------------------------------------------------------------------

    def _judge_create(self, vals_list):
        """Who confirmed it and when is what it proves."""
        if has_passage(self.env):
            return
        now = self.env.company._ejournal_now()
        for vals in vals_list:
            if vals.setdefault("user_id", self.env.uid) != self.env.uid:
                raise AccessError(self.env._("A day is confirmed in one's own name."))
            vals["confirmed_at"] = now

    def write(self, vals):
        if not has_passage(self.env):
            raise UserError(
                self.env._(
                    "A confirmed day stays as it is; each day is confirmed once."
                )
            )
        return super().write(vals)

    def copy(self, default=None):  # pylint: disable=method-required-super
        raise UserError(self.env._("A day is not copied: confirm the other day."))

    # ---- reading ---------------------------------------------------------------------

    @api.model
    def _confirmed(self, classes, date_start, date_end):
        """The confirmed days of some classes, for reports; one query.

        Private: the caller has judged the right.

        :returns: ``{class id: {date: (user id, naive UTC moment, on its own day?)}}``
        """
        result = {class_id: {} for class_id in classes.ids}
        days = self.sudo().search_fetch(
            Domain("class_id", "in", classes.ids)
            & Domain("date", ">=", date_start)
            & Domain("date", "<=", date_end),
            ["class_id", "date", "user_id", "confirmed_at", "company_id"],
        )
        for day in days:
            closes_at = day.company_id._ejournal_day_bounds(day.date)[1]
            result[day.class_id.id][day.date] = (
                day.user_id.id,
                day.confirmed_at,
                day.confirmed_at < closes_at,
            )
        return result
