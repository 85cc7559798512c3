"""Entries that stand where none should: with an absence, in a lesson that was not held."""

from odoo.tools import SQL

from .base import ATTENDANCE, Check


class MarkAndAbsence(Check):
    """A mark for a lesson that the pupil was absent from.

    A control work may be made up later: its mark stands in the column of the day on which
    it was held (Regulation 4.2 А).
    """

    code = "mark_absent"
    cure = ATTENDANCE

    def is_on(self, settings):
        return settings.check_mark_absent

    def name(self, env):
        return env._("Mark and absence together")

    def sentence(self, env, finding, pupil):
        return env._("%(pupil)s is absent and has a mark.", pupil=pupil)

    def query(self, scope, settings):
        return SQL(
            """
            SELECT due.id AS lesson_id, work.id AS work_id, mark.pupil_id, 0 AS amount,
                   0 AS needed
              FROM due
              JOIN ejournal_attendance fact
                ON fact.lesson_id = due.id AND fact.kind = 'absent'
              JOIN ejournal_mark mark
                ON mark.lesson_id = due.id AND mark.pupil_id = fact.pupil_id
               AND mark.value != ''
              JOIN ejournal_work work ON work.id = mark.work_id
              JOIN ejournal_work_type type ON type.id = work.type_id
             WHERE work.struck_out IS NOT TRUE AND type.is_control IS NOT TRUE
               AND work.grace_until IS NULL
            """
        )


class EntriesWithoutLesson(Check):
    """Marks or attendance in a lesson that was cancelled or lies in the holidays.

    Nothing that a teacher may open cures it: the deputy director restores or moves the
    lesson.
    """

    code = "no_lesson"

    def is_on(self, settings):
        return settings.check_no_lesson

    def name(self, env):
        return env._("Entries without a lesson")

    def sentence(self, env, finding, pupil):
        return env._(
            "There are entries, but the lesson is cancelled or in the holidays."
        )

    def query(self, scope, settings):
        calendars = [calendar_id for calendar_id, _date in scope.holidays]
        dates = [date for _calendar_id, date in scope.holidays]
        return SQL(
            """
            SELECT lesson.id AS lesson_id, 0 AS work_id, 0 AS pupil_id, 0 AS amount,
                   0 AS needed
              FROM ejournal_lesson lesson
              JOIN ejournal_journal journal ON journal.id = lesson.journal_id
             WHERE %(conditions)s
               AND (lesson.state = 'cancelled' OR (journal.calendar_id, lesson.date) IN (
                    SELECT * FROM unnest(%(calendars)s::int[], %(dates)s::date[])))
               AND (lesson.attendance_confirmed
                    OR EXISTS (SELECT FROM ejournal_mark mark
                                WHERE mark.lesson_id = lesson.id AND mark.value != '')
                    OR EXISTS (SELECT FROM ejournal_attendance fact
                                WHERE fact.lesson_id = lesson.id
                                  AND fact.kind IS NOT NULL))
            """,
            conditions=scope.conditions(),
            calendars=calendars,
            dates=dates,
        )
