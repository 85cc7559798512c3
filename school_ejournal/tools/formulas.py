"""Figures that schools report, as plain functions of plain numbers."""

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple


def half_up(number, digits=0):
    """Round half up, as schools do: 4.5 is 5 (Python's ``round`` says 4).

    :param number: int, float or Decimal
    :param digits: decimal places
    """
    step = Decimal(1).scaleb(-digits)
    return float(_exact(number).quantize(step, rounding=ROUND_HALF_UP))


def mean(total, count):
    """``total / count`` to two places, half up; None when there is nothing to count."""
    if not count:
        return None
    # Decimals, or a half that a sum of floats misses is rounded down
    return half_up(_exact(total) / _exact(count), 2)


def means(figures):
    """Plain and weighted mean of each pupil's figures.

    :param figures: list of ``(pupil, score, weight)``
    :returns: ``{pupil: (count, plain, weighted)}``
    """
    sums = {}
    for pupil, score_as_read, weight_as_read in figures:
        count, total, weighted, weights = sums.get(pupil, (0, 0, 0, 0))
        score, weight = _exact(score_as_read), _exact(weight_as_read)
        sums[pupil] = (
            count + 1,
            total + score,
            weighted + score * weight,
            weights + weight,
        )
    return {
        pupil: (count, mean(total, count), mean(weighted, weights))
        for pupil, (count, total, weighted, weights) in sums.items()
    }


def _exact(number):
    """A number as it is written: 4.345 stays 4.345, and no sum depends on an order."""
    return number if isinstance(number, Decimal) else _as_written(float(number))


@lru_cache(maxsize=4096)
def _as_written(number):
    return Decimal(repr(number))


# ---- period marks ----------------------------------------------------------------------

# What stands in the place of a mark. Stored in this form whatever the language; the signs
# of the reader's language are settings.
NOT_ATTESTED = "н/а"
EXEMPT = "осв"


def proposal(average, values):
    """The value that an average proposes, by the thresholds of the scale.

    The average counts as it is shown, to two digits half up: who reads 4.50 expects what
    4.50 gives.

    :param average: number or None
    :param values: list of ``(value, score, threshold)``
    :returns: the value; None without an average or without values
    """
    if average is None or not values:
        return None
    shown = half_up(average, 2)
    ordered = sorted(values, key=lambda row: (-row[2], -row[1]))
    return next((row[0] for row in ordered if row[2] <= shown), ordered[-1][0])


def fewest_marks(lessons, low, mid, high):
    """How many marks a pupil should have in a period, by his own lessons held.

    :param lessons: lessons held while he was on the list; up to 34, up to 68, more
    :param low, mid, high: the school's settings for the three
    """
    if lessons <= 0:
        return 0
    if lessons <= 34:
        return low
    return mid if lessons <= 68 else high


def shortfall(marks, needed):
    """How many marks are lacking."""
    return max(0, needed - marks)


# ---- results ---------------------------------------------------------------------------

DENOMINATORS = ("attested", "marked", "list")
# Degree of learning («СОУ») of each mark; н/а counts 7 as in the documented formula.
_SOU = {5: 100, 4: 64, 3: 36, 2: 16}
_SOU_NOT_ATTESTED = 7


class Grade(NamedTuple):
    """What a value of a scale counts; ``score`` is None for a credit."""

    score: float | None
    passing: bool
    quality: bool


class Figures(NamedTuple):
    """How a group stands in one subject, or in several taken together.

    ``values`` is ``{value: count}`` of the marks proper; ``total`` is the list, that is
    marks, ``not_attested``, ``exempt`` and ``unmarked``. Of shares that cannot be
    reckoned each is None: shown as «—», never as 0 %.
    """

    values: dict
    total: int
    exempt: int
    not_attested: int
    unmarked: int
    denominator: int
    pass_rate: float | None
    quality: float | None
    sou: float | None
    average: float | None


def percent(part, whole, digits=1):
    """``part`` of ``whole`` in per cent, half up; None of nothing."""
    if not whole:
        return None
    return half_up(Decimal(100 * part) / Decimal(whole), digits)


def denominator(total, exempt, not_attested, unmarked, kind="attested"):
    """Over how many pupils shares are counted.

    :param kind: ``attested``: all but the exempt and those without a mark, н/а counting
        (NetSchool); ``marked``: those with a mark; ``list``: all
    """
    if kind == "list":
        return total
    attested = total - exempt - unmarked
    return attested - not_attested if kind == "marked" else attested


def figures(entries, grades, kind="attested"):
    """Counts and shares of one group's period marks.

    :param entries: the values, one a pupil and subject: a value of the scale,
        ``NOT_ATTESTED``, ``EXEMPT``, or None for no mark yet
    :param grades: ``{value: Grade}``
    :param kind: see :func:`denominator`
    :returns: :class:`Figures`
    """
    values = Counter(entries)
    exempt, not_attested = values.pop(EXEMPT, 0), values.pop(NOT_ATTESTED, 0)
    unmarked = values.pop(None, 0)
    known = {value: grades[value] for value in values}
    marked = sum(values.values())
    total = marked + exempt + not_attested + unmarked
    # before the first mark there is nothing to take a share of
    over = denominator(total, exempt, not_attested, unmarked, kind)
    base = over if marked + not_attested else 0
    scored = sum(n for value, n in values.items() if known[value].score is not None)
    is_credit = marked and not scored

    def share(is_good):
        good = sum(n for value, n in values.items() if is_good(known[value]))
        return percent(good, base)

    return Figures(
        values=dict(values),
        total=total,
        exempt=exempt,
        not_attested=not_attested,
        unmarked=unmarked,
        denominator=over,
        pass_rate=share(lambda grade: grade.passing),
        quality=None if is_credit else share(lambda grade: grade.quality),
        sou=None if is_credit else _sou(values, known, not_attested, base, kind),
        average=mean(
            sum(
                _exact(known[value].score) * n
                for value, n in values.items()
                if known[value].score is not None
            ),
            scored,
        ),
    )


def _sou(values, known, not_attested, base, kind):
    """Degree of learning: (N5·100 + N4·64 + N3·36 + N2·16 + Nн/а·7) / N.

    None for a scale that has other scores than 2–5; where н/а is not in the denominator
    it is not above it either.
    """
    if not base or any(known[value].score not in _SOU for value in values):
        return None
    points = sum(_SOU[known[value].score] * n for value, n in values.items())
    if kind != "marked":
        points += _SOU_NOT_ATTESTED * not_attested
    return half_up(Decimal(points) / Decimal(base), 2)


# ---- by pupils -------------------------------------------------------------------------

EXCELLENT, GOOD, SATISFACTORY, FAILING, UNGRADED = (
    "excellent",
    "good",
    "satisfactory",
    "failing",
    "ungraded",
)


class Standing(NamedTuple):
    """How many pupils of a class stand where; shares as in :class:`Figures`."""

    counts: dict
    total: int
    denominator: int
    pass_rate: float | None
    quality: float | None


def standing_of(values, grades):
    """Where a pupil stands by the marks of all subjects.

    Excellent: the best mark only; good: no worse than quality; satisfactory: all
    passing; failing: one is not. Neither н/а nor an exemption changes it.

    :param values: the pupil's period marks, see :func:`figures`
    """
    known = [grades[value] for value in values if value in grades]
    if not known:
        return UNGRADED
    if not all(grade.passing for grade in known):
        return FAILING
    # a credit is passed or not, and says no more
    scored = [grade for grade in known if grade.score is not None]
    if not all(grade.quality for grade in scored):
        return SATISFACTORY
    best = max((g.score for g in grades.values() if g.score is not None), default=0)
    return EXCELLENT if all(grade.score == best for grade in scored) else GOOD


def standings(pupils, grades, kind="attested"):
    """How the pupils of a group stand.

    :param pupils: ``{pupil: [value]}``, see :func:`figures`
    :returns: :class:`Standing`; who has no mark at all is not counted unless the
        denominator is the list
    """
    counts = Counter(standing_of(values, grades) for values in pupils.values())
    total = len(pupils)
    graded = total - counts[UNGRADED]
    over = total if kind == "list" else graded
    base = over if graded else 0
    good = counts[EXCELLENT] + counts[GOOD]
    names = (EXCELLENT, GOOD, SATISFACTORY, FAILING, UNGRADED)
    return Standing(
        counts={name: counts[name] for name in names},
        total=total,
        denominator=over,
        pass_rate=percent(good + counts[SATISFACTORY], base),
        quality=percent(good, base),
    )


# ---- objectivity -----------------------------------------------------------------------


def deviation(score, other):
    """By how much a period mark stands above (or below) an average or another mark.

    :returns: score minus the other one rounded half up; None without one of them
    """
    if score is None or other is None:
        return None
    return half_up(half_up(score) - half_up(other))


def is_deviant(score, other):
    """Whether two marks that should agree differ by 1 or more."""
    return abs(deviation(score, other) or 0) >= 1
