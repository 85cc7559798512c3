"""Import of pupils with classes, subgroups and parents."""

from dataclasses import dataclass, field

from ..tools.person_values import name_key
from ..tools.table_columns import PUPIL_COLUMNS
from .import_base import CHANGED, NEW, NOTE, SAME, Fault, Importer, Planned, make_all
from .import_memberships import Memberships
from .import_parents import ParentRegister
from .import_pupil_register import PupilRegister
from .import_pupil_rows import PupilRow
from .import_pupil_texts import PupilTexts
from .import_rows import read_list, report_faults
from .import_structure import Structure
from .import_template import make_template


@dataclass(eq=False)
class PupilPlan:
    """What an import does with the pupil of one row."""

    entry: PupilRow
    class_: Planned
    known: object
    pupil: Planned
    vals: dict = field(default_factory=dict)
    card_vals: dict = field(default_factory=dict)
    enroll: bool = False
    move: object = None  # the enrolment that the pupil leaves
    texts: list = field(default_factory=list)


class PupilImport(Importer):
    """Pupils by a list with one row each.

    A pupil is found by the personal number, else by name, date of birth and class. What
    the row leaves empty stays as it is; whoever is not in the file stays as well.
    """

    @staticmethod
    def template(env):
        return make_template(env, PUPIL_COLUMNS, env._("Pupils"))

    # ---- comparing ---------------------------------------------------------------------

    def _compare(self):
        rows = read_list(self, PUPIL_COLUMNS)
        self.structure = Structure(self)
        if self.structure.is_over:
            raise Fault("year_over", value=self.structure.year.title)
        self.register = PupilRegister(self.structure)
        self.parents = ParentRegister(self)
        self.members = Memberships(self.structure)
        self.texts = PupilTexts(self)
        self.plans = []
        self._rows_seen, self._pins, self._names, self._matched = {}, {}, {}, {}
        for row in rows:
            entry = PupilRow(row, self.today)
            plan = None if self._refuse_repeated(entry) else self._plan(entry)
            if plan:
                self._compare_plan(plan)
            else:
                report_faults(self, row, entry.title)
        self._note_absent()
        self.structure.report()

    def _refuse_repeated(self, entry):
        row = entry.row
        if row.refuse_repeated(self._rows_seen, row.content, "same_row"):
            return True
        if not entry.pin:
            return False
        first = self._pins.setdefault(entry.pin, entry)
        return row.refuse_repeated(
            {entry.pin: first.row},
            entry.pin,
            "pin_twice",
            value=entry.pin,
            other=first.title,
        )

    def _plan(self, entry):
        """The plan of a row, ``None`` when it has faults."""
        row = entry.row
        try:
            class_ = self._class_of(entry)
            if row.faults:
                return None
            known = self.register.match(entry, class_)
        except Fault as fault:
            row.faults.append(fault)
            return None
        if known:
            row.refuse_repeated(self._matched, id(known), "person_twice")
        self._refuse_twin(entry, class_)
        if row.faults:
            return None
        pupil = Planned(
            entry.title, known.record if known else self.env["ejournal.pupil"]
        )
        return PupilPlan(entry, class_, known, pupil)

    def _class_of(self, entry):
        text = entry.class_text
        if not text:
            return None
        class_ = self.structure.class_named(text)
        if self.structure.is_look_alike(text, class_):
            entry.notes.append(("look_alike", text, class_.title))
        return class_

    def _refuse_twin(self, entry, class_):
        """Rows of the same name, day of birth and class are one pupil unless both have
        personal numbers."""
        key = (entry.key, name_key(entry.patronymic), entry.birth_date, id(class_))
        twins = self._names.setdefault(key, [])
        for twin in twins:
            if not (entry.pin and twin.pin):
                entry.row.refuse_repeated({key: twin.row}, key, "person_twice")
                break
        twins.append(entry)

    def _compare_plan(self, plan):
        self.plans.append(plan)
        self._compare_pupil(plan)
        self._compare_card(plan)
        self._compare_class(plan)
        plan.texts += self.members.compare(plan)
        notes = []
        for parent in plan.entry.parents:
            texts, parent_notes = self.parents.compare(
                plan.known, plan.pupil, parent, plan.entry.row
            )
            plan.texts += texts
            notes += parent_notes
        self._report(plan, notes)

    def _compare_pupil(self, plan):
        entry, record = plan.entry, plan.pupil.record
        for name in ("last_name", "first_name", "patronymic", "gender"):
            value = getattr(entry, name)
            if value and (not record or value != record[name]):
                plan.vals[name] = value
                if plan.known:
                    plan.texts.append(self.texts.change(name, record[name], value))

    def _compare_card(self, plan):
        for name in ("birth_date", "pin", "address"):
            value = getattr(plan.entry, name)
            was = getattr(plan.known, name) if plan.known else None
            if value and value != was:
                plan.card_vals[name] = value
                if plan.known:
                    plan.texts.append(self.texts.change(name, was, value))

    def _compare_class(self, plan):
        """Enrol, move or leave the pupil where the list has them."""
        known, class_ = plan.known, plan.class_
        if known and known.row_in(class_):
            return
        plan.enroll = True
        at_home = self.structure.at_home(class_)
        if known and not at_home:
            # a class taught at home stands beside the ordinary one
            plan.move = next((row for row in known.rows if row.class_id.grade), None)
        if plan.move:
            plan.texts.append(self.texts.move(plan, self.structure.day))
        elif known:
            plan.texts.append(self.texts.enroll(plan))

    def _report(self, plan, notes):
        entry = plan.entry
        place = (entry.row.sheet, entry.row.number)
        if not plan.known:
            self.add(NEW, entry.title, self.texts.new(plan), *place)
        elif plan.texts:
            self.add(CHANGED, entry.title, "; ".join(plan.texts), *place)
        else:
            self.add(SAME, entry.title, self.env._("No change."), *place)
        if not plan.known and not plan.entry.pin:
            namesakes = self.register.namesakes(entry)
            if namesakes:
                titles = ", ".join(map(self.register.title, namesakes))
                notes = [*notes, ("namesakes", titles)]
        for note in (*entry.notes, *notes):
            self.add(NOTE, entry.title, self.texts.note(note), *place)

    def _note_absent(self):
        """Who is on the list of a class but not in the file stays; say how many."""
        matched = {plan.pupil.record.id for plan in self.plans if plan.known}
        absent = {}
        for known in self.register.known.values():
            for row in known.rows:
                if known.record.id not in matched:
                    absent.setdefault(row.class_id, []).append(known.record.name)
        for class_ in {plan.class_.record for plan in self.plans} & absent.keys():
            self.add(NOTE, class_.name, self.texts.absent(absent[class_]))

    # ---- writing -----------------------------------------------------------------------

    def carry_out(self):
        self.structure.make()
        self._write_pupils()
        self._write_cards()
        self._write_enrollments()
        self.members.carry_out()
        self.parents.carry_out()

    def _write_pupils(self):
        for plan in self.plans:
            if plan.known:
                if plan.vals:
                    plan.pupil.record.write(plan.vals)
            else:
                plan.pupil.vals = {**plan.vals, "company_id": self.company.id}
        make_all(self.env["ejournal.pupil"], [plan.pupil for plan in self.plans])

    def _write_cards(self):
        cards = self.env["ejournal.pupil.card"]
        vals_list = []
        for plan in self.plans:
            if plan.known and plan.known.card:
                if plan.card_vals:
                    plan.known.card.write(plan.card_vals)
            elif plan.card_vals:
                vals_list.append({**plan.card_vals, "pupil_id": plan.pupil.record.id})
        cards.create(vals_list)

    def _write_enrollments(self):
        enrollments = self.env["ejournal.enrollment"]
        vals_list, moves = [], {}
        for plan in self.plans:
            if plan.move:
                date = max(self.structure.day, plan.move.date_start)
                moves.setdefault((plan.class_.record, date), enrollments)
                moves[plan.class_.record, date] |= plan.move
            elif plan.enroll:
                at_home = self.structure.at_home(plan.class_)
                vals_list.append(
                    {
                        "pupil_id": plan.pupil.record.id,
                        "class_id": plan.class_.record.id,
                        "date_start": self.structure.begins(plan.class_),
                        "form": "home" if at_home else "full",
                    }
                )
        for (class_, date), rows in moves.items():
            rows.action_move(class_, date)
        enrollments.create(vals_list)
