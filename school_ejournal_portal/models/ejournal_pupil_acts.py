from datetime import timedelta

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools.mimetypes import guess_mimetype

# What a parent may send along, and how much of it.
FILE_TYPES = ("image/jpeg", "image/png", "image/webp", "application/pdf")
MAX_FILE_MB = 8
_DAYS_BACK, _DAYS_AHEAD = timedelta(days=31), timedelta(days=120)
_REQUESTS_A_DAY = 10
_REASONS = ("ill", "excused")


class EjournalPupil(models.Model):
    """What a parent does: confirms a week, excuses an absence."""

    _inherit = "ejournal.pupil"

    def _diary_parent(self):
        """The caller as a parent of this pupil, in sudo; not the pupil himself.

        :raises AccessError: see ``load_diary``; also for the pupil's own login
        """
        pupil = self._check_diary_reader()
        parent = pupil.guardian_ids.filtered(
            lambda row: (
                row.parent_id.user_id == self.env.user
                and row.access_granted
                and not row.date_end
            )
        ).parent_id[:1]
        if not parent:
            raise AccessError(self.env._("This is done by a parent, not by the pupil."))
        return parent

    def _confirm_week(self, day):
        """The caller has read the week of a day."""
        parent = self._diary_parent()
        # sudo: nobody has a right to make rows by hand; pupil and parent are checked
        return self.env["ejournal.diary.read"].sudo()._note(self.sudo(), parent, day)

    def _week_reads(self, monday):
        """Who confirmed a week: parents in sudo."""
        pupil = self._check_diary_reader()
        return (
            pupil.env["ejournal.diary.read"]
            .search([("pupil_id", "=", pupil.id), ("monday", "=", monday)])
            .parent_id
        )

    # ---- excuses -----------------------------------------------------------------------

    def _diary_requests(self):
        """The last requests for this pupil, in sudo; with state and answer."""
        pupil = self._check_diary_reader()
        absences = pupil.env["ejournal.absence"]
        return absences.search(
            [("pupil_id", "=", pupil.id), ("create_uid.share", "=", True)]
            if self.env.user.share
            else [("pupil_id", "=", pupil.id), ("create_uid", "=", self.env.uid)],
            limit=20,
        )

    def _request_excuse(self, vals, file=None):
        """Ask the class teacher to excuse an absence.

        :param vals: date_start, date_end (dates), number_from, number_to (0 for the whole
            day), reason (ill or excused), note
        :param file: ``(name, bytes)`` or ``None``
        :returns: ``ejournal.absence`` in sudo, state requested
        """
        self._diary_parent()
        pupil = self.sudo()
        self._check_excuse(vals)
        absences = self.env["ejournal.absence"]
        request = absences._request(
            [
                {
                    "pupil_id": pupil.id,
                    "date_start": vals["date_start"],
                    "date_end": vals["date_end"] or vals["date_start"],
                    "number_from": vals.get("number_from") or 0,
                    "number_to": vals.get("number_to") or 0,
                    "reason": vals["reason"],
                    "note": (vals.get("note") or "").strip()[:500] or False,
                }
            ]
        )
        if file and file[1]:
            self._attach(request, *file)
        return request

    def _check_excuse(self, vals):
        today = self.sudo().company_id._ejournal_today()
        first, last = vals["date_start"], vals["date_end"] or vals["date_start"]
        if not first or not today - _DAYS_BACK <= first <= last <= today + _DAYS_AHEAD:
            raise UserError(
                self.env._(
                    "Name the first and the last day: not longer ago than a month, the "
                    "first before the last."
                )
            )
        if vals["reason"] not in _REASONS:
            raise UserError(self.env._("Choose why the child is away."))
        # sudo: the caller's own requests are counted
        sent = self.env["ejournal.absence"].sudo()
        if (
            sent.search_count(
                [
                    ("pupil_id", "=", self.id),
                    ("create_uid", "=", self.env.uid),
                    ("create_date", ">=", today),
                ]
            )
            >= _REQUESTS_A_DAY
        ):
            raise UserError(
                self.env._("That is enough for a day. Call the class teacher.")
            )

    def _attach(self, request, name, content):
        """A photo or a PDF of the note; its content is looked at, not its name."""
        kind = guess_mimetype(content)
        if kind not in FILE_TYPES or len(content) > MAX_FILE_MB * 1024 * 1024:
            raise UserError(
                self.env._(
                    "Send a photo or a PDF of at most %(size)s MB.", size=MAX_FILE_MB
                )
            )
        # sudo: the request was made for a checked child, the file hangs on it alone
        self.env["ir.attachment"].sudo().create(
            {
                "name": (name or "").replace("/", "_")[-80:] or "note",
                "raw": content,
                "mimetype": kind,
                "res_model": request._name,
                "res_id": request.id,
            }
        )
