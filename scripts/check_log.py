"""Print the warnings and errors of a log of Odoo; exit with 1 when there are any."""

import re
import sys
from pathlib import Path

LEVEL = re.compile(r"^\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) ")
# Not caused by our addons; each with its reason.
KNOWN = (
    # Odoo says so whenever root starts it, as containers do.
    "Running as user 'root' is a security risk",
)


def troubles(log):
    """Return the log's lines of level warning and above that are not known."""
    return [
        line
        for line in log.splitlines()
        if LEVEL.match(line) and not any(known in line for known in KNOWN)
    ]


if __name__ == "__main__":
    found = troubles(Path(sys.argv[1]).read_text(encoding="utf-8"))
    sys.stderr.write("".join(f"  {line}\n" for line in found))
    sys.exit(bool(found))
