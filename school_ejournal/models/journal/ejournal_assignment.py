from datetime import timedelta

from odoo import api, fields, models


class EjournalAssignment(models.Model):
    """Who teaches a journal, from–to.

    One main teacher a day, any number of co-teachers. A co-teacher reads, and writes
    when the deputy director ticks ``may_write``. A change reaches the lessons from its
    date on that have no entries; lessons of the past keep their teacher.
    """

    _name = "ejournal.assignment"
    _description = "Teacher of a Journal"
    _inherit = ["ejournal.span.mixin", "ejournal.recorded.mixin"]
    _order = "journal_id, date_start desc, id desc"
    _rec_name = "teacher_id"
    _check_company_auto = True

    _recorded_fields = ("teacher_id", "role", "may_write", "date_start", "date_end")

    journal_id = fields.Many2one(
        "ejournal.journal",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="journal_id.company_id", store=True, index=True, precompute=True
    )
    teacher_id = fields.Many2one(
        "res.users",
        string="Teacher",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('share', '=', False)]",
    )
    role = fields.Selection(
        [("main", "Main teacher"), ("co", "Co-teacher")], required=True, default="main"
    )
    may_write = fields.Boolean(
        string="May write",
        help="Lets a co-teacher enter marks, attendance and topics like the main "
        "teacher.",
    )
    # Record rules must not read today's date, so the past is marked by the clock.
    is_over = fields.Boolean(compute="_compute_is_over", store=True, index=True)

    _one_main_a_day = models.Index("(journal_id, role, date_start)")

    @api.depends("date_end")
    def _compute_is_over(self):
        for assignment in self:
            today = assignment.company_id._ejournal_today()
            assignment.is_over = bool(
                assignment.date_end and assignment.date_end < today
            )

    @api.constrains("journal_id", "role", "teacher_id", "date_start", "date_end")
    def _check_no_overlap(self):
        """One main teacher a day; no teacher twice at once."""
        for journal in self.journal_id:
            rows = journal.assignment_ids
            mains = rows.filtered(lambda a: a.role == "main")
            mains._refuse_overlap(
                self.env._(
                    "“%(journal)s” has another main teacher in these days. End that "
                    "assignment first, or make this one a co-teacher.",
                    journal=journal.name,
                )
            )
            for teacher in rows.teacher_id:
                rows.filtered(lambda a, t=teacher: a.teacher_id == t)._refuse_overlap(
                    self.env._(
                        "%(teacher)s is already assigned to “%(journal)s” in these "
                        "days.",
                        teacher=teacher.name,
                        journal=journal.name,
                    )
                )

    # ---- doors -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        assignments = super().create(vals_list)
        assignments.journal_id._teachers_changed(min(assignments.mapped("date_start")))
        return assignments

    def write(self, vals):
        first = self._first_date()
        result = super().write(vals)
        if first:
            ends = [date for date in self.mapped("date_end") if date]
            first = min([first, *self.mapped("date_start"), *ends])
            self.journal_id._teachers_changed(first)
        return result

    def unlink(self):
        journals, first = self.journal_id, self._first_date()
        result = super().unlink()
        if first:
            journals._teachers_changed(first)
        return result

    def _first_date(self):
        return min(self.mapped("date_start"), default=None)

    # ---- hand-over ---------------------------------------------------------------------

    @api.model
    def _hand_over(self, journals):
        """Make ``journal.teacher_id`` the main teacher from today.

        The first main teacher of a journal has it from the year's beginning; a later
        one from today, and the former's time ends yesterday.
        """
        # read the wish first: ending the former recomputes teacher_id
        wishes = {journal: journal.teacher_id for journal in journals}
        vals_list = []
        for journal, teacher in wishes.items():
            mains = journal.assignment_ids.filtered(lambda a: a.role == "main")
            today = journal.company_id._ejournal_today()
            if journal._main_teacher_on(today) == teacher:
                continue
            start = max(today, journal.year_id.date_start) if mains else None
            mains._end_before(start or journal.year_id.date_start)
            if teacher:
                vals_list.append(
                    {
                        "journal_id": journal.id,
                        "teacher_id": teacher.id,
                        "role": "main",
                        "date_start": start or journal.year_id.date_start,
                    }
                )
        self.create(vals_list)

    def _end_before(self, date):
        """End what lasts until ``date`` or longer on the day before; drop what has not
        begun."""
        self.filtered(lambda a: a.date_start >= date).unlink()
        self.exists().filtered(lambda a: not a.date_end or a.date_end >= date).write(
            {"date_end": date - timedelta(days=1)}
        )

    @api.model
    def _refresh_over(self):
        """Nightly: mark assignments whose last day has passed."""
        self.env.add_to_compute(
            self._fields["is_over"],
            self.search([("is_over", "=", False), ("date_end", "!=", False)]),
        )
        self.flush_model(["is_over"])
