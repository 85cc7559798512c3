from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.school_ejournal.tools.passage import has_passage, with_passage

DEPUTY = "school_ejournal.group_deputy"
# Written by the buttons alone.
_STEPS = frozenset(
    {"state", "handed_at", "handed_by_id", "received_at", "received_by_id", "note"}
)
_PLACE = frozenset({"class_id", "period_id", "company_id"})


class EjournalClassReport(models.Model):
    """The class teacher's report on achievement and attendance of a class and period.

    At the end of a quarter the class teacher hands it to the deputy director on paper
    (Regulation 4.2 В). The figures are never typed: the print reckons them from the
    journal. Here stands who handed it over, and whether the paper has arrived.
    """

    _name = "ejournal.class.report"
    _description = "Class Teacher's Report"
    _inherit = ["ejournal.recorded.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "period_id desc, class_key, id"
    _check_company_auto = True

    _recorded_fields = ("state", "note")
    _recorded_at_edges = ()

    class_id = fields.Many2one(
        "ejournal.class",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="class_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    class_key = fields.Char(related="class_id.sort_key", store=True, precompute=True)
    class_teacher_id = fields.Many2one(related="class_id.class_teacher_id")
    period_id = fields.Many2one(
        "ejournal.period",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('calendar_id.class_ids', 'in', class_id)]",
    )
    conclusion = fields.Text(
        string="Conclusions",
        help="What the class teacher adds to the figures; it stands on the print.",
    )
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("handed", "Handed over"),
            ("received", "Paper received"),
            ("returned", "Returned"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
    )
    handed_at = fields.Datetime(string="Handed over on", readonly=True, copy=False)
    handed_by_id = fields.Many2one(
        "res.users",
        string="Handed over by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    received_at = fields.Datetime(string="Paper received on", readonly=True, copy=False)
    received_by_id = fields.Many2one(
        "res.users",
        string="Received by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    note = fields.Char(string="Note of the deputy director", readonly=True, copy=False)

    _class_uniq = models.Constraint(
        "UNIQUE(class_id, period_id)",
        "The class has a report of this period already. Open that one.",
    )

    @api.depends("class_id.name", "period_id.display_name")
    def _compute_display_name(self):
        for report in self:
            report.display_name = (
                f"{report.class_id.name} · {report.period_id.display_name}"
            )

    @api.constrains("class_id", "period_id")
    def _check_period_of_class(self):
        for report in self:
            if report.period_id.calendar_id != report.class_id.calendar_id:
                raise UserError(
                    self.env._(
                        "%(period)s is of another term calendar than %(class)s. Choose "
                        "a period of the class's own calendar.",
                        **{
                            "period": report.period_id.display_name,
                            "class": report.class_id.name,
                        },
                    )
                )

    # ---- doors -----------------------------------------------------------------------

    def _judge_create(self, vals_list):
        for vals in vals_list:
            if any(vals.get(name) for name in _STEPS - {"state"}):
                raise self._steps_refusal()
            if vals.get("state", "draft") != "draft":
                raise self._steps_refusal()

    def _judge_before(self, names):
        if has_passage(self.env) or names is None:
            return
        if names & _STEPS:
            raise self._steps_refusal()
        if names & (_PLACE | {"conclusion"}):
            gone = self.filtered(lambda r: r.state in ("handed", "received"))
            if gone:
                raise UserError(
                    self.env._(
                        "%(report)s has been handed over. The deputy director returns "
                        "it if something has to be changed.",
                        report=gone[0].display_name,
                    )
                )

    def _steps_refusal(self):
        return AccessError(
            self.env._("A report is handed over, received and returned by its buttons.")
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if any(report.state != "draft" for report in self):
            raise UserError(
                self.env._("A report that was handed over once stays on record.")
            )

    # ---- steps -----------------------------------------------------------------------

    @api.model
    def _make_for(self, period):
        """A report for each class of a period that has none yet.

        :returns: all reports of the period
        """
        reports = self.search([("period_id", "=", period.id)])
        without = period.calendar_id.class_ids - reports.class_id
        ordinary = without.filtered("grade")
        return reports | self.create(
            [{"class_id": class_.id, "period_id": period.id} for class_ in ordinary]
        )

    def action_hand_over(self):
        """The class teacher hands the report to the deputy director.

        :raises AccessError: not the class's own class teacher
        :raises UserError: it was handed over already
        """
        self.check_access("read")
        for report in self:
            if report.class_teacher_id != self.env.user:
                raise AccessError(
                    self.env._(
                        "The report of %(class)s is handed over by its class teacher.",
                        **{"class": report.class_id.name},
                    )
                )
            report._refuse_unless("draft", "returned")
            report._step(
                state="handed",
                handed_at=report.company_id._ejournal_now(),
                handed_by_id=self.env.uid,
                note=False,
            )

    def action_receive(self):
        """The deputy director has the signed paper."""
        self._require_deputy()
        for report in self:
            report._refuse_unless("handed")
            report._refuse_oneself()
            report._step(
                state="received",
                received_at=report.company_id._ejournal_now(),
                received_by_id=self.env.uid,
            )

    def action_return(self, note=None):
        """The deputy director gives the report back.

        :param note: what has to be changed; required
        """
        self._require_deputy()
        if not (note or "").strip():
            raise UserError(self.env._("Say what has to be changed in the report."))
        for report in self:
            report._refuse_unless("handed", "received")
            report._step(
                state="returned", note=note, received_at=False, received_by_id=False
            )
            # sudo: an activity for another user
            report.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=(report.handed_by_id or report.class_teacher_id).id,
                summary=self.env._(
                    "The class report was returned: %(note)s", note=note
                ),
            )

    def _require_deputy(self):
        self.check_access("read")
        if not self.env.user.has_group(DEPUTY):
            raise AccessError(
                self.env._("Class reports are received by the deputy director.")
            )

    def _refuse_oneself(self):
        self.ensure_one()
        if self.handed_by_id == self.env.user:
            raise AccessError(
                self.env._("Nobody receives one's own report: another deputy does.")
            )

    def _refuse_unless(self, *states):
        self.ensure_one()
        # two at once: the second waits for the first and sees what it did
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        if self.state not in states:
            shown = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(report)s: this step does not follow “%(state)s”.",
                    report=self.display_name,
                    state=shown[self.state],
                )
            )

    def _step(self, **vals):
        # sudo: the step was judged above; its fields nobody writes by hand
        with_passage(self.sudo(), "duty").write(vals)
