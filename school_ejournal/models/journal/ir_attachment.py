from odoo import api, models
from odoo.exceptions import UserError

from ...tools.passage import has_passage

# What a file belongs to: its content follows the window of the lesson.
_LESSON = "ejournal.lesson"
# Whose files stand in the change record; each has ``_file_basis``.
_RECORDED = (_LESSON, "ejournal.absence")
# Files have no place here.
_WITHOUT_FILES = ("ejournal.mark", "ejournal.work", "ejournal.attendance")
_JUDGED = frozenset(
    {
        "res_model",
        "res_id",
        "res_field",
        "raw",
        "datas",
        "db_datas",
        "store_fname",
        "url",
        "type",
        "name",
        "mimetype",
        "public",
        "access_token",
    }
)


class IrAttachment(models.Model):
    """Files of a lesson (homework) obey the window of what they hang on."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._ejournal_judge()
        attachments._ejournal_record({}, attachments._ejournal_names())
        return attachments

    def write(self, vals):
        if not _JUDGED & set(vals):
            return super().write(vals)
        self._ejournal_judge()
        old = self._ejournal_names()
        result = super().write(vals)
        self._ejournal_judge()
        self._ejournal_record(old, self._ejournal_names())
        return result

    def unlink(self):
        self._ejournal_judge()
        self._ejournal_record(self._ejournal_names(), {})
        return super().unlink()

    def _ejournal_judge(self):
        if has_passage(self.env):
            return
        files = self.sudo()
        if any(file.res_model in _WITHOUT_FILES for file in files):
            raise UserError(
                self.env._(
                    "Files hang on the lesson, with its homework; marks and attendance "
                    "have none."
                )
            )
        lesson_ids = {file.res_id for file in files if file.res_model == _LESSON}
        lessons = self.env[_LESSON].browse(lesson_ids - {0}).exists()
        lessons._judge_entry("content", {"homework"})

    def _ejournal_names(self):
        """``{(model, record id, attachment id): name}`` of the files of our records."""
        return {
            (file.res_model, file.res_id, file.id): file.name
            for file in self.sudo()
            if file.res_model in _RECORDED and file.res_id
        }

    def _ejournal_record(self, old, new):
        """Put what happened to the files of our records on record, as content."""
        rows = []
        for key in sorted(old.keys() | new.keys()):
            model, record_id, _file_id = key
            record = self.env[model].sudo().browse(record_id).exists()
            if record:
                rows.append(
                    {
                        "model_name": model,
                        "res_id": record_id,
                        "field_name": "attachment",
                        "old_value": old.get(key, ""),
                        "new_value": new.get(key, ""),
                        "company_id": record.company_id.id,
                        **record.with_env(self.env)._file_basis(),
                    }
                )
        self.env["ejournal.change"]._append(rows)


class EjournalLesson(models.Model):
    _inherit = "ejournal.lesson"

    def _file_basis(self):
        """Where a file of the lesson belongs, and on what basis it is written."""
        self.ensure_one()
        window = self._entry_window()[self.id]["content"]
        return {
            "lesson_id": self.id,
            # sudo: the record needs the number alone
            "journal_id": self.sudo().journal_id.id,
            "basis": window["basis"] or "duty",
            "basis_id": window["basis_id"],
        }
