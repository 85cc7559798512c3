"""Import of a timetable made with aSc Timetables."""

from ..tools.asc_timetable import read_timetable
from .import_base import CHANGED, NEW, NOTE, WRONG, Fault, Importer
from .import_memberships import Memberships
from .import_pupil_register import PupilRegister
from .import_structure import Structure
from .timetable_bells import Bells
from .timetable_journals import Journals
from .timetable_names import TimetableNames
from .timetable_wishes import TimetableWishes
from .timetable_writer import JournalWriter

SATURDAY = 5


class AscTimetableImport(Importer):
    """Journals, teachers and the weekly timetable by an XML file of aSc Timetables.

    A lesson becomes a journal of its classes, or of a subgroup where it is for a part of
    them; its cards become rows of the timetable. A changed timetable ends the rows that
    it no longer has on the day before, and the lessons follow from today on.
    """

    def _compare(self):
        timetable = read_timetable(self.content)
        self.structure = Structure(self)
        if self.structure.is_over:
            raise Fault("year_over", value=self.structure.year.title)
        self._report_repeated(timetable)
        self.names = TimetableNames(self, timetable, self.structure)
        self.bells = Bells(self.structure)
        self.bells.compare(timetable.periods)
        self.journals = Journals(self.structure)
        wishes = TimetableWishes(self, timetable, self.names, self.journals)
        self._plan_subgroups(wishes)
        self._plan_class_teachers(timetable)
        self._plan_week(timetable)
        self.structure.report()
        self.journals.compare(list(wishes.wishes.values()), self.names.classes.values())
        self._report_total(timetable, wishes)

    def _report_repeated(self, timetable):
        for section, key, line in timetable.repeated:
            text = self.env._(
                "The file has two entries “%(id)s” among its %(section)s. Export the "
                "timetable anew.",
                id=key,
                section=section,
            )
            self.add(WRONG, key or "—", text, number=line)

    # ---- subgroups ---------------------------------------------------------------------

    def _plan_subgroups(self, wishes):
        """Subgroups that lessons need; new ones get the pupils that can be known."""
        self.members = Memberships(self.structure)
        register = None
        for wish in wishes.wishes.values():
            audience = wish.audience
            if audience.is_whole:
                continue
            number = len(self.structure.subgroups)
            subgroup = self.structure.subgroup_named(
                audience.classes, audience.subgroup_name
            )
            if len(self.structure.subgroups) == number:
                continue
            register = register or PupilRegister(self.structure)
            count = self.members.fill(subgroup, audience, register)
            if count:
                text = self.env._(
                    "The new subgroup gets %(count)s pupils.", count=count
                )
            else:
                text = self.env._(
                    "The new subgroup has no pupils yet: the list of pupils names them, or "
                    "the class teacher puts them in."
                )
            self.add(NOTE, subgroup.title, text, number=wish.line)

    # ---- class teachers ----------------------------------------------------------------

    def _plan_class_teachers(self, timetable):
        self._class_teachers = []
        for key, class_ in timetable.classes.items():
            planned = self.names.classes.get(key)
            teacher = self.names.teachers.get(class_.teacher_id)
            if not planned or not teacher:
                continue
            present = planned.record.class_teacher_id
            if teacher.record and teacher.record == present:
                continue
            self._class_teachers.append((planned, teacher))
            self.add(
                CHANGED if present else NEW,
                planned.title,
                self.env._(
                    "class teacher: %(was)s → %(teacher)s",
                    was=present.name or "—",
                    teacher=teacher.title,
                ),
                number=class_.line,
            )

    # ---- week --------------------------------------------------------------------------

    def _plan_week(self, timetable):
        """Saturday and the count of odd weeks."""
        weekdays = {day for card in timetable.cards for day in card.weekdays}
        year = self.structure.year.record
        calendars = year.calendar_ids if year else year
        self._makes_calendar = not calendars
        self._six_days = max(weekdays, default=0) >= SATURDAY
        if self._six_days and any(c.weekdays == "5" for c in calendars or ()):
            text = self.env._(
                "There are lessons on Saturday, but the school week has five days. They "
                "are given once the term calendar has six days."
            )
            self.add(NOTE, self.structure.year.title, text)
        weeks = {lesson.week for lesson in timetable.lessons.values()}
        weeks |= {card.week for card in timetable.cards}
        if not weeks & {"odd", "even"}:
            return
        if calendars:
            text = self.env._(
                "Odd weeks are counted from %(monday)s. If that is an even week, change "
                "it in the term calendar.",
                monday=self.day(calendars[0].odd_week_start),
            )
        else:
            text = self.env._(
                "Odd weeks are counted from the first week of the academic year."
            )
        self.add(NOTE, self.structure.year.title, text)

    def _report_total(self, timetable, wishes):
        slots = sum(len(wish.slots) for wish in wishes.wishes.values())
        self.add(
            NOTE,
            self.env._("File"),
            self.env._(
                "%(lessons)s lessons with %(cards)s places in the week became %(slots)s "
                "rows of the timetable in %(journals)s journals.",
                lessons=len(timetable.lessons),
                cards=len(timetable.cards),
                slots=slots,
                journals=len(wishes.wishes),
            ),
        )

    # ---- writing -----------------------------------------------------------------------

    def carry_out(self):
        self.structure.make()
        if self._makes_calendar and self._six_days:
            self.structure.year.record.calendar_ids.weekdays = "6"
        self.names.make()
        self.bells.carry_out()
        self.members.carry_out()
        for class_, teacher in self._class_teachers:
            class_.record.class_teacher_id = teacher.record
        JournalWriter(self.journals).carry_out()
