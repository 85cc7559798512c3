from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...tools.passage import has_passage


class EjournalMark(models.Model):
    """One mark of a pupil in a column; the second one stands beside it (5/4)."""

    _name = "ejournal.mark"
    _description = "Mark"
    _inherit = ["ejournal.entry.mixin"]
    _order = "date desc, work_id, id"
    _rec_name = "value"
    _check_company_auto = True

    _place_fields = ("work_id", "pupil_id", "lesson_id", "journal_id", "date")
    _value_fields = ("value", "second_value", "comment")
    _recorded_fields = _value_fields

    work_id = fields.Many2one(
        "ejournal.work",
        string="Column",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    lesson_id = fields.Many2one(
        related="work_id.lesson_id",
        store=True,
        index=True,
        precompute=True,
        ondelete="restrict",
    )
    journal_id = fields.Many2one(
        related="work_id.journal_id",
        store=True,
        index=True,
        precompute=True,
        ondelete="restrict",
    )
    date = fields.Date(related="work_id.date", store=True, index=True, precompute=True)
    company_id = fields.Many2one(
        related="work_id.company_id", store=True, index=True, precompute=True
    )
    value = fields.Char(string="Mark")
    score = fields.Float(
        compute="_compute_scores", store=True, precompute=True, aggregator="avg"
    )
    has_score = fields.Boolean(compute="_compute_scores", store=True, precompute=True)
    second_value = fields.Char(string="Second mark")
    second_score = fields.Float(
        compute="_compute_scores", store=True, precompute=True, aggregator="avg"
    )
    comment = fields.Char()

    _work_pupil_uniq = models.Constraint(
        "UNIQUE(work_id, pupil_id)", "A pupil has one mark in a column."
    )
    _journal_pupil_idx = models.Index("(journal_id, pupil_id)")

    @api.depends("value", "second_value", "work_id")
    def _compute_scores(self):
        for mark in self.sudo():
            scale = mark.work_id.journal_id.scale_id
            first, second = scale._score(mark.value), scale._score(mark.second_value)
            mark.score = first or 0.0
            mark.has_score = first is not None
            mark.second_score = second or 0.0

    @api.constrains("value", "second_value", "comment", "work_id")
    def _check_value(self):
        # sudo: what is entered is judged by the journal's scale, whoever reads that
        for mark in self.sudo():
            journal = mark.journal_id
            for value in (mark.value, mark.second_value):
                if value and journal._stored_mark(value) != value:
                    raise ValidationError(journal._unknown_mark_text(value))
            if mark.second_value and not mark.value:
                raise ValidationError(
                    self.env._("A second mark stands beside a first one: enter that.")
                )
            if mark.second_value and not mark.work_id.type_id.two_marks:
                raise ValidationError(mark.work_id._one_mark_text())
            if len(mark.comment or "") > 200:
                raise ValidationError(
                    self.env._("A comment has at most 200 characters.")
                )

    # ---- doors -----------------------------------------------------------------------

    @api.model
    def _lessons_of(self, vals_list):
        return self._works_of(vals_list).lesson_id

    @api.model
    def _works_of(self, vals_list):
        return self.env["ejournal.work"].browse({vals["work_id"] for vals in vals_list})

    def _judge_places(self, vals_list):
        works = self._works_of(vals_list)
        self._judge_works(works)
        exempt = works.lesson_id._exempt_pupils()
        for vals in vals_list:
            work = self.env["ejournal.work"].browse(vals["work_id"])
            if vals["pupil_id"] in exempt[work.lesson_id.id]:
                raise ValidationError(work.lesson_id._exempt_text(vals["pupil_id"]))

    def _judge_before(self, names):
        if has_passage(self.env):
            return
        super()._judge_before(names)
        windows = self.lesson_id._entry_window()
        for mark in self:
            window = windows[mark.lesson_id.id]["works"][mark.work_id.id]
            if mark._is_older_value(window):
                raise UserError(mark._older_value_text())

    def _judge_write(self, names):
        if has_passage(self.env) or not set(names or ()) & set(self._value_fields):
            return {}
        bases = self._judge_works(self.work_id)
        return {mark.id: bases[mark.work_id.id] for mark in self}

    @api.model
    def _judge_works(self, works):
        """Refuse unless the window of each column lets the present user write.

        :returns: ``{work id: (basis, basis_id)}``
        """
        lessons = works.sudo().lesson_id.with_env(self.env)
        lessons._share_lock_periods()
        all_windows = lessons._entry_window()
        bases = {}
        for work in works.sudo():
            if work.struck_out:
                raise UserError(work._struck_out_text())
            window = all_windows[work.lesson_id.id]["works"][work.id]
            lessons._refuse_unless_writable(window)
            bases[work.id] = (window["basis"], window["basis_id"])
        return bases

    def _is_older_value(self, window):
        """Whether the window opens only empty cells and this one is not.

        Under grace what was typed this same day may be corrected; under a remark
        existing marks never.
        """
        self.ensure_one()
        if window["state"] == "remark":
            return bool(self.value)
        return window["state"] == "grace" and bool(self._filled_before_today())

    def _older_value_text(self):
        return self.env._(
            "This mark was set on an earlier day and stays: only empty cells can be "
            "filled now (Regulation, 4.2 А)."
        )

    def _filled_before_today(self):
        """The marks whose cell was not empty when today began (school's time)."""
        if not self:
            return self
        company = self.company_id
        day_start, _closes = company._ejournal_day_bounds(company._ejournal_today())
        self.env["ejournal.change"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (res_id) res_id, new_value
                  FROM ejournal_change
                 WHERE model_name = 'ejournal.mark' AND field_name = 'value'
                   AND res_id = ANY(%(ids)s) AND entered_at < %(day_start)s
                 ORDER BY res_id, id DESC
                """,
                ids=list(self.ids),
                day_start=day_start,
            )
        )
        return self.browse([mark_id for mark_id, value in rows if value])

    @api.model_create_multi
    def create(self, vals_list):
        marks = super().create(vals_list)
        if not has_passage(self.env):
            marks.lesson_id._after_entry()
        return marks

    def write(self, vals):
        result = super().write(vals)
        if not has_passage(self.env) and set(vals) & set(self._value_fields):
            self.lesson_id._after_entry()
        return result
