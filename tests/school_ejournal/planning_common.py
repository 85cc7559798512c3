"""What the tests of planning share: journals without lessons, a timetable to be made.

It is Wednesday 14 October 2026; 12–16 October is an odd week. Quarter 1 lasts from
1 September to 4 November, quarter 2 from 10 November to 30 December.
"""

from contextlib import contextmanager
from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import tagged

from odoo.addons.school_ejournal.tools.passage import with_passage

from ..common import SchoolCase

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


def october(day):
    return date(2026, 10, day)


@tagged("post_install", "-at_install")
class PlanningCase(SchoolCase):
    @classmethod
    def _make_journals(cls):
        subjects = cls.env["ejournal.subject"].create(
            [{"name": "Algebra"}, {"name": "Physics"}]
        )
        cls.journal = cls._make_journal(subjects[0], cls.class_a, cls.teacher)
        cls.other_journal = cls._make_journal(subjects[1], cls.class_b, cls.colleague)
        work_types = cls.env["ejournal.work.type"].search(
            [("company_id", "=", cls.school.id)]
        )
        cls.answer_type = work_types.filtered(lambda t: t.code == "answer")
        cls.control_type = work_types.filtered(lambda t: t.code == "control")
        cls.Lesson = cls.env["ejournal.lesson"]

    # ---- building ------------------------------------------------------------------

    def slot_vals(self, weekday, number, journal=None, **values):
        return {
            "journal_id": (journal or self.journal).id,
            "weekday": weekday,
            "number": number,
            "date_start": "2026-09-01",
            **values,
        }

    def make_slot(self, weekday, number, journal=None, **values):
        """A row of the timetable, typed by the deputy director."""
        slots = self.as_user(self.env["ejournal.timetable.slot"], self.deputy)
        return slots.create(self.slot_vals(weekday, number, journal, **values))

    def make_holiday(self, first, last, name="Frost"):
        holidays = self.as_user(self.env["ejournal.holiday"], self.deputy)
        return holidays.create(
            {
                "calendar_id": self.calendar.id,
                "name": name,
                "date_start": first,
                "date_end": last,
            }
        )

    def make_day(self, day, **values):
        days = self.as_user(self.env["ejournal.day"], self.deputy)
        return days.create(
            {
                "calendar_id": self.calendar.id,
                "date": day,
                "order_ref": "No. 17",
                **values,
            }
        )

    def generate(self, period=None):
        """Press the button as the deputy director; gives the message."""
        period = self.as_user(period or self.quarter, self.deputy)
        return period.action_generate_lessons()["params"]["message"]

    def replan(self, first=october(1), last=october(31)):
        return self.Lesson._replan(self.calendar, first, last)

    def close(self, period=None, state="closed"):
        with_passage(period or self.quarter).write({"state": state})

    # ---- reading ---------------------------------------------------------------------

    def lessons(self, first=october(1), last=october(31), journal=None):
        self.env.invalidate_all()
        return self.Lesson.search(
            Domain("journal_id", "=", (journal or self.journal).id)
            & Domain("date", ">=", first)
            & Domain("date", "<=", last),
            order="date, number",
        )

    def places(self, first=october(1), last=october(31), journal=None):
        """``[(day of the month, number)]`` of the lessons that are not cancelled."""
        lessons = self.lessons(first, last, journal)
        return [
            (lesson.date.day, lesson.number)
            for lesson in lessons
            if lesson.state != "cancelled"
        ]

    def on(self, day, number=None, journal=None):
        """The lesson of a day of October 2026."""
        found = self.lessons(october(day), october(day), journal)
        return found.filtered(lambda x: number is None or x.number == number)

    def as_deputy(self, record):
        return self.as_user(record, self.deputy)

    # ---- acting ----------------------------------------------------------------------

    def mark_in(self, lesson):
        return self._mark(self._work(lesson))

    @contextmanager
    def refused(self, pattern, exception=UserError):
        """The block is refused with a sentence that has ``pattern``."""
        with self.assertRaises(exception) as caught:
            yield
        self.assertRegex(str(caught.exception), pattern)
