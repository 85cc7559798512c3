"""From the lessons of a timetable to the journals that the school needs for them."""

from collections import Counter
from dataclasses import dataclass, field

from ..tools.asc_timetable import ALL
from ..tools.dates import weekday_name
from .import_base import NOTE, WRONG, Planned
from .timetable_audience import Audience, Audiences
from .timetable_questions import TeacherQuestions

WEEKDAYS = range(7)
NUMBERS = range(21)


@dataclass(eq=False)
class SlotWish:
    """A lesson of the week; ``teacher`` is ``None`` for a vacancy."""

    teacher: Planned | None
    room: str


@dataclass(eq=False)
class JournalWish:
    """A journal that the timetable needs.

    ``hours_of`` counts the weekly hours of each teacher who gives lessons of it, in the
    order of the file; ``helpers`` are co-teachers: ``{account: may write}``; ``slots`` is
    ``{(weekday, number, week): SlotWish}``.
    """

    audience: Audience
    subject: Planned
    line: int
    hours: float = 0.0
    hours_of: Counter = field(default_factory=Counter)
    helpers: dict = field(default_factory=dict)
    answered: set = field(default_factory=set)  # helpers whose rights the user chose
    slots: dict = field(default_factory=dict)

    @property
    def title(self):
        classes = ", ".join(class_.title for class_ in self.audience.classes)
        parts = (classes, self.subject.title, self.audience.subgroup_name)
        return " · ".join(filter(None, parts))

    def main_teacher(self, present=None):
        """Who gives most lessons; of equals the present one, else the first."""
        if not self.hours_of:
            return None
        most = max(self.hours_of.values())
        best = [t for t, hours in self.hours_of.items() if hours == most]
        return next((t for t in best if t.record and t.record == present), best[0])


class TimetableWishes:
    """All journals that a timetable needs.

    :param importer: :class:`import_timetable.TimetableImport`
    :param timetable: :class:`tools.asc_timetable.Timetable`
    :param names: :class:`timetable_names.TimetableNames`
    :param journals: :class:`timetable_journals.Journals`, to propose the answers that
        hold already
    """

    def __init__(self, importer, timetable, names, journals):
        self.importer = importer
        self.env = importer.env
        self.timetable = timetable
        self.names = names
        self.questions = TeacherQuestions(
            self, Audiences(timetable, names.classes), journals
        )
        self.cards = {}
        for card in timetable.cards:
            self.cards.setdefault(card.lesson_id, []).append(card)
        self.wishes = {}
        self._report_loose_cards()
        for lesson in timetable.lessons.values():
            self._take(lesson)

    # ---- lessons -----------------------------------------------------------------------

    def _take(self, lesson):
        """Add what a lesson needs; what cannot be taken gets a line that says why."""
        fault = self._fault_of(lesson)
        if fault:
            self.tell(WRONG, lesson, fault)
            return
        if not lesson.class_ids:
            text = self.env._(
                "No class has this lesson: it needs no journal and was not taken."
            )
            self.tell(NOTE, lesson, text)
            return
        places = self._places(lesson)
        teachers = [self.names.teachers[key] for key in lesson.teacher_ids]
        for audience, main, helpers, order in self.questions.arrange(lesson, teachers):
            wish = self._wish(audience, lesson)
            wish.hours += lesson.hours
            if main:
                wish.hours_of[main] += max(lesson.hours, 0.01)
            for helper, (may_write, answered) in helpers.items():
                wish.helpers[helper] = wish.helpers.get(helper, False) or may_write
                if answered:
                    wish.answered.add(helper)
            self._add_slots(wish, lesson, places, main, order)

    def _fault_of(self, lesson):
        """Why a lesson is damaged, else ``None``."""
        names = self.names
        lost = [
            *(
                ()
                if lesson.subject_id in names.subjects
                else (lesson.subject_id or "?",)
            ),
            *(key for key in lesson.class_ids if key not in names.classes),
            *(key for key in lesson.teacher_ids if key not in names.teachers),
            *(key for key in lesson.group_ids if key not in self.timetable.groups),
        ]
        if lost:
            return self.env._(
                "The lesson speaks of what the file lacks (%(ids)s). Export the timetable "
                "anew.",
                ids=", ".join(lost),
            )
        cards = self.cards.get(lesson.id, ())
        if lesson.week is None or any(card.week is None for card in cards):
            return self.env._(
                "The lesson has a rhythm of more than two weeks. Here lessons are given "
                "each week, in odd or in even weeks: divide it in the timetable."
            )
        for card in cards:
            last = (card.number or 0) + lesson.length - 1
            if last not in NUMBERS or any(day not in WEEKDAYS for day in card.weekdays):
                return self.env._(
                    "Lesson %(number)s does not fit into a day of 0 to 20 lessons, or its "
                    "weekday into a week.",
                    number=last,
                )
        return None

    def title_of(self, lesson):
        """Subject and classes of a lesson as the file names them."""
        subject = self.timetable.subjects.get(lesson.subject_id)
        classes = [self.timetable.classes.get(key) for key in lesson.class_ids]
        words = [", ".join(class_.name for class_ in classes if class_)]
        words.append(subject.name if subject else lesson.subject_id)
        return " · ".join(filter(None, words))

    def tell(self, status, lesson, text):
        self.importer.add(status, self.title_of(lesson), text, number=lesson.line)

    def _wish(self, audience, lesson):
        subject = self.names.subjects[lesson.subject_id]
        key = (
            frozenset(map(id, audience.classes)),
            audience.subgroup_name,
            id(subject),
        )
        if key not in self.wishes:
            self.wishes[key] = JournalWish(audience, subject, lesson.line)
        return self.wishes[key]

    # ---- places in the week ------------------------------------------------------------

    def _places(self, lesson):
        """The cards of a lesson that are placed; what is missing is told."""
        cards = [
            card
            for card in self.cards.get(lesson.id, ())
            if card.weekdays and card.number is not None
        ]
        share = 1.0 if lesson.week == ALL else 0.5
        placed = sum(
            len(card.weekdays) * lesson.length * (share if card.week == ALL else 0.5)
            for card in cards
        )
        if not cards:
            text = self.env._(
                "The lesson has no place in the week: its journal is made, without rows in "
                "the timetable."
            )
            self.tell(NOTE, lesson, text)
        elif placed < lesson.hours:
            text = self.env._(
                "Only %(placed)g of %(hours)g hours a week have a place in the timetable.",
                placed=placed,
                hours=lesson.hours,
            )
            self.tell(NOTE, lesson, text)
        if lesson.student_ids:
            text = self.env._(
                "The lesson is for single pupils. Make a subgroup of them and name it in "
                "the journal."
            )
            self.tell(NOTE, lesson, text)
        return cards

    def _add_slots(self, wish, lesson, cards, teacher, order):
        for card in cards:
            week = card.week if card.week != ALL else lesson.week
            room = self._room(card, order, len(lesson.teacher_ids))
            for weekday in card.weekdays:
                for number in range(card.number, card.number + lesson.length):
                    self._add_slot(
                        wish, lesson, (weekday, number, week), SlotWish(teacher, room)
                    )

    def _add_slot(self, wish, lesson, place, slot):
        """One lesson at one time: who else stands there becomes a co-teacher."""
        weekday, number, week = place
        for other in {week, ALL} if week != ALL else ("all", "odd", "even"):
            there = wish.slots.get((weekday, number, other))
            if not there:
                continue
            if slot.teacher and slot.teacher is not there.teacher:
                wish.helpers[slot.teacher] = True
            text = self.env._(
                "%(weekday)s, lesson %(number)s: the journal has a lesson there already; "
                "the two became one.",
                weekday=weekday_name(self.env, weekday),
                number=number,
            )
            self.tell(NOTE, lesson, text)
            return
        wish.slots[place] = slot

    def _room(self, card, order, teacher_count):
        """Names of the rooms; each teacher's own when there are as many."""
        rooms = [self.names.rooms.get(key, "") for key in card.room_ids]
        if order is not None and len(rooms) == teacher_count:
            return rooms[order]
        return ", ".join(filter(None, rooms))

    def _report_loose_cards(self):
        for card in self.timetable.cards:
            if card.lesson_id not in self.timetable.lessons:
                self.importer.add(
                    WRONG,
                    card.lesson_id or "—",
                    self.env._(
                        "A place in the week belongs to a lesson that the file lacks. "
                        "Export the timetable anew."
                    ),
                    number=card.line,
                )
