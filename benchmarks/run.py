"""Measures the speed of the journal on made-up schools; see README.md beside this file.

`make bench` prepares what is needed and calls it.
"""

import argparse
import importlib
import pkgutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import measurements
import table
from apart import load_odoo, run_apart
from bench import Bench
from databases import comment_of, copy_database, stamp
from server import running

_README = Path(__file__).with_name("README.md")


def main():
    options = _options()
    load_odoo()
    from school import School

    for pupils in options.pupils:
        _prepare(options, pupils)
    with running(options.database) as server:
        schools = [
            School(_name(options, pupils), pupils, server) for pupils in options.pupils
        ]
        bench = Bench(schools, server, options)
        rows = [
            row for module in _modules(options.only) for row in module.measure(bench)
        ]
    text = table.render(rows, options)
    print(text)
    if options.write:
        table.put_into(_README, text)


def _options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", required=True, help="an empty one to copy")
    parser.add_argument(
        "--pupils",
        type=lambda text: [int(number) for number in text.split(",")],
        default=[1000, 10000],
        help="sizes of the schools, small to large (default: 1000,10000)",
    )
    parser.add_argument(
        "--rounds", type=int, default=15, help="calls of each operation"
    )
    parser.add_argument("--only", help="modules of measurements, separated by commas")
    parser.add_argument(
        "--keep",
        action="store_true",
        help="upgrade schools that were made with other addons or on another day; what "
        "needs a lesson of today that is still empty then fails",
    )
    parser.add_argument(
        "--write", action="store_true", help="put the table into README.md"
    )
    return parser.parse_args()


def _modules(only):
    """The modules of ``measurements/`` in the order of their names."""
    names = [module.name for module in pkgutil.iter_modules(measurements.__path__)]
    wanted = only.split(",") if only else names
    if unknown := set(wanted) - set(names):
        sys.exit(
            f"no such measurement: {', '.join(sorted(unknown))}; there are {names}"
        )
    for name in names:
        if name in wanted:
            print(f"… measuring: {name}", file=sys.stderr)
            yield importlib.import_module(f"measurements.{name}")


def _name(options, pupils):
    return f"{options.database}_{pupils}"


def _prepare(options, pupils):
    """Make the school unless there is one that was made today from the same template.

    "Today" matters: its lessons of today are the ones that are still empty.
    """
    database = _name(options, pupils)
    wanted = f"{comment_of(options.database)} {date.today()}"
    present = comment_of(database)
    if present == wanted:
        return
    if options.keep and present:
        _upgrade(database)
        stamp(database, wanted)
        return
    print(f"… making a school of {pupils} pupils", file=sys.stderr)
    copy_database(options.database, database)
    taken = run_apart("school.make", database, pupils)
    stamp(database, wanted)
    print(f"  {taken.seconds:.0f} s, {taken.megabytes:.0f} MB", file=sys.stderr)


def _upgrade(database):
    print(f"… upgrading {database}", file=sys.stderr)
    command = [sys.executable, "-m", "odoo", "-d", database, "-u", "school_ejournal"]
    options = ["--stop-after-init", "--no-http", "--log-level=error"]
    subprocess.run(command + options, check=True)


if __name__ == "__main__":
    main()
