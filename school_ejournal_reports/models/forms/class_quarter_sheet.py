from odoo import api, models
from odoo.tools.translate import LazyTranslate

from odoo.addons.school_ejournal.tools.formulas import mean
from odoo.addons.school_ejournal.tools.two_languages import FIRST, SECOND, Two

_lt = LazyTranslate(__name__)


class ReportClassQuarterSheet(models.AbstractModel):
    """The class quarter sheet: pupils × subjects with the figures beneath.

    It is the paper of the class teacher's report (Regulation 4.2 В), for the class
    teacher and the deputy director: it names who fails, and in what.
    """

    _name = "report.school_ejournal_reports.class_quarter_sheet"
    _inherit = ["ejournal.print.mixin"]
    _description = "Quarter Sheet of the Class"

    @api.model
    def _print_words(self):
        return super()._print_words() | {
            "form_name": _lt("Quarter sheet of the class"),
            "average": _lt("Average"),
            "missed": _lt("Lessons missed"),
            "excused": _lt("of them excused"),
            "count_of": _lt("Number of “%(value)s”"),
            "not_attested": _lt("Not attested"),
            "exempt": _lt("Exempt"),
            "unmarked": _lt("Without a mark"),
            "pass_rate": _lt("Pass rate, %"),
            "quality": _lt("Quality, %"),
            "sou": _lt("Degree of learning, %"),
            "counted": _lt("Counted over"),
            "excellent": _lt("All excellent"),
            "good": _lt("Good and excellent"),
            "one_four": _lt("One “4”"),
            "one_three": _lt("One “3”"),
            "failing": _lt("Failing"),
            "nobody": _lt("nobody"),
            "conclusion": _lt("Conclusions"),
            "pupils_on_list": _lt("Pupils on the list"),
            "period_open": _lt("the period is open, the data may still change"),
            "period_closed": _lt("the period is closed"),
        }

    @api.model
    def _print_values(self, docs, data):
        return {"sheets": [Sheet(report) for report in docs]}


class Sheet:
    """One class and period, ready for the template."""

    def __init__(self, report):
        self.report = report
        self.env = report.env
        self.class_ = report.class_id
        self.period = report.period_id
        # sudo: who may read the report of a class may read its period marks
        results = self.env["ejournal.results"].sudo()
        self.found = results._of(self.period, [self.class_.id], objectivity=False)
        self.signs = self.class_.company_id._ejournal_signs_of_marks()
        self._read_marks()
        self._read_missed()

    def _read_marks(self):
        names = {c.subject_id: c for c in self.found.courses}
        order = sorted(names.values(), key=lambda c: (c.subject_sequence, c.subject))
        self.subjects = [(course.subject_id, course.subject) for course in order]
        self.marks = {
            (entry.pupil_id, entry.subject_id): entry.entry
            for entry in self.found.results.entries
        }
        self.figures = {
            key[0]: now
            for key, (now, _before) in self.found.results.by("subject_id").items()
        }
        self.whole = self.found.results.of(self.found.results.entries)[0]
        self.standing = self.found.results.standing([self.class_.id])[0]

    def _read_missed(self):
        """Lessons missed, in all and excused; the reason is nobody's business here."""
        sums = self.class_._attendance_sums(
            self.period.date_start, self.period.date_end
        )[self.class_.id]
        self.missed = {
            pupil_id: (own.missed, own.excused) for pupil_id, own in sums.items()
        }

    # ---- for the template --------------------------------------------------------------

    @property
    def is_open(self):
        return self.period.state == "open"

    @property
    def period_name(self):
        """«1-чейрек / Четверть 1, 2026/2027»."""
        names = (
            self.period.with_context(lang=lang).display_name for lang in (FIRST, SECOND)
        )
        return f"{Two(*names)}, {self.class_.year_id.name}"

    def rows(self):
        """A pupil each, in the order of the list.

        :returns: ``(number, name, [sign], average, lessons missed, of them excused)``
        """
        numbers = self._numbers()
        rows = [
            (
                numbers.get(pupil.id, 0),
                pupil.name,
                [
                    self._sign((pupil.id, subject_id))
                    for subject_id, _name in self.subjects
                ],
                shown(self._average_of(pupil.id), 2),
                *self.missed.get(pupil.id, (0, 0)),
            )
            for pupil in self.found.pupils.values()
        ]
        return sorted(rows)

    def _numbers(self):
        day = min(self.period.date_end, self.class_.company_id._ejournal_today())
        spans = self.class_._spans_of(self.class_, self.period.date_start, day)
        return {span["pupil_id"]: span["number"] for span in spans[self.class_.id]}

    def _sign(self, key):
        value = self.marks.get(key)
        return self.signs.get(value, value) or ""

    def _average_of(self, pupil_id):
        grades = self.found.results.grades
        scores = [
            grades[value].score
            for subject_id, _name in self.subjects
            if (value := self.marks.get((pupil_id, subject_id))) in grades
            and grades[value].score is not None
        ]
        return mean(sum(scores), len(scores))

    def values(self):
        """The marks of the scale that are counted, the best first."""
        grades = self.found.results.grades
        scored = [value for value, grade in grades.items() if grade.score is not None]
        return sorted(scored, key=lambda value: -grades[value].score)

    def counts(self, value):
        return [
            self.figures[subject_id].values.get(value, 0) or ""
            for subject_id, _name in self.subjects
        ] + [self.whole.values.get(value, 0)]

    def others(self, name):
        """Counts of ``not_attested``, ``exempt`` or ``unmarked`` by subject and in all."""
        return [
            getattr(self.figures[subject_id], name) or ""
            for subject_id, _name in self.subjects
        ] + [getattr(self.whole, name)]

    def shares(self, name):
        return [
            shown(getattr(self.figures[subject_id], name), 1)
            for subject_id, _name in self.subjects
        ] + [shown(getattr(self.whole, name), 1)]

    def lists(self):
        """``[(name of the list, text)]`` of pupils, in the order of the alphabet."""
        lists = self.found.results.lists()
        subjects = dict(self.subjects)
        result = []
        for name in ("excellent", "one_four", "one_three", "failing"):
            lines = [
                self._line(entries, subjects, with_subjects=name != "excellent")
                for entries in lists[name]
            ]
            result.append((name, [line for _key, line in sorted(lines)]))
        return result

    def _line(self, entries, subjects, with_subjects):
        pupil = self.found.pupils[entries[0].pupil_id]
        text = pupil.name
        if with_subjects:
            text += f" ({', '.join(sorted(subjects[e.subject_id] for e in entries))})"
        return pupil.sort_key, text


def shown(number, digits):
    """A figure with a comma, «—» where there is none."""
    return "—" if number is None else f"{number:.{digits}f}".replace(".", ",")
