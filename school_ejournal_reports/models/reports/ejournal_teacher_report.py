from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.school_ejournal.tools.alphabet import sort_key
from odoo.addons.school_ejournal.tools.passage import has_passage, with_passage

DEPUTY = "school_ejournal.group_deputy"
_MADE = frozenset({"figures", "state", "teacher_id", "date_start", "closed_at"})


class EjournalTeacherReport(models.Model):
    """A month's work of one teacher with the journal.

    The deputy director makes it every month (Regulation 4.2 Б). The figures are reckoned
    when the month is over and stay as they were. The teacher reads the own one and may
    comment before the director sees it; causes outside the teacher (an outage, a
    substitution, a permission) stand apart.
    """

    _name = "ejournal.teacher.report"
    _description = "Monthly Report on a Teacher"
    _inherit = ["ejournal.recorded.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, teacher_key, id"
    _check_company_auto = True

    _recorded_fields = ("state", "comment")
    _recorded_at_edges = ()

    company_id = fields.Many2one(
        "res.company",
        string="School",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    teacher_id = fields.Many2one(
        "res.users",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    teacher_key = fields.Char(
        string="Name",
        compute="_compute_teacher_key",
        store=True,
        precompute=True,
    )
    date_start = fields.Date(string="Month from", required=True, readonly=True)
    date_end = fields.Date(
        string="Until", compute="_compute_date_end", store=True, precompute=True
    )
    figures = fields.Json(readonly=True, copy=False)
    tables = fields.Html(compute="_compute_tables", sanitize=False)
    comment = fields.Text(
        string="Comment of the teacher",
        help="What the figures do not say. The director reads it beside them.",
    )
    state = fields.Selection(
        [("draft", "With the teacher"), ("closed", "With the director")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
    )
    closed_at = fields.Datetime(readonly=True, copy=False)

    _month_uniq = models.Constraint(
        "UNIQUE(company_id, teacher_id, date_start)",
        "The teacher has a report of this month already.",
    )

    @api.depends("teacher_id.name")
    def _compute_teacher_key(self):
        for report in self:
            report.teacher_key = sort_key(report.teacher_id.sudo().name or "")

    @api.depends("date_start")
    def _compute_date_end(self):
        for report in self:
            start = report.date_start
            report.date_end = start and start + relativedelta(months=1, days=-1)

    @api.depends("teacher_id.name", "date_start")
    def _compute_display_name(self):
        for report in self:
            month = report.date_start and report.date_start.strftime("%m.%Y")
            report.display_name = f"{report.teacher_id.sudo().name} · {month}"

    @api.depends("figures")
    @api.depends_context("lang")
    def _compute_tables(self):
        for report in self:
            report.tables = self.env["ir.qweb"]._render(
                "school_ejournal_reports.teacher_report_table",
                {"figures": report.figures or {}},
            )

    # ---- doors -----------------------------------------------------------------------

    def _judge_create(self, vals_list):
        if not has_passage(self.env):
            raise self._made_refusal()

    def _judge_before(self, names):
        if has_passage(self.env):
            return
        if names is None or names & _MADE:
            raise self._made_refusal()
        if "comment" in names:
            self._refuse_comment()

    def _refuse_comment(self):
        for report in self:
            if report.teacher_id != self.env.user:
                raise AccessError(
                    self.env._("The comment is written by the teacher concerned.")
                )
            if report.state != "draft":
                raise UserError(
                    self.env._("The report is with the director and stays as it is.")
                )

    def _made_refusal(self):
        return AccessError(
            self.env._("A report is prepared by the system and closed by its button.")
        )

    # ---- preparing -------------------------------------------------------------------

    @api.model
    def _cron_prepare(self):
        """On the first days of a month: prepare the one that ended, for each school."""
        # every company is a school, and there are few
        schools = self.env["res.company"].search([])  # pylint: disable=no-search-all
        for school in schools:
            month = school._ejournal_today().replace(day=1) - relativedelta(months=1)
            self._prepare(school, month)._tell()

    @api.model
    def action_prepare_last(self):
        """The deputy prepares the month that ended.

        :returns: the action that shows its reports
        """
        self._require_deputy()
        school = self.env.company
        month = school._ejournal_today().replace(day=1) - relativedelta(months=1)
        self._prepare(school, month)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reports on teachers"),
            "res_model": self._name,
            "view_mode": "list,form",
            "domain": [("date_start", "=", month)],
        }

    @api.model
    def _prepare(self, school, month):
        """Make what is missing of a month that is over, a row a teacher with lessons.

        :param month: its first day
        :returns: the new reports
        """
        figures = self._reckon(school, month)
        # sudo: made by the system
        reports = self.sudo().with_company(school)
        known = reports.search(
            [("company_id", "=", school.id), ("date_start", "=", month)]
        ).teacher_id.ids
        made = with_passage(reports, "duty").create(
            [
                {
                    "company_id": school.id,
                    "teacher_id": user_id,
                    "date_start": month,
                    "figures": own,
                }
                for user_id, own in figures.items()
                if user_id not in known
            ]
        )
        return self.browse(made.ids)

    @api.model
    def _reckon(self, school, month):
        """``{user id: {figure: number}}`` of a month; the queries do not grow with it."""
        last = month + relativedelta(months=1, days=-1)
        filling = self.env["ejournal.filling"].sudo()
        lines = filling._by_teacher(school, month, last)
        replaced = filling._replaced(school, month, last)
        lags = self._lags(school, last)
        remarks = self._remarks(school, month, last)
        nothing = dict.fromkeys(("received", "in_time", "overdue"), 0)
        return {
            user_id: {
                **line,
                "replaced": replaced.get(user_id, 0),
                "lag": lags.get(user_id, 0),
                **remarks.get(user_id, nothing),
            }
            for user_id, line in lines.items()
            if user_id
        }

    def _lags(self, school, date):
        """``{user id: hours behind the plans of the own journals}``."""
        result = {}
        lags = self.env["ejournal.check"]._lags(school, date)
        journals = self.env["ejournal.journal"].sudo()
        teachers = {
            journal.id: journal.teacher_id.id
            for journal in journals.browse(journal_id for journal_id, _lag in lags)
        }
        for journal_id, lag in lags:
            user_id = teachers[journal_id]
            result[user_id] = result.get(user_id, 0) + max(lag, 0)
        return result

    def _remarks(self, school, first, last):
        """``{user id: {received, in_time, overdue}}`` of remarks told in the month."""
        starts = school._ejournal_day_bounds(first)[0]
        ends = school._ejournal_day_bounds(last + timedelta(days=1))[0]
        remarks = (
            self.env["ejournal.remark"]
            .sudo()
            .search(
                Domain("company_id", "=", school.id)
                & Domain("told_at", ">=", starts)
                & Domain("told_at", "<", ends)
            )
        )
        result = {}
        for remark in remarks:
            own = result.setdefault(
                remark.teacher_id.id, {"received": 0, "in_time": 0, "overdue": 0}
            )
            own["received"] += 1
            own["in_time"] += remark._was_cleared_in_time()
            own["overdue"] += remark._is_or_was_overdue()
        return result

    def _tell(self):
        """Each teacher learns that the own report can be read and commented."""
        for report in self.sudo():
            report.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=report.teacher_id.id,
                summary=self.env._("Your monthly report can be read and commented"),
            )

    # ---- closing -----------------------------------------------------------------------

    def action_close(self):
        """The deputy passes the reports on to the director; comments end."""
        self._require_deputy()
        opened = self.filtered(lambda report: report.state == "draft")
        own = opened.filtered(lambda report: report.teacher_id == self.env.user)
        if own:
            raise AccessError(
                self.env._("Nobody closes the own report: another deputy does.")
            )
        # sudo: the step was judged above; its fields nobody writes by hand
        with_passage(opened.sudo(), "duty").write(
            {"state": "closed", "closed_at": self.env.company._ejournal_now()}
        )
        opened.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def _require_deputy(self):
        self.check_access("read")
        if not self.env.user.has_group(DEPUTY):
            raise AccessError(
                self.env._("Monthly reports are made by the deputy director.")
            )


class EjournalRemark(models.Model):
    _inherit = "ejournal.remark"

    def _was_cleared_in_time(self):
        """Whether it was cleared by the end of its last day."""
        self.ensure_one()
        return bool(self.cleared_at) and not self._cleared_late()

    def _is_or_was_overdue(self):
        self.ensure_one()
        return self._cleared_late() if self.cleared_at else self.state == "overdue"

    def _cleared_late(self):
        if not self.due_date:
            return False
        _starts, closes = self.company_id._ejournal_day_bounds(self.due_date)
        return self.cleared_at > closes
