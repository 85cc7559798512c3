"""Import of teachers: one account of the staff for each row."""

from ..tools.person_values import phone_key, read_email, read_phone
from ..tools.table_columns import TEACHER_COLUMNS
from .import_accounts import Accounts
from .import_base import CHANGED, NEW, NOTE, SAME, Fault, Importer
from .import_rows import read_list, report_faults
from .import_template import make_template


class TeacherImport(Importer):
    """Accounts of teachers by a list of names, e-mail addresses and phones.

    A teacher is found by the e-mail address, else by the name. Whoever is found gets the
    rights of a teacher when they are missing, and a phone number when there is none.
    """

    @staticmethod
    def template(env):
        return make_template(env, TEACHER_COLUMNS, env._("Teachers"))

    def _compare(self):
        rows = read_list(self, TEACHER_COLUMNS)
        self.accounts = Accounts(self)
        entries = [_TeacherRow(row) for row in rows]
        self._emails = {e.email.lower() for e in entries if e.email}
        self.accounts.prefetch_emails(self._emails)
        rows_seen, emails_seen, self._accounts_seen = {}, {}, {}
        for entry in entries:
            row = entry.row
            if (
                not row.refuse_repeated(rows_seen, row.content, "same_row")
                and entry.email
            ):
                key = entry.email.lower()
                row.refuse_repeated(emails_seen, key, "email_twice", value=entry.email)
            self._compare_row(entry)

    def _compare_row(self, entry):
        row, planned = entry.row, None
        if not row.faults:
            try:
                planned = self._find(entry)
            except Fault as fault:
                row.faults.append(fault)
            if planned:
                row.refuse_repeated(self._accounts_seen, id(planned), "person_twice")
        if row.faults:
            report_faults(self, row, entry.title)
        elif planned:
            self._compare_known(entry, planned)
        else:
            planned = self.accounts.plan(entry.name, entry.email, entry.phone)
            self._accounts_seen[id(planned)] = row
            self.add(NEW, entry.title, self._new_text(entry), row.sheet, row.number)

    def _find(self, entry):
        """The account of a teacher, ``None`` when there is none.

        Somebody of the same name whose address stands in another row is another person.
        """
        if entry.email:
            planned = self.accounts.with_email(entry.email)
            if planned:
                return planned
        namesakes = self.accounts.named(entry.name)
        if entry.email:
            namesakes = [p for p in namesakes if not self._has_own_row(p)]
        if len(namesakes) > 1:
            logins = ", ".join(filter(None, (p.record.login for p in namesakes)))
            raise Fault("two_teachers", other=logins or entry.name)
        return namesakes[0] if namesakes else None

    def _has_own_row(self, planned):
        if planned.is_new:
            return bool(planned.vals["email"])
        user = planned.record
        return not self._emails.isdisjoint(
            (user.login.lower(), (user.email or "").lower())
        )

    def _new_text(self, entry):
        if entry.email:
            return self.env._(
                "New account of a teacher, login %(login)s, without a password: send a "
                "link to set one.",
                login=entry.email,
            )
        return self.env._(
            "New account of a teacher, without a password. The login is made from the "
            "name, since there is no e-mail address."
        )

    def _compare_known(self, entry, planned):
        row, user = entry.row, planned.record
        vals, texts = {}, []
        if self.accounts.missing_rights(planned):
            vals["group_ids"] = [(4, self.accounts.group.id)]
            texts.append(self.env._("gets the rights of a teacher"))
        if entry.phone and not user.phone:
            vals["phone"] = entry.phone
            texts.append(self.env._("phone: %(phone)s", phone=entry.phone))
        elif entry.phone and phone_key(entry.phone) != phone_key(user.phone):
            self._note_not_changed(entry, self.env._("phone"), user.phone)
        self._compare_email(entry, user, vals, texts)
        if vals:
            self.accounts.change(planned, vals)
            text = "; ".join(texts)
            self.add(CHANGED, entry.title, text, row.sheet, row.number)
        else:
            self.add(SAME, entry.title, self.env._("No change."), row.sheet, row.number)

    def _compare_email(self, entry, user, vals, texts):
        """An address is given only to an account that nobody has used."""
        if not entry.email or entry.email.lower() in (
            user.login.lower(),
            (user.email or "").lower(),
        ):
            return
        if not _has_address(user) and self.accounts.is_untouched(user):
            vals.update(email=entry.email, login=entry.email)
            texts.append(self.env._("login: %(login)s", login=entry.email))
        else:
            self._note_not_changed(
                entry, self.env._("e-mail"), user.email or user.login
            )

    def _note_not_changed(self, entry, what, value):
        self.add(
            NOTE,
            entry.title,
            self.env._(
                "The %(what)s of the account stays %(value)s: its owner or the "
                "administrator changes it.",
                what=what,
                value=value,
            ),
            entry.row.sheet,
            entry.row.number,
        )

    def carry_out(self):
        self.accounts.make()


def _has_address(user):
    return bool(user.email) or "@" in user.login


class _TeacherRow:
    """What a row says of a teacher."""

    def __init__(self, row):
        self.row = row
        last, first, patronymic = row.read_person_name()
        self.email = row.value_of(read_email, "email")
        self.phone = row.value_of(read_phone, "phone")
        row.require(last, "last_name", "missing_last_name")
        row.require(first, "first_name", "missing_first_name")
        self.name = " ".join(filter(None, (last, first, patronymic)))
        self.title = self.name or "—"
