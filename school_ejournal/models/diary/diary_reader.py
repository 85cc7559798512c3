"""The diary of one pupil over some days, read narrowly past the rights.

Whoever makes a :class:`DiaryReader` has checked the caller against the pupil. It reads
that pupil's lessons and entries and nothing else.
"""

from collections import defaultdict
from datetime import timedelta

from ...tools.letters import short_name
from ...tools.spans import closed_span, covers
from ...tools.stored import stored_dicts
from .diary_entries import DiaryEntries
from .pupil_places import PupilPlaces

# How far back the homework for a coming lesson is looked for.
_LOOK_BACK = timedelta(days=21)
_DAY = timedelta(days=1)
_LESSON = (
    "id",
    "journal_id",
    "date",
    "number",
    "state",
    "substitute_id",
    "topic",
    "classwork",
    "homework",
    "no_homework",
    "homework_minutes",
    "slot_id.room",
    "entrant_id.partner_id.name",
)
_CONTENT = ("topic", "classwork", "homework")


class DiaryReader:
    """See ``ejournal.pupil.load_diary``."""

    def __init__(self, pupil, first, last):
        self.pupil, self.env = pupil, pupil.env
        self.first, self.last = first, last
        self.today = pupil.company_id._ejournal_today()
        self.places = PupilPlaces(pupil, first - _LOOK_BACK, last)
        self.bells = self.places.bells()
        self.lessons = self._lessons()
        self.files = self._files()
        shown = [row["id"] for row in self.lessons if row["date"] >= first]
        now = pupil.company_id._ejournal_now()
        self.entries = DiaryEntries(pupil, shown, now)

    def diary(self):
        class_ = self.places.class_on(self.last)
        return {
            "pupil": {
                "id": self.pupil.id,
                "name": self.pupil.name,
                "first_name": self.pupil.first_name,
                "class": class_["class_id.name"] if class_ else "",
            },
            "today": self.today,
            "date_start": self.first,
            "date_end": self.last,
            "periods": self._periods(),
            "days": self._days(),
        }

    def _rows(self, model, domain, names, order="id"):
        return stored_dicts(self.env[model], domain, names, order)

    # ---- the calendar ------------------------------------------------------------------

    def _calendar_ids(self):
        return list({row["class_id.calendar_id"] for row in self.places.classes})

    def _touching(self, model, names, *domain):
        """Rows of the pupil's calendars that share a day with the diary."""
        return self._rows(
            model,
            [
                ("calendar_id", "in", self._calendar_ids()),
                ("date_start", "<=", self.last),
                ("date_end", ">=", self.first),
                *domain,
            ],
            names,
            order="date_start, id",
        )

    def _periods(self):
        periods = self.env["ejournal.period"].search(
            [
                ("calendar_id", "in", self._calendar_ids()),
                ("kind", "!=", "year"),
                ("date_start", "<=", self.last),
                ("date_end", ">=", self.first),
            ],
            order="date_start, id",
        )
        return [
            {
                "id": period.id,
                "title": period._title(),
                "date_start": period.date_start,
                "date_end": period.date_end,
            }
            for period in periods
        ]

    def _days(self):
        holidays = self._touching(
            "ejournal.holiday", ("name", "date_start", "date_end")
        )
        modes = {
            row["date"]: row["mode"]
            for row in self._rows(
                "ejournal.day",
                [
                    ("calendar_id", "in", self._calendar_ids()),
                    ("date", ">=", self.first),
                    ("date", "<=", self.last),
                ],
                ("date", "mode"),
            )
        }
        by_day = defaultdict(list)
        for lesson in self._diary_lessons():
            by_day[lesson.pop("date")].append(lesson)
        result = []
        for number in range((self.last - self.first).days + 1):
            day = self.first + number * _DAY
            free = [
                row["name"]
                for row in holidays
                if covers(closed_span(row["date_start"], row["date_end"]), day)
            ]
            result.append(
                {
                    "date": day,
                    "holiday": free[0] if free else False,
                    "mode": modes.get(day, "normal"),
                    "lessons": by_day[day],
                }
            )
        return result

    # ---- lessons -----------------------------------------------------------------------

    def _lessons(self):
        """The pupil's own lessons, those before the first day for their homework."""
        rows = self._rows(
            "ejournal.lesson",
            [
                ("journal_id", "in", list(self.places.journals)),
                ("date", ">=", self.first - _LOOK_BACK),
                ("date", "<=", self.last),
            ],
            _LESSON,
            order="date, number, id",
        )
        return [
            row
            for row in rows
            if self.places.has_lesson(row["journal_id"], row["date"])
        ]

    def _is_told(self, lesson):
        """Whether what the teacher wrote is more than a draft."""
        return lesson["state"] == "held" and lesson["date"] <= self.today

    def _files(self):
        """``{lesson id: files}`` of the homework."""
        told = [row["id"] for row in self.lessons if self._is_told(row)]
        result = defaultdict(list)
        for row in self._rows(
            "ir.attachment",
            [
                ("res_model", "=", "ejournal.lesson"),
                ("res_id", "in", told),
                ("res_field", "=", False),
            ],
            ("id", "name", "res_id", "file_size"),
        ):
            result[row["res_id"]].append(
                {"id": row["id"], "name": row["name"], "size": row["file_size"] or 0}
            )
        return result

    def _diary_lessons(self):
        """Rows of the lessons within the days, see ``load_diary``."""
        marks = defaultdict(list)
        for mark in self.entries.marks():
            marks[mark.pop("lesson_id")].append(
                {
                    name: value
                    for name, value in mark.items()
                    if name not in ("scores", "settled", "weight")
                }
            )
        absences = self.entries.attendance()
        exempt = self._exemptions()
        last_told = {}
        for lesson in self.lessons:
            due = last_told.get(lesson["journal_id"])
            if self._is_told(lesson):
                last_told[lesson["journal_id"]] = lesson
            if lesson["date"] < self.first:
                continue
            yield {
                **self._timetable_row(lesson),
                **self._content(lesson),
                "due": self._due(lesson, due),
                "announced": self._announced(lesson),
                "exempt": any(
                    covers(span, lesson["date"])
                    for span in exempt[self._subject(lesson)]
                ),
                "marks": marks[lesson["id"]],
                "attendance": absences.get(lesson["id"], False),
            }

    def _subject(self, lesson):
        return self.places.journals[lesson["journal_id"]]["subject_id"]

    def _timetable_row(self, lesson):
        class_ = self.places.class_on(lesson["date"])
        start, end = self.bells[class_["class_id.shift_id"], lesson["number"]]
        return {
            "id": lesson["id"],
            "date": lesson["date"],
            "number": lesson["number"],
            "time_start": start,
            "time_end": end,
            "subject": self.places.journals[lesson["journal_id"]]["subject_id.name"],
            "subject_id": self._subject(lesson),
            "room": lesson["slot_id.room"] or "",
            "teacher": _shortened(lesson["entrant_id.partner_id.name"]),
            "substitution": bool(lesson["substitute_id"]),
            "state": lesson["state"],
        }

    def _content(self, lesson):
        told = self._is_told(lesson)
        return {
            **{name: told and lesson[name] or "" for name in _CONTENT},
            "no_homework": bool(told and lesson["no_homework"]),
            "homework_minutes": told and lesson["homework_minutes"] or 0,
            "homework_at": told and self.entries.homework_at.get(lesson["id"]) or False,
            "files": self.files[lesson["id"]] if told else [],
        }

    def _due(self, lesson, before):
        """What was set for a lesson to come, ``False`` when nothing was."""
        if not before or lesson["date"] < self.today or lesson["state"] == "cancelled":
            return False
        files = self.files[before["id"]]
        if not before["homework"] and not files:
            return False
        return {
            "lesson_id": before["id"],
            "date": before["date"],
            "homework": before["homework"] or "",
            "files": files,
        }

    def _announced(self, lesson):
        """Control works that the teacher announced ahead."""
        if lesson["date"] < self.today or lesson["state"] == "cancelled":
            return []
        return [
            {"type": work["type_id.name"], "title": work["title"] or ""}
            for work in self.entries.works.values()
            if work["lesson_id"] == lesson["id"] and work["type_id.is_control"]
        ]

    def _exemptions(self):
        """``{subject id: spans}`` of what the pupil is exempt from."""
        result = defaultdict(list)
        for row in self._rows(
            "ejournal.exemption",
            [
                ("pupil_id", "=", self.pupil.id),
                ("date_start", "<=", self.last),
                "|",
                ("date_end", "=", False),
                ("date_end", ">=", self.first),
            ],
            ("subject_id", "date_start", "date_end"),
        ):
            result[row["subject_id"]].append(
                closed_span(row["date_start"], row["date_end"])
            )
        return result


def _shortened(name):
    """Осмонов Э.: as a timetable names a teacher."""
    last_name, _space, rest = (name or "").partition(" ")
    return short_name(last_name, rest.strip())
