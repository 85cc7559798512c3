"""Lessons are made from the timetable: a quarter of the whole school."""

MOST_MS_A_LESSON = 3


def measure(bench):
    figures = [_generate(bench, school) for school in bench.schools]
    for school, (count, wall, cpu) in zip(bench.schools, figures, strict=True):
        yield bench.row(
            f"lessons of a quarter, {school.pupils:,} pupils: {count:,}",
            f"{wall / 1000:.1f} s, {cpu / 1000:.1f} s of CPU",
            "6,500 in seconds",
            cpu / count <= MOST_MS_A_LESSON,
        )
    if len(figures) > 1:
        (few, _wall, cpu_few), (many, _wall, cpu_many) = figures[0], figures[-1]
        times = (cpu_many / many) / (cpu_few / few)
        yield bench.row(
            f"the same, a lesson of {many:,} to one of {few:,}",
            f"{times:.2f} × CPU",
            "linear: ≤ 1.3 ×",
            times <= 1.3,
        )


def _generate(bench, school):
    """Take the lessons of the present quarter away, make them again, take that back.

    :returns: (how many lessons, milliseconds, milliseconds of processor time)
    """
    with school.env("deputy") as env:
        today = env.company._ejournal_today()
        period = env["ejournal.period"].search(
            [
                ("date_start", "<=", today),
                ("date_end", ">=", today),
                ("kind", "=", "quarter"),
            ]
        )
        env.cr.execute("SET LOCAL session_replication_role = replica")
        env.cr.execute("DELETE FROM ejournal_lesson WHERE period_id = %s", [period.id])
        env.cr.execute("RESET session_replication_role")
        env.invalidate_all()

        def generate():
            period.action_generate_lessons()
            env.flush_all()

        wall, cpu = bench.stopwatch().time(generate)
        count = env["ejournal.lesson"].search_count([("period_id", "=", period.id)])
        return count, wall, cpu
