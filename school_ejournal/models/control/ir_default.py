from odoo import api, models


class IrDefault(models.Model):
    """The journal takes no user-defined defaults.

    Odoo lets each user set defaults for any field; the server would put them into new
    records after our models have judged what was sent: a permission that is born
    approved, a lesson with another entrant.
    """

    _inherit = "ir.default"

    @api.model
    def _get_model_defaults(self, model_name, condition=False):
        if model_name.startswith("ejournal."):
            return {}
        return super()._get_model_defaults(model_name, condition)
