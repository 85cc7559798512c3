"""Running something in a process of its own, to know what it took."""

import importlib
import multiprocessing
import time
from typing import NamedTuple

from server import peak_memory


class Taken(NamedTuple):
    """What a function took; ``result`` is what it returned."""

    seconds: float
    cpu_seconds: float
    megabytes: float
    result: object


def run_apart(name, *args):
    """Run a function in a new process that has loaded Odoo.

    The time is without the start of the process; the memory is the most that it ever
    held, Odoo itself included.

    :param name: "module.function"; imported there, where Odoo is loaded
    :returns: :class:`Taken`
    """
    context = multiprocessing.get_context("spawn")
    answers = context.SimpleQueue()
    process = context.Process(target=_run, args=(answers, name, args))
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"{name} failed")
    return answers.get()


def _run(answers, name, args):
    load_odoo()
    module, _dot, function = name.rpartition(".")
    function = getattr(importlib.import_module(module), function)
    began, cpu_began = time.perf_counter(), time.process_time()
    result = function(*args)
    answers.put(
        Taken(
            time.perf_counter() - began,
            time.process_time() - cpu_began,
            peak_memory(),
            result,
        )
    )


def load_odoo():
    """Let this process work with Odoo as the file named by ODOO_RC says."""
    import odoo
    from odoo.tools import config

    config.parse_config(["--log-level=error"], setup_logging=True)
    odoo.modules.module.initialize_sys_path()
