from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.school_ejournal.tools import append_only
from odoo.addons.school_ejournal.tools.passage import has_passage

from .ejournal_archive import DEPUTY


class EjournalArchiveAmendment(models.Model):
    """A correction by order after the archiving: a sheet of its own, beside the old data.

    Nothing of the book changes; the amendment says what stands there and what is to be
    read instead.
    """

    _name = "ejournal.archive.amendment"
    _description = "Amendment Sheet"
    _inherit = ["ejournal.rights.mixin"]
    _order = "id desc"
    _rec_name = "order_ref"
    _check_company_auto = True
    _allow_sudo_commands = False

    book_id = fields.Many2one(
        "ejournal.archive.book",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    archive_id = fields.Many2one(
        related="book_id.archive_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(
        related="book_id.company_id", store=True, index=True, precompute=True
    )
    sheet_id = fields.Many2one(
        "ejournal.archive.sheet",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('book_id', '=', book_id)]",
    )
    pupil_id = fields.Many2one(
        "ejournal.pupil",
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    field_name = fields.Char(string="What is corrected", required=True)
    old_value = fields.Char(string="Stands in the book")
    new_value = fields.Char(string="To be read")
    order_ref = fields.Char(string="Order", required=True)
    reason = fields.Text(required=True)
    user_id = fields.Many2one("res.users", string="By", readonly=True, index=True)
    made_at = fields.Datetime(string="At", readonly=True)

    @api.private
    def init(self):
        """An amendment is for good, in the database too."""
        append_only.guard(self.env.cr, self._table)

    @api.model_create_multi
    def create(self, vals_list):
        if not has_passage(self.env) and not self.env.user.has_group(DEPUTY):
            raise AccessError(
                self.env._(
                    "Only the deputy director makes an amendment sheet, by order."
                )
            )
        now = fields.Datetime.now()
        rows = super().create(
            [{**vals, "user_id": self.env.uid, "made_at": now} for vals in vals_list]
        )
        for row in rows:
            if row.archive_id.state != "archived":
                raise UserError(
                    self.env._(
                        "The period is not archived yet: let the archive go back and "
                        "correct the entry itself."
                    )
                )
            if row.sheet_id.book_id != row.book_id:
                raise UserError(self.env._("The sheet is of another book."))
            if not (row.order_ref or "").strip() or not (row.reason or "").strip():
                raise UserError(self.env._("Name the order and the reason."))
        return rows

    def write(self, vals):  # pylint: disable=method-required-super
        raise self.env["ejournal.archive.sheet"]._refusal()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise self.env["ejournal.archive.sheet"]._refusal()
