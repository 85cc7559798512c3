"""The rules of planning by themselves, without a database."""

from datetime import date, timedelta
from unittest import TestCase

from odoo.addons.school_ejournal.tools.planning import Lesson, Slot, Timetable

TODAY = date(2026, 10, 14)
MONDAY = date(2026, 10, 12)
FIRST = date(2026, 9, 1)


def slot(slot_id=1, weekday=0, number=1, week="all", start=FIRST, end=None, journal=7):
    return Slot(slot_id, journal, weekday, number, week, start, end)


def lesson(lesson_id=1, day=TODAY, number=1, **values):
    facts = {
        "journal_id": 7,
        "slot_id": 1,
        "slot_date": day,
        "slot_number": number,
        "is_cancelled": False,
        "cancelled_by_plan": False,
        "is_fixed": False,
        "is_prepared": False,
        **values,
    }
    return Lesson(id=lesson_id, date=day, number=number, **facts)


def timetable(*slots, days=None, cancels=lambda day, number: False):
    """A timetable over the two weeks from Monday 12 October; the first is odd."""
    if days is None:
        two_weeks = [MONDAY + timedelta(days=n) for n in range(14)]
        days = {day: day.weekday() for day in two_weeks if day.weekday() < 5}
    return Timetable(slots, days, lambda day: day < date(2026, 10, 19), cancels)


class TestWishes(TestCase):
    def places(self, *slots, **values):
        wishes = timetable(*slots, **values).wishes()
        return [(wish.date.day, wish.number) for wish in wishes]

    def test_each_week_has_its_lesson(self):
        self.assertEqual(self.places(slot(weekday=2, number=3)), [(14, 3), (21, 3)])

    def test_odd_and_even_weeks_alternate(self):
        self.assertEqual(self.places(slot(week="odd")), [(12, 1)])
        self.assertEqual(self.places(slot(week="even")), [(19, 1)])

    def test_a_row_holds_from_its_first_to_its_last_day(self):
        self.assertEqual(self.places(slot(start=date(2026, 10, 13))), [(19, 1)])
        self.assertEqual(self.places(slot(start=date(2026, 10, 19))), [(19, 1)])
        self.assertEqual(self.places(slot(end=date(2026, 10, 12))), [(12, 1)])

    def test_a_day_is_taught_by_the_weekday_the_calendar_names(self):
        saturday = date(2026, 10, 17)
        self.assertEqual(self.places(slot(), days={saturday: 0}), [(17, 1)])

    def test_an_order_cancels_from_a_number_on(self):
        rows = slot(1, number=1), slot(2, number=2)
        places = self.places(*rows, cancels=lambda day, number: number >= 2)
        self.assertEqual(places, [(12, 1), (19, 1)])


class TestCompare(TestCase):
    def steps(self, lessons, *slots, today=TODAY, **values):
        """Steps that are not empty, lessons and wishes by id or day."""
        steps = timetable(*slots, **values).compare(lessons, today)
        return {
            name: [
                step.id
                if isinstance(step, Lesson)
                else (step[0].id, step[1].slot_id)
                if name in ("adopt", "renumber")
                else step.date.day
                for step in found
            ]
            for name, found in vars(steps).items()
            if found
        }

    def test_what_agrees_needs_nothing(self):
        there = [lesson(1, MONDAY), lesson(2, date(2026, 10, 19))]
        self.assertEqual(self.steps(there, slot()), {})

    def test_what_is_missing_is_made(self):
        self.assertEqual(self.steps([], slot(weekday=2)), {"make": [14, 21]})

    def test_days_that_are_over_gain_what_was_due(self):
        self.assertEqual(self.steps([], slot()), {"make": [12, 19]})

    def test_an_unwanted_lesson_is_deleted_once_prepared_cancelled(self):
        there = [lesson(1), lesson(2, number=2, slot_id=2, is_prepared=True)]
        self.assertEqual(self.steps(there), {"delete": [1], "cancel": [2]})

    def test_entries_and_closed_periods_are_never_touched(self):
        self.assertEqual(self.steps([lesson(is_fixed=True)]), {"keep": [1]})

    def test_a_lesson_by_hand_is_never_touched(self):
        by_hand = lesson(slot_id=False, slot_date=None, slot_number=0)
        self.assertEqual(self.steps([by_hand]), {})

    def test_a_moved_lesson_stays_and_is_not_made_again(self):
        moved = lesson(1, date(2026, 10, 16), slot_date=date(2026, 10, 19))
        self.assertEqual(self.steps([moved], slot()), {"make": [12], "keep": [1]})
        renumbered = lesson(1, date(2026, 10, 19), number=4, slot_number=1)
        self.assertEqual(self.steps([renumbered], slot()), {"make": [12], "keep": [1]})

    def test_cancelled_by_a_person_stays_cancelled_by_plan_comes_back(self):
        by_hand = lesson(1, MONDAY, is_cancelled=True)
        by_plan = lesson(
            2, date(2026, 10, 19), is_cancelled=True, cancelled_by_plan=True
        )
        self.assertEqual(self.steps([by_hand, by_plan], slot()), {"restore": [2]})

    def test_a_cancelled_lesson_that_nobody_wants_stays_as_it_is(self):
        by_plan = lesson(is_cancelled=True, cancelled_by_plan=True)
        self.assertEqual(self.steps([by_plan]), {})

    def test_the_past_loses_nothing_to_a_new_timetable(self):
        self.assertEqual(self.steps([lesson(1, MONDAY)]), {"keep": [1]})
        ended = slot(end=date(2026, 10, 11))
        self.assertEqual(self.steps([lesson(1, MONDAY)], ended), {"keep": [1]})
        self.assertEqual(
            self.steps([lesson(1, MONDAY, number=1)], slot(number=2)),
            {"make": [19]},
            "nor does it change its number",
        )

    def test_the_past_loses_lessons_to_the_calendar_cancelled_not_deleted(self):
        there = [lesson(1, MONDAY)]
        only_later = {date(2026, 10, 19): 0}
        off = {"days": only_later, "cancels": lambda day, number: day == MONDAY}
        self.assertEqual(
            self.steps(there, slot(), **off), {"make": [19], "cancel": [1]}
        )
        orphan = [lesson(1, MONDAY, slot_id=False)]
        self.assertEqual(self.steps(orphan, **off), {"cancel": [1]})

    def test_the_past_loses_nothing_to_a_shorter_week(self):
        there = [lesson(1, MONDAY)]
        only_later = {date(2026, 10, 19): 0}
        self.assertEqual(
            self.steps(there, slot(), days=only_later), {"make": [19], "keep": [1]}
        )

    def test_weeks_counted_anew_make_no_second_lesson_in_the_past(self):
        days = {MONDAY - timedelta(days=7 * weeks): 0 for weeks in range(4)}
        there = [lesson(1, date(2026, 9, 28)), lesson(2, MONDAY)]
        odd = slot(week="odd")
        # all of these weeks count as odd now
        self.assertEqual(self.steps(there, odd, days=days), {})
        self.assertEqual(self.steps(there, slot(), days=days)["make"], [21, 5])

    def test_the_past_loses_lessons_to_a_day_taught_as_another(self):
        there = [lesson(1, MONDAY)]
        as_tuesday = {MONDAY: 1}
        self.assertEqual(self.steps(there, slot(), days=as_tuesday), {"cancel": [1]})
        was_as_tuesday = [lesson(1, MONDAY, slot_id=2)]
        self.assertEqual(
            self.steps(was_as_tuesday, slot(2, weekday=1), days={MONDAY: 0}),
            {"cancel": [1]},
        )

    def test_a_new_row_takes_over_the_lesson_at_its_place(self):
        there = [lesson(1, slot_id=5, is_prepared=True)]
        self.assertEqual(
            self.steps(there, slot(2, weekday=2)), {"make": [21], "adopt": [(1, 2)]}
        )
        orphan = lesson(1, slot_id=False, is_cancelled=True, cancelled_by_plan=True)
        self.assertEqual(
            self.steps([orphan], slot(2, weekday=2)),
            {"make": [21], "restore": [1], "adopt": [(1, 2)]},
        )

    def test_entries_moved_and_hand_made_lessons_hold_their_place(self):
        for holder in (
            lesson(1, slot_id=5, is_fixed=True),
            lesson(1, slot_id=5, slot_date=date(2026, 10, 15)),
            lesson(1, slot_id=False, slot_date=None),
        ):
            steps = self.steps([holder], slot(2, weekday=2))
            self.assertEqual(steps["make"], [21])
            self.assertNotIn("adopt", steps)

    def test_a_changed_number_is_followed(self):
        there = [lesson(1)]
        self.assertEqual(
            self.steps(there, slot(weekday=2, number=4)),
            {"make": [21], "renumber": [(1, 1)]},
        )

    def test_two_rows_exchange_their_numbers(self):
        there = [lesson(1, number=1, slot_id=1), lesson(2, number=2, slot_id=2)]
        rows = slot(1, 2, number=2), slot(2, 2, number=1)
        self.assertEqual(self.steps(there, *rows)["renumber"], [(1, 1), (2, 2)])

    def test_who_cannot_go_to_a_new_number_bars_the_next(self):
        there = [
            lesson(1, number=1, slot_id=1),
            lesson(2, number=2, slot_id=2),
            lesson(3, number=3, slot_id=False, slot_date=None),
        ]
        rows = slot(1, 2, number=2), slot(2, 2, number=3)
        steps = self.steps(there, *rows)
        self.assertNotIn("renumber", steps)
        self.assertEqual(steps["keep"], [2, 1])

    def test_a_freed_place_is_taken_in_the_same_go(self):
        there = [lesson(1)]
        rows = slot(1, 2, number=2), slot(2, 2, number=1)
        steps = self.steps(there, *rows)
        self.assertEqual(steps["renumber"], [(1, 1)])
        self.assertEqual(steps["make"], [14, 21, 21])
