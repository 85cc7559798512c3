"""What the marks themselves suggest: hints to the lesson's teacher, to nobody else.

Never a remark, a line of a board or a figure of a report: a teacher who is counted by
low marks sets no low marks.
"""

from odoo.tools import SQL

from .base import Check

_LESSONS_TO_CORRECT = 3


class _Hint(Check):
    is_hint = True

    def is_on(self, settings):
        return settings.check_hints

    def _failing(self):
        """SQL of the marks that do not pass, as ``failing``."""
        return SQL(
            """
            SELECT given.*, mark.work_id, mark.pupil_id
              FROM given
              JOIN ejournal_mark mark ON mark.lesson_id = given.id
              JOIN ejournal_work work
                ON work.id = mark.work_id AND work.struck_out IS NOT TRUE
              JOIN ejournal_scale_value value
                ON value.scale_id = given.scale_id AND value.value = mark.value
               AND value.counts AND value.passing IS NOT TRUE
            """
        )


class FailAfterAbsence(_Hint):
    """A failing mark at the first lesson after an absence."""

    code = "fail_after_absence"

    def name(self, env):
        return env._("Failed right after an absence")

    def sentence(self, env, finding, pupil):
        return env._(
            "%(pupil)s was absent at the lesson before and has a failing mark here.",
            pupil=pupil,
        )

    def query(self, scope, settings):
        return SQL(
            """
            SELECT failing.id AS lesson_id, failing.work_id, failing.pupil_id,
                   0 AS amount, 0 AS needed
              FROM (%s) AS failing
              JOIN due ON due.id = failing.id
              JOIN given AS before
                ON before.journal_id = failing.journal_id
               AND before.period_id = failing.period_id AND before.age = failing.age + 1
              JOIN ejournal_attendance fact
                ON fact.lesson_id = before.id AND fact.pupil_id = failing.pupil_id
               AND fact.kind = 'absent'
            """,
            self._failing(),
        )


class FailNotCorrected(_Hint):
    """A failing mark that no passing one has followed for three lessons."""

    code = "fail_not_corrected"

    def name(self, env):
        return env._("Failing mark not corrected")

    def sentence(self, env, finding, pupil):
        return env._(
            "%(pupil)s has had no chance to correct a failing mark for %(count)s lessons.",
            pupil=pupil,
            count=finding.amount,
        )

    def query(self, scope, settings):
        return SQL(
            """
            SELECT DISTINCT ON (failing.journal_id, failing.pupil_id)
                   failing.id AS lesson_id, failing.work_id, failing.pupil_id,
                   (failing.age - 1)::int AS amount, %(lessons)s AS needed
              FROM (%(failing)s) AS failing
             WHERE failing.age > %(lessons)s
               AND NOT EXISTS (
                   SELECT FROM given AS later
                     JOIN ejournal_mark mark
                       ON mark.lesson_id = later.id AND mark.value != ''
                      AND mark.pupil_id = failing.pupil_id
                    WHERE later.journal_id = failing.journal_id
                      AND later.period_id = failing.period_id
                      AND later.age < failing.age)
             ORDER BY failing.journal_id, failing.pupil_id, failing.age
            """,
            lessons=_LESSONS_TO_CORRECT,
            failing=self._failing(),
        )
