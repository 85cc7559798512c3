from collections import defaultdict
from typing import NamedTuple

from odoo import models

from ...tools.formulas import EXEMPT, NOT_ATTESTED
from ...tools.results import Entry, Results, entry_of


class School(NamedTuple):
    """All that the results of a period are made of; see :meth:`EjournalResults._of`."""

    periods: object
    before: object
    pupils: dict
    courses: list
    results: Results


class EjournalResults(models.AbstractModel):
    """Results of a period: the rows of the queries put together."""

    _inherit = "ejournal.results"

    def _sisters(self, period):
        """The same period of all term calendars of the year, and the ones before it.

        :returns: ``(periods, periods before)``; the second is empty for the first one
            and for the year
        """
        # sudo: dates and names of periods are no secret
        periods = (
            self.env["ejournal.period"]
            .sudo()
            .search_fetch(
                [("year_id", "=", period.year_id.id), ("kind", "=", period.kind)],
                ["sequence", "kind", "date_start", "date_end", "state", "calendar_id"],
            )
        )
        return (
            periods.filtered(lambda p: p.sequence == period.sequence),
            periods.filtered(lambda p: p.sequence == period.sequence - 1),
        )

    def _of(self, period, class_ids=None, objectivity=True):
        """Read all that the results of a period are reckoned from.

        :param class_ids: only these classes; the whole school when left out
        :returns: :class:`School`
        """
        periods, before = self._sisters(period)
        pupils = {p.id: p for p in self._pupils(periods, class_ids)}
        courses = [c for c in self._courses(periods, class_ids) if c.pupil_id in pupils]
        asked = None if class_ids is None else list(pupils)
        marks, former, exams = {}, {}, {}
        for mark in self._marks(periods | before, asked):
            key = mark.pupil_id, mark.subject_id
            if mark.kind in ("exam", "autumn"):
                exams[key] = mark
            elif mark.kind == "period":
                (marks if mark.period_id in periods.ids else former)[key] = mark
        control = self._control_averages(periods, asked) if objectivity else {}
        keys, grades = self._keys(pupils, courses)
        entries = [
            Entry(
                pupil_id=course.pupil_id,
                class_id=pupils[course.pupil_id].class_id,
                grade=pupils[course.pupil_id].grade,
                subject_id=course.subject_id,
                journal_id=course.journal_id,
                teacher_id=course.teacher_id or 0,
                is_credit=course.assessment == "credit",
                entry=entry_of(keys(course, marks), course.exempt),
                before=keys(course, former),
                average=_average(marks.get((course.pupil_id, course.subject_id))),
                control=control.get((course.pupil_id, course.subject_id)),
                exam=keys(course, exams),
            )
            for course in courses
        ]
        classes = defaultdict(list)
        for pupil in pupils.values():
            classes[pupil.class_id].append(pupil.id)
        kind = self.env.company._ejournal_settings().denominator
        return School(
            periods, before, pupils, courses, Results(entries, classes, grades, kind)
        )

    def _control_averages(self, periods, pupil_ids):
        """``{(pupil, subject): plain average of the control works}``; one query."""
        leaves = periods.filtered(lambda period: period.kind != "year")
        if not leaves:
            return {}
        found = self._averages(
            min(leaves.mapped("date_start")),
            max(leaves.mapped("date_end")),
            pupil_ids,
            control=True,
        )
        return {key: plain for key, (_count, plain, _weighted) in found.items()}

    def _keys(self, pupils, courses):
        """The scales of all these marks as one.

        Two scales may have a value in common that means different things: then the
        second is told apart by the scale's code.

        :returns: ``(function of a course and {(pupil, subject): Mark} → key of the
            grades or None, {key: Grade})``
        """
        ids = {course.scale_id for course in courses} - {None}
        # sudo: what a mark means depends on nobody's rights
        scales = self.env["ejournal.scale"].sudo()
        credit = {c.scale_id for c in courses if c.assessment == "credit"}
        known, by_scale = {}, {}
        wanted = scales.browse(sorted(ids))
        if credit:
            wanted |= scales._default(self.env.company, "credit")
        for scale in wanted:
            names = {}
            for value, grade in scale._grades().items():
                key = value
                if known.setdefault(key, grade) != grade:
                    key = f"{value} ({scale.code})"
                    known[key] = grade
                names[value] = key
            by_scale[scale.id] = names
        others = {value: value for value in known}

        def key_of(course, marks):
            mark = marks.get((course.pupil_id, course.subject_id))
            if not mark:
                return None
            if mark.value in (NOT_ATTESTED, EXEMPT):
                return mark.value
            own = by_scale.get(course.scale_id, others)
            return own.get(mark.value) or others.get(mark.value)

        return key_of, known


def _average(mark):
    return mark.average or None if mark else None
