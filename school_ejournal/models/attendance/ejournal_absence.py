from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools import absences, spans
from ...tools.dates import short_date
from ...tools.passage import has_passage

REASONS = [
    ("unknown", "Not known yet"),
    ("ill", "Ill"),
    ("excused", "Excused"),
    ("unexcused", "Not excused"),
    ("school", "Away for the school"),
]
# Set by the methods that decide, never by hand.
_DECISION_FIELDS = frozenset({"decided_by", "decided_at"})
# What a parent asked for stays as it was asked once it is decided.
_DAYS_OF_A_YEAR = 366


class EjournalAbsence(models.Model):
    """The class teacher's layer over the facts: when a pupil is away, and why.

    It never touches the fact that a teacher entered, which stays locked with its lesson;
    it gives facts their reason, and before the lesson it is a proposal (Regulation
    4.2 В: the class teacher marks absent pupils on the page «Катышуу»). Confirmed
    absences of a pupil never overlap; a request may, and confirming it sets the reason of
    what is there. Written until the period closes.

    Why a child was away is health data. Only the class teacher and the deputy director
    read these rows, parents their own child's through the diary; everybody else learns
    "absent" and "excused yes/no" by ``ejournal.attendance._with_excuses``.
    """

    _name = "ejournal.absence"
    _description = "Absence"
    _inherit = ["ejournal.span.mixin", "ejournal.recorded.mixin"]
    _order = "date_start desc, id desc"
    # Odoo shows the name of any record it is given the number of, past the rules: it
    # says who, and nothing else.
    _rec_name = "pupil_id"
    _check_company_auto = True

    _recorded_fields = (
        "pupil_id",
        "date_start",
        "date_end",
        "number_from",
        "number_to",
        "reason",
        "state",
        "note",
    )
    # pupil and state stand in the row itself and in what follows
    _recorded_at_edges = (
        "date_start",
        "date_end",
        "number_from",
        "number_to",
        "reason",
        "note",
    )
    _frozen_fields = (
        "pupil_id",
        "number_from",
        "number_to",
        "reason",
        "state",
        "note",
    )

    pupil_id = fields.Many2one(
        "ejournal.pupil",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="pupil_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    date_end = fields.Date(
        compute="_compute_date_end",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Last day; the first one when left empty.",
    )
    number_from = fields.Integer(
        string="From lesson",
        default=0,
        aggregator=None,
        help="On each of these days; empty from the first lesson on.",
    )
    number_to = fields.Integer(
        string="To lesson",
        default=0,
        aggregator=None,
        help="On each of these days; empty to the last lesson.",
    )
    reason = fields.Selection(
        REASONS,
        required=True,
        default="unknown",
        help="Away for the school (olympiad, event) is no absence.",
    )
    state = fields.Selection(
        [
            ("requested", "Requested"),
            ("confirmed", "Confirmed"),
            ("refused", "Refused"),
        ],
        required=True,
        default="confirmed",
        index=True,
        copy=False,
        help="Parents ask; the class teacher confirms or refuses.",
    )
    note = fields.Text(help="What the note says, without diagnosis.")
    attachment_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        string="Scans",
        domain=[("res_model", "=", "ejournal.absence")],
        help="The note on paper. Open until the period closes.",
    )
    decision_note = fields.Char(
        string="Answer", copy=False, help="What the parents are told."
    )
    decided_by = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    decided_at = fields.Datetime(readonly=True, copy=False)

    _numbers_range = models.Constraint(
        "CHECK(number_from BETWEEN 0 AND 20 AND number_to BETWEEN 0 AND 20 "
        "AND (number_to = 0 OR number_to >= number_from))",
        "The lessons are 1 to 20, the first before the last; leave both empty for the "
        "whole day.",
    )
    # The last word against two who type at once; the check below says it kindly.
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(pupil_id, pupil_id, '[]') WITH &&, "
        "daterange(date_start, date_end, '[]') WITH &&, "
        "int4range(number_from, CASE WHEN number_to = 0 THEN 99 ELSE number_to END, "
        "'[]') WITH &&) WHERE (state = 'confirmed') DEFERRABLE INITIALLY DEFERRED",
        "The pupil is already marked absent in these days. Reload the page and change "
        "that mark.",
    )
    _confirmed_idx = models.Index(
        "(pupil_id, date_start, date_end) WHERE state = 'confirmed'"
    )

    # ---- computes --------------------------------------------------------------------

    @api.depends("date_start")
    def _compute_date_end(self):
        for absence in self:
            absence.date_end = absence.date_end or absence.date_start

    # ---- reading ---------------------------------------------------------------------

    def _box(self):
        """The row as a box for :mod:`tools.absences`."""
        self.ensure_one()
        return absences.box(
            self.date_start, self.date_end, self.number_from, self.number_to
        )

    # ---- constraints -----------------------------------------------------------------

    @api.constrains(
        "pupil_id", "date_start", "date_end", "number_from", "number_to", "state"
    )
    def _check_no_overlap(self):
        # sudo: also the row that was written in the pupil's former class counts
        rows = self.sudo().search(
            [("pupil_id", "in", self.pupil_id.ids), ("state", "=", "confirmed")]
        )
        for pupil, own in rows.grouped("pupil_id").items():
            twins = absences.first_overlap([(row._box(), row) for row in own])
            if twins:
                raise ValidationError(
                    self.env._(
                        "%(pupil)s is already marked absent on %(date)s. Change that "
                        "absence, or choose other days or lessons.",
                        pupil=pupil.short_name,
                        date=short_date(max(twins[0].date_start, twins[1].date_start)),
                    )
                )

    @api.constrains("date_start", "date_end")
    def _check_length(self):
        for absence in self:
            if (absence.date_end - absence.date_start).days >= _DAYS_OF_A_YEAR:
                raise ValidationError(
                    self.env._("An absence lasts a year at most. Correct its dates.")
                )

    @api.constrains("pupil_id", "date_start", "date_end")
    def _check_at_school(self):
        """Only a pupil of the school is away from it."""
        for absence in self:
            # sudo: where a pupil is enrolled is no secret; the caller may be a parent
            rows = absence.sudo().pupil_id.enrollment_ids
            if not any(
                spans.overlap((row.date_start, row.date_until), absence._span())
                for row in rows
            ):
                raise ValidationError(
                    self.env._(
                        "%(pupil)s is in no class in these days. Correct the dates.",
                        pupil=absence.pupil_id.short_name,
                    )
                )

    # ---- freeze ----------------------------------------------------------------------

    def _frozen_calendars(self):
        """Confirmed rows count, so the periods of the pupil's classes freeze them."""
        return {
            absence.id: absence._calendars()
            for absence in self
            if absence.state == "confirmed"
        }

    def _calendars(self):
        """The calendars of the classes that the pupil is in during the absence."""
        # sudo: everybody is bound by the periods, whoever may read them
        rows = self.sudo().pupil_id.enrollment_ids.filtered(
            lambda row: spans.overlap((row.date_start, row.date_until), self._span())
        )
        return rows.class_id.calendar_id

    def _refuse_closed(self):
        """No request and no scan for days that a closed period has counted."""
        self.env["ejournal.span.mixin"]._refuse_frozen(
            [
                (calendar, absence._span())
                for absence in self
                for calendar in absence._calendars()
            ]
        )

    # ---- doors -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows.filtered(lambda row: row.state == "requested")._refuse_closed()
        return rows

    def write(self, vals):
        if vals.get("state") == "confirmed":
            for row in self.filtered(lambda row: row.state != "confirmed"):
                row._make_room({**row._stored_box_vals(), **vals})
        return super().write(vals)

    def _stored_box_vals(self):
        names = ("pupil_id", "date_start", "date_end", "number_from", "number_to")
        return {
            name: self[name].id if name == "pupil_id" else self[name] for name in names
        }

    def _judge_create(self, vals_list):
        for vals in vals_list:
            self._refuse_decision({name for name in vals if vals[name]})

    def _judge_before(self, names):
        self._refuse_decision(names)
        return super()._judge_before(names)

    def _refuse_decision(self, names):
        if _DECISION_FIELDS & set(names or ()) and not has_passage(self.env):
            raise AccessError(
                self.env._(
                    "Who decided a request and when is kept by the system: confirm or "
                    "refuse it by its buttons."
                )
            )

    def _record_context(self):
        self.ensure_one()
        return {"pupil_id": self.pupil_id.id}

    def copy(self, default=None):  # pylint: disable=method-required-super
        raise UserError(self.env._("An absence is not copied: mark the days anew."))
