from odoo import models
from odoo.tools import LazyTranslate

from odoo.addons.school_ejournal.models.diary.diary_entries import DiaryEntries
from odoo.addons.school_ejournal.models.diary.pupil_places import PupilPlaces
from odoo.addons.school_ejournal.tools.dates import short_date
from odoo.addons.school_ejournal.tools.stored import stored_dicts
from odoo.addons.school_ejournal.tools.two_languages import words

_lt = LazyTranslate(__name__)
_WORDS = {
    "title": _lt("Copy of a pupil's data"),
    "pupil": _lt("Pupil"),
    "birth_date": _lt("Date of birth"),
    "pin": _lt("Personal number"),
    "address": _lt("Address"),
    "classes": _lt("Classes"),
    "parents": _lt("Parents"),
    "marks": _lt("Marks"),
    "attendance": _lt("Absent and late"),
    "absences": _lt("Reasons of absences"),
    "period_marks": _lt("Marks of the periods"),
    "made": _lt("Made on"),
}


class EjournalPupil(models.Model):
    """A parent's copy of what the school keeps of a child.

    The law on personal data gives parents the right to it.
    """

    _inherit = "ejournal.pupil"

    def _diary_copy(self):
        """All that the school keeps of the pupil, in plain values.

        What waits to be shown in the diary is not in it yet.

        :returns: dict that JSON can hold
        :raises AccessError: see ``load_diary``; the pupil himself asks through a parent
        """
        self._diary_parent()
        # sudo: the child is the caller's
        pupil = self.sudo()
        card = pupil.env["ejournal.pupil.card"].search(
            [("pupil_id", "=", pupil.id)], limit=1
        )
        marks, facts = self._copied_entries(pupil)
        periods = pupil.env["ejournal.period"].browse(
            {key[1] for key in self._diary_period_marks()}
        )
        titles = {period.id: period._title() for period in periods}
        subjects = pupil.env["ejournal.subject"]
        return {
            "school": pupil.company_id.name,
            "made_on": str(pupil.company_id._ejournal_today()),
            "pupil": pupil.name,
            "gender": pupil.gender or "",
            "birth_date": str(card.birth_date or ""),
            "pin": card.pin or "",
            "address": card.address or "",
            "classes": [
                {
                    "class": row.class_id.name,
                    "year": row.class_id.year_id.name,
                    "from": str(row.date_start),
                    "to": str(row.date_end or ""),
                }
                for row in pupil.enrollment_ids.sorted("date_start")
            ],
            "parents": [
                {
                    "name": row.parent_id.name,
                    "relation": row.relation,
                    "access": row.access_granted and not row.date_end,
                }
                for row in pupil.guardian_ids
            ],
            "period_marks": [
                {
                    "subject": subjects.browse(subject_id).name,
                    "period": titles[period_id],
                    "kind": kind,
                    "mark": text,
                }
                for (subject_id, period_id, kind), text in (
                    self._diary_period_marks().items()
                )
            ],
            "marks": marks,
            "attendance": facts,
            "absences": [
                {
                    "from": str(row.date_start),
                    "to": str(row.date_end),
                    "reason": row.reason,
                    "state": row.state,
                    "note": row.note or "",
                }
                for row in pupil.env["ejournal.absence"].search(
                    [("pupil_id", "=", pupil.id)], order="date_start, id"
                )
            ],
        }

    def _copied_entries(self, pupil):
        """Marks and absences of all the years that the school keeps."""
        enrollments = pupil.enrollment_ids
        if not enrollments:
            return [], []
        first = min(enrollments.mapped("date_start"))
        today = pupil.company_id._ejournal_today()
        places = PupilPlaces(pupil, first, max(first, today))
        lessons = {
            row["id"]: row
            for row in stored_dicts(
                pupil.env["ejournal.lesson"],
                [
                    ("journal_id", "in", list(places.journals)),
                    ("date", ">=", first),
                    ("date", "<=", today),
                    "|",
                    ("mark_ids", "any", [("pupil_id", "=", pupil.id)]),
                    ("attendance_ids", "any", [("pupil_id", "=", pupil.id)]),
                ],
                ("id", "journal_id", "date", "number"),
                order="date, number, id",
            )
        }
        now = pupil.company_id._ejournal_now()
        entries = DiaryEntries(pupil, list(lessons), now)

        def place(lesson_id):
            lesson = lessons[lesson_id]
            return {
                "date": str(lesson["date"]),
                "lesson": lesson["number"],
                "subject": places.journals[lesson["journal_id"]]["subject_id.name"],
            }

        marks = [
            {
                **place(mark["lesson_id"]),
                "work": mark["title"] or mark["type"],
                "mark": mark["value"] or "",
                "second_mark": mark["second_value"] or "",
                "comment": mark["comment"] or "",
            }
            for mark in entries.marks()
        ]
        facts = [
            {
                **place(lesson_id),
                "kind": fact["kind"],
                "minutes": fact["minutes"],
                "excused": fact["excused"],
                "reason": fact["reason"] or "",
            }
            for lesson_id, fact in entries.attendance().items()
        ]
        return sorted(marks, key=_by_day), sorted(facts, key=_by_day)

    def _diary_copy_pdf(self):
        """The copy on paper, in Kyrgyz and Russian.

        :returns: bytes
        """
        copy = self._diary_copy()
        said = words(self.env, _WORDS)
        html = self.env["ir.qweb"]._render(
            "school_ejournal_portal.copy_print",
            {
                "w": said,
                "heads": vars(said),
                "copy": copy,
                "day": short_date(self.sudo().company_id._ejournal_today()),
            },
        )
        # sudo: the engine reads its own settings; nothing of another child is drawn
        return self.env["ir.actions.report"].sudo()._ejournal_draw([str(html)])[0]


def _by_day(row):
    return row["date"], row["lesson"]
