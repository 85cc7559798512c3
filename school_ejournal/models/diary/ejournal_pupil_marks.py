from collections import defaultdict

from odoo import models

from ...tools.diary import average_after
from ...tools.formulas import half_up, mean
from ...tools.stored import stored_dicts
from .diary_entries import DiaryEntries
from .pupil_places import PupilPlaces


class EjournalPupil(models.Model):
    """A pupil's marks by subject over a period, with their average."""

    _inherit = "ejournal.pupil"

    def _diary_marks(self, date_start, date_end):
        """Marks of a period by subject, as the caller sees them by now.

        Only marks that are shown count in the average, so that it tells nothing of one
        that waits. Credits and unmarked subjects have marks without an average.

        :returns: list by the subjects' order: subject_id, subject, ``marks`` (date,
            lesson_id and as in ``load_diary``), count, average, weighted (or none),
            ``next``: what one more mark of each value would make of the average
        :raises AccessError: see ``load_diary``
        """
        pupil = self._check_diary_reader()
        places = PupilPlaces(pupil, date_start, date_end)
        lessons = {
            row["id"]: (row["journal_id"], row["date"])
            for row in stored_dicts(
                pupil.env["ejournal.lesson"],
                [
                    ("journal_id", "in", list(places.journals)),
                    ("date", ">=", date_start),
                    ("date", "<=", date_end),
                    ("state", "!=", "cancelled"),
                    ("mark_ids", "any", [("pupil_id", "=", pupil.id)]),
                ],
                ("id", "journal_id", "date"),
                order="date, number, id",
            )
            if places.has_lesson(row["journal_id"], row["date"])
        }
        now = pupil.company_id._ejournal_now()
        by_subject = defaultdict(list)
        for mark in DiaryEntries(pupil, list(lessons), now).marks():
            journal_id, date = lessons[mark["lesson_id"]]
            journal = places.journals[journal_id]
            by_subject[journal["subject_id"]].append({**mark, "date": date})
        return self._subject_rows(places, by_subject)

    def _diary_periods(self):
        """Quarters and half-years of the pupil's present or last year, in order."""
        pupil = self._check_diary_reader()
        enrollment = pupil.enrollment_ids.sorted("date_start")[-1:]
        calendar = enrollment.class_id.calendar_id
        return calendar.period_ids.filtered(lambda row: row.kind != "year").sorted(
            "date_start"
        )

    def _diary_period_marks(self):
        """Marks of published periods of the pupil's year.

        :returns: ``{(subject id, period id, kind): text}``
        """
        pupil = self._check_diary_reader()
        year = pupil.enrollment_ids.sorted("date_start")[-1:].class_id.year_id
        # the checked pupil's own, in sudo
        marks = pupil.env["ejournal.period.mark"].search(
            [
                ("pupil_id", "=", pupil.id),
                ("period_id.year_id", "=", year.id),
                ("period_id.published_at", "!=", False),
                ("value", "!=", False),
            ]
        )
        return {
            (mark.subject_id.id, mark.period_id.id, mark.kind): mark.value_text
            for mark in marks
        }

    def _subject_rows(self, places, by_subject):
        subjects = {
            journal["subject_id"]: journal for journal in places.journals.values()
        }
        ordered = sorted(
            subjects.values(),
            key=lambda row: (row["subject_id.sequence"] or 0, row["subject_id.name"]),
        )
        values = self._next_values({row["scale_id"] for row in ordered} - {None})
        return [
            {
                "subject_id": row["subject_id"],
                "subject": row["subject_id.name"],
                "marks": sorted(
                    by_subject[row["subject_id"]], key=lambda mark: mark["date"]
                ),
                **self._figures(by_subject[row["subject_id"]], values[row["scale_id"]]),
            }
            for row in ordered
        ]

    def _next_values(self, scale_ids):
        """``{scale id: [(value, score)]}`` of the passing marks, the best first."""
        result = defaultdict(list)
        # sudo: the scale of the own marks is no secret
        scales = self.env["ejournal.scale.value"].sudo()
        for value in scales.search([("scale_id", "in", list(scale_ids))]):
            if value.score and value.passing:
                result[value.scale_id.id].append((value.value, value.score))
        for values in result.values():
            values.sort(key=lambda pair: -pair[1])
        return result

    def _figures(self, marks, values):
        """Averages over the marks whose shown value is the present one."""
        scores = [
            (score, mark["weight"])
            for mark in marks
            if mark["settled"] and mark["value"]
            for score in mark["scores"]
        ]
        total, count = sum(score for score, _weight in scores), len(scores)
        weights = sum(weight for _score, weight in scores)
        return {
            "count": count,
            "average": mean(total, count),
            "weighted": mean(sum(s * w for s, w in scores), weights),
            "next": [
                {"value": value, "average": half_up(average_after(total, count, s), 2)}
                for value, s in values
            ]
            if count
            else [],
        }
