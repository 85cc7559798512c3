from psycopg2.errors import UniqueViolation

from odoo import models
from odoo.exceptions import ConcurrencyError, UserError

from .entry_batch import EntryBatch

MAX_ENTRIES = 2000


class EjournalJournal(models.Model):
    """What the journal page saves, and what a mark may be."""

    _inherit = "ejournal.journal"

    def save_entries(self, entries):
        """Save cells of the journal page; each is answered by itself.

        Judged by ``ejournal.lesson._entry_window`` at one moment for the whole call. An
        entry whose ``old`` is not the stored value is a conflict and overwrites nothing;
        one whose value is stored already is ``ok``.

        :param entries: list of dicts ``{key, lesson_id, work_id|null, pupil_id|null,
            field, old, value}``; ``field`` is mark, second_mark, comment, attendance,
            topic, classwork, homework, no_homework, homework_minutes or
            attendance_confirmed; values are the stored value or ``false`` for empty;
            attendance is ``absent``, ``late`` or ``late:12``. A mark without ``work_id``
            makes the lesson's answer column.
        :returns: list of dicts ``{key, status: ok|refused|conflict, value, reason, by,
            at}`` in the same order, ``value`` being what is stored now; an accepted mark
            also has ``work_id``, and what a double lesson took over stands in ``also``
        :raises AccessError: the caller may not read the journal
        :raises UserError: no list, or more than 2,000 entries
        """
        self._check_readable()
        if not isinstance(entries, list) or len(entries) > MAX_ENTRIES:
            raise UserError(
                self.env._(
                    "Send a list of at most %(count)s entries.", count=MAX_ENTRIES
                )
            )
        try:
            return EntryBatch(self, entries).run()
        except UniqueViolation as error:
            # Somebody filled the same empty cell since our snapshot was taken. That is
            # no serialization failure, so ask Odoo to run the call again: it then
            # answers with a conflict instead of losing the batch.
            raise ConcurrencyError("a cell was filled at the same moment") from error

    # ---- marks -----------------------------------------------------------------------

    def _stored_mark(self, value):
        """The value of the journal's scale that ``value`` means, or None.

        "5,0" and " 5 " mean "5".
        """
        self.ensure_one()
        if self.assessment == "none" or not isinstance(value, str | int | float):
            return None
        return self.scale_id._normalize(str(value))

    def _unknown_mark_text(self, value):
        if self.assessment == "none":
            return self.env._("This class gets no marks in this subject.")
        return self.env._(
            "“%(value)s” is no mark here; the scale has %(values)s.",
            value=str(value)[:20],
            values=", ".join(self.scale_id.value_ids.mapped("value")),
        )
