from odoo import models
from odoo.tools import SQL

# Columns of every line, in the order of the query.
COLUMNS = (
    "due",
    "on_time",
    "late",
    "late_outage",
    "late_substitution",
    "unfilled",
    "no_topic",
    "no_classwork",
    "no_homework",
    "no_attendance",
    "marks",
    "controls",
    "for_others",
)


class EjournalFilling(models.AbstractModel):
    """How the journals of some days were filled, in one query each.

    Nothing is stored here and no right is checked: the reports that call it judge who may
    see the answer. A lesson is due unless it was cancelled; ``late`` are those filled
    after their day, which only a permission, a remark or an outage allows (Regulation
    4.2 А). Values of marks are not looked at, only their number.
    """

    _name = "ejournal.filling"
    _description = "Filling of Journals"

    def _by_teacher(self, company, date_start, date_end):
        """Lines by the one who had to enter.

        :returns: ``{user id or None: {column: number}}``
        """
        return self._lines(company, date_start, date_end, SQL("due.entrant_id"))

    def _by_class(self, company, date_start, date_end):
        """Lines by class; a lesson of joined classes counts in each.

        :returns: ``{class id: {column: number}}``
        """
        join = SQL("JOIN ejournal_journal_class_rel c ON c.journal_id = due.journal_id")
        return self._lines(company, date_start, date_end, SQL("c.class_id"), join)

    def _of_school(self, company, date_start, date_end):
        """The one line of the whole school."""
        lines = self._lines(company, date_start, date_end, SQL("TRUE"))
        return lines.get(True) or dict.fromkeys(COLUMNS, 0)

    def _replaced(self, company, date_start, date_end):
        """``{user id: own lessons that a substitute held}``."""
        rows = self.env["ejournal.lesson"]._read_group(
            [
                ("company_id", "=", company.id),
                ("date", ">=", date_start),
                ("date", "<=", date_end),
                ("state", "!=", "cancelled"),
                ("substitute_id", "!=", False),
                ("teacher_id", "!=", False),
            ],
            ["teacher_id"],
            ["__count"],
        )
        return {teacher.id: count for teacher, count in rows}

    def _lines(self, company, date_start, date_end, key, join=None):
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH due AS (
                    SELECT l.*,
                           l.filled_at IS NOT NULL
                               AND l.filled_on_time IS NOT TRUE AS is_late,
                           EXISTS (SELECT 1
                                     FROM ejournal_unlock_lesson_rel r
                                     JOIN ejournal_unlock u ON u.id = r.unlock_id
                                    WHERE r.lesson_id = l.id AND u.origin = 'outage'
                                      AND u.state = 'approved') AS had_outage,
                           (SELECT COUNT(*) FROM ejournal_mark m
                             WHERE m.lesson_id = l.id AND m.value IS NOT NULL
                           ) AS marks,
                           (SELECT COUNT(*) FROM ejournal_work w
                              JOIN ejournal_work_type t ON t.id = w.type_id
                             WHERE w.lesson_id = l.id AND t.is_control
                               AND w.struck_out IS NOT TRUE) AS controls
                      FROM ejournal_lesson l
                     WHERE l.company_id = %s AND l.date BETWEEN %s AND %s
                       AND l.state != 'cancelled')
                SELECT %s,
                       COUNT(*),
                       COUNT(*) FILTER (WHERE due.filled_at IS NOT NULL
                                          AND NOT due.is_late),
                       COUNT(*) FILTER (WHERE due.is_late),
                       COUNT(*) FILTER (WHERE due.is_late AND due.had_outage),
                       COUNT(*) FILTER (WHERE due.is_late AND NOT due.had_outage
                                          AND due.substitute_id IS NOT NULL),
                       COUNT(*) FILTER (WHERE due.filled_at IS NULL),
                       COUNT(*) FILTER (WHERE COALESCE(due.topic, '') = ''),
                       COUNT(*) FILTER (WHERE COALESCE(due.classwork, '') = ''),
                       COUNT(*) FILTER (WHERE COALESCE(due.homework, '') = ''
                                          AND due.no_homework IS NOT TRUE),
                       COUNT(*) FILTER (WHERE due.attendance_confirmed IS NOT TRUE),
                       COALESCE(SUM(due.marks), 0)::integer,
                       COALESCE(SUM(due.controls), 0)::integer,
                       COUNT(*) FILTER (WHERE due.substitute_id IS NOT NULL)
                  FROM due %s
                 GROUP BY 1
                """,
                company.id,
                date_start,
                date_end,
                key,
                join or SQL(),
            )
        )
        return {row[0]: dict(zip(COLUMNS, row[1:], strict=True)) for row in rows}
