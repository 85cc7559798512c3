"""For `odoo shell`: check all seals of each school; exit with 1 when one is broken."""

# ruff: noqa: F821 (env is the shell's)

import sys
from datetime import datetime

broken = False
for school in env["res.company"].search([]):
    seals = env["ejournal.seal"].with_company(school)
    answer = seals.verify(datetime(1970, 1, 1), datetime(9999, 1, 1))
    problem = answer["problem"]
    broken = broken or not answer["ok"]
    found = problem["text"] if problem else f"{answer['seals']} seals unbroken"
    print(f"  {school.name}: {found}")
sys.exit(broken)
