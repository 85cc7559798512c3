from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.own_html import without_strangers


class EjournalNotice(models.Model):
    """A post on the notice board, for staff, for parents, or for all.

    The regulation has the week's analysis published there (4.2 Б). Parents read what is
    meant for them in the e-diary.
    """

    _name = "ejournal.notice"
    _description = "Notice"
    _inherit = ["ejournal.rights.mixin"]
    _order = "pinned desc, date_start desc, id desc"
    _rec_name = "title"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        string="School",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    title = fields.Char(required=True)
    body = fields.Html(string="Text", strip_style=True)
    audience = fields.Selection(
        [("staff", "Staff"), ("parents", "Parents and pupils"), ("all", "All")],
        string="For",
        required=True,
        default="staff",
    )
    date_start = fields.Date(
        string="From",
        required=True,
        default=lambda self: self.env.company._ejournal_today(),
        help="The first day on which the notice is shown.",
    )
    date_end = fields.Date(
        string="To", help="The last day on which it is shown; empty while it stays."
    )
    pinned = fields.Boolean(help="Stands above all others.")
    # rules must not read today's date: it would be the caller's
    is_shown = fields.Boolean(
        string="Shown now", compute="_compute_is_shown", store=True, index=True
    )
    read_ids = fields.One2many(
        "ejournal.notice.read",
        "notice_id",
        string="Read by",
        groups="school_ejournal.group_deputy,school_ejournal.group_director",
    )
    read_count = fields.Integer(
        string="Read",
        compute="_compute_read_count",
        groups="school_ejournal.group_teacher,school_ejournal.group_admin",
    )
    reader_count = fields.Integer(
        string="Readers",
        compute="_compute_reader_count",
        help="How many people with an account the notice is meant for.",
        groups="school_ejournal.group_teacher,school_ejournal.group_admin",
    )
    is_read = fields.Boolean(
        string="I have read it", compute="_compute_is_read", search="_search_is_read"
    )

    _dates_order = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date_start)",
        "The notice ends before it begins. Correct one of the two dates.",
    )

    # ---- computes --------------------------------------------------------------------

    @api.depends("date_start", "date_end", "company_id")
    def _compute_is_shown(self):
        for notice in self:
            notice.is_shown = notice._is_shown_on(notice.company_id._ejournal_today())

    @api.depends("read_ids")
    def _compute_read_count(self):
        # sudo: how many have read it is no secret among staff, who they are is
        counts = dict(
            self.env["ejournal.notice.read"]
            .sudo()
            ._read_group([("notice_id", "in", self.ids)], ["notice_id"], ["__count"])
        )
        for notice in self:
            notice.read_count = counts.get(notice, 0)

    @api.depends("audience", "company_id")
    def _compute_reader_count(self):
        readers = {}
        for notice in self:
            key = notice.company_id, notice.audience
            if key not in readers:
                readers[key] = len(self._readers(*key))
            notice.reader_count = readers[key]

    @api.depends_context("uid")
    def _compute_is_read(self):
        # sudo: the caller's own rows only
        rows = self.env["ejournal.notice.read"].sudo()
        read = rows.search(
            [("notice_id", "in", self.ids), ("user_id", "=", self.env.uid)]
        ).notice_id
        for notice in self:
            notice.is_read = notice.id in read.ids

    @api.model
    def _search_is_read(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: the caller's own rows only
        rows = self.env["ejournal.notice.read"].sudo()
        own = rows._search([("user_id", "=", self.env.uid)])
        read = Domain("id", "in", own.subselect("notice_id"))
        return Domain.OR([read if is_read else ~read for is_read in value])

    # ---- doors -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._tidy_body(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._tidy_body(vals))

    @api.model
    def _tidy_body(self, vals):
        if not vals.get("body"):
            return vals
        clean = self._fields["body"].convert_to_column(vals["body"], self)
        return {**vals, "body": without_strangers(clean)}

    # ---- reading ---------------------------------------------------------------------

    def mark_read(self):
        """The caller has read these notices; a second time changes nothing."""
        self.check_access("read")
        self.env["ejournal.notice.read"]._note(self)
        return True

    def _is_shown_on(self, day):
        self.ensure_one()
        return bool(
            self.date_start
            and self.date_start <= day
            and (not self.date_end or day <= self.date_end)
        )

    @api.model
    def _readers(self, company, audience):
        """Users of a school whom an audience means."""
        users = self.env["res.users"].sudo().browse()
        if audience in ("staff", "all"):
            groups = self.env.ref("school_ejournal.group_teacher")
            groups |= self.env.ref("school_ejournal.group_admin")
            users |= users.search(
                [
                    ("all_group_ids", "in", groups.ids),
                    ("company_ids", "in", company.ids),
                    ("share", "=", False),
                ]
            )
        if audience in ("parents", "all"):
            # sudo: counted only
            guardians = self.env["ejournal.guardian"].sudo()
            users |= guardians.search(
                [
                    ("company_id", "=", company.id),
                    ("access_granted", "=", True),
                    ("date_end", "=", False),
                ]
            ).parent_id.user_id
            pupils = self.env["ejournal.pupil"].sudo()
            users |= pupils.search(
                [("company_id", "=", company.id), ("user_id", "!=", False)]
            ).user_id
        return users.filtered("active")

    @api.model
    def _refresh_shown(self, company):
        """Nightly: a new day shows some notices and ends others."""
        notices = self.search([("company_id", "=", company.id)])
        self.env.add_to_compute(self._fields["is_shown"], notices)
        self.flush_model(["is_shown"])


class ResCompany(models.Model):
    _inherit = "res.company"

    def _ejournal_plan_night(self):
        """Notices come and go by the school's day, as lessons do."""
        result = super()._ejournal_plan_night()
        self.env["ejournal.notice"]._refresh_shown(self)
        return result
