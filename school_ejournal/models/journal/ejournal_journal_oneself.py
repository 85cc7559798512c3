from odoo import models
from odoo.exceptions import AccessError

from ...tools.passage import has_passage


class EjournalJournal(models.Model):
    """Nobody gives oneself a journal in which another teacher has entered."""

    _inherit = "ejournal.journal"

    def _refuse_oneself(self, teachers):
        """Refuse when the caller takes over another main teacher's journal alone.

        It would be a way to enter other teachers' marks: by an assignment, a row of the
        timetable, or the main teacher of a journal. A journal without entries is free,
        so that a deputy director who teaches can set up the own ones.

        :param teachers: ``res.users`` who are given something in these journals
        """
        user = self.env.user
        if has_passage(self.env) or user not in teachers:
            return
        others = self.sudo().filtered(
            lambda journal: (
                journal.assignment_ids.filtered(lambda a: a.role == "main").teacher_id
                - user
            )
        )
        used = self.env["ejournal.lesson"]._having_entries(
            [("journal_id", "in", others.ids)]
        )
        if used:
            raise AccessError(
                self.env._(
                    "“%(journal)s” is another teacher's: another deputy director gives "
                    "it to you.",
                    journal=used[0].journal_id.name,
                )
            )
