"""The figures that schools report: worked examples to the digit, and what always holds."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.school_ejournal.tools import formulas as f

FIVE = {
    "5": f.Grade(5, True, True),
    "4": f.Grade(4, True, True),
    "3": f.Grade(3, True, False),
    "2": f.Grade(2, False, False),
}
CREDIT = {"зач": f.Grade(None, True, False), "незач": f.Grade(None, False, False)}
THRESHOLDS = [("5", 5, 4.5), ("4", 4, 3.5), ("3", 3, 2.5), ("2", 2, 0)]
# list of 27: five 5, nine 4, eight 3, two 2, one н/а, one exempt, one without a mark
CLASS = ["5"] * 5 + ["4"] * 9 + ["3"] * 8 + ["2"] * 2 + [f.NOT_ATTESTED, f.EXEMPT, None]

entries = st.lists(st.sampled_from([*FIVE, f.NOT_ATTESTED, f.EXEMPT, None]))
kinds = st.sampled_from(f.DENOMINATORS)
weighted_marks = st.lists(
    st.tuples(st.integers(2, 5), st.sampled_from([0.5, 1, 1.5, 2, 3])), min_size=1
)


# ---- the worked examples ---------------------------------------------------------------


def test_over_all_but_the_exempt_and_the_unmarked():
    got = f.figures(CLASS, FIVE)
    assert (got.total, got.denominator) == (27, 25)
    assert (got.exempt, got.not_attested, got.unmarked) == (1, 1, 1)
    assert (got.pass_rate, got.quality, got.sou) == (88.0, 56.0, 56.12)
    assert got.values == {"5": 5, "4": 9, "3": 8, "2": 2}
    assert got.average == 3.71


def test_over_those_with_a_mark():
    got = f.figures(CLASS, FIVE, "marked")
    assert (got.denominator, got.pass_rate, got.quality) == (24, 91.7, 58.3)
    assert (f.percent(22, 24, 0), f.percent(14, 24, 0)) == (92, 58)
    assert got.sou == 58.17


def test_over_the_whole_list():
    got = f.figures(CLASS, FIVE, "list")
    assert (got.denominator, got.pass_rate, got.quality) == (27, 81.5, 51.9)


def test_a_class_by_its_pupils():
    pupils = dict(
        enumerate(
            [["5", "5"]] * 4
            + [["5", "4"]] * 10
            + [["5", "3"]] * 10
            + [["5", "2"]] * 2
            + [[None]]
        )
    )
    got = f.standings(pupils, FIVE)
    assert got.counts == {
        "excellent": 4,
        "good": 10,
        "satisfactory": 10,
        "failing": 2,
        "ungraded": 1,
    }
    assert (got.denominator, got.pass_rate, got.quality) == (26, 92.3, 53.8)


def test_plain_and_weighted_average():
    marks = [(1, 4, 1), (1, 5, 1), (1, 3, 1), (1, 4, 2), (1, 5, 3)]
    assert f.means(marks) == {1: (5, 4.2, 4.38)}
    assert f.proposal(4.375, THRESHOLDS) == "4"
    assert f.means([(1, 5, 3), (1, 5, 1), (1, 4, 5)])[1][2] == 4.44


def test_half_is_rounded_up():
    assert [f.half_up(x) for x in (2.5, 3.5, 4.5, 4.49)] == [3, 4, 5, 4]
    year = f.mean(4 + 5 + 4 + 5, 4)
    assert (year, f.proposal(year, THRESHOLDS)) == (4.5, "5")
    assert f.half_up(1.005, 2) == 1.01


def test_fewest_marks_by_the_lessons_of_the_pupil():
    need = [f.fewest_marks(lessons, 3, 5, 7) for lessons in (0, 1, 34, 35, 68, 69)]
    assert need == [0, 3, 3, 5, 5, 7]
    assert f.shortfall(2, f.fewest_marks(30, 3, 5, 7)) == 1
    assert f.shortfall(9, 3) == 0


def test_objectivity():
    assert f.is_deviant(5, 4.4)
    assert not f.is_deviant(5, 4.5)
    assert f.deviation(3, 4.5) == -2
    assert f.deviation(None, 4.5) is None and not f.is_deviant(None, 4.5)


# ---- nothing is «—» --------------------------------------------------------------------


def test_nothing_is_no_share_and_not_zero():
    for kind in f.DENOMINATORS:
        for nobody in ([], [None] * 5, [f.EXEMPT] * 3):
            got = f.figures(nobody, FIVE, kind)
            assert (got.pass_rate, got.quality, got.sou, got.average) == (None,) * 4
        assert f.standings({}, FIVE, kind).pass_rate is None
        assert f.standings({1: [None]}, FIVE, kind).quality is None
    assert f.proposal(None, THRESHOLDS) is None


def test_a_credit_is_passed_and_has_no_quality():
    got = f.figures(["зач", "зач", "незач", None], CREDIT)
    assert (got.pass_rate, got.quality, got.sou, got.average) == (
        66.7,
        None,
        None,
        None,
    )
    assert f.standing_of(["5", "зач"], FIVE | CREDIT) == f.EXCELLENT
    assert f.standing_of(["5", "незач"], FIVE | CREDIT) == f.FAILING


def test_an_exempt_pupil_may_have_all_fives():
    assert f.standing_of(["5", f.EXEMPT], FIVE) == f.EXCELLENT


# ---- what always holds -----------------------------------------------------------------


@given(st.integers(-(10**6), 10**6), st.integers(0, 3))
def test_rounding_is_half_up_for_every_number(number, digits):
    exact = Fraction(number, 10**3)
    got = Fraction(str(f.half_up(number / 10**3, digits)))
    step = Fraction(1, 10**digits)
    assert abs(got - exact) <= step / 2
    if abs(got - exact) == step / 2:
        assert abs(got) > abs(exact)


@given(weighted_marks, st.randoms())
def test_averages_are_bounded_and_depend_on_no_order(marks, rng):
    rows = [("pupil", score, weight) for score, weight in marks]
    count, plain, weighted = f.means(rows)["pupil"]
    scores = [score for score, _weight in marks]
    assert count == len(marks)
    for average in (plain, weighted):
        assert min(scores) <= average <= max(scores)
    rng.shuffle(rows)
    assert f.means(rows)["pupil"] == (count, plain, weighted)


@given(weighted_marks, st.integers(0, 200))
def test_a_better_mark_never_lowers_an_average_nor_the_proposal(marks, place):
    place %= len(marks)
    better = [
        (min(5, score + (number == place)), weight)
        for number, (score, weight) in enumerate(marks)
    ]
    before, after = (
        f.means([(1, score, weight) for score, weight in rows])[1]
        for rows in (marks, better)
    )
    for old, new in zip(before[1:], after[1:], strict=True):
        assert old <= new
        assert f.proposal(old, THRESHOLDS) <= f.proposal(new, THRESHOLDS)


@given(weighted_marks)
def test_equal_weights_are_no_weights(marks):
    rows = [(1, score, 2.5) for score, _weight in marks]
    _count, plain, weighted = f.means(rows)[1]
    assert plain == weighted


@given(entries, kinds)
def test_shares_are_shares(values, kind):
    got = f.figures(values, FIVE, kind)
    counted = sum(got.values.values())
    assert counted + got.exempt + got.not_attested + got.unmarked == got.total
    assert got.total == len(values)
    assert got.denominator <= got.total
    for share in (got.pass_rate, got.quality, got.sou):
        assert share is None or 0 <= share <= 100
    if got.quality is not None:
        assert got.quality <= got.pass_rate


@given(entries)
def test_a_wider_denominator_never_raises_a_share(values):
    by_list, attested, marked = (
        f.figures(values, FIVE, kind) for kind in ("list", "attested", "marked")
    )
    assert by_list.denominator >= attested.denominator >= marked.denominator
    if marked.pass_rate is not None:
        assert by_list.pass_rate <= attested.pass_rate <= marked.pass_rate


@given(st.lists(entries), kinds)
def test_the_classes_add_up_to_the_school(classes, kind):
    parts = [f.figures(values, FIVE, kind) for values in classes]
    school = f.figures([v for values in classes for v in values], FIVE, kind)
    for field in ("total", "exempt", "not_attested", "unmarked", "denominator"):
        assert getattr(school, field) == sum(getattr(part, field) for part in parts)
    for value in FIVE:
        assert school.values.get(value, 0) == sum(
            part.values.get(value, 0) for part in parts
        )


@given(st.lists(entries, max_size=30), kinds)
def test_every_pupil_stands_somewhere(pupils, kind):
    got = f.standings(dict(enumerate(pupils)), FIVE, kind)
    assert sum(got.counts.values()) == got.total == len(pupils)
    assert got.quality is None or got.quality <= got.pass_rate


@given(entries, st.randoms())
def test_figures_depend_on_no_order(values, rng):
    mixed = list(values)
    rng.shuffle(mixed)
    assert f.figures(values, FIVE) == f.figures(mixed, FIVE)


@given(st.integers(0, 120), st.integers(0, 120))
def test_more_lessons_never_need_fewer_marks(one, other):
    one, other = sorted((one, other))
    assert f.fewest_marks(one, 3, 5, 7) <= f.fewest_marks(other, 3, 5, 7)
