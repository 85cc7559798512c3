"""Teachers' accounts: who is who, and new ones for those who have none.

Accounts are the one thing here that the deputy director may not write by rights: the
import makes plain teachers' accounts and nothing else. It never changes the login or the
e-mail address of an account that somebody uses or that may do more than a teacher may:
whoever can set an address can have a new password sent there.
"""

from odoo import Command
from odoo.fields import Domain

from ..tools.letters import normalize_person_name
from ..tools.person_values import name_key, phone_key
from ..tools.translit import in_latin, login_of
from .import_base import Fault, Planned

TEACHER = "school_ejournal.group_teacher"


def person_key(name):
    """What tells a person by the whole name."""
    return name_key(*normalize_person_name(name).split())


class Accounts:
    """The staff of a school, and the accounts that an import adds."""

    def __init__(self, importer):
        self.importer = importer
        self.env = importer.env
        self.company = importer.company
        # sudo: logins of the whole staff; the wizard has checked the deputy director
        self.users = self.env["res.users"].sudo()
        self.group = self.env.ref(TEACHER)
        self.new = []
        self.changed = {}
        self._read()

    def _read(self):
        staff = self.users.with_context(active_test=False).search_fetch(
            [("share", "=", False), ("company_ids", "in", self.company.ids)],
            ["login", "name", "partner_id", "active", "group_ids"],
        )
        self._by_name, self._by_login = {}, {}
        for user in staff.sorted("id"):
            planned = Planned(user.name, user)
            for login in {user.login, user.email or user.login}:
                self._by_login.setdefault(login.lower(), planned)
            if user.active:
                self._by_name.setdefault(person_key(user.name), []).append(planned)

    # ---- finding -----------------------------------------------------------------------

    def named(self, name):
        """Planned accounts of active staff with that name, the oldest first.

        Without a patronymic on one side last and first name decide.
        """
        key = person_key(name)
        found = self._by_name.get(key)
        if found or len(key) < 2:
            return list(found or ())
        return [
            planned
            for other, many in self._by_name.items()
            if other[:2] == key[:2] and 2 in (len(other), len(key))
            for planned in many
        ]

    def with_email(self, email):
        """The account with that login or address, ``None`` when there is none.

        :raises Fault: the login is taken by somebody who is no staff of this school
        """
        login = email.lower()
        if login in self._by_login:
            planned = self._by_login[login]
            if planned.record and not planned.record.active:
                raise Fault("login_archived", value=email)
            return planned
        foreign = self._foreign_logins().get(login)
        if foreign is not None:
            raise Fault("login_of_parent" if foreign else "login_taken", value=email)
        return None

    def prefetch_emails(self, emails):
        """Read at once which of these logins exist outside of the school's staff."""
        self._emails = [email.lower() for email in emails]

    def _foreign_logins(self):
        if not hasattr(self, "_foreign"):
            users = self.users.with_context(active_test=False).search_fetch(
                [("login", "in", self._emails)], ["login", "share"]
            )
            self._foreign = {user.login.lower(): user.share for user in users}
        return self._foreign

    # ---- planning ----------------------------------------------------------------------

    def plan(self, name, email=None, phone=None):
        """A new account, kept for :meth:`make`."""
        planned = Planned(name, self.users.browse(), {"name": name})
        planned.vals.update(email=email or False, phone=phone or False)
        self.new.append(planned)
        self._by_name.setdefault(person_key(name), []).append(planned)
        if email:
            self._by_login[email.lower()] = planned
        return planned

    def is_untouched(self, user):
        """Whether an account is a plain teacher's that nobody has ever used."""
        return not user.login_date and user.all_group_ids <= self._teacher_groups()

    def _teacher_groups(self):
        # what every new account of the database gets is no special right
        every = self.users._default_groups()
        return (self.group.sudo() | every).all_implied_ids

    def change(self, planned, vals):
        """Values to write on an account that is there."""
        self.changed.setdefault(planned.record, {}).update(vals)

    def missing_rights(self, planned):
        """Whether an account of the staff lacks the rights of a teacher."""
        return bool(planned.record) and self.group not in planned.record.all_group_ids

    @staticmethod
    def same_phone(one, other):
        return phone_key(one) == phone_key(other)

    # ---- writing -----------------------------------------------------------------------

    def make(self):
        """Make new accounts, in one batch, without passwords and without any mail."""
        users = self.users.with_context(
            no_reset_password=True, mail_create_nosubscribe=True, tracking_disable=True
        )
        for user, vals in self.changed.items():
            user.with_context(no_reset_password=True).write(vals)
        taken = self._logins_like(self.new)
        vals_list = []
        for planned in self.new:
            login = planned.vals["email"] or self._free_login(planned.title, taken)
            taken.add(login.lower())
            vals_list.append(
                {
                    **planned.vals,
                    "login": login,
                    "group_ids": [Command.set(self.group.ids)],
                    "company_id": self.company.id,
                    "company_ids": [Command.set(self.company.ids)],
                    "lang": self.env.user.lang,
                    "tz": self.env.user.tz,
                }
            )
        records = users.create(vals_list)
        for planned, record in zip(self.new, records, strict=True):
            planned.record = record.with_env(self.env)

    @staticmethod
    def _free_login(name, taken):
        words = normalize_person_name(name).split()
        return login_of(words[0], " ".join(words[1:2]), taken)

    def _logins_like(self, planned):
        """Logins in the whole database that a new one could meet."""
        starts = {
            in_latin(words[0])
            for thing in planned
            if (words := normalize_person_name(thing.title).split())
        }
        if not starts:
            return set()
        domain = Domain.OR(
            [("login", "=ilike", f"{start}%")]
            for start in (starts - {""}) | {"teacher"}
        )
        users = self.users.with_context(active_test=False).search_fetch(
            domain, ["login"]
        )
        return {user.login.lower() for user in users}
