"""What the tests of the school's structure share; no journals, no lessons."""

from contextlib import contextmanager
from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.school_ejournal.tools.passage import with_passage

from ..common import SchoolCase

YEAR = (date(2026, 9, 1), date(2027, 5, 31))
FIRST_DAY = YEAR[0]
QUARTERS = (
    (date(2026, 9, 1), date(2026, 11, 4)),
    (date(2026, 11, 10), date(2026, 12, 30)),
    (date(2027, 1, 12), date(2027, 3, 20)),
    (date(2027, 3, 29), date(2027, 5, 25)),
)


@tagged("post_install", "-at_install")
class StructureCase(SchoolCase):
    """Two classes, 7-А with six pupils and 7-Б with two, on 14 October 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quarters = cls.calendar.period_ids.sorted("date_start")

    @classmethod
    def _make_journals(cls):
        """The structure stands without them."""

    # ---- building ------------------------------------------------------------------

    @classmethod
    def make_year(cls, start, end, **values):
        return cls.env["ejournal.year"].create(
            {"date_start": start, "date_end": end, **values}
        )

    @classmethod
    def make_calendar(cls, year=None, quarters=QUARTERS, **values):
        periods = [
            {
                "kind": "quarter",
                "sequence": number,
                "date_start": start,
                "date_end": end,
            }
            for number, (start, end) in enumerate(quarters, 1)
        ]
        return cls.env["ejournal.calendar"].create(
            {
                "year_id": (year or cls.year).id,
                "name": "Other",
                "period_ids": [Command.create(period) for period in periods],
                **values,
            }
        )

    @classmethod
    def make_class(cls, name, **values):
        return cls.env["ejournal.class"].create(
            {"year_id": cls.year.id, "name": name, **values}
        )

    @classmethod
    def make_pupil(cls, name, **values):
        parts = dict(zip(("last_name", "first_name"), name.split(), strict=True))
        return cls.env["ejournal.pupil"].create({**parts, **values})

    @classmethod
    def enrol(cls, pupil, class_, start=FIRST_DAY, end=False, **values):
        return cls.env["ejournal.enrollment"].create(
            {
                "pupil_id": pupil.id,
                "class_id": class_.id,
                "date_start": start,
                "date_end": end,
                **values,
            }
        )

    # ---- acting ----------------------------------------------------------------------

    def close(self, periods, state="closed"):
        """Set the state past the rights."""
        with_passage(periods).write({"state": state})

    @contextmanager
    def refused(self, pattern, exception=UserError):
        """The block is refused with a sentence that has ``pattern``; nothing stays."""
        with self.assertRaises(exception) as caught:
            yield
        self.assertRegex(str(caught.exception), pattern)
