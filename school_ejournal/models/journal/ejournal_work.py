from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.call_memory import memory_of
from ...tools.passage import has_passage, with_passage

DEPUTY = "school_ejournal.group_deputy"


class EjournalWork(models.Model):
    """A column of marks of a lesson.

    It is made on the lesson's day (a control work may be announced ahead), keeps the
    weight and the last day of grace it was made with, and is never deleted once it held
    a mark: it is struck out.
    """

    _name = "ejournal.work"
    _description = "Column of Marks"
    _inherit = ["ejournal.recorded.mixin"]
    _order = "lesson_id, sequence, id"
    _check_company_auto = True

    _recorded_fields = (
        "type_id",
        "title",
        "marker_id",
        "weight",
        "grace_until",
        "struck_out",
    )

    lesson_id = fields.Many2one(
        "ejournal.lesson",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    journal_id = fields.Many2one(
        related="lesson_id.journal_id",
        store=True,
        index=True,
        precompute=True,
        ondelete="restrict",
    )
    date = fields.Date(related="lesson_id.date", store=True, precompute=True)
    company_id = fields.Many2one(
        related="lesson_id.company_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    type_id = fields.Many2one(
        "ejournal.work.type",
        string="Type of work",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    title = fields.Char()
    marker_id = fields.Many2one(
        "res.users",
        string="Marked by",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('share', '=', False)]",
        help="Who marks this work when it is not the one who enters the lesson.",
    )
    weight = fields.Float(readonly=True, help="The type's weight when it was made.")
    grace_until = fields.Date(
        readonly=True,
        help="Last day on which empty cells may be filled; empty without grace.",
    )
    struck_out = fields.Boolean(
        help="Stays to be seen, counts no more. For a column that was made by mistake."
    )
    is_answer = fields.Boolean(
        readonly=True,
        help="The column that a mark without a column goes into; made by itself.",
    )
    mark_ids = fields.One2many("ejournal.mark", "work_id", string="Marks")

    # two who type the first mark at once share one column
    _answer_uniq = models.UniqueIndex(
        "(lesson_id) WHERE is_answer AND struck_out IS NOT TRUE",
        "The lesson has its answer column already: reload the page.",
    )

    @api.depends("type_id", "title", "date")
    def _compute_display_name(self):
        for work in self:
            work.display_name = work.title or work.type_id.name or ""

    def _record_context(self):
        self.ensure_one()
        return {"lesson_id": self.lesson_id.id, "journal_id": self.journal_id.id}

    def _struck_out_text(self):
        return self.env._("This column is struck out: it takes no more marks.")

    def _one_mark_text(self):
        return self.env._(
            "Two marks stand only in columns of written language works, such as a "
            "dictation or an essay."
        )

    # ---- doors -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not has_passage(self.env):
            vals_list = [self._with_terms_of_type(vals) for vals in vals_list]
        works = super().create(vals_list)
        if memory := memory_of(self.env):
            memory.add_columns(works.sudo())
        return works

    def write(self, vals):
        if not has_passage(self.env) and "type_id" in vals:
            # a retyped column takes the terms of its new type, lesson by lesson
            for work in self:
                terms = {"lesson_id": work.lesson_id.id, "type_id": vals["type_id"]}
                terms = self._with_terms_of_type(terms)
                terms.pop("lesson_id")
                super(EjournalWork, work).write({**vals, **terms})
            return True
        return super().write(vals)

    @api.model
    def _with_terms_of_type(self, vals):
        """Copy weight and grace of the type, whatever the caller sent."""
        work_type = self.env["ejournal.work.type"].browse(vals["type_id"]).sudo()
        lesson = self.env["ejournal.lesson"].browse(vals["lesson_id"]).sudo()
        grace_until = False
        # what is made later, by permission, ends with the permission
        on_its_day = lesson._closes_at() > lesson.company_id._ejournal_now()
        if work_type.grace_days and on_its_day:
            grace_until = lesson.date + timedelta(days=work_type.grace_days)
        return {**vals, "weight": work_type.weight, "grace_until": grace_until}

    def _judge_create(self, vals_list):
        if has_passage(self.env):
            return
        lessons = self.env["ejournal.lesson"].browse(
            {vals["lesson_id"] for vals in vals_list}
        )
        lessons.check_access("read")
        types = self.env["ejournal.work.type"].browse(
            {vals["type_id"] for vals in vals_list}
        )
        self._judge_columns(lessons, types)

    def _judge_before(self, names):
        if has_passage(self.env):
            return
        if "lesson_id" in names:
            raise UserError(
                self.env._("A column stays with its lesson; make one where it belongs.")
            )
        if self._is_naming_marker(names):
            self.lesson_id._share_lock_periods()
            self.sudo().lesson_id.period_id._check_open()
            return
        if names & {"weight", "grace_until"} and not names & {"type_id"}:
            raise UserError(
                self.env._(
                    "Weight and days of grace come from the type of work and stay as "
                    "they were when the column was made."
                )
            )
        super()._judge_before(names)

    def _judge_write(self, names):
        if has_passage(self.env):
            return {}
        if self._is_naming_marker(names):
            self._refuse_oneself_as_marker()
            return {}
        bases = self._judge_columns(self.lesson_id, self.type_id)
        return {work.id: bases[work.lesson_id.id] for work in self}

    def _judge_columns(self, lessons, types):
        """Columns are made, retyped and struck out on the lesson's day, under a
        permission, and ahead as announced control works."""
        lessons._share_lock_periods()
        bases = {}
        for lesson_id, windows in lessons._entry_window().items():
            window = windows["column"]
            announced = window["state"] == "future" and all(
                work_type.is_control for work_type in types.sudo()
            )
            if not announced:
                if window["state"] == "remark" or window["state"] == "grace":
                    raise UserError(
                        self.env._(
                            "A new column is made on the day of the lesson only; empty "
                            "cells of the columns that are there can be filled."
                        )
                    )
                lessons._refuse_unless_writable(window)
            bases[lesson_id] = (window["basis"], window["basis_id"])
        return bases

    def _is_naming_marker(self, names):
        """Whether the deputy names who marks a control work that a substitute held; also
        after the lesson has closed. The entrant does so with the column's making."""
        return names == {"marker_id"} and self.env.user.has_group(DEPUTY)

    def _refuse_oneself_as_marker(self):
        if not all(work.type_id.is_control for work in self.sudo()):
            raise UserError(
                self.env._(
                    "A marker is named for control works only; other marks are set by "
                    "who gives the lesson."
                )
            )
        if self.env.user in self.marker_id:
            raise AccessError(
                self.env._(
                    "Nobody names oneself to mark a work of another teacher: another "
                    "deputy director does it."
                )
            )

    def _follow_lesson_date(self, days):
        """Move the last day of grace of columns without marks with their lesson.

        :param days: by how many days the lesson was moved; may be negative
        """
        shift = timedelta(days=days)
        empty = self.filtered(lambda work: work.grace_until and not work.mark_ids)
        for grace_until, works in empty.grouped("grace_until").items():
            with_passage(works, "system").write({"grace_until": grace_until + shift})

    @api.ondelete(at_uninstall=False)
    def _unlink_without_marks(self):
        if not has_passage(self.env) and self.sudo().mark_ids:
            raise AccessError(
                self.env._(
                    "A column that held a mark is not deleted. Strike it out instead."
                )
            )

    def copy(self, default=None):  # pylint: disable=method-required-super
        raise UserError(self.env._("A column is not copied: make one on its day."))
