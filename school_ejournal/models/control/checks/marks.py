"""Whether marks are set systematically (Regulation 4.2 А) and control works are marked."""

from odoo.tools import SQL

from .base import EMPTY_CELLS, Check

# A pupil is to have a mark for so many own lessons, until the fewest of the period is
# reached: after eight lessons nobody lacks three marks.
LESSONS_A_MARK = 4


class ControlWithoutMarks(Check):
    """A control work whose column stayed empty when its day and its grace were over."""

    code = "control"
    cure = EMPTY_CELLS

    def name(self, env):
        return env._("Control work without marks")

    def sentence(self, env, finding, pupil):
        return env._("The control work has no marks.")

    def query(self, scope, settings):
        return SQL(
            """
            SELECT due.id AS lesson_id, work.id AS work_id, 0 AS pupil_id, 0 AS amount,
                   0 AS needed
              FROM due
              JOIN ejournal_work work ON work.lesson_id = due.id
              JOIN ejournal_work_type type ON type.id = work.type_id
             WHERE type.is_control AND work.struck_out IS NOT TRUE
               AND greatest(work.grace_until, due.date) < %s
               AND NOT EXISTS (
                   SELECT FROM ejournal_mark mark
                    WHERE mark.work_id = work.id AND mark.value != '')
            """,
            scope.today,
        )


class NoMarksRunning(Check):
    """Some lessons running without a single mark, told once a journal."""

    code = "no_marks"
    later_lessons_cure = True

    def is_on(self, settings):
        return settings.check_lessons_without_marks > 0

    def name(self, env):
        return env._("Lessons running without a mark")

    def sentence(self, env, finding, pupil):
        return env._(
            "No pupil has a mark for %(count)s lessons running.", count=finding.amount
        )

    def query(self, scope, settings):
        lessons = settings.check_lessons_without_marks
        return SQL(
            """
            SELECT DISTINCT ON (run.journal_id) run.id AS lesson_id, 0 AS work_id,
                   0 AS pupil_id, run.lessons AS amount, %(lessons)s AS needed
              FROM (
                SELECT given.*, sum(pupils) OVER last AS marked,
                       count(*) OVER last AS lessons
                  FROM given
                WINDOW last AS (
                    PARTITION BY journal_id, period_id ORDER BY date, number
                    ROWS BETWEEN %(before)s PRECEDING AND CURRENT ROW)
              ) AS run
              JOIN due ON due.id = run.id
             WHERE run.marked = 0 AND run.lessons = %(lessons)s
             ORDER BY run.journal_id, run.date DESC, run.number DESC
            """,
            lessons=lessons,
            before=lessons - 1,
        )


class FewMarksInLesson(Check):
    """Fewer pupils marked at a lesson than the school wants, or than there are."""

    code = "few_in_lesson"
    later_lessons_cure = True

    def is_on(self, settings):
        return settings.check_marks_a_lesson > 0

    def name(self, env):
        return env._("Few marks at a lesson")

    def sentence(self, env, finding, pupil):
        return env._(
            "%(count)s pupils have a mark, at least %(needed)s should.",
            count=finding.amount,
            needed=finding.needed,
        )

    def query(self, scope, settings):
        return SQL(
            """
            SELECT listed.id AS lesson_id, 0 AS work_id, 0 AS pupil_id,
                   listed.pupils AS amount, least(count(*), %(fewest)s) AS needed
              FROM listed JOIN due ON due.id = listed.id
             WHERE listed.pupils < %(fewest)s
             GROUP BY listed.id, listed.pupils
            HAVING listed.pupils < least(count(*), %(fewest)s)
            """,
            fewest=settings.check_marks_a_lesson,
        )


class PupilNotAsked(Check):
    """A pupil without a mark in the last so many lessons that he was at."""

    code = "not_asked"
    later_lessons_cure = True

    def is_on(self, settings):
        return settings.check_lessons_not_asked > 0

    def name(self, env):
        return env._("Pupil not asked for long")

    def sentence(self, env, finding, pupil):
        return env._(
            "%(pupil)s has no mark in the last %(count)s lessons that he or she was at.",
            pupil=pupil,
            count=finding.amount,
        )

    def query(self, scope, settings):
        return SQL(
            """
            SELECT (array_agg(own.id ORDER BY own.place))[1] AS lesson_id, 0 AS work_id,
                   own.pupil_id, count(*) AS amount, %(lessons)s AS needed
              FROM (
                SELECT listed.id, listed.journal_id, listed.period_id, listed.pupil_id,
                       row_number() OVER (
                           PARTITION BY listed.journal_id, listed.period_id,
                                        listed.pupil_id
                           ORDER BY listed.date DESC, listed.number DESC
                       ) AS place,
                       EXISTS (
                           SELECT FROM ejournal_mark mark
                            WHERE mark.lesson_id = listed.id
                              AND mark.pupil_id = listed.pupil_id AND mark.value != ''
                       ) AS marked
                  FROM listed
                 WHERE listed.age <= 4 * %(lessons)s
                   AND NOT EXISTS (
                       SELECT FROM ejournal_attendance fact
                        WHERE fact.lesson_id = listed.id
                          AND fact.pupil_id = listed.pupil_id AND fact.kind = 'absent')
              ) AS own
             WHERE own.place <= %(lessons)s
             GROUP BY own.journal_id, own.period_id, own.pupil_id
            HAVING count(*) = %(lessons)s AND NOT bool_or(own.marked)
               AND (array_agg(own.id ORDER BY own.place))[1] IN (SELECT id FROM due)
            """,
            lessons=settings.check_lessons_not_asked,
        )


class FewMarksInPeriod(Check):
    """Too few marks for the period so far, by the lessons that the pupil was at."""

    code = "few_in_period"
    later_lessons_cure = True

    def name(self, env):
        return env._("Few marks in the period")

    def sentence(self, env, finding, pupil):
        return env._(
            "%(pupil)s has %(count)s marks in this period, by now %(needed)s are due.",
            pupil=pupil,
            count=finding.amount,
            needed=finding.needed,
        )

    def query(self, scope, settings):
        return SQL(
            """
            SELECT last.id AS lesson_id, 0 AS work_id, own.pupil_id,
                   own.marks AS amount, own.needed
              FROM (
                SELECT at.journal_id, at.period_id, at.pupil_id, at.lessons,
                       coalesce(marked.marks, 0) AS marks,
                       least(at.lessons / %(lessons_a_mark)s, CASE
                           WHEN at.lessons <= 34 THEN %(low)s
                           WHEN at.lessons <= 68 THEN %(mid)s ELSE %(high)s END
                       ) AS needed
                  FROM (
                    SELECT listed.journal_id, listed.period_id, listed.pupil_id,
                           count(*) FILTER (WHERE fact.id IS NULL) AS lessons
                      FROM listed
                      LEFT JOIN ejournal_attendance fact
                        ON fact.lesson_id = listed.id
                       AND fact.pupil_id = listed.pupil_id AND fact.kind = 'absent'
                     GROUP BY listed.journal_id, listed.period_id, listed.pupil_id
                  ) AS at
                  LEFT JOIN (
                    SELECT given.journal_id, given.period_id, mark.pupil_id,
                           count(*) AS marks
                      FROM given
                      JOIN ejournal_mark mark
                        ON mark.lesson_id = given.id AND mark.value != ''
                      JOIN ejournal_work work
                        ON work.id = mark.work_id AND work.struck_out IS NOT TRUE
                     GROUP BY given.journal_id, given.period_id, mark.pupil_id
                  ) AS marked USING (journal_id, period_id, pupil_id)
              ) AS own
              JOIN given AS last
                ON last.journal_id = own.journal_id AND last.period_id = own.period_id
               AND last.age = 1
              JOIN due ON due.id = last.id
             WHERE own.marks < own.needed
            """,
            lessons_a_mark=LESSONS_A_MARK,
            low=settings.min_marks_low,
            mid=settings.min_marks_mid,
            high=settings.min_marks_high,
        )
