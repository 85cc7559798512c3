from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools import spans
from ...tools.passage import has_passage


class EjournalSpanMixin(models.AbstractModel):
    """A fact that holds from a date to a date, both included.

    Closing a period freezes what it counts, so that prints stay true. A model opts in by
    :meth:`_frozen_calendars`; then no door changes what its rows say of a day inside a
    closed or archived period of those calendars. Days outside stay free: an enrolment
    that began in a closed quarter may end today.
    """

    _name = "ejournal.span.mixin"
    _description = "From–To"

    # fields besides the dates that the frozen days depend on
    _frozen_fields = ()

    date_start = fields.Date(string="From", required=True, index=True)
    date_end = fields.Date(string="To", help="Last day; empty while it lasts.")

    _dates_order = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)",
        "The last day lies before the first. Correct one of the two dates.",
    )

    # ---- hooks -----------------------------------------------------------------------

    def _frozen_calendars(self):
        """Whose closed periods freeze each row.

        :returns: ``{record id: ejournal.calendar}``; rows left out are never frozen
        """
        return {}

    # ---- reading ---------------------------------------------------------------------

    def _span(self):
        """The row as a pair for :mod:`tools.spans`."""
        self.ensure_one()
        return spans.closed_span(self.date_start, self.date_end)

    def _covers(self, date):
        """Whether the row holds on a date."""
        self.ensure_one()
        return spans.covers(self._span(), date)

    def _overlaps(self, other):
        """Whether two rows share a day."""
        self.ensure_one()
        return spans.overlap(self._span(), other._span())

    @api.model
    def _during(self, date_start, date_end):
        """Domain of the rows that hold on some day between two dates, both included."""
        return Domain("date_start", "<=", date_end) & (
            Domain("date_end", "=", False) | Domain("date_end", ">=", date_start)
        )

    def _refuse_overlap(self, message):
        """Raise ``message`` when two of these rows share a day."""
        if spans.first_overlap([(row._span(), row) for row in self]):
            raise ValidationError(message)

    # ---- doors -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # a row that was just ended makes room in the database before the new one comes
        self.flush_model(["date_start", "date_end"])
        records = super().create(vals_list)
        records._refuse_frozen(records._frozen_facts({}))
        return records

    def write(self, vals):
        if not {"date_start", "date_end", *self._frozen_fields} & vals.keys():
            return super().write(vals)
        before = self._frozen_state()
        result = super().write(vals)
        self._refuse_frozen(self._frozen_facts(before))
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self._refuse_frozen(self._frozen_facts({}))

    # ---- freeze ----------------------------------------------------------------------

    def _frozen_state(self):
        """``{id: (span, what it speaks of, calendars)}`` of the rows as they stand."""
        calendars = self._frozen_calendars()
        return {
            row.id: (
                row._span(),
                tuple(row[name] for name in self._frozen_fields),
                calendars[row.id],
            )
            for row in self
            if calendars.get(row.id)
        }

    def _frozen_facts(self, before):
        """The days that changed, for each calendar concerned.

        :param before: :meth:`_frozen_state` before the change; empty at creation and
            deletion, where all days of the rows change
        :returns: list of ``(calendar, span)``
        """
        after = self._frozen_state()
        facts = []
        for row_id in before.keys() | after.keys():
            old_span, old_things, old_calendars = before.get(row_id, (None, None, None))
            span, things, calendars = after.get(row_id, (None, None, None))
            same = (old_things, old_calendars) == (things, calendars)
            concerned = (calendars or old_calendars) | (old_calendars or calendars)
            facts += [
                (calendar, days)
                for days in spans.changed_days(old_span, span, same)
                for calendar in concerned
            ]
        return facts

    @api.model
    def _refuse_frozen(self, facts):
        """Refuse a change of days that a closed or archived period has counted.

        Share-locks the periods concerned, so that none closes before this is committed.
        sudo does not pass; only our own token does.
        """
        if not facts or has_passage(self.env):
            return
        calendars = self.env["ejournal.calendar"].union(
            *(calendar for calendar, _days in facts)
        )
        # sudo: everybody is bound by the periods, whoever may read them
        periods = calendars.sudo()._leaf_periods()
        concerned = periods.filtered(
            lambda period: any(
                calendar == period.calendar_id
                and spans.overlap((period.date_start, period.date_end), days)
                for calendar, days in facts
            )
        )
        concerned._check_open()
