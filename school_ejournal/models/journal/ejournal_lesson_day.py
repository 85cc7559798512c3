from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# How far back lessons that were not filled are shown.
DAYS_BACK = 14


class EjournalLesson(models.Model):
    """A teacher's day: own lessons by the clock, what is missing, what was left open."""

    _inherit = "ejournal.lesson"

    @api.model
    @api.readonly
    def load_day(self, date=None):
        """The caller's lessons of a day, as entrant, and the unfilled ones before it.

        :param date: a date or ``YYYY-MM-DD``; the school's today when left out
        :returns: dict of

            - ``date``, ``today``: dates
            - ``lessons``: by start time; each has id, journal_id, journal, classes,
              number, time_start and time_end (hours, false without bells), room,
              is_substitution, state, the content fields, ``missing`` (see
              ``ejournal.settings``), ``filling`` (empty, part or full), ``pupils``,
              ``absent`` (numbers), ``window`` (see ``_entry_window``)
            - ``unfilled``: likewise, of the 14 days before
        :raises AccessError: the caller is no teacher
        """
        if not self.env.user.has_group("school_ejournal.group_teacher"):
            raise AccessError(self.env._("Only teachers have lessons of their own."))
        day = self._asked_day(date)
        own = [
            ("entrant_id", "=", self.env.uid),
            ("company_id", "=", self.env.company.id),
            ("state", "!=", "cancelled"),
        ]
        lessons = self.search([*own, ("date", "=", day)], order="number, id")
        before = self.search(
            [
                *own,
                ("date", "<", day),
                ("date", ">=", day - timedelta(days=DAYS_BACK)),
                ("filled_at", "=", False),
            ],
            order="date desc, number, id",
        )
        rows = (lessons | before)._day_rows()
        return {
            "date": day,
            "today": self.env.company._ejournal_today(),
            "lessons": sorted(
                (rows[lesson.id] for lesson in lessons),
                key=lambda row: (row["time_start"] or 24, row["number"], row["id"]),
            ),
            "unfilled": [rows[lesson.id] for lesson in before],
        }

    def _asked_day(self, date):
        if not date:
            return self.env.company._ejournal_today()
        try:
            return fields.Date.to_date(date)
        except ValueError as error:
            raise UserError(self.env._("Name the day as YYYY-MM-DD.")) from error

    def _day_rows(self):
        """``{lesson id: row of load_day}``; the queries do not grow with the lessons."""
        windows = self._entry_window()
        sizes, absent = self._list_sizes(), self._absence_counts()
        settings = self.env.company._ejournal_settings()
        rows = {}
        # sudo: names of class, subject and room belong to the teacher's own timetable
        for lesson in self.sudo():
            journal = lesson.journal_id
            missing = settings._missing(lesson)
            bell = lesson._bell()
            rows[lesson.id] = {
                "id": lesson.id,
                "journal_id": journal.id,
                "journal": journal.name,
                "subject": journal.subject_id.name,
                "classes": ", ".join(
                    journal.class_ids.sorted("sort_key").mapped("name")
                ),
                "subgroup": journal.subgroup_id.name or "",
                "date": lesson.date,
                "number": lesson.number,
                "time_start": bell.time_start if bell else False,
                "time_end": bell.time_end if bell else False,
                "room": lesson.slot_id.room or "",
                "is_substitution": bool(lesson.substitute_id),
                "state": lesson.state,
                "topic": lesson.topic or "",
                "classwork": lesson.classwork or "",
                "homework": lesson.homework or "",
                "no_homework": lesson.no_homework,
                "homework_minutes": lesson.homework_minutes,
                "attendance_confirmed": lesson.attendance_confirmed,
                "missing": missing,
                "filling": lesson._filling(missing, settings),
                "pupils": sizes[lesson.id],
                "absent": absent.get(lesson.id, 0),
                "window": windows[lesson.id],
            }
        return rows

    def _bell(self):
        """The bell of the lesson's number in the shift of its class (may be empty)."""
        self.ensure_one()
        shift = self.journal_id.class_ids.sorted("sort_key")[:1].shift_id
        return shift.bell_ids.filtered(lambda bell: bell.number == self.number)[:1]

    def _filling(self, missing, settings):
        """``full`` when nothing is missing, ``empty`` when nothing is there, else
        ``part``."""
        if not missing:
            return "full"
        blank = self.browse().new({})
        nothing = set(missing) == set(settings._missing(blank))
        return "empty" if nothing and self.state == "planned" else "part"

    def _list_sizes(self):
        """How many pupils each lesson's list has on its day."""
        if not self:
            return {}
        dates = self.mapped("date")
        spans = self.sudo().journal_id._pupil_spans(min(dates), max(dates))
        return {
            lesson.id: sum(
                span["date_start"] <= lesson.date
                and not (span["date_end"] and span["date_end"] < lesson.date)
                for span in spans[lesson.journal_id.id]
            )
            for lesson in self
        }

    def _absence_counts(self):
        groups = self.env["ejournal.attendance"]._read_group(
            [("lesson_id", "in", self.ids), ("kind", "=", "absent")],
            ["lesson_id"],
            ["__count"],
        )
        return {lesson.id: count for lesson, count in groups}
