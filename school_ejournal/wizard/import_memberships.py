"""Members of subgroups, by the lists and by the timetable.

A list names the subgroup of a class by a word; each subgroup of that name that takes
pupils of the class is meant, also one of several classes. Subgroups of boys and of girls
fill themselves.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

from ..tools.letters import normalize_person_name
from ..tools.person_values import name_key
from .import_base import Planned

_GENDERS = {
    "male": "балдар уул уулдар эркек мальчики юноши boys м",
    "female": "кыздар кыз девочки девушки girls ж",
}
_GENDER_OF = {
    word: gender for gender, words in _GENDERS.items() for word in words.split()
}
_NUMBER = re.compile(r"\d+")


def gender_of_subgroup(name):
    """Which gender a subgroup is for by its name, or ``None``."""
    words = normalize_person_name(name).lower().split()
    return _GENDER_OF.get(words[0]) if words else None


def kind_of_subgroup(name):
    """Subgroups of one kind exclude each other: «1-топ» and «2-топ».

    :returns: what they have in common; ``None`` for names without a number
    """
    return _NUMBER.sub("#", name_key(name)[0]) if _NUMBER.search(name) else None


@dataclass(eq=False)
class _Joining:
    """A pupil who joins a subgroup; a change leaves another subgroup of that kind."""

    pupil: Planned
    subgroup: Planned
    class_: Planned
    known: object
    is_change: bool


class Memberships:
    """Who joins and who leaves which subgroup.

    :param structure: :class:`import_structure.Structure`
    """

    def __init__(self, structure):
        self.structure = structure
        self.env = structure.env
        self.joining = []
        self.leaving = self.env["ejournal.subgroup.member"]

    # ---- by a list ---------------------------------------------------------------------

    def compare(self, plan):
        """Plan the subgroups that a row names.

        :param plan: :class:`import_pupils.PupilPlan`
        :returns: texts for the preview
        """
        texts = []
        for name in self._names(plan):
            # the class has a subgroup of its own even where one of several classes is
            self.structure.subgroup_named([plan.class_], name)
            for subgroup in self.structure.subgroups_with(plan.class_, name):
                if self._is_member(plan.known, subgroup):
                    continue
                others = self._others(plan, subgroup, name)
                self.leaving |= others
                self.joining.append(
                    _Joining(
                        plan.pupil, subgroup, plan.class_, plan.known, bool(others)
                    )
                )
                texts.append(
                    self.env._("subgroup: %(subgroup)s", subgroup=subgroup.title)
                )
        return texts

    def _names(self, plan):
        """Names in the row; for who comes to a class also its subgroups by gender."""
        names = list(plan.entry.subgroups)
        gender = plan.entry.gender or (plan.known and plan.known.record.gender)
        if not (plan.enroll and gender):
            return names
        for subgroup in self.structure.subgroups_of(plan.class_):
            name = self.structure.subgroup_name(subgroup)
            if gender_of_subgroup(name) == gender and name not in names:
                names.append(name)
        return names

    @staticmethod
    def _is_member(known, subgroup):
        return bool(known) and any(
            member.subgroup_id == subgroup.record for member in known.members
        )

    def _others(self, plan, subgroup, name):
        """Who joins 2-топ leaves 1-топ of the same class."""
        members, kind = self.env["ejournal.subgroup.member"], kind_of_subgroup(name)
        if not plan.known or not kind:
            return members
        return members.union(
            *(
                member
                for member in plan.known.members
                if member.subgroup_id != subgroup.record
                and kind_of_subgroup(member.subgroup_id.name) == kind
                and plan.class_.record in member.subgroup_id.class_ids
            )
        )

    # ---- by the timetable ----------------------------------------------------------------

    def fill(self, subgroup, audience, register):
        """Plan the members of a new subgroup: those of the classes' own subgroups of that
        name, boys or girls, or all of a class.

        :param subgroup: planned, new
        :param audience: :class:`timetable_audience.Audience`
        :param register: :class:`import_pupil_register.PupilRegister`
        :returns: number of members
        """
        count = 0
        for class_, names in audience.parts:
            sources = [
                planned.record
                for name in names
                for planned in self.structure.subgroups_with(class_, name)
                if planned.record
            ]
            genders = set(map(gender_of_subgroup, names)) - {None}
            for known in register.known.values():
                row = known.row_in(class_) if class_.record else None
                if row and (
                    not names
                    or known.record.gender in genders
                    or any(member.subgroup_id in sources for member in known.members)
                ):
                    pupil = Planned(known.record.name, known.record)
                    self.joining.append(_Joining(pupil, subgroup, class_, known, False))
                    count += 1
        return count

    # ---- writing -----------------------------------------------------------------------

    def carry_out(self):
        """End what is left, then join; nobody joins before being in the class."""
        day = self.structure.day
        leaving = self.leaving.exists()
        begun = leaving.filtered(lambda member: member.date_start < day)
        (leaving - begun).unlink()
        begun.write({"date_end": day - timedelta(days=1)})
        self.env["ejournal.subgroup.member"].create(
            [
                {
                    "pupil_id": joining.pupil.record.id,
                    "subgroup_id": joining.subgroup.record.id,
                    "date_start": self._start(joining),
                }
                for joining in self.joining
            ]
        )

    def _start(self, joining):
        """From when a membership holds."""
        known, class_ = joining.known, joining.class_
        row = known.row_in(class_) if known else None
        if row and not joining.is_change:
            return max(self.structure.begins(class_), row.date_start)
        if row or (known and known.rows):
            return self.structure.day
        return self.structure.begins(class_)
