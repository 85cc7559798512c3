from odoo import api, fields, models
from odoo.tools import SQL


class EjournalNoticeRead(models.Model):
    """Somebody has read a notice."""

    _name = "ejournal.notice.read"
    _description = "Reader of a Notice"
    _inherit = ["ejournal.rights.mixin"]
    _order = "read_at desc, id desc"
    _rec_name = "user_id"
    _check_company_auto = True

    notice_id = fields.Many2one(
        "ejournal.notice",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="notice_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    user_id = fields.Many2one(
        "res.users", string="Reader", required=True, index=True, ondelete="cascade"
    )
    read_at = fields.Datetime(string="Read at", required=True)

    _reader_uniq = models.Constraint(
        "UNIQUE(notice_id, user_id)", "This person has read the notice already."
    )

    @api.model
    def _note(self, notices):
        """Add the caller to the readers of notices that he may read.

        One statement that does nothing the second time: two windows of one parent open
        the same board, and neither shall meet an error.
        """
        if not notices:
            return
        now = fields.Datetime.now()
        uid = self.env.uid
        self.env.execute_query(
            SQL(
                """
                INSERT INTO ejournal_notice_read
                    (notice_id, company_id, user_id, read_at,
                     create_uid, create_date, write_uid, write_date)
                SELECT id, company_id, %(uid)s, %(now)s,
                       %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM ejournal_notice
                 WHERE id IN %(ids)s
                ON CONFLICT (notice_id, user_id) DO NOTHING
                RETURNING id
                """,
                uid=uid,
                now=now,
                ids=tuple(notices.ids),
            )
        )
        self.invalidate_model()
        notices.invalidate_recordset(["read_ids", "read_count", "is_read"])
