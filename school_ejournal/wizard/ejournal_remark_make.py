from odoo import fields, models
from odoo.exceptions import UserError


class EjournalRemarkMake(models.TransientModel):
    """Remarks on lessons that were ticked: one remark a journal and teacher."""

    _name = "ejournal.remark.make"
    _description = "Remark on Lessons"

    lesson_ids = fields.Many2many(
        "ejournal.lesson",
        string="Lessons",
        required=True,
        readonly=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    check_code = fields.Selection(
        lambda self: self.env["ejournal.check"]._selection(),
        string="Check",
        help="With a check the remark closes by itself when the check passes.",
    )
    text = fields.Text(string="Remark", required=True)
    scope = fields.Selection(
        lambda self: (
            self.env["ejournal.remark"]
            ._fields["scope"]
            ._description_selection(self.env)
        ),
        string="Opens",
        required=True,
        default="content",
    )

    def action_remark(self):
        self.ensure_one()
        groups = self.lesson_ids.grouped(
            lambda lesson: (lesson.journal_id, lesson.entrant_id)
        )
        remarks = self.env["ejournal.remark"]
        for (journal, teacher), lessons in groups.items():
            if not teacher:
                raise UserError(
                    self.env._(
                        "%(lesson)s has no teacher to remark on. Leave it out.",
                        lesson=lessons[0].display_name,
                    )
                )
            remarks |= remarks.create(
                {
                    "journal_id": journal.id,
                    "teacher_id": teacher.id,
                    "lesson_ids": [(6, 0, lessons.ids)],
                    "check_code": self.check_code,
                    "text": self.text,
                    "scope": self.scope,
                }
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Told: %(teachers)s.",
                    teachers=", ".join(remarks.teacher_id.mapped("name")),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
