"""What the deputy director asks of the whole school: all checks of a week, the board."""

from datetime import timedelta

MOST_SECONDS = 5
MOST_QUERIES = 30


def measure(bench):
    figures = [_week(bench, school) for school in bench.schools]
    for school, (found, wall, cpu) in zip(bench.schools, figures, strict=True):
        promised = school is bench.small
        yield bench.row(
            f"all checks of a week, {school.pupils:,} pupils: {found:,} found",
            f"{wall / 1000:.1f} s, {cpu / 1000:.1f} s of CPU",
            f"< {MOST_SECONDS} s" if promised else "",
            wall < MOST_SECONDS * 1000 if promised else None,
        )
    if len(figures) > 1:
        (_few, _wall, small), (_many, _wall, large) = figures[0], figures[-1]
        times = large / small * bench.small.pupils / bench.large.pupils
        yield bench.row(
            "the same, a class of the large school to one of the small",
            f"{times:.2f} × CPU",
            "≤ 1.3 ×",
            times <= 1.3,
        )
    counts = [school.queries(_board, "deputy") for school in bench.schools]
    yield bench.row(
        "board “Today”: SQL queries",
        " / ".join(map(str, counts)),
        f"≤ {MOST_QUERIES}, the same",
        max(counts) <= MOST_QUERIES and len(set(counts)) == 1,
    )


def _board(env):
    return env["ejournal.board"].load_today()


def _week(bench, school):
    """:returns: (how many findings, milliseconds, milliseconds of processor time)"""
    with school.env("deputy") as env:
        end = env.company._ejournal_today()
        week = str(end - timedelta(days=6)), str(end)
        found = []

        def check():
            found.append(env["ejournal.check"].load_findings(*week))

        check()
        wall, cpu = bench.stopwatch().time(check)
        return len(found[-1]), wall, cpu
