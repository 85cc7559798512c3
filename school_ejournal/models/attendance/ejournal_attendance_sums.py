from collections import defaultdict

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
        # sudo: see above
        classes = self.sudo()
        days = (date_start, date_end)
        on_list = classes._spans_of(classes, *days)
        held = classes._held_lessons(*days)
        facts = self._facts_by_pupil(on_list, held)
        rule = {
            school: school._ejournal_settings()._is_missed_day
            for school in classes.company_id
        }
        result = {}
        for class_ in classes:
            places = _Places(on_list[class_.id], held.get(class_.id, []), days)
            result[class_.id] = {
                pupil_id: places.sums_of(
                    pupil_id, facts.get(pupil_id, ()), rule[class_.company_id]
                )
                for pupil_id in places.pupil_ids
            }
        return result

    def _held_lessons(self, date_start, date_end):
        """Held lessons of each class with who is due in them.

        :returns: ``{class id: [(journal spans, [(lesson id, date, checked)])]}``
        """
        journals = self.env["ejournal.journal"].search(
            [("class_ids", "in", self.ids)], order="id"
        )
        lessons = defaultdict(list)
        for lesson_id, journal_id, date, checked in stored_rows(
            self.env["ejournal.lesson"],
            [
                ("journal_id", "in", journals.ids),
                ("date", ">=", date_start),
                ("date", "<=", date_end),
                ("state", "=", "held"),
            ],
            ("id", "journal_id", "date", "attendance_confirmed"),
        ):
            lessons[journal_id].append((lesson_id, date, checked))
        journals = journals.browse(lessons)
        spans_of = journals._pupil_spans(date_start, date_end)
        result = defaultdict(list)
        for journal in journals:
            for class_ in journal.class_ids & self:
                result[class_.id].append((spans_of[journal.id], lessons[journal.id]))
        return result

    def _facts_by_pupil(self, on_list, held):
        pupil_ids = {row["pupil_id"] for rows in on_list.values() for row in rows}
        lesson_ids = {
            lesson[0]
            for journals in held.values()
            for _spans, lessons in journals
            for lesson in lessons
        }
        result = defaultdict(list)
        for fact in self.env["ejournal.attendance"]._with_reasons(
            [
                ("lesson_id", "in", list(lesson_ids)),
                ("pupil_id", "in", list(pupil_ids)),
            ]
        ):
            result[fact.pupil_id].append(fact)
        return result


class _Places:
    """Which held lessons of a class are due for each pupil."""

    def __init__(self, on_list, held, days):
        self.own = defaultdict(list)
        for row in on_list:
            if row["form"] == "full":
                span = spans.closed_span(row["date_start"], row["date_end"])
                if spans.cut(span, days):
                    self.own[row["pupil_id"]].append(spans.cut(span, days))
        self.pupil_ids = list(self.own)
        # {pupil: [(first day, last day, lessons of one journal)]}
        self.due = defaultdict(list)
        for journal_spans, lessons in held:
            for row in journal_spans:
                member = spans.closed_span(row["date_start"], row["date_end"])
                for own in self.own.get(row["pupil_id"], ()):
                    if both := spans.cut(member, own):
                        self.due[row["pupil_id"]].append((both, lessons))

    def lessons_of(self, pupil_id):
        """``{lesson id: (date, roll was called)}`` of the lessons due for a pupil."""
        return {
            lesson_id: (date, checked)
            for span, lessons in self.due[pupil_id]
            for lesson_id, date, checked in lessons
            if spans.covers(span, date)
        }

    def sums_of(self, pupil_id, facts, is_missed_day):
        lessons = self.lessons_of(pupil_id)
        held = defaultdict(int)
        for date, _checked in lessons.values():
            held[date] += 1
        sums = attendance.Sums(
            due=len(lessons),
            unchecked=sum(not checked for _date, checked in lessons.values()),
        )
        own = [fact for fact in facts if fact.lesson_id in lessons]
        attendance.add_facts(sums, own, held.__getitem__, is_missed_day)
        return sums
