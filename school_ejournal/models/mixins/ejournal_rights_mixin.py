from odoo import models


class EjournalRightsMixin(models.AbstractModel):
    """What a user may write stays what that user may write.

    Odoo asks the record rules before a write only. Without this a record could be
    carried out of the writer's reach: a card given to a pupil of another class, a row
    pushed into another school.
    """

    _name = "ejournal.rights.mixin"
    _description = "Rights Before and After a Write"

    def write(self, vals):
        result = super().write(vals)
        if not self.env.su and any(self._fields[name].relational for name in vals):
            self.check_access("write")
        return result
