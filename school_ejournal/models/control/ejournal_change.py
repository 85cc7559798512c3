from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools import append_only
from ...tools.call_memory import memory_of
from ...tools.passage import clock_now, has_passage, with_passage

BASES = [
    ("same_day", "On the day of the lesson"),
    ("ahead", "Draft before the lesson"),
    ("grace", "Within the grace of a written work"),
    ("unlock", "By permission to open"),
    ("remark", "Clearing a remark"),
    ("order", "By order"),
    ("migration", "Brought along from a former journal"),
    ("duty", "In the course of duty"),
    ("system", "By the system after an entry"),
]


class EjournalChange(models.Model):
    """Who changed what, when, from what to what, and on what basis.

    Rows are only ever added, and only by our own code; ``seal_id`` is set once, by the
    nightly seal. Nobody edits or deletes a row, the administrator included.
    """

    _name = "ejournal.change"
    _description = "Change Record"
    _order = "id desc"
    _log_access = False
    _rec_name = "field_name"
    _allow_sudo_commands = False

    company_id = fields.Many2one(
        "res.company", string="School", required=True, index=True, ondelete="restrict"
    )
    model_name = fields.Char(string="Model", required=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="model_name", required=True
    )
    field_name = fields.Char(string="Field", required=True)
    old_value = fields.Text(string="Before")
    new_value = fields.Text(string="After")
    # Plain numbers kept by reference: a row outlives what it speaks of.
    lesson_id = fields.Many2one(
        "ejournal.lesson", index="btree_not_null", ondelete="set null"
    )
    journal_id = fields.Many2one(
        "ejournal.journal", index="btree_not_null", ondelete="restrict"
    )
    pupil_id = fields.Many2one(
        "ejournal.pupil", index="btree_not_null", ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users", string="By", required=True, index=True, ondelete="restrict"
    )
    entered_at = fields.Datetime(string="At", required=True)
    basis = fields.Selection(BASES, required=True)
    basis_id = fields.Integer(
        string="Permission or remark",
        help="Number of the permission or remark that allowed the entry.",
    )
    seal_id = fields.Many2one("ejournal.seal", index=True, ondelete="restrict")

    _record_idx = models.Index("(res_id, model_name, field_name)")
    _unsealed_idx = models.Index("(company_id, id) WHERE seal_id IS NULL")

    @api.private
    def init(self):
        """PostgreSQL lets a row be sealed once, and nothing else.

        A lesson that is deleted takes its number off its rows: the foreign key does.
        """
        append_only.guard(
            self.env.cr,
            self._table,
            "(OLD.seal_id IS NULL AND NEW.seal_id IS NOT NULL "
            "AND to_jsonb(NEW) - 'seal_id' = to_jsonb(OLD) - 'seal_id') "
            "OR (pg_trigger_depth() > 1 AND NEW.lesson_id IS NULL "
            "AND to_jsonb(NEW) - 'lesson_id' = to_jsonb(OLD) - 'lesson_id')",
        )

    @api.model
    def _append(self, rows):
        """Add rows in one batch, stamped with the caller and the call's moment.

        :param rows: list of value dicts without ``user_id`` and ``entered_at``
        """
        if not rows:
            return
        now = clock_now(self.env, fields.Datetime.now)
        stamp = {"user_id": self.env.uid, "entered_at": now}
        rows = [{**row, **stamp} for row in rows]
        memory = memory_of(self.env)
        if memory and memory.changes is not None:
            memory.changes += rows
            return
        # sudo: nobody has the right to create rows by hand, each accepted write does
        with_passage(self.sudo()).create(rows)

    @api.model
    def _write_waiting(self):
        """Write the rows that wait in the memory of the call, in one batch."""
        # sudo: see _append
        with_passage(self.sudo()).create(memory_of(self.env).take_changes())

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_unless_ours()
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_unless_ours()
        if set(vals) != {"seal_id"} or any(self.mapped("seal_id")):
            raise self._refusal()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise self._refusal()

    def _refuse_unless_ours(self):
        if not has_passage(self.env):
            raise self._refusal()

    def _refusal(self):
        return AccessError(
            self.env._(
                "The change record can only be read: it proves who entered what and "
                "when. If an entry is wrong, correct the entry; the correction is "
                "recorded beside it."
            )
        )
