from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class EjournalPeriodClose(models.TransientModel):
    """Shows the deputy director what is still missing before a period is closed."""

    _name = "ejournal.period.close"
    _description = "Close a Period"

    period_id = fields.Many2one(
        "ejournal.period",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    line_ids = fields.One2many(
        "ejournal.period.close.line", "close_id", string="Still open", readonly=True
    )
    is_complete = fields.Boolean(compute="_compute_is_complete")
    close_anyway = fields.Boolean(
        string="Close although this is missing",
        help="What is missing stays missing: afterwards marks come by order only.",
    )

    @api.model
    def default_get(self, fields_list):
        """What is still open, for the dialog as it appears."""
        if not self.env.su:
            self._require_deputy()
        values = super().default_get(fields_list)
        if "line_ids" in fields_list and values.get("period_id"):
            values["line_ids"] = self._line_commands(values["period_id"])
        return values

    @api.model_create_multi
    def create(self, vals_list):
        """The lines are reckoned, never taken from a request."""
        return super().create(
            [
                {**vals, "line_ids": self._line_commands(vals.get("period_id"))}
                for vals in map(self._with_period, vals_list)
            ]
        )

    @api.model
    def _with_period(self, vals):
        return {**self.default_get(["period_id"]), **vals}

    @api.model
    def _line_commands(self, period_id):
        period = self.env["ejournal.period"].browse(period_id or ())
        return [(0, 0, vals) for vals in self._line_vals(period)] if period else []

    def _require_deputy(self):
        if not self.env.user.has_group("school_ejournal.group_deputy"):
            raise AccessError(self.env._("Only the deputy director closes a period."))

    @api.model
    def _line_vals(self, period):
        lines = [
            {
                "kind": "marks",
                "journal_id": journal_id,
                "teacher_id": teacher_id,
                "text": name,
                "count": count,
            }
            for journal_id, teacher_id, name, count in period._missing_marks()
        ]
        lines += [
            {
                "kind": "notes",
                "teacher_id": class_.class_teacher_id.id,
                "text": class_.name,
                "count": count,
            }
            for class_, count in period._missing_notes()
        ]
        return lines + [
            {"kind": kind, "teacher_id": user.id, "text": text}
            for kind, user, text in period._live_windows()
        ]

    @api.depends("line_ids")
    def _compute_is_complete(self):
        for wizard in self:
            wizard.is_complete = not wizard.line_ids

    def action_close(self):
        """Close the period, once more judged by it."""
        self.ensure_one()
        self._require_deputy()
        if self.line_ids and not self.close_anyway:
            raise UserError(
                self.env._(
                    "Something is still missing. Have it done, or tick that the period "
                    "is closed all the same."
                )
            )
        self.period_id.action_close()


class EjournalPeriodCloseLine(models.TransientModel):
    """One thing that is missing, or that the closing ends."""

    _name = "ejournal.period.close.line"
    _description = "What Is Still Open"
    _order = "kind, text, id"

    close_id = fields.Many2one(
        "ejournal.period.close", required=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("marks", "Period marks are missing"),
            ("notes", "Notes are missing"),
            ("unlock", "Permission"),
            ("grace", "Grace"),
            ("remark", "Remark"),
        ],
        required=True,
        string="What",
    )
    text = fields.Char(string="Where")
    journal_id = fields.Many2one("ejournal.journal", ondelete="cascade")
    teacher_id = fields.Many2one("res.users", string="Who", ondelete="cascade")
    count = fields.Integer(string="Pupils", aggregator=None)
