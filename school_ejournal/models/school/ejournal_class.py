from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ...tools.alphabet import sort_key
from ...tools.letters import (
    join_class_name,
    normalize_class_letter,
    normalize_class_name,
    split_class_name,
)
from ...tools.passage import has_passage
from ...tools.stored import stored_rows

LAST_UNMARKED_GRADE = 3
_SPAN_FIELDS = (
    "class_id",
    "pupil_id",
    "date_start",
    "date_end",
    "listed_on",
    "number",
    "form",
)


class EjournalClass(models.Model):
    """A class of a year: 7-А."""

    _name = "ejournal.class"
    _description = "Class"
    _inherit = ["ejournal.recorded.mixin"]
    _order = "year_id, sort_key, id"
    _check_company_auto = True

    _system_fields = ("last_number",)
    _recorded_fields = (
        "name",
        "calendar_id",
        "scale_id",
        "marked",
        "programme",
    )
    _recorded_at_edges = ()

    year_id = fields.Many2one(
        "ejournal.year",
        string="Academic year",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="year_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    grade = fields.Integer(
        aggregator=None, help="1 to 12; 0 for pupils who are taught at home one by one."
    )
    letter = fields.Char()
    sort_key = fields.Char(
        compute="_compute_sort_key", store=True, precompute=True, index=True
    )
    calendar_id = fields.Many2one(
        "ejournal.calendar",
        string="Term calendar",
        compute="_compute_calendar_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('year_id', '=', year_id)]",
    )
    shift_id = fields.Many2one(
        "ejournal.shift", index=True, ondelete="restrict", check_company=True
    )
    scale_id = fields.Many2one(
        "ejournal.scale",
        compute="_compute_scale_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        check_company=True,
    )
    programme = fields.Selection(
        [("11", "11 years"), ("12", "12 years")],
        required=True,
        default="11",
        help="A school may hold both programmes at once.",
    )
    marked = fields.Boolean(
        compute="_compute_marked",
        store=True,
        readonly=False,
        precompute=True,
        help="Whether the class gets marks. Grades 1–3 get none as shipped "
        "(State Standard 2025).",
    )
    class_teacher_id = fields.Many2one(
        "res.users",
        string="Class teacher",
        compute="_compute_class_teacher_id",
        inverse="_inverse_class_teacher_id",
        store=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('share', '=', False)]",
        copy=False,
        help="The present one; an acting class teacher goes before the main one.",
    )
    teacher_ids = fields.One2many(
        "ejournal.class.teacher", "class_id", string="Class teachers"
    )
    enrollment_ids = fields.One2many(
        "ejournal.enrollment", "class_id", string="Pupils", check_company=True
    )
    # chosen in the subgroup, which guards journals with entries; shown here
    subgroup_ids = fields.Many2many(
        "ejournal.subgroup", compute="_compute_subgroup_ids", string="Subgroups"
    )
    last_number = fields.Integer(
        readonly=True,
        copy=False,
        help="The highest number on the list that was ever given.",
    )

    _name_uniq = models.Constraint(
        "UNIQUE(year_id, name)",
        "The year already has a class of this name. Choose another letter.",
    )
    _grade_range = models.Constraint(
        "CHECK(grade BETWEEN 0 AND 12)", "The grade is 0 to 12."
    )

    # ---- computes --------------------------------------------------------------------

    @api.depends("grade", "letter")
    def _compute_name(self):
        for class_ in self:
            made = join_class_name(class_.grade, class_.letter)
            class_.name = made or class_.name

    @api.depends("grade", "letter", "name")
    def _compute_sort_key(self):
        for class_ in self:
            # pupils who are taught one by one stand after the classes
            grade = class_.grade or 99
            class_.sort_key = f"{grade:02}{sort_key(class_.letter or class_.name)}"

    @api.depends("year_id")
    def _compute_calendar_id(self):
        for class_ in self:
            if class_.calendar_id.year_id != class_.year_id:
                class_.calendar_id = class_.year_id._default_calendar()

    @api.depends("year_id")
    def _compute_scale_id(self):
        scales = self.env["ejournal.scale"]
        for class_ in self:
            if not class_.scale_id and class_.company_id:
                class_.scale_id = scales._default(class_.company_id)

    @api.depends("grade")
    def _compute_marked(self):
        for class_ in self:
            class_.marked = not 0 < class_.grade <= LAST_UNMARKED_GRADE

    @api.depends(
        "year_id.date_start",
        "year_id.date_end",
        "teacher_ids.teacher_id",
        "teacher_ids.role",
        "teacher_ids.date_start",
        "teacher_ids.date_end",
    )
    def _compute_class_teacher_id(self):
        for class_ in self:
            day = class_._present_day()
            class_.class_teacher_id = class_._class_teacher_on(day)

    def _inverse_class_teacher_id(self):
        # read the wishes first: ending a former row recomputes the field
        for class_, teacher in [(c, c.class_teacher_id) for c in self]:
            class_._hand_over_to(teacher)

    @api.depends_context("uid")
    def _compute_subgroup_ids(self):
        subgroups = self.env["ejournal.subgroup"].search(
            [("class_ids", "in", self.ids)]
        )
        for class_ in self:
            class_.subgroup_ids = subgroups.filtered(
                lambda subgroup, c=class_: c in subgroup.class_ids
            )

    # ---- constraints -----------------------------------------------------------------

    @api.constrains("calendar_id", "year_id")
    def _check_calendar_of_year(self):
        for class_ in self:
            if class_.calendar_id.year_id != class_.year_id:
                raise ValidationError(
                    self.env._(
                        "The term calendar “%(calendar)s” belongs to another academic "
                        "year; choose one of %(year)s for %(class)s.",
                        **{
                            "calendar": class_.calendar_id.name,
                            "year": class_.year_id.name,
                            "class": class_.name,
                        },
                    )
                )

    # ---- doors -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._tidy_name(vals) for vals in vals_list])

    def write(self, vals):
        vals = self._tidy_name(vals)
        if "calendar_id" in vals:
            self._refuse_other_calendar(vals["calendar_id"])
        if "year_id" in vals and self.enrollment_ids:
            raise UserError(
                self.env._(
                    "A class with pupils stays in its academic year. Make a class in "
                    "the other year and enrol the pupils there."
                )
            )
        return super().write(vals)

    @api.model
    def _tidy_name(self, vals):
        """«1-A» typed with a Latin A is «1-А»; the name alone gives grade and letter."""
        vals = dict(vals)
        if vals.get("letter"):
            vals["letter"] = normalize_class_letter(vals["letter"])
        if vals.get("name"):
            grade, letter = split_class_name(vals["name"])
            vals["name"] = normalize_class_name(vals["name"])
            if grade and not {"grade", "letter"} & vals.keys():
                vals.update(grade=grade, letter=letter)
        return vals

    def _refuse_other_calendar(self, calendar_id):
        """Another calendar must not slip a class out of its closed periods."""
        if has_passage(self.env):
            return
        for class_ in self.filtered(lambda c: c.calendar_id.id != calendar_id):
            calendars = class_.calendar_id | class_.calendar_id.browse(calendar_id)
            # sudo: everybody is bound by the periods, whoever may read them
            calendars.sudo()._leaf_periods()._check_open()

    # ---- class teacher ---------------------------------------------------------------

    def _present_day(self):
        """Today, or the nearest day of the class's year: in August, 1 September."""
        self.ensure_one()
        # a form that is being filled in has no year and so no school yet
        company = self.company_id or self.env.company
        today = company._ejournal_today()
        return self.year_id._clamp(today) if self.year_id.date_start else today

    def _class_teacher_on(self, date):
        """Who leads the class on a date (``res.users``, may be empty): an acting class
        teacher goes before the main one."""
        self.ensure_one()
        rows = self.teacher_ids.filtered(lambda row: row._covers(date))
        acting = rows.filtered(lambda row: row.role == "acting")
        return (acting or rows)[:1].teacher_id

    def _hand_over_to(self, teacher):
        """Make a user the class teacher at once.

        The first one has the class from the year's first day; a later one from today,
        and whoever led it ends yesterday. A hand-over that is planned for later stays.
        """
        self.ensure_one()
        day = self._present_day()
        rows = self.teacher_ids
        if rows and self._class_teacher_on(day) == teacher:
            return
        start = day if rows else self.year_id.date_start
        rows._end_before(start)
        if not teacher:
            return
        later = rows.exists() - rows.exists().filtered(lambda r: r.date_start <= start)
        later = later.filtered(lambda row: row.role == "main")
        next_start = min(later.mapped("date_start"), default=None)
        self.env["ejournal.class.teacher"].create(
            {
                "class_id": self.id,
                "teacher_id": teacher.id,
                "role": "main",
                "date_start": start,
                "date_end": next_start and next_start - timedelta(days=1),
            }
        )

    @api.model
    def _refresh_present_teachers(self):
        """Nightly: the present class teacher follows the dates."""
        last_week = fields.Date.today() - timedelta(days=7)
        classes = self.search([("year_id.date_end", ">=", last_week)])
        self.env.add_to_compute(self._fields["class_teacher_id"], classes)
        classes.flush_recordset(["class_teacher_id"])

    # ---- list ------------------------------------------------------------------------

    def _pupils_on(self, date):
        """The pupils on the list on a date, in the order of the list."""
        enrollments = self.env["ejournal.enrollment"]
        rows = enrollments.search_fetch(
            Domain("class_id", "in", self.ids) & enrollments._during(date, date),
            ["pupil_id"],
        )
        return rows.pupil_id

    @api.model
    def _spans_of(self, classes, date_start, date_end):
        """Who is on the list of each class between two dates. One query.

        :returns: ``{class id: [span]}`` in the order of the list; a span is a dict:
            ``pupil_id``, ``date_start``, ``date_end`` (``False`` while it lasts),
            ``listed_on`` (typed that day; on lessons before it the pupil was not on the
            list), ``number``, ``form``
        """
        result = {class_id: [] for class_id in classes.ids}
        enrollments = self.env["ejournal.enrollment"]
        for row in stored_rows(
            enrollments,
            Domain("class_id", "in", classes.ids)
            & enrollments._during(date_start, date_end),
            _SPAN_FIELDS,
            order=enrollments._order,
        ):
            span = dict(zip(_SPAN_FIELDS, row, strict=True))
            class_id = span.pop("class_id")
            span["date_end"] = span["date_end"] or False
            result[class_id].append(span)
        return result

    def action_renumber(self):
        """Number the list by the alphabet anew. Deputy director, before any print."""
        self.check_access("write")
        if not self.env.user.has_group("school_ejournal.group_deputy"):
            raise AccessError(
                self.env._("Only the deputy director numbers a list anew. Ask there.")
            )
        for class_ in self:
            barred = class_._renumbering_barred()
            if barred:
                raise UserError(barred)
        self.env["ejournal.enrollment"]._assign_numbers(self, anew=True)

    def _renumbering_barred(self):
        """Why the numbers stay, or ``False``. What prints lists extends it."""
        self.ensure_one()
        closed = self.calendar_id.period_ids.filtered(lambda p: p.state != "open")
        if not closed:
            return False
        return self.env._(
            "%(period)s is closed: the numbers of %(class)s stand on its lists and "
            "stay. Newcomers get the next numbers.",
            **{"period": closed[0].display_name, "class": self.name},
        )
