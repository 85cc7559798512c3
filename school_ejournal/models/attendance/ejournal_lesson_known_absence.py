from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain

from ...tools.absences import EXCUSING, SCHOOL, Box, box
from ...tools.spans import closed_span, covers
from ...tools.stored import stored_rows


class Known(NamedTuple):
    """What everybody who teaches the pupil may know of an absence: not the reason."""

    box: Box
    excused: bool
    for_school: bool


class EjournalAbsence(models.Model):
    _inherit = "ejournal.absence"

    @api.model
    def _known(self, pupil_ids, date_start, date_end):
        """The confirmed absences of pupils, without their reasons. One query.

        :returns: ``{pupil id: [Known]}``
        """
        # bypass: the caller reads the pupils' lessons; the reason goes no further
        rows = stored_rows(
            self,
            Domain("pupil_id", "in", list(pupil_ids))
            & Domain("state", "=", "confirmed")
            & self._during(date_start, date_end),
            (
                "pupil_id",
                "date_start",
                "date_end",
                "number_from",
                "number_to",
                "reason",
            ),
            bypass_access=True,
        )
        result = defaultdict(list)
        for pupil_id, *place, reason in rows:
            result[pupil_id].append(
                Known(box(*place), reason in EXCUSING, reason == SCHOOL)
            )
        return result


class EjournalLesson(models.Model):
    """Known absences on the journal page: a proposal before the roll is called, a clash
    after it, never a fact by themselves."""

    _inherit = "ejournal.lesson"

    def _proposals(self, windows, spans):
        """Adds what the class teacher knows to who was absent in the lesson before.

        In each lesson, beside ``absent`` (proposed, ids of pupils):

        - ``known``: list of ``{"pupil_id", "excused", "for_school"}`` of pupils whom the
          class teacher has marked for this lesson
        - ``clash``: ids of pupils who are marked there as absent, while the roll of this
          lesson has them as present or late; shown to both, merged by nobody
        """
        proposals = super()._proposals(windows, spans)
        if not spans or not self:
            return proposals
        dates = self.mapped("date")
        listed = {span["pupil_id"] for span in spans}
        known = self.env["ejournal.absence"]._known(listed, min(dates), max(dates))
        if not known:
            return proposals
        absent = self.filtered("attendance_confirmed")._absent_pupils(known)
        for lesson in self:
            told = lesson._told_of(known, spans)
            before = proposals.pop(lesson.id, {}).get("absent", ())
            is_open = windows[lesson.id]["attendance"]["state"] == "open"
            own = lesson._known_proposals(told, before, absent[lesson.id], is_open)
            if own:
                proposals[lesson.id] = own
        return proposals

    def _known_proposals(self, told, before, absent, is_open):
        """The proposals of one lesson.

        :param told: result of :meth:`_told_of`
        :param before: ids of those absent in the lesson before
        :param absent: ids of those absent by this lesson's roll
        :param is_open: whether its roll can be called now
        """
        here = {pupil_id: entry for pupil_id, entry in told.items() if entry}
        away = {pupil_id for pupil_id, entry in here.items() if not entry.for_school}
        own = {
            "known": [
                {
                    "pupil_id": pupil_id,
                    "excused": entry.excused,
                    "for_school": entry.for_school,
                }
                for pupil_id, entry in here.items()
            ]
        }
        if self.attendance_confirmed:
            own["clash"] = sorted(away - absent)
        elif is_open:
            # who is marked for other lessons of the day only is expected in this one
            own["absent"] = sorted((set(before) - (told.keys() - here.keys())) | away)
        return {name: rows for name, rows in own.items() if rows}

    def _told_of(self, known, spans):
        """What is known of the pupils on the lesson's list, on its day.

        :returns: ``{pupil id: Known of this lesson, or None when the pupil is marked for
            other lessons of the day only}``
        """
        self.ensure_one()
        listed = {
            span["pupil_id"]
            for span in spans
            if covers(closed_span(span["date_start"], span["date_end"]), self.date)
        }
        told = {}
        for pupil_id in listed & known.keys():
            boxes = [e for e in known[pupil_id] if covers(e.box.days, self.date)]
            if boxes:
                told[pupil_id] = next(
                    (e for e in boxes if e.box.covers(self.date, self.number)), None
                )
        return told

    def _absent_pupils(self, pupil_ids):
        """Who of some pupils is absent by the roll: ``{lesson id: set}``; one query."""
        # sudo: facts of the lessons that the caller's page shows
        rows = stored_rows(
            self.env["ejournal.attendance"],
            [
                ("lesson_id", "in", self.ids),
                ("pupil_id", "in", list(pupil_ids)),
                ("kind", "=", "absent"),
            ],
            ("lesson_id", "pupil_id"),
            bypass_access=True,
        )
        result = defaultdict(set)
        for lesson_id, pupil_id in rows:
            result[lesson_id].add(pupil_id)
        return result
