"""The matrix of rights, made from ``rights_table.py``."""

from collections import defaultdict
from contextlib import contextmanager

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .rights_common import (
    LETTERS,
    WRITES,
    RightsCase,
    dialogs_of,
    models_of,
)
from .rights_table import (
    DIALOGS,
    PORTAL_FIELDS_OF_PUPIL,
    REFUSED_WITH_A_REASON,
    RIGHTS,
    ROLES,
)


class Undo(Exception):
    """What an attempt did is taken back."""


@tagged("post_install", "-at_install")
class TestRights(RightsCase):
    maxDiff = None

    @contextmanager
    def _undone(self):
        try:
            with self.env.cr.savepoint():
                yield
                raise Undo
        except Undo:
            pass

    # ---- the matrix ------------------------------------------------------------------

    def test_every_model_stands_in_the_table(self):
        ours = models_of(self.env)
        dialogs = dialogs_of(self.env)
        self.assertEqual(ours - dialogs, {name for name in RIGHTS if ":" not in name})
        self.assertEqual(dialogs, set(DIALOGS))
        for line in RIGHTS.values():
            self.assertLessEqual(set(line), set(ROLES))

    def test_matrix(self):
        """Each role does with each model just what the table says."""
        self.env.flush_all()
        places = {
            "own": self.place_a,
            "another's": self.place_b,
            "another school's": self.place_f,
        }
        deviations = defaultdict(list)
        for line in RIGHTS:
            for role in ROLES:
                for where, place in places.items():
                    for text in self._deviations(line, role, where, place):
                        deviations[text].append(role)
        if deviations:
            lines = [f"{', '.join(who)} {text}" for text, who in deviations.items()]
            self.fail("\n" + "\n".join(lines))

    def _deviations(self, line, role, where, place):
        model = line.partition(":")[0]
        letters = "w" if ":" in line else "rwcu"
        for letter in letters:
            wanted = letter in _letters(line, role, where)
            error = self._attempt(line, model, role, place, letter)
            if wanted == (error is None):
                expected = (AccessError, UserError)[(model, letter) in _WITH_REASON]
                if error is None or isinstance(error, expected):
                    continue
            verb = "may not" if error else "may"
            reason = f": {type(error).__name__} {error}" if error else ""
            text = f"{verb} {LETTERS[letter]} {where} {line}{reason}"
            yield text.partition("\n")[0]

    def _attempt(self, line, model, role, place, letter):
        """Do it and take it back; the error that refused it, or None."""
        user = self.people[role]
        records = self.env_of(user)[model]
        try:
            with self._undone():
                if letter == "c":
                    records.create(self._vals_of(place, model, user))
                elif letter == "u":
                    records.browse(place.spares[model].id).unlink()
                elif letter == "w":
                    record = records.browse(place.records[model].id)
                    record.write(self._write_vals(line, place))
                else:
                    self._read(records, place.records[model].id)
                self.env.flush_all()
        except Exception as error:  # noqa: BLE001 what refused is told
            return error
        return None

    def _read(self, records, record_id):
        """By its number and by a search; both must give the same answer."""
        error = None
        try:
            records.browse(record_id).read(["company_id"])
        except AccessError as caught:
            error = caught
        try:
            found = records.with_context(active_test=False).search(
                [("id", "=", record_id)]
            )
        except AccessError:
            found = records
        if bool(found) == bool(error):
            raise RuntimeError(f"search finds {found!r}, reading says {error!r}")
        if error:
            raise error

    @staticmethod
    def _vals_of(place, model, user):
        vals = place.new_vals(model, 2)
        if model == "ejournal.unlock":
            vals["user_id"] = user.id
        return vals

    @staticmethod
    def _write_vals(line, place):
        vals = WRITES[line]
        return {
            name: getattr(place, value).id
            if value in ("colleague", "journal")
            else value
            for name, value in vals.items()
        }

    # ---- dialogs ---------------------------------------------------------------------

    def test_dialogs(self):
        """Who may open a dialog sees the own ones only, not those of others."""
        deviations = []
        for model, allowed in DIALOGS.items():
            others = self.env[model].create(self.place_a.dialog_vals(model, self.env))
            self.env.flush_all()
            for role in ROLES:
                env = self.env_of(self.people[role])
                error = None
                try:
                    with self._undone():
                        vals = self.place_a.dialog_vals(model, env(su=True))
                        own = env[model].create(vals)
                        own.read(["create_uid"])
                except AccessError as caught:
                    error = caught
                if (role in allowed) == bool(error):
                    deviations.append(f"{role}: {model}: {error or 'is allowed'}")
                deviations += [
                    f"{role} may {act} another's {model}"
                    for act in ("read", "write", "unlink")
                    if env[model].browse(others.id).has_access(act)
                ]
        self.assertFalse(deviations, "\n" + "\n".join(deviations))

    # ---- fields ----------------------------------------------------------------------

    def test_parents_and_pupils_see_these_fields_of_a_pupil_only(self):
        for role in ("parent", "pupil"):
            fields = self.env_of(self.people[role])["ejournal.pupil"].fields_get()
            self.assertEqual(set(fields), PORTAL_FIELDS_OF_PUPIL, role)

    def test_only_parents_pupils_and_staff_have_access_lines(self):
        """No line of ours opens a model to all users or to the public."""
        groups = {
            "school_ejournal.group_teacher",
            "school_ejournal.group_deputy",
            "school_ejournal.group_director",
            "school_ejournal.group_admin",
        }
        for access in self.env["ir.model.access"].search(
            [("model_id.model", "=like", "ejournal.%")]
        ):
            group = access.group_id.get_external_id().get(access.group_id.id)
            if group == "base.group_portal":
                self.assertIn(
                    access.model_id.model, ("ejournal.pupil", "ejournal.notice")
                )
                self.assertEqual(
                    (access.perm_write, access.perm_create, access.perm_unlink),
                    (False, False, False),
                )
            else:
                self.assertIn(group, groups, access.name)


_WITH_REASON = REFUSED_WITH_A_REASON


def _letters(line, role, where):
    """What the table lets a role do there."""
    if where == "another school's":
        return ""
    own, _slash, others = RIGHTS[line].get(role, "").partition("/")
    return (others if _slash and where == "another's" else own).replace("-", "")
