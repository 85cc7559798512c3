from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.passage import has_passage

WAYS = [
    ("phone", "By phone"),
    ("message", "By message"),
    ("mail", "By mail"),
    ("meeting", "At a meeting"),
    ("paper", "On paper"),
]


class EjournalContact(models.Model):
    """What the class teacher told the parents, how and when (Regulation 4.2 В: informs
    parents of achievement and attendance). Rows are added, never changed."""

    _name = "ejournal.contact"
    _description = "Talk with Parents"
    _inherit = ["ejournal.recorded.mixin"]
    _order = "told_at desc, id desc"
    _rec_name = "pupil_id"
    _check_company_auto = True

    _recorded_fields = ("pupil_id", "way")

    pupil_id = fields.Many2one(
        "ejournal.pupil",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="pupil_id.company_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    way = fields.Selection(WAYS, required=True, default="phone")
    told_at = fields.Datetime(
        string="When",
        required=True,
        readonly=True,
        default=lambda self: self.env.company._ejournal_now(),
    )
    user_id = fields.Many2one(
        "res.users",
        string="Told by",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.uid,
    )
    text = fields.Char(string="What was said", help="Without diagnosis.")

    def _record_context(self):
        self.ensure_one()
        return {"pupil_id": self.pupil_id.id}

    def _judge_create(self, vals_list):
        """Told by oneself, now."""
        if has_passage(self.env):
            return
        now = self.env.company._ejournal_now()
        for vals in vals_list:
            if vals.setdefault("user_id", self.env.uid) != self.env.uid:
                raise AccessError(self.env._("Each writes down the own talks only."))
            vals["told_at"] = now

    def write(self, vals):
        if not has_passage(self.env):
            raise UserError(
                self.env._(
                    "A talk that was written down stays. Write down another one."
                )
            )
        return super().write(vals)

    def copy(self, default=None):  # pylint: disable=method-required-super
        raise UserError(self.env._("A talk is not copied: write down the new one."))


class EjournalClass(models.Model):
    """The list of nine o'clock: who is not here and nobody knows why."""

    _inherit = "ejournal.class"

    @api.readonly
    def load_missing(self, day=None):
        """Who is absent today without a known reason, with whom to call.

        Absent by a roll that was called, or marked by the class teacher; without a reason
        from parents, confirmed or asked for.

        :returns: dict of ``date`` and ``pupils``: list of ``id``, ``name``, ``lessons``
            (numbers missed by the rolls), ``parents`` (name, relation, phone) and
            ``contacts`` of the day (way, told_at, text)
        :raises AccessError: neither class teacher of the class nor deputy director
        """
        self._check_leads()
        day = fields.Date.to_date(day) or self.company_id._ejournal_today()
        lessons = self._day_lessons(day)
        missed = self._missed_without_reason(day, lessons)
        # sudo: the page's right was checked; parents of these pupils alone
        pupils = self.sudo().env["ejournal.pupil"].browse(missed)
        pupils.fetch(["name", "sort_key"])
        phones = self._phones_of(pupils)
        talks = self._talks_of(pupils, day)
        return {
            "date": day,
            "pupils": [
                {
                    "id": pupil.id,
                    "name": pupil.name,
                    "lessons": sorted(missed[pupil.id]),
                    "parents": phones.get(pupil.id, []),
                    "contacts": talks.get(pupil.id, []),
                }
                for pupil in pupils.sorted("sort_key")
            ],
        }

    def _missed_without_reason(self, day, lessons):
        """``{pupil id: [numbers of missed lessons]}``."""
        on_list = {row["pupil_id"] for row in self._spans_of(self, day, day)[self.id]}
        absences = self.env["ejournal.absence"]._page_rows(list(on_list), day, day)
        explained = {
            pupil_id
            for pupil_id, rows in absences.items()
            if any(
                row["reason"] != "unknown" or row["state"] == "requested"
                for row in rows
            )
        }
        missed = {pupil_id: [] for pupil_id in absences}
        for fact in self.env["ejournal.attendance"]._with_excuses(
            [("lesson_id", "in", lessons.ids), ("pupil_id", "in", list(on_list))]
        ):
            if fact.kind == "absent":
                missed.setdefault(fact.pupil_id, []).append(fact.number)
        return {
            pupil_id: numbers
            for pupil_id, numbers in missed.items()
            if pupil_id not in explained
        }

    def _phones_of(self, pupils):
        rows = pupils.env["ejournal.guardian"].search(
            [("pupil_id", "in", pupils.ids), ("date_end", "=", False)]
        )
        relations = dict(
            self.env["ejournal.guardian"]
            ._fields["relation"]
            ._description_selection(self.env)
        )
        return {
            pupil.id: [
                {
                    "name": row.parent_id.name,
                    "relation": relations[row.relation],
                    "phone": row.parent_id.phone or "",
                }
                for row in own
            ]
            for pupil, own in rows.grouped("pupil_id").items()
        }

    def _talks_of(self, pupils, day):
        starts_at, _closes_at = self.company_id._ejournal_day_bounds(day)
        rows = pupils.env["ejournal.contact"].search(
            [("pupil_id", "in", pupils.ids), ("told_at", ">=", starts_at)], order="id"
        )
        ways = dict(
            self.env["ejournal.contact"]._fields["way"]._description_selection(self.env)
        )
        return {
            pupil.id: [
                {"way": ways[row.way], "told_at": row.told_at, "text": row.text or ""}
                for row in own
            ]
            for pupil, own in rows.grouped("pupil_id").items()
        }

    def note_contact(self, pupil_id, way, text=None):
        """Write down that the parents of a pupil were told; returns the list anew."""
        self._check_leads()
        self.env["ejournal.contact"].create(
            {"pupil_id": pupil_id, "way": way, "text": text or False}
        )
        return self.load_missing()
