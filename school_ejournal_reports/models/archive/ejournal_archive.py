import hashlib
import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.school_ejournal.tools import append_only, printing
from odoo.addons.school_ejournal.tools.dates import short_date
from odoo.addons.school_ejournal.tools.passage import has_passage, with_passage

from ...tools import snapshot

DEPUTY = "school_ejournal.group_deputy"
DIRECTOR = "school_ejournal.group_director"
_TYPED = frozenset({"year_id", "kind", "sequence"})
_TYPED_LATER = frozenset({"receiver", "receiver_position", "order_ref"})
_CHATTER = ("message_", "activity_", "website_message")


class EjournalArchive(models.Model):
    """The act that ends a period: print, compare, sign, archive.

    Draft → printed → compared → signed → archived; until archived there is a way back,
    with a reason. What a step makes is in ``ejournal.archive.book`` and below it. Each
    step is a method of its own and asks who calls it; nobody types the state.
    """

    _name = "ejournal.archive"
    _description = "Archive of a Period"
    _inherit = ["ejournal.rights.mixin", "mail.thread"]
    _order = "year_id desc, kind, sequence desc, id desc"
    _check_company_auto = True
    _allow_sudo_commands = False

    year_id = fields.Many2one(
        "ejournal.year",
        string="Academic year",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self.env["ejournal.year"].search(
            [("company_id", "=", self.env.company.id), ("state", "!=", "draft")],
            limit=1,
        ),
    )
    company_id = fields.Many2one(
        related="year_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    kind = fields.Selection(
        [("quarter", "Quarter"), ("half", "Half-year")],
        required=True,
        default="quarter",
    )
    sequence = fields.Integer(string="Number", required=True, default=1)
    period_ids = fields.Many2many(
        "ejournal.period", string="Periods", compute="_compute_period_ids"
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("printed", "Printed"),
            ("compared", "Compared"),
            ("signed", "Signed"),
            ("archived", "Archived"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    book_ids = fields.One2many(
        "ejournal.archive.book",
        "archive_id",
        string="Books",
        readonly=True,
        domain=[("replaced", "=", False)],
    )
    signature_ids = fields.One2many(
        "ejournal.archive.signature", "archive_id", string="Signatures", readonly=True
    )
    amendment_ids = fields.One2many(
        "ejournal.archive.amendment", "archive_id", string="Amendments", readonly=True
    )
    on_paper = fields.Boolean(readonly=True, copy=False)
    missing = fields.Text(compute="_compute_missing")
    progress = fields.Char(compute="_compute_progress")
    printed_at = fields.Datetime(readonly=True, copy=False)
    printed_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    compared_at = fields.Datetime(readonly=True, copy=False)
    compared_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    differences = fields.Text(readonly=True, copy=False)
    manifest = fields.Text(
        readonly=True,
        copy=False,
        help="The digests of all books and of the period before: what is signed.",
    )
    digest = fields.Char(readonly=True, copy=False, index=True)
    previous_digest = fields.Char(readonly=True, copy=False)
    signature_file = fields.Binary(
        string="Signature made outside",
        attachment=False,
        readonly=True,
        copy=False,
    )
    signature_file_name = fields.Char(readonly=True, copy=False)
    receiver = fields.Char(string="Handed over to", copy=False)
    receiver_position = fields.Char(string="Position", copy=False)
    archived_at = fields.Datetime(readonly=True, copy=False)
    archived_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    keep_until = fields.Date(readonly=True, copy=False)
    keep_summary_until = fields.Date(readonly=True, copy=False)

    _period_uniq = models.Constraint(
        "UNIQUE(company_id, year_id, kind, sequence)",
        "This period of the year already has its archive. Open that one.",
    )

    @api.private
    def init(self):
        """PostgreSQL holds an archived row fast as well."""
        still_open = "OLD.state <> 'archived'"
        append_only.guard(self.env.cr, self._table, still_open, still_open)

    # ---- computes --------------------------------------------------------------------

    @api.depends("kind", "sequence", "year_id.name")
    def _compute_display_name(self):
        for archive in self:
            kinds = dict(archive._fields["kind"]._description_selection(self.env))
            archive.display_name = (
                f"{kinds.get(archive.kind)} {archive.sequence} · {archive.year_id.name}"
            )

    @api.depends("year_id", "kind", "sequence")
    def _compute_period_ids(self):
        for archive in self:
            archive.period_ids = self.env["ejournal.period"].search(
                [
                    ("year_id", "=", archive.year_id.id),
                    ("kind", "=", archive.kind),
                    ("sequence", "=", archive.sequence),
                ]
            )

    @api.depends("period_ids", "state")
    def _compute_missing(self):
        for archive in self:
            barring, telling = archive._missing()
            archive.missing = "\n".join(barring + telling) or False

    @api.depends("book_ids.state")
    def _compute_progress(self):
        for archive in self:
            # sudo: how far the printing is, for whoever may see the archive
            states = archive.sudo().book_ids.mapped("state")
            archive.progress = (
                f"{states.count('ready')} / {len(states)}" if states else ""
            )

    # ---- doors -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if set(vals) - _TYPED - _TYPED_LATER - {"company_id"} and not has_passage(
                self.env
            ):
                raise self._refusal()
        return super().create(vals_list)

    def write(self, vals):
        typed = {name for name in vals if not name.startswith(_CHATTER)}
        if not has_passage(self.env):
            if typed - _TYPED - _TYPED_LATER:
                raise self._refusal()
            if typed & _TYPED and self._begun():
                raise self._refusal()
        if typed and any(row.state == "archived" for row in self):
            raise self._refusal()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_untouched(self):
        if self._begun():
            raise self._refusal()

    def _begun(self):
        """Whether books were ever made: the period is then settled."""
        # sudo: replaced books count as well, whoever may see them
        books = self.env["ejournal.archive.book"].sudo()
        return any(row.state != "draft" for row in self) or bool(
            books.search_count([("archive_id", "in", self.ids)], limit=1)
        )

    def _refusal(self):
        return AccessError(
            self.env._(
                "The archive goes from step to step by its buttons; what is archived is "
                "never changed. A later correction is an amendment sheet, by order."
            )
        )

    def _require(self, group, sentence):
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group(group):
            raise AccessError(sentence)

    def _require_deputy(self):
        self._require(
            DEPUTY,
            self.env._("Only the deputy director leads the archive. Ask for it there."),
        )

    def _require_state(self, *states):
        """Two who press at once are run one after the other."""
        self.env.cr.execute(
            "SELECT state FROM ejournal_archive WHERE id = %s FOR UPDATE", [self.id]
        )
        self.invalidate_recordset(["state"])
        if self.state not in states:
            named = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "The archive is “%(state)s”: this step is done or not yet due. "
                    "Reload the page.",
                    state=named[self.state],
                )
            )

    def _step(self, vals):
        # sudo: the caller's right to the step was checked by the step
        with_passage(self.sudo(), "duty").write(vals)

    # ---- what is missing -------------------------------------------------------------

    def _missing(self):
        """What bars the print, and what it is only told of: two lists of sentences."""
        self.ensure_one()
        if self.state != "draft":
            return [], []
        barring, telling = [], []
        if not self.period_ids:
            barring.append(
                self.env._("The year has no such period. Check kind and number.")
            )
        for period in self.period_ids.filtered(lambda p: p.state == "open"):
            barring.append(
                self.env._(
                    "%(period)s (%(calendar)s) is still open: close it first.",
                    period=period.display_name,
                    calendar=period.calendar_id.name,
                )
            )
        classes = self._classes()
        if self.period_ids and not classes:
            barring.append(self.env._("No class has this period."))
        empty = classes.filtered(lambda class_: not class_.enrollment_ids)
        if empty:
            telling.append(
                self.env._(
                    "Without pupils: %(classes)s. Its book says so.",
                    classes=", ".join(empty.mapped("name")),
                )
            )
        unfilled = self._unfilled_count()
        if unfilled:
            telling.append(
                self.env._(
                    "%(count)s lessons of the period have no entries; their columns "
                    "stay empty.",
                    count=unfilled,
                )
            )
        return barring, telling

    def _classes(self):
        """The classes that have a period of this archive, in the order of the school."""
        return self.env["ejournal.class"].search(
            [
                ("year_id", "=", self.year_id.id),
                ("calendar_id", "in", self.period_ids.calendar_id.ids),
            ]
        )

    def _unfilled_count(self):
        # sudo: a count, for who leads the archive
        return (
            self.env["ejournal.lesson"]
            .sudo()
            .search_count(
                [("period_id", "in", self.period_ids.ids), ("state", "=", "planned")]
            )
        )

    # ---- print -----------------------------------------------------------------------

    def action_print(self):
        """Freeze and print all classes in the background. Deputy director only."""
        self._require_deputy()
        self._require_state("draft")
        barring, _telling = self._missing()
        on_paper = self.company_id._ejournal_settings().archive_on_paper
        lacking = printing.missing() if on_paper else None
        if lacking:
            error = printing.PrintError("missing", lacking)
            raise UserError(
                self.env["ir.actions.report"]._ejournal_print_sentence(error)
            )
        if barring:
            raise UserError("\n".join(barring))
        self._step({"on_paper": on_paper, "printed_by_id": self.env.uid})
        # sudo: the deputy's right to this step was checked above
        books = with_passage(self.env["ejournal.archive.book"].sudo(), "duty")
        done = self.sudo().book_ids.class_id
        books.create(
            [
                {"archive_id": self.id, "class_id": class_.id}
                for class_ in self._classes() - done
            ]
        )
        self._wake()

    def action_retry(self):
        """Print the books that failed once more. Deputy director only."""
        self._require_deputy()
        self._require_state("draft")
        failed = self.sudo().book_ids.filtered(lambda book: book.state == "failed")
        with_passage(failed, "duty").write({"state": "waiting", "error": False})
        self._wake()

    def _wake(self):
        self.env.ref("school_ejournal_reports.ir_cron_archive_draw")._trigger()

    def _after_drawing(self):
        """All books are there: the period is printed."""
        self.ensure_one()
        books = self.sudo().book_ids
        if self.state != "draft" or set(books.mapped("state")) != {"ready"}:
            return
        previous = self._before()
        manifest = snapshot.make_manifest(
            {
                "school": self.company_id.name,
                "year": self.year_id.name,
                "period": [self.kind, self.sequence],
                "previous": previous.digest or snapshot.NO_DIGEST,
                "nonce": secrets.token_hex(16),
            },
            [[book.document, book.class_name, book.digest] for book in books],
        )
        raw = snapshot.canonical(manifest)
        self._step(
            {
                "state": "printed",
                "printed_at": fields.Datetime.now(),
                "manifest": raw.decode(),
                "digest": hashlib.sha256(raw).hexdigest(),
                "previous_digest": previous.digest or snapshot.NO_DIGEST,
            }
        )

    def _before(self):
        """The archive of the period before, of the same year."""
        return self.sudo().search(
            [
                ("year_id", "=", self.year_id.id),
                ("kind", "=", self.kind),
                ("sequence", "<", self.sequence),
                ("digest", "!=", False),
            ],
            order="sequence desc",
            limit=1,
        )

    # ---- back ------------------------------------------------------------------------

    def action_back(self, reason):
        """Go back to the beginning; what was made stays, as replaced.

        :param reason: why; goes on record
        """
        self._require_deputy()
        self._require_state("draft", "printed", "compared", "signed")
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                self.env._("Say why the archive goes back; the reason is recorded.")
            )
        books = self.sudo().book_ids
        with_passage(books, "duty").write({"replaced": True})
        with_passage(self.sudo().signature_ids, "duty").write({"replaced": True})
        self.sudo().message_post(
            body=self.env._("Went back: %(reason)s", reason=reason),
            author_id=self.env.user.partner_id.id,
        )
        self._step(
            {
                "state": "draft",
                "printed_at": False,
                "printed_by_id": False,
                "compared_at": False,
                "compared_by_id": False,
                "differences": False,
                "manifest": False,
                "digest": False,
                "previous_digest": False,
                "signature_file": False,
                "signature_file_name": False,
            }
        )

    # ---- archive ---------------------------------------------------------------------

    def action_archive(self):
        """Hand over: from now on nothing of the period changes. Deputy director only."""
        self._require_deputy()
        self._require_state("signed")
        if not (self.receiver or "").strip():
            raise UserError(self.env._("Name who receives the books first."))
        found = self.verify()
        if not found["ok"]:
            raise UserError(found["problem"]["text"])
        settings = self.company_id._ejournal_settings()
        today = self.company_id._ejournal_today()
        # sudo: archiving the period belongs to this step
        self.period_ids.sudo()._archive()
        self._step(
            {
                "archived_at": fields.Datetime.now(),
                "archived_by_id": self.env.uid,
                "keep_until": _years_later(today, settings.archive_years),
                "keep_summary_until": _years_later(
                    today, settings.archive_summary_years
                ),
                "state": "archived",
            }
        )

    def _title(self):
        """Period and dates in words for prints."""
        periods = self.period_ids
        if not periods:
            return self.display_name
        first, last = min(periods.mapped("date_start")), max(periods.mapped("date_end"))
        return f"{self.display_name} ({short_date(first)}–{short_date(last)})"


def _years_later(date, years):
    return date.replace(year=date.year + years, day=min(date.day, 28))
