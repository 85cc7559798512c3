"""What one call has learned of the lessons that it writes.

The doors of lessons, columns, marks and attendance each ask the judge before and after
every write, whoever comes. A call that writes thirty cells passes them a dozen times and
would get a dozen equal answers: it sees one snapshot of the database, at one moment, for
one user. So it carries a memory in its context. As with the passage it is an object, and
no request can send one.
"""

_KEY = "ejournal_call_memory"


class CallMemory:
    """Answers by the id of the lesson that they were given for.

    ``windows`` what the judge said, ``columns`` the columns, ``listed`` and ``exempt``
    ids of pupils; ``readable`` are ids of lessons whose reading was checked, ``locked``
    ids of periods whose rows are held. Between :meth:`gather` and their taking,
    ``entered`` are ids of lessons that got entries and ``changes`` rows of the change
    record, which wait to be written together; otherwise both are ``None`` and nothing
    waits, so that nothing can be left behind.
    """

    def __init__(self, uid):
        self.uid = uid
        self.listed, self.exempt, self.readable = {}, {}, set()
        self.forget()

    def forget(self):
        """What was written is rolled back: its rows, and the locks that came with it."""
        self.windows, self.columns, self.locked = {}, {}, set()
        self.entered = self.changes = None

    def gather(self):
        """Let what follows from entries wait."""
        self.entered, self.changes = set(), []

    def take_entered(self):
        """The ids of the lessons that got entries; what comes now waits no more."""
        entered, self.entered = self.entered, None
        return entered

    def take_changes(self):
        """The rows that have waited; what comes now waits no more."""
        changes, self.changes = self.changes, None
        return changes

    def add_columns(self, works):
        """New columns have windows of their own."""
        for lesson, made in works.grouped("lesson_id").items():
            self.windows.pop(lesson.id, None)
            if lesson.id in self.columns:
                self.columns[lesson.id] |= made


def with_memory(records):
    """Return ``records`` for a call that asks once.

    Who lets something wait ends with it: ``ejournal.lesson._note_entries`` of the lessons
    entered, then ``ejournal.change._write_waiting``.
    """
    return records.with_context(**{_KEY: CallMemory(records.env.uid)})


def memory_of(env):
    """The memory of the call, ``None`` when it has none or acts for somebody else."""
    memory = env.context.get(_KEY)
    if isinstance(memory, CallMemory) and memory.uid == env.uid:
        return memory
    return None
