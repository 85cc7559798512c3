from datetime import datetime

from odoo import api, fields, models
from odoo.tools import format_date, format_datetime


class EjournalChange(models.Model):
    """The change record as people read it: labels of fields, names instead of numbers."""

    _inherit = "ejournal.change"

    thing = fields.Char(string="What", compute="_compute_texts")
    field_label = fields.Char(string="Changed", compute="_compute_texts")
    old_text = fields.Char(string="Was", compute="_compute_texts")
    new_text = fields.Char(string="Became", compute="_compute_texts")

    @api.depends("model_name", "field_name", "old_value", "new_value")
    @api.depends_context("lang", "uid")
    def _compute_texts(self):
        names = self._names_of_relations()
        for row in self:
            field = row._changed_field()
            row.thing = self.env["ir.model"].sudo()._get(row.model_name).name
            row.field_label = row.field_name
            row.old_text, row.new_text = row.old_value, row.new_value
            if field is not None:
                row.field_label = field.get_description(self.env, ["string"])["string"]
                row.old_text = row._readable(field, row.old_value, names)
                row.new_text = row._readable(field, row.new_value, names)

    def _changed_field(self):
        """The field that was changed, None when the model has it no more."""
        self.ensure_one()
        if self.model_name not in self.env:
            return None
        return self.env[self.model_name]._fields.get(self.field_name)

    def _names_of_relations(self):
        """Names of all records that the rows name by their numbers.

        :returns: ``{(model, id): name}`` of those that the reader may see
        """
        wanted = {}
        for row in self:
            field = row._changed_field()
            if field is not None and field.relational:
                ids = _ids(row.old_value) | _ids(row.new_value)
                wanted.setdefault(field.comodel_name, set()).update(ids)
        names = {}
        for model_name, ids in wanted.items():
            records = self.env[model_name].browse(sorted(ids)).exists()
            for record in records._filtered_access("read"):
                names[model_name, record.id] = record.display_name
        return names

    def _readable(self, field, value, names):
        """A recorded value as the interface shows it."""
        if not value:
            return ""
        if field.relational:
            return ", ".join(
                names.get((field.comodel_name, record_id), f"№ {record_id}")
                for record_id in sorted(_ids(value))
            )
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type == "boolean":
            return self.env._("Yes")
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "datetime":
            return self._school_time(datetime.fromisoformat(value))
        return value

    def _school_time(self, moment):
        """A moment by the school's clock, as the record itself is judged."""
        zone = self.company_id._ejournal_local(moment).tzinfo.zone
        return format_datetime(self.env, moment, tz=zone)


def _ids(value):
    return {int(part) for part in (value or "").split(",") if part.isdigit()}
