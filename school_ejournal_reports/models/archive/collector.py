"""Reads a class's journal of a period from the database: what its book will say.

A fixed number of queries whatever the number of pupils and lessons. Everything is read
with the archive's own right, after its step has judged who asks.
"""

from collections import defaultdict
from datetime import timedelta

from odoo.addons.school_ejournal.tools.letters import short_name
from odoo.addons.school_ejournal.tools.spans import closed_span, covers
from odoo.addons.school_ejournal.tools.stored import stored_rows

from ...tools import book_layout

# What is not an entry of the day itself, by the basis that the record names.
LATE = ("grace", "unlock", "remark", "order")
_EXCUSED = ("ill", "excused", "school")
_PARTS = {
    "ejournal.mark": "mark",
    "ejournal.attendance": "attendance",
    "ejournal.lesson": "lesson",
}
_CONTENT = ("topic", "classwork", "homework", "no_homework")
_SIGNS = {"quarter": ("I", "II", "III", "IV"), "half": ("I", "II")}


class Collector:
    """The sheets of one class."""

    def __init__(self, class_, archive):
        # sudo: the step that prints or compares has judged its caller
        self.env = class_.sudo().with_context(lang="ky_KG", active_test=False).env
        self.class_ = self.env["ejournal.class"].browse(class_.id)
        self.archive = self.env["ejournal.archive"].browse(archive.id)
        self.period = self.archive.period_ids.filtered(
            lambda period: period.calendar_id == self.class_.calendar_id
        )[:1]
        self.first = self.period.date_start
        self.last = self.period.date_end
        self.school = self.class_.company_id
        self.settings = self.school._ejournal_settings()
        self._read()

    # ---- reading ---------------------------------------------------------------------

    def _read(self):
        self.journals = self.env["ejournal.journal"].search(
            [("class_ids", "in", self.class_.ids)]
        )
        self.pupils = self._read_pupils()
        self.spans = self.journals._pupil_spans(self.first, self.last)
        self.lessons = self._read_lessons()
        self.names = self._read_names()
        self.works = self._by_lesson("ejournal.work", ("id", "type_id", "struck_out"))
        self.marks = self._read_marks()
        self.missed, self.late = self._read_attendance()
        self.excused = self._read_excused()
        self.exempt = self._read_exemptions()
        self.period_marks = self._read_period_marks()
        self.changes = self._read_changes()
        self.flags = {key for change in self.changes for key in change["keys"]}

    def _rows(self, model, domain, names, order="id"):
        return stored_rows(self.env[model], domain, names, order, bypass_access=True)

    def _read_pupils(self):
        """The pupils on the class's list in the period, in its fixed order."""
        spans = self.class_._spans_of(self.class_, self.first, self.last)
        numbers = {}
        for span in spans[self.class_.id]:
            numbers.setdefault(span["pupil_id"], span["number"])
        names = dict(
            self._rows("ejournal.pupil", [("id", "in", list(numbers))], ("id", "name"))
        )
        return [
            {"id": pupil_id, "number": number, "name": names[pupil_id]}
            for pupil_id, number in sorted(numbers.items(), key=lambda row: row[::-1])
        ]

    def _read_lessons(self):
        """``{journal id: [lesson]}``; what was cancelled has no column."""
        names = ("id", "journal_id", "date", "number", "entrant_id", *_CONTENT)
        found = defaultdict(list)
        for row in self._rows(
            "ejournal.lesson",
            [
                ("journal_id", "in", self.journals.ids),
                ("date", ">=", self.first),
                ("date", "<=", self.last),
                ("state", "!=", "cancelled"),
            ],
            names,
            "date, number, id",
        ):
            lesson = dict(zip(names, row, strict=True))
            found[lesson["journal_id"]].append(lesson)
        self.lesson_ids = [row["id"] for rows in found.values() for row in rows]
        self.lesson_by_id = {row["id"]: row for rows in found.values() for row in rows}
        return found

    def _read_names(self):
        ids = {row["entrant_id"] for row in self.lesson_by_id.values()} - {None}
        ids |= set(self.journals.teacher_id.ids)
        return dict(self._rows("res.users", [("id", "in", list(ids))], ("id", "name")))

    def _by_lesson(self, model, names):
        found = defaultdict(list)
        for row in self._rows(
            model, [("lesson_id", "in", self.lesson_ids)], ("lesson_id", *names)
        ):
            found[row[0]].append(dict(zip(names, row[1:], strict=True)))
        return found

    def _read_marks(self):
        """``{(work id, pupil id): text}``."""
        self.mark_place = {}
        found = {}
        for mark_id, work_id, lesson_id, pupil_id, value, second in self._rows(
            "ejournal.mark",
            [("lesson_id", "in", self.lesson_ids)],
            ("id", "work_id", "lesson_id", "pupil_id", "value", "second_value"),
        ):
            self.mark_place[mark_id] = (lesson_id, work_id, pupil_id)
            if value:
                found[work_id, pupil_id] = f"{value}/{second}" if second else value
        return found

    def _read_attendance(self):
        """``{(lesson id, pupil id)}`` of the absent, and the minutes of the late."""
        missed, late = set(), {}
        for lesson_id, pupil_id, kind, minutes in self._rows(
            "ejournal.attendance",
            [("lesson_id", "in", self.lesson_ids), ("kind", "!=", False)],
            ("lesson_id", "pupil_id", "kind", "minutes"),
        ):
            if kind == "absent":
                missed.add((lesson_id, pupil_id))
            else:
                late[lesson_id, pupil_id] = minutes or 0
        return missed, late

    def _read_excused(self):
        """Whether an absence is excused, and never why: ``(lesson id, pupil id)``."""
        if "ejournal.absence" not in self.env:
            return set()
        boxes = defaultdict(list)
        for pupil_id, start, end, first, last in self._rows(
            "ejournal.absence",
            [
                ("pupil_id", "in", [pupil["id"] for pupil in self.pupils]),
                ("state", "=", "confirmed"),
                ("reason", "in", _EXCUSED),
                ("date_start", "<=", self.last),
                ("date_end", ">=", self.first),
            ],
            ("pupil_id", "date_start", "date_end", "number_from", "number_to"),
        ):
            boxes[pupil_id].append((start, end or start, first or 0, last or 99))
        found = set()
        for lesson_id, pupil_id in self.missed:
            lesson = self.lesson_by_id[lesson_id]
            if any(
                start <= lesson["date"] <= end and first <= lesson["number"] <= last
                for start, end, first, last in boxes[pupil_id]
            ):
                found.add((lesson_id, pupil_id))
        return found

    def _read_exemptions(self):
        found = defaultdict(list)
        for pupil_id, subject_id, start, end in self._rows(
            "ejournal.exemption",
            [
                ("pupil_id", "in", [pupil["id"] for pupil in self.pupils]),
                ("date_start", "<=", self.last),
            ],
            ("pupil_id", "subject_id", "date_start", "date_end"),
        ):
            found[pupil_id, subject_id].append(closed_span(start, end))
        return found

    def _read_period_marks(self):
        """``{(pupil id, subject id): text}``."""
        if "ejournal.period.mark" not in self.env:
            return {}
        return {
            (pupil_id, subject_id): value
            for pupil_id, subject_id, value in self._rows(
                "ejournal.period.mark",
                [
                    ("pupil_id", "in", [pupil["id"] for pupil in self.pupils]),
                    ("period_id", "=", self.period.id),
                    ("kind", "=", "period"),
                    ("value", "!=", False),
                ],
                ("pupil_id", "subject_id", "value"),
            )
        }

    def _read_changes(self):
        """Entries made late, by permission, or changed: one row each for the list."""
        names = (
            "id",
            "model_name",
            "res_id",
            "field_name",
            "old_value",
            "new_value",
            "lesson_id",
            "pupil_id",
            "user_id",
            "entered_at",
            "basis",
        )
        rows = [
            dict(zip(names, row, strict=True))
            for row in self._rows(
                "ejournal.change",
                [
                    ("lesson_id", "in", self.lesson_ids),
                    ("model_name", "in", list(_PARTS)),
                    "|",
                    ("basis", "in", LATE),
                    "&",
                    ("model_name", "!=", "ejournal.lesson"),
                    ("old_value", "not in", (False, "")),
                ],
                names,
            )
        ]
        rows = [
            row
            for row in rows
            if row["model_name"] != "ejournal.lesson" or row["field_name"] in _CONTENT
        ]
        users = {row["user_id"] for row in rows} - set(self.names)
        self.names |= dict(
            self._rows("res.users", [("id", "in", list(users))], ("id", "name"))
        )
        pupils = {pupil["id"]: pupil["name"] for pupil in self.pupils}
        fields = {name: self._field_names(name) for name in _PARTS}
        found = []
        for row in rows:
            if row["pupil_id"] and row["pupil_id"] not in pupils:
                continue  # a joined lesson: that pupil stands in another class's book
            lesson = self.lesson_by_id[row["lesson_id"]]
            journal = self.env["ejournal.journal"].browse(lesson["journal_id"])
            found.append(
                {
                    "keys": self._change_keys(row),
                    "date": _short(lesson["date"]),
                    "subject": journal.subject_id.name,
                    "pupil": pupils.get(row["pupil_id"], ""),
                    "what": fields[row["model_name"]].get(
                        row["field_name"], row["field_name"]
                    ),
                    "old": row["old_value"] or "—",
                    "new": row["new_value"] or "—",
                    "by": self.names.get(row["user_id"], ""),
                    "at": self.school._ejournal_local(row["entered_at"]).strftime(
                        "%d.%m.%y %H:%M"
                    ),
                }
            )
        return found

    def _field_names(self, model):
        described = self.env[model].fields_get(attributes=["string"])
        return {name: field["string"] for name, field in described.items()}

    def _change_keys(self, row):
        if row["model_name"] == "ejournal.mark":
            return [self.mark_place.get(row["res_id"], ())]
        if row["model_name"] == "ejournal.attendance":
            return [(row["lesson_id"], None, row["pupil_id"])]
        return [(row["lesson_id"], row["field_name"])]

    # ---- sheets ----------------------------------------------------------------------

    def sheets(self):
        """``[{kind, data}]`` of the book, the last page apart (it counts the others)."""
        contents, sheets = [], []
        for journal in self.journals:
            pages = self._journal_sheets(journal)
            if not pages:
                continue
            teacher = self.names.get(journal.teacher_id.id, "—")
            name = self._journal_name(journal)
            contents.append(
                {"page": len(sheets) + 2, "subject": name, "teacher": teacher}
            )
            sheets += pages
        for sheet in (self._attendance(), self._summary()):
            contents.append(
                {
                    "page": len(sheets) + 2,
                    "subject": sheet["data"]["title"],
                    "teacher": "",
                }
            )
            sheets.append(sheet)
        sheets += self._lists("changes", [_without_keys(row) for row in self.changes])
        sheets += self._lists("remarks", self._remarks())
        return [self._title_page(contents), *sheets]

    def _journal_name(self, journal):
        name = journal.subject_id.name
        return f"{name} ({journal.subgroup_id.name})" if journal.subgroup_id else name

    def _title_page(self, contents):
        return {
            "kind": "title",
            "data": {
                "school": self.school.name,
                "class": self.class_.name,
                "year": self.class_.year_id.name,
                "class_teacher": self.class_.class_teacher_id.name or "—",
                "first": self.first.isoformat(),
                "last": self.last.isoformat(),
                "pupils": len(self.pupils),
                "contents": contents,
            },
        }

    def _journal_sheets(self, journal):
        """Left and right pages of a subject, at most 24 columns a spread."""
        lessons = self.lessons.get(journal.id, [])
        present = {span["pupil_id"] for span in self.spans[journal.id]}
        pupils = [pupil for pupil in self.pupils if pupil["id"] in present]
        if not lessons or (not pupils and self.pupils):
            return []
        sheets = []
        spreads = self._spreads(lessons)
        for index, spread in enumerate(spreads):
            head = {
                "journal": journal.id,
                "subject": self._journal_name(journal),
                "teacher": self.names.get(journal.teacher_id.id, "—"),
                "part": index + 1,
                "parts": len(spreads),
            }
            sheets.append(self._marks_sheet(journal, head, spread, pupils, spreads))
            rows = [self._lesson_data(lesson) for lesson, _columns in spread]
            for page in book_layout.lesson_pages(rows):
                sheets.append(
                    {
                        "kind": "lessons",
                        "data": {
                            **head,
                            "lessons": page,
                            "flags": [
                                [lesson["id"], field]
                                for lesson in page
                                for field in _CONTENT[:3]
                                if (lesson["id"], field) in self.flags
                            ],
                        },
                    }
                )
        return sheets

    def _spreads(self, lessons):
        """Lessons with their columns, divided; a lesson is never cut in two."""
        spreads, room = [[]], book_layout.MAX_COLUMNS
        for lesson in lessons:
            columns = self._columns(lesson)
            if len(columns) > room and spreads[-1]:
                spreads.append([])
                room = book_layout.MAX_COLUMNS
            spreads[-1].append((lesson, columns))
            room -= len(columns)
        return spreads

    def _columns(self, lesson):
        """The columns of a lesson: one without works, else one a work that counts."""
        works = [
            work for work in self.works[lesson["id"]] if not work["struck_out"]
        ] or [{"id": 0, "type_id": 0}]
        return [
            {
                "date": lesson["date"].isoformat(),
                "lesson": lesson["id"],
                "work": work["id"],
                "sign": self._sign(work["type_id"]),
            }
            for work in works
        ]

    def _sign(self, type_id):
        """A control work is told from an answer by a letter."""
        if not type_id:
            return ""
        kind = self.env["ejournal.work.type"].browse(type_id)
        return (kind.name or "")[:2] if kind.is_control else ""

    def _marks_sheet(self, journal, head, spread, pupils, spreads):
        columns = [column for _lesson, own in spread for column in own]
        first_of = {}
        for column in columns:
            first_of.setdefault(column["lesson"], column["work"])
        flags, cells = [], []
        for row, pupil in enumerate(pupils):
            values = []
            for index, column in enumerate(columns):
                leading = first_of[column["lesson"]] == column["work"]
                values.append(self._cell(journal, column, pupil, leading))
                keys = {(column["lesson"], column["work"], pupil["id"])}
                if leading:
                    keys.add((column["lesson"], None, pupil["id"]))
                if keys & self.flags:
                    flags.append([row, index])
            cells.append(values)
        data = {
            **head,
            "columns": columns,
            "pupils": pupils,
            "cells": cells,
            "flags": flags,
        }
        if spread is spreads[-1] and journal.assessment != "none":
            data["period_sign"] = _SIGNS[self.archive.kind][self.archive.sequence - 1]
            data["period_marks"] = [
                self._period_mark(pupil, journal.subject_id.id) for pupil in pupils
            ]
        return {"kind": "marks", "data": data}

    def _cell(self, journal, column, pupil, leading):
        parts = []
        key = (column["lesson"], pupil["id"])
        if leading and key in self.missed:
            parts.append(self.settings.letter_absent)
        elif leading and key in self.late:
            minutes = self.late[key]
            parts.append(f"{self.settings.letter_late}{minutes or ''}")
        mark = self.marks.get((column["work"], pupil["id"]))
        if mark:
            parts.append(mark)
        if not parts and leading:
            date = self.lesson_by_id[column["lesson"]]["date"]
            spans = self.exempt.get((pupil["id"], journal.subject_id.id), ())
            if any(covers(span, date) for span in spans):
                parts.append(self.settings.letter_exempt)
        return " ".join(parts)

    def _period_mark(self, pupil, subject_id):
        return self.period_marks.get((pupil["id"], subject_id), "")

    def _lesson_data(self, lesson):
        none_set = "—" if lesson["no_homework"] else ""
        name = self.names.get(lesson["entrant_id"], "")
        return {
            "id": lesson["id"],
            "date": lesson["date"].isoformat(),
            "number": lesson["number"],
            "topic": lesson["topic"] or "",
            "classwork": lesson["classwork"] or "",
            "homework": lesson["homework"] or none_set,
            "teacher": short_name(*name.split(" ", 1)) if " " in name else name,
        }

    def _attendance(self):
        """Lessons missed by weeks, and in all: excused, without reason, late."""
        weeks = self._weeks()
        columns = [f"{start}/{end}" for start, end in weeks]
        counts = defaultdict(int)
        for lesson_id, pupil_id in self.missed:
            week = self._week_of(self.lesson_by_id[lesson_id]["date"])
            counts[pupil_id, week] += 1
            counts[pupil_id, "missed"] += 1
            excused = (lesson_id, pupil_id) in self.excused
            counts[pupil_id, "excused" if excused else "unexcused"] += 1
        for _lesson_id, pupil_id in self.late:
            counts[pupil_id, "late"] += 1
        totals = ["missed", "excused", "unexcused", "late"]
        return {
            "kind": "attendance",
            "data": {
                "title": "Катышуу",
                "pupils": self.pupils,
                "columns": [*columns, *totals],
                "cells": [
                    [
                        str(counts.get((pupil["id"], column), "") or "")
                        for column in [*range(len(weeks)), *totals]
                    ]
                    for pupil in self.pupils
                ],
            },
        }

    def _weeks(self):
        monday = self.first - timedelta(days=self.first.weekday())
        weeks = []
        while monday <= self.last:
            start, end = max(monday, self.first), min(monday + timedelta(6), self.last)
            weeks.append((start.isoformat(), end.isoformat()))
            monday += timedelta(days=7)
        return weeks

    def _week_of(self, date):
        monday = self.first - timedelta(days=self.first.weekday())
        return (date - monday).days // 7

    def _summary(self):
        marked = self.journals.filtered(lambda journal: journal.assessment != "none")
        subjects = list(dict.fromkeys(marked.subject_id))
        return {
            "kind": "summary",
            "data": {
                "title": "Жыйынтык баалар",
                "pupils": self.pupils,
                "subjects": [subject.name for subject in subjects],
                "cells": [
                    [self._period_mark(pupil, subject.id) for subject in subjects]
                    for pupil in self.pupils
                ],
            },
        }

    def _remarks(self):
        if "ejournal.remark" not in self.env:
            return []
        remarks = self.env["ejournal.remark"].search(
            [
                ("journal_id", "in", self.journals.ids),
                "|",
                ("lesson_ids", "in", self.lesson_ids),
                "&",
                ("told_at", ">=", self.first),
                ("told_at", "<", self.last + timedelta(days=1)),
            ],
            order="told_at, id",
        )
        return [
            {
                "id": remark.id,
                "date": _short(self._local(remark.told_at)),
                "subject": self._journal_name(remark.journal_id),
                "text": remark.text or "",
                "by": remark.create_uid.name,
                "due": _short(remark.due_date),
                "cleared": _short(self._local(remark.cleared_at)),
            }
            for remark in remarks
        ]

    def _local(self, moment):
        return moment and self.school._ejournal_local(moment)

    def _lists(self, kind, rows):
        pages = book_layout.list_pages(kind, rows)
        return [
            {"kind": kind, "data": {kind: page, "part": number, "parts": len(pages)}}
            for number, page in enumerate(pages, 1)
        ]


def _without_keys(row):
    return {name: value for name, value in row.items() if name != "keys"}


def _short(date):
    return date.strftime("%d.%m.%Y") if date else "—"
