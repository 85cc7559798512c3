"""The school's structure as imports see it: what is there, what must be added.

Rows name classes and subgroups by words; here the words become records, or plans of
records with the defaults of a Kyrgyz school.
"""

import re

from odoo.fields import Command

from ..tools.letters import (
    join_class_name,
    normalize_person_name,
    split_class_name,
)
from ..tools.person_values import name_key
from ..tools.school_year import school_year_at
from .import_base import NEW, NOTE, Fault, Planned, make_all

GRADES = range(1, 13)
JOINED = " + "  # between the names of parts that make one subgroup
_LONGEST_LETTER = 2
# Pupils who are taught at home stand in the timetable as classes of their own.
_AT_HOME = re.compile("үй|уй|надом|на дом|дом|home")
_LATIN = re.compile("[A-Za-z]")


def class_key(name):
    """What tells a class by its name, in whichever alphabet it was typed."""
    return join_class_name(*split_class_name(normalize_person_name(name)))


class Structure:
    """Year, classes and subgroups of one school year.

    :param importer: :class:`import_base.Importer`; gets the lines
    """

    def __init__(self, importer):
        self.importer = importer
        self.env = importer.env
        self.company = importer.company
        self.year = Planned("", importer.year or self._present_year())
        self._take_dates()
        self.classes = {}
        self.subgroups = {}
        if not self.year.is_new:
            self._read()

    # ---- year --------------------------------------------------------------------------

    def _present_year(self):
        years = self.env["ejournal.year"]
        year = years._current(self.company)
        day = self.importer.today
        # a year that is over gets no new classes: in summer the next one is made
        return year if year and year.date_end >= day else years

    def _take_dates(self):
        year = self.year.record
        dates = year if year else school_year_at(self.importer.today)
        self.date_start, self.date_end = dates.date_start, dates.date_end
        self.year.title = (
            year.name if year else f"{self.date_start.year}/{self.date_end.year}"
        )
        # the first day on which what is imported now may begin to differ
        self.day = max(self.importer.today, self.date_start)

    @property
    def is_over(self):
        """Whether the year lies behind or is closed; then nothing can begin in it."""
        year = self.year.record
        return self.importer.today > self.date_end or (year and year.state == "closed")

    def _read(self):
        for record in self.year.record.class_ids:
            self.classes[class_key(record.name)] = Planned(
                record.name, record, {"grade": record.grade}
            )
        by_record = {planned.record: planned for planned in self.classes.values()}
        subgroups = self.env["ejournal.subgroup"].search(
            [("class_ids.year_id", "=", self.year.record.id)]
        )
        for record in subgroups:
            classes = [by_record[class_] for class_ in record.class_ids]
            key = self._subgroup_key(classes, record.name)
            self.subgroups.setdefault(key, Planned(record.display_name, record))

    def begins(self, class_):
        """From when a list of this class counts: the year's first day as long as nothing
        has been entered for the class, else today."""
        if class_.is_new or self.importer.today <= self.date_start:
            return self.date_start
        return self.day if class_.record in self._begun_classes() else self.date_start

    def _begun_classes(self):
        """Classes that have lessons with entries, or a closed period."""
        if not hasattr(self, "_begun"):
            classes = self.year.record.class_ids
            lessons = self.env["ejournal.lesson"]._having_entries(
                [
                    ("journal_id.year_id", "=", self.year.record.id),
                    ("date", "<=", self.importer.today),
                ]
            )
            closed = classes.filtered(
                lambda c: any(p.state != "open" for p in c.calendar_id.period_ids)
            )
            self._begun = lessons.journal_id.class_ids.with_env(self.env) | closed
        return self._begun

    # ---- classes -----------------------------------------------------------------------

    def class_named(self, text, any_name=False):
        """The class of that name; a plausible one that is missing will be made.

        :param any_name: also take a name that is no grade with a letter, as a class
            beside the grades (taught one by one)
        :raises Fault: no class, and no name of a class
        """
        key = class_key(text)
        if key not in self.classes:
            grade, letter = split_class_name(key)
            is_class = grade in GRADES and (
                not letter or (letter.isalpha() and len(letter) <= _LONGEST_LETTER)
            )
            beside = not grade and (any_name or _AT_HOME.match(key.lower()))
            if not (is_class or beside):
                raise Fault("unknown_class", value=text)
            vals = {"year_id": self.year, "name": key, "grade": grade}
            if grade:
                vals["letter"] = letter
            self.classes[key] = Planned(key, self.env["ejournal.class"], vals)
        return self.classes[key]

    @staticmethod
    def is_look_alike(text, class_):
        """Whether a name was typed with Latin letters that look like the class's."""
        return bool(_LATIN.search(text)) and text != class_.title

    @staticmethod
    def at_home(class_):
        """Whether the pupils of a class are taught one by one."""
        return not class_.vals.get("grade")

    # ---- subgroups ---------------------------------------------------------------------

    @staticmethod
    def _subgroup_key(classes, name):
        return frozenset(map(id, classes)), name_key(" ".join(name.split()))

    def subgroup_named(self, classes, name):
        """The subgroup of these classes; a missing one will be made."""
        key = self._subgroup_key(classes, name)
        if key not in self.subgroups:
            title = f"{', '.join(class_.title for class_ in classes)} · {name}"
            self.subgroups[key] = Planned(
                title, self.env["ejournal.subgroup"], {"name": name, "classes": classes}
            )
        return self.subgroups[key]

    def subgroups_with(self, class_, name):
        """All subgroups of that name that take pupils of the class; «1-топ + 3-топ» is
        one of both names."""
        wanted = name_key(" ".join(name.split()))
        return [
            planned
            for (classes, _key), planned in self.subgroups.items()
            if id(class_) in classes
            and wanted in map(name_key, self.subgroup_name(planned).split(JOINED))
        ]

    def subgroups_of(self, class_):
        """All subgroups that take pupils of the class."""
        return [
            planned
            for (classes, _key), planned in self.subgroups.items()
            if id(class_) in classes
        ]

    @staticmethod
    def subgroup_name(subgroup):
        return subgroup.record.name if subgroup.record else subgroup.vals["name"]

    def classes_of(self, subgroup):
        """The planned classes of a subgroup."""
        if not subgroup.is_new:
            return [self.classes[class_key(c.name)] for c in subgroup.record.class_ids]
        return subgroup.vals["classes"]

    # ---- preview and writing -----------------------------------------------------------

    def report(self):
        """Lines for what will be made."""
        add = self.importer.add
        if self.year.is_new:
            self._report_year()
        elif not self.year.record.calendar_ids:
            add(
                NEW,
                self.year.title,
                self.env._(
                    "Term calendar with the usual quarters and holidays: check the dates."
                ),
            )
        for class_ in self.classes.values():
            if class_.is_new:
                text = (
                    self.env._("New class, taught at home (no grade).")
                    if self.at_home(class_)
                    else self.env._("New class.")
                )
                add(NEW, class_.title, text)
        for subgroup in self.subgroups.values():
            if subgroup.is_new:
                add(NEW, subgroup.title, self.env._("New subgroup."))

    def _report_year(self):
        dates = school_year_at(self.importer.today)
        add, day = self.importer.add, self.importer.day
        add(
            NEW,
            self.year.title,
            self.env._(
                "New academic year %(start)s – %(end)s.",
                start=day(dates.date_start),
                end=day(dates.date_end),
            ),
        )
        for number, (start, end) in enumerate(dates.quarters, 1):
            add(
                NEW,
                self.year.title,
                self.env._(
                    "Quarter %(number)s: %(start)s – %(end)s.",
                    number=number,
                    start=day(start),
                    end=day(end),
                ),
            )
        add(
            NOTE,
            self.year.title,
            self.env._(
                "Quarters and holidays are the usual ones. Check them with this year's "
                "order and correct the term calendar."
            ),
        )

    def make(self):
        """Make what is missing."""
        years = self.env["ejournal.year"]
        if self.year.is_new:
            self.year.record = years._make_default(self.company, self.importer.today)
        elif not self.year.record.calendar_ids:
            self.year.record._make_default_calendar()
        shift = self.default_shift()
        for class_ in self.classes.values():
            if class_.is_new:
                class_.vals["shift_id"] = shift.id
        make_all(self.env["ejournal.class"], self.classes.values())
        for subgroup in self.subgroups.values():
            if subgroup.is_new:
                classes = subgroup.vals.pop("classes")
                subgroup.vals["class_ids"] = [
                    Command.set([class_.record.id for class_ in classes])
                ]
        make_all(self.env["ejournal.subgroup"], self.subgroups.values())

    def default_shift(self):
        """The first shift of the school, made with bells when there is none."""
        shifts = self.env["ejournal.shift"]
        domain = [("company_id", "=", self.company.id)]
        shift = shifts.search(domain, limit=1)
        if not shift:
            shifts._make_defaults(self.company)
            shift = shifts.search(domain, limit=1)
        return shift
