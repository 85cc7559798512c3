from collections import defaultdict
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.absences import box, overlap
from .ejournal_absence import REASONS

MAX_CHANGES = 500
_REASON_CODES = {code for code, _label in REASONS}


class EjournalClass(models.Model):
    """What the attendance page sends: reasons of days and lessons of some pupils."""

    _inherit = "ejournal.class"

    def save_absences(self, changes, day):
        """Set or clear the reasons of days.

        :param changes: list of dicts ``key``, ``pupil_id``, ``date_start``,
            ``date_end``, ``reason`` (``False`` clears) and, if any, ``number_from``,
            ``number_to``, ``note`` and ``old``: ``[[id, reason], …]`` of the absences
            seen in these days. Without lessons a day is meant as far as it is missed:
            where the roll has the pupil present before or after, only the missed
            lessons take the reason.
        :param day: a day of the month that the page shows
        :returns: dict of ``answers`` (``key``, ``status`` ok, refused or conflict,
            ``reason``), and ``pupils``: the rows that changed, as in ``load_attendance``
        :raises AccessError: neither class teacher of the class nor deputy director
        """
        self._check_leads()
        if len(changes) > MAX_CHANGES:
            raise UserError(self.env._("Too much at once: reload the page."))
        first = fields.Date.to_date(day).replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        asked = [(change, self._asked_box(change)) for change in changes]
        boxes = [place for _change, place in asked if place]
        start = min([first, *(place.date_start for place in boxes)])
        end = max([last, *(place.date_end for place in boxes)])
        register = self._page_register(start, end)
        strokes, answers, seen = self._strokes_of(asked, register)
        answers += self._paint_each(strokes, seen)
        self._read_facts([register])
        touched = {change.get("pupil_id") for change in changes}
        return {
            "answers": answers,
            "pupils": self._attendance_rows(first, last, register, touched),
        }

    def _strokes_of(self, asked, register):
        """Judge the changes by their values.

        :param asked: list of ``(change, box or None)``
        :returns: ``({key: strokes}, answers of what is refused or in conflict, the
            absences that are there)``
        """
        on_list = {row["pupil_id"] for row in register.on_list}
        seen = self.env["ejournal.absence"]._around(
            [
                {"pupil_id": change["pupil_id"], "box": place}
                for change, place in asked
                if place and change.get("pupil_id") in on_list
            ]
        )
        strokes, answers = {}, []
        for change, place in asked:
            pupil_id = change.get("pupil_id")
            if not place:
                text = self.env._("Name the pupil, the days and one of the reasons.")
                answers.append(_answer(change, "refused", text))
                continue
            if pupil_id not in on_list:
                text = self.env._("This pupil is not on the list: reload the page.")
                answers.append(_answer(change, "refused", text))
                continue
            there = sorted(
                [row.id, row.reason]
                for row in seen[pupil_id]
                if overlap(row._box(), place)
            )
            if "old" in change and sorted(map(list, change["old"])) != there:
                text = self.env._(
                    "Somebody has changed these days. Look and set again."
                )
                answers.append(_answer(change, "conflict", text))
                continue
            given = {
                name: change[name] for name in ("reason", "note") if name in change
            }
            pieces = [place]
            if (
                change["reason"]
                and not change.get("number_from")
                and not change.get("number_to")
            ):
                pieces = _fitted(place, _roll(register, pupil_id))
            strokes[change["key"]] = [
                {"pupil_id": pupil_id, "box": piece, **given} for piece in pieces
            ]
        return strokes, answers, seen

    def _asked_box(self, change):
        """The box that a change asks for, ``None`` when it makes no sense."""
        try:
            start = fields.Date.to_date(change["date_start"])
            end = fields.Date.to_date(change["date_end"])
            numbers = [
                int(change.get(name) or 0) for name in ("number_from", "number_to")
            ]
        except (KeyError, TypeError, ValueError):
            return None
        known = change.get("reason") is False or change.get("reason") in _REASON_CODES
        if not known or not start or not end or not 0 <= (end - start).days < 366:
            return None
        return box(start, end, *numbers)

    def _paint_each(self, strokes, seen):
        """All at once; when one is refused, one by one, so that no other is lost."""
        Absence = self.env["ejournal.absence"]
        together = [stroke for pieces in strokes.values() for stroke in pieces]
        try:
            with self.env.cr.savepoint():
                Absence._paint(together, seen)
                self.env.flush_all()
            return [{"key": key, "status": "ok", "reason": ""} for key in strokes]
        except UserError:
            self.env.invalidate_all()
        answers = []
        for key, pieces in strokes.items():
            try:
                with self.env.cr.savepoint():
                    Absence._paint(pieces)
                    self.env.flush_all()
                answers.append({"key": key, "status": "ok", "reason": ""})
            except UserError as error:
                self.env.invalidate_all()
                answers.append(
                    {"key": key, "status": "refused", "reason": str(error.args[0])}
                )
        return answers


def _answer(change, status, reason):
    return {"key": change.get("key"), "status": status, "reason": reason}


def _roll(register, pupil_id):
    """What the rolls say of a pupil: ``{date: [(number, absent?)]}``."""
    absent = {
        fact.lesson_id
        for fact in register.facts.get(pupil_id, ())
        if fact.kind != "late"
    }
    result = defaultdict(list)
    for lesson in register.due.get(pupil_id, {}).values():
        if lesson.called or lesson.id in absent:
            result[lesson.date].append((lesson.number, lesson.id in absent))
    return result


def _fitted(place, roll):
    """A stroke over whole days, cut to what was missed where the roll was called.

    :param roll: ``{date: [(number, absent?)]}`` of the pupil
    :returns: boxes; neighbouring days that are alike make one
    """
    pieces = []
    day = place.date_start
    while day <= place.date_end:
        numbers = _missed_numbers(roll.get(day, ()))
        last = pieces[-1] if pieces else None
        if last and (last.number_from, last.number_to) == box(day, day, *numbers)[2:]:
            pieces[-1] = last._replace(date_end=day)
        else:
            pieces.append(box(day, day, *numbers))
        day += timedelta(days=1)
    return pieces


def _missed_numbers(roll):
    """From and to which lesson a day was missed; zeros for the whole day."""
    missed = [number for number, absent in roll if absent]
    present = [number for number, absent in roll if not absent]
    if not missed or not present:
        return 0, 0
    first, last = min(missed), max(missed)
    return (
        first if min(present) < first else 0,
        last if max(present) > last else 0,
    )
