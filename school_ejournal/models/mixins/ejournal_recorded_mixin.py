from odoo import api, models

from ...tools.passage import passage_basis


class EjournalRecordedMixin(models.AbstractModel):
    """Every change of the named fields goes into the change record.

    A model names its fields in ``_recorded_fields``. A model whose writes are judged
    (the entries of a lesson) overrides :meth:`_judge_write`; all others are written by
    ``duty``, for which no day lock exists.
    """

    _name = "ejournal.recorded.mixin"
    _description = "Records its changes"
    _inherit = ["ejournal.rights.mixin"]

    _recorded_fields = ()
    # recorded at creation and deletion; all of ``_recorded_fields`` when None
    _recorded_at_edges = None

    # ---- hooks ---------------------------------------------------------------

    def _record_context(self):
        """Where a change belongs, for the readers' rights.

        :returns: dict with any of ``lesson_id``, ``journal_id``, ``pupil_id`` (ids)
        """
        self.ensure_one()
        return {}

    def _judge_before(self, names):
        """Refuse the write by what the records hold now."""
        self._judge_write(names)

    def _judge_write(self, names):
        """Refuse the write or name its basis.

        Called before (by :meth:`_judge_before`) and after each write, since a write may
        leave a closed place or arrive in one.

        :param names: set of the names of the fields that are written, at creation of
            those that are given a value; ``None`` at deletion
        :returns: ``{record id: (basis, basis_id)}``; missing ones count as ``duty``
        """
        return {}

    def _judge_create(self, vals_list):
        """Refuse a creation by its values, before anything reaches the database."""

    # ---- doors -----------------------------------------------------------------

    @api.model
    def _with_context_defaults(self, vals):
        """Values with those that a caller put in as ``default_…`` of the context: they
        are judged like typed ones."""
        return {**self._context_defaults(), **vals}

    @api.model
    def _context_defaults(self):
        return {
            name: value
            for key, value in self.env.context.items()
            if key.startswith("default_")
            and (name := key.removeprefix("default_")) in self._fields
        }

    @api.model_create_multi
    def create(self, vals_list):
        defaults = self._context_defaults()
        vals_list = [{**defaults, **vals} for vals in vals_list]
        self._judge_create(vals_list)
        records = super().create(vals_list)
        names = {name for vals in vals_list for name, value in vals.items() if value}
        bases = records._judge_write(names)
        self.env["ejournal.change"]._append(
            [
                record._change_row(name, "", new, bases)
                for record in records
                for name in self._edge_fields()
                if (new := record._recorded_value(name))
            ]
        )
        return records

    def write(self, vals):
        names = set(vals)
        self._judge_before(names)
        recorded = [name for name in self._recorded_fields if name in vals]
        old = {
            record.id: {name: record._recorded_value(name) for name in recorded}
            for record in self
        }
        result = super().write(vals)
        bases = self._judge_write(names)
        rows = []
        for record in self:
            for name in recorded:
                was, new = old[record.id][name], record._recorded_value(name)
                if was != new:
                    rows.append(record._change_row(name, was, new, bases))
        self.env["ejournal.change"]._append(rows)
        return result

    def unlink(self):
        bases = self._judge_write(None) if self else {}
        rows = [
            record._change_row(name, was, "", bases)
            for record in self
            for name in self._edge_fields()
            if (was := record._recorded_value(name))
        ]
        result = super().unlink()
        self.env["ejournal.change"]._append(rows)
        return result

    @api.model
    def _edge_fields(self):
        if self._recorded_at_edges is None:
            return self._recorded_fields
        return self._recorded_at_edges

    # ---- rows --------------------------------------------------------------------

    def _recorded_value(self, name):
        """A field's value as text: ids for relations, ``""`` for nothing."""
        value = self[name]
        if isinstance(value, models.BaseModel):
            return ",".join(str(record_id) for record_id in sorted(value.ids))
        field = self._fields[name]
        if field.type == "boolean":
            return "1" if value else ""
        if value is False or value is None or value == 0:
            return ""
        if field.type in ("date", "datetime"):
            return value.isoformat()
        return str(value)

    def _change_row(self, name, old, new, bases):
        basis, basis_id = bases.get(self.id) or (
            passage_basis(self.env) or "duty",
            False,
        )
        return {
            "model_name": self._name,
            "res_id": self.id,
            "field_name": name,
            "old_value": old,
            "new_value": new,
            "company_id": self.company_id.id,
            "basis": basis,
            "basis_id": basis_id,
            **self._record_context(),
        }
