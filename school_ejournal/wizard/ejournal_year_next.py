from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.letters import join_class_name, normalize_class_letter
from ..tools.school_year import school_year_at
from .year_copy import YearCopy

# The last grade of each programme.
LAST_GRADE = {"11": 11, "12": 12}


class EjournalYearNext(models.TransientModel):
    """Makes the next academic year out of a year: shown first, then done as a whole.

    Classes go up a grade with their pupils, subgroups, journals and teachers; pupils who
    repeat the year or leave are named one by one. The old year stays as it is.
    """

    _name = "ejournal.year.next"
    _description = "Prepare the Next Year"

    year_id = fields.Many2one(
        "ejournal.year",
        string="Out of the year",
        required=True,
        ondelete="cascade",
        default=lambda self: self._last_year(),
    )
    date_start = fields.Date(
        string="First day",
        required=True,
        compute="_compute_dates",
        store=True,
        readonly=False,
        precompute=True,
    )
    date_end = fields.Date(
        string="Last day",
        required=True,
        compute="_compute_dates",
        store=True,
        readonly=False,
        precompute=True,
    )
    class_line_ids = fields.One2many(
        "ejournal.year.next.class",
        "next_id",
        string="Classes",
        compute="_compute_class_line_ids",
        store=True,
        readonly=False,
    )
    pupil_line_ids = fields.One2many(
        "ejournal.year.next.pupil", "next_id", string="Repeat the year or leave"
    )
    first_letters = fields.Char(
        string="New first grades",
        help="Their letters with commas between: А, Б, В. Empty when there are none.",
    )
    with_subgroups = fields.Boolean(string="Subgroups with their members", default=True)
    with_journals = fields.Boolean(string="Journals", default=True)
    with_teachers = fields.Boolean(
        string="Teachers and class teachers go up with the classes", default=True
    )

    @api.model
    def _last_year(self):
        years = self.env["ejournal.year"]
        return years.search([("company_id", "=", self.env.company.id)], limit=1)

    @api.depends("year_id")
    def _compute_dates(self):
        for wizard in self:
            if wizard.year_id:
                later = wizard.year_id.date_start.replace(
                    year=wizard.year_id.date_start.year + 1, day=1
                )
                dates = school_year_at(later)
                wizard.date_start, wizard.date_end = dates.date_start, dates.date_end

    @api.depends("year_id")
    def _compute_class_line_ids(self):
        for wizard in self:
            if wizard.class_line_ids.class_id.year_id == wizard.year_id:
                # what was given along with the year stays
                continue
            lines = [fields.Command.clear()]
            for class_ in wizard.year_id.class_ids:
                lines.append(
                    fields.Command.create(
                        {"class_id": class_.id, "goes_on": _goes_on(class_)}
                    )
                )
            wizard.class_line_ids = lines

    # ---- doing it ----------------------------------------------------------------------

    def action_make(self):
        """Make the year, all or nothing; the deputy director.

        :returns: the action that shows the new year, in preparation
        :raises UserError: two classes of one name, a pupil named twice, or one who
            repeats without a class to go to
        """
        self.ensure_one()
        self.env["ejournal.year"].check_access("create")
        self._refuse_twins()
        year = YearCopy(self).make()
        return {
            "type": "ir.actions.act_window",
            "res_model": "ejournal.year",
            "res_id": year.id,
            "view_mode": "form",
        }

    def _refuse_twins(self):
        names = [line.new_name for line in self.class_line_ids if line.goes_on]
        names += self._first_names()
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise UserError(
                self.env._(
                    "Two classes would be called %(names)s. Give one of them another "
                    "letter.",
                    names=", ".join(twice),
                )
            )
        pupils = self.pupil_line_ids.mapped("pupil_id")
        if len(pupils) < len(self.pupil_line_ids):
            raise UserError(
                self.env._("A pupil stands twice among those who repeat or leave.")
            )

    def _first_names(self):
        """Names of the new first grades: 1-А, 1-Б."""
        letters = (self.first_letters or "").replace(";", ",").split(",")
        return [
            join_class_name(1, normalize_class_letter(letter.strip()))
            for letter in letters
            if letter.strip()
        ]


class EjournalYearNextClass(models.TransientModel):
    """A class of the old year and what becomes of it."""

    _name = "ejournal.year.next.class"
    _description = "Class of the Next Year"
    _rec_name = "new_name"

    next_id = fields.Many2one(
        "ejournal.year.next", required=True, ondelete="cascade", index=True
    )
    class_id = fields.Many2one(
        "ejournal.class", string="Class now", required=True, ondelete="cascade"
    )
    goes_on = fields.Boolean(
        string="Goes on", help="Not ticked: the class leaves the school."
    )
    new_grade = fields.Integer(
        string="Grade", compute="_compute_new", store=True, readonly=False
    )
    new_letter = fields.Char(
        string="Letter", compute="_compute_new", store=True, readonly=False
    )
    new_name = fields.Char(string="Next year", compute="_compute_new_name", store=True)
    pupils = fields.Integer(compute="_compute_counts")
    journals = fields.Integer(compute="_compute_counts")

    @api.depends("class_id")
    def _compute_new(self):
        for line in self:
            grade = line.class_id.grade
            # grade 0: taught at home one by one
            line.new_grade = grade + 1 if grade else 0
            line.new_letter = line.class_id.letter

    @api.depends("new_grade", "new_letter", "class_id")
    def _compute_new_name(self):
        for line in self:
            made = join_class_name(line.new_grade, line.new_letter)
            line.new_name = made or line.class_id.name

    @api.depends("class_id")
    def _compute_counts(self):
        classes = self.class_id
        pupils = {
            class_: len(class_._pupils_on(class_.year_id.date_end))
            for class_ in classes
        }
        journals = dict(
            self.env["ejournal.journal"]._read_group(
                [("class_ids", "in", classes.ids)], ["class_ids"], ["__count"]
            )
        )
        for line in self:
            line.pupils = pupils.get(line.class_id, 0)
            line.journals = journals.get(line.class_id, 0)


class EjournalYearNextPupil(models.TransientModel):
    """A pupil who does not go up with the class."""

    _name = "ejournal.year.next.pupil"
    _description = "Pupil Who Repeats or Leaves"

    next_id = fields.Many2one(
        "ejournal.year.next", required=True, ondelete="cascade", index=True
    )
    pupil_id = fields.Many2one("ejournal.pupil", required=True, ondelete="cascade")
    decision = fields.Selection(
        [("other", "Goes into another class"), ("leave", "Leaves the school")],
        required=True,
        default="other",
    )
    class_name = fields.Char(
        string="Class of the next year",
        help="For one who repeats 7-А: the class that will be 7-А then.",
    )


def _goes_on(class_):
    return class_.grade < LAST_GRADE[class_.programme]
