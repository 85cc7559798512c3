"""A school whose first quarter has entries, was closed, and is to be archived."""

import base64
from contextlib import contextmanager
from datetime import date, datetime

from freezegun import freeze_time

from odoo.addons.school_ejournal.tools.passage import with_passage

from ..common import SchoolCase

AFTER_THE_QUARTER = datetime(2026, 11, 9, 4, 0)
DAYS = (date(2026, 9, 7), date(2026, 9, 14), date(2026, 10, 12))


class ArchiveCase(SchoolCase):
    """The world; :meth:`to_printed` and its like lead the archive on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_entries()
        cls.clock_after = freeze_time(AFTER_THE_QUARTER)
        cls.clock_after.start()
        cls.addClassCleanup(cls.clock_after.stop)
        with_passage(cls.env["ejournal.seal"])._seal_days(cls.school)
        cls.quarter.with_user(cls.deputy).action_close()
        cls.archive = (
            cls.env["ejournal.archive"]
            .with_user(cls.deputy)
            .create({"year_id": cls.year.id, "kind": "quarter", "sequence": 1})
        )

    @classmethod
    def _make_entries(cls):
        cls.lessons = [cls._make_lesson(cls.journal, day, 1) for day in DAYS]
        for number, lesson in enumerate(cls.lessons):
            with_passage(lesson).write(
                {
                    "topic": f"Квадраттык теңдемелер, {number}",
                    "classwork": "№ 12, 14",
                    "homework": "§ 12, № 122 — «Ңөү»",
                    "state": "held",
                }
            )
        cls.works = with_passage(cls.env["ejournal.work"]).create(
            [
                {
                    "lesson_id": lesson.id,
                    "type_id": cls.answer_type.id,
                    "weight": cls.answer_type.weight,
                }
                for lesson in cls.lessons
            ]
        )
        cls.marks = with_passage(cls.env["ejournal.mark"]).create(
            [
                {"work_id": work.id, "pupil_id": pupil.id, "value": str(2 + n % 4)}
                for work in cls.works
                for n, pupil in enumerate(cls.pupils[:5])
            ]
        )
        with_passage(cls.env["ejournal.attendance"]).create(
            {
                "lesson_id": cls.lessons[0].id,
                "pupil_id": cls.pupils[5].id,
                "kind": "absent",
            }
        )
        # entered by permission after the day was over
        with_passage(cls.marks[0], "unlock").write({"value": "5"})

    @contextmanager
    def waiting_books(self):
        """Books of the archive without the cron's commits."""
        with self.enter_registry_test_mode():
            yield

    def draw(self):
        """What the scheduled action does, without its commits."""
        books = self.archive.sudo().book_ids.filtered(lambda b: b.state == "waiting")
        for book in books:
            book._draw_or_say()
        self.archive.sudo()._after_drawing()

    def to_printed(self, paper=True):
        if not paper:
            self.school._ejournal_settings().archive_on_paper = False
        self.archive.action_print()
        self.draw()
        self.assertEqual(self.archive.sudo().book_ids.mapped("error"), [False, False])
        self.assertEqual(self.archive.state, "printed")

    def to_compared(self, paper=False):
        self.to_printed(paper)
        self.assertEqual(self.archive.action_compare(), [])
        self.archive.book_ids.cell_ids.write({"answer": "agrees"})
        self.archive.action_confirm_compared()

    def to_signed(self, paper=False):
        self.to_compared(paper)
        self.archive.with_user(self.class_teacher)._sign()
        self.archive._sign()
        self.archive.with_user(self.director)._sign()

    def to_archived(self, paper=False):
        self.to_signed(paper)
        self.archive.receiver = "Абдыраева Н."
        self.archive.action_archive()

    def book(self, class_=None):
        class_ = class_ or self.class_a
        return self.archive.sudo().book_ids.filtered(lambda b: b.class_id == class_)

    def raw(self, book, name="snapshot"):
        return base64.b64decode(book.with_context(bin_size=False)[name])
