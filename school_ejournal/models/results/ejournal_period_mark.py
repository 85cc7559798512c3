from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.formulas import EXEMPT, NOT_ATTESTED

KINDS = [
    ("period", "Period mark"),
    ("exam", "Exam"),
    ("autumn", "Autumn exam"),
    ("final", "Final mark"),
]
INSTEAD_OF_A_MARK = (NOT_ATTESTED, EXEMPT)


class EjournalPeriodMark(models.Model):
    """A pupil's mark of a subject for a quarter, a half-year or the year.

    The teacher sets it; the average only proposes. ``average`` and ``proposed`` are kept
    as they stood when the mark was set. ``value`` is a value of the scale, or «н/а» not
    attested or «осв» exempt, stored so whatever the language.
    """

    _name = "ejournal.period.mark"
    _description = "Period Mark"
    _inherit = ["ejournal.recorded.mixin"]
    _order = "period_id, subject_id, pupil_id, id"
    _rec_name = "value"
    _check_company_auto = True

    _recorded_fields = (
        "value",
        "journal_id",
        "origin",
        "override_reason",
        "order_ref",
    )
    _recorded_at_edges = ("value", "origin", "override_reason", "order_ref")

    pupil_id = fields.Many2one(
        "ejournal.pupil",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="pupil_id.company_id", store=True, index=True, precompute=True
    )
    journal_id = fields.Many2one(
        "ejournal.journal",
        index=True,
        ondelete="restrict",
        check_company=True,
        help="The last journal in which the pupil was taught; empty for a subject that "
        "only the former school taught.",
    )
    subject_id = fields.Many2one(
        "ejournal.subject",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        compute="_compute_subject_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    class_id = fields.Many2one(
        "ejournal.class",
        index=True,
        ondelete="restrict",
        check_company=True,
        compute="_compute_class_id",
        store=True,
        precompute=True,
        help="The pupil's class at the end of the period.",
    )
    period_id = fields.Many2one(
        "ejournal.period",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    year_id = fields.Many2one(
        related="period_id.year_id", store=True, index=True, precompute=True
    )
    kind = fields.Selection(KINDS, required=True, default="period")
    value = fields.Char(string="Mark")
    value_text = fields.Char(string="Shown as", compute="_compute_value_text")
    score = fields.Float(
        compute="_compute_score", store=True, precompute=True, aggregator="avg"
    )
    average = fields.Float(
        digits=(6, 2),
        readonly=True,
        aggregator="avg",
        help="Average of the pupil's marks when the period mark was set.",
    )
    proposed = fields.Char(
        readonly=True, help="What the average proposed when the mark was set."
    )
    origin = fields.Selection(
        [("own", "This school"), ("former", "Former school")],
        required=True,
        default="own",
    )
    override_reason = fields.Char(
        string="Reason",
        help="Why the mark is another one than the average proposes, or why it was "
        "changed after the period was closed.",
    )
    order_ref = fields.Char(
        string="Order", help="Number of the order by which a closed mark was changed."
    )
    closed_value = fields.Char(
        string="Was at the closing",
        readonly=True,
        help="The mark as it stood when the period was closed, before the order.",
    )

    _pupil_uniq = models.Constraint(
        "UNIQUE(pupil_id, subject_id, period_id, kind)",
        "The pupil already has this mark of the period. Change that one.",
    )
    _period_subject_idx = models.Index("(period_id, subject_id)")

    # ---- computes --------------------------------------------------------------------

    @api.depends("journal_id")
    def _compute_subject_id(self):
        for mark in self:
            mark.subject_id = mark.journal_id.subject_id or mark.subject_id

    @api.depends("pupil_id", "journal_id", "period_id")
    def _compute_class_id(self):
        """One query for all; a class of the journal before another one."""
        spans = self.env["ejournal.enrollment"].search_fetch(
            [
                ("pupil_id", "in", self.pupil_id.ids),
                ("class_id.year_id", "in", self.period_id.year_id.ids),
            ],
            ["pupil_id", "class_id", "date_start", "date_until", "grade"],
        )
        by_pupil = spans.grouped("pupil_id")
        for mark in self:
            last_day = mark.period_id.date_end
            own = by_pupil.get(mark.pupil_id, spans.browse()).filtered(
                lambda row, m=mark: row.class_id.year_id == m.period_id.year_id
            )
            classes = mark.journal_id.class_ids
            own = own.sorted(
                lambda row, last=last_day, classes=classes: (
                    row.class_id in classes,
                    bool(row.grade),
                    row.date_start <= last,
                    row.date_until,
                )
            )
            mark.class_id = own[-1:].class_id or classes[:1]

    @api.depends("value", "journal_id")
    def _compute_score(self):
        for mark in self.sudo():
            mark.score = mark._scale()._score(mark.value) or 0.0

    @api.depends("value")
    @api.depends_context("lang")
    def _compute_value_text(self):
        signs = {
            company: company._ejournal_signs_of_marks() for company in self.company_id
        }
        for mark in self:
            text = signs.get(mark.company_id, {}).get(mark.value)
            mark.value_text = text or mark.value

    # ---- constraints -----------------------------------------------------------------

    def _scale(self):
        """The scale that the mark is of (sudo)."""
        self.ensure_one()
        mark = self.sudo()
        if mark.journal_id:
            return mark.journal_id._period_scale()
        return mark.class_id.scale_id or self.env["ejournal.scale"].sudo()._default(
            mark.company_id
        )

    @api.constrains("value", "journal_id", "kind")
    def _check_value(self):
        for mark in self.sudo():
            if mark.journal_id.assessment == "none":
                raise ValidationError(mark.journal_id._no_period_marks_text())
            value = mark.value
            if not value or value in INSTEAD_OF_A_MARK:
                continue
            if mark._scale()._normalize(value) != value:
                raise ValidationError(mark._unknown_value_text(value))

    def _unknown_value_text(self, value):
        scale = self._scale()
        return self.env._(
            "“%(value)s” is no period mark here; the scale has %(values)s, beside them "
            "“not attested” and “exempt”.",
            value=str(value)[:20],
            values=", ".join(scale._current_values()),
        )

    @api.constrains("kind", "period_id", "journal_id", "subject_id")
    def _check_place(self):
        """A mark lies in its journal's own periods; exams and final marks in the year."""
        for mark in self.sudo():
            period, journal = mark.period_id, mark.journal_id
            if mark.kind != "period" and period.kind != "year":
                raise ValidationError(
                    self.env._(
                        "Exams and final marks belong to the year, not to a part."
                    )
                )
            if journal and period.calendar_id != journal.calendar_id:
                raise ValidationError(
                    self.env._(
                        "%(period)s is of another term calendar than “%(journal)s”. "
                        "Choose a period of that one.",
                        period=period.display_name,
                        journal=journal.name,
                    )
                )
            if journal and mark.subject_id != journal.subject_id:
                raise ValidationError(
                    self.env._(
                        "“%(journal)s” is a journal of another subject than "
                        "%(subject)s.",
                        journal=journal.name,
                        subject=mark.subject_id.name,
                    )
                )

    @api.constrains("pupil_id", "journal_id", "origin")
    def _check_on_list(self):
        """Who never was on the list gets no mark; who moved on gets it there."""
        for (journal, period), marks in (
            self.sudo().grouped(lambda mark: (mark.journal_id, mark.period_id)).items()
        ):
            if not journal:
                if bad := marks.filtered(lambda mark: mark.origin == "own"):
                    raise ValidationError(
                        self.env._(
                            "Name the journal in which %(pupil)s is marked.",
                            pupil=bad[0].pupil_id.short_name,
                        )
                    )
                continue
            known = self._known_of(journal, period)
            listed = set(known.pupil_ids if known else journal._period_pupils(period))
            if any(mark.origin == "former" for mark in marks):
                listed |= set(journal._year_pupils())
            for mark in marks:
                if mark.pupil_id.id not in listed:
                    raise ValidationError(
                        self.env._(
                            "%(pupil)s is not on the list of “%(journal)s” in "
                            "%(period)s, or has gone on to another journal of the "
                            "subject. The mark is set there.",
                            pupil=mark.pupil_id.short_name,
                            journal=journal.name,
                            period=period.display_name,
                        )
                    )
