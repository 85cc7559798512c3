from odoo import api, fields, models
from odoo.fields import Domain

from .ejournal_lesson_window import WRITABLE

# a lesson that is not saved yet
_UNKNOWN = {"state": False, "text": False}
_NO_WINDOW = {
    "content": _UNKNOWN,
    "attendance": _UNKNOWN,
    "column": _UNKNOWN,
    "works": {},
}


class EjournalLesson(models.Model):
    """What the plain lists and the form of a lesson show beside its own fields.

    Comfort only: what may be entered is judged by ``_entry_window`` at each save.
    """

    _inherit = "ejournal.lesson"

    # a sum of the numbers of lessons means nothing
    number = fields.Integer(aggregator=None)
    class_ids = fields.Many2many(related="journal_id.class_ids")
    subject_id = fields.Many2one(related="journal_id.subject_id")
    is_today = fields.Boolean(
        compute="_compute_is_today",
        search="_search_is_today",
        help="The lesson is given today by the school's clock.",
    )
    is_due = fields.Boolean(
        compute="_compute_is_today",
        search="_search_is_due",
        help="Of today or earlier, not cancelled and not yet filled.",
    )
    filling = fields.Selection(
        [
            ("filled", "Filled"),
            ("due", "To fill"),
            ("ahead", "Ahead"),
            ("cancelled", "Cancelled"),
        ],
        compute="_compute_is_today",
    )
    content_state = fields.Char(compute="_compute_window")
    attendance_state = fields.Char(compute="_compute_window")
    column_state = fields.Char(compute="_compute_window")
    marks_open = fields.Boolean(compute="_compute_window")
    window_text = fields.Char(
        string="Entry", compute="_compute_window", help="What can be entered now."
    )
    answer_work_id = fields.Many2one(
        "ejournal.work",
        compute="_compute_answer_work_id",
        help="The column that a new mark goes into.",
    )
    listed_pupil_ids = fields.Many2many(
        "ejournal.pupil",
        compute="_compute_listed_pupil_ids",
        help="Who is on the list on the lesson's day.",
    )

    # ---- the school's day ------------------------------------------------------------

    @api.depends("date", "state", "filled_at", "company_id")
    def _compute_is_today(self):
        for company, lessons in self.grouped("company_id").items():
            today = (company or self.env.company)._ejournal_today()
            for lesson in lessons:
                lesson.is_today = lesson.date == today
                lesson.filling = lesson._filling_on(today)
                lesson.is_due = lesson.filling == "due"

    def _filling_on(self, today):
        """What a list says of the lesson, when today is ``today``."""
        self.ensure_one()
        if self.state == "cancelled":
            return "cancelled"
        if self.filled_at:
            return "filled"
        return "due" if self.date and self.date <= today else "ahead"

    def _search_is_today(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._on_school_day("=")

    def _search_is_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        return (
            self._on_school_day("<=")
            & Domain("state", "!=", "cancelled")
            & Domain("filled_at", "=", False)
        )

    @api.model
    def _on_school_day(self, operator):
        """Domain of the lessons by each school's own today."""
        return Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("date", operator, company._ejournal_today())
            for company in self.env.companies
        )

    # ---- the form --------------------------------------------------------------------

    @api.depends("date", "state", "entrant_id", "period_id.state", "work_ids")
    @api.depends_context("uid")
    def _compute_window(self):
        windows = self._origin._entry_window()
        for lesson in self:
            window = windows.get(lesson._origin.id, _NO_WINDOW)
            lesson.content_state = window["content"]["state"]
            lesson.attendance_state = window["attendance"]["state"]
            lesson.column_state = window["column"]["state"]
            lesson.window_text = window["content"]["text"]
            lesson.marks_open = any(
                column["state"] in WRITABLE for column in window["works"].values()
            )

    @api.depends("work_ids.struck_out", "work_ids.sequence")
    def _compute_answer_work_id(self):
        for lesson in self:
            usable = lesson.work_ids.filtered(lambda work: not work.struck_out)
            lesson.answer_work_id = usable._origin[:1]

    @api.depends("journal_id", "date")
    def _compute_listed_pupil_ids(self):
        for lesson in self:
            stored = lesson._origin
            listed = stored._listed_pupil_ids() if stored else ()
            lesson.listed_pupil_ids = self.env["ejournal.pupil"].browse(sorted(listed))

    @api.onchange("journal_id", "date")
    def _onchange_journal_id(self):
        """Propose the journal's main teacher of that day for a lesson that is added."""
        if self.journal_id and self.date and not self.teacher_id:
            self.teacher_id = self.journal_id._main_teacher_on(self.date)

    def action_open_page(self):
        """Open the journal page on the day of this lesson."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "school_ejournal.ejournal_journal_page_action"
        )
        params = {"journal_id": self.journal_id.id, "date": str(self.date)}
        return {**action, "params": params}

    def action_add_answer_column(self):
        """Give the lesson a column for answers, so that marks can be entered."""
        work_types = self.env["ejournal.work.type"]
        self.env["ejournal.work"].create(
            [
                {
                    "lesson_id": lesson.id,
                    "type_id": work_types._answer(lesson.company_id).id,
                }
                for lesson in self
            ]
        )
