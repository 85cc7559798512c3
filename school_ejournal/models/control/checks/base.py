"""What all checks share: which lessons are looked at, and what was found."""

from datetime import date
from typing import NamedTuple

from odoo.tools import SQL

CONTENT, ATTENDANCE = "content", "attendance"
EMPTY_CELLS, FORWARD = "empty_cells", "forward"


class Finding(NamedTuple):
    """One thing that a check found.

    ``teacher_id`` is who enters the lesson, ``amount`` and ``needed`` are the figures of
    the sentence, 0 where it has none.
    """

    code: str
    lesson_id: int
    journal_id: int
    teacher_id: int
    date: date
    number: int
    work_id: int
    pupil_id: int
    amount: int
    needed: int


class Scope(NamedTuple):
    """The lessons that are looked at; ``today`` is the school's.

    ``holidays`` are pairs of calendar and date, ``lags`` of journal and hours behind its
    plan. ``journal_ids``, ``lesson_ids`` and ``teacher_id`` narrow the dates, ``None`` does not.
    """

    company_id: int
    date_start: date
    date_end: date
    today: date
    holidays: tuple = ()
    lags: tuple = ()
    journal_ids: tuple = None
    lesson_ids: tuple = None
    teacher_id: int = None

    def conditions(self):
        """SQL of which rows of ``ejournal_lesson lesson`` are in the scope."""
        parts = [
            SQL("lesson.company_id = %s", self.company_id),
            SQL("lesson.date BETWEEN %s AND %s", self.date_start, self.date_end),
        ]
        for column, ids in (("journal_id", self.journal_ids), ("id", self.lesson_ids)):
            if ids is not None:
                parts.append(
                    SQL("%s = ANY(%s)", SQL.identifier("lesson", column), list(ids))
                )
        if self.teacher_id is not None:
            parts.append(SQL("lesson.entrant_id = %s", self.teacher_id))
        return SQL(" AND ").join(parts)


class Check:
    """One check.

    Attributes: ``code``; ``cure``, the scope of a remark about it (``forward`` opens
    nothing); ``later_lessons_cure``, whether it is over when a later lesson is in order;
    ``is_of_journal``, whether it is over when the whole journal is in order; ``is_hint``,
    told to the lesson's teacher alone.
    """

    code = None
    cure = FORWARD
    later_lessons_cure = False
    is_of_journal = False
    is_hint = False

    def is_on(self, settings):
        """Whether the school wants this check (``ejournal.settings``)."""
        return True

    def name(self, env):
        """Two or three words for lists."""
        raise NotImplementedError

    def sentence(self, env, finding, pupil):
        """What is wrong, for the teacher.

        :param pupil: name of the finding's pupil, ``""`` without one
        """
        raise NotImplementedError

    def query(self, scope, settings):
        """SQL with the columns ``lesson_id, work_id, pupil_id, amount, needed``.

        It may read the tables of :func:`shared_tables`.
        """
        raise NotImplementedError


def run(env, checks, scope, settings):
    """Run checks over a scope of lessons, all in one query.

    :returns: list of :class:`Finding`, in the order of ``checks``, then by date
    """
    asked = [check for check in checks if check.is_on(settings)]
    if not asked:
        return []
    parts = [
        SQL(
            "SELECT %s AS place, part.* FROM (%s) AS part",
            place,
            check.query(scope, settings),
        )
        for place, check in enumerate(asked)
    ]
    env.flush_all()
    rows = env.execute_query(
        SQL(
            """
            WITH %s
            SELECT found.place, lesson.id, lesson.journal_id, lesson.entrant_id,
                   lesson.date, lesson.number, found.work_id, found.pupil_id,
                   found.amount, found.needed
              FROM (%s) AS found
              JOIN ejournal_lesson lesson ON lesson.id = found.lesson_id
             ORDER BY found.place, lesson.date, lesson.number, lesson.id, found.work_id,
                      found.pupil_id
            """,
            shared_tables(scope),
            SQL(" UNION ALL ").join(parts),
        )
    )
    return [
        Finding(asked[place].code, lesson, journal, teacher or 0, *where)
        for place, lesson, journal, teacher, *where in rows
    ]


def shared_tables(scope):
    """Tables that the queries of the checks read by name; only those read are built.

    ``due``
        lessons of the scope that are to be filled: not cancelled, not ahead
    ``given``
        lessons with marks of the journals concerned, from the beginning of their period
        to the end of the scope, with the number of pupils marked. Today's lesson counts
        once it has a mark, since it may still get one.
    ``listed``
        pupils by lesson of ``given``: on the list that day, not exempt, not taught at home
    """
    return SQL(
        """
        due AS (
            SELECT lesson.* FROM ejournal_lesson lesson
             WHERE %(conditions)s AND lesson.state != 'cancelled'
               AND lesson.date <= %(today)s
        ),
        given AS MATERIALIZED (
            SELECT lesson.id, lesson.journal_id, lesson.period_id, lesson.date,
                   lesson.number, journal.subject_id, journal.subgroup_id,
                   journal.scale_id, coalesce(marked.pupils, 0) AS pupils,
                   row_number() OVER (
                       PARTITION BY lesson.journal_id, lesson.period_id
                       ORDER BY lesson.date DESC, lesson.number DESC
                   ) AS age
              FROM ejournal_lesson lesson
              JOIN ejournal_journal journal ON journal.id = lesson.journal_id
              LEFT JOIN LATERAL (
                  SELECT count(DISTINCT mark.pupil_id) AS pupils
                    FROM ejournal_mark mark
                    JOIN ejournal_work work ON work.id = mark.work_id
                   WHERE mark.lesson_id = lesson.id AND mark.value != ''
                     AND work.struck_out IS NOT TRUE
              ) marked ON true
             WHERE journal.assessment = 'marks' AND lesson.state != 'cancelled'
               AND (lesson.journal_id, lesson.period_id)
                   IN (SELECT due.journal_id, due.period_id FROM due)
               AND lesson.substitution_kind IS DISTINCT FROM 'supervision'
               AND lesson.date <= %(date_end)s
               AND (lesson.date < %(today)s
                    OR lesson.date = %(today)s AND marked.pupils > 0)
        ),
        listed AS (
            SELECT given.*, enrollment.pupil_id
              FROM given
              JOIN ejournal_journal_class_rel of_class
                ON of_class.journal_id = given.journal_id
              JOIN ejournal_class class ON class.id = of_class.class_id
              JOIN ejournal_enrollment enrollment
                ON enrollment.class_id = of_class.class_id
               AND given.date BETWEEN greatest(
                       enrollment.date_start, enrollment.listed_on
                   ) AND enrollment.date_until
             WHERE (enrollment.form = 'full' OR coalesce(class.grade, 0) = 0)
               AND (given.subgroup_id IS NULL OR EXISTS (
                   SELECT FROM ejournal_subgroup_member member
                    WHERE member.subgroup_id = given.subgroup_id
                      AND member.pupil_id = enrollment.pupil_id
                      AND given.date >= member.date_start
                      AND (member.date_end IS NULL OR given.date <= member.date_end)))
               AND NOT EXISTS (
                   SELECT FROM ejournal_exemption exemption
                    WHERE exemption.pupil_id = enrollment.pupil_id
                      AND exemption.subject_id = given.subject_id
                      AND given.date >= exemption.date_start
                      AND (exemption.date_end IS NULL
                           OR given.date <= exemption.date_end))
        )
        """,
        conditions=scope.conditions(),
        today=scope.today,
        date_end=scope.date_end,
    )
