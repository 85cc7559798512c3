from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL


class ReplacedHour(NamedTuple):
    """A lesson given instead of an absent teacher's.

    ``kind`` as ``substitution_kind``, or ``other_subject``; then ``missed`` is the
    journal whose lesson fell out. ``is_held``: it has entries.
    """

    lesson_id: int
    date: object
    number: int
    journal: str
    missed: str
    kind: str
    teacher_id: int
    teacher: str
    substitute_id: int
    substitute: str
    is_held: bool
    order_ref: str


class DayChange(NamedTuple):
    """What is otherwise than in the timetable on a day.

    ``kind`` as in :class:`ReplacedHour`, or ``cancelled``, ``moved`` or ``added``;
    ``note`` says why it is cancelled, or which subject falls out.
    """

    lesson_id: int
    number: int
    class_key: str
    classes: str
    subject: str
    subgroup: str
    room: str
    kind: str
    teacher: str
    substitute: str
    note: str


class EjournalLesson(models.Model):
    """Lists of substitutions: the changes of a day, the replaced hours of a month.

    Plain queries for prints and figures; rights are the callers' matter. The cause of an
    absence stands in none of them.
    """

    _inherit = "ejournal.lesson"

    @api.model
    def _replaced_hours(self, company, date_start, date_end):
        """The lessons that were given instead of absent teachers', by day.

        :returns: list of :class:`ReplacedHour`; one query
        """
        self._flush_substitutions()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lesson.id, lesson.date, lesson.number, journal.name,
                       coalesce(missed_journal.name, ''),
                       CASE WHEN lesson.replaces_id IS NOT NULL THEN 'other_subject'
                            ELSE coalesce(lesson.substitution_kind, 'subject') END,
                       absent.id, coalesce(absent_name.name, ''),
                       substitute.id, substitute_name.name,
                       lesson.state = 'held',
                       coalesce((
                           SELECT absence.order_ref FROM ejournal_substitution absence
                            WHERE absence.teacher_id = absent.id
                              AND absence.company_id = lesson.company_id
                              AND absence.state != 'withdrawn'
                              AND lesson.date BETWEEN absence.date_start
                                                  AND absence.date_end
                            LIMIT 1), '')
                  FROM ejournal_lesson lesson
                  JOIN ejournal_journal journal ON journal.id = lesson.journal_id
                  LEFT JOIN ejournal_lesson missed ON missed.id = lesson.replaces_id
                  LEFT JOIN ejournal_journal missed_journal
                    ON missed_journal.id = missed.journal_id
                  LEFT JOIN res_users absent
                    ON absent.id = CASE WHEN lesson.replaces_id IS NULL
                                        THEN lesson.teacher_id ELSE missed.teacher_id END
                  LEFT JOIN res_partner absent_name ON absent_name.id = absent.partner_id
                  JOIN res_users substitute ON substitute.id = lesson.entrant_id
                  JOIN res_partner substitute_name
                    ON substitute_name.id = substitute.partner_id
                 WHERE lesson.company_id = %(school)s
                   AND lesson.date BETWEEN %(first)s AND %(last)s
                   AND lesson.state != 'cancelled'
                   AND (lesson.substitute_id IS NOT NULL
                        OR lesson.replaces_id IS NOT NULL)
                 ORDER BY lesson.date, lesson.number, journal.class_key, lesson.id
                """,
                school=company.id,
                first=date_start,
                last=date_end,
            )
        )
        return [ReplacedHour(*row) for row in rows]

    @api.model
    def _changes_of_day(self, company, date):
        """What is otherwise than in the timetable on a day, by class and lesson.

        :returns: list of :class:`DayChange`
        """
        self._flush_substitutions()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lesson.id, lesson.number, coalesce(journal.class_key, ''),
                       coalesce(list.classes, ''), journal.subject_id,
                       coalesce(subgroup.name, ''), coalesce(slot.room, ''),
                       CASE WHEN lesson.state = 'cancelled' THEN 'cancelled'
                            WHEN lesson.replaces_id IS NOT NULL THEN 'other_subject'
                            WHEN lesson.substitute_id IS NOT NULL
                            THEN coalesce(lesson.substitution_kind, 'subject')
                            WHEN lesson.slot_id IS NULL THEN 'added'
                            ELSE 'moved' END,
                       coalesce(teacher_name.name, ''), coalesce(entrant_name.name, ''),
                       CASE WHEN lesson.state = 'cancelled'
                            THEN coalesce(lesson.cancel_reason, '') ELSE '' END,
                       missed_journal.subject_id
                  FROM ejournal_lesson lesson
                  JOIN ejournal_journal journal ON journal.id = lesson.journal_id
                  LEFT JOIN ejournal_subgroup subgroup
                    ON subgroup.id = journal.subgroup_id
                  LEFT JOIN ejournal_timetable_slot slot ON slot.id = lesson.slot_id
                  LEFT JOIN LATERAL (
                       SELECT string_agg(class.name, ', ' ORDER BY class.sort_key) classes
                         FROM ejournal_journal_class_rel rel
                         JOIN ejournal_class class ON class.id = rel.class_id
                        WHERE rel.journal_id = journal.id) list ON true
                  LEFT JOIN res_users teacher ON teacher.id = lesson.teacher_id
                  LEFT JOIN res_partner teacher_name
                    ON teacher_name.id = teacher.partner_id
                  LEFT JOIN res_users entrant ON entrant.id = lesson.entrant_id
                  LEFT JOIN res_partner entrant_name
                    ON entrant_name.id = entrant.partner_id
                  LEFT JOIN ejournal_lesson missed ON missed.id = lesson.replaces_id
                  LEFT JOIN ejournal_journal missed_journal
                    ON missed_journal.id = missed.journal_id
                 WHERE lesson.company_id = %(school)s AND lesson.date = %(date)s
                   AND (lesson.substitute_id IS NOT NULL
                        OR lesson.replaces_id IS NOT NULL
                        OR (lesson.state = 'cancelled'
                            AND NOT coalesce(lesson.cancelled_by_plan, false)
                            AND NOT EXISTS (
                                SELECT 1 FROM ejournal_lesson instead
                                 WHERE instead.replaces_id = lesson.id
                                   AND instead.state != 'cancelled'))
                        OR (lesson.state != 'cancelled'
                            AND (lesson.slot_id IS NULL
                                 OR lesson.slot_date != lesson.date
                                 OR lesson.slot_number != lesson.number)))
                 ORDER BY journal.class_key, lesson.number, subgroup.name, lesson.id
                """,
                school=company.id,
                date=date,
            )
        )
        # sudo: names of subjects in the reader's language
        subjects = self.env["ejournal.subject"].sudo()
        subjects = subjects.browse({row[4] for row in rows} | {row[-1] for row in rows})
        names = {subject.id: subject.name for subject in subjects if subject.id}
        return [
            DayChange(
                *row[:4], names[row[4]], *row[5:-2], row[-2] or names.get(row[-1], "")
            )
            for row in rows
        ]

    def _flush_substitutions(self):
        self.env["ejournal.lesson"].flush_model()
        self.env["ejournal.journal"].flush_model()
        self.env["ejournal.substitution"].flush_model()
        self.env["ejournal.class"].flush_model(["name", "sort_key"])
        self.env["ejournal.subject"].flush_model(["name"])
        self.env["ejournal.subgroup"].flush_model(["name"])
        self.env["res.partner"].flush_model(["name"])
