"""Arithmetic of from–to, and the days of a term, without Odoo."""

from datetime import date

from odoo.addons.school_ejournal.tools import spans
from odoo.addons.school_ejournal.tools.term import Term


def sep(day):
    return date(2026, 9, day)


def test_ending_an_open_row_changes_only_the_days_after():
    before = spans.closed_span(sep(1), False)
    after = (sep(1), sep(20))
    assert spans.changed_days(before, after) == [(sep(21), spans.FOREVER)]


def test_moving_the_start_changes_the_days_between():
    assert spans.changed_days((sep(1), sep(20)), (sep(5), sep(20))) == [
        (sep(1), sep(4))
    ]
    assert spans.changed_days((sep(5), sep(20)), (sep(1), sep(20))) == [
        (sep(1), sep(4))
    ]


def test_a_row_that_moves_away_changes_both_its_places():
    before, after = (sep(1), sep(5)), (sep(10), sep(12))
    assert spans.changed_days(before, after) == [before, after]


def test_another_class_changes_all_days():
    span = (sep(1), sep(20))
    assert spans.changed_days(span, span, same=False) == [span, span]
    assert spans.changed_days(None, span) == [span]
    assert spans.changed_days(span, None) == [span]
    assert spans.changed_days(span, span) == []


def test_a_hole_leaves_two_pieces():
    pieces = spans.subtract((sep(1), sep(30)), (sep(10), sep(12)))
    assert pieces == [(sep(1), sep(9)), (sep(13), sep(30))]
    assert spans.subtract((sep(1), sep(2)), (sep(1), spans.FOREVER)) == []


def test_uncovered_days_are_found():
    by = [(sep(1), sep(9)), (sep(12), sep(30))]
    assert spans.uncovered((sep(5), sep(20)), by) == [(sep(10), sep(11))]


def test_touching_spans_become_one():
    assert spans.merged([(sep(5), sep(9)), (sep(1), sep(4)), (sep(11), sep(12))]) == [
        (sep(1), sep(9)),
        (sep(11), sep(12)),
    ]
    assert spans.merged([(sep(1), spans.FOREVER), (sep(5), sep(6))]) == [
        (sep(1), spans.FOREVER)
    ]


def test_rows_that_share_one_day_overlap():
    rows = [((sep(10), sep(20)), "b"), ((sep(1), sep(10)), "a")]
    assert spans.first_overlap(rows) == ("a", "b")
    assert spans.first_overlap([((sep(11), sep(20)), "b"), rows[1]]) is None


def test_overlap_of_a_long_row_with_a_later_short_one_is_found():
    rows = [((sep(1), sep(30)), "a"), ((sep(2), sep(3)), "b"), ((sep(5), sep(6)), "c")]
    assert spans.first_overlap(rows) == ("a", "b")


def term(**kwargs):
    """September 2026: the 1st is a Tuesday; lessons from 1 to 11 and from 21 to 30."""
    values = {
        "periods": [(sep(1), sep(11), "I"), (sep(21), sep(30), "II")],
        "holidays": [(sep(8), sep(9))],
        "days": {},
        "weekdays": 5,
        "odd_week_start": date(2026, 8, 31),
    }
    return Term(**{**values, **kwargs})


def days(a_term, **kwargs):
    return [
        (day.day, weekday)
        for day, weekday in a_term.school_days(sep(1), sep(30), **kwargs)
    ]


def test_lessons_are_inside_periods_outside_holidays_on_weekdays():
    assert [day for day, _weekday in days(term())] == [
        *(1, 2, 3, 4, 7, 10, 11),
        *(21, 22, 23, 24, 25, 28, 29, 30),
    ]


def test_a_six_day_week_has_saturdays():
    assert (5, 5) in days(term(weekdays=6))
    assert (6, 6) not in days(term(weekdays=6))


def test_saturday_by_mondays_timetable_also_in_a_five_day_week():
    assert (5, 0) in days(term(days={sep(5): (0, False)}))


def test_an_order_without_another_weekday_makes_no_saturday():
    assert 5 not in dict(days(term(days={sep(5): (None, False)})))


def test_an_order_wins_over_a_holiday_but_not_over_the_periods():
    orders = {sep(8): (4, False), sep(15): (0, False)}
    taught = dict(days(term(days=orders)))
    assert taught[8] == 4
    assert 15 not in taught


def test_a_cancelled_day_is_no_school_day_but_can_be_asked_for():
    a_term = term(days={sep(2): (None, True)})
    assert 2 not in dict(days(a_term))
    assert (2, 2) in days(a_term, with_cancelled=True)
    assert a_term.weekday_of(sep(2)) is None


def test_odd_weeks_alternate_from_any_day_of_an_odd_week_in_both_directions():
    a_term = term(odd_week_start=sep(2))
    assert a_term.is_odd_week(sep(6))
    assert not a_term.is_odd_week(sep(7))
    assert a_term.is_odd_week(sep(14))
    assert not a_term.is_odd_week(date(2026, 8, 30))


def test_next_school_day_skips_holidays_and_the_gap_between_periods():
    assert term().next_school_day(sep(7)) == sep(10)
    assert term().next_school_day(sep(11)) == sep(21)
    assert term().next_school_day(sep(30)) is None


def test_the_period_of_a_day():
    assert term().period_at(sep(11)) == "I"
    assert term().period_at(sep(12)) is None
    assert term().period_at(date(2026, 8, 31)) is None
