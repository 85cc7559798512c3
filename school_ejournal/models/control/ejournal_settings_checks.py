from odoo import fields, models


class EjournalSettings(models.Model):
    """What the checks look for; 0 or unticked turns a check off.

    What counts as filled, and the fewest marks of a period, stand among the settings
    themselves and are checks, too.
    """

    _inherit = "ejournal.settings"

    check_lessons_without_marks = fields.Integer(
        string="Lessons running without a mark",
        default=3,
        help="After so many lessons running without a single mark the journal is found. "
        "0: not checked.",
    )
    check_marks_a_lesson = fields.Integer(
        string="Fewest pupils marked at a lesson",
        default=3,
        help="A lesson with fewer marked pupils is found. 0: not checked.",
    )
    check_lessons_not_asked = fields.Integer(
        string="Lessons without asking a pupil",
        default=5,
        help="A pupil without a mark in so many lessons that he or she was at is found. "
        "0: not checked.",
    )
    check_plan_lag = fields.Integer(
        string="Hours behind the plan",
        default=4,
        help="A journal that is more hours behind its plan is found. 0: not checked.",
    )
    check_mark_absent = fields.Boolean(
        string="Mark and absence together",
        default=True,
        help="A mark of a pupil who was absent is found; control works may be made up.",
    )
    check_no_lesson = fields.Boolean(
        string="Entries without a lesson",
        default=True,
        help="Entries in a cancelled lesson or on a day of the holidays are found.",
    )
    check_hints = fields.Boolean(
        string="Hints about values",
        default=True,
        help="A teacher alone is told of own failing marks that wait for a chance to be "
        "corrected. Nobody else sees it.",
    )

    _checks_range = models.Constraint(
        "CHECK(check_lessons_without_marks BETWEEN 0 AND 50 "
        "AND check_marks_a_lesson BETWEEN 0 AND 50 "
        "AND check_lessons_not_asked BETWEEN 0 AND 50 "
        "AND check_plan_lag BETWEEN 0 AND 50)",
        "What the checks look for lies between 0 and 50.",
    )
