"""Whether the journal keeps to its calendar-thematic plan (Regulation 4.3)."""

from odoo.tools import SQL

from .base import Check


class PlanLag(Check):
    """A journal that is more hours behind its plan than the school lets pass."""

    code = "plan_lag"
    is_of_journal = True

    def is_on(self, settings):
        return settings.check_plan_lag > 0

    def name(self, env):
        return env._("Behind the plan")

    def sentence(self, env, finding, pupil):
        return env._(
            "The journal is %(count)s hours behind its plan.", count=finding.amount
        )

    def query(self, scope, settings):
        """The lags were reckoned by the plans themselves, see ``Scope.lags``."""
        return SQL(
            """
            SELECT DISTINCT ON (due.journal_id) due.id AS lesson_id, 0 AS work_id,
                   0 AS pupil_id, behind.lag AS amount, %(hours)s AS needed
              FROM due
              JOIN unnest(%(journals)s::int[], %(lags)s::int[])
                   AS behind(journal_id, lag) USING (journal_id)
             WHERE behind.lag > %(hours)s
             ORDER BY due.journal_id, due.date DESC, due.number DESC
            """,
            hours=settings.check_plan_lag,
            journals=[journal_id for journal_id, _lag in scope.lags],
            lags=[lag for _journal_id, lag in scope.lags],
        )
