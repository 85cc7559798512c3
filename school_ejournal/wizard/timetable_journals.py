"""The journals of a year as they are, and what a timetable changes in them."""

from dataclasses import dataclass, field
from datetime import timedelta

from ..tools.dates import weekday_short
from ..tools.person_values import name_key
from .import_base import CHANGED, NEW, NOTE, SAME
from .timetable_wishes import JournalWish


@dataclass(eq=False)
class JournalPlan:
    """What an import does with one journal; everything it holds is a change."""

    wish: JournalWish
    record: object
    main: object  # planned account or None
    takes_over: bool = False
    new_helpers: dict = field(default_factory=dict)
    rights: list = field(default_factory=list)  # (assignment, may write)
    new_slots: list = field(default_factory=list)  # (place, own teacher or None, room)
    rooms: list = field(default_factory=list)  # (slot, room)
    hours: bool = False
    texts: list = field(default_factory=list)


class Journals:
    """Journals, assignments and rows of the timetable of one year.

    What no longer stands in a timetable ends the day before; it is never deleted once it
    has begun. Journals of classes that the file does not have are left alone.

    :param structure: :class:`import_structure.Structure`
    """

    def __init__(self, structure):
        self.importer = structure.importer
        self.structure = structure
        self.env = structure.env
        self.plans = []
        self.closing = self.env["ejournal.timetable.slot"]
        self.ending = self.env["ejournal.assignment"]
        self._by_key, self._slots, self._assignments = {}, {}, {}
        self.scheduled = self.env["ejournal.class"]
        if structure.year.record:
            self._read()

    def _read(self):
        year, day = self.structure.year.record, self.structure.day
        journals = self.env["ejournal.journal"].search_fetch(
            [("year_id", "=", year.id)],
            [
                "class_ids",
                "subgroup_id",
                "subject_id",
                "hours_week",
                "teacher_id",
                "name",
            ],
        )
        for journal in journals:
            self._by_key.setdefault(self._key_of(journal), journal)
        lasting = ["|", ("date_end", "=", False), ("date_end", ">=", day)]
        of_year = [("journal_id", "in", journals.ids)]
        slots = self.env["ejournal.timetable.slot"].search(of_year)
        self.scheduled = slots.journal_id.class_ids
        open_slots = slots.filtered(lambda s: not s.date_end or s.date_end >= day)
        self._slots = open_slots.grouped("journal_id")
        assignments = self.env["ejournal.assignment"].search([*of_year, *lasting])
        self._assignments = assignments.grouped("journal_id")

    @staticmethod
    def _key_of(journal):
        subgroup = journal.subgroup_id
        return (
            frozenset(journal.class_ids.ids),
            name_key(subgroup.name) if subgroup else None,
            journal.subject_id.id,
        )

    # ---- what holds already ------------------------------------------------------------

    def find(self, audience, subject):
        """The journal of an audience, or an empty recordset."""
        none = self.env["ejournal.journal"]
        if subject.is_new or any(class_.is_new for class_ in audience.classes):
            return none
        name = audience.subgroup_name
        key = (
            frozenset(class_.record.id for class_ in audience.classes),
            name_key(name) if name else None,
            subject.record.id,
        )
        return self._by_key.get(key, none)

    def main_teacher(self, audience, subject):
        """The main teacher of the audience's journal, if any (``res.users``)."""
        return self._main_on_day(self.find(audience, subject))

    def _main_on_day(self, journal):
        rows = self._assignments.get(journal, self.ending).filtered(
            lambda a: a.role == "main" and a._covers(self.structure.day)
        )
        return rows.teacher_id[:1]

    def writers(self, audience, subject):
        """Who may enter in the audience's journal; ``None`` when it has no teachers."""
        rows = self._assignments.get(self.find(audience, subject))
        if not rows:
            return None
        return rows.filtered(lambda a: a.role == "main" or a.may_write).teacher_id

    # ---- comparing ---------------------------------------------------------------------

    def compare(self, wishes, classes):
        """Plan what differs and tell it, one line a journal.

        :param wishes: list of :class:`JournalWish`
        :param classes: planned classes of the file
        """
        met = set()
        for wish in wishes:
            record = self.find(wish.audience, wish.subject)
            met.add(record.id)
            self._compare_one(wish, record)
        of_file = {class_.record.id for class_ in classes if class_.record}
        for journal, slots in self._slots.items():
            if journal.id not in met and set(journal.class_ids.ids) <= of_file:
                self.closing |= slots
                self.importer.add(
                    CHANGED,
                    journal.name,
                    self.env._(
                        "No longer in the timetable: its rows end on %(day)s. The journal "
                        "and its entries stay.",
                        day=self._last_day(),
                    ),
                )

    def _last_day(self):
        return self.importer.day(self.structure.day - timedelta(days=1))

    def _compare_one(self, wish, record):
        present = self._main_on_day(record) if record else None
        plan = JournalPlan(wish, record, wish.main_teacher(present))
        self.plans.append(plan)
        self._compare_slots(plan)
        if record:
            self._compare_hours(plan)
            self._compare_main(plan, present)
        self._compare_helpers(plan)
        status = NEW if not record else CHANGED if plan.texts else SAME
        text = "; ".join(plan.texts) or self.env._("No change.")
        if not record:
            text = self._text_of_new(plan)
        self.importer.add(status, wish.title, text, number=wish.line)

    def _compare_hours(self, plan):
        hours, was = plan.wish.hours, plan.record.hours_week
        plan.hours = abs(hours - was) > 0.001
        if plan.hours:
            plan.texts.append(
                self.env._("hours a week: %(was)g → %(hours)g", was=was, hours=hours)
            )

    def _compare_main(self, plan, present):
        """A timetable without a teacher never takes the journal's teacher away."""
        if not plan.main or (plan.main.record and plan.main.record == present):
            return
        plan.takes_over = True
        plan.texts.append(
            self.env._(
                "teacher from %(day)s: %(was)s → %(teacher)s",
                day=self.importer.day(self.structure.day),
                was=present.name or "—",
                teacher=plan.main.title,
            )
        )

    def _compare_helpers(self, plan):
        """Co-teachers: who gives lessons of the journal enters them too."""
        wish, rows = plan.wish, self._assignments.get(plan.record, self.ending)
        helpers = {t: t in wish.hours_of or w for t, w in wish.helpers.items()}
        helpers |= dict.fromkeys(wish.hours_of, True)
        helpers.pop(plan.main, None)
        co_rows = {row.teacher_id.id: row for row in rows if row.role == "co"}
        for teacher, may_write in helpers.items():
            row = co_rows.pop(teacher.record.id, None)
            decided = teacher in wish.hours_of or teacher in wish.answered
            if row is None:
                plan.new_helpers[teacher] = may_write
                plan.texts.append(self._helper_text(teacher, may_write))
            elif decided and row.may_write != may_write:
                plan.rights.append((row, may_write))
                plan.texts.append(self._helper_text(teacher, may_write))
        if plan.main and plan.main.record.id in co_rows:
            self.ending |= co_rows.pop(plan.main.record.id)
        self._compare_former_helpers(plan, co_rows.values())

    def _compare_former_helpers(self, plan, rows):
        """Whose own rows of the timetable all end is no co-teacher any more; others,
        named by hand, stay."""
        slots = self._slots.get(plan.record, self.closing)
        for row in rows:
            own = slots.filtered(lambda s, t=row.teacher_id: s.teacher_id == t)
            if own and own <= self.closing:
                self.ending |= row
                plan.texts.append(
                    self.env._(
                        "co-teacher until %(day)s: %(teacher)s",
                        day=self._last_day(),
                        teacher=row.teacher_id.name,
                    )
                )
            else:
                self.importer.add(
                    NOTE,
                    plan.wish.title,
                    self.env._(
                        "%(teacher)s is a co-teacher here but not in the timetable, and "
                        "stays. End the assignment by hand if it is over.",
                        teacher=row.teacher_id.name,
                    ),
                    number=plan.wish.line,
                )

    def _helper_text(self, teacher, may_write):
        if may_write:
            return self.env._("co-teacher, may enter: %(name)s", name=teacher.title)
        return self.env._("co-teacher, reads: %(name)s", name=teacher.title)

    def _compare_slots(self, plan):
        present = {}
        for slot in self._slots.get(plan.record, self.closing):
            place = (slot.weekday, slot.number, slot.week)
            if place in present:
                self.closing |= slot
            present.setdefault(place, slot)
        for place, wished in sorted(plan.wish.slots.items()):
            own = wished.teacher if wished.teacher is not plan.main else None
            slot = present.pop(place, None)
            if slot and self._same_teacher(slot, wished, own):
                if wished.room and wished.room != (slot.room or ""):
                    plan.rooms.append((slot, wished.room))
                    plan.texts.append(
                        self.env._(
                            "%(place)s: room %(room)s",
                            place=self.place_text(place),
                            room=wished.room,
                        )
                    )
                continue
            if slot:
                self.closing |= slot
            plan.new_slots.append((place, own, wished.room))
            if plan.record:
                plan.texts.append(f"+ {self.place_text(place)}")
        for place, slot in sorted(present.items()):
            self.closing |= slot
            plan.texts.append(f"− {self.place_text(place)}")

    @staticmethod
    def _same_teacher(slot, wished, own):
        if wished.teacher is None:
            return True
        if own is None:
            return not slot.teacher_id
        return bool(own.record) and slot.teacher_id == own.record

    # ---- texts -------------------------------------------------------------------------

    def place_text(self, place):
        """«Mon 3», «Mon 3 (odd weeks)»."""
        weekday, number, week = place
        names = {"weekday": weekday_short(self.env, weekday), "number": number}
        if week == "odd":
            return self.env._("%(weekday)s %(number)s (odd weeks)", **names)
        if week == "even":
            return self.env._("%(weekday)s %(number)s (even weeks)", **names)
        return f"{names['weekday']} {number}"

    def _text_of_new(self, plan):
        places = ", ".join(self.place_text(place) for place, _t, _r in plan.new_slots)
        texts = [
            self.env._(
                "New journal, %(hours)g hours a week, teacher %(teacher)s",
                hours=plan.wish.hours,
                teacher=plan.main.title if plan.main else "—",
            ),
            *plan.texts,
            *filter(None, [places]),
        ]
        return "; ".join(texts)
