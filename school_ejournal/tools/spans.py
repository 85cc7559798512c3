"""Arithmetic of from–to: pairs of dates, both days included, no end = for good.

Knows nothing of Odoo, so that the freeze of closed periods can be tried by itself.
"""

from datetime import date, timedelta

FOREVER = date.max
_DAY = timedelta(days=1)


def closed_span(date_start, date_end):
    """``(start, end)`` with an open end written as the last of all days."""
    return date_start, date_end or FOREVER


def overlap(one, other):
    """Whether two spans share a day."""
    return one[0] <= other[1] and other[0] <= one[1]


def covers(span, day):
    """Whether a day lies in a span."""
    return span[0] <= day <= span[1]


def cut(span, frame):
    """What of a span lies within a frame; ``None`` when nothing does."""
    start, end = max(span[0], frame[0]), min(span[1], frame[1])
    return (start, end) if start <= end else None


def subtract(span, hole):
    """What remains of a span outside a hole: a list of none, one or two spans."""
    if not overlap(span, hole):
        return [span]
    rest = []
    if span[0] < hole[0]:
        rest.append((span[0], hole[0] - _DAY))
    if hole[1] < span[1]:
        rest.append((hole[1] + _DAY, span[1]))
    return rest


def merged(spans):
    """Spans in order, those that touch or overlap made one."""
    result = []
    for start, end in sorted(spans):
        if result and (result[-1][1] == FOREVER or start <= result[-1][1] + _DAY):
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def uncovered(span, by):
    """The parts of a span that no span of ``by`` covers."""
    rest = [span]
    for hole in by:
        rest = [piece for part in rest for piece in subtract(part, hole)]
    return rest


def changed_days(before, after, same=True):
    """The days on which a from–to row says something else than it said.

    :param before, after: spans; ``None`` where there was or will be no row
    :param same: whether the row speaks of the same things as before; if not, all its
        days change
    :returns: list of spans
    """
    if before is None or after is None or not same:
        return [span for span in (before, after) if span is not None]
    return subtract(before, after) + subtract(after, before)


def first_overlap(rows):
    """Two rows that share a day, or ``None``.

    :param rows: list of ``(span, thing)``
    :returns: ``(earlier thing, later thing)``
    """
    ordered = sorted(rows, key=lambda row: row[0])
    for (span, thing), (next_span, next_thing) in zip(
        ordered, ordered[1:], strict=False
    ):
        if overlap(span, next_span):
            return thing, next_thing
    return None
