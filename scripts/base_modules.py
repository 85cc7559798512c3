"""Print Odoo's own modules that the addons named on the command line depend on."""

import ast
import sys
from pathlib import Path

addons = [Path(folder) for folder in sys.argv[1:]]
needed = set()
for addon in addons:
    needed |= set(
        ast.literal_eval((addon / "__manifest__.py").read_text(encoding="utf-8"))[
            "depends"
        ]
    )
sys.stdout.write(",".join(sorted(needed - {addon.name for addon in addons})) + "\n")
