from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from ...tools.plan_order import PlanProgress


class EjournalJournal(models.Model):
    """Plan against fact of many journals at once."""

    _inherit = "ejournal.journal"

    def _plan_progress(self, date=None):
        """Hours planned up to a day, hours held, lag.

        The hours of a topic fall due lesson by lesson from its date on, at the latest
        with the date of the next dated topic; in a plan without dates with each lesson
        of the timetable. A lesson that was cancelled, or in which another subject was
        taught or the pupils were only supervised, was planned and is not held.

        Two queries, whatever the number of journals. Rights are the caller's matter.

        :param date: the last day that counts; the school's yesterday when left out,
            since the lessons of today are under way
        :returns: ``{journal id: tools.plan_order.PlanProgress}`` of those with a plan
        """
        if not self:
            return {}
        self._flush_plan_facts()
        days = {
            company: date or company._ejournal_today() - timedelta(days=1)
            for company in self.company_id
        }
        progress = {}
        for company, journals in self.grouped("company_id").items():
            progress |= journals._read_plan_progress(days[company])
        return progress

    def _flush_plan_facts(self):
        self.env["ejournal.lesson"].flush_model(
            ["journal_id", "date", "state", "cancelled_by_plan", "substitution_kind"]
        )
        self.env["ejournal.plan"].flush_model(["journal_id"])
        self.env["ejournal.plan.topic"].flush_model()

    def _read_plan_progress(self, day):
        rows = self.env.execute_query(
            SQL(
                """
                WITH topic AS (
                    SELECT plan.journal_id, topic.date_planned, ceil(topic.hours) hours,
                           row_number() OVER own AS place,
                           sum(ceil(topic.hours)) OVER own AS upto
                      FROM ejournal_plan plan
                      JOIN ejournal_plan_topic topic ON topic.plan_id = plan.id
                     WHERE plan.journal_id = ANY(%(ids)s)
                    WINDOW own AS (PARTITION BY plan.journal_id
                                   ORDER BY topic.sequence, topic.id
                                   ROWS UNBOUNDED PRECEDING)
                ), begun AS (
                    SELECT DISTINCT ON (journal_id)
                           journal_id, place, date_planned, upto - hours AS before
                      FROM topic WHERE date_planned <= %(day)s
                     ORDER BY journal_id, place DESC
                ), plan AS (
                    SELECT plan.journal_id,
                           coalesce(max(topic.upto), 0) AS hours,
                           coalesce(max(begun.before), 0) AS before,
                           max(begun.date_planned) AS since,
                           min(topic.upto - topic.hours) FILTER (
                               WHERE topic.date_planned > %(day)s
                                 AND topic.place > coalesce(begun.place, 0)) AS cap
                      FROM ejournal_plan plan
                      LEFT JOIN topic ON topic.journal_id = plan.journal_id
                      LEFT JOIN begun ON begun.journal_id = plan.journal_id
                     WHERE plan.journal_id = ANY(%(ids)s)
                     GROUP BY plan.journal_id
                )
                SELECT plan.journal_id, plan.hours::int,
                       least(plan.before
                             + count(lesson.id) FILTER (
                                 WHERE lesson.date >= coalesce(plan.since, lesson.date)
                                   AND NOT (lesson.state = 'cancelled'
                                            AND coalesce(lesson.cancelled_by_plan,
                                                         false))),
                             coalesce(plan.cap, plan.hours))::int,
                       count(lesson.id) FILTER (
                           WHERE lesson.state = 'held'
                             AND lesson.substitution_kind IS DISTINCT FROM 'supervision'
                       )::int
                  FROM plan
                  LEFT JOIN ejournal_lesson lesson
                    ON lesson.journal_id = plan.journal_id AND lesson.date <= %(day)s
                 GROUP BY plan.journal_id, plan.hours, plan.before, plan.since, plan.cap
                """,
                ids=list(self.ids),
                day=day,
            )
        )
        return {row[0]: PlanProgress(*row[1:]) for row in rows}
