from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import spans


class EjournalSubgroupMember(models.Model):
    """A pupil in a subgroup, from–to."""

    _name = "ejournal.subgroup.member"
    _description = "Member of a Subgroup"
    _inherit = ["ejournal.span.roster.mixin", "ejournal.recorded.mixin"]
    _order = "date_start, id"
    _rec_name = "pupil_id"
    _check_company_auto = True

    _recorded_fields = ("pupil_id", "subgroup_id", "date_start", "date_end")
    _list_field = "subgroup_id"
    _frozen_fields = ("pupil_id", "subgroup_id")

    subgroup_id = fields.Many2one(
        "ejournal.subgroup",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="subgroup_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    date_start = fields.Date(
        compute="_compute_date_start", store=True, readonly=False, precompute=True
    )

    @api.depends("subgroup_id")
    def _compute_date_start(self):
        for row in self:
            if not row.date_start and row.subgroup_id.class_ids:
                row.date_start = row.subgroup_id.class_ids[0]._present_day()

    # ---- constraints -----------------------------------------------------------------

    @api.constrains("subgroup_id", "pupil_id", "date_start", "date_end")
    def _check_no_overlap(self):
        for subgroup in self.subgroup_id:
            concerned = subgroup.member_ids.filtered(
                lambda row: row.pupil_id in self.pupil_id
            )
            for pupil, rows in concerned.grouped("pupil_id").items():
                rows._refuse_overlap(
                    self.env._(
                        "%(pupil)s is already in the subgroup “%(subgroup)s” in these "
                        "days. Change that row instead.",
                        pupil=pupil.short_name,
                        subgroup=subgroup.name,
                    )
                )

    @api.constrains("subgroup_id", "pupil_id", "date_start", "date_end")
    def _check_enrolled(self):
        """A member is on the list of one of the classes all the time."""
        enrolled = self._enrolled_spans()
        for row in self:
            if spans.uncovered(row._span_in_year(), enrolled[row.id]):
                raise ValidationError(
                    self.env._(
                        "%(pupil)s is not on the list of a class of the subgroup "
                        "“%(subgroup)s” in all of these days. Enrol the pupil first, "
                        "or correct the dates.",
                        pupil=row.pupil_id.short_name,
                        subgroup=row.subgroup_id.name,
                    )
                )

    # ---- hooks -----------------------------------------------------------------------

    def _frozen_calendars(self):
        return {row.id: row.subgroup_id.class_ids.calendar_id for row in self}

    # ---- enrolment -------------------------------------------------------------------

    def _span_in_year(self):
        """The row's days; an open end lasts to the end of the academic year."""
        self.ensure_one()
        last = self.date_end or self.subgroup_id.class_ids[:1].year_id.date_end
        return self.date_start, max(self.date_start, last or self.date_start)

    def _enrolled_spans(self):
        """When each row's pupil is on the list of a class of its subgroup.

        :returns: ``{row id: [span]}``; one query for all rows
        """
        # sudo: the rule holds also where the user does not see the other class
        enrollments = self.env["ejournal.enrollment"].sudo()
        rows = enrollments.search(
            [
                ("pupil_id", "in", self.pupil_id.ids),
                ("class_id", "in", self.subgroup_id.class_ids.ids),
            ]
        )
        by_pupil = rows.grouped("pupil_id")
        return {
            member.id: [
                (row.date_start, row.date_until)
                for row in by_pupil.get(member.pupil_id.sudo(), ())
                if row.class_id.id in member.subgroup_id.class_ids.ids
            ]
            for member in self
        }

    def _cut_to_enrollments(self):
        """End rows with the enrolment they stand on; drop those that never stood."""
        enrolled = self._enrolled_spans()
        for row in self:
            span = row._span_in_year()
            gaps = spans.uncovered(span, enrolled[row.id])
            if not gaps:
                continue
            rest = spans.uncovered(span, gaps)
            if rest:
                row.write({"date_start": rest[0][0], "date_end": rest[0][1]})
            else:
                row.unlink()
