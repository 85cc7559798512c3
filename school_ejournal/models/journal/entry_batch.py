"""Many cells of the journal page saved in one call; no model, used by one."""

from collections import defaultdict

from odoo.exceptions import UserError

from ...tools import entry as cells
from ...tools.call_memory import memory_of, with_memory
from ...tools.passage import with_clock

_LESSON_FIELDS = (
    *cells.LESSON_FIELDS,
    "journal_id",
    "company_id",
    "date",
    "number",
    "state",
    "period_id",
    "entrant_id",
    "teacher_id",
    "filled_at",
)


class Entry:
    """One cell that a client sent, with what became of it."""

    def __init__(self, raw):
        self.raw = raw if isinstance(raw, dict) else {}
        self.key = self.raw.get("key")
        self.field = self.raw.get("field")
        self.lesson = self.work = None
        self.pupil_id = False
        self.value = self.old = False
        self.also = []
        self.answer = None

    @property
    def part(self):
        """The part of the lesson's window that judges this entry."""
        if self.field in cells.MARK_FIELDS:
            return "mark"
        if self.field in ("attendance", "attendance_confirmed"):
            return "attendance"
        return "content"

    @property
    def cell(self):
        """What identifies the cell within a batch."""
        column = self.work.id if self.work else False
        return (self.lesson.id, column, self.pupil_id, self.field)


class EntryBatch:
    """Judges each entry by itself, then writes all accepted ones together.

    A refused entry never takes others with it: what can be foreseen is refused one by
    one; if the models refuse something else, the batch is written entry by entry.
    """

    def __init__(self, journals, raw_entries):
        self.now = journals.env.company._ejournal_now()
        self.journals = with_memory(with_clock(journals, self.now))
        self.env = self.journals.env
        self.memory = memory_of(self.env)
        self.author = self.journals._user_name(self.env.user)
        self.entries = [Entry(raw) for raw in raw_entries]

    def run(self):
        """Save what may be saved.

        :returns: one answer an entry, in their order
        """
        self._load()
        accepted = [entry for entry in self.entries if self._accept(entry)]
        self._spread_to_doubles(accepted)
        self._write(accepted)
        return [entry.answer for entry in self.entries]

    # ---- what is there ------------------------------------------------------------

    def _load(self):
        """Read the lessons, columns and cells that the entries speak of."""
        lesson_ids = {_as_id(entry.raw.get("lesson_id")) for entry in self.entries}
        same_days = self.env["ejournal.lesson"]._same_days(
            self.journals, list(lesson_ids - {0}), _LESSON_FIELDS
        )
        found = same_days.filtered(lambda lesson: lesson.id in lesson_ids)
        self.doubles = found._doubles(same_days)
        self.lessons = found | found.browse(self.doubles.values())
        self.memory.readable.update(self.lessons.ids)
        self.lesson_by_id = {lesson.id: lesson for lesson in self.lessons}
        self.windows = self.lessons._entry_window()
        # a column that is not the caller's is refused by its window
        columns = self.lessons._columns()
        self.works = self.env["ejournal.work"].union(*columns.values())
        self.works = self.works.with_env(self.env)
        self.exempt = self.lessons._exempt_pupils()
        self.listed = self.memory.listed = self._listed()
        self.pupils = self._known_pupils()
        self.marks = {
            (mark.work_id.id, mark.pupil_id.id): mark
            for mark in self._stored_cells(
                "ejournal.mark",
                ("work_id", "lesson_id", "pupil_id", *cells.MARK_FIELDS.values()),
            )
        }
        self.facts = {
            (fact.lesson_id.id, fact.pupil_id.id): fact
            for fact in self._stored_cells(
                "ejournal.attendance", ("lesson_id", "pupil_id", "kind", "minutes")
            )
        }
        self.present = {}
        self.made_columns = {}

    def _known_pupils(self):
        """The pupils of the entries that are on one of the lists."""
        listed = set().union(*self.listed.values())
        asked = {_as_id(entry.raw.get("pupil_id")) for entry in self.entries}
        # sudo: only whose school they are of, which every new cell is compared with
        pupils = self.env["ejournal.pupil"].sudo().browse(listed & asked)
        pupils.fetch(["company_id"])
        return pupils

    def _stored_cells(self, model_name, names):
        """The marks or facts of the entries' pupils that the caller may read."""
        # sudo: everybody reads all of the lessons that he gives himself
        own = self.lessons.sudo()._own(self.env.user)
        others = self.lessons - own
        cell_model = self.env[model_name]
        found = cell_model.browse()
        for model, lessons in ((cell_model.sudo(), own), (cell_model, others)):
            if lessons and self.pupils:
                found |= model.search_fetch(
                    [
                        ("lesson_id", "in", lessons.ids),
                        ("pupil_id", "in", self.pupils.ids),
                    ],
                    names,
                    order="id",
                )
        return found.with_env(self.env)

    def _listed(self):
        """``{lesson id: ids of the pupils on its list}``; two queries in all."""
        if not self.lessons:
            return {}
        dates = self.lessons.mapped("date")
        spans = self.journals.sudo()._pupil_spans(min(dates), max(dates))
        return {
            lesson.id: {
                span["pupil_id"]
                for span in spans[lesson.journal_id.id]
                if span["date_start"] <= lesson.date
                and not (span["date_end"] and span["date_end"] < lesson.date)
            }
            for lesson in self.lessons
        }

    # ---- judging ----------------------------------------------------------------------

    def _accept(self, entry):
        """Whether the entry is to be written; otherwise it gets its answer."""
        try:
            self._place(entry)
            entry.value = self._parse(entry, entry.raw.get("value"))
            entry.old = self._parse_old(entry)
        except cells.BadEntry as error:
            return self._refuse(entry, self._bad_text(error.code))
        except UserError as error:
            return self._refuse(entry, error.args[0])
        current = self._present_value(entry)
        if current == entry.value:
            entry.answer = self._answer(entry, "ok", current)
            return False
        window = self._window(entry)
        if reason := self._refusal(entry, window):
            return self._refuse(entry, reason, current)
        if current != entry.old:
            return self._conflict(entry, current)
        self.present[entry.cell] = entry.value
        return True

    def _place(self, entry):
        """Find lesson, column and pupil of the entry."""
        env = self.env
        if entry.field not in cells.ALL_FIELDS:
            raise UserError(env._("The page sent a field that no cell has: reload it."))
        entry.lesson = self.lesson_by_id.get(_as_id(entry.raw.get("lesson_id")))
        if not entry.lesson:
            raise UserError(
                env._("This lesson is not yours or is gone: reload the page.")
            )
        if entry.field in cells.MARK_FIELDS:
            entry.work = self._column(entry)
        if entry.part == "mark" or entry.field == "attendance":
            entry.pupil_id = _as_id(entry.raw.get("pupil_id"))
            if entry.pupil_id not in self.listed[entry.lesson.id]:
                pupil = env["ejournal.pupil"].sudo().browse(entry.pupil_id).exists()
                raise UserError(entry.lesson._not_on_list_text(pupil))

    def _column(self, entry):
        """The column of a mark; without one the answer column, made when needed."""
        if work_id := _as_id(entry.raw.get("work_id")):
            work = self.works.filtered(lambda work: work.id == work_id)
            if work.lesson_id != entry.lesson:
                raise UserError(
                    self.env._("This column is not in the lesson: reload the page.")
                )
            return work
        return self.works.filtered(
            lambda work: (
                work.lesson_id == entry.lesson
                and work.is_answer
                and not work.struck_out
            )
        )

    def _parse(self, entry, value):
        journal = entry.lesson.journal_id
        if entry.field == "attendance":
            return cells.parse_attendance(value)
        if entry.field in cells.FLAG_FIELDS:
            return cells.parse_flag(value)
        if entry.field == "homework_minutes":
            return cells.parse_minutes(value)
        if entry.field in (*cells.TEXT_FIELDS, "comment"):
            return cells.parse_text(entry.field, value)
        if value in (None, False, ""):
            return False
        stored = journal.sudo()._stored_mark(value)
        if not stored:
            raise UserError(journal.sudo()._unknown_mark_text(value))
        return stored

    def _parse_old(self, entry):
        """What the client last saw; something no cell can hold counts as a conflict."""
        try:
            return self._parse(entry, entry.raw.get("old"))
        except (cells.BadEntry, UserError):
            return entry.raw.get("old")

    def _present_value(self, entry):
        """The cell's value now, with what the entries before this one made of it."""
        if entry.cell in self.present:
            return self.present[entry.cell]
        return self._stored_value(entry)

    def _stored_value(self, entry):
        if entry.part == "mark":
            mark = self.marks.get((entry.work.id, entry.pupil_id))
            return (mark and mark[cells.MARK_FIELDS[entry.field]]) or False
        if entry.field == "attendance":
            fact = self.facts.get((entry.lesson.id, entry.pupil_id))
            return fact._entry_value() if fact else False
        return entry.lesson[entry.field] or False

    def _window(self, entry):
        windows = self.windows[entry.lesson.id]
        if entry.part != "mark":
            return windows[entry.part]
        return windows["works"][entry.work.id] if entry.work else windows["column"]

    def _refusal(self, entry, window):
        """Why the entry is refused (text), or None."""
        lesson = entry.lesson
        names = {entry.field} if entry.part == "content" else ()
        if not lesson._may_enter(window, names):
            return window["text"]
        if entry.part == "mark":
            return self._mark_refusal(entry, window)
        return self._homework_refusal(entry)

    def _mark_refusal(self, entry, window):
        lesson = entry.lesson
        if not entry.work and window["state"] in ("grace", "remark"):
            return lesson._closed_text()
        if entry.work.struck_out:
            return entry.work._struck_out_text()
        if entry.pupil_id in self.exempt[lesson.id] and entry.value:
            return lesson._exempt_text(entry.pupil_id)
        mark = self.marks.get((entry.work.id, entry.pupil_id))
        if mark and mark._is_older_value(window):
            return mark._older_value_text()
        if entry.field != "second_mark" or not entry.value:
            return None
        first = (entry.lesson.id, entry.work.id, entry.pupil_id, "mark")
        if not self.present.get(first, mark and mark.value):
            return self.env._("A second mark stands beside a first one: enter that.")
        if not (entry.work.type_id or self._answer_type(entry.lesson)).sudo().two_marks:
            return entry.work._one_mark_text()
        return None

    def _homework_refusal(self, entry):
        """“None set” and a homework exclude each other; a homework typed later wins."""
        if entry.field != "no_homework" or not entry.value:
            return None
        homework = (entry.lesson.id, False, False, "homework")
        if self.present.get(homework, entry.lesson.homework):
            return self.env._(
                "There is homework in this lesson: clear it before ticking “none set”."
            )
        return None

    # ---- answers ------------------------------------------------------------------------

    def _answer(self, entry, status, value, reason=False, by=False, at=False):
        return {
            "key": entry.key,
            "status": status,
            "value": value,
            "reason": reason,
            "by": by,
            "at": at,
        }

    def _refuse(self, entry, reason, value=False):
        entry.answer = self._answer(entry, "refused", value, reason)
        return False

    def _conflict(self, entry, current):
        """Somebody else was quicker: both values are shown, nothing is overwritten."""
        by, at = self._last_change(entry)
        reason = self.env._("Changed by %(user)s meanwhile.", user=by or "?")
        entry.answer = self._answer(entry, "conflict", current, reason, by, at)
        return False

    def _last_change(self, entry):
        record, name = self._record_of(entry)
        if not record:
            return False, False
        # sudo: of the change only its author and time are told, for a cell that the
        # caller reads anyway
        change = (
            self.env["ejournal.change"]
            .sudo()
            .search(
                [
                    ("model_name", "=", record._name),
                    ("res_id", "=", record.id),
                    ("field_name", "=", name),
                ],
                limit=1,
            )
        )
        return change.user_id.name or False, change.entered_at or False

    def _record_of(self, entry):
        if entry.part == "mark":
            mark = self.marks.get((entry.work.id, entry.pupil_id))
            return mark, cells.MARK_FIELDS[entry.field]
        if entry.field == "attendance":
            return self.facts.get((entry.lesson.id, entry.pupil_id)), "kind"
        return entry.lesson, entry.field

    def _bad_text(self, code):
        texts = {
            "not_text": self.env._("This cell takes text."),
            "too_long": self.env._("The text is too long for this cell: shorten it."),
            "not_flag": self.env._("This cell is ticked or not."),
            "not_minutes": self.env._("Minutes are a number from 1 to 600."),
            "not_attendance": self.env._(
                "Attendance is absent, late, or late by 1 to 240 minutes."
            ),
        }
        return texts[code]

    # ---- double lessons -------------------------------------------------------------------

    def _spread_to_doubles(self, accepted):
        """A double lesson shares topic and roll call: what is entered into the first
        goes into the second too, as long as the two had the same."""
        for entry in list(accepted):
            second_id = self.doubles.get(entry.lesson.id)
            if entry.part == "mark" or not second_id:
                continue
            twin = Entry({**entry.raw, "lesson_id": second_id})
            twin.lesson = entry.lesson.browse(second_id)
            twin.pupil_id, twin.value = entry.pupil_id, entry.value
            in_step = self._stored_value(twin) == entry.old
            untouched = twin.cell not in self.present
            if in_step and untouched and not self._refusal(twin, self._window(twin)):
                if entry.pupil_id and entry.pupil_id not in self.listed[second_id]:
                    continue
                entry.also.append(twin)

    # ---- writing ----------------------------------------------------------------------------

    def _write(self, accepted):
        if not accepted:
            return
        try:
            self._write_together(accepted)
        except UserError:
            self._forget(accepted)
            for entry in accepted:
                self._write_alone(entry)
        else:
            for entry in accepted:
                self._confirm(entry)

    def _write_alone(self, entry):
        """What the models refuse is one entry's fate, not the others'."""
        try:
            self._write_together([entry])
        except UserError as error:
            self._forget([entry])
            stored = self._stored_value(entry)
            entry.answer = self._answer(entry, "refused", stored, error.args[0])
        else:
            self._confirm(entry)

    def _forget(self, entries):
        """Drop what was made within a savepoint now rolled back."""
        self.memory.forget()
        self.made_columns = _still_there(self.made_columns)
        self.marks = _still_there(self.marks)
        self.facts = _still_there(self.facts)
        for entry in entries:
            if entry.work and entry.work not in self.works:
                entry.work = self.works.browse()

    def _confirm(self, entry):
        entry.answer = self._answer(
            entry, "ok", entry.value, by=self.author, at=self.now
        )
        if entry.work:
            entry.answer["work_id"] = entry.work.id
        if entry.also:
            entry.answer["also"] = [
                {
                    "lesson_id": twin.lesson.id,
                    "pupil_id": twin.pupil_id,
                    "field": twin.field,
                    "value": twin.value,
                }
                for twin in entry.also
            ]

    def _write_together(self, accepted):
        """Write entries all or none; raises what the models refuse them with."""
        # what was there before must outlive the savepoint; leaving it, messages to other
        # pages wait until the call is over
        self.env.cr.flush()
        with self.env.cr.savepoint(flush=False):
            try:
                self._write_cells(accepted)
            except Exception:
                self.env.cr.clear()
                raise

    def _write_cells(self, accepted):
        entries = accepted + [twin for entry in accepted for twin in entry.also]
        self.memory.gather()
        self._make_answer_columns(entries)
        self._write_marks([entry for entry in entries if entry.part == "mark"])
        self._write_facts([entry for entry in entries if entry.field == "attendance"])
        self._write_lessons(
            [entry for entry in entries if entry.field in cells.LESSON_FIELDS]
        )
        self.lessons.browse(self.memory.take_entered())._note_entries()
        self.env["ejournal.change"]._write_waiting()
        self.env.flush_all()

    def _make_answer_columns(self, entries):
        """`5` in a lesson makes the answer column itself."""
        bare = [e for e in entries if e.part == "mark" and not e.work]
        wanted = {entry.lesson.id for entry in bare} - self.made_columns.keys()
        lessons = self.env["ejournal.lesson"].browse(wanted)
        # sudo: see _upsert
        works = self.env["ejournal.work"].sudo()
        made = works.create(
            [
                {
                    "lesson_id": lesson.id,
                    "type_id": self._answer_type(lesson).id,
                    "is_answer": True,
                }
                for lesson in lessons
            ]
        )
        made = made.with_env(self.env)
        self.made_columns.update({work.lesson_id.id: work for work in made})
        for entry in bare:
            entry.work = self.made_columns[entry.lesson.id]

    def _answer_type(self, lesson):
        return self.env["ejournal.work.type"]._answer(lesson.company_id)

    def _write_marks(self, entries):
        vals_by_cell = defaultdict(dict)
        for entry in entries:
            vals = vals_by_cell[entry.work.id, entry.pupil_id]
            vals[cells.MARK_FIELDS[entry.field]] = entry.value
        self._upsert(self.marks, vals_by_cell, ("work_id", "pupil_id"), "ejournal.mark")

    def _write_facts(self, entries):
        vals_by_cell = {
            (entry.lesson.id, entry.pupil_id): cells.attendance_vals(entry.value)
            for entry in entries
        }
        self._upsert(
            self.facts, vals_by_cell, ("lesson_id", "pupil_id"), "ejournal.attendance"
        )

    def _upsert(self, known, vals_by_cell, place_names, model_name):
        """Write the cells that are there, those with like values together; create the
        others in one batch."""
        new, groups = [], defaultdict(list)
        for cell, vals in vals_by_cell.items():
            if record := known.get(cell):
                groups[tuple(vals.items())].append(record.id)
            else:
                new.append({**dict(zip(place_names, cell, strict=True)), **vals})
        # sudo: the windows have let the caller write, and he reads these lessons; the
        # rules, which allow no less, would read who teaches what to say so once more
        model = self.env[model_name].sudo()
        for vals, record_ids in groups.items():
            model.browse(record_ids).write(dict(vals))
        for vals, record in zip(new, model.create(new), strict=True):
            cell = tuple(vals[name] for name in place_names)
            known[cell] = record.with_env(self.env)

    def _write_lessons(self, entries):
        vals_by_lesson = defaultdict(dict)
        for entry in entries:
            vals = vals_by_lesson[entry.lesson.id]
            vals[entry.field] = entry.value
            if entry.field == "homework" and entry.value and entry.lesson.no_homework:
                vals["no_homework"] = False
        groups = defaultdict(list)
        for lesson_id, vals in vals_by_lesson.items():
            groups[tuple(sorted(vals.items()))].append(lesson_id)
        for vals, lesson_ids in groups.items():
            self.env["ejournal.lesson"].browse(lesson_ids).write(dict(vals))


def _still_there(records):
    """Those of a dict's records that no rollback took away."""
    if not records:
        return records
    there = set(next(iter(records.values())).union(*records.values()).exists().ids)
    return {key: record for key, record in records.items() if record.id in there}


def _as_id(value):
    """A record id as the client sent it; 0 for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
