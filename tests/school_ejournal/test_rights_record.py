"""The change record and the seals are only ever added to, by nobody's hand."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.school_ejournal.tools.passage import with_passage

from ..common import NOW, SchoolCase


@tagged("post_install", "-at_install")
class TestRecordRights(SchoolCase):
    def setUp(self):
        super().setUp()
        self.save(self.entry("mark", "4"))
        self.change = self.changes(self.lesson.mark_ids, "value")
        with self.at(NOW + timedelta(days=1)):
            self.seal = self.env["ejournal.seal"]._seal_days(self.school)
        self.assertEqual(self.change.seal_id, self.seal)
        self.count = self.env["ejournal.change"].search_count([])

    def tearDown(self):
        self.env.invalidate_all()
        self.assertEqual(self.env["ejournal.change"].search_count([]), self.count)
        self.assertEqual((self.change.new_value, self.change.seal_id), ("4", self.seal))
        self.assertEqual(self.env["ejournal.seal"].search([]), self.seal)
        super().tearDown()

    def everybody(self):
        return (
            self.teacher,
            self.class_teacher,
            self.deputy,
            self.director,
            self.admin,
            self.outsider,
            self.parent_user,
            self.env.ref("base.public_user"),
            self.env.ref("base.user_admin"),
            self.env.ref("base.user_root"),
        )

    def refused_to_all(self, call):
        """``call(env)`` is refused to each user, with our own sudo() too."""
        got_through = []
        for user in self.everybody():
            for su in (False, True):
                env = self.env(user=user, su=su)
                savepoint = self.env.cr.savepoint()
                try:
                    call(env)
                    env.flush_all()
                except UserError:
                    continue
                finally:
                    savepoint.close(rollback=True)
                got_through.append((user.login, "sudo" if su else "plain"))
        self.assertFalse(got_through)

    def test_row_is_not_changed(self):
        for vals in (
            {"new_value": "5"},
            {"user_id": self.colleague.id},
            {"entered_at": NOW},
            {"basis": "order"},
            {"lesson_id": self.lesson_yesterday.id},
            {"seal_id": False},
            {"seal_id": self.seal.id},
        ):
            self.refused_to_all(lambda env, v=vals: self.change.with_env(env).write(v))

    def test_row_is_not_deleted(self):
        self.refused_to_all(lambda env: self.change.with_env(env).unlink())

    def test_row_is_not_made(self):
        vals = {
            "company_id": self.school.id,
            "model_name": "ejournal.mark",
            "res_id": self.change.res_id,
            "field_name": "value",
            "new_value": "5",
            "user_id": self.teacher.id,
            "entered_at": NOW,
            "basis": "same_day",
        }
        self.refused_to_all(lambda env: env["ejournal.change"].create(vals))
        self.refused_to_all(lambda env: self.change.with_env(env).copy())

    def test_seal_is_neither_changed_nor_deleted_nor_made(self):
        for vals in ({"count": 0}, {"digest": "x"}, {"time_to": NOW}):
            self.refused_to_all(lambda env, v=vals: self.seal.with_env(env).write(v))
        self.refused_to_all(lambda env: self.seal.with_env(env).unlink())
        self.refused_to_all(lambda env: self.seal.with_env(env).copy())
        self.refused_to_all(
            lambda env: env["ejournal.seal"].create(
                {
                    "company_id": self.school.id,
                    "time_from": NOW,
                    "time_to": NOW,
                    "count": 0,
                    "lesson_digests": "[]",
                    "digest": "x",
                    "previous_digest": "y",
                }
            )
        )

    def test_no_list_within_another_record_leads_to_a_row(self):
        """Every one2many and many2many of any model that shows rows of the record or
        seals, with each command."""
        shown = [
            field
            for model in self.env.registry.values()
            for field in model._fields.values()
            if field.type in ("one2many", "many2many")
            and field.comodel_name in ("ejournal.change", "ejournal.seal")
        ]
        for field in shown:
            self.assertFalse(field.store and not field.related, field)
            record = self.env[field.model_name].search([], limit=1)
            row = self.change if field.comodel_name == "ejournal.change" else self.seal
            for command in (
                Command.update(row.id, {"new_value": "5"}),
                Command.delete(row.id),
                Command.create({"new_value": "5"}),
            ):
                self.refused_to_all(
                    lambda env, r=record, f=field.name, c=command: r.with_env(
                        env
                    ).write({f: [c]})
                )

    def test_seal_of_a_row_is_set_once_even_by_our_own_hand(self):
        """The passage that lets the nightly seal write opens nothing else."""
        change = with_passage(self.change.sudo())
        for vals in (
            {"seal_id": self.seal.id},
            {"seal_id": False},
            {"new_value": "5"},
            {"seal_id": self.seal.id, "new_value": "5"},
        ):
            with self.assertRaises(UserError):
                change.write(vals)
        with self.assertRaises(UserError):
            change.unlink()
        with self.assertRaises(UserError):
            with_passage(self.seal.sudo()).write({"count": 0})
        with self.assertRaises(UserError):
            with_passage(self.seal.sudo()).unlink()

    def test_who_reads_what_of_the_record(self):
        own = [("id", "=", self.change.id)]
        for user, expected in (
            (self.teacher, True),
            (self.class_teacher, True),
            (self.deputy, True),
            (self.director, True),
            (self.colleague, False),
        ):
            rows = self.as_user(self.env["ejournal.change"], user)
            self.assertEqual(bool(rows.search(own)), expected, user.login)

    def test_owner_sees_what_the_substitute_entered(self):
        self.as_user(self.lesson_tomorrow, self.deputy).substitute_id = self.colleague
        with self.at(NOW + timedelta(days=1)):
            self.save(
                self.entry("mark", "5", lesson=self.lesson_tomorrow),
                user=self.colleague,
            )
        change = self.changes(self.lesson_tomorrow.mark_ids, "value")
        for user in (self.teacher, self.colleague):
            self.assertTrue(self.as_user(change, user).has_access("read"))
        self.count = self.env["ejournal.change"].search_count([])
