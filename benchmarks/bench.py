"""What a measurement works with, and what it hands back."""

import os
from dataclasses import dataclass

from measure import Stopwatch, take_turns


@dataclass
class Row:
    """A line of the table.

    :param operation: what was done, in a few words
    :param figure: what was measured, as text
    :param promise: what is promised; empty when nothing is
    :param kept: whether the promise was kept, ``None`` when nothing is promised
    """

    operation: str
    figure: str
    promise: str = ""
    kept: bool | None = None


class Bench:
    """The schools, the server and the clock of one run.

    :param schools: list of ``school.School``, small to large
    :param server: the ``server.Server`` that serves them
    """

    def __init__(self, schools, server, options):
        self.schools = schools
        self.small, self.large = schools[0], schools[-1]
        self.server = server
        self.database = options.database
        self.rounds = options.rounds

    def take_turns(self, operations):
        """Run operations in turns, see ``measure.take_turns``.

        :param operations: ``{name: operation}`` or ``{name: (operation, follow-up)}``
        :returns: ``{name: measure.Samples}``
        """
        pairs = {
            name: operation if isinstance(operation, tuple) else (operation, None)
            for name, operation in operations.items()
        }
        return take_turns(self.stopwatch(), pairs, self.rounds)

    def stopwatch(self):
        """For what is done once: ``stopwatch().time(operation)``."""
        stopwatch = Stopwatch(self._processes)
        stopwatch.look_around()
        return stopwatch

    def _processes(self):
        """Ourselves, the server, and what PostgreSQL runs for both."""
        with self.small.cursor() as cr:
            cr.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname LIKE %s",
                [f"{self.database}%"],
            )
            backends = [pid for (pid,) in cr.fetchall()]
        return [os.getpid(), self.server.pid, *backends]

    row = staticmethod(Row)

    def against_floors(self, samples, name, times):
        """A row for an operation that was measured together with ``noop`` and ``raw``.

        :param samples: result of :meth:`take_turns`
        :param times: how many times the sum of both floors is promised
        """
        own, noop, raw = samples[name], samples["noop"], samples[f"raw {name}"]
        wall = own.ms / (noop.ms + raw.ms)
        cpu = own.cpu_ms / (noop.cpu_ms + raw.cpu_ms)
        return Row(
            name,
            f"{cpu:.1f} × CPU, {wall:.1f} × wall "
            f"({own.cpu_ms:.0f} / {own.ms:.0f} ms; noop {noop.cpu_ms:.1f} / "
            f"{noop.ms:.1f}, raw {raw.cpu_ms:.1f} / {raw.ms:.1f})",
            f"≤ {times} × (noop + raw)",
            cpu <= times,
        )

    def growth(self, samples, name):
        """A row for an operation that was measured in the smallest and the largest
        school as ``name`` and ``name, large``."""
        small, large = samples[name], samples[f"{name}, large"]
        cpu, wall = large.cpu_ms / small.cpu_ms, large.ms / small.ms
        return Row(
            f"{name}: {self.small.pupils:,} → {self.large.pupils:,} pupils",
            f"{cpu:.2f} × CPU, {wall:.2f} × wall "
            f"({small.cpu_ms:.0f} → {large.cpu_ms:.0f} ms of CPU)",
            "≤ 1.3 ×",
            cpu <= 1.3,
        )

    def query_counts(self, name, call_in, most):
        """A row with the queries of a call in each school.

        :param call_in: function of a school that returns a function of an environment
        :param most: the promise
        """
        counts = [school.queries(call_in(school)) for school in self.schools]
        sizes = " / ".join(f"{school.pupils:,}" for school in self.schools)
        return Row(
            f"{name}: SQL queries at {sizes} pupils",
            " / ".join(map(str, counts)),
            f"≤ {most}, the same",
            max(counts) <= most and max(counts) == min(counts),
        )
