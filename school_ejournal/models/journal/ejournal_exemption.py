from odoo import fields, models


class EjournalExemption(models.Model):
    """A pupil is exempt from a subject, from–to: present, not marked, not counted."""

    _name = "ejournal.exemption"
    _description = "Exemption from a Subject"
    _inherit = ["ejournal.span.mixin", "ejournal.recorded.mixin"]
    _order = "date_start desc, id desc"
    _rec_name = "pupil_id"
    _check_company_auto = True

    _frozen_fields = ("pupil_id", "subject_id")
    _recorded_fields = ("pupil_id", "subject_id", "date_start", "date_end", "order_ref")

    pupil_id = fields.Many2one(
        "ejournal.pupil",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="pupil_id.company_id", store=True, index=True, precompute=True
    )
    subject_id = fields.Many2one(
        "ejournal.subject",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    order_ref = fields.Char(
        string="Note or order",
        help="The paper behind the exemption, without diagnosis.",
    )

    def _record_context(self):
        self.ensure_one()
        return {"pupil_id": self.pupil_id.id}

    def _frozen_calendars(self):
        """The calendars of the classes the pupil was ever in, see the span mixin."""
        return {
            exemption.id: exemption.pupil_id.sudo().enrollment_ids.class_id.calendar_id
            for exemption in self
        }
