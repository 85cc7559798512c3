from odoo import api, models
from odoo.exceptions import AccessError

from ...tools.passage import has_passage


class EjournalLesson(models.Model):
    """What a caller could slip in for himself.

    The last door before the others: what stands here is seen by all of them.
    """

    _inherit = "ejournal.lesson"

    @api.model_create_multi
    def create(self, vals_list):
        if has_passage(self.env):
            return super().create(vals_list)
        # the doors behind this one judge values, so defaults of the context become some
        vals_list = [self._with_context_defaults(vals) for vals in vals_list]
        lessons = super().create(vals_list)
        lessons._refuse_oneself_as_teacher()
        return lessons

    def write(self, vals):
        result = super().write(vals)
        if "teacher_id" in vals and not has_passage(self.env):
            self._refuse_oneself_as_teacher()
        return result

    def _refuse_oneself_as_teacher(self):
        """The deputy gives a lesson to oneself only where the timetable or an assignment
        says so: otherwise it would be a way to enter other teachers' marks."""
        own = self.sudo().filtered(lambda lesson: lesson.teacher_id == self.env.user)
        for lesson in own:
            assigned = lesson.journal_id.assignment_ids.filtered(
                lambda a, day=lesson.date: a._covers(day)
            )
            if self.env.user not in lesson.slot_id.teacher_id | assigned.teacher_id:
                raise AccessError(
                    self.env._(
                        "%(lesson)s is not yours by timetable or assignment: another "
                        "deputy director gives it to you.",
                        lesson=lesson.display_name,
                    )
                )
