from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.call_memory import memory_of
from ...tools.passage import has_passage


class EjournalEntryMixin(models.AbstractModel):
    """What marks and attendance facts share: a cell of a lesson and a pupil.

    A cell is made, changed and cleared, never deleted and never given to another lesson
    or pupil: clearing is a change like another.
    """

    _name = "ejournal.entry.mixin"
    _description = "Entry of a Lesson"
    _inherit = ["ejournal.recorded.mixin"]

    # Where the cell stands; set once.
    _place_fields = ()
    # What is entered; a cell is empty while the first of them is.
    _value_fields = ()

    pupil_id = fields.Many2one(
        "ejournal.pupil",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )

    def _record_context(self):
        self.ensure_one()
        return {
            "lesson_id": self.lesson_id.id,
            "journal_id": self.journal_id.id,
            "pupil_id": self.pupil_id.id,
        }

    @api.model
    def _lessons_of(self, vals_list):
        """The lessons that new cells would belong to (``ejournal.lesson``)."""
        raise NotImplementedError

    def _judge_create(self, vals_list):
        if has_passage(self.env):
            return
        lessons = self._lessons_of(vals_list)
        if memory := memory_of(self.env):
            lessons = lessons.filtered(lambda x: x.id not in memory.readable)
        # the caller must see the lesson: a refusal tells nothing to a stranger
        lessons.check_access("read")
        self._judge_places(vals_list)

    def _judge_places(self, vals_list):
        """Refuse new cells where the window is closed; by values, before the insert."""
        raise NotImplementedError

    def _judge_before(self, names):
        if has_passage(self.env):
            return
        if moved := names & set(self._place_fields):
            raise UserError(
                self.env._(
                    "An entry stays with its lesson and pupil (%(fields)s). Clear it "
                    "there and enter it where it belongs, while that lesson is open.",
                    fields=", ".join(sorted(self._labels(moved))),
                )
            )
        super()._judge_before(names)

    def _labels(self, names):
        return [
            self._fields[name].get_description(self.env)["string"] for name in names
        ]

    @api.constrains("pupil_id")
    def _check_on_list(self):
        """Only who is on the lesson's list that day gets a mark or an absence."""
        if has_passage(self.env):
            return
        for lesson, entries in self.grouped("lesson_id").items():
            listed = lesson._listed_pupil_ids()
            for entry in entries:
                if entry.pupil_id.id not in listed:
                    raise ValidationError(
                        lesson._not_on_list_text(entry.pupil_id.sudo())
                    )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if not has_passage(self.env):
            raise AccessError(
                self.env._(
                    "Marks and attendance are never deleted. Clear the cell instead: "
                    "the clearing is recorded."
                )
            )

    def copy(self, default=None):  # pylint: disable=method-required-super
        raise UserError(self.env._("Marks and attendance are not copied: enter them."))
