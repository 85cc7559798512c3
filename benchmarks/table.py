"""The rows of a run as a table in Markdown."""

import os
import platform
from datetime import date

_BEGIN, _END = "<!-- figures -->", "<!-- end of figures -->"
_MARKS = {True: "yes", False: "**no**", None: ""}


def render(rows, options):
    """The table with a line that says when and on what it was measured."""
    load = os.getloadavg()[1]
    pupils = ", ".join(f"{number:,}" for number in options.pupils)
    lines = [
        f"{date.today()}, Python {platform.python_version()}, {os.cpu_count()} cores "
        f"(load {load:.1f} of other work and this), schools of {pupils} pupils, "
        f"medians of {options.rounds} calls:",
        "",
        "| operation | measured | promise | kept |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {row.operation} | {row.figure} | {row.promise} | {_MARKS[row.kept]} |"
        for row in rows
    ]
    return "\n".join(lines)


def put_into(path, text):
    """Replace what stands between the two marks of a file."""
    before, rest = path.read_text().split(_BEGIN)
    after = rest.split(_END)[1]
    path.write_text(f"{before}{_BEGIN}\n{text}\n{_END}{after}")
