"""Days by lessons cut out of each other; sums of attendance counted by hand."""

from datetime import date
from unittest import TestCase

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.school_ejournal.tools import absences, attendance

MONDAY = date(2026, 10, 12)


def day(number):
    """The day of October."""
    return date(2026, 10, number)


def cells(boxes):
    """Every day and lesson that some boxes cover, one by one."""
    return [
        (number, lesson)
        for box in boxes
        for number in range(box.date_start.day, box.date_end.day + 1)
        for lesson in range(1, 10)
        if box.covers(day(number), lesson)
    ]


@st.composite
def some_box(draw):
    first, last = sorted(draw(st.tuples(st.integers(1, 9), st.integers(1, 9))))
    start, end = sorted(draw(st.tuples(st.integers(0, 9), st.integers(0, 9))))
    if draw(st.booleans()):
        start, end = 0, 0
    return absences.box(day(first), day(last), start, end)


class TestBoxes(TestCase):
    @settings(max_examples=300, deadline=None)
    @given(some_box(), some_box())
    def test_what_remains_is_all_outside_the_hole_and_each_lesson_once(self, one, hole):
        rest = cells(absences.subtract(one, hole))
        self.assertEqual(len(rest), len(set(rest)))
        self.assertEqual(set(rest), set(cells([one])) - set(cells([hole])))

    @settings(max_examples=200, deadline=None)
    @given(some_box())
    def test_a_box_is_stored_and_read_back_alike(self, one):
        self.assertEqual(absences.box(**one.vals()), one)

    def test_a_lesson_before_the_first_goes_with_it(self):
        self.assertTrue(absences.box(day(1), day(1), 1, 2).covers(day(1), 0))
        self.assertFalse(absences.box(day(1), day(1), 2, 3).covers(day(1), 0))

    def test_other_lessons_of_one_day_do_not_overlap(self):
        morning = absences.box(day(1), day(1), 0, 2)
        noon = absences.box(day(1), day(1), 3, 0)
        self.assertIsNone(absences.first_overlap([(morning, "a"), (noon, "b")]))
        whole = absences.box(day(1), day(3))
        self.assertEqual(
            set(absences.first_overlap([(noon, "b"), (whole, "c")])), {"b", "c"}
        )


class TestSums(TestCase):
    def fact(self, number, lesson, kind="absent", reason=None, minutes=0):
        return attendance.fact(
            number * 10 + lesson, 1, day(number), lesson, kind, minutes, reason
        )

    def count(self, facts, due=30, held=6, rule=lambda missed, held: missed >= held):
        sums = attendance.Sums(due=due)
        attendance.add_facts(sums, facts, lambda _day: held, rule)
        return sums

    def test_the_example_of_the_handbook(self):
        """27 pupils × 30 lessons = 810; 18 ill + 4 excused + 5 unexcused → 96.7 %."""
        self.assertEqual(attendance.share(18 + 4 + 5, 27 * 30), 96.7)
        self.assertIsNone(attendance.share(0, 0))

    def test_ill_all_day_and_late_and_unexcused(self):
        facts = [self.fact(12, lesson, reason="ill") for lesson in range(1, 7)]
        facts += [self.fact(13, 1, reason="unexcused"), self.fact(13, 2)]
        facts += [self.fact(14, 1, "late", minutes=12)]
        sums = self.count(facts)
        self.assertEqual((sums.missed, sums.excused, sums.ill), (8, 6, 6))
        self.assertEqual((sums.unexcused, sums.unknown), (1, 1))
        self.assertEqual((sums.days, sums.days_excused, sums.days_ill), (1, 1, 1))
        self.assertEqual((sums.late, sums.minutes), (1, 12))
        self.assertEqual(sums.share, 73.3)

    def test_away_for_the_school_is_no_absence(self):
        facts = [self.fact(12, lesson, reason="school") for lesson in (1, 2, 3)]
        facts += [self.fact(12, lesson, reason="excused") for lesson in (4, 5, 6)]
        sums = self.count(facts)
        self.assertEqual((sums.away, sums.missed, sums.excused, sums.ill), (3, 3, 3, 0))
        self.assertEqual(sums.days, 1, "all lessons that he was expected in")

    def test_a_missed_day_by_another_rule(self):
        facts = [self.fact(12, lesson) for lesson in (1, 2, 3, 4)]
        self.assertEqual(self.count(facts).days, 0)
        self.assertEqual(self.count(facts, rule=lambda m, _h: m >= 4).days, 1)
