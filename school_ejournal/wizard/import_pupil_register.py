"""Who the school's pupils are, read once, and which of them a row means."""

from dataclasses import dataclass, field
from datetime import date

from ..tools.person_values import name_key
from .import_base import Fault

# of last name, first name and date of birth at most so many may differ when the personal
# number is the same: a marriage, a typing error, not another child
_MAY_DIFFER = 1


@dataclass(eq=False)
class KnownPupil:
    """A pupil of the school with what an import compares."""

    record: object
    card: object = None
    birth_date: date | None = None
    pin: str = ""
    address: str = ""
    rows: list = field(default_factory=list)  # enrolments of the year, not ended
    guardians: list = field(default_factory=list)
    members: list = field(default_factory=list)  # of subgroups of the year, not ended

    @property
    def key(self):
        return name_key(self.record.last_name, self.record.first_name)

    def row_in(self, class_):
        """The enrolment in a planned class, if any."""
        return next((row for row in self.rows if row.class_id == class_.record), None)


class PupilRegister:
    """The pupils of a school, found by personal number or by name.

    :param structure: :class:`import_structure.Structure`
    """

    def __init__(self, structure):
        self.env = structure.env
        self.structure = structure
        self.company = structure.company
        self.known = {}
        self._by_pin, self._by_name = {}, {}
        self._read_pupils()
        self._read_cards()
        if structure.year.record:
            self._read_year()

    # ---- reading: one query a table ----------------------------------------------------

    def _read_pupils(self):
        pupils = self.env["ejournal.pupil"].search_fetch(
            [("company_id", "=", self.company.id)],
            ["last_name", "first_name", "patronymic", "gender"],
        )
        for pupil in pupils:
            known = self.known[pupil.id] = KnownPupil(pupil)
            self._by_name.setdefault(known.key, []).append(known)

    def _read_cards(self):
        cards = self.env["ejournal.pupil.card"].search_fetch(
            [("company_id", "=", self.company.id)],
            ["pupil_id", "birth_date", "pin", "address"],
        )
        for card in cards:
            known = self.known[card.pupil_id.id]
            known.card = card
            known.birth_date = card.birth_date or None
            known.pin = card.pin or ""
            known.address = card.address or ""
            if known.pin:
                self._by_pin[known.pin] = known

    def _read_year(self):
        lasting = [
            "|",
            ("date_end", "=", False),
            ("date_end", ">=", self.structure.day),
        ]
        year = self.structure.year.record
        enrollments = self.env["ejournal.enrollment"].search_fetch(
            [("class_id.year_id", "=", year.id), *lasting],
            ["pupil_id", "class_id", "date_start", "date_end"],
        )
        for row in enrollments:
            self.known[row.pupil_id.id].rows.append(row)
        members = self.env["ejournal.subgroup.member"].search_fetch(
            [("subgroup_id.class_ids.year_id", "=", year.id), *lasting],
            ["pupil_id", "subgroup_id", "date_start", "date_end"],
        )
        for member in members:
            self.known[member.pupil_id.id].members.append(member)
        guardians = self.env["ejournal.guardian"].search_fetch(
            [("company_id", "=", self.company.id)],
            ["pupil_id", "parent_id", "relation", "date_end"],
        )
        for guardian in guardians:
            self.known[guardian.pupil_id.id].guardians.append(guardian)

    # ---- matching ----------------------------------------------------------------------

    def match(self, entry, class_):
        """The pupil whom a row means.

        :param entry: :class:`import_pupil_rows.PupilRow`
        :param class_: the planned class of the row
        :returns: :class:`KnownPupil`, or ``None`` for somebody new
        :raises Fault: several could be meant, or the personal number is another's
        """
        if entry.pin and entry.pin in self._by_pin:
            known = self._by_pin[entry.pin]
            if self._differences(entry, known) > _MAY_DIFFER:
                raise Fault("pin_of_other", value=entry.pin, other=self.title(known))
            return known
        candidates = [
            known
            for known in self._by_name.get(entry.key, ())
            if self._may_be(entry, known, class_)
        ]
        if len(candidates) > 1:
            in_class = [known for known in candidates if known.row_in(class_)]
            candidates = in_class or candidates
        if len(candidates) > 1:
            others = "; ".join(map(self.title, candidates))
            raise Fault("two_candidates", other=others)
        return candidates[0] if candidates else None

    @staticmethod
    def _differences(entry, known):
        """How many of last name, first name and date of birth are not the same."""
        own = zip(entry.key, known.key, strict=True)
        differences = sum(one != other for one, other in own)
        if entry.birth_date and known.birth_date:
            differences += entry.birth_date != known.birth_date
        return differences

    @staticmethod
    def _may_be(entry, known, class_):
        """Whether a pupil of the same name can be the one of the row.

        The date of birth decides; where one is missing, the class.
        """
        if entry.pin and known.pin:
            return False
        patronymics = name_key(entry.patronymic, known.record.patronymic)
        if all(patronymics) and patronymics[0] != patronymics[1]:
            return False
        if entry.birth_date and known.birth_date:
            return entry.birth_date == known.birth_date
        return known.row_in(class_) is not None

    def namesakes(self, entry):
        """Pupils of the same name, for a note beside somebody new."""
        return self._by_name.get(entry.key, [])

    @staticmethod
    def title(known):
        """A pupil with class, for a message."""
        classes = ", ".join(row.class_id.name for row in known.rows)
        return f"{known.record.name} ({classes})" if classes else known.record.name
