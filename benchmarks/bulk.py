"""A year of lessons and entries by COPY: the fast path of the made-up school.

The ORM would need hours for the millions of marks of 10,000 pupils. What it would have
stored is put in as it would stand: lessons, columns, marks and attendance facts with all
their stored fields, and one row of the change record for each mark and fact. Changes of
topics and homework, and seals, are left out: nothing that is measured reads them.
"""

import io
from datetime import timedelta
from itertools import count

from odoo.addons.school_ejournal.demo.classroom import Classroom

_ROWS_AT_ONCE = 20_000
_ENTERED_AFTER = timedelta(hours=14)
_COLUMNS = {
    "ejournal_lesson": (
        "journal_id company_id slot_id date number slot_date slot_number period_id "
        "teacher_id entrant_id state was_held topic classwork homework no_homework "
        "homework_minutes attendance_confirmed filled_at filled_on_time"
    ),
    "ejournal_work": (
        "lesson_id journal_id company_id date type_id weight title is_answer sequence"
    ),
    "ejournal_mark": (
        "work_id lesson_id journal_id company_id date pupil_id value score has_score "
        "second_value second_score"
    ),
    "ejournal_attendance": (
        "lesson_id journal_id company_id date pupil_id kind minutes"
    ),
    "ejournal_change": (
        "company_id model_name res_id field_name new_value lesson_id journal_id pupil_id "
        "user_id entered_at basis"
    ),
}
_NO_CONTENT = (None, None, None, False, 0, False, None, False)


class Table:
    """Rows of one table, gathered and then copied in."""

    def __init__(self, cr, name):
        self._cr = cr
        self._name = name
        self._columns = ("id", *_COLUMNS[name].split())
        self._lines = []
        cr.execute(f"SELECT coalesce(max(id), 0) FROM {name}")
        self._ids = count(cr.fetchone()[0] + 1)

    def __len__(self):
        """How many rows wait to be copied."""
        return len(self._lines)

    def add(self, *values):
        """Add a row; returns its id."""
        row_id = next(self._ids)
        self._lines.append("\t".join(map(_text, (row_id, *values))))
        return row_id

    def copy(self):
        """Write what was gathered to the database."""
        if not self._lines:
            return
        self._cr.copy_from(
            io.StringIO("\n".join(self._lines)), self._name, columns=self._columns
        )
        self._lines = []

    def finish(self):
        """Copy the rest, let the next id follow, tell the planner what is there."""
        self.copy()
        sequence = f"{self._name}_id_seq"
        self._cr.execute(
            f"SELECT setval('{sequence}', (SELECT max(id) FROM {self._name}))"
        )
        self._cr.execute(f"ANALYZE {self._name}")


def _text(value):
    if value is None or value == "":
        return "\\N"
    return str(value)


class Year:
    """The lessons of the whole year, all of them filled but those of today."""

    def __init__(self, world):
        self._world = world
        world.env.flush_all()
        self._tables = {name: Table(world.env.cr, name) for name in _COLUMNS}
        self._company_id = world.company.id
        self._types = {
            work_type.code: (work_type.id, work_type.weight)
            for work_type in world.env["ejournal.work.type"].search(
                [("company_id", "=", self._company_id)]
            )
        }

    def write(self):
        """Make and fill all lessons, a day at a time."""
        # the rows refer to each other rightly; looking up each reference takes minutes
        self._world.env.cr.execute("SET LOCAL session_replication_role = replica")
        first, last = self._world.year.date_start, self._world.year.date_end
        classroom = Classroom(self._world, first, last)
        wishes, teacher_on = self._plan(first, last)
        day = None
        for wish in wishes:
            if wish.date != day:
                day = wish.date
                self._begin_day(day)
            teacher_id = teacher_on(wish.slot_id, day) or None
            sheet = None
            if day != self._world.today:
                sheet = classroom.fill(wish.journal_id, teacher_id, day, wish.number)
            self._add_lesson(wish, teacher_id, sheet)
        for table in self._tables.values():
            table.finish()
        self._world.env.cr.execute("RESET session_replication_role")
        self._world.env.invalidate_all()

    def _plan(self, first, last):
        """What the addon's own planning asks for, and who teaches it."""
        env, calendar = self._world.env, self._world.calendar
        slots = env["ejournal.timetable.slot"].search(
            [("journal_id.calendar_id", "=", calendar.id)]
        )
        timetable = env["ejournal.lesson"]._timetable(
            calendar, slots, first, last, lambda date: True
        )
        return timetable.wishes(), slots._planned_teachers()

    def _begin_day(self, day):
        for table in self._tables.values():
            if len(table) > _ROWS_AT_ONCE:
                table.copy()
        self._period_id = self._world.term().period_at(day)
        starts_at, _closes_at = self._world.company._ejournal_day_bounds(day)
        self._moment = starts_at + _ENTERED_AFTER

    def _add_lesson(self, wish, teacher_id, sheet):
        lesson_id = self._tables["ejournal_lesson"].add(
            wish.journal_id,
            self._company_id,
            wish.slot_id,
            wish.date,
            wish.number,
            wish.date,
            wish.number,
            self._period_id,
            teacher_id,
            teacher_id,
            "held" if sheet else "planned",
            bool(sheet),
            *(self._content(sheet) if sheet else _NO_CONTENT),
        )
        if sheet:
            place = lesson_id, wish.journal_id, self._company_id, wish.date
            for column in sheet.columns:
                self._add_column(place, column, teacher_id)
            for pupil_id, kind, minutes in sheet.facts:
                fact_id = self._tables["ejournal_attendance"].add(
                    *place, pupil_id, kind, minutes
                )
                fact = ("ejournal.attendance", fact_id, "kind", kind)
                self._record(fact, place, pupil_id, teacher_id)

    def _content(self, sheet):
        is_filled = (
            sheet.topic
            and sheet.classwork
            and (sheet.homework or sheet.no_homework)
            and sheet.attendance_confirmed
        )
        return (
            sheet.topic,
            sheet.classwork,
            sheet.homework,
            sheet.no_homework,
            sheet.homework_minutes,
            sheet.attendance_confirmed,
            self._moment if is_filled else None,
            bool(is_filled),
        )

    def _add_column(self, place, column, teacher_id):
        type_id, weight = self._types[column.code]
        is_answer = column.code == "answer"
        work_id = self._tables["ejournal_work"].add(
            *place, type_id, weight, column.title, is_answer, 10
        )
        for pupil_id, value, second in column.marks:
            mark_id = self._tables["ejournal_mark"].add(
                work_id,
                *place,
                pupil_id,
                value,
                float(value),
                True,
                second or None,
                float(second or 0),
            )
            mark = ("ejournal.mark", mark_id, "value", value)
            self._record(mark, place, pupil_id, teacher_id)

    def _record(self, what, place, pupil_id, teacher_id):
        lesson_id, journal_id, company_id, _date = place
        self._tables["ejournal_change"].add(
            company_id,
            *what,
            lesson_id,
            journal_id,
            pupil_id,
            teacher_id,
            self._moment,
            "migration",
        )


def enter_by_copy(world):
    """The ``enter`` of ``demo.school.make_school`` for large schools."""
    Year(world).write()
