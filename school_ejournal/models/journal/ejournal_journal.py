from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class EjournalJournal(models.Model):
    """The journal of a subject: one class, or a subgroup of one or several, a year."""

    _name = "ejournal.journal"
    _description = "Journal"
    _inherit = ["ejournal.recorded.mixin"]
    _order = "year_id, class_key, subject_sequence, id"
    _rec_names_search = ["name"]
    _check_company_auto = True

    _recorded_fields = (
        "class_ids",
        "subgroup_id",
        "subject_id",
        "calendar_id",
        "scale_id",
        "assessment",
    )
    _recorded_at_edges = ()

    company_id = fields.Many2one(
        related="year_id.company_id", store=True, index=True, precompute=True
    )
    name = fields.Char(compute="_compute_name", store=True, index="trigram")
    year_id = fields.Many2one(
        "ejournal.year",
        string="Academic year",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        compute="_compute_from_classes",
        store=True,
        readonly=False,
        precompute=True,
    )
    calendar_id = fields.Many2one(
        "ejournal.calendar",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        compute="_compute_from_classes",
        store=True,
        readonly=False,
        precompute=True,
        help="Whose quarters and holidays the lessons follow.",
    )
    scale_id = fields.Many2one(
        "ejournal.scale",
        ondelete="restrict",
        check_company=True,
        compute="_compute_from_classes",
        store=True,
        readonly=False,
        precompute=True,
    )
    class_ids = fields.Many2many(
        "ejournal.class",
        "ejournal_journal_class_rel",
        "journal_id",
        "class_id",
        string="Classes",
        check_company=True,
        compute="_compute_class_ids",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('year_id', '=', year_id)]",
    )
    subgroup_id = fields.Many2one(
        "ejournal.subgroup", index=True, ondelete="restrict", check_company=True
    )
    subject_id = fields.Many2one(
        "ejournal.subject",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    assessment = fields.Selection(
        [("marks", "Marks"), ("credit", "Credit"), ("none", "No marks")],
        required=True,
        compute="_compute_assessment",
        store=True,
        readonly=False,
        precompute=True,
        help="Unmarked grades keep topics and attendance only.",
    )
    hours_week = fields.Float(string="Hours a week")
    assignment_ids = fields.One2many(
        "ejournal.assignment", "journal_id", string="Teachers"
    )
    teacher_id = fields.Many2one(
        "res.users",
        index=True,
        compute="_compute_teacher_id",
        inverse="_inverse_teacher_id",
        store=True,
        ondelete="restrict",
        check_company=True,
        help="The present main teacher; empty while the post is vacant.",
    )
    slot_ids = fields.One2many("ejournal.timetable.slot", "journal_id")
    plan_ids = fields.One2many("ejournal.plan", "journal_id", string="Plans")
    plan_id = fields.Many2one(
        "ejournal.plan",
        compute="_compute_plan_id",
        search="_search_plan_id",
    )
    lesson_ids = fields.One2many("ejournal.lesson", "journal_id", string="Lessons")
    work_ids = fields.One2many("ejournal.work", "journal_id", string="Columns")
    class_key = fields.Char(compute="_compute_name", store=True)
    subject_sequence = fields.Integer(related="subject_id.sequence", store=True)

    _subject_idx = models.Index("(subject_id, year_id)")

    # ---- computes ------------------------------------------------------------------

    @api.depends("subgroup_id.class_ids")
    def _compute_class_ids(self):
        for journal in self:
            if journal.subgroup_id:
                journal.class_ids = journal.subgroup_id.class_ids

    @api.depends("class_ids")
    def _compute_from_classes(self):
        for journal in self:
            first = journal.class_ids[:1]
            journal.year_id = journal.year_id or first.year_id
            journal.calendar_id = journal.calendar_id or first.calendar_id
            journal.scale_id = journal.scale_id or first.scale_id

    @api.depends("class_ids.marked")
    def _compute_assessment(self):
        for journal in self:
            if journal.assessment and journal.assessment != "none":
                continue
            marked = journal.class_ids.filtered("marked") or not journal.class_ids
            journal.assessment = "marks" if marked else "none"

    @api.depends(
        "subject_id.name", "subgroup_id.name", "class_ids.name", "class_ids.sort_key"
    )
    def _compute_name(self):
        for journal in self:
            classes = journal.class_ids.sorted("sort_key")
            parts = [
                ", ".join(classes.mapped("name")),
                journal.subject_id.name,
                journal.subgroup_id.name,
            ]
            journal.name = " · ".join(part for part in parts if part)
            journal.class_key = classes[:1].sort_key or ""

    @api.depends("plan_ids")
    def _compute_plan_id(self):
        for journal in self:
            journal.plan_id = journal.plan_ids[:1]

    def _search_plan_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("plan_ids", "in", list(value))]

    @api.depends("name")
    def _compute_display_name(self):
        for journal in self:
            journal.display_name = journal.name or ""

    @api.depends(
        "assignment_ids.teacher_id",
        "assignment_ids.role",
        "assignment_ids.date_start",
        "assignment_ids.date_end",
    )
    def _compute_teacher_id(self):
        for journal in self:
            journal.teacher_id = journal._main_teacher_on(journal._present_day())

    def _inverse_teacher_id(self):
        self.env["ejournal.assignment"]._hand_over(self)

    # ---- constraints -----------------------------------------------------------------

    @api.constrains("class_ids", "subgroup_id", "year_id", "calendar_id")
    def _check_same_year(self):
        for journal in self:
            years = journal.class_ids.year_id | journal.calendar_id.year_id
            if not journal.class_ids:
                raise ValidationError(
                    self.env._("Name the class or the subgroup of the journal.")
                )
            if years != journal.year_id:
                raise ValidationError(
                    self.env._(
                        "Classes and term calendar of “%(journal)s” belong to another "
                        "academic year; choose those of %(year)s.",
                        journal=journal.name,
                        year=journal.year_id.name,
                    )
                )

    @api.constrains("class_ids", "subgroup_id", "subject_id")
    def _check_unique_per_class(self):
        """One query for all: an import makes hundreds of journals at once."""
        whole = self.filtered(lambda journal: not journal.subgroup_id)
        journals = self.search(
            [
                ("year_id", "in", whole.year_id.ids),
                ("subject_id", "in", whole.subject_id.ids),
                ("subgroup_id", "=", False),
            ]
        )
        first = {}
        for journal in journals:
            place = (journal.year_id, journal.subject_id, frozenset(journal.class_ids))
            twin = first.setdefault(place, journal)
            if twin != journal and (twin | journal) & whole:
                raise ValidationError(
                    self.env._(
                        "There is already a journal “%(journal)s”. Open that one, or "
                        "name a subgroup.",
                        journal=twin.name,
                    )
                )

    # What a lesson with entries stands on stays as it is.
    _FIXED_WITH_ENTRIES = (
        "class_ids",
        "subgroup_id",
        "subject_id",
        "year_id",
        "scale_id",
        "assessment",
    )

    def _judge_write(self, names):
        if names and "calendar_id" in names:
            # another calendar re-assigns the periods of lessons: only open ones
            self.sudo().lesson_ids.period_id._check_open()
        if names and names & set(self._FIXED_WITH_ENTRIES):
            self._refuse_with_entries()
        return super()._judge_write(names)

    def _refuse_with_entries(self):
        used = self.env["ejournal.lesson"]._having_entries(
            Domain("journal_id", "in", self.ids)
        )
        if used:
            raise ValidationError(
                self.env._(
                    "The journal “%(journal)s” has entries: its class, subgroup, subject "
                    "and scale stay. Make a new journal instead.",
                    journal=used[:1].journal_id.name,
                )
            )

    # ---- teachers ----------------------------------------------------------------------

    def _main_teacher_on(self, date):
        """The main teacher of one journal on a date (``res.users``, may be empty)."""
        self.ensure_one()
        return self.assignment_ids.filtered(
            lambda a: a.role == "main" and a._covers(date)
        ).teacher_id[:1]

    def _refresh_present_teachers(self):
        """Nightly: the present main teacher follows the calendar."""
        self.env.add_to_compute(self._fields["teacher_id"], self)

    # ---- pupils ------------------------------------------------------------------------

    def _pupil_spans(self, date_start, date_end):
        """Who is on the list of each journal, from–to.

        :returns: ``{journal id: [span]}``; a span is the dict of
            ``ejournal.class._spans_of``: pupil_id, date_start, date_end, listed_on,
            number, form. A pupil of a subgroup counts while both the class and the
            subgroup have him.
        """
        classes = self.class_ids
        class_spans = classes._spans_of(classes, date_start, date_end)
        subgroups = self.subgroup_id
        member_spans = subgroups._member_spans(subgroups, date_start, date_end)
        result = {}
        for journal in self:
            spans = [
                span for class_ in journal.class_ids for span in class_spans[class_.id]
            ]
            if journal.subgroup_id:
                spans = _within(spans, member_spans[journal.subgroup_id.id])
            result[journal.id] = spans
        return result


def _within(spans, member_spans):
    """Cut class spans to the time the pupil is in the subgroup."""
    by_pupil = {}
    for member in member_spans:
        by_pupil.setdefault(member["pupil_id"], []).append(member)
    result = []
    for span in spans:
        for member in by_pupil.get(span["pupil_id"], ()):
            start = max(span["date_start"], member["date_start"])
            ends = [d for d in (span["date_end"], member["date_end"]) if d]
            end = min(ends) if ends else False
            if not end or start <= end:
                listed_on = max(span["listed_on"], member["listed_on"])
                result.append(
                    {
                        **span,
                        "date_start": start,
                        "date_end": end,
                        "listed_on": listed_on,
                    }
                )
    return result
