from collections import Counter, defaultdict
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.entry import attendance_value
from ...tools.formulas import means
from ...tools.letters import short_name
from ...tools.spans import closed_span, covers
from ...tools.stored import stored_rows

MAX_DAYS = 400
LESSON_FIELDS = (
    "date",
    "number",
    "state",
    "cancel_reason",
    "topic",
    "classwork",
    "homework",
    "no_homework",
    "homework_minutes",
    "attendance_confirmed",
    "filled_at",
    "filled_on_time",
)
LESSON_LINKS = ("period_id", "teacher_id", "substitute_id", "entrant_id")
_JOURNAL_FIELDS = (
    "name",
    "company_id",
    "year_id",
    "calendar_id",
    "subgroup_id",
    "subject_id",
    "scale_id",
    "assessment",
    "teacher_id",
)
# What the entry window and the proposals look at; the rest is read as plain rows.
_JUDGED_FIELDS = (
    "journal_id",
    "company_id",
    "date",
    "number",
    "state",
    "period_id",
    "entrant_id",
    "teacher_id",
    "attendance_confirmed",
    "topic",
)


class _Mark(NamedTuple):
    """A stored mark; what is empty is None."""

    work_id: int
    lesson_id: int
    pupil_id: int
    date: object
    value: str
    second_value: str
    comment: str
    has_score: bool
    score: float
    second_score: float


class EjournalJournal(models.Model):
    """What the journal page shows."""

    _inherit = "ejournal.journal"

    @api.readonly
    def load_page(self, date_start, date_end):
        """All that the journal page shows of some days, in one call.

        The number of queries depends neither on the pupils nor on the lessons.

        :param date_start: first day, ``YYYY-MM-DD`` or a date
        :param date_end: last day
        :returns: dict of

            - ``journal``: id, name, teacher, assessment, marks that the scale allows,
              signs of absence, and whether the caller may write anything
            - ``pupils``: id, name, list_name, short_name, number, spans (from–to on the
              list, listed_on, form), in the order of the list
            - ``lessons``: the lesson's fields, its ``window`` (see
              ``ejournal.lesson._entry_window``) and ``proposals``
            - ``works``: columns
            - ``marks``: work_id, lesson_id, pupil_id, value, second_value, comment
            - ``attendance``: lesson_id, pupil_id, value (absent, late, late:12)
            - ``exemptions``: pupil_id, date_start, date_end
            - ``averages``: pupil_id, plain, weighted, count
            - ``period_marks``: marks of the periods that the days lie in
        :raises AccessError: the caller may not read the journal
        :raises UserError: no dates, or more than 400 days
        """
        self.ensure_one()
        self._check_readable()
        first, last = self._page_dates(date_start, date_end)
        journal = self._page_journal()
        lessons = self._page_lesson_records(first, last)
        # sudo: who is on the list is part of the page, and of no other class is asked
        spans = self.sudo()._pupil_spans(first, last)[self.id]
        own = lessons._own(self.env.user)
        works = self._page_works(own, lessons - own)
        marks = self._mark_rows(works)
        exemptions = self._page_exemptions(spans, first, last)
        return {
            "journal": journal,
            "pupils": self._page_pupils(spans),
            "lessons": self._page_lessons(lessons, spans),
            "works": works,
            "marks": self._page_marks(marks),
            "attendance": self._page_attendance(own, lessons - own),
            "exemptions": exemptions,
            "averages": self._page_averages(lessons, works, marks, exemptions, spans),
            "period_marks": self._page_period_marks(lessons, spans),
        }

    def _check_readable(self):
        """Refuse who may not read one of the journals.

        The database judges: in Python the same rules first read who teaches what.
        """
        asked = [("id", "in", self.ids)]
        found = self.search_fetch(asked, _JOURNAL_FIELDS, order="id")
        (self - found).check_access("read")

    def _page_dates(self, date_start, date_end):
        try:
            first = fields.Date.to_date(date_start)
            last = fields.Date.to_date(date_end)
        except ValueError:
            first = last = None
        if not first or not last:
            raise UserError(self.env._("Name the first and the last day of the page."))
        if not 0 <= (last - first).days <= MAX_DAYS:
            raise UserError(
                self.env._(
                    "The page shows 1 to %(days)s days, the first before the last.",
                    days=MAX_DAYS,
                )
            )
        return first, last

    def _page_journal(self):
        settings = self.company_id._ejournal_settings()
        # sudo: the scale is part of the page, whoever may read the page
        scale = self.sudo().scale_id
        return {
            "id": self.id,
            "name": self.name,
            "teacher_id": self.teacher_id.id,
            "teacher": self._user_name(self.teacher_id),
            "assessment": self.assessment,
            "values": scale._current_values() if self.assessment != "none" else [],
            "letters": {
                "absent": settings.letter_absent,
                "late": settings.letter_late,
                "exempt": settings.letter_exempt,
            },
            "today": self.company_id._ejournal_today(),
        }

    def _user_name(self, user):
        """The name of a colleague, which is no secret; ``""`` for nobody.

        Alone it costs a tenth of reading the whole user and his contact.
        """
        asked = [("id", "=", user.id)]
        rows = stored_rows(self.env["res.users"], asked, ["name"], bypass_access=True)
        return rows[0][0] if rows else ""

    def _page_pupils(self, spans):
        by_pupil = defaultdict(list)
        for span in spans:
            by_pupil[span["pupil_id"]].append(span)
        # a list of several classes has no common numbers: the alphabet then
        several = len(self.class_ids) > 1
        places = {
            pupil_id: 0 if several else own[-1]["number"]
            for pupil_id, own in by_pupil.items()
        }
        pupils = stored_rows(
            self.env["ejournal.pupil"],
            [("id", "in", list(by_pupil))],
            ("id", "name", "last_name", "first_name", "sort_key"),
        )
        pupils.sort(key=lambda row: (places[row[0]], row[-1]))
        # as on paper: last and first name, the patronymic where it tells two apart
        namesakes = Counter(row[2:4] for row in pupils)
        return [
            {
                "id": pupil_id,
                "name": name,
                "list_name": name
                if namesakes[last_name, first_name] > 1
                else f"{last_name} {first_name or ''}".strip(),
                "short_name": short_name(last_name, first_name),
                "number": by_pupil[pupil_id][-1]["number"],
                "spans": [
                    {
                        key: span[key]
                        for key in ("date_start", "date_end", "listed_on", "form")
                    }
                    for span in by_pupil[pupil_id]
                ],
            }
            for pupil_id, name, last_name, first_name, _sort_key in pupils
        ]

    # ---- lessons and their entries ----------------------------------------------------

    def _page_lesson_records(self, first, last):
        """The lessons of some days that the caller may read."""
        Lesson = self.env["ejournal.lesson"]
        # sudo: what is not the caller's own is asked for by the rules below
        found = Lesson.sudo().search_fetch(
            [("journal_id", "=", self.id), ("date", ">=", first), ("date", "<=", last)],
            _JUDGED_FIELDS,
            order="date, number, id",
        )
        readable = found._own(self.env.user)
        if others := found - readable:
            readable |= Lesson.search([("id", "in", others.ids)]).sudo()
        return found.filtered(set(readable).__contains__).with_env(self.env)

    def _page_lessons(self, lessons, spans):
        windows = lessons._entry_window()
        proposals = lessons._proposals(windows, spans)
        # the lessons have been judged above
        rows = stored_rows(
            self.env["ejournal.lesson"],
            [("id", "in", lessons.ids)],
            ("id", *LESSON_FIELDS, *LESSON_LINKS),
            order="date, number, id",
            bypass_access=True,
        )
        return [
            {
                **{name: _or_false(value) for name, value in row.items()},
                "homework_minutes": row["homework_minutes"] or 0,
                "window": windows[row["id"]],
                "proposals": proposals.get(row["id"], {}),
            }
            for row in (
                dict(zip(("id", *LESSON_FIELDS, *LESSON_LINKS), values, strict=True))
                for values in rows
            )
        ]

    def _stored_of(self, own, others, model_name, names, domain=()):
        """Stored values of lessons' columns or facts, as far as the caller may read them.

        Everybody reads all of the lessons that he gives himself: for these the rules,
        which cost more than the rows, need not be asked again.

        :param own: lessons that the caller gives
        :param others: lessons of others
        """
        rows = []
        for part, bypass_access in ((own, True), (others, False)):
            if part:
                part_domain = [("lesson_id", "in", part.ids), *domain]
                rows += stored_rows(
                    self.env[model_name],
                    part_domain,
                    names,
                    bypass_access=bypass_access,
                )
        return rows

    def _page_works(self, own, others):
        rows = self._stored_of(
            own,
            others,
            "ejournal.work",
            (
                "id",
                "lesson_id",
                "type_id",
                "title",
                "marker_id",
                "weight",
                "grace_until",
                "struck_out",
                "is_answer",
            ),
        )
        # sudo: types of work are shown to everybody who may read the column
        types = self.env["ejournal.work.type"].sudo().browse({row[2] for row in rows})
        types = {
            work_type.id: {
                "type_id": work_type.id,
                "type": work_type.name,
                "code": work_type.code,
                "is_control": work_type.is_control,
                "two_marks": work_type.two_marks,
            }
            for work_type in types
        }
        return [
            {
                "id": work_id,
                "lesson_id": lesson_id,
                **types[type_id],
                "title": title or "",
                "marker_id": marker_id or False,
                "weight": weight,
                "grace_until": grace_until or False,
                "struck_out": bool(struck_out),
                "is_answer": bool(is_answer),
            }
            for (
                work_id,
                lesson_id,
                type_id,
                title,
                marker_id,
                weight,
                grace_until,
                struck_out,
                is_answer,
            ) in rows
        ]

    def _mark_rows(self, works):
        """The marks in columns that the caller may read.

        :param works: result of :meth:`_page_works`
        :returns: list of :class:`_Mark`
        """
        rows = stored_rows(
            self.env["ejournal.mark"],
            [("work_id", "in", [work["id"] for work in works]), ("value", "!=", False)],
            _Mark._fields,
            # who may read a column may read its marks, the rules of both are the same;
            # asking them for each of a thousand marks costs more than all the rest
            bypass_access=True,
        )
        return [_Mark(*row) for row in rows]

    def _page_marks(self, marks):
        return [
            {
                "work_id": mark.work_id,
                "lesson_id": mark.lesson_id,
                "pupil_id": mark.pupil_id,
                "value": mark.value,
                "second_value": mark.second_value or False,
                "comment": mark.comment or False,
            }
            for mark in marks
        ]

    def _page_attendance(self, own, others):
        return [
            {
                "lesson_id": lesson_id,
                "pupil_id": pupil_id,
                "value": attendance_value(kind, minutes),
            }
            for lesson_id, pupil_id, kind, minutes in self._stored_of(
                own,
                others,
                "ejournal.attendance",
                ("lesson_id", "pupil_id", "kind", "minutes"),
                [("kind", "!=", False)],
            )
        ]

    def _page_exemptions(self, spans, first, last):
        # sudo: that a pupil is exempt is shown on the page; the paper behind it is not
        exemptions = (
            self.env["ejournal.exemption"]
            .sudo()
            .search_fetch(
                [
                    ("subject_id", "=", self.subject_id.id),
                    ("pupil_id", "in", [span["pupil_id"] for span in spans]),
                    ("date_start", "<=", last),
                    "|",
                    ("date_end", "=", False),
                    ("date_end", ">=", first),
                ],
                ["pupil_id", "date_start", "date_end"],
            )
        )
        return [
            {
                "pupil_id": exemption.pupil_id.id,
                "date_start": exemption.date_start,
                "date_end": exemption.date_end,
            }
            for exemption in exemptions
        ]

    def _page_averages(self, lessons, works, marks, exemptions, spans):
        """Plain and weighted average of each pupil over the lessons of the page.

        Second marks count; struck-out columns, cancelled lessons and days of exemption
        do not.

        :param spans: who was on the list when; for those who extend this
        """
        held = {lesson.id for lesson in lessons if lesson.state != "cancelled"}
        weights = {w["id"]: w["weight"] for w in works if not w["struck_out"]}
        exempt = defaultdict(list)
        for row in exemptions:
            exempt[row["pupil_id"]].append(
                closed_span(row["date_start"], row["date_end"])
            )
        figures = [
            (mark.pupil_id, score, weights[mark.work_id])
            for mark in marks
            if mark.has_score and mark.work_id in weights and mark.lesson_id in held
            if not any(covers(span, mark.date) for span in exempt[mark.pupil_id])
            for score in (mark.score, mark.second_score)
            if score
        ]
        return [
            {"pupil_id": pupil_id, "count": count, "plain": plain, "weighted": weighted}
            for pupil_id, (count, plain, weighted) in means(figures).items()
        ]

    def _page_period_marks(self, lessons, spans):
        """Period marks of these pupils, for the periods the lessons lie in."""
        return []


def _or_false(value):
    """What is empty as the web client expects it."""
    return False if value is None else value
