from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.school_ejournal.tools.term import monday_of


class EjournalDiaryRead(models.Model):
    """A parent has read the week of a child: the signature of the paper diary.

    It says that the diary was read, by whom and when; it is no signature by law.
    """

    _name = "ejournal.diary.read"
    _description = "Week Read by a Parent"
    _inherit = ["ejournal.rights.mixin"]
    _order = "monday desc, id desc"
    _rec_name = "pupil_id"
    _check_company_auto = True

    pupil_id = fields.Many2one(
        "ejournal.pupil",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="pupil_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    parent_id = fields.Many2one(
        "ejournal.parent",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    monday = fields.Date(string="Week from", required=True, index=True)
    read_at = fields.Datetime(required=True)

    _week_uniq = models.Constraint(
        "UNIQUE(pupil_id, parent_id, monday)", "This week is confirmed already."
    )

    @api.model
    def _note(self, pupil, parent, day):
        """The parent confirms the week of a day; a second time changes nothing.

        The caller has checked both. A week to come cannot have been read.
        """
        today = pupil.company_id._ejournal_today()
        monday = monday_of(day)
        if monday > today or monday < today - timedelta(days=366):
            return False
        now = fields.Datetime.now()
        self.env.execute_query(
            SQL(
                """
                INSERT INTO ejournal_diary_read
                    (pupil_id, company_id, parent_id, monday, read_at,
                     create_uid, create_date, write_uid, write_date)
                VALUES (%(pupil)s, %(company)s, %(parent)s, %(monday)s, %(now)s,
                        %(uid)s, %(now)s, %(uid)s, %(now)s)
                ON CONFLICT (pupil_id, parent_id, monday) DO NOTHING
                RETURNING id
                """,
                pupil=pupil.id,
                company=pupil.company_id.id,
                parent=parent.id,
                monday=monday,
                now=now,
                uid=self.env.uid,
            )
        )
        self.invalidate_model()
        return True
