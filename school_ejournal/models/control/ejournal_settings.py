from odoo import api, fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# What a cell shows as shipped; each language has its own sign.
_LETTERS = {
    "letter_absent": _lt("abs"),
    "letter_late": _lt("lt"),
    "letter_exempt": _lt("ex"),
    "letter_not_attested": _lt("n/a"),
}


class EjournalSettings(models.Model):
    """What a school decides; one record a school.

    The deputy director writes them, the administrator reads them. What touches the lock
    is not here but in ``ejournal.lock.rule`` and ``ejournal.work.type.grace_days``,
    which take an order's number and act forward only.
    """

    _name = "ejournal.settings"
    _description = "School Settings"
    _inherit = ["ejournal.whole.mixin", "ejournal.recorded.mixin"]
    _rec_name = "company_id"
    _check_company_auto = True

    _recorded_fields = (
        "count_topic",
        "count_classwork",
        "count_homework",
        "count_attendance",
        "denominator",
        "average_kind",
    )
    _recorded_at_edges = ()

    company_id = fields.Many2one(
        "res.company",
        string="School",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    scale_id = fields.Many2one(
        "ejournal.scale",
        string="Scale of new classes",
        check_company=True,
        help="Scale of marks that a new class starts with.",
    )
    weekdays = fields.Selection(
        [("5", "Five days"), ("6", "Six days")],
        string="School week",
        required=True,
        default="5",
        help="Length of the school week of a new calendar.",
    )

    # ---- what counts as filled ---------------------------------------------------
    count_topic = fields.Boolean(
        string="Topic",
        default=True,
        help="A lesson counts as filled only when its topic is entered.",
    )
    count_classwork = fields.Boolean(
        string="Work done",
        default=True,
        help="A lesson counts as filled only when the work done is entered.",
    )
    count_homework = fields.Boolean(
        string="Homework",
        default=True,
        help="A lesson counts as filled only when homework is entered or “none set” "
        "is ticked.",
    )
    count_attendance = fields.Boolean(
        string="Attendance",
        default=True,
        help="A lesson counts as filled only when the teacher has confirmed who is "
        "absent.",
    )

    # ---- letters -------------------------------------------------------------------
    letter_absent = fields.Char(
        string="Sign of absence",
        required=True,
        translate=True,
        default=_LETTERS["letter_absent"]._source,
        help="What a cell shows for an absent pupil, in each language.",
    )
    letter_late = fields.Char(
        string="Sign of lateness",
        required=True,
        translate=True,
        default=_LETTERS["letter_late"]._source,
        help="What a cell shows for a pupil who came late, in each language.",
    )
    letter_exempt = fields.Char(
        string="Sign of exemption",
        required=True,
        translate=True,
        default=_LETTERS["letter_exempt"]._source,
        help="What a cell shows for an exempt pupil, in each language.",
    )
    letter_not_attested = fields.Char(
        string="Sign of not attested",
        required=True,
        translate=True,
        default=_LETTERS["letter_not_attested"]._source,
        help="What stands for a pupil who could not be given a period mark, in each "
        "language.",
    )

    # ---- figures -------------------------------------------------------------------
    min_marks_low = fields.Integer(
        string="Fewest marks, up to 34 lessons",
        default=3,
        help="Marks that a pupil should have in a period with up to 34 lessons held.",
    )
    min_marks_mid = fields.Integer(
        string="Fewest marks, 35 to 68 lessons",
        default=5,
        help="Marks that a pupil should have in a period with 35 to 68 lessons held.",
    )
    min_marks_high = fields.Integer(
        string="Fewest marks, over 68 lessons",
        default=7,
        help="Marks that a pupil should have in a period with over 68 lessons held.",
    )
    denominator = fields.Selection(
        [
            ("attested", "All but the exempt and those without a mark"),
            ("marked", "Those with a mark"),
            ("list", "All on the list"),
        ],
        required=True,
        default="attested",
        help="Whom the shares in the reports are counted over.",
    )
    average_kind = fields.Selection(
        [
            ("plain", "Plain: all marks count the same"),
            ("weighted", "Weighted: by the weight of the type of work"),
        ],
        string="Average that proposes",
        required=True,
        default="plain",
        help="Which average proposes a period mark; the teacher sees both.",
    )
    weeks_ahead = fields.Integer(
        string="Weeks of lessons ahead",
        default=4,
        help="How many weeks ahead the lessons are made from the timetable.",
    )

    _company_uniq = models.Constraint(
        "UNIQUE(company_id)", "A school has one set of settings."
    )
    _weeks_ahead_range = models.Constraint(
        "CHECK(weeks_ahead BETWEEN 1 AND 53)",
        "Lessons are made 1 to 53 weeks ahead.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for settings, vals in zip(records, vals_list, strict=True):
            settings._translate_letters(_LETTERS.keys() - vals.keys())
        return records

    def _translate_letters(self, names):
        """Give the shipped signs in each installed language."""
        for lang, _label in self.env["res.lang"].get_installed():
            self.with_context(lang=lang).write(
                {name: _LETTERS[name]._translate(lang) for name in names}
            )

    @api.depends("company_id")
    def _compute_display_name(self):
        for settings in self:
            settings.display_name = settings.company_id.display_name

    @api.model
    def _of(self, company):
        """The settings of a school, made with defaults when there are none."""
        return self.search([("company_id", "=", company.id)], limit=1) or self.create(
            {"company_id": company.id}
        )

    @api.model
    def action_open(self):
        """Open the present school's settings (menu of the deputy and administrator)."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("School settings"),
            "res_model": self._name,
            "res_id": self.env.company._ejournal_settings().id,
            "view_mode": "form",
        }

    def _fewest_marks(self):
        """The fewest marks of a period, see ``formulas.fewest_marks``."""
        self.ensure_one()
        return self.min_marks_low, self.min_marks_mid, self.min_marks_high

    def _missing(self, lesson):
        """What a lesson still lacks to count as filled.

        :returns: list among ``topic``, ``classwork``, ``homework``, ``attendance``
            (Regulation 4.2 А: topic, tasks done, homework, attendance)
        """
        self.ensure_one()
        entered = {
            "topic": lesson.topic,
            "classwork": lesson.classwork,
            "homework": lesson.homework or lesson.no_homework,
            "attendance": lesson.attendance_confirmed,
        }
        return [
            part
            for part, value in entered.items()
            if self[f"count_{part}"] and not value
        ]

    def _counted(self):
        """The parts that count for a filled lesson, see :meth:`_missing`."""
        self.ensure_one()
        parts = ("topic", "classwork", "homework", "attendance")
        return [part for part in parts if self[f"count_{part}"]]

    def _is_filled(self, lesson):
        """Whether a lesson has all that counts."""
        return not self._missing(lesson)
