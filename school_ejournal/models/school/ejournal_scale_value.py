from odoo import api, fields, models
from odoo.exceptions import UserError


class EjournalScaleValue(models.Model):
    """One value of a scale: what is shown, what it counts, what proposes it."""

    _name = "ejournal.scale.value"
    _description = "Value of a Scale"
    _inherit = ["ejournal.recorded.mixin"]
    _order = "sequence, id"
    _rec_name = "value"
    _check_company_auto = True

    _recorded_fields = ("value", "score", "passing", "quality", "counts", "threshold")
    _recorded_at_edges = ()

    scale_id = fields.Many2one(
        "ejournal.scale",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="scale_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    value = fields.Char(required=True, help="As it is typed and printed.")
    score = fields.Float(help="What it counts in an average.")
    counts = fields.Boolean(
        string="Counts in averages",
        default=True,
        help="A credit has no score and counts in no average.",
    )
    passing = fields.Boolean(help="Counts as passed in the pass rate.")
    quality = fields.Boolean(help="Counts in the quality of knowledge.")
    threshold = fields.Float(
        digits=(6, 2),
        help="From which average on this value is proposed as a period mark.",
    )

    # ---- doors -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def _judge_before(self, names):
        if names is None or names & {"value", "score", "counts", "scale_id"}:
            self._refuse_in_use()
        return super()._judge_before(names)

    def _refuse_in_use(self):
        """What a mark stands for does not change under the marks that were set."""
        for value in self:
            used = (
                self.env["ejournal.mark"]
                .sudo()
                .search_count(
                    [
                        ("journal_id.scale_id", "=", value.scale_id.id),
                        "|",
                        ("value", "=", value.value),
                        ("second_value", "=", value.value),
                    ],
                    limit=1,
                )
            )
            if used:
                raise UserError(
                    self.env._(
                        "There are marks “%(value)s”: its meaning stays. Make a new scale "
                        "for the next year instead.",
                        value=value.value,
                    )
                )

    _value_uniq = models.Constraint(
        "UNIQUE(scale_id, value)",
        "The scale already has this value. Change that one.",
    )
