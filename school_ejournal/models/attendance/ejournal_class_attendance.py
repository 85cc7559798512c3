from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...tools.absences import SCHOOL
from ...tools.attendance import share
from ...tools.letters import short_name
from ...tools.spans import closed_span, overlap
from ...tools.stored import stored_rows
from ...tools.term import monday_of


class EjournalClass(models.Model):
    """The attendance page «Катышуу»: pupils × days of a month.

    For the class teacher and the deputy director, who may know the reasons.
    """

    _inherit = "ejournal.class"

    def _check_leads(self):
        """Refuse who neither leads the class nor is a deputy director."""
        self.ensure_one()
        self.check_access("read")
        # sudo: who leads a class is no secret
        leads = self.sudo().class_teacher_id == self.env.user
        if not leads and not self.env.user.has_group("school_ejournal.group_deputy"):
            raise AccessError(
                self.env._(
                    "This page belongs to the class teacher of %(class)s and to the "
                    "deputy director.",
                    **{"class": self.name},
                )
            )

    @api.model
    @api.readonly
    def class_choices(self):
        """The classes whose pages the caller may open, own ones first.

        :returns: list of dicts ``{id, name, mine}``
        :raises AccessError: the caller is no teacher
        """
        if not self.env.user.has_group("school_ejournal.group_teacher"):
            raise AccessError(self.env._("Only teachers lead a class."))
        domain = Domain("year_id.state", "!=", "closed")
        if not self.env.user.has_group("school_ejournal.group_deputy"):
            domain &= Domain("class_teacher_id", "=", self.env.uid)
        rows = self.search_fetch(domain, ["name", "class_teacher_id"])
        own = [
            {
                "id": row.id,
                "name": row.name,
                "mine": row.class_teacher_id.id == self.env.uid,
            }
            for row in rows
        ]
        return sorted(own, key=lambda row: not row["mine"])

    @api.readonly
    def load_attendance(self, day=None):
        """All that the attendance page shows of the month around a day, in one call.

        :param day: ``YYYY-MM-DD``; today, or the nearest day of the year, when left out
        :returns: dict of

            - ``class``: id, name, teacher, today, letters, alarms in per cent
            - ``month``: first and last day
            - ``days``: date, weekday, ``lessons`` (number, subject, called), ``state``
              (open, or closed with its period)
            - ``pupils``: see :meth:`_attendance_rows`
            - ``total``: due, missed, share of the class
        :raises AccessError: neither class teacher of the class nor deputy director
        """
        self._check_leads()
        today = self.company_id._ejournal_today()
        day = fields.Date.to_date(day) or self.year_id._clamp(today)
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        register = self._page_register(first, last)
        pupils = self._attendance_rows(first, last, register)
        due = sum(row["sums"]["due"] for row in pupils)
        missed = sum(row["sums"]["missed"] for row in pupils)
        settings = self.company_id._ejournal_settings()
        return {
            "class": {
                "id": self.id,
                "name": self.name,
                "teacher": self.sudo().class_teacher_id.name or "",
                "today": today,
                "letters": {
                    "absent": settings.letter_absent,
                    "late": settings.letter_late,
                },
            },
            "month": {"first": first, "last": last},
            "days": self._attendance_days(first, last, register),
            "pupils": pupils,
            "total": {"due": due, "missed": missed, "share": share(missed, due)},
        }

    def _page_register(self, first, last):
        """The register of a month and of the whole weeks that it touches."""
        start, end = monday_of(first), monday_of(last) + timedelta(days=6)
        return self._attendance_registers(start, end)[self.id]

    def _attendance_days(self, first, last, register):
        """The days with lessons by the calendar, and those that have lessons anyway."""
        by_date = defaultdict(list)
        for journal in register.journals:
            for lesson in journal.lessons:
                if first <= lesson.date <= last:
                    by_date[lesson.date].append(
                        {
                            "number": lesson.number,
                            "subject": journal.subject,
                            "called": lesson.called,
                        }
                    )
        # sudo: the term calendar is no secret
        calendar = self.sudo().calendar_id
        term = calendar._term()
        dates = {date for date, _weekday in term.school_days(first, last)} | set(
            by_date
        )
        periods = {period.id: period for period in calendar.period_ids}
        result = []
        for date in sorted(dates):
            period = periods.get(term.period_at(date))
            is_open = not period or period.state == "open"
            result.append(
                {
                    "date": date,
                    "lessons": sorted(by_date[date], key=lambda row: row["number"]),
                    "state": "open" if is_open else "closed",
                    "text": "" if is_open else period._closed_sentence(),
                }
            )
        return result

    def _attendance_rows(self, first, last, register, pupil_ids=None):
        """The rows of the page.

        :returns: list in the order of the list of dicts: ``id``, ``name``,
            ``short_name``, ``number``, ``spans`` (from–to, form), ``cells``
            (``{date: cell}``, see :meth:`_attendance_cell`), ``absences`` (id, dates,
            lessons, reason, state, note), ``sums``, ``alarm`` (False, week,
            month)
        """
        by_pupil = defaultdict(list)
        for span in register.on_list:
            frame = closed_span(span["date_start"], span["date_end"])
            if overlap(frame, (first, last)) and (
                pupil_ids is None or span["pupil_id"] in pupil_ids
            ):
                by_pupil[span["pupil_id"]].append(span)
        ids = list(by_pupil)
        absences = self.env["ejournal.absence"]._page_rows(ids, first, last)
        sums = register.sums(first, last)
        alarms = self._attendance_alarms(first, last, register, sums)
        names = stored_rows(
            self.env["ejournal.pupil"],
            [("id", "in", ids)],
            ("id", "name", "last_name", "first_name"),
        )
        names = {row[0]: row for row in names}
        rows = []
        for pupil_id, own in by_pupil.items():
            _id, name, last_name, first_name = names[pupil_id]
            rows.append(
                {
                    "id": pupil_id,
                    "name": name,
                    "short_name": short_name(last_name, first_name),
                    "number": own[-1]["number"],
                    "spans": [
                        {key: span[key] for key in ("date_start", "date_end", "form")}
                        for span in own
                    ],
                    "cells": _cells(
                        register.facts.get(pupil_id, ()),
                        absences[pupil_id],
                        register.due.get(pupil_id, {}).values(),
                    ),
                    "absences": absences[pupil_id],
                    "sums": _sums_dict(sums.get(pupil_id)),
                    "alarm": alarms.get(pupil_id, False),
                }
            )
        return rows

    def _attendance_alarms(self, first, last, register, sums):
        """Who has missed more than the school's share of a week or of the month.

        The week is the present one when it lies in the month, else the last of it.
        """
        settings = self.company_id._ejournal_settings()
        today = self.company_id._ejournal_today()
        monday = monday_of(min(max(today, first), last))
        week = register.sums(monday, monday + timedelta(days=6))
        result = {}
        for name, own, limit in (
            ("week", week, settings.alarm_week),
            ("month", sums, settings.alarm_month),
        ):
            for pupil_id, one in own.items():
                if one.due and one.missed * 100 > limit * one.due:
                    result[pupil_id] = name
        return result


class EjournalAbsence(models.Model):
    _inherit = "ejournal.absence"

    @api.model
    def _page_rows(self, pupil_ids, first, last):
        """The absences that the attendance page shows: ``{pupil id: [dict]}``.

        Private: the caller has judged who may know the reasons.
        """
        # sudo: a pupil who left the class stands on its page up to that day
        rows = self.sudo().search_fetch(
            Domain("pupil_id", "in", pupil_ids)
            & Domain("state", "in", ("confirmed", "requested"))
            & self._during(first, last),
            [
                "pupil_id",
                "date_start",
                "date_end",
                "number_from",
                "number_to",
                "reason",
                "state",
                "note",
            ],
            order="date_start, number_from, id",
        )
        result = defaultdict(list)
        for row in rows:
            result[row.pupil_id.id].append(
                {
                    "id": row.id,
                    "date_start": row.date_start,
                    "date_end": row.date_end,
                    "number_from": row.number_from,
                    "number_to": row.number_to,
                    "reason": row.reason,
                    "state": row.state,
                    "note": row.note or "",
                }
            )
        return result


def _cells(facts, absences, lessons):
    """What stands on each day of a pupil.

    :returns: ``{date text: {"missed": [numbers], "late": [numbers], "minutes",
        "reasons": [of the missed lessons and of the marks], "marked": bool,
        "requested": bool, "clash": [numbers]}}`` of the days that hold anything; a clash
        is a lesson with the pupil present by its roll and absent by a mark
    """
    cells = {}

    def cell(date):
        return cells.setdefault(
            str(date),
            {
                "missed": [],
                "late": [],
                "minutes": 0,
                "reasons": [],
                "marked": False,
                "requested": False,
                "clash": [],
            },
        )

    absent = set()
    for fact in facts:
        own = cell(fact.date)
        if fact.kind == "late":
            own["late"].append(fact.number)
            own["minutes"] += fact.minutes
            continue
        absent.add((fact.date, fact.number))
        own["missed"].append(fact.number)
        _add(own["reasons"], fact.reason or "unknown")
    for row in absences:
        day = row["date_start"]
        while day <= row["date_end"]:
            own = cell(day)
            if row["state"] == "requested":
                own["requested"] = True
            else:
                own["marked"] = True
                _add(own["reasons"], row["reason"])
            day += timedelta(days=1)
    for lesson in lessons:
        place = (lesson.date, lesson.number)
        if lesson.called and place not in absent:
            if any(_contradicts(row, *place) for row in absences):
                cell(lesson.date)["clash"].append(lesson.number)
    return cells


def _contradicts(row, date, number):
    """Whether an absence says that a pupil was away from a lesson."""
    return (
        row["state"] == "confirmed"
        and row["reason"] != SCHOOL
        and row["date_start"] <= date <= row["date_end"]
        and row["number_from"] <= max(number, 1) <= (row["number_to"] or 99)
    )


def _add(reasons, reason):
    if reason not in reasons:
        reasons.append(reason)


def _sums_dict(sums):
    names = (
        "due",
        "unchecked",
        "missed",
        "excused",
        "ill",
        "unexcused",
        "unknown",
        "days",
        "days_excused",
        "days_ill",
        "late",
        "minutes",
        "away",
        "share",
    )
    return {name: getattr(sums, name) if sums else 0 for name in names}
