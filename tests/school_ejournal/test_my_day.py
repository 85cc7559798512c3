"""A teacher's day."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import TODAY, SchoolCase


@tagged("post_install", "-at_install")
class TestMyDay(SchoolCase):
    def _load(self, user=None, date=None):
        Lesson = self.as_user(self.env["ejournal.lesson"], user or self.teacher)
        return Lesson.load_day(date)

    def test_lessons_of_today_and_what_is_missing(self):
        day = self._load()
        self.assertEqual(day["date"], TODAY)
        [row] = day["lessons"]
        self.assertEqual(row["id"], self.lesson.id)
        self.assertEqual(row["filling"], "empty")
        self.assertEqual(
            row["missing"], ["topic", "classwork", "homework", "attendance"]
        )
        self.assertEqual(row["pupils"], len(self.pupils))
        self.save(self.entry("topic", "Roots"), self.entry("attendance", "absent"))
        [row] = self._load()["lessons"]
        self.assertEqual((row["filling"], row["absent"]), ("part", 1))
        self.assertEqual(row["missing"], ["classwork", "homework", "attendance"])

    def test_unfilled_of_the_days_before_stand_below(self):
        unfilled = self._load()["unfilled"]
        self.assertEqual([row["id"] for row in unfilled], [self.lesson_yesterday.id])
        self.assertEqual(unfilled[0]["window"]["content"]["state"], "closed")

    def test_lessons_stand_by_the_clock_of_their_shift(self):
        shift = self.env["ejournal.shift"].create({"name": "Second", "sequence": 2})
        shift._make_default_bells()
        self.class_b.shift_id = shift
        morning = self.env["ejournal.shift"].search(
            [("company_id", "=", self.school.id)], limit=1
        )
        self.class_a.shift_id = morning
        journal = self._make_journal(self.algebra, self.class_b, self.teacher)
        afternoon = self._make_lesson(journal, TODAY, 1)
        rows = self._load()["lessons"]
        self.assertEqual([row["id"] for row in rows], [self.lesson.id, afternoon.id])
        self.assertLess(rows[0]["time_start"], rows[1]["time_start"])
        self.assertEqual([row["id"] for row in rows[0]["parallel"]], [afternoon.id])

    def test_substitution_stands_in_the_day_of_the_substitute(self):
        self.as_user(self.lesson, self.deputy).substitute_id = self.colleague
        self.assertFalse(self._load()["lessons"])
        rows = {row["id"]: row for row in self._load(self.colleague)["lessons"]}
        self.assertTrue(rows[self.lesson.id]["is_substitution"])

    def test_queries_do_not_grow_with_the_lessons(self):
        self._load()

        def count():
            before = self.env.cr.sql_log_count
            self._load()
            return self.env.cr.sql_log_count - before

        few = count()
        for number in range(3, 9):
            self._make_lesson(self.journal, TODAY, number)
        self.assertEqual(count(), few)

    def test_strangers_and_bad_days_are_refused(self):
        for user in (self.outsider, self.parent_user, self.admin):
            with self.assertRaises(AccessError):
                self._load(user)
        with self.assertRaises(UserError):
            self._load(date="today")
