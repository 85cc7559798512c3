from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from ...tools import spans
from ...tools.dates import short_date
from ...tools.passage import has_passage

# Only the methods of this file write the state. An object, so no request can send it.
_STATE_KEY = "ejournal_period_state"
_STATE_TOKEN = object()
_STATE_FIELDS = {"state", "closed_at", "closed_by_id", "reopen_reason"}
_FROZEN_FIELDS = {"calendar_id", "kind", "date_start", "date_end"}

KINDS = [("quarter", "Quarter"), ("half", "Half-year"), ("year", "Year")]


class EjournalPeriod(models.Model):
    """A quarter, a half-year, or the year that has no lessons of its own.

    Closing freezes what the period counts. Nobody writes ``state`` directly: the deputy
    director closes, the director re-opens with a reason, the archive archives.
    """

    _name = "ejournal.period"
    _description = "Period"
    _inherit = [
        "ejournal.whole.mixin",
        "ejournal.calendar.part.mixin",
        "ejournal.recorded.mixin",
    ]
    _order = "date_start, date_end desc, sequence, id"
    _check_company_auto = True

    _recorded_fields = (
        "kind",
        "date_start",
        "date_end",
        "state",
        "reopen_reason",
        "published_at",
        "end_order_ref",
        "entries_until",
        "marks_until",
        "reports_until",
        "close_on",
        "print_until",
    )
    _recorded_at_edges = ("date_start", "date_end", "state")

    # a period goes by its own door, never with the calendar's row
    calendar_id = fields.Many2one(ondelete="restrict")
    year_id = fields.Many2one(
        related="calendar_id.year_id", store=True, index=True, precompute=True
    )
    kind = fields.Selection(KINDS, required=True, default="quarter")
    sequence = fields.Integer(
        string="Number", required=True, default=1, help="1 for the first quarter."
    )
    date_start = fields.Date(string="First day", required=True)
    date_end = fields.Date(string="Last day", required=True)
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed"), ("archived", "Archived")],
        required=True,
        default="open",
        readonly=True,
        copy=False,
        index=True,
    )
    closed_at = fields.Datetime(readonly=True, copy=False)
    closed_by_id = fields.Many2one(
        "res.users", string="Closed by", readonly=True, copy=False, ondelete="restrict"
    )
    reopen_reason = fields.Text(
        string="Reason of re-opening", readonly=True, copy=False
    )
    published_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="Since when parents and pupils see the marks of this period.",
    )

    _dates_order = models.Constraint(
        "CHECK(date_end >= date_start)",
        "The period ends before it begins. Correct one of the two dates.",
    )
    _number_uniq = models.Constraint(
        "UNIQUE(calendar_id, kind, sequence)",
        "The term calendar already has this period. Choose another number.",
    )
    # The last word against two who type at once; the check below says it kindly.
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(calendar_id, calendar_id, '[]') WITH &&, "
        "daterange(date_start, date_end, '[]') WITH &&) WHERE (kind != 'year') "
        "DEFERRABLE INITIALLY DEFERRED",
        "Two periods of the term calendar overlap. Let one end before the other begins.",
    )

    @api.depends("kind", "sequence", "year_id.name")
    def _compute_display_name(self):
        for period in self:
            period.display_name = period._title()

    def _title(self):
        """«Quarter 2»; the year by its name."""
        self.ensure_one()
        if self.kind == "year":
            return self.year_id.name or ""
        if self.kind == "half":
            return self.env._("Half-year %(number)s", number=self.sequence)
        return self.env._("Quarter %(number)s", number=self.sequence)

    # ---- constraints -----------------------------------------------------------------

    @api.constrains("date_start", "date_end", "kind", "calendar_id")
    def _check_no_overlap(self):
        """Leaf periods of a calendar never share a day: a lesson has one period."""
        for calendar in self.calendar_id._apart():
            twins = spans.first_overlap(
                [
                    ((period.date_start, period.date_end), period)
                    for period in calendar._leaf_periods()
                ]
            )
            if twins:
                raise ValidationError(
                    self.env._(
                        "%(one)s and %(other)s of “%(calendar)s” overlap. Let one end "
                        "before the other begins; in the form of the term calendar "
                        "both move at once.",
                        one=twins[0].display_name,
                        other=twins[1].display_name,
                        calendar=calendar.name,
                    )
                )

    @api.constrains("date_start", "date_end", "calendar_id")
    def _check_within_year(self):
        for period in self:
            year = period.calendar_id.year_id
            if period.date_start < year.date_start or period.date_end > year.date_end:
                raise ValidationError(
                    self.env._(
                        "%(period)s does not lie within the academic year %(year)s "
                        "(%(start)s–%(end)s). Correct the dates of one of the two.",
                        period=period.display_name,
                        year=year.name,
                        start=short_date(year.date_start),
                        end=short_date(year.date_end),
                    )
                )

    # ---- doors -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_state(vals)
        periods = super().create(vals_list)
        if any(period.state != "open" for period in periods):
            # asked for by a default_state in the context
            self._refuse_state({"state": False})
        return periods

    def write(self, vals):
        self._refuse_state(vals)
        if _FROZEN_FIELDS & vals.keys():
            self._refuse_closed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._refuse_closed()
        lessons = self.env["ejournal.lesson"].sudo()
        used = lessons.search([("period_id", "in", self.ids)], limit=1).period_id
        if used:
            raise UserError(
                self.env._(
                    "%(period)s has lessons. Change its dates instead of deleting it.",
                    period=used.display_name,
                )
            )

    @api.model
    def _refuse_state(self, vals):
        """No door but the methods below writes the state: not RPC, not an import."""
        asked = _STATE_FIELDS & vals.keys()
        if not asked or has_passage(self.env):
            return
        if self.env.context.get(_STATE_KEY) is _STATE_TOKEN:
            return
        if asked == {"state"} and vals["state"] == "open" and not self:
            return  # a new period is open anyway
        raise UserError(
            self.env._(
                "The state of a period is not typed: the deputy director closes it "
                "by “Close”, the director re-opens it by “Re-open”, with a reason."
            )
        )

    def _refuse_closed(self):
        """Dates of a closed or archived period stay as they are."""
        if not has_passage(self.env):
            self._check_open()

    # ---- lock ------------------------------------------------------------------------

    @api.model
    def _share_lock(self, periods):
        """Hold periods open, or learn that they are not, until the end of the call.

        Several writers share the lock; a closing waits for them, and they for it. What
        waited for a closing is run again by Odoo and then sees the closed period.

        :returns: ``{period id: state}`` as read by the locking query itself
        """
        if not periods:
            return {}
        periods.flush_recordset(["state", "date_start", "date_end"])
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT id, state FROM ejournal_period WHERE id IN %s "
                    "ORDER BY id FOR SHARE",
                    tuple(periods.ids),
                )
            )
        )

    def _check_open(self):
        """Refuse when one of the periods is closed; share-lock them."""
        states = self._share_lock(self)
        for period in self:
            if states[period.id] != "open":
                raise UserError(period._closed_sentence())

    def _closed_sentence(self):
        """What is closed, since when, and how to have it mended."""
        self.ensure_one()
        period = self.sudo()
        names = {
            "period": period.display_name,
            "start": short_date(period.date_start),
            "end": short_date(period.date_end),
        }
        if period.state == "archived":
            return self.env._(
                "%(period)s (%(start)s–%(end)s) is archived: its days stay as they are "
                "on paper. Ask the deputy director for an amendment sheet, by order.",
                **names,
            )
        return self.env._(
            "%(period)s (%(start)s–%(end)s) is closed: what it counted stays as it is. "
            "If it is wrong, ask the director to re-open the period, with a reason.",
            **names,
        )

    # ---- state -----------------------------------------------------------------------

    def action_close(self):
        """Close: freezes what the period counts. Deputy director only."""
        self._require_group(
            "school_ejournal.group_deputy",
            self.env._("Only the deputy director closes a period. Ask for it there."),
        )
        self.check_access("read")
        if "archived" in self.mapped("state"):
            raise UserError(self.env._("An archived period is closed for good."))
        self.filtered(lambda period: period.state == "open")._write_state(
            {
                "state": "closed",
                "closed_at": self.env.company._ejournal_now(),
                "closed_by_id": self.env.uid,
            }
        )

    def action_reopen(self, reason):
        """Re-open a closed period. Director only.

        :param reason: why; goes on record
        """
        self._require_group(
            "school_ejournal.group_director",
            self.env._("Only the director re-opens a period. Ask for it there."),
        )
        self.check_access("read")
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                self.env._("Say why the period is re-opened; the reason is recorded.")
            )
        archived = self.filtered(lambda period: period.state == "archived")
        if archived:
            raise UserError(archived[0]._closed_sentence())
        self.filtered(lambda period: period.state == "closed")._write_state(
            {
                "state": "open",
                "closed_at": False,
                "closed_by_id": False,
                "reopen_reason": reason,
            }
        )

    def action_publish(self):
        """Show the period's marks to parents and pupils from now on."""
        self.filtered(lambda period: not period.published_at).write(
            {"published_at": self.env.company._ejournal_now()}
        )

    def _archive(self):
        """Called by the archive when its book is signed and handed over."""
        still_open = self.filtered(lambda period: period.state == "open")
        if still_open:
            raise UserError(
                self.env._(
                    "%(period)s is still open. Close it before it is archived.",
                    period=still_open[0].display_name,
                )
            )
        self._write_state({"state": "archived"})

    def _write_state(self, vals):
        """A real UPDATE of the rows at once, which waits for all who share-lock them."""
        # sudo: the callers have judged the right; the director may not write structure
        periods = self.sudo().with_context(**{_STATE_KEY: _STATE_TOKEN})
        periods.write(vals)
        periods.flush_recordset()

    def _require_group(self, group, message):
        if not has_passage(self.env) and not self.env.user.has_group(group):
            raise AccessError(message)

    # ---- reading ---------------------------------------------------------------------

    @api.model
    def _at(self, calendar, dates):
        """The leaf period of each date.

        :returns: ``{date: ejournal.period}``, empty where no period has the date
        """
        term = calendar._term()
        return {date: self.browse(term.period_at(date) or ()) for date in dates}
