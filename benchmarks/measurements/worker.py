"""How much memory one process needed for all that was measured before.

By its name the last of the measurements.
"""

SOFT_LIMIT = 2048  # MB; Odoo's limit_memory_soft as shipped


def measure(bench):
    megabytes = bench.server.peak_memory()
    yield bench.row(
        "memory of the server's one process, both schools",
        f"{megabytes:.0f} MB",
        f"< {SOFT_LIMIT} MB",
        megabytes < SOFT_LIMIT,
    )
