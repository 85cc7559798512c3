from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...tools.passage import has_passage

MAX_LENGTH = 1000


class EjournalPeriodNote(models.Model):
    """What a pupil of an unmarked class has learned in a period, in words.

    Grades 1–3 get no marks; the class teacher describes instead, until the period closes.
    """

    _name = "ejournal.period.note"
    _description = "Descriptive Note of a Period"
    _inherit = ["ejournal.recorded.mixin"]
    _order = "period_id, pupil_id, id"
    _rec_name = "pupil_id"
    _check_company_auto = True

    _recorded_fields = ("text",)

    pupil_id = fields.Many2one(
        "ejournal.pupil",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    class_id = fields.Many2one(
        "ejournal.class",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="class_id.company_id", store=True, index=True, precompute=True
    )
    period_id = fields.Many2one(
        "ejournal.period",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    text = fields.Text(string="Note")

    _pupil_uniq = models.Constraint(
        "UNIQUE(pupil_id, period_id)",
        "The pupil already has a note for this period. Change that one.",
    )

    @api.constrains("class_id", "pupil_id", "period_id", "text")
    def _check_place(self):
        for note in self.sudo():
            if len(note.text or "") > MAX_LENGTH:
                raise ValidationError(
                    self.env._("A note has at most %(n)s characters.", n=MAX_LENGTH)
                )
            if note.class_id.marked:
                raise ValidationError(
                    self.env._(
                        "%(class)s gets marks; notes are for classes without.",
                        **{"class": note.class_id.name},
                    )
                )
            if note.period_id.calendar_id != note.class_id.calendar_id:
                raise ValidationError(
                    self.env._(
                        "%(period)s is of another term calendar than %(class)s.",
                        **{
                            "period": note.period_id.display_name,
                            "class": note.class_id.name,
                        },
                    )
                )
        for (class_, period), notes in (
            self.sudo().grouped(lambda note: (note.class_id, note.period_id)).items()
        ):
            spans = class_._spans_of(class_, period.date_start, period.date_end)
            listed = {span["pupil_id"] for span in spans[class_.id]}
            for note in notes:
                if note.pupil_id.id not in listed:
                    raise ValidationError(
                        self.env._(
                            "%(pupil)s was not in %(class)s in %(period)s.",
                            **{
                                "pupil": note.pupil_id.short_name,
                                "class": class_.name,
                                "period": period.display_name,
                            },
                        )
                    )

    # ---- doors -----------------------------------------------------------------------

    def _record_context(self):
        self.ensure_one()
        return {"pupil_id": self.pupil_id.id}

    def _judge_write(self, names):
        if has_passage(self.env):
            return {}
        notes = self.sudo()
        notes.period_id._check_open()
        if any(class_.class_teacher_id != self.env.user for class_ in notes.class_id):
            raise AccessError(
                self.env._("The class teacher describes the pupils of the own class.")
            )
        return super()._judge_write(names)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if not has_passage(self.env):
            raise AccessError(
                self.env._("Notes are never deleted. Clear the text: it is recorded.")
            )
