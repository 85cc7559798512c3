from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import spans
from ...tools.dates import short_date

# A move ends one row and makes another: subgroups look at both, so only after the second.
_MOVING_KEY = "ejournal_enrollment_moving"
_MOVING = object()


class EjournalEnrollment(models.Model):
    """A pupil on the list of a class, from–to. Coming back makes a new row."""

    _name = "ejournal.enrollment"
    _description = "Enrolment"
    _inherit = [
        "ejournal.span.roster.mixin",
        "ejournal.span.over.mixin",
        "ejournal.recorded.mixin",
    ]
    _order = "number, date_start, id"
    _rec_name = "pupil_id"
    _check_company_auto = True

    _system_fields = ("number",)
    _recorded_fields = (
        "pupil_id",
        "class_id",
        "date_start",
        "date_end",
        "form",
        "leave_reason",
    )
    _list_field = "class_id"
    _frozen_fields = ("pupil_id", "class_id", "form")

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
    date_start = fields.Date(
        compute="_compute_date_start", store=True, readonly=False, precompute=True
    )
    form = fields.Selection(
        [
            ("full", "At school"),
            ("home", "Taught at home"),
            ("family", "Family education"),
        ],
        string="Form of study",
        required=True,
        default="full",
    )
    number = fields.Integer(
        string="No.",
        readonly=True,
        copy=False,
        aggregator=None,
        help="Place on the list: by the alphabet on the first day of the year, "
        "newcomers after. It does not change during the year.",
    )
    leave_reason = fields.Char(
        help="Why and where the pupil left: another school, another class …"
    )
    # An open end lasts to the end of the class's year, not into the next one.
    date_until = fields.Date(
        compute="_compute_date_until", store=True, precompute=True, index=True
    )
    grade = fields.Integer(related="class_id.grade", store=True, precompute=True)

    # The last word against two who type at once; the check below says it kindly.
    _one_class = models.Constraint(
        "EXCLUDE USING gist (int4range(pupil_id, pupil_id, '[]') WITH &&, "
        "daterange(date_start, date_until, '[]') WITH &&) WHERE (grade > 0) "
        "DEFERRABLE INITIALLY DEFERRED",
        "The pupil is on the list of another class in these days.",
    )

    # ---- computes --------------------------------------------------------------------

    @api.depends("class_id")
    def _compute_date_start(self):
        for row in self:
            if not row.date_start and row.class_id:
                row.date_start = row.class_id._present_day()

    @api.depends("date_start", "date_end", "class_id.year_id.date_end")
    def _compute_date_until(self):
        for row in self:
            last = row.date_end or row.class_id.year_id.date_end
            row.date_until = max(filter(None, (row.date_start, last)), default=False)

    # ---- constraints -----------------------------------------------------------------

    @api.constrains("date_start", "date_end", "class_id")
    def _check_within_year(self):
        for row in self:
            year = row.class_id.year_id
            if not spans.overlap(row._span(), (year.date_start, year.date_end)):
                raise ValidationError(
                    self.env._(
                        "%(pupil)s would be in %(class)s outside of the academic year "
                        "%(year)s. Correct the dates.",
                        **{
                            "pupil": row.pupil_id.short_name,
                            "class": row.class_id.name,
                            "year": year.name,
                        },
                    )
                )

    @api.constrains("pupil_id", "class_id", "date_start", "date_end")
    def _check_one_class(self):
        """A pupil is on one ordinary list a day; grade 0 is beside it."""
        # sudo: also the class that the user does not see counts
        rows = self.sudo().search(
            [("pupil_id", "in", self.pupil_id.ids), ("grade", ">", 0)]
        )
        for pupil, own in rows.grouped("pupil_id").items():
            twins = spans.first_overlap(
                [((row.date_start, row.date_until), row) for row in own]
            )
            if twins:
                raise ValidationError(
                    self.env._(
                        "%(pupil)s is in %(one)s from %(start)s; in these days the "
                        "pupil cannot be in %(other)s as well. End that row first, or "
                        "use “Move to another class”.",
                        pupil=pupil.short_name,
                        one=twins[0].class_id.name,
                        start=short_date(twins[0].date_start),
                        other=twins[1].class_id.name,
                    )
                )

    # ---- doors -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._assign_numbers(rows.class_id)
        return rows

    def write(self, vals):
        classes = self.class_id
        result = super().write(vals)
        if "class_id" in vals:
            self.sudo().write({"number": 0})
            self._assign_numbers(classes | self.class_id)
        if {"class_id", "date_start", "date_end"} & vals.keys():
            if self.env.context.get(_MOVING_KEY) is not _MOVING:
                self._cut_memberships(self.pupil_id, classes | self.class_id)
        return result

    def unlink(self):
        pupils, classes = self.pupil_id, self.class_id
        result = super().unlink()
        self._assign_numbers(classes)
        self._cut_memberships(pupils, classes)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_entries(self):
        """A pupil with marks or absences leaves the class, the row is not deleted."""
        for row in self:
            # sudo: what nobody in the class may lose counts, whoever sees it
            for model in ("ejournal.mark", "ejournal.attendance"):
                if (
                    self.env[model]
                    .sudo()
                    .search_count(row._domain_of_entries(), limit=1)
                ):
                    raise UserError(
                        self.env._(
                            "%(pupil)s has marks or absences in %(class)s. Give the "
                            "last day and the reason of leaving instead of deleting.",
                            **{
                                "pupil": row.pupil_id.short_name,
                                "class": row.class_id.name,
                            },
                        )
                    )

    def _domain_of_entries(self):
        self.ensure_one()
        return [
            ("pupil_id", "=", self.pupil_id.id),
            ("journal_id.class_ids", "in", self.class_id.ids),
            ("date", ">=", self.date_start),
            ("date", "<=", self.date_until),
        ]

    # ---- hooks -----------------------------------------------------------------------

    def _frozen_calendars(self):
        return {row.id: row.class_id.calendar_id for row in self}

    # ---- subgroups -------------------------------------------------------------------

    @api.model
    def _cut_memberships(self, pupils, classes):
        """Who leaves the class leaves its subgroups on the same day."""
        # sudo: the membership follows the enrolment, whoever changed that
        members = self.env["ejournal.subgroup.member"].sudo()
        members.search(
            [
                ("pupil_id", "in", pupils.ids),
                ("subgroup_id.class_ids", "in", classes.ids),
            ]
        )._cut_to_enrollments()

    # ---- numbers ---------------------------------------------------------------------

    @api.model
    def _assign_numbers(self, classes, anew=False):
        """Give places on the lists.

        By the alphabet until the year begins; from then on newcomers get the next
        numbers and nobody's number changes: prints and paper name pupils by it.

        :param anew: number all by the alphabet, see ``ejournal.class.action_renumber``
        """
        # sudo: a place on the list follows from the enrolment
        rows = self.sudo().search([("class_id", "in", classes.ids)])
        by_class = rows.grouped("class_id")
        by_number = defaultdict(rows.browse)
        for class_ in classes.sudo():
            own = by_class.get(class_, rows.browse())
            first_day = class_.year_id.date_start
            before = class_.company_id._ejournal_today() < first_day
            keep = own.browse() if anew or before else own.filtered("number")
            last = class_.last_number if keep else 0
            places = (own - keep).sorted(lambda row, day=first_day: row._place(day))
            for number, row in enumerate(places, last + 1):
                if row.number != number:
                    by_number[number] |= row
            if places:
                # a real UPDATE: two who enrol at once are run one after the other
                class_.last_number = last + len(places)
        for number, placed in by_number.items():
            placed.write({"number": number})

    def _place(self, first_day):
        """Order of a list: those of the first day by name, newcomers as they came."""
        return max(self.date_start, first_day), self.pupil_id.sort_key, self.id

    # ---- moving ----------------------------------------------------------------------

    def action_move(self, class_to, date, reason=None):
        """Move pupils to another class of the school.

        :param class_to: ``ejournal.class`` or its id
        :param date: first day in the new class; a day that is the first of the present
            row changes the row itself, since not a day was spent in the old class
        :param reason: why; as shipped the name of the new class
        :returns: the rows in the new class
        """
        class_to = self.env["ejournal.class"].browse(
            class_to if isinstance(class_to, int) else class_to.id
        )
        date = fields.Date.to_date(date)
        self.check_access("write")
        outside = self.filtered(lambda row: not row._covers(date))
        if outside:
            raise UserError(
                self.env._(
                    "%(pupil)s is not in %(class)s on %(date)s. Choose a day between "
                    "the first and the last one there.",
                    **{
                        "pupil": outside[0].pupil_id.short_name,
                        "class": outside[0].class_id.name,
                        "date": short_date(date),
                    },
                )
            )
        whole = self.filtered(lambda row: row.date_start == date)
        whole.write({"class_id": class_to.id})
        leaving = self - whole
        vals_list = [
            {
                "pupil_id": row.pupil_id.id,
                "class_id": class_to.id,
                "date_start": date,
                "date_end": row.date_end,
                "form": row.form,
            }
            for row in leaving
        ]
        leaving.with_context(**{_MOVING_KEY: _MOVING}).write(
            {
                "date_end": date - timedelta(days=1),
                "leave_reason": reason or class_to.name,
            }
        )
        arrived = self.create(vals_list)
        self._cut_memberships(leaving.pupil_id, leaving.class_id | class_to)
        return whole | arrived
