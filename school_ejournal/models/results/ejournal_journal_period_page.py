from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ...tools.formulas import figures
from ...tools.stored import stored_rows
from .ejournal_period_mark import INSTEAD_OF_A_MARK

MAX_ENTRIES = 500
_MARK_FIELDS = (
    "pupil_id",
    "period_id",
    "kind",
    "value",
    "average",
    "proposed",
    "origin",
    "override_reason",
    "order_ref",
    "closed_value",
)
YEAR_KINDS = ("period", "exam", "autumn", "final")


class EjournalJournal(models.Model):
    """The page of a journal's period marks."""

    _inherit = "ejournal.journal"

    # ---- reading ---------------------------------------------------------------------

    def load_period_marks(self, period_id=None):
        """All that the page of the period marks shows, in one call.

        :param period_id: id of a period of the journal's calendar; the one that is to be
            marked now when left out
        :returns: dict of

            - ``journal``: id, name, teacher, assessment, ``values`` that may be set,
              ``instead``: what may stand in the place of a mark, as value and text
            - ``periods``: id, name, kind, state of all, and the year
            - ``period``: that one, with ``may_write`` (now, freely), ``by_order`` (the
              deputy director after the closing) and ``text``, why not
            - ``kinds``: the columns that are set: period; in the year also the exams and
              the final mark
            - ``pupils``: id, name, number, ``reckoned`` (count, plain, weighted, average,
              proposed, lessons, missed, needed, lacking, exempt), ``marks`` by kind,
              ``proposed`` by kind, and ``parts``: marks of the other periods by id
            - ``figures``: counts and shares, see ``formulas.Figures``
        :raises AccessError: the caller does not see the journal's period marks
        """
        self.ensure_one()
        self._check_reads_period_marks()
        periods = self._marked_periods()
        period = self._chosen_period(periods, period_id)
        # sudo: who reads the journal's period marks reads the names on its list
        journal = self.sudo()
        pupil_ids = journal._period_pupils(period)
        kinds = YEAR_KINDS if period.kind == "year" else ("period",)
        reckoned = {
            kind: journal._period_proposals(period, kind, pupil_ids)
            for kind in kinds
            if kind in ("period", "final")
        }
        marks = journal._stored_period_marks(pupil_ids, periods)
        signs = self.company_id._ejournal_signs_of_marks()
        return {
            "journal": {
                "id": self.id,
                "name": journal.name,
                "teacher": journal.teacher_id.name or "",
                "assessment": journal.assessment,
                "values": []
                if journal.assessment == "none"
                else journal._period_scale()._current_values(),
                "instead": [
                    {"value": value, "text": signs[value]}
                    for value in INSTEAD_OF_A_MARK
                ],
                "note": journal._no_period_marks_text()
                if journal.assessment == "none"
                else "",
            },
            "periods": [journal._period_row(each) for each in periods],
            "period": {
                **journal._period_row(period),
                **self._period_rights(period),
            },
            "kinds": list(kinds),
            "pupils": [
                {
                    **row,
                    "reckoned": reckoned["period"][row["id"]]._asdict(),
                    "proposed": {
                        kind: own[row["id"]].proposed for kind, own in reckoned.items()
                    },
                    "marks": {
                        kind: self._mark_row(mark, signs)
                        for kind in kinds
                        if (mark := marks.get((row["id"], period.id, kind)))
                    },
                    "parts": {
                        other.id: self._mark_row(mark, signs)
                        for other in periods
                        if other != period
                        if (mark := marks.get((row["id"], other.id, "period")))
                    },
                }
                for row in journal._rows_of_pupils(pupil_ids, period)
            ],
            "figures": journal._figures_of_period(
                [
                    (marks.get((pupil_id, period.id, "period")) or {}).get("value")
                    for pupil_id in pupil_ids
                ]
            ),
        }

    def _check_reads_period_marks(self):
        """Those who teach the journal, its class teachers, deputy and director."""
        self._check_readable()
        if not self._reads_period_marks():
            raise AccessError(
                self.env._(
                    "Period marks are seen by the teacher of the journal, the class "
                    "teacher, the deputy director and the director."
                )
            )

    def _reads_period_marks(self):
        user = self.env.user
        if user.has_group("school_ejournal.group_deputy") or user.has_group(
            "school_ejournal.group_director"
        ):
            return True
        if user == self.teacher_id:
            return True
        # sudo: the right is judged here, whoever may read the assignments
        journal = self.sudo()
        taught = any(
            row.teacher_id == user and not row.is_over for row in journal.assignment_ids
        )
        return taught or user in journal.class_ids.class_teacher_id

    def _marked_periods(self):
        """The periods of the journal in order, the year last (sudo)."""
        calendar = self.sudo().calendar_id
        if self.sudo().year_id.state == "open":
            calendar._year_period()
        periods = calendar.period_ids
        return periods.sorted(lambda period: (period.kind == "year", period.date_start))

    def _chosen_period(self, periods, period_id):
        """The period that was asked for, else the last leaf one that is still open and
        has begun, else the last that has begun."""
        if period_id:
            found = periods.filtered(lambda period: period.id == period_id)
            if not found:
                raise UserError(
                    self.env._(
                        "This period is not one of the journal's. Choose another."
                    )
                )
            return found
        today = self.company_id._ejournal_today()
        begun = periods.filtered(lambda p: p.kind != "year" and p.date_start <= today)
        ended = begun.filtered(lambda p: p.state == "open" and p.date_end < today)
        chosen = ended[:1] or begun[-1:] or periods[:1]
        if not chosen:
            raise UserError(
                self.env._("The term calendar has no quarters yet. Enter them there.")
            )
        return chosen

    def _period_row(self, period):
        return {
            "id": period.id,
            "name": period.display_name,
            "kind": period.kind,
            "state": period.state,
            "date_start": period.date_start,
            "date_end": period.date_end,
        }

    def _period_rights(self, period):
        """Whether the caller may set marks of the period, and why not."""
        teaches = bool(self._taught_by_caller())
        begun = period.date_start <= self.company_id._ejournal_today()
        is_open = period.state == "open"
        deputy = self.env.user.has_group("school_ejournal.group_deputy")
        text = ""
        if not is_open:
            text = period._closed_marks_sentence()
        elif not begun:
            text = self.env._("The period has not begun.")
        elif not teaches:
            text = self.env._("Set by the teacher of the journal until the closing.")
        return {
            "may_write": is_open and teaches and begun and self.assessment != "none",
            "by_order": not is_open and deputy,
            "text": text,
        }

    def _rows_of_pupils(self, pupil_ids, period):
        spans = self._pupil_spans(period.date_start, period.date_end)[self.id]
        order = {pupil_id: place for place, pupil_id in enumerate(pupil_ids)}
        wanted = [span for span in spans if span["pupil_id"] in order]
        return [
            {"id": row["id"], "name": row["name"], "number": row["number"]}
            for row in self._page_pupils(wanted)
        ]

    def _stored_period_marks(self, pupil_ids, periods):
        """``{(pupil, period, kind): stored fields}`` in the subject, of any journal."""
        rows = stored_rows(
            self.env["ejournal.period.mark"],
            [
                ("pupil_id", "in", list(pupil_ids)),
                ("subject_id", "=", self.subject_id.id),
                ("period_id", "in", periods.ids),
            ],
            _MARK_FIELDS,
            # the callers have judged who sees the journal's period marks
            bypass_access=True,
        )
        result = {}
        for row in rows:
            mark = dict(zip(_MARK_FIELDS, row, strict=True))
            key = mark["pupil_id"], mark["period_id"], mark["kind"]
            result[key] = mark
        return result

    def _mark_row(self, mark, signs):
        value, closed = mark["value"] or False, mark["closed_value"] or False
        return {
            "value": value,
            "text": signs.get(value, value) or "",
            "proposed": mark["proposed"] or False,
            "average": mark["average"] or False,
            "origin": mark["origin"],
            "reason": mark["override_reason"] or "",
            "order_ref": mark["order_ref"] or "",
            "closed_text": signs.get(closed, closed) or "",
        }

    def _figures_of_period(self, values):
        grades = {} if self.assessment == "none" else self._period_scale()._grades()
        known = [
            value if value in {*grades, *INSTEAD_OF_A_MARK} else None
            for value in values
        ]
        kind = self.company_id._ejournal_settings().denominator
        return {**figures(known, grades, kind)._asdict(), "kind": kind}

    def _page_period_marks(self, lessons, spans):
        """Period marks of these pupils, for the periods the lessons lie in."""
        # sudo: dates and names of periods are no secret
        periods = lessons.sudo().period_id
        if not periods or not spans or not self._reads_period_marks():
            return []
        signs = self.company_id._ejournal_signs_of_marks()
        marks = self._stored_period_marks({s["pupil_id"] for s in spans}, periods)
        return [
            {
                "pupil_id": pupil_id,
                "period_id": period_id,
                "kind": kind,
                **self._mark_row(mark, signs),
            }
            for (pupil_id, period_id, kind), mark in marks.items()
            if mark["value"]
        ]

    def _page_averages(self, lessons, works, marks, exemptions, spans):
        """Of who moved, the average is the one over all journals of the subject."""
        rows = super()._page_averages(lessons, works, marks, exemptions, spans)
        dates = lessons.mapped("date")
        if not dates or not self._reads_period_marks():
            return rows
        first, last = min(dates), max(dates)
        moved = self._moved_pupils(spans, first, last)
        if not moved:
            return rows
        found = self.env["ejournal.results"]._averages(
            first, last, moved, self.subject_id.ids
        )
        rows = [row for row in rows if row["pupil_id"] not in moved]
        return rows + [
            {"pupil_id": pupil, "count": count, "plain": plain, "weighted": weighted}
            for (pupil, _subject), (count, plain, weighted) in found.items()
        ]

    @api.model
    def _moved_pupils(self, spans, first, last):
        """Ids of who came to the journal's list, or left it, between these days."""
        return {
            span["pupil_id"]
            for span in spans
            if first < span["date_start"] <= last
            or (span["date_end"] and first <= span["date_end"] < last)
        }

    # ---- setting ---------------------------------------------------------------------

    def save_period_marks(self, period_id, entries):
        """Set single period marks; each is answered by itself.

        :param period_id: of the journal's calendar
        :param entries: list of dicts ``{pupil_id, kind, old, value}`` and, where there is
            one, ``reason``, ``order_ref``, ``origin``; values as stored, ``false`` for
            none; ``old`` is the value last seen, a difference is a conflict
        :returns: list of dicts ``{pupil_id, kind, status: ok|refused|conflict, value,
            text, reason}`` in the same order
        :raises AccessError: the caller does not see the journal's period marks
        """
        self.ensure_one()
        self._check_reads_period_marks()
        if not isinstance(entries, list) or len(entries) > MAX_ENTRIES:
            raise UserError(
                self.env._(
                    "Send a list of at most %(count)s entries.", count=MAX_ENTRIES
                )
            )
        period = self._chosen_period(self._marked_periods(), period_id)
        return self._save_period_marks(period, entries)

    def take_proposals(self, period_id, kind="period"):
        """Set what the averages propose for all who have no mark yet, at once.

        Marks that are there are left as they are.

        :param kind: ``period`` or ``final``
        :returns: number of the marks set
        :raises AccessError: the caller does not teach the journal
        :raises UserError: the period is closed
        """
        self.ensure_one()
        self._check_reads_period_marks()
        period = self._chosen_period(self._marked_periods(), period_id)
        if not self._taught_by_caller():
            raise AccessError(
                self.env._("Proposals are taken over by the teacher of the journal.")
            )
        if period.state != "open":
            raise UserError(period._closed_marks_sentence())
        if kind not in ("period", "final"):
            raise UserError(self.env._("For an exam nothing is proposed: enter it."))
        journal = self.sudo()
        pupil_ids = journal._period_pupils(period)
        found = self._set_marks_of(pupil_ids, period)
        marked = {
            mark.pupil_id.id for mark in found if mark.value and mark.kind == kind
        }
        proposals = journal._period_proposals(period, kind, pupil_ids)
        entries = [
            {
                "pupil_id": pupil_id,
                "kind": kind,
                "old": False,
                "value": own.proposed,
            }
            for pupil_id, own in proposals.items()
            if own.proposed and pupil_id not in marked
        ]
        known = pupil_ids, proposals
        answers = self._save_period_marks(period, entries, known, found)
        return sum(answer["status"] == "ok" for answer in answers)

    def _set_marks_of(self, pupil_ids, period):
        """The period marks of these pupils in the subject, of any journal (sudo)."""
        # sudo: the mark of a pupil who moved here belongs to the former journal until now
        return (
            self.env["ejournal.period.mark"]
            .sudo()
            .search_fetch(
                [
                    ("pupil_id", "in", list(pupil_ids)),
                    ("subject_id", "=", self.sudo().subject_id.id),
                    ("period_id", "=", period.id),
                ],
                ["pupil_id", "kind", "value", "journal_id"],
            )
        )

    def _save_period_marks(self, period, entries, known=None, found=None):
        """Judge each entry, then write those that may be, in a few batches.

        :param known: pupils and proposals that the caller has reckoned already
        :param found: the marks that are there, where the caller has read them
        """
        journal = self.sudo()
        listed = set(known[0] if known else journal._period_pupils(period))
        if found is None:
            asked = {entry.get("pupil_id") for entry in entries} & listed
            found = self._set_marks_of(asked, period)
        stored = {(mark.pupil_id.id, mark.kind): mark for mark in found}
        answers, new, changed = [], [], {}
        for entry in entries:
            mark = stored.get((entry.get("pupil_id"), entry.get("kind")))
            was = mark.value if mark else False
            answer, vals = self._judge_entry_of_period(entry, was, period, listed)
            answers.append(answer)
            if vals is None:
                continue
            if mark:
                changed.setdefault(tuple(sorted(vals.items())), []).append(mark.id)
            else:
                new.append(
                    {**vals, "pupil_id": entry["pupil_id"], "kind": entry["kind"]}
                )
        # sudo: see _set_marks_of; the model judges the caller as at every door
        marks = self.env["ejournal.period.mark"].sudo()._knowing(self, period, known)
        marks.create([{**vals, "period_id": period.id} for vals in new])
        for vals, ids in changed.items():
            marks.browse(ids).write(dict(vals))
        return answers

    def _judge_entry_of_period(self, entry, was, period, listed):
        """The answer to one entry, and what is written; None for nothing."""
        Mark = self.env["ejournal.period.mark"]
        value = entry.get("value") or False
        kinds = YEAR_KINDS if period.kind == "year" else ("period",)
        answer = {
            "pupil_id": entry.get("pupil_id"),
            "kind": entry.get("kind"),
            "status": "refused",
            "value": was,
        }
        if answer["pupil_id"] not in listed or answer["kind"] not in kinds:
            text = self.env._("This pupil gets no such mark in this journal.")
            return self._answered(answer, reason=text), None
        if self.assessment == "none":
            return self._answered(answer, reason=self._no_period_marks_text()), None
        if value:
            scale = self._period_scale()
            typed = str(value)
            stored = scale._normalize(typed) or Mark._instead_of_a_mark(typed)
            if not stored:
                text = self.env._(
                    "“%(value)s” is no mark here; the scale has %(values)s.",
                    value=typed[:20],
                    values=", ".join(scale._current_values()),
                )
                return self._answered(answer, reason=text), None
            value = stored
        if (entry.get("old") or False) != was and value != was:
            text = self.env._("The mark was set by somebody else meanwhile.")
            return self._answered(answer, status="conflict", reason=text), None
        vals = {"value": value, "journal_id": self.id}
        for name, field in (("reason", "override_reason"), ("order_ref", "order_ref")):
            if isinstance(entry.get(name), str):
                vals[field] = entry[name].strip()
        if entry.get("origin") in ("own", "former"):
            vals["origin"] = entry["origin"]
        answer = self._answered({**answer, "value": value}, status="ok")
        return answer, (vals if value != was or len(vals) > 2 else None)

    def _answered(self, answer, status="refused", reason=""):
        signs = self.company_id._ejournal_signs_of_marks()
        value = answer["value"]
        return {
            **answer,
            "status": status,
            "text": signs.get(value, value) or "",
            "reason": reason,
        }
