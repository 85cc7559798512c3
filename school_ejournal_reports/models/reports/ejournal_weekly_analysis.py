from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.school_ejournal.tools.alphabet import sort_key
from odoo.addons.school_ejournal.tools.dates import short_date
from odoo.addons.school_ejournal.tools.passage import has_passage, with_passage
from odoo.addons.school_ejournal.tools.term import monday_of

# Nobody is to be recognised by a figure: smaller classes are shown together.
SMALLEST_CLASS = 5
# Made by the machine or by the buttons.
_MADE = frozenset(
    {"figures", "state", "notice_id", "published_at", "published_by_id", "date_start"}
)


class EjournalWeeklyAnalysis(models.Model):
    """The week's work with the journal, for the notice board.

    The deputy director analyses it every week and puts the result on the notice board
    (Regulation 4.2 Б). The figures are prepared when the last lesson of the week is
    locked, and stay as they were; the deputy adds the conclusions. The board gets school
    totals and lines of classes: no names, no ranks, small classes together.
    """

    _name = "ejournal.weekly.analysis"
    _description = "Weekly Analysis"
    _inherit = ["ejournal.recorded.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, id desc"
    _rec_name = "date_start"
    _check_company_auto = True

    _recorded_fields = ("state",)
    _recorded_at_edges = ()

    company_id = fields.Many2one(
        "res.company",
        string="School",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    date_start = fields.Date(string="Week from", required=True, readonly=True)
    date_end = fields.Date(
        string="Until", compute="_compute_date_end", store=True, precompute=True
    )
    figures = fields.Json(readonly=True, copy=False)
    tables = fields.Html(compute="_compute_tables", sanitize=False)
    conclusion = fields.Text(
        string="Conclusions", help="They stand on the notice board beside the figures."
    )
    state = fields.Selection(
        [("draft", "In preparation"), ("published", "On the notice board")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    notice_id = fields.Many2one(
        "ejournal.notice", readonly=True, copy=False, check_company=True
    )
    published_at = fields.Datetime(readonly=True, copy=False)
    published_by_id = fields.Many2one(
        "res.users",
        string="Published by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )

    _week_uniq = models.Constraint(
        "UNIQUE(company_id, date_start)", "This week is analysed already."
    )

    @api.depends("date_start")
    def _compute_date_end(self):
        for analysis in self:
            start = analysis.date_start
            analysis.date_end = start and start + timedelta(days=6)

    @api.depends("date_start", "date_end")
    def _compute_display_name(self):
        for analysis in self:
            analysis.display_name = analysis._week()

    def _week(self):
        self.ensure_one()
        if not self.date_start:
            return ""
        return f"{short_date(self.date_start)} – {short_date(self.date_end)}"

    @api.depends("figures")
    @api.depends_context("lang")
    def _compute_tables(self):
        for analysis in self:
            analysis.tables = self.env["ir.qweb"]._render(
                "school_ejournal_reports.weekly_analysis_tables",
                {"figures": analysis.figures or {}, "teachers": analysis._teachers()},
            )

    def _teachers(self):
        """Lines of teachers by name, for the deputy and the director only."""
        lines = (self.figures or {}).get("teachers", [])
        return sorted(lines, key=lambda line: sort_key(line["name"] or "Я"))

    # ---- doors -----------------------------------------------------------------------

    def _judge_create(self, vals_list):
        if not has_passage(self.env):
            raise self._made_refusal()

    def _judge_before(self, names):
        if has_passage(self.env):
            return
        if names is None or names & _MADE:
            raise self._made_refusal()
        if any(analysis.state == "published" for analysis in self):
            raise UserError(
                self.env._(
                    "The analysis is on the notice board and stays as it is. Put a "
                    "notice beside it if something is to be added."
                )
            )

    def _made_refusal(self):
        return AccessError(
            self.env._(
                "An analysis is prepared by the system and published by its button."
            )
        )

    # ---- preparing -------------------------------------------------------------------

    @api.model
    def _cron_prepare(self):
        """After the week's last lock: prepare the week that ended, for each school."""
        # every company is a school, and there are few
        schools = self.env["res.company"].search([])  # pylint: disable=no-search-all
        for school in schools:
            monday = monday_of(school._ejournal_today()) - timedelta(days=7)
            if self._year_of(school, monday + timedelta(days=4)):
                self._prepare(school, monday)._tell()

    @api.model
    def action_prepare_last(self):
        """The deputy prepares the week that ended, or opens it when it is there.

        :returns: the action that shows it
        """
        self._require_deputy()
        school = self.env.company
        monday = monday_of(school._ejournal_today()) - timedelta(days=7)
        analysis = self._prepare(school, monday) or self.search(
            [("company_id", "=", school.id), ("date_start", "=", monday)]
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": analysis.id,
            "view_mode": "form",
        }

    @api.model
    def _prepare(self, school, monday):
        """Make the analysis of a week that is over; nothing when there is one."""
        known = [("company_id", "=", school.id), ("date_start", "=", monday)]
        if self.sudo().search_count(known, limit=1):
            return self.browse()
        # sudo: made by the system; the figures are of the whole school
        analysis = with_passage(self.sudo().with_company(school), "duty").create(
            {"company_id": school.id, "date_start": monday}
        )
        analysis.figures = analysis._reckon()
        return self.browse(analysis.id)

    def _reckon(self):
        """All figures of the week and of the one before, as plain JSON."""
        self.ensure_one()
        before = self.date_start - timedelta(days=7), self.date_end - timedelta(days=7)
        filling = self.env["ejournal.filling"]
        now = self.date_start, self.date_end
        return {
            "school": filling._of_school(self.company_id, *now),
            "school_before": filling._of_school(self.company_id, *before),
            "classes": self._class_lines(),
            "teachers": self._teacher_lines(),
            **self._control_figures(),
            "seal": self._seal_head(),
        }

    def _class_lines(self):
        """Lines of classes; those with few pupils together as one without a name."""
        found = self.env["ejournal.filling"]._by_class(
            self.company_id, self.date_start, self.date_end
        )
        classes = self.env["ejournal.class"].browse(found).sorted("sort_key")
        sizes = self._sizes(classes)
        lines, together = [], None
        for class_ in classes:
            line = found[class_.id]
            if sizes.get(class_.id, 0) >= SMALLEST_CLASS:
                lines.append({"name": class_.name, **line})
            elif together is None:
                together = dict(line)
            else:
                together = {name: together[name] + line[name] for name in line}
        if together:
            lines.append({"name": "", **together})
        return lines

    def _sizes(self, classes):
        groups = self.env["ejournal.enrollment"]._read_group(
            [
                ("class_id", "in", classes.ids),
                ("date_start", "<=", self.date_end),
                ("date_until", ">=", self.date_start),
            ],
            ["class_id"],
            ["__count"],
        )
        return {class_.id: count for class_, count in groups}

    def _teacher_lines(self):
        found = self.env["ejournal.filling"]._by_teacher(
            self.company_id, self.date_start, self.date_end
        )
        users = self.env["res.users"].browse(user_id for user_id in found if user_id)
        names = {user.id: user.name for user in users}
        return [
            {"user_id": user_id, "name": names.get(user_id, ""), **line}
            for user_id, line in found.items()
        ]

    def _control_figures(self):
        """Plan lag, class days, absences without a reason, remarks: numbers only."""
        school = self.company_id
        year = self._year_of(school, self.date_end - timedelta(days=2))
        lags = self.env["ejournal.check"]._lags(school, self.date_end)
        least = school._ejournal_settings().check_plan_lag
        sums = year.class_ids._attendance_sums(self.date_start, self.date_end)
        remarks = self.env["ejournal.remark"].search(
            [("company_id", "=", school.id), ("cleared_at", "=", False)]
        )
        return {
            "lagging": sum(lag > least for _journal, lag in lags),
            "class_days": self.env["ejournal.class.day"].search_count(
                [
                    ("company_id", "=", school.id),
                    ("date", ">=", self.date_start),
                    ("date", "<=", self.date_end),
                    ("confirmed_at", "!=", False),
                ]
            ),
            "absences": sum(s.missed for own in sums.values() for s in own.values()),
            "unknown": sum(s.unknown for own in sums.values() for s in own.values()),
            "remarks_open": len(remarks),
            "remarks_overdue": len(remarks.filtered(lambda r: r.state == "overdue")),
        }

    def _seal_head(self):
        seal = self.env["ejournal.seal"].search(
            [("company_id", "=", self.company_id.id)], limit=1
        )
        return seal.digest or ""

    def _tell(self):
        """Put it on the desks of the deputies."""
        group = self.env.ref("school_ejournal.group_deputy")
        for analysis in self:
            deputies = group.all_user_ids.filtered(
                lambda user, own=analysis: own.company_id in user.company_ids
            )
            for user in deputies:
                analysis.activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=user.id,
                    summary=self.env._("The week's analysis is prepared"),
                )

    @api.model
    def _year_of(self, school, date):
        """The academic year of a day; none in summer."""
        return self.env["ejournal.year"].search(
            [
                ("company_id", "=", school.id),
                ("date_start", "<=", date),
                ("date_end", ">=", date),
            ],
            limit=1,
        )

    # ---- publishing --------------------------------------------------------------------

    def action_publish(self):
        """Put the result on the notice board, for the staff."""
        self._require_deputy()
        for analysis in self:
            # two at once: the second waits and sees that it is there
            analysis.lock_for_update()
            analysis.invalidate_recordset(["state"])
            if analysis.state == "published":
                raise UserError(self.env._("It is on the notice board already."))
            notice = self.env["ejournal.notice"].create(
                {
                    "company_id": analysis.company_id.id,
                    "title": self.env._(
                        "Work with the journal, %(week)s", week=analysis._week()
                    ),
                    "body": analysis._board_body(),
                    "audience": "staff",
                }
            )
            # sudo: the step was judged above; its fields nobody writes by hand
            with_passage(analysis.sudo(), "duty").write(
                {
                    "state": "published",
                    "notice_id": notice.id,
                    "published_at": analysis.company_id._ejournal_now(),
                    "published_by_id": self.env.uid,
                }
            )
            analysis.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def _board_body(self):
        """Totals and lines of classes, no names of people."""
        self.ensure_one()
        return self.env["ir.qweb"]._render(
            "school_ejournal_reports.weekly_analysis_board",
            {"figures": self.figures or {}, "conclusion": self.conclusion},
        )

    def _require_deputy(self):
        self.check_access("read")
        if not self.env.user.has_group("school_ejournal.group_deputy"):
            raise AccessError(
                self.env._("The week is analysed by the deputy director.")
            )
