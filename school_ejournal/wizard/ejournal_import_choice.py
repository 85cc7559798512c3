from odoo import fields, models


class EjournalImportChoice(models.TransientModel):
    """A question that a file leaves open; unanswered, the default holds."""

    _name = "ejournal.import.choice"
    _description = "Question of an Import"
    _rec_name = "question"

    import_id = fields.Many2one(
        "ejournal.import", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="import_id.company_id", store=True, index=True, precompute=True
    )
    key = fields.Char(required=True, readonly=True)
    question = fields.Text(required=True, readonly=True)
    option_ids = fields.One2many(
        "ejournal.import.option", "choice_id", string="Possible answers", readonly=True
    )
    default_id = fields.Many2one(
        "ejournal.import.option",
        string="Unanswered",
        readonly=True,
        help="What holds when nobody answers.",
    )
    option_id = fields.Many2one(
        "ejournal.import.option",
        string="Your answer",
        domain="[('choice_id', '=', id)]",
    )


class EjournalImportOption(models.TransientModel):
    """A possible answer."""

    _name = "ejournal.import.option"
    _description = "Answer to a Question of an Import"

    choice_id = fields.Many2one(
        "ejournal.import.choice",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="choice_id.company_id", store=True, index=True, precompute=True
    )
    key = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True, readonly=True)
