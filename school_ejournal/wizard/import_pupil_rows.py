"""What a row of a list of pupils says."""

from dataclasses import dataclass

from ..tools.person_values import (
    ValueFault,
    is_usual_pin,
    name_key,
    read_date,
    read_email,
    read_full_name,
    read_gender,
    read_phone,
    read_pin,
    read_relation,
    read_text,
)

_SEVERAL = ",;"
MAX_SUBGROUP = 64
# years; outside of it the preview asks to check the date
YOUNGEST, OLDEST = 4, 25


@dataclass(frozen=True)
class ParentEntry:
    """A parent as a row names them; ``relation`` as in ``ejournal.guardian``."""

    last_name: str
    first_name: str
    patronymic: str
    relation: str | None
    phone: str | None
    email: str | None

    @property
    def key(self):
        return name_key(self.last_name, self.first_name)

    @property
    def title(self):
        return " ".join(
            filter(None, (self.last_name, self.first_name, self.patronymic))
        )


class PupilRow:
    """A row of a list of pupils as values.

    Empty cells are ``None`` or ``""``. Faults are gathered in ``row.faults``, remarks that
    do not hinder the import in ``notes`` as pairs of code and value.
    """

    def __init__(self, row, today):
        self.row = row
        self.notes = []
        self.class_text = row.value_of(read_text, "class_name")
        self.last_name, self.first_name, self.patronymic = row.read_person_name()
        self.birth_date = row.value_of(read_date, "birth_date")
        self.gender = row.value_of(read_gender, "gender")
        self.pin = row.value_of(read_pin, "pin")
        self.address = row.value_of(read_text, "address")
        self.subgroups = self._read_subgroups()
        self.parents = self._read_parents()
        row.require(self.class_text, "class_name", "missing_class")
        row.require(self.last_name, "last_name", "missing_last_name")
        row.require(self.first_name, "first_name", "missing_first_name")
        self._check_birth_date(today)
        self.notes += [("blank", title) for title in row.blank_columns()]
        if self.pin and not is_usual_pin(self.pin):
            self.notes.append(("unusual_pin", self.pin))

    @property
    def name(self):
        parts = (self.last_name, self.first_name, self.patronymic)
        return " ".join(filter(None, parts))

    @property
    def title(self):
        return self.name or self.row.title(self.class_text)

    @property
    def key(self):
        return name_key(self.last_name, self.first_name)

    def _check_birth_date(self, today):
        if not self.birth_date:
            return
        shown = self.birth_date.strftime("%d.%m.%Y")
        if self.birth_date >= today:
            self.row.refuse("future_birth", value=shown)
        elif not YOUNGEST <= (today - self.birth_date).days // 365 <= OLDEST:
            self.notes.append(("unusual_age", shown))

    def _read_subgroups(self):
        text = self.row.value_of(read_text, "subgroup") or ""
        for sign in _SEVERAL:
            text = text.replace(sign, ";")
        names = tuple(
            dict.fromkeys(
                " ".join(name.split()) for name in text.split(";") if name.strip()
            )
        )
        for name in names:
            if len(name) > MAX_SUBGROUP:
                self.row.faults.append(ValueFault("too_long", name, limit=MAX_SUBGROUP))
        return names

    # ---- parents -----------------------------------------------------------------------

    def _read_parents(self):
        parents, seen = [], set()
        for number in self.row.numbers_of("parent", "relation", "phone", "email"):
            faults = len(self.row.faults)
            parent = self._read_parent(number)
            if parent is None or len(self.row.faults) > faults:
                continue
            if (parent.key, parent.patronymic) in seen:
                self.row.refuse("parent_twice", value=parent.title)
                continue
            seen.add((parent.key, parent.patronymic))
            parents.append(parent)
        return parents

    def _read_parent(self, number):
        faults = len(self.row.faults)
        name = self.row.value_of(read_full_name, "parent", number)
        relation = self._read_relation(number)
        phone = self.row.value_of(read_phone, "phone", number)
        email = self.row.value_of(read_email, "email", number)
        if name:
            return ParentEntry(*name, relation, phone, email)
        if (phone or email) and len(self.row.faults) == faults:
            self.row.refuse("missing_parent", value=phone or email)
        return None

    def _read_relation(self, number):
        """An unknown word is no fault: the parent is taken as “other”, with a note."""
        try:
            return read_relation(self.row.cell("relation", number))
        except ValueFault as fault:
            if fault.code != "no_relation":
                self.row.faults.append(fault)
                return None
            self.notes.append(("unknown_relation", fault.details["value"]))
            return "other"
