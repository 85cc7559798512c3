from typing import NamedTuple

from odoo import models
from odoo.fields import Domain

from ...tools import spans as span_tools
from ...tools.formulas import (
    EXEMPT,
    fewest_marks,
    mean,
    proposal,
    shortfall,
)


class Reckoned(NamedTuple):
    """What the marks of a pupil say of a period mark.

    ``average`` is the one that proposes, by the school's setting; ``lessons`` those held
    while the pupil was on the list, ``missed`` those of them missed.
    """

    count: int = 0
    plain: float | None = None
    weighted: float | None = None
    average: float | None = None
    proposed: str | None = None
    lessons: int = 0
    missed: int = 0
    needed: int = 0
    lacking: int = 0
    exempt: bool = False


class EjournalJournal(models.Model):
    """What a journal proposes for the period marks of its pupils."""

    _inherit = "ejournal.journal"

    # ---- who ---------------------------------------------------------------------------

    def _taught_by_caller(self):
        """The journals that the caller teaches now, as main or writing co-teacher."""
        # sudo: the right is judged here, whoever may read the assignments
        journals = self.sudo()
        rows = journals.assignment_ids.filtered(
            lambda row: (
                row.teacher_id == self.env.user
                and (row.role == "main" or row.may_write)
                and row._covers(row.journal_id._present_day())
            )
        )
        return self.browse(rows.journal_id.ids)

    def _year_pupils(self):
        """Ids of all who are on the journal's list at some time of the year."""
        self.ensure_one()
        year = self.year_id
        rows = self._pupil_spans(year.date_start, year.date_end)[self.id]
        return list(dict.fromkeys(row["pupil_id"] for row in rows))

    def _period_pupils(self, period):
        """Ids of the pupils whose mark of a period this journal sets (sudo).

        That is the last journal of the subject in which they were in the period, in the
        order of the list: who moved from 5-А to 5-Б is marked in 5-Б.
        """
        self.ensure_one()
        journal = self.sudo()
        first, last = period.date_start, period.date_end
        own = journal._pupil_spans(first, last)[journal.id]
        beside = journal._journals_beside({row["pupil_id"] for row in own}, first, last)
        others = beside._pupil_spans(first, last) if beside else {}
        latest = {}
        for journal_id, rows in ((journal.id, own), *others.items()):
            home = self.browse(journal_id).sudo()._is_one_by_one()
            for row in rows:
                end = row["date_end"] or span_tools.FOREVER
                place = (home, min(end, last), row["date_start"], journal_id)
                pupil = row["pupil_id"]
                latest[pupil] = max(latest.get(pupil, place), place)
        return [
            pupil
            for pupil in dict.fromkeys(row["pupil_id"] for row in own)
            if latest[pupil][-1] == journal.id
        ]

    def _is_one_by_one(self):
        """Whether the pupils of the journal are taught at home: it goes before the one
        of the class on whose list they stand beside."""
        return bool(self.class_ids) and not any(self.class_ids.mapped("grade"))

    def _journals_beside(self, pupil_ids, first, last):
        """Other journals of the subject in which these pupils were in these days."""
        beside = Domain(
            "enrollment_ids",
            "any",
            [
                ("pupil_id", "in", list(pupil_ids)),
                ("date_start", "<=", last),
                ("date_until", ">=", first),
            ],
        )
        return self.search_fetch(
            Domain("subject_id", "=", self.subject_id.id)
            & Domain("year_id", "=", self.year_id.id)
            & Domain("id", "!=", self.id)
            & Domain("class_ids", "any", beside),
            ["subgroup_id"],
        )

    # ---- what --------------------------------------------------------------------------

    def _period_scale(self):
        """The scale of the period marks: of credits where credit is given (sudo)."""
        self.ensure_one()
        journal = self.sudo()
        if journal.assessment == "credit" and journal.scale_id.kind != "credit":
            scales = self.env["ejournal.scale"].sudo()
            return scales._default(journal.company_id, "credit")
        return journal.scale_id

    def _no_period_marks_text(self):
        return self.env._(
            "This class gets no marks in this subject; the class teacher describes its "
            "pupils in a note for the period."
        )

    def _period_proposals(self, period, kind="period", pupil_ids=None):
        """What the marks propose for each pupil (sudo; the caller judges the right).

        :param period: of the journal's calendar
        :param kind: of the period mark
        :param pupil_ids: of whom; all of :meth:`_period_pupils` when left out
        :returns: ``{pupil id: Reckoned}``
        """
        self.ensure_one()
        journal = self.sudo()
        if pupil_ids is None:
            pupil_ids = journal._period_pupils(period)
        if kind == "final":
            return journal._final_proposals(period, pupil_ids)
        if kind != "period":
            return dict.fromkeys(pupil_ids, Reckoned())
        if period.kind == "year":
            return journal._year_proposals(period, pupil_ids)
        return journal._leaf_proposals(period, pupil_ids)

    def _leaf_proposals(self, period, pupil_ids):
        """Of a quarter or half-year: by the marks of its days."""
        results = self.env["ejournal.results"]
        first, last = period.date_start, period.date_end
        averages = results._averages(first, last, pupil_ids, self.subject_id.ids)
        lessons = results._lessons(first, last, pupil_ids, self.subject_id.ids)
        exempt = results._exempt_pupils(first, last, pupil_ids, self.subject_id.ids)
        settings = self.company_id._ejournal_settings()
        limits = settings._fewest_marks()
        values = self._proposable()
        result = {}
        for pupil_id in pupil_ids:
            key = pupil_id, self.subject_id.id
            count, plain, weighted = averages.get(key, (0, None, None))
            held, missed = lessons.get(key, (0, 0))
            needed = fewest_marks(held, *limits)
            average = weighted if settings.average_kind == "weighted" else plain
            is_exempt = key in exempt
            result[pupil_id] = Reckoned(
                count=count,
                plain=plain,
                weighted=weighted,
                average=average,
                proposed=EXEMPT
                if is_exempt and not count
                else proposal(average, values),
                lessons=held,
                missed=missed,
                needed=0 if is_exempt else needed,
                lacking=0 if is_exempt else shortfall(count, needed),
                exempt=is_exempt,
            )
        return result

    def _proposable(self):
        """``(value, score, threshold)`` of what an average may propose.

        A credit is given from the average on that passes on the scale of the marks.
        """
        scale = self._period_scale()
        if scale.kind != "credit":
            return scale._thresholds()
        marks = self.scale_id
        if marks.kind == "credit":
            marks = self.env["ejournal.scale"]._default(self.company_id)
        passing = marks._passing_threshold()
        return [
            (value, 0, passing if grade.passing else 0)
            for value, grade in scale._grades().items()
        ]

    def _year_proposals(self, year, pupil_ids):
        """Of the year: by the marks of its quarters, those of a former school too."""
        rows = self._marks_of(pupil_ids, year.calendar_id._leaf_periods(), ("period",))
        scale = self._period_scale()
        values = self._proposable()
        scores, instead = {}, {}
        for mark in rows:
            score = scale._score(mark.value)
            if score is not None:
                scores.setdefault(mark.pupil_id.id, []).append(score)
            elif mark.value:
                instead.setdefault(mark.pupil_id.id, []).append(mark.value)
        result = {}
        for pupil_id in pupil_ids:
            own = scores.get(pupil_id, ())
            average = mean(sum(own), len(own))
            proposed = proposal(average, values) if own else None
            result[pupil_id] = Reckoned(
                count=len(own),
                plain=average,
                weighted=average,
                average=average,
                proposed=proposed or _without_scores(instead.get(pupil_id, ())),
            )
        return result

    def _final_proposals(self, year, pupil_ids):
        """The final mark: of the year, or its mean with the exam, autumn before spring."""
        rows = self._marks_of(pupil_ids, year, ("period", "exam", "autumn"))
        scale, values = self._period_scale(), self._proposable()
        by_pupil = {}
        for mark in rows:
            by_pupil.setdefault(mark.pupil_id.id, {})[mark.kind] = mark.value
        result = {}
        for pupil_id in pupil_ids:
            own = by_pupil.get(pupil_id, {})
            of_year = own.get("period")
            scores = [
                score
                for value in (of_year, own.get("autumn") or own.get("exam"))
                if (score := scale._score(value)) is not None
            ]
            if not scores:
                result[pupil_id] = Reckoned(proposed=of_year)
                continue
            average = mean(sum(scores), len(scores))
            result[pupil_id] = Reckoned(
                count=len(scores),
                plain=average,
                weighted=average,
                average=average,
                proposed=proposal(average, values),
            )
        return result

    def _marks_of(self, pupil_ids, periods, kinds):
        """Period marks of these pupils in the journal's subject (sudo)."""
        return (
            self.env["ejournal.period.mark"]
            .sudo()
            .search_fetch(
                [
                    ("pupil_id", "in", list(pupil_ids)),
                    ("subject_id", "=", self.subject_id.id),
                    ("period_id", "in", periods.ids),
                    ("kind", "in", kinds),
                    ("value", "!=", False),
                ],
                ["pupil_id", "period_id", "kind", "value"],
            )
        )


def _without_scores(values):
    """What stands for a year whose parts have no score: all credits passed, or all not
    attested; what differs the teacher decides."""
    rest = {value for value in values if value != EXEMPT}
    if not rest:
        return EXEMPT if values else None
    return rest.pop() if len(rest) == 1 else None
