from odoo import models
from odoo.exceptions import UserError

from .ejournal_unlock import MAX_ENTRIES


class EjournalLesson(models.Model):
    """Permissions to open, as the entry window sees them."""

    _inherit = "ejournal.lesson"

    def _permissions(self, user, now):
        permissions = super()._permissions(user, now)
        unlocks = self.env["ejournal.unlock"].search(
            [
                ("state", "=", "approved"),
                ("expires_at", ">", now),
                ("user_id", "in", [user.id, False]),
                ("lesson_ids", "in", self.ids),
            ],
            order="expires_at desc",
        )
        for unlock in unlocks:
            lessons = unlock.lesson_ids & self
            if not unlock.user_id:
                # an outage opens each lesson to its own entrant
                lessons = lessons.filtered(lambda lesson: lesson.entrant_id == user)
            for lesson in lessons:
                permissions.setdefault(lesson.id, []).append(
                    {
                        "state": "unlocked",
                        "scope": unlock.scope,
                        "closes_at": unlock.expires_at,
                        "basis_id": unlock.id,
                    }
                )
        return permissions

    def ask_to_open(self, reason, scope="all", reason_code="other", entries=None):
        """Ask the deputy director to open these lessons for the caller.

        :param reason: why, in the teacher's words
        :param scope: marks, attendance, content or all
        :param reason_code: forgot, ill, outage, mistake or other
        :param entries: cells that arrived after the closing, as ``save_entries`` takes
            them; kept with the request
        :returns: id of the request
        :raises AccessError: the caller may not read or does not enter the lessons
        :raises UserError: no reason, or a lesson that no permission can open
        """
        self.check_access("read")
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the lesson should be opened."))
        if entries and (not isinstance(entries, list) or len(entries) > MAX_ENTRIES):
            raise UserError(
                self.env._("Send at most %(count)s cells.", count=MAX_ENTRIES)
            )
        unlock = self.env["ejournal.unlock"]._ask(
            self, reason.strip(), scope, reason_code, entries
        )
        return unlock.id
