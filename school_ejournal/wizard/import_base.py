"""What all imports share: lines of the preview, questions, the order of work."""

from dataclasses import dataclass, field

from odoo.fields import Date

from ..tools.input_file import InputFileError
from .import_texts import fault_text

NEW, CHANGED, SAME, WRONG, NOTE = "new", "changed", "same", "wrong", "note"


class Fault(Exception):
    """A row that cannot be taken; code and details as in ``import_texts``."""

    def __init__(self, code, **details):
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(eq=False)
class Planned:
    """A record that is there, or that the import will make.

    :param title: how the preview calls it
    :param record: the record; empty until it is made
    :param vals: values for its creation; may hold other :class:`Planned` objects
    """

    title: str
    record: object
    vals: dict = field(default_factory=dict)

    @property
    def is_new(self):
        return not self.record

    def values(self):
        """``vals`` with ids in place of what was made meanwhile."""
        return {name: _id_of(value) for name, value in self.vals.items()}


def _id_of(value):
    return value.record.id if isinstance(value, Planned) else value


def make_all(model, planned):
    """Create all that is missing among ``planned``, in one batch."""
    missing = [thing for thing in planned if thing.is_new]
    records = model.create([thing.values() for thing in missing])
    for thing, record in zip(missing, records, strict=True):
        thing.record = record
    return records


@dataclass(frozen=True)
class Line:
    """A line of the preview, see ``ejournal.import.line``."""

    status: str
    subject: str
    text: str
    sheet: str = ""
    number: int = 0


@dataclass(frozen=True)
class Question:
    """A question of the preview, see ``ejournal.import.choice``.

    ``options`` is a list of ``(key, label)``, ``default`` the key that holds unanswered.
    """

    key: str
    text: str
    options: list
    default: str


class Importer:
    """Compares a file with what the school has, then writes what differs.

    One subclass a kind of file. :meth:`compare` reads only; :meth:`carry_out` does what
    it found. Nothing is written when a line is wrong.

    :param wizard: ``ejournal.import`` in the user's own environment
    :param content: bytes of the file
    :param answers: ``{question key: option key}``
    """

    def __init__(self, wizard, content, answers):
        self.company = wizard.company_id
        self.env = wizard.with_company(self.company).env
        self.year = wizard.year_id
        self.content = content
        self.answers = answers
        self.today = self.company._ejournal_today()
        self.lines = []
        self.questions = []

    # ---- for subclasses ----------------------------------------------------------------

    def _compare(self):
        """Read the file, compare, fill the lines; raise InputFileError or Fault."""
        raise NotImplementedError

    def carry_out(self):
        """Write what :meth:`compare` found."""
        raise NotImplementedError

    @staticmethod
    def template(env):
        """``(file name, bytes)`` of a file to fill in; nothing when there is none."""

    # ---- lines -------------------------------------------------------------------------

    def compare(self):
        """Fill ``lines`` and ``questions``; a file that cannot be read is one line."""
        try:
            self._compare()
        except (InputFileError, Fault) as error:
            self.fault(self.env._("File"), error)

    @property
    def wrong_lines(self):
        return [line for line in self.lines if line.status == WRONG]

    def add(self, status, subject, text, sheet="", number=0):
        self.lines.append(Line(status, subject, text, sheet, number))

    def fault(self, subject, error, sheet="", number=0):
        """A wrong line for an error that has a code and details."""
        self.add(
            WRONG,
            subject,
            fault_text(self.env, error.code, error.details),
            sheet,
            number,
        )

    def ask(self, key, text, options, default):
        """Put a question and return the key of the answer that holds."""
        self.questions.append(Question(key, text, options, default))
        answer = self.answers.get(key)
        return answer if answer in dict(options) else default

    # ---- dates -------------------------------------------------------------------------

    def day(self, date):
        """A date as the preview writes it."""
        return Date.to_date(date).strftime("%d.%m.%Y")
