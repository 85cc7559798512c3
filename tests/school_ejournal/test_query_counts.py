"""The journal page asks as much of the database for many as for few."""

from datetime import timedelta

from odoo.tests import tagged

from ..common import TODAY, SchoolCase


@tagged("post_install", "-at_install")
class TestQueryCounts(SchoolCase):
    """Promises of the page; the figures of a big school are in ``benchmarks/``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.big_class = cls.env["ejournal.class"].create(
            {
                "year_id": cls.year.id,
                "grade": 7,
                "letter": "В",
                "calendar_id": cls.calendar.id,
            }
        )
        surnames = [f"Окуучу{chr(0x430 + number)}" for number in range(30)]
        cls.many_pupils = cls._make_pupils(cls.big_class, surnames)
        cls.big_journal = cls._make_journal(cls.algebra, cls.big_class, cls.teacher)
        days = [TODAY - timedelta(days=number) for number in range(1, 25)]
        for day in days:
            cls._make_lesson(cls.big_journal, day, 2)
        cls.big_lesson = cls._make_lesson(cls.big_journal, TODAY, 4)

    def queries(self, journal, call):
        """How many queries a request of the teacher takes once the caches are warm."""
        counts = []
        for _time in range(2):
            savepoint = self.env.cr.savepoint()
            journal = self.as_user(journal, self.teacher)
            before = self.env.cr.sql_log_count
            call(journal)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            savepoint.close(rollback=True)
        return counts[-1]

    def _load(self, journal):
        return journal.load_page("2026-09-01", "2026-11-04")

    def _marks(self, lesson, pupils):
        entries = [self.entry("mark", "4", lesson=lesson, pupil=p) for p in pupils]
        absent = pupils[-1]
        entries[-1] = self.entry("attendance", "absent", lesson=lesson, pupil=absent)
        return entries

    def test_a_quarter_is_read_in_thirty_queries_whatever_its_size(self):
        few = self.queries(self.journal, self._load)
        many = self.queries(self.big_journal, self._load)
        self.assertLessEqual(many, few, "pupils and lessons cost no queries")
        self.assertLessEqual(many, 30)

    def test_a_lesson_is_saved_in_twenty_five_queries_whatever_the_class(self):
        def save(lesson, pupils):
            return lambda journal: journal.save_entries(self._marks(lesson, pupils))

        few = self.queries(self.journal, save(self.lesson, self.pupils))
        many = self.queries(self.big_journal, save(self.big_lesson, self.many_pupils))
        self.assertLessEqual(many, few, "pupils cost no queries")
        self.assertLessEqual(many, 25)
