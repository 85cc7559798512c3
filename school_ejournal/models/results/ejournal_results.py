from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

from ...tools.formulas import mean

# A pupil was on the journal's list on a day: in one of its classes, and in its subgroup
# where it has one. ``{day}`` is an SQL expression.
_LISTED = """
    EXISTS (SELECT 1 FROM ejournal_enrollment e
              JOIN ejournal_journal_class_rel r ON r.class_id = e.class_id
             WHERE r.journal_id = j.id AND e.pupil_id = p.id
               AND e.date_start <= {day} AND e.date_until >= {day})
    AND (j.subgroup_id IS NULL
         OR EXISTS (SELECT 1 FROM ejournal_subgroup_member s
                     WHERE s.subgroup_id = j.subgroup_id AND s.pupil_id = p.id
                       AND s.date_start <= {day}
                       AND (s.date_end IS NULL OR s.date_end >= {day})))
    AND NOT EXISTS (SELECT 1 FROM ejournal_exemption x
                     WHERE x.pupil_id = p.id AND x.subject_id = j.subject_id
                       AND x.date_start <= {day}
                       AND (x.date_end IS NULL OR x.date_end >= {day}))
"""


class Pupil(NamedTuple):
    """A pupil on the list when the results are counted."""

    id: int
    name: str
    sort_key: str
    gender: str
    class_id: int
    class_name: str
    class_key: str
    grade: int
    scale_id: int
    marked: bool
    period_id: int
    class_teacher_id: int


class Course(NamedTuple):
    """A pupil's subject in the period: there is, or should be, a mark for it."""

    pupil_id: int
    journal_id: int
    subject_id: int
    subject: str
    subject_sequence: int
    assessment: str
    scale_id: int
    teacher_id: int
    teacher: str
    exempt: bool


class Mark(NamedTuple):
    pupil_id: int
    subject_id: int
    period_id: int
    kind: str
    value: str
    average: float
    proposed: str
    score: float


class EjournalResults(models.AbstractModel):
    """Figures over many marks, each in one query.

    Nothing here is stored, and no right is checked by the methods with an underscore:
    whoever calls them has judged who may see the answer.
    """

    _name = "ejournal.results"
    _description = "Results"

    # ---- marks of lessons ------------------------------------------------------------

    def _averages(self, date_start, date_end, pupil_ids, subject_ids=None, **only):
        """Averages of pupils in subjects over all their journals. One query.

        A mark counts when the pupil was on the journal's list on its day: in the class,
        and in the subgroup. Second marks count; struck-out columns, cancelled lessons
        and days of exemption do not.

        :param pupil_ids: ids, or None for the whole present school
        :param subject_ids: ids; all subjects when left out
        :param only: ``control=True``: columns of control works only
        :returns: ``{(pupil id, subject id): (count, plain, weighted)}``
        """
        rows = self._query(
            """
            SELECT p.id, j.subject_id, COUNT(*), SUM(s.score::numeric),
                   SUM(s.score::numeric * w.weight::numeric), SUM(w.weight::numeric)
              FROM ejournal_mark m
              JOIN ejournal_work w ON w.id = m.work_id AND w.struck_out IS NOT TRUE
              JOIN ejournal_work_type t ON t.id = w.type_id
              JOIN ejournal_lesson l ON l.id = m.lesson_id AND l.state != 'cancelled'
              JOIN ejournal_journal j ON j.id = m.journal_id
              JOIN ejournal_pupil p ON p.id = m.pupil_id
             CROSS JOIN LATERAL (VALUES (m.score, m.has_score),
                                        (m.second_score, m.second_score > 0)
                                ) AS s(score, counts)
             WHERE s.counts AND m.date BETWEEN %(first)s AND %(last)s
               AND m.company_id = %(company)s
               {pupils} {subjects} {control} AND
            """
            + _LISTED.format(day="m.date")
            + "GROUP BY p.id, j.subject_id",
            {
                "control": SQL("AND t.is_control") if only.get("control") else SQL(),
                "pupils": _among("m.pupil_id", pupil_ids),
                "subjects": _among("j.subject_id", subject_ids),
            },
            first=date_start,
            last=date_end,
        )
        return {
            (pupil, subject): (count, mean(total, count), mean(weighted, weights))
            for pupil, subject, count, total, weighted, weights in rows
        }

    def _lessons(self, date_start, date_end, pupil_ids, subject_ids=None):
        """Lessons held for each pupil, and how many of them were missed. One query.

        :returns: ``{(pupil id, subject id): (held, missed)}``
        """
        rows = self._query(
            """
            SELECT p.id, j.subject_id, COUNT(*), COUNT(a.id)
              FROM ejournal_pupil p
              JOIN ejournal_enrollment e0 ON e0.pupil_id = p.id
                   AND e0.date_start <= %(last)s AND e0.date_until >= %(first)s
              JOIN ejournal_journal_class_rel r0 ON r0.class_id = e0.class_id
              JOIN ejournal_journal j ON j.id = r0.journal_id
              JOIN ejournal_lesson l ON l.journal_id = j.id AND l.state = 'held'
                   AND l.date BETWEEN GREATEST(%(first)s, e0.date_start)
                                  AND LEAST(%(last)s, e0.date_until)
              LEFT JOIN ejournal_attendance a ON a.lesson_id = l.id
                   AND a.pupil_id = p.id AND a.kind = 'absent'
             WHERE p.company_id = %(company)s {pupils} {subjects} AND
            """
            + _LISTED.format(day="l.date")
            + "GROUP BY p.id, j.subject_id",
            {
                "pupils": _among("p.id", pupil_ids),
                "subjects": _among("j.subject_id", subject_ids),
            },
            first=date_start,
            last=date_end,
        )
        return {
            (pupil, subject): (held, missed) for pupil, subject, held, missed in rows
        }

    def _exempt_pupils(self, date_start, date_end, pupil_ids, subject_ids=None):
        """Who was exempt from a subject on the last of these days.

        :returns: set of ``(pupil id, subject id)``
        """
        rows = self._query(
            """
            SELECT x.pupil_id, x.subject_id
              FROM ejournal_exemption x
             WHERE x.company_id = %(company)s AND x.date_start <= %(last)s
               AND (x.date_end IS NULL OR x.date_end >= %(last)s)
               {pupils} {subjects}
            """,
            {
                "pupils": _among("x.pupil_id", pupil_ids),
                "subjects": _among("x.subject_id", subject_ids),
            },
            last=self._count_day(date_start, date_end),
        )
        return {tuple(row) for row in rows}

    # ---- period marks ----------------------------------------------------------------

    def _pupils(self, periods, class_ids=None):
        """Who is counted: on the list on the last day of the period, or today before it.

        Who is taught at home stands on the list of the ordinary class too and counts
        there, once.

        :param periods: ``ejournal.period``, one a term calendar
        :returns: list of :class:`Pupil` in the order of classes and lists
        """
        rows = self._query(
            """
            SELECT * FROM (
                SELECT DISTINCT ON (p.id)
                       p.id, p.name, p.sort_key, p.gender, c.id AS class_id,
                       c.name AS class_name, c.sort_key AS class_key, c.grade,
                       c.scale_id, c.marked, q.id AS period_id, c.class_teacher_id
                  FROM ejournal_period q
                  JOIN ejournal_class c ON c.calendar_id = q.calendar_id
                  JOIN ejournal_enrollment e ON e.class_id = c.id
                       AND e.date_start <= {day} AND e.date_until >= {day}
                  JOIN ejournal_pupil p ON p.id = e.pupil_id
                 WHERE q.id = ANY(%(periods)s) AND c.company_id = %(company)s
                 ORDER BY p.id, (c.grade = 0), e.date_start DESC
                ) AS listed
             WHERE TRUE {classes}
             ORDER BY class_key, class_id, sort_key, id
            """,
            {"day": self._day_of_period(), "classes": _among("class_id", class_ids)},
            periods=list(periods.ids),
        )
        return [Pupil(*row) for row in rows]

    def _courses(self, periods, class_ids=None):
        """The subjects of each pupil in the period, with who teaches them.

        A journal that has neither lessons nor marks in the period expects none.

        :param class_ids: of journals that any of these classes takes part in
        :returns: list of :class:`Course`
        """
        lang = self.env.lang or "en_US"
        rows = self._query(
            """
            WITH taught AS (
                SELECT j.id, j.subject_id, j.subgroup_id, j.assessment, j.scale_id,
                       q.id AS period_id, {day} AS day,
                       COALESCE(b.name->>%(lang)s, b.name->>'en_US') AS subject,
                       b.sequence, m.teacher_id, n.name AS teacher
                  FROM ejournal_period q
                  JOIN ejournal_journal j ON j.calendar_id = q.calendar_id
                  JOIN ejournal_subject b ON b.id = j.subject_id
                  LEFT JOIN ejournal_assignment m ON m.journal_id = j.id
                       AND m.role = 'main' AND m.date_start <= {day}
                       AND (m.date_end IS NULL OR m.date_end >= {day})
                  LEFT JOIN res_users u ON u.id = m.teacher_id
                  LEFT JOIN res_partner n ON n.id = u.partner_id
                 WHERE q.id = ANY(%(periods)s) AND j.company_id = %(company)s
                   AND j.assessment != 'none' {classes}
                   AND (EXISTS (SELECT 1 FROM ejournal_lesson l
                                 WHERE l.journal_id = j.id AND l.state != 'cancelled'
                                   AND l.date BETWEEN q.date_start AND q.date_end)
                        OR EXISTS (SELECT 1 FROM ejournal_period_mark k
                                    WHERE k.journal_id = j.id AND k.period_id = q.id))
                )
            SELECT DISTINCT ON (e.pupil_id, t.subject_id)
                   e.pupil_id, t.id, t.subject_id, t.subject, t.sequence,
                   t.assessment, t.scale_id, t.teacher_id, t.teacher,
                   EXISTS (SELECT 1 FROM ejournal_exemption x
                            WHERE x.pupil_id = e.pupil_id
                              AND x.subject_id = t.subject_id
                              AND x.date_start <= t.day
                              AND (x.date_end IS NULL OR x.date_end >= t.day))
              FROM taught t
              JOIN ejournal_journal_class_rel r ON r.journal_id = t.id
              JOIN ejournal_class c ON c.id = r.class_id
              JOIN ejournal_enrollment e ON e.class_id = c.id
                   AND e.date_start <= t.day AND e.date_until >= t.day
             WHERE t.subgroup_id IS NULL
                OR EXISTS (SELECT 1 FROM ejournal_subgroup_member s
                            WHERE s.subgroup_id = t.subgroup_id
                              AND s.pupil_id = e.pupil_id AND s.date_start <= t.day
                              AND (s.date_end IS NULL OR s.date_end >= t.day))
             ORDER BY e.pupil_id, t.subject_id, (c.grade = 0) DESC,
                      (t.subgroup_id IS NULL), t.id
            """,
            {
                "day": self._day_of_period(),
                "classes": SQL()
                if class_ids is None
                else SQL(
                    "AND EXISTS (SELECT 1 FROM ejournal_journal_class_rel g "
                    "WHERE g.journal_id = j.id AND g.class_id = ANY(%s))",
                    list(class_ids),
                ),
            },
            periods=list(periods.ids),
            lang=lang,
        )
        return [Course(*row) for row in rows]

    def _marks(self, periods, pupil_ids=None):
        """The period marks that are set.

        :returns: list of :class:`Mark`
        """
        rows = self._query(
            """
            SELECT k.pupil_id, k.subject_id, k.period_id, k.kind, k.value, k.average,
                   k.proposed, k.score
              FROM ejournal_period_mark k
             WHERE k.company_id = %(company)s AND k.period_id = ANY(%(periods)s)
               AND k.value IS NOT NULL {pupils}
            """,
            {"pupils": _among("k.pupil_id", pupil_ids)},
            periods=list(periods.ids),
        )
        return [Mark(*row) for row in rows]

    # ---- helpers ---------------------------------------------------------------------

    def _count_day(self, date_start, date_end):
        """The day on which a period is counted: its last one, today before it."""
        return max(date_start, min(date_end, self.env.company._ejournal_today()))

    def _day_of_period(self):
        """:meth:`_count_day` of the period ``q`` of a query."""
        today = self.env.company._ejournal_today()
        return SQL("GREATEST(q.date_start, LEAST(q.date_end, %s::date))", today)

    def _query(self, text, parts, **values):
        """Run a query of the present school.

        :param text: SQL of ours with ``%(name)s`` for values and ``{name}`` for parts
        :param parts: ``{name: SQL}``
        """
        self.env.flush_all()
        names = {name: f"%({name})s" for name in parts}
        return self.env.execute_query(
            SQL(text.format(**names), **parts, **values, company=self.env.company.id)
        )


def _among(column, ids):
    """``AND column is one of ids``; nothing when all are meant."""
    if ids is None:
        return SQL()
    return SQL(f"AND {column} = ANY(%s)", list(ids))
