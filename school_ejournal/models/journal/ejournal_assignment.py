from datetime import timedelta

from odoo import api, fields, models

from ...tools import spans


class EjournalAssignment(models.Model):
    """Who teaches a journal, from–to.

    One main teacher a day, any number of co-teachers. A co-teacher reads, and writes
    when the deputy director ticks ``may_write``. A change reaches the lessons from its
    date on that have no entries; lessons of the past keep their teacher.
    """

    _name = "ejournal.assignment"
    _description = "Teacher of a Journal"
    _inherit = ["ejournal.span.over.mixin", "ejournal.recorded.mixin"]
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

    _one_main_a_day = models.Index("(journal_id, role, date_start)")

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
        assignments._refuse_oneself()
        assignments._tell_lessons({})
        return assignments

    def write(self, vals):
        before = self._main_spells()
        result = super().write(vals)
        if vals.keys() & {"teacher_id", "role", "may_write", "date_start", "date_end"}:
            self._refuse_oneself()
        self._tell_lessons(before)
        return result

    def unlink(self):
        before = self._main_spells()
        result = super().unlink()
        self.browse()._tell_lessons(before)
        return result

    def _refuse_oneself(self):
        own = self.filtered(lambda a: a.teacher_id == self.env.user)
        own.filtered(
            lambda a: a.role == "main" or a.may_write
        ).journal_id._refuse_oneself(self.env.user)

    # ---- lessons follow ----------------------------------------------------------------

    def _main_spells(self):
        """The rows of main teachers as they stand, to see what a save changed.

        :returns: ``{row id: (journal, teacher, date_start, date_end)}``
        """
        return {
            row.id: (row.journal_id, row.teacher_id, row.date_start, row.date_end)
            for row in self
            if row.role == "main"
        }

    def _tell_lessons(self, before):
        """Give the lessons their main teacher where these rows changed.

        :param before: :meth:`_main_spells` before the change; empty at creation
        """
        after = self._main_spells()
        first_days, former = {}, {}
        for row_id in before.keys() | after.keys():
            if before.get(row_id) == after.get(row_id):
                continue
            for journal, teacher, date_start, _date_end in filter(
                None, (before.get(row_id), after.get(row_id))
            ):
                known = first_days.get(journal, date_start)
                first_days[journal] = min(known, date_start)
                former[journal] = former.get(journal, teacher) | teacher
        alike = {}
        for journal, date in first_days.items():
            key = (date, former[journal])
            alike[key] = alike.get(key, journal) | journal
        for (date, teachers), journals in alike.items():
            journals._teachers_changed(date, teachers)

    @api.model
    def _main_teachers_of(self, journals):
        """The main teachers of journals over time; one query.

        :returns: function of a journal's id and a date: id of its main teacher on that
            date, or ``False``
        """
        # sudo: who teaches is no secret, and whoever plans has to know
        rows = self.sudo().search_fetch(
            [("journal_id", "in", journals.ids), ("role", "=", "main")],
            ["journal_id", "teacher_id", "date_start", "date_end"],
        )
        by_journal = {
            journal.id: [(row._span(), row.teacher_id.id) for row in own]
            for journal, own in rows.grouped("journal_id").items()
        }

        def teacher(journal_id, date):
            return next(
                (
                    teacher_id
                    for span, teacher_id in by_journal.get(journal_id, ())
                    if spans.covers(span, date)
                ),
                False,
            )

        return teacher

    # ---- hand-over ---------------------------------------------------------------------

    @api.model
    def _hand_over(self, journals):
        """Make ``journal.teacher_id`` the main teacher from today.

        The first main teacher of a journal has it from the year's beginning; a later
        one from today, and the former's time ends yesterday. A hand-over that is planned
        for later stays.
        """
        # read the wishes first: ending the former recomputes teacher_id
        wishes = [(journal, journal.teacher_id) for journal in journals]
        vals_list = []
        for journal, teacher in wishes:
            mains = journal.assignment_ids.filtered(lambda a: a.role == "main")
            day = journal._present_day()
            if journal._main_teacher_on(day) == teacher:
                continue
            start = day if mains else journal.year_id.date_start
            next_start = mains._end_before(start)
            if teacher:
                vals_list.append(
                    {
                        "journal_id": journal.id,
                        "teacher_id": teacher.id,
                        "role": "main",
                        "date_start": start,
                        "date_end": next_start and next_start - timedelta(days=1),
                    }
                )
        self.create(vals_list)

    def _end_before(self, date):
        """End the row that holds on ``date`` on the day before; drop it when it would
        have begun that very day.

        :returns: first day of the rows that come later and stay, or ``False``
        """
        later = self.filtered(lambda row: row.date_start > date)
        next_start = min(later.mapped("date_start"), default=False)
        holding = self.filtered(lambda row: row._covers(date))
        begun = holding.filtered(lambda row: row.date_start < date)
        (holding - begun).unlink()
        begun.write({"date_end": date - timedelta(days=1)})
        return next_start
