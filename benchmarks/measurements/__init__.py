"""One module a concern; each has ``measure(bench)``, which yields ``bench.Row``."""
