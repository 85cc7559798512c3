"""Results of a quarter for the whole school, and a class's proposals taken over."""

MOST_QUERIES = 10
MOST_QUERIES_TAKING = 25
MOST_SECONDS = 2.0

# A mark of everybody in every subject: what a school has at the end of a quarter.
_FILL = """
    INSERT INTO ejournal_period_mark
           (pupil_id, subject_id, journal_id, class_id, period_id, year_id, company_id,
            kind, origin, value, score, average, proposed)
    SELECT DISTINCT ON (e.pupil_id, j.subject_id)
           e.pupil_id, j.subject_id, j.id, e.class_id, %(period)s, j.year_id,
           j.company_id, 'period', 'own', m.value::text, m.value, m.value, m.value::text
      FROM ejournal_journal j
      JOIN ejournal_journal_class_rel r ON r.journal_id = j.id
      JOIN ejournal_enrollment e ON e.class_id = r.class_id
     CROSS JOIN LATERAL (SELECT 2 + (e.pupil_id * 7 + j.subject_id * 3) %% 4) AS m(value)
     WHERE j.assessment = 'marks'
    ON CONFLICT DO NOTHING
"""


def measure(bench):
    figures = [_whole_school(bench, school) for school in bench.schools]
    for school, (queries, wall, cpu, marks) in zip(bench.schools, figures, strict=True):
        yield bench.row(
            f"results of a quarter, {school.pupils:,} pupils, {marks:,} marks",
            f"{wall / 1000:.2f} s, {cpu / 1000:.2f} s of CPU, {queries} queries",
            f"≤ {MOST_QUERIES} queries; 1,000 pupils < {MOST_SECONDS:.0f} s",
            queries <= MOST_QUERIES
            and (school.pupils > 1000 or cpu / 1000 < MOST_SECONDS),
        )
    if len(figures) > 1:
        first, last = bench.small, bench.large
        times = (figures[-1][2] / last.pupils) / (figures[0][2] / first.pupils)
        yield bench.row(
            "the same, a pupil of the large school to one of the small",
            f"{times:.2f} × CPU",
            "≤ 1.3 ×",
            times <= 1.3,
        )
    counts = [_take_over(school) for school in bench.schools]
    yield bench.row(
        "a class's proposals taken over: SQL queries",
        " / ".join(map(str, counts)),
        f"≤ {MOST_QUERIES_TAKING}",
        max(counts) <= MOST_QUERIES_TAKING,
    )


def _whole_school(bench, school):
    with school.env("deputy") as env:
        period = _begun_quarter(env)
        env.cr.execute(_FILL, {"period": period.id})
        env.cr.execute("ANALYZE ejournal_period_mark")
        results = env["ejournal.results"]
        results.load_results(period.id)
        env.invalidate_all()
        before = env.cr.sql_log_count
        results._of(period)
        queries = env.cr.sql_log_count - before
        wall, cpu = bench.stopwatch().time(lambda: results.load_results(period.id))
        marks = env["ejournal.period.mark"].search_count(
            [("period_id", "=", period.id)]
        )
        return queries, wall, cpu, marks


def _begun_quarter(env):
    today = env.company._ejournal_today()
    return env["ejournal.period"].search(
        [("date_start", "<=", today), ("kind", "=", "quarter")],
        order="date_start desc",
        limit=1,
    )


def _take_over(school):
    """Queries of one class's proposals; another class is taken before, to be warm."""
    with school.env("teacher") as env:
        period = _begun_quarter(env)
        journals = env["ejournal.journal"].search(
            [("teacher_id", "=", env.uid), ("assessment", "=", "marks")], limit=2
        )
        for journal in journals:
            env.flush_all()
            env.invalidate_all()
            before = env.cr.sql_log_count
            journal.take_proposals(period.id)
            env.flush_all()
        return env.cr.sql_log_count - before
