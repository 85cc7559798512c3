from odoo import api, models


class EjournalWholeMixin(models.AbstractModel):
    """The few rows by which a school is set up: read whole.

    A list of them is otherwise read in two queries, first which rows there are, then what
    stands in them; and every call of the journal asks for them.
    """

    _name = "ejournal.whole.mixin"
    _description = "Read Whole"

    @api.model
    @api.private
    def search_fetch(self, domain, field_names=None, *args, **kwargs):
        if field_names is not None:
            whole = (
                name
                for name, field in self._fields.items()
                if field.store and field.column_type and field.prefetch is True
                if self._has_field_access(field, "read")
            )
            field_names = list(dict.fromkeys((*field_names, *whole)))
        return super().search_fetch(domain, field_names, *args, **kwargs)
