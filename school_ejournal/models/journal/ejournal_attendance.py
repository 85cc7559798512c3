from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.entry import attendance_value
from ...tools.passage import has_passage


class EjournalAttendance(models.Model):
    """The teacher's fact: a pupil was absent from a lesson, or came late.

    Why is not said here: the reason is the class teacher's layer over the facts.
    """

    _name = "ejournal.attendance"
    _description = "Attendance Fact"
    _inherit = ["ejournal.entry.mixin"]
    _order = "date desc, lesson_id, id"
    _rec_name = "kind"
    _check_company_auto = True

    _place_fields = ("lesson_id", "pupil_id", "journal_id", "date")
    _value_fields = ("kind", "minutes")
    _recorded_fields = _value_fields

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
    date = fields.Date(
        related="lesson_id.date", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="lesson_id.company_id", store=True, index=True, precompute=True
    )
    kind = fields.Selection(
        [("absent", "Absent"), ("late", "Late")],
        help="Empty: the fact was taken back.",
    )
    minutes = fields.Integer(string="Minutes late")

    _lesson_pupil_uniq = models.Constraint(
        "UNIQUE(lesson_id, pupil_id)", "A pupil is absent from a lesson once."
    )

    @api.constrains("kind", "minutes")
    def _check_minutes(self):
        for fact in self:
            if not 0 <= fact.minutes <= 240 or (fact.minutes and fact.kind != "late"):
                raise ValidationError(
                    self.env._("A pupil is late by 1 to 240 minutes; absent has none.")
                )

    def _entry_value(self):
        """``False``, ``absent``, ``late`` or ``late:12``, as the page has it."""
        self.ensure_one()
        return attendance_value(self.kind, self.minutes)

    @api.model
    def _lessons_of(self, vals_list):
        return self.env["ejournal.lesson"].browse(
            {vals["lesson_id"] for vals in vals_list}
        )

    def _judge_places(self, vals_list):
        self._lessons_of(vals_list)._judge_entry("attendance")

    def _judge_write(self, names):
        if has_passage(self.env) or not set(names or ()) & set(self._value_fields):
            return {}
        bases = self.lesson_id._judge_entry("attendance")
        return {fact.id: bases[fact.lesson_id.id] for fact in self}

    @api.model_create_multi
    def create(self, vals_list):
        facts = super().create(vals_list)
        if not has_passage(self.env):
            facts.lesson_id._after_entry()
        return facts

    def write(self, vals):
        result = super().write(vals)
        if not has_passage(self.env) and set(vals) & set(self._value_fields):
            self.lesson_id._after_entry()
        return result
