import base64
import binascii
from urllib.parse import quote

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .import_base import CHANGED, NEW, NOTE, SAME, WRONG
from .import_plan import PlanImport
from .import_pupils import PupilImport
from .import_teachers import TeacherImport
from .import_timetable import AscTimetableImport

DEPUTY = "school_ejournal.group_deputy"
_NAMED_FAULTS = 5


class EjournalImport(models.TransientModel):
    """Takes lists and timetables into the school: first a preview, then all or nothing.

    Each kind of file has an importer of its own, see :meth:`_importers`; this model only
    leads through the steps. Everything is done in the deputy director's own name and with
    the deputy's rights; only teachers' accounts are made for them.
    """

    _name = "ejournal.import"
    _description = "Import"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        string="School",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    kind = fields.Selection(
        [
            ("pupils", "Pupils and parents (Excel)"),
            ("teachers", "Teachers (Excel)"),
            ("timetable_asc", "Timetable (aSc Timetables, XML)"),
            ("plan", "Calendar-thematic plan (Excel)"),
        ],
        string="What to import",
        required=True,
        default=lambda self: "pupils" if self.env.user.has_group(DEPUTY) else "plan",
    )
    # in the row itself, so that the vacuum of transient rows takes it away for sure
    file = fields.Binary(attachment=False)
    file_name = fields.Char()
    year_id = fields.Many2one(
        "ejournal.year",
        string="Academic year",
        ondelete="cascade",
        check_company=True,
        domain="[('company_id', '=', company_id), ('state', '!=', 'closed')]",
        default=lambda self: self.env["ejournal.year"]._current(self.env.company),
        help="Empty: the present one, made with the usual dates when there is none.",
    )
    journal_ids = fields.Many2many(
        "ejournal.journal",
        string="Journals",
        check_company=True,
        domain="[('company_id', '=', company_id), ('year_id', '=?', year_id)]",
        help="The journals that the plan is for; each gets its own.",
    )
    state = fields.Selection(
        [("draft", "File"), ("preview", "Preview"), ("done", "Done")],
        required=True,
        readonly=True,
        default="draft",
    )
    line_ids = fields.One2many("ejournal.import.line", "import_id", string="Lines")
    choice_ids = fields.One2many(
        "ejournal.import.choice", "import_id", string="Questions"
    )
    show = fields.Selection(
        [
            ("all", "All"),
            (NEW, "New"),
            (CHANGED, "Changed"),
            (WRONG, "Wrong"),
            (NOTE, "Notes"),
            (SAME, "The same"),
        ],
        string="Shown lines",
        required=True,
        default="all",
    )
    shown_line_ids = fields.Many2many(
        "ejournal.import.line", string="Preview", compute="_compute_shown_line_ids"
    )
    new_count = fields.Integer(string="New", compute="_compute_counts")
    changed_count = fields.Integer(string="Changed", compute="_compute_counts")
    same_count = fields.Integer(string="The same", compute="_compute_counts")
    error_count = fields.Integer(string="Wrong", compute="_compute_counts")
    note_count = fields.Integer(string="Notes", compute="_compute_counts")
    template = fields.Binary(compute="_compute_template")
    template_name = fields.Char(compute="_compute_template")

    # ---- kinds -------------------------------------------------------------------------

    @api.model
    def _importers(self):
        """Which importer reads which kind; extended together with ``kind``.

        :returns: ``{kind: subclass of import_base.Importer}``
        """
        return {
            "pupils": PupilImport,
            "teachers": TeacherImport,
            "timetable_asc": AscTimetableImport,
            "plan": PlanImport,
        }

    # ---- computes ----------------------------------------------------------------------

    @api.depends("line_ids.status")
    def _compute_counts(self):
        for wizard in self:
            statuses = wizard.line_ids.mapped("status")
            wizard.new_count = statuses.count(NEW)
            wizard.changed_count = statuses.count(CHANGED)
            wizard.same_count = statuses.count(SAME)
            wizard.error_count = statuses.count(WRONG)
            wizard.note_count = statuses.count(NOTE)

    @api.depends("line_ids.status", "show")
    def _compute_shown_line_ids(self):
        for wizard in self:
            wizard.shown_line_ids = wizard.line_ids.filtered(
                lambda line, show=wizard.show: show in ("all", line.status)
            )

    @api.depends("kind")
    @api.depends_context("lang")
    def _compute_template(self):
        for wizard in self:
            importer = self._importers().get(wizard.kind)
            made = importer.template(self.env) if importer else None
            name, content = made or (False, b"")
            wizard.template_name = name
            wizard.template = base64.b64encode(content) if content else False

    # ---- steps -------------------------------------------------------------------------

    def action_preview(self):
        """Show what an import would do; nothing but the preview is written.

        :returns: action that shows the wizard again
        :raises AccessError: not a deputy director
        :raises UserError: no file
        """
        self._check_allowed()
        importer = self._compare()
        self._keep(importer)
        self.write(
            {"state": "preview", "show": WRONG if importer.wrong_lines else "all"}
        )
        return self._reopen()

    def action_import(self):
        """Do what the preview shows, all of it or nothing.

        The file is compared anew, since the school may have changed meanwhile.

        :returns: action that shows the wizard with what was done
        :raises AccessError: not a deputy director
        :raises UserError: no file, or some of its lines are wrong
        """
        self._check_allowed()
        self._one_after_another()
        importer = self._compare()
        if importer.wrong_lines:
            raise UserError(self._refusal(importer.wrong_lines))
        importer.carry_out()
        self._keep(importer)
        self.write({"state": "done", "show": "all", "file": False})
        return self._reopen()

    def action_template(self):
        """An empty list to fill in, with headers in the reader's language.

        :returns: action that downloads it
        :raises UserError: this kind of file is made by another program
        """
        self._check_allowed()
        if not self.template:
            raise UserError(
                self.env._(
                    "There is no template for a timetable. In aSc Timetables choose "
                    "File › Export › aSc Timetables XML."
                )
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/template/"
            f"{quote(self.template_name)}?download=true",
            "target": "download",
        }

    def action_make_lessons(self):
        """Make the lessons of the present quarter, or of the one that comes next.

        :returns: a notification with what was made
        :raises AccessError: not a deputy director
        :raises UserError: no period of the year is still to come
        """
        self._check_allowed()
        year = self.year_id or self.year_id._current(self.company_id)
        today = self.company_id._ejournal_today()
        coming = year.calendar_ids._leaf_periods().filtered(
            lambda period: period.state == "open" and period.date_end >= today
        )
        by_calendar = coming.sorted("date_start").grouped("calendar_id").values()
        periods = coming.browse([own[0].id for own in by_calendar])
        if not periods:
            raise UserError(self.env._("There is no quarter any more in this year."))
        return periods.action_generate_lessons()

    def action_back(self):
        """Choose another file."""
        self._check_allowed()
        self.write({"state": "draft", "line_ids": [Command.clear()]})
        return self._reopen()

    @api.constrains("kind")
    def _check_kind(self):
        """Plans are the teachers' own; whose, the rules of the plans say."""
        for wizard in self:
            if wizard.kind != "plan" and not self.env.user.has_group(DEPUTY):
                raise AccessError(
                    self.env._(
                        "Only the deputy director imports lists and timetables. Hand "
                        "the file over there."
                    )
                )

    def _check_allowed(self):
        self.ensure_one()
        self._check_kind()
        self.check_access("write")

    def _compare(self):
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        try:
            content = base64.b64decode(self.file, validate=False)
        except (binascii.Error, ValueError) as error:
            raise UserError(
                self.env._("The file did not arrive whole. Choose it again.")
            ) from error
        importer = self._importers()[self.kind](self, content, self._answers())
        importer.compare()
        return importer

    def _one_after_another(self):
        """Two imports at once would each make what is missing.

        The second one finds this row changed, fails and is run again by Odoo, on what
        the first has left.
        """
        settings = self.company_id._ejournal_settings()
        self.env.cr.execute(
            SQL(
                "UPDATE ejournal_settings SET write_date = now() at time zone 'UTC' "
                "WHERE id = %s",
                settings.id,
            )
        )

    # ---- preview -----------------------------------------------------------------------

    def _answers(self):
        """What the user chose: ``{question: option}``; defaults that nobody touched are
        asked anew each time."""
        return {
            choice.key: choice.option_id.key
            for choice in self.choice_ids
            if choice.option_id and choice.option_id != choice.default_id
        }

    def _keep(self, importer):
        """Show the lines and questions of an importer; what stays the same comes last."""
        answers = importer.answers
        lines = sorted(importer.lines, key=lambda line: line.status == SAME)
        self.line_ids.unlink()
        self.choice_ids.unlink()
        self.env["ejournal.import.line"].create(
            [
                {
                    "import_id": self.id,
                    "sequence": sequence,
                    "status": line.status,
                    "subject": line.subject,
                    "text": line.text,
                    "sheet": line.sheet,
                    "number": line.number,
                }
                for sequence, line in enumerate(lines)
            ]
        )
        choices = self.env["ejournal.import.choice"].create(
            [
                {
                    "import_id": self.id,
                    "key": question.key,
                    "question": question.text,
                    "option_ids": [
                        Command.create({"key": key, "name": label})
                        for key, label in question.options
                    ],
                }
                for question in importer.questions
            ]
        )
        for choice, question in zip(choices, importer.questions, strict=True):
            options = {option.key: option for option in choice.option_ids}
            choice.default_id = options[question.default]
            choice.option_id = options.get(answers.get(choice.key), choice.default_id)

    def _refusal(self, lines):
        """Why nothing was imported, with the first faults."""
        faults = [
            " ".join(filter(None, (line.sheet, line.number and f"{line.number}:")))
            + f" {line.subject}: {line.text}"
            for line in lines[:_NAMED_FAULTS]
        ]
        return self.env._(
            "Nothing was imported: %(count)s lines are wrong. Mend them in the file and "
            "choose it again.\n%(faults)s",
            count=len(lines),
            faults="\n".join(fault.strip() for fault in faults),
        )

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
