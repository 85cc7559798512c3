"""Measuring: operations take turns with the floors, medians are taken, CPU is counted.

A machine with other work stretches every wall time. So each operation is also given as
the processor time that the server, the database and the caller spent on it, and ratios
are taken of that when asked for.
"""

import statistics
import time
from dataclasses import dataclass, field


@dataclass
class Samples:
    """Times of one operation in milliseconds."""

    wall: list = field(default_factory=list)
    cpu: list = field(default_factory=list)

    @property
    def ms(self):
        return statistics.median(self.wall)

    @property
    def cpu_ms(self):
        return statistics.median(self.cpu)


class Stopwatch:
    """Wall time, and processor time of some processes with all their threads.

    :param processes: function that lists the processes at the moment
    """

    def __init__(self, processes):
        self._processes = processes
        self._pids = ()

    def look_around(self):
        """Learn which processes there are; new ones come with the first calls."""
        self._pids = tuple(self._processes())

    def time(self, operation):
        """Run it once.

        :returns: (milliseconds, milliseconds of processor time)
        """
        before, began = self._cpu(), time.perf_counter()
        operation()
        wall, after = time.perf_counter() - began, self._cpu()
        spent = sum(ns - before.get(pid, 0) for pid, ns in after.items())
        return wall * 1000, spent / 1e6

    def _cpu(self):
        """``{pid: nanoseconds}`` of those that still run."""
        times = ((pid, _nanoseconds(pid)) for pid in self._pids)
        return {pid: ns for pid, ns in times if ns is not None}


def _nanoseconds(pid):
    """Processor time of a process so far, threads that have ended included; ``None``
    when it has ended itself.

    The clock's number is what clock_getcpuclockid(3) gives on Linux.
    """
    try:
        return time.clock_gettime_ns((~pid << 3) | 2)
    except OSError:
        return None


def take_turns(stopwatch, operations, rounds, warm_up=2):
    """Run operations one after the other, round by round.

    :param operations: ``{name: (operation, follow-up outside of the time or None)}``
    :returns: ``{name: Samples}``
    """
    samples = {name: Samples() for name in operations}
    for number in range(-warm_up, rounds):
        if number <= 0:
            stopwatch.look_around()
        for name, (operation, follow_up) in operations.items():
            wall, cpu = stopwatch.time(operation)
            if follow_up:
                follow_up()
            if number >= 0:
                samples[name].wall.append(wall)
                samples[name].cpu.append(cpu)
    return samples
