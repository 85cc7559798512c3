from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .substitute_choice import DaysOfTeachers

DEPUTY = "school_ejournal.group_deputy"
DIRECTOR = "school_ejournal.group_director"


class EjournalSubstitution(models.Model):
    """The page on which the deputy director names substitutes in the morning."""

    _inherit = "ejournal.substitution"

    @api.model
    @api.readonly
    def load_substitutions(self, date=None):
        """Who is absent on a day, which lessons that leaves, who could give each.

        The number of queries depends neither on the absences nor on the lessons.

        :param date: a date or ``YYYY-MM-DD``; the school's today when left out
        :returns: dict of

            - ``date``, ``today``; ``before``, ``after``: the days beside it
            - ``reasons``, ``kinds``: ``[(key, label)]``
            - ``teachers``: id, name, day, week and month (lessons given, replaced hours),
              absent; in the order of the alphabet
            - ``absences``: id, teacher_id, teacher, date_start, date_end, state,
              reason_code, reason, order_ref, own (nobody decides on the own one) and
              ``lessons``: id, number, time_start, time_end, journal_id, journal,
              subject, classes, topic, state, note, kind, substitute_id, substitute,
              instead (the lesson given in its place), closed, has_entries, controls
              (announced control works and who marks them), ``choices`` (user_id, free,
              beside, busy, teaches, knows; the fittest first), ``others`` (journals of
              the class whose teachers are free: journal_id, journal, user_id)
        :raises AccessError: the caller is neither deputy director nor director
        """
        if not (self.env.user.has_group(DEPUTY) or self.env.user.has_group(DIRECTOR)):
            raise AccessError(
                self.env._("Substitutes are named by the deputy director.")
            )
        company = self.env.company
        try:
            day = fields.Date.to_date(date) or company._ejournal_today()
        except ValueError as error:
            raise UserError(self.env._("Name the day as YYYY-MM-DD.")) from error
        rows = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "!=", "withdrawn"),
                ("date_start", "<=", day),
                ("date_end", ">=", day),
            ],
            order="id",
        )
        page = _PageOfDay(self.env, company, day, rows)
        return {
            "date": day,
            "today": company._ejournal_today(),
            "before": day - timedelta(days=1),
            "after": day + timedelta(days=1),
            "reasons": self._fields["reason_code"]._description_selection(self.env),
            "kinds": self.env["ejournal.lesson"]
            ._fields["substitution_kind"]
            ._description_selection(self.env),
            "teachers": page.teachers(),
            "absences": [page.absence(row) for row in rows],
        }


class _PageOfDay:
    """The rows of the page, from facts read at once."""

    def __init__(self, env, company, day, substitutions):
        self.env, self.day = env, day
        self.days = DaysOfTeachers(env, company, [day])
        self.loads, self.taught = self.days.loads(day), self.days.teaching(day)
        matching = substitutions._matching_lessons()
        # sudo: the caller may read all lessons of the school, see load_substitutions
        self.lessons_of = {
            row.id: (
                row.sudo().lesson_ids.filtered(lambda x: x.date == day)
                | matching[row.id].filtered(lambda x: x.date == day)
            )
            for row in substitutions
        }
        lessons = env["ejournal.lesson"].sudo().union(*self.lessons_of.values())
        self.with_entries = lessons._filter_having_entries()
        self.topics = lessons.filtered(lambda x: not x.topic)._next_topics()
        self.others = self._journals_of_classes(lessons)
        self.now = company._ejournal_now()
        self.closes_at = company._ejournal_day_bounds(day)[1]

    def teachers(self):
        return [
            {
                "id": user_id,
                "name": self.days.names[user_id],
                **dict(
                    zip(
                        ("day", "week", "month"),
                        self.loads.get(user_id, (0, 0, 0)),
                        strict=True,
                    )
                ),
                "absent": self.days.is_absent(user_id, self.day),
            }
            for user_id in self.days.in_order(self.days.names)
        ]

    def absence(self, row):
        lessons = self.lessons_of[row.id]
        return {
            "id": row.id,
            "teacher_id": row.teacher_id.id,
            "teacher": row.teacher_id.sudo().name,
            "date_start": row.date_start,
            "date_end": row.date_end,
            "state": row.state,
            "reason_code": row.reason_code,
            "reason": row.reason or "",
            "order_ref": row.order_ref or "",
            "own": row.teacher_id == self.env.user,
            "lessons": [
                self._lesson(lesson, row.teacher_id)
                for lesson in sorted(lessons, key=self._place)
            ],
        }

    def _place(self, lesson):
        fact = self.days.lessons.get(lesson.id)
        return (fact and fact.starts_at or 0, lesson.number, lesson.id)

    def _lesson(self, lesson, absent):
        fact = self.days.lessons[lesson.id]
        journal = lesson.journal_id
        instead = lesson.replaced_by_ids.filtered(lambda x: x.state != "cancelled")[:1]
        topic = self.topics.get(lesson.id)
        return {
            "id": lesson.id,
            "number": lesson.number,
            "time_start": fact.starts_at,
            "time_end": fact.ends_at,
            "journal_id": journal.id,
            "journal": journal.name,
            "subject": journal.subject_id.name,
            "subgroup": journal.subgroup_id.name or "",
            "classes": ", ".join(journal.class_ids.sorted("sort_key").mapped("name")),
            "topic": lesson.topic or (topic.title if topic else ""),
            "state": lesson.state,
            "note": lesson.cancel_reason or "",
            "kind": lesson.substitution_kind or "",
            # the absent one himself may be the substitute of another
            "substitute_id": lesson.substitute_id.id
            if lesson.substitute_id != absent
            else False,
            "substitute": lesson.substitute_id.name
            if lesson.substitute_id and lesson.substitute_id != absent
            else "",
            "instead": {
                "lesson_id": instead.id,
                "journal": instead.journal_id.subject_id.name,
                "teacher": instead.entrant_id.name or "",
            }
            if instead
            else False,
            "closed": self.closes_at <= self.now,
            "has_entries": lesson in self.with_entries,
            "controls": [
                {
                    "work_id": work.id,
                    "title": work.display_name,
                    "marker_id": work.marker_id.id,
                    "marker": work.marker_id.name or "",
                }
                for work in lesson.work_ids
                if work.type_id.is_control and not work.struck_out
            ],
            "choices": self._choices(lesson, fact, absent),
            "others": self._others(lesson, absent),
        }

    def _choices(self, lesson, fact, absent):
        """The teachers who could give a lesson, the fittest first."""
        choices = []
        for user_id in self.days.names:
            if user_id == absent.id or self.days.is_absent(user_id, self.day):
                continue
            busy = self.days.busy_with(user_id, lesson.id)
            taught = self.taught[user_id]
            choices.append(
                {
                    "user_id": user_id,
                    "free": not busy,
                    "beside": self.days.is_beside(user_id, lesson.id)
                    if busy
                    else False,
                    "busy": busy.journal if busy else "",
                    "teaches": fact.subject_id in taught,
                    "knows": any(
                        {*fact.class_ids} & class_ids for class_ids in taught.values()
                    ),
                }
            )
        return sorted(choices, key=self._fitness)

    def _fitness(self, choice):
        day, week, _month = self.loads.get(choice["user_id"], (0, 0, 0))
        return (
            # the other subgroup's teacher is there already and knows both
            choice["beside"] != "subgroups",
            not choice["free"],
            not choice["teaches"],
            not choice["knows"],
            day,
            week,
            choice["user_id"],
        )

    def _journals_of_classes(self, lessons):
        """Journals of the same classes, whose subject could be taught instead."""
        classes = lessons.journal_id.class_ids
        return (
            self.env["ejournal.journal"]
            .sudo()
            .search(
                Domain("class_ids", "in", classes.ids)
                & Domain("teacher_id", "!=", False)
            )
        )

    def _others(self, lesson, absent):
        classes = lesson.journal_id.class_ids
        return [
            {
                "journal_id": journal.id,
                "journal": " · ".join(
                    filter(None, (journal.subject_id.name, journal.subgroup_id.name))
                ),
                "user_id": journal.teacher_id.id,
            }
            for journal in self.others
            if journal != lesson.journal_id
            and journal.class_ids & classes
            and journal.teacher_id != absent
            and journal.teacher_id.id in self.days.names
            and not self.days.is_absent(journal.teacher_id.id, self.day)
            and not self.days.busy_with(journal.teacher_id.id, lesson.id)
        ]
