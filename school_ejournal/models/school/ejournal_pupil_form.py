from odoo import api, fields, models

READ_ALL_CARDS = (
    "school_ejournal.group_deputy",
    "school_ejournal.group_director",
    "school_ejournal.group_admin",
)


class EjournalPupil(models.Model):
    """The present class of a pupil, and whether the form has a card to show."""

    _inherit = "ejournal.pupil"

    class_id = fields.Many2one(
        "ejournal.class",
        compute="_compute_class_id",
        groups="base.group_user",
        help="The class of today; before and after the school year the nearest one.",
    )
    shows_card = fields.Boolean(
        compute="_compute_shows_card",
        groups="base.group_user",
        help="Card and parents are shown to the class teacher, the deputy director, the "
        "director and the administrator only.",
    )
    may_correct = fields.Boolean(
        compute="_compute_shows_card",
        groups="base.group_user",
        help="The deputy director and the class teacher correct names, cards and parents.",
    )

    @api.depends(
        "enrollment_ids.class_id",
        "enrollment_ids.date_start",
        "enrollment_ids.date_end",
    )
    def _compute_class_id(self):
        today = self.env.company._ejournal_today()
        for pupil in self:
            rows = pupil.enrollment_ids.filtered(lambda row: row.date_start)
            begun = rows.filtered(lambda row: row.date_start <= today) or rows
            pupil.class_id = begun.sorted("date_start")[-1:].class_id

    @api.depends("enrollment_ids.class_id.class_teacher_id")
    @api.depends_context("uid")
    def _compute_shows_card(self):
        user = self.env.user
        reads_all = any(user.has_group(group) for group in READ_ALL_CARDS)
        own = self._filtered_access("write")
        for pupil in self:
            pupil.may_correct = pupil in own
            # whose names a class teacher may correct, those cards are theirs as well
            pupil.shows_card = reads_all or pupil in own
