"""Marks, absences and comments of one pupil, as far as parents see them by now."""

from collections import defaultdict

from ...tools.diary import minutes, shown
from ...tools.stored import stored_dicts

_WORK = (
    "id",
    "lesson_id",
    "title",
    "struck_out",
    "weight",
    "type_id.name",
    "type_id.is_control",
)
_MARK = ("id", "work_id", "lesson_id", "has_score", "score", "second_score")
_MARK_FIELDS = ("value", "second_value", "comment")


class DiaryEntries:
    """What teachers entered of a pupil in some lessons. Four queries.

    The value that is shown comes from the change record: what has not stood for the
    school's delay gives place to what stood before it.

    :param pupil: ``ejournal.pupil`` in sudo; the caller's right has been checked
    :param lesson_ids: lessons of this pupil
    :param now: naive UTC
    """

    def __init__(self, pupil, lesson_ids, now):
        self.env, self._pupil_id = pupil.env, pupil.id
        self._lesson_ids, self._now = lesson_ids, now
        settings = pupil.company_id._ejournal_settings()
        self._delay = minutes(settings.diary_delay)
        self._read_changes()
        self.works = self._works()
        self._own_marks = self._marks()

    def _rows(self, model, domain, names, order="id"):
        return stored_dicts(self.env[model], domain, names, order)

    def _read_changes(self):
        """Histories of the pupil's marks and absences, and of the lessons' homework."""
        self._histories = defaultdict(list)
        self.homework_at = {}
        names = ("lesson_id", "model_name", "res_id", "field_name", "new_value")
        rows = self._rows(
            "ejournal.change",
            [
                ("lesson_id", "in", self._lesson_ids),
                "|",
                "&",
                ("pupil_id", "=", self._pupil_id),
                ("model_name", "in", ("ejournal.mark", "ejournal.attendance")),
                "&",
                ("model_name", "=", "ejournal.lesson"),
                ("field_name", "in", ("homework", "attachment")),
            ],
            (*names, "entered_at"),
        )
        for row in rows:
            if row["model_name"] == "ejournal.lesson":
                self.homework_at[row["lesson_id"]] = row["entered_at"]
                continue
            key = row["model_name"], row["res_id"], row["field_name"]
            if row["model_name"] == "ejournal.attendance":
                # one fact a lesson and pupil
                key = row["model_name"], row["lesson_id"], row["field_name"]
            self._histories[key].append((row["entered_at"], row["new_value"] or ""))

    def _shown(self, *key):
        return shown(self._histories[key], self._now, self._delay)

    # ---- marks -----------------------------------------------------------------------

    def _works(self):
        """``{id: row}`` of the columns that count."""
        rows = self._rows(
            "ejournal.work",
            [("lesson_id", "in", self._lesson_ids), ("struck_out", "=", False)],
            _WORK,
            order="lesson_id, sequence, id",
        )
        return {row["id"]: row for row in rows}

    def _marks(self):
        return self._rows(
            "ejournal.mark",
            [
                ("lesson_id", "in", self._lesson_ids),
                ("pupil_id", "=", self._pupil_id),
            ],
            (*_MARK, *_MARK_FIELDS),
        )

    def marks(self):
        """The marks that are shown by now.

        :returns: list of dicts: lesson_id, work_id, type, title, is_control, weight,
            value, second_value, comment, earlier, shown_at; ``scores`` of those that
            count in an average
        """
        found = (
            self._shown_mark(mark)
            for mark in self._own_marks
            if mark["work_id"] in self.works
        )
        return [mark for mark in found if mark]

    def _shown_mark(self, mark):
        value, second, comment = (
            self._shown("ejournal.mark", mark["id"], name) for name in _MARK_FIELDS
        )
        if not (value.value or value.earlier or comment.value):
            return None
        work = self.works[mark["work_id"]]
        # the score is of the present value: not of one that waits to be shown
        settled = (value.value, second.value) == (
            mark["value"] or "",
            mark["second_value"] or "",
        )
        scores = [mark["score"], mark["second_score"]] if mark["has_score"] else []
        return {
            "lesson_id": mark["lesson_id"],
            "work_id": mark["work_id"],
            "type": work["type_id.name"],
            "title": work["title"] or "",
            "is_control": bool(work["type_id.is_control"]),
            "weight": work["weight"],
            "value": value.value or False,
            "second_value": second.value or False,
            "comment": comment.value or False,
            "earlier": value.earlier or False,
            "shown_at": max(
                part.since for part in (value, second, comment) if part.since
            ),
            "settled": settled,
            "scores": [score for score in scores if score],
        }

    # ---- attendance ------------------------------------------------------------------

    def attendance(self):
        """``{lesson id: fact}`` of the absences that are shown by now.

        The reason is the own child's, so it may be told here.
        """
        facts = self.env["ejournal.attendance"]._with_reasons(
            [
                ("lesson_id", "in", self._lesson_ids),
                ("pupil_id", "=", self._pupil_id),
            ]
        )
        result = {}
        for fact in facts:
            kind = self._shown("ejournal.attendance", fact.lesson_id, "kind")
            if not kind.value:
                continue
            # away for the school is no absence, by the class teacher's layer
            known = fact.kind if fact.kind == "school" else kind.value
            result[fact.lesson_id] = {
                "kind": known,
                "minutes": fact.minutes if known == "late" else 0,
                "excused": fact.excused,
                "reason": fact.reason or False,
                "shown_at": kind.since,
            }
        return result
