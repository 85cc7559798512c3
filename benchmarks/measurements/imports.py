"""Lists and a timetable of the small school go into one that has nothing yet."""

import tempfile
from pathlib import Path

import input_files
from apart import run_apart
from databases import copy_database, drop_database

MOST_MEGABYTES = 500


def measure(bench):
    school = bench.small
    database = f"{bench.database}_import"
    copy_database(bench.database, database)
    try:
        with tempfile.TemporaryDirectory() as folder, school.env() as env:
            for kind, most_seconds, write in (
                ("pupils", 60, input_files.write_pupils),
                ("timetable_asc", 20, input_files.write_timetable),
            ):
                path = Path(folder) / kind
                what = write(env, path)
                yield _row(bench, database, kind, str(path), what, most_seconds)
    finally:
        drop_database(database)


def _row(bench, database, kind, path, what, most_seconds):
    taken = run_apart("input_files.take_in", database, kind, path)
    return bench.row(
        f"import of {what}: preview and import",
        f"{taken.seconds:.0f} s ({taken.cpu_seconds:.0f} s of CPU without PostgreSQL's), "
        f"{taken.megabytes:.0f} MB",
        f"< {most_seconds} s, < {MOST_MEGABYTES} MB",
        taken.seconds < most_seconds and taken.megabytes < MOST_MEGABYTES,
    )
