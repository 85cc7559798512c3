"""Results of a school, reckoned from plain rows: groups, lists, objectivity.

Knows nothing of Odoo and asks no database: the rows of ``ejournal.results`` come in once,
and every group is made of the same ones, so that the classes add up to the school.
"""

from collections import defaultdict
from typing import NamedTuple

from .formulas import (
    EXCELLENT,
    EXEMPT,
    NOT_ATTESTED,
    deviation,
    figures,
    is_deviant,
    standing_of,
    standings,
)


class Entry(NamedTuple):
    """A pupil's subject with what stands there.

    ``entry`` is a key of the grades, «н/а», «осв» or None; ``before`` likewise of the
    period before; ``average`` the frozen one, ``control`` and ``exam`` what the objective
    comparison needs, None where there is none.
    """

    pupil_id: int
    class_id: int
    grade: int
    subject_id: int
    journal_id: int
    teacher_id: int
    is_credit: bool
    entry: str | None
    before: str | None
    average: float | None = None
    control: float | None = None
    exam: str | None = None


class Results:
    """Figures of some entries.

    :param entries: list of :class:`Entry`
    :param classes: ``{class id: [pupil id]}``: the lists
    :param grades: ``{value: Grade}``
    :param kind: the denominator, see ``formulas.denominator``
    """

    def __init__(self, entries, classes, grades, kind):
        self.entries = entries
        self.classes = classes
        self.grades = grades
        self.kind = kind

    # ---- groups ----------------------------------------------------------------------

    def by(self, *names):
        """Figures of each group of entries that agree in these attributes.

        :returns: ``{(value, …): (figures now, figures of the period before)}``
        """
        groups = defaultdict(list)
        for entry in self.entries:
            groups[tuple(getattr(entry, name) for name in names)].append(entry)
        return {key: self.of(entries) for key, entries in groups.items()}

    def of(self, entries):
        """Figures of some entries, now and in the period before.

        Among subjects with marks a credit is not counted; alone it has its own figures.
        """
        marks = [entry for entry in entries if not entry.is_credit] or entries
        return tuple(
            figures([getattr(entry, name) for entry in marks], self.grades, self.kind)
            for name in ("entry", "before")
        )

    def standing(self, class_ids):
        """How the pupils of some classes stand, now and in the period before."""
        wanted = set(class_ids)
        now, before = defaultdict(list), defaultdict(list)
        for class_id in wanted:
            for pupil_id in self.classes.get(class_id, ()):
                now[pupil_id], before[pupil_id] = [], []
        for entry in self.entries:
            if entry.class_id in wanted:
                now[entry.pupil_id].append(entry.entry)
                before[entry.pupil_id].append(entry.before)
        return tuple(standings(own, self.grades, self.kind) for own in (now, before))

    # ---- lists -----------------------------------------------------------------------

    def _by_pupil(self):
        result = defaultdict(list)
        for entry in self.entries:
            result[entry.pupil_id].append(entry)
        return result

    def lists(self):
        """Pupils with fives only, with a single four or three, and those who fail.

        Who has «н/а» or still lacks a mark stands in no list of the first three.

        :returns: dict of ``excellent``, ``one_four``, ``one_three``, ``failing``, each a
            list of lists of :class:`Entry`: the pupil's entries that make the case
        """
        result = {"excellent": [], "one_four": [], "one_three": [], "failing": []}
        best = self._scores()
        for own in self._by_pupil().values():
            failing = [entry for entry in own if self._fails(entry)]
            if failing:
                result["failing"].append(failing)
                continue
            if any(entry.entry in (None, NOT_ATTESTED) for entry in own):
                continue
            if standing_of([e.entry for e in own], self.grades) == EXCELLENT:
                result["excellent"].append(own)
                continue
            below = [e for e in own if self._score(e) not in (None, best[0])]
            if len(below) == 1 and below[0].entry is not None:
                score = self._score(below[0])
                if len(best) > 1 and score == best[1]:
                    result["one_four"].append(below)
            thirds = [e for e in below if self._is_satisfactory(e)]
            if len(thirds) == 1:
                result["one_three"].append(thirds)
        return result

    def _scores(self):
        """Scores of the scale, the best first."""
        known = {g.score for g in self.grades.values() if g.score is not None}
        return sorted(known, reverse=True) or [None]

    def _score(self, entry):
        grade = self.grades.get(entry.entry)
        return grade.score if grade else None

    def _fails(self, entry):
        grade = self.grades.get(entry.entry)
        return bool(grade) and not grade.passing

    def _is_satisfactory(self, entry):
        grade = self.grades.get(entry.entry)
        return bool(grade) and grade.passing and not grade.quality

    def deviant(self):
        """Marks that stand 1 or more off the average, the control works or the exam.

        :returns: list of ``(entry, {"average"|"control"|"exam": deviation})``
        """
        result = []
        for entry in self.entries:
            score = self._score(entry)
            exam = self.grades.get(entry.exam)
            others = {
                "average": entry.average,
                "control": entry.control,
                "exam": exam.score if exam else None,
            }
            found = {
                name: deviation(score, other)
                for name, other in others.items()
                if is_deviant(score, other)
            }
            if found:
                result.append((entry, found))
        return result


def entry_of(value, exempt):
    """What stands in the place of a mark: the value, «осв», or None for none yet."""
    return value or (EXEMPT if exempt else None)
