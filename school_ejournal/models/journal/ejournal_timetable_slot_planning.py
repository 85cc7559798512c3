from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError

from ...tools.passage import with_passage

# Who changes many rows asks for one planning at the end. An object: no request sends it.
_LATER_KEY = "ejournal_plan_later"
_LATER = object()
# What a lesson of the row depends on.
_GIVEN_BY = frozenset({"weekday", "number", "week", "teacher_id"})
_PLANNED_BY = _GIVEN_BY | {"date_start", "date_end"}


class EjournalTimetableSlot(models.Model):
    """The lessons follow their timetable, from today on.

    A row by which lessons were given keeps saying so: a change of it from a day on makes
    a row of its own for the days before.
    """

    _inherit = "ejournal.timetable.slot"

    # ---- many rows at once -------------------------------------------------------------

    def _planned_later(self):
        """These rows, to be changed without planning after each change.

        The caller ends with ``ejournal.lesson._follow_timetable(journals)``, once: an
        import of 748 rows plans once.
        """
        return self.with_context(**{_LATER_KEY: _LATER})

    def _follow(self, journals):
        if self.env.context.get(_LATER_KEY) is not _LATER:
            self.env["ejournal.lesson"]._follow_timetable(journals)

    # ---- doors -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        slots = super().create([_with_weekday(vals) for vals in vals_list])
        slots._refuse_oneself()
        slots._follow(slots.journal_id)
        return slots

    def write(self, vals):
        vals = _with_weekday(vals)
        self.check_access("write")
        if "journal_id" in vals:
            self._refuse_other_journal(vals["journal_id"])
        if not _PLANNED_BY & vals.keys():
            return super().write(vals)
        former_teachers = self._former_teachers() if "teacher_id" in vals else None
        self._keep_what_was(vals)
        result = super().write(vals)
        self._refuse_oneself()
        if former_teachers is not None:
            self._planned_lessons()._take_planned_teachers(former_teachers)
        self._follow(self.journal_id)
        return result

    def unlink(self):
        journals = self.journal_id
        result = super().unlink()
        self._follow(journals)
        return result

    def _refuse_oneself(self):
        own = self.filtered(lambda slot: slot.teacher_id == self.env.user)
        own.journal_id._refuse_oneself(self.env.user)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_taught(self):
        taught = self._taught_before({slot.id: slot._today() for slot in self})
        if taught:
            raise UserError(
                self.env._(
                    "There have been lessons by “%(slot)s” of the timetable. Set its "
                    "last day instead of deleting it.",
                    slot=taught[0].display_name,
                )
            )

    def _refuse_other_journal(self, journal_id):
        for slot in self.filtered(lambda slot: slot.journal_id.id != journal_id):
            if slot._taught_before({slot.id: None}):
                raise UserError(
                    self.env._(
                        "“%(slot)s” has lessons in its journal. End this row of the "
                        "timetable and add one for the other journal.",
                        slot=slot.display_name,
                    )
                )

    # ---- what was stays ----------------------------------------------------------------

    def _today(self):
        self.ensure_one()
        return self.company_id._ejournal_today()

    def _taught_before(self, days):
        """The rows that have lessons before a day.

        :param days: ``{row id: date}``; without a date any lesson counts
        """
        # sudo: the rows that the caller may change have lessons of other teachers
        lessons = self.env["ejournal.lesson"].sudo()
        first_days = {
            slot.id: first
            for slot, first in lessons._read_group(
                [("slot_id", "in", self.ids)], ["slot_id"], ["slot_date:min"]
            )
        }
        return self.filtered(
            lambda slot: (
                (first := first_days.get(slot.id))
                and (days[slot.id] is None or first < days[slot.id])
            )
        )

    def _keep_what_was(self, vals):
        """Leave the days before the change to a row of their own.

        The row that is edited goes on as the present one. A row that no lesson was given
        by yet is simply corrected.
        """
        if not _GIVEN_BY & vals.keys():
            return
        changing = self.filtered(lambda slot: slot._would_differ(vals))
        since = {
            slot.id: slot._fields["date_start"].to_date(vals.get("date_start"))
            or slot._today()
            for slot in changing
        }
        for slot in changing._taught_before(since):
            if slot.date_start < since[slot.id] <= (slot.date_end or since[slot.id]):
                slot._split(since[slot.id])

    def _would_differ(self, vals):
        self.ensure_one()
        now = self.read(list(_GIVEN_BY), load=False)[0]
        return any(vals[name] != now[name] for name in _GIVEN_BY & vals.keys())

    def _split(self, date):
        """Make a row of its own of the days before ``date``; past lessons go with it."""
        self.ensure_one()
        former = self.copy_data()[0]
        former["date_end"] = date - timedelta(days=1)
        self._planned_later().write({"date_start": date})
        row = self._planned_later().create([former])
        lessons = self.env["ejournal.lesson"].sudo()
        with_passage(
            lessons.search([("slot_id", "=", self.id), ("slot_date", "<", date)]),
            "system",
        ).write({"slot_id": row.id})

    # ---- teachers --------------------------------------------------------------------

    def _former_teachers(self):
        """Who may stand in the lessons because the plan put him there."""
        return self.teacher_id | self.journal_id._main_teachers()

    def _planned_lessons(self):
        """The lessons of these rows, those of today and later ones."""
        # sudo: see _taught_before
        return self.env["ejournal.lesson"].sudo().search([("slot_id", "in", self.ids)])

    def _planned_teachers(self):
        """Who gives the lessons of these rows.

        :returns: function of a row's id and a date: id of the row's own teacher, else of
            the journal's main teacher on that date, else ``False``
        """
        own = {slot.id: slot.teacher_id.id for slot in self}
        journals = {slot.id: slot.journal_id.id for slot in self}
        main_on = self.env["ejournal.assignment"]._main_teachers_of(self.journal_id)

        def teacher(slot_id, date):
            return own[slot_id] or main_on(journals[slot_id], date)

        return teacher


def _with_weekday(vals):
    """The form speaks of ``day``; a row is judged by its weekday from the start."""
    if not vals.get("day"):
        return vals
    return {**vals, "weekday": int(vals["day"])}
