"""The only way past the entry window: an object that no request can send.

A remote call carries its context as JSON, so it can hold strings and numbers but never
this very object. Only code of ours that imports it can write past the day lock: demo
data, the migration of a former journal, and the system's own follow-up of an accepted
entry (a lesson becomes "held").
"""

_KEY = "ejournal_passage"
_TOKEN = object()
_CLOCK_KEY = "ejournal_clock"


class _Clock:
    """The moment at which a call is judged; an object for the same reason."""

    def __init__(self, now):
        self.now = now


def with_passage(records, basis="migration"):
    """Return ``records`` with leave to write past the entry window.

    :param basis: what the change record says of each write, see ``ejournal.change``
    """
    return records.with_context(**{_KEY: _TOKEN, "ejournal_basis": basis})


def has_passage(env):
    """Whether this environment was opened by :func:`with_passage`."""
    return env.context.get(_KEY) is _TOKEN


def passage_basis(env):
    """The basis that :func:`with_passage` was given."""
    return env.context.get("ejournal_basis") if has_passage(env) else None


def with_clock(records, now):
    """Return ``records`` bound to one moment (naive UTC) for a whole call."""
    return records.with_context(**{_CLOCK_KEY: _Clock(now)})


def clock_now(env, default):
    """The moment of :func:`with_clock`, or what ``default()`` says."""
    clock = env.context.get(_CLOCK_KEY)
    return clock.now if isinstance(clock, _Clock) else default()
