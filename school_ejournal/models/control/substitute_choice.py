"""The teachers of some days: who gives what at which hour, who is absent, what load.

Read at once; the queries grow neither with the teachers nor with the lessons or days.
"""

from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

from odoo.tools import SQL

from ...tools.alphabet import sort_key
from ...tools.term import monday_of

TEACHER = "school_ejournal.group_teacher"


class DayLesson(NamedTuple):
    """A lesson of a day; hours as the bells of its shift have them, or None."""

    id: int
    date: object
    number: int
    is_cancelled: bool
    entrant_id: int
    journal_id: int
    journal: str
    subject_id: int
    class_ids: tuple
    shift_id: int
    starts_at: float
    ends_at: float

    def meets(self, other):
        """Whether the two are given at the same time."""
        if self.date != other.date:
            return False
        if None in (self.starts_at, self.ends_at, other.starts_at, other.ends_at):
            return (self.number, self.shift_id) == (other.number, other.shift_id)
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


class DaysOfTeachers:
    """What the deputy director looks at when naming substitutes.

    :param env: environment; the caller's rights are checked by the callers
    :param company: the school
    :param dates: the days
    """

    def __init__(self, env, company, dates):
        # sudo: who teaches what and when hangs on the wall of every school
        self.env = env(su=True)
        self.company, self.dates = company, list(dates)
        users = self.env["res.users"].search_fetch(
            [
                ("all_group_ids", "in", self.env.ref(TEACHER).ids),
                ("company_ids", "in", company.ids),
                ("share", "=", False),
            ],
            ["name"],
        )
        self.names = {user.id: user.name for user in users}
        self._absences = self.env["ejournal.substitution"]._absences_between(
            company, min(self.dates), max(self.dates)
        )
        self.lessons = {lesson.id: lesson for lesson in self._read_lessons()}
        self._of_teacher = defaultdict(list)
        for lesson in self.lessons.values():
            if not lesson.is_cancelled:
                self._of_teacher[lesson.entrant_id].append(lesson)

    def is_absent(self, user_id, date):
        """Whether a confirmed absence of a teacher covers a day."""
        return any(
            absent_id == user_id and start <= date <= end
            for absent_id, start, end in self._absences
        )

    def busy_with(self, user_id, lesson_id):
        """The lesson that a teacher gives at the time of another one, or ``None``."""
        lesson = self.lessons.get(lesson_id)
        if lesson is None:
            return None
        return next(
            (
                other
                for other in self._of_teacher[user_id]
                if other.id != lesson_id and other.meets(lesson)
            ),
            None,
        )

    def is_beside(self, user_id, lesson_id):
        """What a teacher with a lesson at that hour could take on beside it:
        ``subgroups`` when it is the other subgroup of the class, else ``joined``."""
        other, lesson = self.busy_with(user_id, lesson_id), self.lessons[lesson_id]
        alike = other.subject_id == lesson.subject_id
        return (
            "subgroups"
            if alike and {*other.class_ids} & {*lesson.class_ids}
            else "joined"
        )

    # ---- reading -----------------------------------------------------------------------

    def _read_lessons(self):
        self.env["ejournal.lesson"].flush_model()
        self.env["ejournal.journal"].flush_model()
        self.env["ejournal.class"].flush_model(["shift_id", "sort_key"])
        self.env["ejournal.bell"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lesson.id, lesson.date, lesson.number,
                       lesson.state = 'cancelled', lesson.entrant_id, journal.id,
                       journal.name, journal.subject_id, list.class_ids, list.shift_id,
                       bell.time_start, bell.time_end
                  FROM ejournal_lesson lesson
                  JOIN ejournal_journal journal ON journal.id = lesson.journal_id
                  LEFT JOIN LATERAL (
                       SELECT array_agg(class.id ORDER BY class.sort_key) AS class_ids,
                              (array_agg(class.shift_id ORDER BY class.sort_key))[1]
                              AS shift_id
                         FROM ejournal_journal_class_rel rel
                         JOIN ejournal_class class ON class.id = rel.class_id
                        WHERE rel.journal_id = journal.id) list ON true
                  LEFT JOIN LATERAL (
                       SELECT time_start, time_end FROM ejournal_bell
                        WHERE shift_id = list.shift_id AND number = lesson.number
                        ORDER BY id LIMIT 1) bell ON true
                 WHERE lesson.company_id = %(school)s AND lesson.date = ANY(%(dates)s)
                   AND (lesson.state != 'cancelled'
                        OR NOT coalesce(lesson.cancelled_by_plan, false))
                 ORDER BY lesson.date, bell.time_start, lesson.number, journal.class_key, lesson.id
                """,
                school=self.company.id,
                dates=self.dates,
            )
        )
        return [DayLesson(*row[:8], tuple(row[8] or ()), *row[9:]) for row in rows]

    def loads(self, date):
        """Lessons that each teacher gives: on a day, in its week, and replaced hours of
        the month.

        :returns: ``{user id: (day, week, month)}``
        """
        monday = monday_of(date)
        first = date.replace(day=1)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT entrant_id,
                       count(*) FILTER (WHERE date = %(date)s),
                       count(*) FILTER (WHERE date BETWEEN %(monday)s AND %(sunday)s),
                       count(*) FILTER (
                           WHERE date BETWEEN %(first)s AND %(last)s
                             AND (substitute_id IS NOT NULL OR replaces_id IS NOT NULL))
                  FROM ejournal_lesson
                 WHERE company_id = %(school)s AND state != 'cancelled'
                   AND date BETWEEN least(%(monday)s, %(first)s)
                                AND greatest(%(sunday)s, %(last)s)
                   AND entrant_id IS NOT NULL
                 GROUP BY entrant_id
                """,
                school=self.company.id,
                date=date,
                monday=monday,
                sunday=monday + timedelta(days=6),
                first=first,
                last=(first + timedelta(days=31)).replace(day=1) - timedelta(days=1),
            )
        )
        return {user_id: tuple(counts) for user_id, *counts in rows}

    def teaching(self, date):
        """What each teacher teaches on a day.

        :returns: ``{user id: {subject id: set of class ids}}``
        """
        self.env["ejournal.assignment"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT assignment.teacher_id, journal.subject_id,
                       array_agg(DISTINCT rel.class_id)
                  FROM ejournal_assignment assignment
                  JOIN ejournal_journal journal ON journal.id = assignment.journal_id
                  LEFT JOIN ejournal_journal_class_rel rel
                    ON rel.journal_id = journal.id
                 WHERE assignment.company_id = %(school)s
                   AND assignment.date_start <= %(date)s
                   AND (assignment.date_end IS NULL OR assignment.date_end >= %(date)s)
                 GROUP BY assignment.teacher_id, journal.subject_id
                """,
                school=self.company.id,
                date=date,
            )
        )
        result = defaultdict(dict)
        for teacher_id, subject_id, class_ids in rows:
            result[teacher_id][subject_id] = set(class_ids) - {None}
        return result

    def in_order(self, user_ids):
        """Ids of teachers in the order of the alphabet."""
        return sorted(user_ids, key=lambda user_id: sort_key(self.names[user_id]))
