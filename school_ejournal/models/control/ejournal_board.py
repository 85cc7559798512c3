from collections import Counter, defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.alphabet import sort_key
from ...tools.term import monday_of

# Statuses of a lesson, from done to not due; a page says each by a sign and a word.
FILLED, LATE, PART, EMPTY = "filled", "late", "part", "empty"
AHEAD, CANCELLED = "ahead", "cancelled"
DUE = (FILLED, LATE, PART, EMPTY)
_LESSON_FIELDS = [
    "journal_id",
    "date",
    "number",
    "state",
    "teacher_id",
    "substitute_id",
    "entrant_id",
    "topic",
    "classwork",
    "homework",
    "no_homework",
    "attendance_confirmed",
    "filled_at",
    "filled_on_time",
]
_MAX_REQUESTS = 30
_MAX_REMARKS = 30
_MAX_LAGS = 30


class EjournalBoard(models.AbstractModel):
    """“Today”: how the journals of the school are filled as the day goes.

    For the deputy director, who acts from it, and the director, who reads it. The number
    of queries depends neither on the pupils nor on the years stored. Numbers of absent
    pupils, no names; values of marks do not appear.
    """

    _name = "ejournal.board"
    _description = "Board of the Day"

    @api.model
    @api.readonly
    def load_today(self, date=None):
        """All that the board shows.

        :param date: a date or ``YYYY-MM-DD``; the school's today when left out
        :returns: dict of

            - ``date``, ``today``, ``may_decide`` (the caller is a deputy director)
            - ``classes``: by name; each ``name``, ``lessons`` (id, number, subject,
              teacher, status, missing, is_substitution), ``absent``, ``pupils`` and the
              ``week``
            - ``teachers``: by name; each ``id``, ``name``, ``day`` and ``week``
            - ``total``: ``day`` and ``week`` of the school, ``absent``, ``pupils``;
              a day or week is ``{filled, late, part, empty, due}`` in lessons
            - ``requests``, ``remarks``, ``lags``, ``substitutions``, ``findings``
        :raises AccessError: the caller is neither deputy director nor director
        """
        checks = self.env["ejournal.check"]
        checks._refuse_unless_control()
        day = self.env["ejournal.lesson"]._asked_day(date)
        monday = monday_of(day)
        # sudo: the caller reads all of the school, as was just judged; the rules of each
        # model would say so once more for every list
        board = self.sudo()
        week = board._lessons(monday, day)
        statuses = board._statuses(week)
        today = week.filtered(lambda lesson: lesson.date == day)
        absent = board._absent(day)
        sizes = board._sizes(today.journal_id.class_ids, day)
        return {
            "date": day,
            "today": self.env.company._ejournal_today(),
            "monday": monday,
            "may_decide": self.env.user.has_group("school_ejournal.group_deputy"),
            "classes": board._class_rows(today, week, statuses, absent, sizes),
            "teachers": board._teacher_rows(day, week, statuses),
            "total": {
                "day": _tally(statuses[lesson.id] for lesson in today),
                "week": _tally(statuses.values()),
                "absent": sum(absent.values()),
                "pupils": sum(sizes.values()),
            },
            "requests": self._requests(),
            "remarks": self._remarks(),
            "lags": board._lag_rows(),
            "substitutions": board._substitution_rows(today),
            "findings": board._finding_rows(monday, day),
        }

    # ---- lessons ---------------------------------------------------------------------

    def _lessons(self, date_start, date_end):
        lessons = self.env["ejournal.lesson"].search_fetch(
            [
                ("company_id", "=", self.env.company.id),
                ("date", ">=", date_start),
                ("date", "<=", date_end),
            ],
            _LESSON_FIELDS,
            order="date, number, id",
        )
        lessons.journal_id.fetch(["name", "subject_id", "class_ids", "subgroup_id"])
        # all at once: one by one they would cost a query each
        lessons.journal_id.class_ids.fetch(["name", "sort_key", "shift_id"])
        return lessons

    def _statuses(self, lessons):
        """``{lesson id: status}``; a lesson is due once it has begun by the bell."""
        settings = self.env.company._ejournal_settings()
        today = self.env.company._ejournal_today()
        local = self.env.company._ejournal_local(self.env.company._ejournal_now())
        hour = local.hour + local.minute / 60
        starts = {
            (bell.shift_id.id, bell.number): bell.time_start
            for bell in self.env["ejournal.bell"].search(
                [("company_id", "=", self.env.company.id)]
            )
        }
        statuses = {}
        for lesson in lessons:
            shift = lesson.journal_id.class_ids[:1].shift_id.id
            begins = starts.get((shift, lesson.number), 0)
            is_ahead = lesson.date > today or (lesson.date == today and begins > hour)
            statuses[lesson.id] = _status(lesson, settings, is_ahead)
        return statuses

    def _class_rows(self, today, week, statuses, absent, sizes):
        settings = self.env.company._ejournal_settings()
        of_day, of_week = defaultdict(list), defaultdict(list)
        for lesson in week:
            for class_ in lesson.journal_id.class_ids:
                of_week[class_].append(statuses[lesson.id])
        for lesson in today:
            for class_ in lesson.journal_id.class_ids:
                of_day[class_].append(
                    {
                        "id": lesson.id,
                        "number": lesson.number,
                        "subject": lesson.journal_id.subject_id.name,
                        "subgroup": lesson.journal_id.subgroup_id.name or "",
                        "teacher": lesson.entrant_id.name or "",
                        "is_substitution": bool(lesson.substitute_id),
                        "status": statuses[lesson.id],
                        "missing": settings._missing(lesson),
                    }
                )
        classes = self.env["ejournal.class"].union(*of_week).sorted("sort_key")
        return [
            {
                "id": class_.id,
                "name": class_.name,
                "lessons": of_day[class_],
                "day": _tally(row["status"] for row in of_day[class_]),
                "week": _tally(of_week[class_]),
                "absent": absent.get(class_.id, 0),
                "pupils": sizes.get(class_.id, 0),
            }
            for class_ in classes
        ]

    def _teacher_rows(self, day, week, statuses):
        of_day, of_week = defaultdict(list), defaultdict(list)
        for lesson in week:
            of_week[lesson.entrant_id].append(statuses[lesson.id])
            if lesson.date == day:
                of_day[lesson.entrant_id].append(statuses[lesson.id])
        vacant = self.env["res.users"]
        return [
            {
                "id": teacher.id,
                "name": teacher.name or "",
                "day": _tally(of_day[teacher]),
                "week": _tally(of_week[teacher]),
            }
            for teacher in sorted(
                of_week, key=lambda x: (x == vacant, sort_key(x.name or ""))
            )
        ]

    # ---- pupils, in numbers ----------------------------------------------------------

    def _absent(self, day):
        """``{class id: pupils absent from any lesson of the day}``."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT of_class.class_id, count(DISTINCT fact.pupil_id)
                  FROM ejournal_attendance fact
                  JOIN ejournal_journal_class_rel of_class
                    ON of_class.journal_id = fact.journal_id
                  JOIN ejournal_enrollment enrollment
                    ON enrollment.pupil_id = fact.pupil_id
                   AND enrollment.class_id = of_class.class_id
                   AND fact.date BETWEEN enrollment.date_start
                                     AND enrollment.date_until
                 WHERE fact.company_id = %s AND fact.date = %s
                   AND fact.kind = 'absent'
                 GROUP BY of_class.class_id
                """,
                self.env.company.id,
                day,
            )
        )
        return dict(rows)

    def _sizes(self, classes, day):
        """``{class id: pupils on the list}``."""
        groups = self.env["ejournal.enrollment"]._read_group(
            [
                ("class_id", "in", classes.ids),
                ("date_start", "<=", day),
                ("date_until", ">=", day),
            ],
            ["class_id"],
            ["__count"],
        )
        return {class_.id: count for class_, count in groups}

    # ---- what waits ------------------------------------------------------------------

    def _requests(self):
        """Requests that wait for a decision, the oldest first, by the caller's rights."""
        unlocks = self.env["ejournal.unlock"].search(
            [("state", "=", "requested"), ("company_id", "=", self.env.company.id)],
            order="id",
            limit=_MAX_REQUESTS,
        )
        return [
            {
                "id": unlock.id,
                "teacher": unlock.user_id.sudo().name,
                "asked_at": unlock.create_date,
                "reason": unlock.reason,
                "lessons": unlock.lesson_ids.mapped("display_name"),
                "is_own": unlock.user_id == self.env.user,
            }
            for unlock in unlocks
        ]

    def _remarks(self):
        """Numbers of open and overdue remarks, and the ones that end next."""
        remarks = self.env["ejournal.remark"]
        own = [("cleared_at", "=", False), ("company_id", "=", self.env.company.id)]
        opened = remarks.search(own, order="due_date, id")
        late = opened.filtered(lambda remark: remark.state == "overdue")
        return {
            "open": len(opened) - len(late),
            "overdue": len(late),
            "rows": [
                {
                    "id": remark.id,
                    "journal": remark.journal_id.name,
                    "teacher": remark.teacher_id.sudo().name,
                    "text": remark.text,
                    "due_date": remark.due_date,
                    "state": remark.state,
                }
                for remark in opened[:_MAX_REMARKS]
            ],
        }

    def _lag_rows(self):
        """Journals behind their plans, the furthest first."""
        company = self.env.company
        today = company._ejournal_today()
        least = company._ejournal_settings().check_plan_lag
        lags = self.env["ejournal.check"]._lags(company, today)
        behind = sorted((row for row in lags if row[1] > least), key=lambda x: -x[1])
        journals = self.env["ejournal.journal"]
        names = journals.browse(row[0] for row in behind[:_MAX_LAGS])
        return {
            "count": len(behind),
            "rows": [
                {
                    "journal_id": journal.id,
                    "journal": journal.name,
                    "teacher": journal.teacher_id.name or "",
                    "lag": lag,
                }
                for journal, (_id, lag) in zip(names, behind, strict=False)
            ],
        }

    def _substitution_rows(self, today):
        return [
            {
                "lesson_id": lesson.id,
                "number": lesson.number,
                "journal": lesson.journal_id.name,
                "teacher": lesson.teacher_id.name or "",
                "substitute": lesson.substitute_id.name,
            }
            for lesson in today
            if lesson.substitute_id and lesson.state != "cancelled"
        ]

    def _finding_rows(self, monday, day):
        """What the checks find in the closed days of the week, in numbers."""
        checks = self.env["ejournal.check"]
        names = dict(checks._selection())
        # the board has a list of its own of who is behind the plan
        names.pop("plan_lag")
        findings = checks._findings_of_closed_days(monday, day, names)
        counts = Counter(finding.code for finding in findings)
        return [
            {"code": code, "name": name, "count": counts[code]}
            for code, name in names.items()
            if counts[code]
        ]

    @api.model
    @api.readonly
    def load_findings(self, code, date_start, date_end):
        """What one check finds, row by row, for the list behind a number of the board.

        :param code: code of a check that is no hint
        :returns: list of dict, see ``ejournal.check._rows``
        """
        checks = self.env["ejournal.check"]
        checks._refuse_unless_control()
        if code not in dict(checks._selection()):
            raise UserError(self.env._("There is no such check: reload the page."))
        start, end = checks._asked_days(date_start, date_end)
        return checks._rows(checks._findings_of_closed_days(start, end, [code]))


def _status(lesson, settings, is_ahead):
    if lesson.state == "cancelled":
        return CANCELLED
    if lesson.filled_at:
        return FILLED if lesson.filled_on_time else LATE
    missing = settings._missing(lesson)
    if is_ahead and lesson.state == "planned":
        return AHEAD
    if not missing:
        return FILLED
    return EMPTY if lesson.state == "planned" else PART


def _tally(statuses):
    """Lessons by status; ``due`` are those that should be filled by now."""
    counts = Counter(statuses)
    return {
        **{status: counts[status] for status in DUE},
        "due": sum(counts[status] for status in DUE),
    }
