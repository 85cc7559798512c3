"""The tests' school with marks of a quarter: what period marks and results stand on."""

from datetime import date

from odoo.addons.school_ejournal.tools.passage import with_passage

from ..common import SchoolCase

AFTER_QUARTER = "2026-11-06 04:00:00"


class ResultsCase(SchoolCase):
    """Lessons of algebra in 7-А, held in September, each with an answer column."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.days = [date(2026, 9, day) for day in (2, 4, 9, 11, 16)]
        cls.held = cls.hold(cls.journal, cls.days)
        # what was planned for the other tests' sake is not held here
        cls.columns = [cls.column(lesson) for lesson in cls.held]

    @classmethod
    def hold(cls, journal, days, number=1):
        """Lessons that were held."""
        lessons = [cls._make_lesson(journal, day, number) for day in days]
        for lesson in lessons:
            with_passage(lesson, "system").state = "held"
        return lessons

    @classmethod
    def column(cls, lesson, work_type=None, **values):
        work_type = work_type or cls.answer_type
        return with_passage(cls.env["ejournal.work"]).create(
            {
                "lesson_id": lesson.id,
                "type_id": work_type.id,
                "weight": work_type.weight,
                **values,
            }
        )

    @classmethod
    def marks(cls, pupil, *values, columns=None):
        """A pupil's marks, column by column; None leaves a cell empty."""
        with_passage(cls.env["ejournal.mark"]).create(
            [
                {"work_id": column.id, "pupil_id": pupil.id, "value": value}
                for column, value in zip(columns or cls.columns, values, strict=False)
                if value
            ]
        )

    @classmethod
    def period_mark(
        cls, pupil, value, journal=None, period=None, kind="period", **more
    ):
        """A period mark that was brought along."""
        journal = journal or cls.journal
        return with_passage(cls.env["ejournal.period.mark"]).create(
            {
                "pupil_id": pupil.id,
                "journal_id": journal.id,
                "period_id": (period or cls.quarter).id,
                "kind": kind,
                "value": value,
                **more,
            }
        )

    @classmethod
    def make_year_period(cls):
        return cls.env["ejournal.period"].create(
            {
                "calendar_id": cls.calendar.id,
                "kind": "year",
                "sequence": 1,
                "date_start": cls.year.date_start,
                "date_end": cls.year.date_end,
            }
        )

    def close(self, period=None):
        with self.at(AFTER_QUARTER):
            self.as_user(period or self.quarter, self.deputy).action_close()

    def load(self, user=None, period=None, journal=None):
        journal = self.as_user(journal or self.journal, user or self.teacher)
        return journal.load_period_marks((period or self.quarter).id)

    def row(self, pupil, **how):
        """The pupil's row on the page."""
        rows = {row["id"]: row for row in self.load(**how)["pupils"]}
        return rows[pupil.id]

    def set_marks(self, *entries, user=None, period=None, journal=None):
        """``(pupil, value)`` or ``(pupil, value, {…})`` as the page sends them."""
        journal = self.as_user(journal or self.journal, user or self.teacher)
        period = period or self.quarter
        return journal.save_period_marks(
            period.id,
            [
                {
                    "pupil_id": pupil.id,
                    "kind": "period",
                    "old": self.stored(pupil, period),
                    "value": value,
                    **(more[0] if more else {}),
                }
                for pupil, value, *more in entries
            ],
        )

    def stored(self, pupil, period=None, kind="period"):
        return self.mark_of(pupil, period, kind).value or False

    def mark_of(self, pupil, period=None, kind="period"):
        return self.env["ejournal.period.mark"].search(
            [
                ("pupil_id", "=", pupil.id),
                ("subject_id", "=", self.algebra.id),
                ("period_id", "=", (period or self.quarter).id),
                ("kind", "=", kind),
            ]
        )
