from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import attendance, spans
from ...tools.stored import stored_rows


class EjournalAttendance(models.Model):
    """The facts of many lessons with what is known of their reasons: one query."""

    _inherit = "ejournal.attendance"

    @api.model
    def _with_excuses(self, domain):
        """Absent, late, away for the school, each with excused yes/no.

        For reports, diaries and boards. Private, and without any check of rights: who
        calls it has judged whose lessons these are. The reason itself is left out.

        :param domain: of ``ejournal.attendance``: ``lesson_id``, ``pupil_id``, ``date`` …
        :returns: list of ``tools.attendance.Fact``, by date and lesson
        """
        return [fact._replace(reason=None) for fact in self._with_reasons(domain)]

    @api.model
    def _with_reasons(self, domain):
        """As :meth:`_with_excuses` with the reason, which is health data.

        Only for the own parents, the class teacher of the class and the deputy director.
        """
        facts = self.sudo()._search(
            Domain(domain)
            & Domain("kind", "!=", False)
            & Domain("lesson_id.state", "!=", "cancelled")
        )
        for name in ("ejournal.absence", "ejournal.lesson"):
            self.env[name].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT fact.lesson_id, fact.pupil_id, fact.date, lesson.number, fact.kind,
                       fact.minutes, absence.reason
                  FROM ejournal_attendance fact
                  JOIN ejournal_lesson lesson ON lesson.id = fact.lesson_id
             LEFT JOIN ejournal_absence absence
                    ON absence.pupil_id = fact.pupil_id
                   AND absence.state = 'confirmed'
                   AND fact.date BETWEEN absence.date_start AND absence.date_end
                   AND GREATEST(lesson.number, 1) >= absence.number_from
                   AND (absence.number_to = 0 OR lesson.number <= absence.number_to)
                 WHERE fact.id IN %(facts)s
              ORDER BY fact.date, lesson.number, fact.pupil_id
                """,
                facts=facts.subselect(),
            )
        )
        return [attendance.fact(*row) for row in rows]


class EjournalClass(models.Model):
    """Sums of attendance by pupil, for the class teacher's page and for reports."""

    _inherit = "ejournal.class"

    def _attendance_sums(self, date_start, date_end):
        """The attendance of each pupil of these classes, while he was in the class.

        Counted over the lessons held (state ``held``) of the journals of the class, for a
        subgroup its members only (due are the held lessons of pupils
        enrolled and in that subgroup). Pupils taught at home have no absence and are left
        out. Private, and without any check of rights; ``ill`` and ``days_ill`` are health
        data, see ``ejournal.absence``.

        :returns: ``{class id: {pupil id: tools.attendance.Sums}}``; a fixed number of
            queries
        """
        registers = self._attendance_registers(date_start, date_end)
        return {
            class_id: register.sums(date_start, date_end)
            for class_id, register in registers.items()
        }

    def _attendance_registers(self, date_start, date_end):
        """The attendance of some days, read once: ``{class id: Register}``.

        Private, and without any check of rights: the facts carry their reasons.
        """
        # sudo: see above
        classes = self.sudo()
        on_list = classes._spans_of(classes, date_start, date_end)
        lessons = classes._lessons_of_days(date_start, date_end)
        registers = {
            class_.id: Register(
                on_list[class_.id],
                lessons.get(class_.id, []),
                class_.company_id._ejournal_settings()._is_missed_day,
            )
            for class_ in classes
        }
        self._read_facts(registers.values())
        return registers

    def _lessons_of_days(self, date_start, date_end):
        """The lessons of each class that are not cancelled, with who is due in them.

        :returns: ``{class id: [(spans of the journal, [ClassLesson])]}``
        """
        journals = self.env["ejournal.journal"].search_fetch(
            [("class_ids", "in", self.ids)],
            ["class_ids", "subgroup_id", "subject_id"],
            order="id",
        )
        lessons = defaultdict(list)
        for *values, journal_id in stored_rows(
            self.env["ejournal.lesson"],
            [
                ("journal_id", "in", journals.ids),
                ("date", ">=", date_start),
                ("date", "<=", date_end),
                ("state", "!=", "cancelled"),
            ],
            ("id", "date", "number", "attendance_confirmed", "state", "journal_id"),
            order="date, number, id",
        ):
            lesson_id, date, number, called, state = values
            lessons[journal_id].append(
                ClassLesson(lesson_id, date, number, bool(called), state == "held")
            )
        journals = journals.browse(lessons)
        spans_of = journals._pupil_spans(date_start, date_end)
        result = defaultdict(list)
        for journal in journals:
            subject = journal.subject_id
            for class_ in journal.class_ids & self:
                result[class_.id].append(
                    JournalLessons(
                        subject.short_name or subject.name,
                        spans_of[journal.id],
                        lessons[journal.id],
                    )
                )
        return result

    @api.model
    def _read_facts(self, registers):
        """Give registers the facts of their pupils, with the reasons as they are now."""
        pupil_ids, lesson_ids = set(), set()
        for register in registers:
            pupil_ids.update(register.pupil_ids)
            lesson_ids.update(register.lesson_ids)
        facts = defaultdict(list)
        for fact in self.env["ejournal.attendance"]._with_reasons(
            [
                ("lesson_id", "in", list(lesson_ids)),
                ("pupil_id", "in", list(pupil_ids)),
            ]
        ):
            facts[fact.pupil_id].append(fact)
        for register in registers:
            register.take_facts(facts)


class ClassLesson(NamedTuple):
    """A lesson of a class; ``called`` when its roll was, ``held`` when it counts."""

    id: int
    date: object
    number: int
    called: bool
    held: bool


class JournalLessons(NamedTuple):
    subject: str
    spans: list
    lessons: list


class Register:
    """The attendance of a class over some days: who was due where, who was missing.

    Pupils taught at home are on the list and have no absence.
    """

    def __init__(self, on_list, journals, is_missed_day):
        self.on_list, self.journals = on_list, journals
        self.is_missed_day = is_missed_day
        self.facts = {}
        own = defaultdict(list)
        for row in on_list:
            if row["form"] == "full":
                span = spans.closed_span(row["date_start"], row["date_end"])
                own[row["pupil_id"]].append(span)
        self.pupil_ids = list(own)
        self.lesson_ids = [
            lesson.id for journal in journals for lesson in journal.lessons
        ]
        # {pupil: {lesson id: lesson}}
        self.due = {pupil_id: {} for pupil_id in own}
        for journal in journals:
            for row in journal.spans:
                member = spans.closed_span(row["date_start"], row["date_end"])
                for span in own.get(row["pupil_id"], ()):
                    both = spans.cut(member, span)
                    self.due[row["pupil_id"]].update(
                        (lesson.id, lesson)
                        for lesson in journal.lessons
                        if both and spans.covers(both, lesson.date)
                    )

    def take_facts(self, facts):
        """Keep the facts of lessons that were due: ``{pupil id: [Fact]}``."""
        self.facts = {
            pupil_id: [
                fact for fact in facts.get(pupil_id, ()) if fact.lesson_id in lessons
            ]
            for pupil_id, lessons in self.due.items()
        }

    def sums(self, date_start, date_end):
        """``{pupil id: tools.attendance.Sums}`` over some of the days."""
        days = (date_start, date_end)
        return {
            pupil_id: self._sums_of(pupil_id, days)
            for pupil_id in self.pupil_ids
            if any(
                row["pupil_id"] == pupil_id
                and spans.overlap(
                    spans.closed_span(row["date_start"], row["date_end"]), days
                )
                for row in self.on_list
            )
        }

    def _sums_of(self, pupil_id, days):
        held = defaultdict(int)
        sums = attendance.Sums()
        for lesson in self.due[pupil_id].values():
            if lesson.held and spans.covers(days, lesson.date):
                sums.due += 1
                sums.unchecked += not lesson.called
                held[lesson.date] += 1
        facts = [fact for fact in self.facts[pupil_id] if spans.covers(days, fact.date)]
        attendance.add_facts(sums, facts, held.__getitem__, self.is_missed_day)
        return sums
