from odoo import api, models

from ...tools.passage import has_passage

MESSAGE = "school_ejournal.entries"
COLUMNS_MESSAGE = "school_ejournal.columns"


class EjournalJournal(models.Model):
    """What others see at once: each save is told to those who have the page open.

    A message carries ids and values, no names. It goes to the journal's channel, which
    only those get who read every lesson of it, and to the channels of the lessons that
    changed, for substitutes and markers (see ``ir.websocket``).
    """

    _name = "ejournal.journal"
    _inherit = ["ejournal.journal", "bus.listener.mixin"]

    def save_entries(self, entries):
        answers = super().save_entries(entries)
        self._tell_entries(entries, answers)
        return answers

    def _tell_entries(self, entries, answers):
        cells = []
        for entry, answer in zip(entries, answers, strict=True):
            if answer["status"] != "ok" or not answer["at"]:
                continue
            cell = {
                name: entry.get(name) for name in ("lesson_id", "pupil_id", "field")
            }
            cell.update(value=answer["value"], work_id=answer.get("work_id", False))
            cells.append(cell)
            cells.extend({"work_id": False, **twin} for twin in answer.get("also", ()))
        if cells:
            lessons = self.env["ejournal.lesson"].browse(
                {cell["lesson_id"] for cell in cells}
            )
            lessons._tell_readers(MESSAGE, cells)

    @api.model
    def _full_readers(self, journals):
        """The journals of which the present user reads every lesson."""
        readable = journals._filtered_access("read")
        if not readable:
            return readable
        Lesson = self.env["ejournal.lesson"]
        domain = [("journal_id", "in", readable.ids)]
        all_counts = dict(
            Lesson.sudo()._read_group(domain, ["journal_id"], ["__count"])
        )
        own_counts = dict(Lesson._read_group(domain, ["journal_id"], ["__count"]))
        return readable.filtered(
            lambda journal: (
                own_counts.get(journal, 0) == all_counts.get(journal.sudo(), 0)
            )
        )


class EjournalLesson(models.Model):
    _name = "ejournal.lesson"
    _inherit = ["ejournal.lesson", "bus.listener.mixin"]

    def _tell_readers(self, message, cells=()):
        """Send what changed in these lessons to those who have them open.

        ``page`` names the browser page that sent it, so that it skips its own.
        """
        page = str(self.env.context.get("ejournal_page") or "")[:40]
        for journal, lessons in self.grouped("journal_id").items():
            own = [cell for cell in cells if cell["lesson_id"] in lessons.ids]
            payload = {"page": page, "journal_id": journal.id, "user_id": self.env.uid}
            journal._bus_send(
                message, {**payload, "lesson_ids": lessons.ids, "entries": own}
            )
            for lesson in lessons:
                entries = [cell for cell in own if cell["lesson_id"] == lesson.id]
                lesson._bus_send(
                    message, {**payload, "lesson_ids": lesson.ids, "entries": entries}
                )


class EjournalWork(models.Model):
    _inherit = "ejournal.work"

    @api.model_create_multi
    def create(self, vals_list):
        works = super().create(vals_list)
        works._tell_of_columns()
        return works

    def write(self, vals):
        result = super().write(vals)
        self._tell_of_columns()
        return result

    def _tell_of_columns(self):
        if not has_passage(self.env):
            self.lesson_id._tell_readers(COLUMNS_MESSAGE)
