"""Names in a timetable: which subjects, teachers, classes and rooms they mean here."""

from collections import Counter

from ..tools.letters import normalize_person_name
from ..tools.person_values import name_key
from .import_accounts import Accounts, person_key
from .import_base import CHANGED, NEW, NOTE, WRONG, Fault, Planned, make_all

LONGEST_NAME = 200


class TimetableNames:
    """Subjects, teachers, classes and rooms of a file by the ids of the file.

    :param importer: :class:`import_timetable.TimetableImport`
    :param timetable: :class:`tools.asc_timetable.Timetable`
    :param structure: :class:`import_structure.Structure`
    """

    def __init__(self, importer, timetable, structure):
        self.importer = importer
        self.env = importer.env
        self.structure = structure
        self.accounts = Accounts(importer)
        self.subjects = self._match_subjects(timetable.subjects)
        self.teachers = self._match_teachers(timetable.teachers)
        self.classes = self._match_classes(timetable.classes)
        self.rooms = {key: room.name for key, room in timetable.rooms.items()}

    def _is_taken(self, thing):
        """Whether a name can be used; what has none or too long a one is told."""
        if thing.name and len(thing.name) <= LONGEST_NAME:
            return True
        self.importer.add(
            WRONG,
            thing.name[:40] or thing.id,
            self.env._("Has no name, or a very long one. Correct it in the timetable."),
            number=thing.line,
        )
        return False

    # ---- subjects ----------------------------------------------------------------------

    def _match_subjects(self, subjects):
        known = self._known_subjects()
        result = {}
        for key, subject in subjects.items():
            if not self._is_taken(subject):
                continue
            name = " ".join(normalize_person_name(subject.name).split())
            planned = known.get(name_key(name))
            if planned is None:
                planned = known[name_key(name)] = Planned(
                    name,
                    self.env["ejournal.subject"],
                    {
                        "company_id": self.importer.company.id,
                        "name": name,
                        "short_name": subject.short or False,
                    },
                )
                self.importer.add(
                    NEW, name, self.env._("New subject."), number=subject.line
                )
            elif planned.record and not planned.record.active:
                planned.vals["active"] = True
                self.importer.add(
                    CHANGED,
                    name,
                    self.env._("The subject comes back from the archive."),
                    number=subject.line,
                )
            result[key] = planned
        return result

    def _known_subjects(self):
        """The school's subjects by their names in each language."""
        subjects = self.env["ejournal.subject"].with_context(active_test=False)
        records = subjects.search([("company_id", "=", self.importer.company.id)])
        planned = {record.id: Planned(record.name, record) for record in records}
        known = {}
        for lang, _label in self.env["res.lang"].get_installed():
            for record in records.with_context(lang=lang):
                known.setdefault(name_key(record.name), planned[record.id])
        return known

    # ---- teachers ----------------------------------------------------------------------

    def _match_teachers(self, teachers):
        """Each teacher of the file is one account; namesakes are taken in their order."""
        self.accounts.prefetch_emails([t.email for t in teachers.values() if t.email])
        namesakes = Counter(person_key(teacher.name) for teacher in teachers.values())
        result, used = {}, set()
        for key, teacher in teachers.items():
            if not self._is_taken(teacher):
                continue
            name = person_key(teacher.name)
            found = [p for p in self.accounts.named(teacher.name) if id(p) not in used]
            planned = self._choose(teacher, found, namesakes[name])
            namesakes[name] -= 1
            used.add(id(planned))
            result[key] = planned
        return result

    def _choose(self, teacher, found, namesakes):
        env, name = self.env, normalize_person_name(teacher.name)
        if not found:
            email = self._free_email(teacher)
            self.importer.add(
                NEW,
                name,
                env._(
                    "New account of a teacher, without a password. Login: the e-mail "
                    "address, else made from the name."
                ),
                number=teacher.line,
            )
            return self.accounts.plan(name, email, teacher.phone)
        planned = found[0]
        if len(found) > namesakes:
            options = [
                (str(p.record.id), f"{p.title} ({p.record.login})") for p in found
            ]
            answer = self.importer.ask(
                f"teacher:{teacher.id}",
                env._("Which of them is %(name)s in the timetable?", name=name),
                options,
                options[0][0],
            )
            planned = next(p for p in found if str(p.record.id) == answer)
        if self.accounts.missing_rights(planned):
            self.accounts.change(planned, {"group_ids": [(4, self.accounts.group.id)]})
            self.importer.add(
                CHANGED,
                name,
                env._("Gets the rights of a teacher."),
                number=teacher.line,
            )
        return planned

    def _free_email(self, teacher):
        """The address of the file, unless it is somebody else's login."""
        if not teacher.email or "@" not in teacher.email:
            return None
        try:
            taken = self.accounts.with_email(teacher.email)
        except Fault:
            taken = True
        if not taken:
            return teacher.email
        self.importer.add(
            NOTE,
            teacher.name,
            self.env._(
                "The address %(email)s is the login of another account; the new account "
                "gets a login made from the name.",
                email=teacher.email,
            ),
            number=teacher.line,
        )
        return None

    # ---- classes -----------------------------------------------------------------------

    def _match_classes(self, classes):
        result = {}
        for key, class_ in classes.items():
            if not self._is_taken(class_):
                continue
            try:
                planned = self.structure.class_named(class_.name, any_name=True)
            except Fault as fault:
                self.importer.fault(class_.name, fault, number=class_.line)
                continue
            if self.structure.is_look_alike(class_.name, planned):
                self.importer.add(
                    NOTE,
                    planned.title,
                    self.env._(
                        "“%(text)s” is typed with Latin letters and was read as %(title)s.",
                        text=class_.name,
                        title=planned.title,
                    ),
                    number=class_.line,
                )
            result[key] = planned
        return result

    # ---- writing -----------------------------------------------------------------------

    def make(self):
        """Make subjects and accounts that are missing."""
        for planned in self.subjects.values():
            if planned.record and planned.vals:
                planned.record.write(planned.vals)
        unique = {id(planned): planned for planned in self.subjects.values()}
        make_all(self.env["ejournal.subject"], unique.values())
        self.accounts.make()
