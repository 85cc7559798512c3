"""What the rights stand on: companies, rules, foreign keys, indexes, names of fields."""

import re

from odoo import models
from odoo.fields import Domain
from odoo.models import BaseModel
from odoo.orm.domains import DomainAnd, DomainCondition
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from .rights_common import dialogs_of, models_of

# A row of the record outlives what it speaks of, so a lesson that was never held may go.
ONDELETE_NOT_RESTRICT = {("ejournal.change", "lesson_id"): "set null"}
# What these many2ones point at has no school of its own, or is checked otherwise.
WITHOUT_COMPANY_CHECK = {
    # rows of the record and of the chain are only made by the system
    ("ejournal.change", "lesson_id"),
    ("ejournal.change", "journal_id"),
    ("ejournal.change", "pupil_id"),
    ("ejournal.change", "user_id"),
    ("ejournal.change", "seal_id"),
    # written by methods that note the caller
    ("ejournal.period", "closed_by_id"),
    ("ejournal.unlock", "approved_by"),
    ("ejournal.remark", "cleared_by_id"),
    ("ejournal.absence", "decided_by"),
    ("ejournal.class.day", "user_id"),
    ("ejournal.access.slip", "handed_over_by"),
    ("ejournal.notice.read", "user_id"),
    ("ejournal.contact", "user_id"),
    ("ejournal.class.report", "handed_by_id"),
    ("ejournal.class.report", "received_by_id"),
    ("ejournal.weekly.analysis", "published_by_id"),
    ("ejournal.archive", "printed_by_id"),
    ("ejournal.archive", "compared_by_id"),
    ("ejournal.archive", "archived_by_id"),
    ("ejournal.archive.amendment", "user_id"),
    ("ejournal.archive.signature", "user_id"),
    # a parent with children in two schools has one login
    ("ejournal.link", "user_id"),
}
# Write to these is refused altogether.
NEVER_WRITTEN = {"ejournal.change", "ejournal.seal", "ejournal.lock.rule"}
TEACHER_FIELDS = (
    "teacher_id",
    "substitute_id",
    "entrant_id",
    "marker_id",
    "class_teacher_id",
    "user_id",
)
# Tables whose rows hang on a pupil, a lesson or a column.
HELD = ("ejournal_pupil", "ejournal_lesson", "ejournal_work")


@tagged("post_install", "-at_install")
class TestRightsStructure(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.models = sorted(models_of(cls.env) - dialogs_of(cls.env))
        cls.dialogs = sorted(dialogs_of(cls.env))

    def rules(self, model):
        return self.env["ir.rule"].search([("model_id.model", "=", model)])

    def fields_of_ours(self):
        """Stored fields of our models that have a table."""
        for model in self.models:
            for field in self.env[model]._fields.values():
                if field.store and field.name not in models.MAGIC_COLUMNS:
                    yield field

    def none(self, faults):
        faults = list(map(str, faults))
        self.assertFalse(faults, "\n" + "\n".join(faults))

    # ---- schools ---------------------------------------------------------------------

    def test_every_model_belongs_to_a_school(self):
        self.none(
            model
            for model in self.models
            if not (field := self.env[model]._fields.get("company_id"))
            or not (field.store and field.index)
            or field.comodel_name != "res.company"
        )

    def test_every_model_has_one_rule_for_the_school(self):
        self.none(
            model
            for model in self.models
            if self.rules(model)
            .filtered(lambda rule: not rule.groups)
            .mapped(lambda rule: (rule.domain_force, rule.perm_read, rule.perm_write))
            != [("[('company_id', 'in', company_ids)]", True, True)]
        )

    def test_every_dialog_is_its_openers_own(self):
        self.none(
            model
            for model in self.dialogs
            if not any(
                "('create_uid', '=', user.id)" in rule.domain_force and not rule.groups
                for rule in self.rules(model)
            )
        )

    def test_every_model_has_access_lines(self):
        self.none(
            model
            for model in self.models + self.dialogs
            if not self.env["ir.model.access"].search_count(
                [("model_id.model", "=", model), ("group_id", "!=", False)]
            )
        )

    def test_relations_stay_within_the_school(self):
        """What a record points at is of the same school, or says here why not."""
        faults = set()
        for field in self.fields_of_ours():
            if field.type not in ("many2one", "many2many") or field.related:
                continue
            comodel = self.env[field.comodel_name]
            if field.comodel_name != "res.users" and "company_id" not in comodel:
                continue
            model = self.env[field.model_name]
            made_by_system = field.compute and field.readonly
            if not made_by_system and not (
                field.check_company and model._check_company_auto
            ):
                faults.add((field.model_name, field.name))
        self.assertEqual(faults, WITHOUT_COMPANY_CHECK)

    def test_rights_hold_after_a_write_too(self):
        mixin = self.env.registry["ejournal.rights.mixin"]
        self.none(
            model
            for model in self.models
            if model not in NEVER_WRITTEN
            and not issubclass(self.env.registry[model], mixin)
        )

    # ---- rules -----------------------------------------------------------------------

    def our_rules(self):
        return self.env["ir.rule"].search([("model_id.model", "=like", "ejournal.%")])

    def test_rules_read_stable_things_only(self):
        """Odoo keeps what a rule read of the user; only these never change by a write
        of ours. A date would be the caller's, by the caller's time zone."""
        for rule in self.our_rules():
            code = re.sub(r"'[^']*'", "", rule.domain_force)
            names = set(re.findall(r"\b[a-z][\w.]*", code)) - {"in"}
            self.assertLessEqual(names, {"user.id", "company_ids"}, rule.name)
            self.assertNotRegex(rule.domain_force, "'today|'now|'active'", rule.name)

    def test_no_two_rows_of_a_list_make_one_right(self):
        """``a.x = 1 and a.y = 2`` holds with two rows of ``a``; ``a any (x, y)`` needs
        one: else a live guardian and a former one would open a diary together."""
        faults = []
        for rule in self.our_rules():
            context = {"user": self.env.user, "company_ids": [1], "company_id": 1}
            domain = Domain(safe_eval(rule.domain_force, context))
            self._collect_mixed(self.env[rule.model_id.model], domain, rule, faults)
        self.none(faults)

    def _collect_mixed(self, model, domain, rule, faults):
        children = list(getattr(domain, "children", ()))
        if isinstance(domain, DomainAnd):
            paths = [
                child.field_expr.split(".")
                for child in children
                if isinstance(child, DomainCondition)
            ]
            lists = [
                path[0]
                for path in paths
                if len(path) > 1
                and model._fields[path[0]].type in ("one2many", "many2many")
            ]
            if len(lists) != len(set(lists)):
                faults.append(rule.name)
        for child in children:
            self._collect_mixed(model, child, rule, faults)
        if isinstance(domain, DomainCondition) and domain.operator.endswith("any"):
            here = model
            for name in domain.field_expr.split("."):
                here = self.env[here._fields[name].comodel_name]
            self._collect_mixed(here, Domain(domain.value), rule, faults)

    def test_fields_that_rules_ask_are_indexed(self):
        faults = set()
        for rule in self.our_rules():
            context = {"user": self.env.user, "company_ids": [1], "company_id": 1}
            domain = safe_eval(rule.domain_force, context)
            self._collect_unindexed(self.env[rule.model_id.model], domain, faults)
        self.none(sorted(faults))

    def _collect_unindexed(self, model, domain, faults):
        for leaf in domain:
            if isinstance(leaf, str) or isinstance(leaf[0], int):
                continue
            path, operator, value = leaf
            here = model
            for name in path.split("."):
                field = here._fields[name]
                if field.type == "one2many":
                    column = self.env[field.comodel_name], field.inverse_name
                elif field.type == "many2one":
                    column = here, name
                else:
                    column = None
                # who made a row is asked of few: of dialogs, of parents without a child
                asked = column and name != "create_uid"
                if asked and not self._is_indexed(*column):
                    faults.add(f"{column[0]._name}.{column[1]}")
                if field.relational:
                    here = self.env[field.comodel_name]
            if operator in ("any", "not any"):
                self._collect_unindexed(here, value, faults)

    def _is_indexed(self, model, name):
        """Whether an index of the whole table, or of the rows that have a value, begins
        with that column."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT pg_get_expr(ix.indpred, ix.indrelid)
                  FROM pg_index ix
                  JOIN pg_attribute att
                    ON att.attrelid = ix.indrelid AND att.attnum = ix.indkey[0]
                 WHERE ix.indrelid = %s::regclass AND att.attname = %s
                """,
                model._table,
                name,
            )
        )
        return any(not where or "IS NOT NULL" in where for (where,) in rows)

    # ---- the database ----------------------------------------------------------------

    def test_foreign_keys_to_pupils_lessons_and_columns_restrict(self):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT con.conrelid::regclass::text, att.attname, con.confdeltype
                  FROM pg_constraint con
                  JOIN pg_attribute att
                    ON att.attrelid = con.conrelid AND att.attnum = con.conkey[1]
                 WHERE con.contype = 'f' AND con.confrelid::regclass::text IN %s
                """,
                HELD,
            )
        )
        self.assertTrue(rows)
        dialogs = {self.env[model]._table for model in self.dialogs}
        tables = {self.env[model]._table: model for model in self.models}
        allowed = {"restrict": "r", "set null": "n"}
        for table, column, action in rows:
            # relations of dialogs are gone within hours; other relations hold no entry
            if table not in tables:
                self.assertTrue(
                    table in dialogs or table.endswith("_rel"), (table, column)
                )
                continue
            wanted = ONDELETE_NOT_RESTRICT.get((tables[table], column), "restrict")
            self.assertEqual(action, allowed[wanted], (table, column))

    def test_people_who_enter_are_users(self):
        self.none(
            str(field)
            for field in self.fields_of_ours()
            if field.name in TEACHER_FIELDS and field.comodel_name != "res.users"
        )

    def test_constraints_exist_in_the_database(self):
        """One that old rows violate is left out by Odoo with a line in the log only."""
        found = {
            row[0]
            for row in self.env.execute_query(
                SQL(
                    "SELECT conname FROM pg_constraint UNION "
                    "SELECT indexname FROM pg_indexes"
                )
            )
        }
        wanted = {
            name for model in self.models for name in self.env[model]._table_objects
        }
        self.assertTrue(wanted)
        self.none(sorted(wanted - found))

    def test_no_constraint_in_the_old_way(self):
        self.none(
            m for m in self.models if getattr(self.env[m], "_sql_constraints", None)
        )

    # ---- names -----------------------------------------------------------------------

    def test_no_field_hides_a_method(self):
        """A field named like a method of every model breaks that model."""
        faults = []
        for name, model in self.env.registry.items():
            for field in model._fields.values():
                ours = any(
                    (module or "").startswith("school_ejournal")
                    for module in field._modules
                )
                taken = getattr(BaseModel, field.name, None)
                if ours and callable(taken):
                    faults.append(f"{name}.{field.name}")
        self.none(faults)
