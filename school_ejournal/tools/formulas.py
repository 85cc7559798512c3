"""Figures that schools report, as plain functions of plain numbers."""

from decimal import ROUND_HALF_UP, Decimal


def half_up(number, digits=0):
    """Round half up, as schools do: 4.5 is 5 (Python's ``round`` says 4).

    :param number: int, float or Decimal
    :param digits: decimal places
    """
    step = Decimal(1).scaleb(-digits)
    # repr of a float is its shortest form: 4.345 stays 4.345
    return float(Decimal(repr(float(number))).quantize(step, rounding=ROUND_HALF_UP))


def mean(total, count):
    """``total / count`` to two places, half up; None when there is nothing to count."""
    if not count:
        return None
    return half_up(float(total) / float(count), 2)


def means(figures):
    """Plain and weighted mean of each pupil's figures.

    :param figures: list of ``(pupil, score, weight)``
    :returns: ``{pupil: (count, plain, weighted)}``
    """
    sums = {}
    for pupil, score, weight in figures:
        count, total, weighted, weights = sums.get(pupil, (0, 0.0, 0.0, 0.0))
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
