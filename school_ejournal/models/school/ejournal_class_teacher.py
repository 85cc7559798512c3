from datetime import timedelta

from odoo import api, fields, models


class EjournalClassTeacher(models.Model):
    """Who leads a class, from–to; an acting one goes before the main one."""

    _name = "ejournal.class.teacher"
    _description = "Class Teacher"
    _inherit = ["ejournal.span.mixin", "ejournal.recorded.mixin"]
    _order = "date_start desc, id desc"
    _rec_name = "teacher_id"
    _check_company_auto = True

    _recorded_fields = ("class_id", "teacher_id", "role", "date_start", "date_end")

    class_id = fields.Many2one(
        "ejournal.class",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="class_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    teacher_id = fields.Many2one(
        "res.users",
        string="Class teacher",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('share', '=', False)]",
    )
    role = fields.Selection(
        [("main", "Class teacher"), ("acting", "Acting")],
        required=True,
        default="main",
    )

    @api.constrains("class_id", "role", "date_start", "date_end")
    def _check_no_overlap(self):
        """One main and one acting class teacher a day."""
        for class_ in self.class_id:
            for role in ("main", "acting"):
                rows = class_.teacher_ids.filtered(lambda r, w=role: r.role == w)
                rows._refuse_overlap(
                    self.env._(
                        "%(class)s has another class teacher in these days. End that "
                        "row first, or make this one an acting class teacher.",
                        **{"class": class_.name},
                    )
                )

    def _end_before(self, date):
        """End the rows that hold on ``date`` on the day before; drop those that would
        have begun on that very day. Later ones stay."""
        holding = self.filtered(lambda row: row._covers(date))
        begun = holding.filtered(lambda row: row.date_start < date)
        (holding - begun).unlink()
        if begun:
            begun.write({"date_end": date - timedelta(days=1)})
