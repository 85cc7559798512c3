"""Parents of a list of pupils: several children share one parent."""

from ..tools.person_values import name_key, phone_key
from .import_base import Planned, make_all

_OWN = ("phone", "email", "patronymic")


class ParentRegister:
    """The parents of a school, those that rows add, and whose parents they are.

    Two rows mean the same parent when last and first name are the same and so is the
    phone or the e-mail address. Under one pupil the name is enough.

    A guardianship that was ended is never opened again by an import.
    """

    def __init__(self, importer):
        self.importer = importer
        self.env = importer.env
        self.parents = self.env["ejournal.parent"]
        self._planned = {}
        self._by_contact = {}
        self._claims = {}
        self.changed = {}
        self.new_guardians = []
        self.relations = []
        records = self.parents.search_fetch(
            [("company_id", "=", importer.company.id)],
            ["last_name", "first_name", "patronymic", "phone", "email"],
        )
        for record in records:
            self._index(self._of_record(record), record)

    def _of_record(self, record):
        if record.id not in self._planned:
            self._planned[record.id] = Planned(record.name, record)
        return self._planned[record.id]

    def _index(self, planned, person):
        """Make a parent findable by each contact of ``person``."""
        key = name_key(person.last_name, person.first_name)
        for contact in (phone_key(person.phone), (person.email or "").lower()):
            if contact:
                self._by_contact.setdefault((key, contact), []).append(planned)

    # ---- comparing ---------------------------------------------------------------------

    def compare(self, known, pupil, entry, row):
        """Plan what a row says of one parent.

        :param known: :class:`KnownPupil` or ``None``
        :param pupil: the planned pupil
        :param entry: :class:`import_pupil_rows.ParentEntry`
        :param row: the :class:`import_rows.ListRow`
        :returns: ``(texts of changes, notes)``
        """
        guardian = self._guardian(known, entry)
        if guardian is not None and guardian.date_end:
            return [], [("guardian_ended", entry.title)]
        if guardian is not None:
            planned = self._of_record(guardian.parent_id)
        else:
            planned = self._find(entry) or self._plan(entry)
        texts, notes = self._compare_own(planned, entry, row)
        texts += self._compare_link(guardian, planned, pupil, entry)
        return texts, notes

    @staticmethod
    def _guardian(known, entry):
        """The pupil's guardian of that name; a lasting one before an ended one."""
        own = [
            guardian
            for guardian in (known.guardians if known else ())
            if name_key(guardian.parent_id.last_name, guardian.parent_id.first_name)
            == entry.key
        ]
        own.sort(key=lambda guardian: bool(guardian.date_end))
        return own[0] if own else None

    def _find(self, entry):
        for contact in (phone_key(entry.phone), (entry.email or "").lower()):
            for planned in self._by_contact.get((entry.key, contact), ()):
                patronymic = self._value(planned, "patronymic")
                if not (patronymic and entry.patronymic) or name_key(
                    patronymic
                ) == name_key(entry.patronymic):
                    return planned
        return None

    def _plan(self, entry):
        planned = Planned(
            entry.title,
            self.parents,
            {
                "company_id": self.importer.company.id,
                "last_name": entry.last_name,
                "first_name": entry.first_name,
                "patronymic": entry.patronymic or False,
                "phone": entry.phone or False,
                "email": entry.email or False,
            },
        )
        self._planned[id(planned)] = planned
        self._index(planned, entry)
        return planned

    @staticmethod
    def _value(planned, name):
        values = planned.record if planned.record else planned.vals
        return values[name] or ""

    def _compare_own(self, planned, entry, row):
        """Contacts that the row gives; the first row that names one decides."""
        texts, notes = [], []
        claims = self._claims.setdefault(id(planned), {})
        for name in _OWN:
            value = getattr(entry, name)
            if not value:
                continue
            first, first_row = claims.setdefault(name, (value, row))
            if not _same(name, first, value):
                notes.append(
                    ("parent_differs", entry.title, value, first, first_row.number)
                )
            elif first_row is row and not _same(
                name, self._value(planned, name), value
            ):
                texts.append(self._change(planned, name, value))
                self._index(planned, entry)
        return texts, notes

    def _change(self, planned, name, value):
        was = self._value(planned, name)
        if planned.is_new:
            planned.vals[name] = value
        else:
            self.changed.setdefault(planned, {})[name] = value
        return self.env._(
            "%(parent)s: %(was)s → %(value)s",
            parent=planned.title,
            was=was or "—",
            value=value,
        )

    def _compare_link(self, guardian, planned, pupil, entry):
        if guardian is None:
            self.new_guardians.append((pupil, planned, entry.relation or "other"))
            return [
                self.env._(
                    "parent: %(parent)s (%(relation)s)",
                    parent=planned.title,
                    relation=self.relation_title(entry.relation or "other"),
                )
            ]
        if entry.relation and entry.relation != guardian.relation:
            self.relations.append((guardian, entry.relation))
            return [
                self.env._(
                    "%(parent)s: %(was)s → %(value)s",
                    parent=planned.title,
                    was=self.relation_title(guardian.relation),
                    value=self.relation_title(entry.relation),
                )
            ]
        return []

    def relation_title(self, relation):
        if not hasattr(self, "_titles"):
            field = self.env["ejournal.guardian"]._fields["relation"]
            self._titles = dict(field._description_selection(self.env))
        return self._titles[relation]

    # ---- writing -----------------------------------------------------------------------

    @property
    def new(self):
        return [planned for planned in self._planned.values() if planned.is_new]

    def carry_out(self):
        """Make parents and guardianships, and write what changed."""
        make_all(self.parents, self.new)
        for planned, vals in self.changed.items():
            planned.record.write(vals)
        for guardian, relation in self.relations:
            guardian.relation = relation
        self.env["ejournal.guardian"].create(
            [
                {
                    "pupil_id": pupil.record.id,
                    "parent_id": parent.record.id,
                    "relation": relation,
                    "date_start": self.importer.today,
                }
                for pupil, parent, relation in self.new_guardians
            ]
        )


def _same(name, one, other):
    if name == "phone":
        return phone_key(one) == phone_key(other)
    return name_key(one) == name_key(other)
