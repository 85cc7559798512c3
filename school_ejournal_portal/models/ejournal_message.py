from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.school_ejournal.tools.dates import short_date

from ..tools.news import counted

# No run sends more, no parent gets more a day, whatever teachers enter.
MAX_A_RUN, MAX_A_DAY = 200, 4
_DIGEST_WEEKDAY, _DIGEST_HOUR = 4, 17  # Friday afternoon
_WAIT = timedelta(minutes=60)


class EjournalMessage(models.Model):
    """What a parent is told by e-mail: an outbox, never a message per write.

    A row a parent, child, day and kind; made once, sent once. The text is made when it is
    sent, in the parent's language, and kept nowhere. Who has no e-mail address gets the
    paper strip.
    """

    _name = "ejournal.message"
    _description = "Message to a Parent"
    _inherit = ["ejournal.rights.mixin"]
    _order = "id desc"
    _rec_name = "parent_id"
    _check_company_auto = True

    parent_id = fields.Many2one(
        "ejournal.parent",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="parent_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    pupil_id = fields.Many2one(
        "ejournal.pupil",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    kind = fields.Selection(
        [
            ("absence", "Absent today"),
            ("retraction", "Was not absent"),
            ("digest", "The week"),
        ],
        required=True,
    )
    date = fields.Date(required=True)
    state = fields.Selection(
        [
            ("queued", "Queued"),
            ("sent", "Sent"),
            ("failed", "Failed"),
            ("dropped", "Not needed any more"),
        ],
        required=True,
        default="queued",
        index=True,
    )
    sent_at = fields.Datetime()
    error = fields.Char()
    mail_id = fields.Many2one(
        "mail.mail", ondelete="set null", groups="base.group_no_one"
    )

    _once = models.Constraint(
        "UNIQUE(parent_id, pupil_id, kind, date)", "The parent is told this already."
    )

    # ---- the clockwork -----------------------------------------------------------------

    @api.model
    def _cron_inform(self):
        """Every quarter of an hour: what is to be told, then send what may go now."""
        # every company is a school, and there are few
        schools = self.env["res.company"].search([])  # pylint: disable=no-search-all
        for company in schools:
            self._queue_absences(company)
            self._queue_retractions(company)
            self._queue_digests(company)
        self._note_failures()
        self._send_queued()

    @api.model
    def _queue(self, rows, kind, date):
        """Rows for ``(parent, pupil)`` pairs that have none yet."""
        known = {
            (row.parent_id.id, row.pupil_id.id)
            for row in self.search([("kind", "=", kind), ("date", "=", date)])
        }
        self.create(
            [
                {
                    "parent_id": parent.id,
                    "pupil_id": pupil.id,
                    "kind": kind,
                    "date": date,
                }
                for parent, pupil in rows
                if (parent.id, pupil.id) not in known
            ]
        )

    @api.model
    def _readers(self, pupils, choice):
        """``[(parent, pupil)]`` to be told: access, an address, and the own choice."""
        rows = pupils.guardian_ids.filtered(
            lambda row: (
                row.access_granted
                and not row.date_end
                and row.parent_id.email
                and row.parent_id.user_id.active
                and row.parent_id[choice]
            )
        )
        return [(row.parent_id, row.pupil_id) for row in rows]

    @api.model
    def _absent_pupils(self, company, before=None):
        """Pupils with a fact of absence today, away for the school not counted.

        :param before: only facts that have stood since this moment
        """
        today = company._ejournal_today()
        domain = [
            ("company_id", "=", company.id),
            ("date", "=", today),
            ("kind", "=", "absent"),
        ]
        if before:
            domain.append(("write_date", "<=", before))
        facts = self.env["ejournal.attendance"].search(domain)
        kinds = {
            (fact.lesson_id, fact.pupil_id)
            for fact in self.env["ejournal.attendance"]._with_excuses(domain)
            if fact.kind == "absent"
        }
        return facts.filtered(
            lambda fact: (fact.lesson_id.id, fact.pupil_id.id) in kinds
        ).pupil_id

    @api.model
    def _queue_absences(self, company):
        """Told the same day: once the class teacher has looked, else after an hour.

        Known absences are no news: whoever asked for one knows of it.
        """
        today, now = company._ejournal_today(), fields.Datetime.now()
        absent = self._absent_pupils(company, now - _WAIT)
        looked = self.env["ejournal.class.day"].search(
            [("company_id", "=", company.id), ("date", "=", today)]
        )
        if looked:
            in_class = looked.class_id.enrollment_ids.filtered(
                lambda row: not row.is_over
            ).pupil_id
            absent |= self._absent_pupils(company) & in_class
        known = self.env["ejournal.absence"].search(
            [
                ("pupil_id", "in", absent.ids),
                ("date_start", "<=", today),
                ("date_end", ">=", today),
                ("state", "in", ("requested", "confirmed")),
                ("reason", "!=", "unknown"),
            ]
        )
        absent -= known.pupil_id
        self._queue(self._readers(absent, "inform_absence"), "absence", today)

    @api.model
    def _queue_retractions(self, company):
        """What was told and was wrong is taken back, once; what waits is dropped."""
        today = company._ejournal_today()
        told = self.search(
            [
                ("company_id", "=", company.id),
                ("kind", "=", "absence"),
                ("date", "=", today),
                ("state", "in", ("queued", "sent")),
            ]
        )
        if not told:
            return
        absent = self._absent_pupils(company)
        wrong = told.filtered(lambda row: row.pupil_id not in absent)
        wrong.filtered(lambda row: row.state == "queued").state = "dropped"
        sent = wrong.filtered(lambda row: row.state == "sent")
        self._queue(
            [(row.parent_id, row.pupil_id) for row in sent], "retraction", today
        )

    @api.model
    def _queue_digests(self, company):
        """The week in one letter, on Friday afternoon by the school's clock."""
        local = company._ejournal_local(fields.Datetime.now())
        if local.weekday() != _DIGEST_WEEKDAY or local.hour < _DIGEST_HOUR:
            return
        pupils = self.env["ejournal.pupil"].search(
            [
                ("company_id", "=", company.id),
                ("enrollment_ids", "any", [("is_over", "=", False)]),
                (
                    "guardian_ids",
                    "any",
                    [
                        ("access_granted", "=", True),
                        ("date_end", "=", False),
                        ("parent_id.inform_digest", "=", True),
                        ("parent_id.email", "!=", False),
                    ],
                ),
            ]
        )
        self._queue(self._readers(pupils, "inform_digest"), "digest", local.date())

    # ---- sending -----------------------------------------------------------------------

    @api.model
    def _send_queued(self):
        """What may go now: not in a parent's quiet hours, never more than the limits."""
        queued = self.search([("state", "=", "queued")], order="id", limit=2000)
        sent_today = {}
        left = MAX_A_RUN
        for message in queued:
            parent = message.parent_id
            today = message.company_id._ejournal_today()
            if message.kind != "digest" and message.date < today:
                message.state = "dropped"
                continue
            if parent not in sent_today:
                sent_today[parent] = self.search_count(
                    [
                        ("parent_id", "=", parent.id),
                        (
                            "sent_at",
                            ">=",
                            message.company_id._ejournal_day_bounds(today)[0],
                        ),
                    ]
                )
            if not left or parent._is_quiet() or sent_today[parent] >= MAX_A_DAY:
                continue
            message._send()
            sent_today[parent] += 1
            left -= 1

    def _send(self):
        self.ensure_one()
        parent = self.parent_id
        if self.pupil_id not in parent._diary_children() or not parent.email:
            self.state = "dropped"
            return
        lang = parent.user_id.lang or "ky_KG"
        message = self.with_context(lang=lang)
        subject, text = message._text()
        mail = parent.with_context(lang=lang)._mail(subject, text)
        self.write(
            {"state": "sent", "sent_at": fields.Datetime.now(), "mail_id": mail.id}
        )

    def _text(self):
        """``(subject, text)`` in the language of the context. No reason, no other child."""
        name = self.pupil_id.first_name
        values = {
            "name": name,
            "date": short_date(self.date),
            "address": f"{self.parent_id.get_base_url()}/my/diary/{self.pupil_id.id}",
        }
        if self.kind == "absence":
            return (
                self.env._("E-diary: %(name)s was absent", **values),
                self.env._(
                    "%(name)s was absent from lessons on %(date)s. If you know why, send an "
                    "excuse in the diary: %(address)s",
                    **values,
                ),
            )
        if self.kind == "retraction":
            return (
                self.env._("E-diary: %(name)s was not absent", **values),
                self.env._(
                    "The entry that %(name)s was absent on %(date)s was a mistake and is "
                    "corrected. We are sorry. %(address)s",
                    **values,
                ),
            )
        return (
            self.env._("E-diary: the week of %(name)s", **values),
            self._digest_text(values),
        )

    def _digest_text(self, values):
        """Marks by subject, absences; read as the parent may read it."""
        monday = self.date - timedelta(days=self.date.weekday())
        as_parent = self.pupil_id.with_user(self.parent_id.user_id).with_context(
            lang=self.env.context.get("lang")
        )
        week = counted(as_parent.load_diary(monday, self.date))
        lines = [
            f"{subject}: {', '.join(marks)}" for subject, marks in week["marks"].items()
        ]
        lines.append(
            self.env._(
                "Lessons missed: %(missed)s, late: %(late)s",
                missed=week["absent"],
                late=week["late"],
            )
        )
        head = self.env._("The week of %(name)s:", **values)
        return "\n".join([head, *lines, "", values["address"]])

    @api.model
    def _note_failures(self):
        """A letter that the post did not take is seen by the class teacher."""
        for message in self.search([("state", "=", "sent"), ("mail_id", "!=", False)]):
            # sudo: the queue's own account of the letter
            mail = message.sudo().mail_id
            if mail.state == "exception":
                message.write(
                    {"state": "failed", "error": (mail.failure_reason or "")[:200]}
                )
