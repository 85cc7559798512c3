from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...tools.formulas import (
    EXCELLENT,
    FAILING,
    GOOD,
    NOT_ATTESTED,
    SATISFACTORY,
    UNGRADED,
    mean,
    standing_of,
)

SHARES = ("pass_rate", "quality", "sou", "average")
GROUPS = ("class", "grade", "subject", "teacher", "course")


class EjournalResults(models.AbstractModel):
    """The page of the results: the deputy's, the director's, a class teacher's."""

    _inherit = "ejournal.results"

    # ---- who and what ----------------------------------------------------------------

    @api.model
    def _classes_seen(self):
        """Ids of the classes whose results the caller sees; None for all.

        :raises AccessError: the caller is neither deputy nor director nor leads a class
        """
        user = self.env.user
        if user.has_group("school_ejournal.group_deputy") or user.has_group(
            "school_ejournal.group_director"
        ):
            return None
        classes = user.has_group("school_ejournal.group_teacher") and self.env[
            "ejournal.class"
        ].search(
            [("class_teacher_id", "=", user.id), ("year_id.state", "!=", "closed")]
        )
        if not classes:
            raise AccessError(
                self.env._(
                    "Results are seen by the deputy director, the director and, of the "
                    "own class, the class teacher."
                )
            )
        return classes.ids

    @api.model
    def _result_periods(self):
        """One period for each quarter, half-year and year that has begun, in order."""
        today = self.env.company._ejournal_today()
        # sudo: names and dates of periods are no secret
        periods = (
            self.env["ejournal.period"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.env.company.id),
                    ("date_start", "<=", today),
                ]
            )
        )
        first = {}
        for period in periods.sorted("id"):
            key = period.year_id, period.kind, period.sequence
            first.setdefault(key, period)
        rows = self.env["ejournal.period"].sudo().union(*first.values())
        return rows.sorted(
            lambda p: (p.year_id.date_start, p.kind == "year", p.date_start)
        )

    @api.model
    def _chosen(self, period_id):
        periods = self._result_periods()
        if not periods:
            raise UserError(
                self.env._("No quarter has begun yet: there are no results.")
            )
        if period_id:
            found = periods.filtered(lambda p: p.id == period_id)
            if not found:
                raise UserError(
                    self.env._("There are no results of this period. Choose another.")
                )
            return periods, found
        today = self.env.company._ejournal_today()
        leaves = periods.filtered(lambda p: p.kind != "year") or periods
        over = leaves.filtered(lambda p: p.date_end < today)
        return periods, (over or leaves)[-1]

    # ---- the page --------------------------------------------------------------------

    @api.model
    def load_results(self, period_id=None):
        """Results of a period for all that the caller sees.

        :param period_id: one of ``periods``; the last one that is over when left out.
            The same period of every term calendar of the year is counted
        :returns: dict of

            - ``periods``, ``period``: id, name, kind, state
            - ``denominator``: over whom shares are counted
            - ``values``: the columns of counts, the best first
            - ``school``: one row; ``rows``: lists of rows by class, grade, subject,
              teacher and course (a journal). A row has ``name``, ``counts`` by value,
              ``total``, ``exempt``, ``not_attested``, ``unmarked``, ``denominator``,
              ``pass_rate``, ``quality``, ``sou``, ``average`` (false: nothing to reckon)
              and ``change`` of these four since the period before; classes, grades and
              the school also ``standing``, where the pupils stand
            - ``lists``: excellent, one_four, one_three, failing: pupil, class and what
              makes the case
            - ``objectivity``: marks that differ by 1 or more from the average, the
              control works or the exam
        :raises AccessError: see :meth:`_classes_seen`
        """
        class_ids = self._classes_seen()
        periods, period = self._chosen(period_id)
        data = self._of(period, class_ids)
        return {
            "periods": [self._result_period_row(each) for each in periods],
            "period": self._result_period_row(period),
            "whole_school": class_ids is None,
            "denominator": data.results.kind,
            "values": self._value_columns(data),
            "signs": self.env.company._ejournal_signs_of_marks(),
            "school": self._school_row(data),
            "rows": {group: self._rows_of(data, group) for group in GROUPS},
            "lists": self._list_rows(data),
            "objectivity": self._objectivity_rows(data),
        }

    def _result_period_row(self, period):
        return {
            "id": period.id,
            "name": period.display_name,
            "year": period.year_id.name,
            "kind": period.kind,
            "state": period.state,
            "date_start": period.date_start,
            "date_end": period.date_end,
        }

    def _value_columns(self, data):
        """The values that are counted: of the scale from the best on, credits last."""
        grades = data.results.grades
        found = {entry.entry for entry in data.results.entries}
        scored = sorted(
            (value for value, grade in grades.items() if grade.score is not None),
            key=lambda value: -grades[value].score,
        )
        lowest = min((g.score for g in grades.values() if g.score), default=0)
        return [
            value for value in scored if value in found or grades[value].score > lowest
        ] + [v for v, g in grades.items() if g.score is None and v in found]

    # ---- rows ------------------------------------------------------------------------

    def _figures_row(self, pair):
        """A row of now and before, see ``results.Results.of``."""
        now, before = pair
        row = now._asdict()
        row["counts"] = row.pop("values")
        row["change"] = {
            name: round(getattr(now, name) - getattr(before, name), 2)
            for name in SHARES
            if getattr(now, name) is not None and getattr(before, name) is not None
        }
        return {name: False if v is None else v for name, v in row.items()}

    def _standing_row(self, pair):
        now, before = pair
        row = now._asdict()
        row["change"] = {
            name: round(getattr(now, name) - getattr(before, name), 2)
            for name in ("pass_rate", "quality")
            if getattr(now, name) is not None and getattr(before, name) is not None
        }
        return {name: False if v is None else v for name, v in row.items()}

    def _school_row(self, data):
        results = data.results
        return {
            "name": self.env.company.name,
            **self._figures_row(results.of(results.entries)),
            "standing": self._standing_row(results.standing(results.classes)),
        }

    def _rows_of(self, data, group):
        """The rows of one grouping, in the order that people look for."""
        return getattr(self, f"_rows_by_{group}")(data)

    def _rows_by_class(self, data):
        found = data.results.by("class_id")
        none = data.results.of([])
        classes = {p.class_id: p for p in data.pupils.values()}
        return [
            {
                "id": class_id,
                "name": pupil.class_name,
                "marked": pupil.marked,
                **self._figures_row(found.get((class_id,), none)),
                "standing": self._standing_row(data.results.standing([class_id])),
            }
            for class_id, pupil in sorted(
                classes.items(), key=lambda row: (row[1].class_key, row[0])
            )
        ]

    def _rows_by_grade(self, data):
        found = data.results.by("grade")
        none = data.results.of([])
        grades = {}
        for pupil in data.pupils.values():
            grades.setdefault(pupil.grade, set()).add(pupil.class_id)
        return [
            {
                "id": grade,
                "name": str(grade) if grade else self.env._("At home"),
                **self._figures_row(found.get((grade,), none)),
                "standing": self._standing_row(data.results.standing(class_ids)),
            }
            for grade, class_ids in sorted(grades.items())
        ]

    def _rows_by_subject(self, data):
        names = {c.subject_id: (c.subject_sequence, c.subject) for c in data.courses}
        return [
            {"id": subject_id, "name": names[subject_id][1], **self._figures_row(pair)}
            for (subject_id,), pair in sorted(
                data.results.by("subject_id").items(), key=lambda row: names[row[0][0]]
            )
        ]

    def _rows_by_teacher(self, data):
        names = {c.teacher_id or 0: c.teacher for c in data.courses}
        rows = [
            {
                "id": teacher_id,
                "name": names.get(teacher_id) or self.env._("Vacancy"),
                **self._figures_row(pair),
            }
            for (teacher_id,), pair in data.results.by("teacher_id").items()
        ]
        return sorted(rows, key=lambda row: (not row["id"], row["name"]))

    def _rows_by_course(self, data):
        courses = {(c.journal_id, c.subject_id): c for c in data.courses}
        classes = {p.class_id: p for p in data.pupils.values()}
        rows = []
        for (class_id, journal_id, subject_id), pair in data.results.by(
            "class_id", "journal_id", "subject_id"
        ).items():
            course, pupil = courses[journal_id, subject_id], classes[class_id]
            rows.append(
                (
                    (
                        pupil.class_key,
                        course.subject_sequence,
                        course.subject,
                        journal_id,
                    ),
                    {
                        "id": f"{class_id}-{journal_id}",
                        "name": f"{pupil.class_name} · {course.subject}",
                        "class": pupil.class_name,
                        "subject": course.subject,
                        "teacher": course.teacher or "",
                        "journal_id": journal_id,
                        **self._figures_row(pair),
                    },
                )
            )
        return [row for _key, row in sorted(rows, key=lambda row: row[0])]

    # ---- lists -----------------------------------------------------------------------

    def _list_rows(self, data):
        courses = {(c.pupil_id, c.subject_id): c for c in data.courses}
        return {
            name: [
                {
                    "pupil_id": own[0].pupil_id,
                    "pupil": data.pupils[own[0].pupil_id].name,
                    "class": data.pupils[own[0].pupil_id].class_name,
                    "subjects": []
                    if name == "excellent"
                    else [
                        {
                            "subject": courses[e.pupil_id, e.subject_id].subject,
                            "teacher": courses[e.pupil_id, e.subject_id].teacher or "",
                            "value": e.entry,
                        }
                        for e in own
                    ],
                }
                for own in sorted(rows, key=lambda own: self._place(data, own[0]))
            ]
            for name, rows in data.results.lists().items()
        }

    def _place(self, data, entry):
        pupil = data.pupils[entry.pupil_id]
        return pupil.class_key, pupil.sort_key, pupil.id

    def _objectivity_rows(self, data):
        courses = {(c.pupil_id, c.subject_id): c for c in data.courses}
        rows = sorted(
            data.results.deviant(),
            key=lambda row: (*self._place(data, row[0]), row[0].subject_id),
        )
        return [
            {
                "pupil": data.pupils[entry.pupil_id].name,
                "class": data.pupils[entry.pupil_id].class_name,
                "subject": courses[entry.pupil_id, entry.subject_id].subject,
                "teacher": courses[entry.pupil_id, entry.subject_id].teacher or "",
                "value": entry.entry,
                "average": entry.average or False,
                "control": entry.control or False,
                "exam": entry.exam or False,
                "found": found,
            }
            for entry, found in rows
        ]

    # ---- a class over subjects -------------------------------------------------------

    @api.model
    def load_class_sheet(self, period_id, class_id):
        """Pupils × subjects of a class: the sheet of the quarter, and of the council.

        :returns: dict of ``class``, ``period``, ``subjects`` (id, name), ``pupils``: id,
            name, ``values`` by subject as shown, ``average``, ``standing`` and, of the
            year, ``decision``: promoted, autumn (fails in ``failing``) or open (marks
            are lacking in ``lacking``)
        :raises AccessError: the caller does not see the results of the class
        """
        seen = self._classes_seen()
        if seen is not None and class_id not in seen:
            raise AccessError(
                self.env._("The class teacher sees the results of the own class.")
            )
        _periods, period = self._chosen(period_id)
        return self._class_sheet(period, class_id)

    def _class_sheet(self, period, class_id):
        data = self._of(period, [class_id], objectivity=False)
        signs = self.env.company._ejournal_signs_of_marks()
        finals = {}
        if period.kind == "year":
            finals = {
                (mark.pupil_id, mark.subject_id): mark.value
                for mark in self._marks(data.periods, list(data.pupils))
                if mark.kind == "final"
            }
        names = {c.subject_id: (c.subject_sequence, c.subject) for c in data.courses}
        order = sorted(names, key=names.get)
        by_pupil = {pupil_id: {} for pupil_id in data.pupils}
        for entry in data.results.entries:
            value = finals.get((entry.pupil_id, entry.subject_id)) or entry.entry
            by_pupil[entry.pupil_id][entry.subject_id] = value
        grades = data.results.grades
        rows = []
        for pupil in data.pupils.values():
            own = by_pupil[pupil.id]
            rows.append(
                {
                    "id": pupil.id,
                    "name": pupil.name,
                    "values": {s: signs.get(v, v) or "" for s, v in own.items()},
                    **_verdict(own, grades, names, period.kind == "year"),
                }
            )
        first = next(iter(data.pupils.values()), None)
        return {
            "class": first.class_name if first else "",
            "period": self._result_period_row(period),
            "subjects": [{"id": s, "name": names[s][1]} for s in order],
            "pupils": rows,
        }

    @api.model
    def _labels(self):
        """Words of the tables, for the page and the workbook."""
        return {
            EXCELLENT: self.env._("Only fives"),
            GOOD: self.env._("Fours and fives"),
            SATISFACTORY: self.env._("With threes"),
            FAILING: self.env._("Failing"),
            UNGRADED: self.env._("Without marks"),
            "one_four": self.env._("One four"),
            "one_three": self.env._("One three"),
            "promoted": self.env._("Promoted"),
            "autumn": self.env._("Autumn exam"),
            "open": self.env._("Marks are lacking"),
            "attested": self.env._("All but the exempt and those without a mark"),
            "marked": self.env._("Those with a mark"),
            "list": self.env._("All on the list"),
        }


def _verdict(values, grades, names, is_year):
    """Average, standing and what the council has to decide of a pupil."""
    scores = [
        grades[v].score for v in values.values() if v in grades and grades[v].score
    ]
    result = {
        "average": mean(sum(scores), len(scores)) or False,
        "standing": standing_of(values.values(), grades),
    }
    if is_year:
        failing = [
            s for s, v in values.items() if v in grades and not grades[v].passing
        ]
        lacking = [s for s, v in values.items() if v in (None, NOT_ATTESTED)]
        result["failing"] = [names[s][1] for s in failing]
        result["lacking"] = [names[s][1] for s in lacking]
        result["decision"] = (
            "autumn" if failing else "open" if lacking or not values else "promoted"
        )
    return result
