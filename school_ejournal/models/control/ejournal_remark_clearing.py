from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.passage import with_passage
from .checks import CHECKS
from .checks.base import FORWARD


class EjournalRemark(models.Model):
    """How a remark ends: by itself when its check passes, by hand otherwise."""

    _inherit = "ejournal.remark"

    def action_clear(self, note=None):
        """Close remarks by hand; deputy director, not on one's own.

        :param note: why, e.g. “was mended on paper”, “made by mistake”
        :raises UserError: closed already
        """
        self.check_access("read")
        for remark in self:
            remark._refuse_unless_may_remark(remark.teacher_id)
            # two deputies at once: the second waits for the first and is told
            remark.lock_for_update()
            remark.invalidate_recordset(["cleared_at"])
            if remark.cleared_at:
                raise UserError(self.env._("This remark is closed already."))
        self._clear({"cleared_by_id": self.env.uid, "clear_note": note or False})
        return True

    def _clear(self, vals):
        """End remarks and take them off the teachers' desks."""
        # sudo: nobody writes a remark, its end is noted by the system
        remarks = with_passage(self.sudo(), "system")
        remarks.write({"cleared_at": self.env.company._ejournal_now(), **vals})
        remarks.activity_unlink(["mail.mail_activity_data_todo"])

    @api.model
    def _lessons_entered(self, lessons):
        """After accepted entries: close what they have mended.

        One query when no remark speaks of the lessons, which is nearly always.
        """
        if not lessons:
            return
        # sudo: whoever entered it may not read what others were remarked on
        remarks = self.sudo().search(
            Domain("cleared_at", "=", False)
            & Domain("check_code", "!=", False)
            & (
                Domain("lesson_ids", "in", lessons.ids)
                | Domain("scope", "=", FORWARD)
                & Domain("journal_id", "in", lessons.journal_id.ids)
            )
        )
        remarks._clear_mended()

    def _clear_mended(self):
        """Close those of these remarks whose check passes; tell how many."""
        mended = self.filtered(lambda remark: remark._is_mended())
        if mended:
            mended._clear({})
        return len(mended)

    def _is_mended(self):
        """Whether nothing is left of what the check had found."""
        self.ensure_one()
        check = CHECKS.get(self.check_code)
        if not check or self.cleared_at:
            return False
        if check.later_lessons_cure:
            return self._is_cured_by_later_lessons()
        if check.is_of_journal:
            return not self._found_in_journal(self.company_id._ejournal_today())
        # a lesson that is cancelled by now or was taken away lacks nothing
        if not self.lesson_ids:
            return True
        dates = self.lesson_ids.mapped("date")
        return not self.env["ejournal.check"]._findings(
            self.company_id,
            min(dates),
            max(dates),
            codes=[self.check_code],
            lesson_ids=tuple(self.lesson_ids.ids),
        )

    def _is_cured_by_later_lessons(self):
        """Whether a lesson given after the telling has marks and the check finds
        nothing at it, nor any pupil since."""
        told_on = self.company_id._ejournal_local(self.told_at).date()
        today = self.company_id._ejournal_today()
        later = self.env["ejournal.lesson"].search(
            [
                ("journal_id", "=", self.journal_id.id),
                ("id", "not in", self.lesson_ids.ids),
                ("date", ">=", told_on),
                ("date", "<=", today),
                ("state", "=", "held"),
                ("mark_ids.value", "!=", False),
            ],
            order="date desc, number desc",
            limit=1,
        )
        if not later:
            return False
        return not any(
            finding.pupil_id or finding.date >= later.date
            for finding in self._found_in_journal(today, told_on)
        )

    def _found_in_journal(self, until, since=None):
        """What the remark's check finds in its journal, from its first lesson on."""
        return self.env["ejournal.check"]._findings(
            self.company_id,
            since or min(self.lesson_ids.mapped("date"), default=until),
            until,
            codes=[self.check_code],
            journal_ids=(self.journal_id.id,),
        )
