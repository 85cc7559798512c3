from collections import defaultdict
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from ...tools.entry import attendance_value
from ...tools.spans import closed_span, covers

# How far back the last homework is looked for.
DAYS_OF_HOMEWORK = 21


class EjournalLesson(models.Model):
    """What the page My day shows beside the lessons, and its roll call."""

    _inherit = "ejournal.lesson"

    @api.model
    @api.readonly
    def load_day(self, date=None):
        """See the base; the page's own keys are

        - ``journal``: now, today, signs of absence, ``counts``: parts of a filled lesson
        - ``days``: the nearest days before and after with own lessons, or false
        - ``waiting``: permissions whose cells wait to be put in: id, count, lesson_ids
        - in each row ``proposals`` (see ``load_page``), ``last_homework``, ``asked``:
          whether a request to open it waits for the deputy director, and ``parallel``:
          lessons to copy topic and homework to
        """
        result = super().load_day(date)
        rows = result["lessons"] + result["unfilled"]
        lessons = self.browse([row["id"] for row in rows])
        windows = {row["id"]: row["window"] for row in rows}
        proposals = lessons._day_proposals(windows)
        homework = lessons._last_homework(result["date"])
        asked = lessons._asked_ids()
        parallels = lessons._parallel_rows(result["date"])
        for row in rows:
            row["proposals"] = proposals.get(row["id"], {})
            row["last_homework"] = homework.get(row["journal_id"], "")
            row["asked"] = row["id"] in asked
            row["parallel"] = parallels[row["id"]]
        return {
            **result,
            "journal": self._day_page(),
            "days": self._days_beside(result["date"]),
            "waiting": self._waiting_cells(),
        }

    @api.model
    def _day_page(self):
        company = self.env.company
        settings = company._ejournal_settings()
        return {
            "now": company._ejournal_now(),
            "today": company._ejournal_today(),
            "letters": {
                "absent": settings.letter_absent,
                "late": settings.letter_late,
            },
            "counts": settings._counted(),
        }

    def _day_proposals(self, windows):
        dates = self.mapped("date")
        if not dates:
            return {}
        # sudo: of the lists only those are offered whom the lesson has anyhow
        spans = self.sudo().journal_id._pupil_spans(min(dates), max(dates))
        return self._proposals(
            windows, [span for own in spans.values() for span in own]
        )

    def _last_homework(self, day):
        """``{journal id: the homework set last}``; one query."""
        found = self.search_fetch(
            [
                ("journal_id", "in", self.sudo().journal_id.ids),
                ("date", "<", day),
                ("date", ">=", day - timedelta(days=DAYS_OF_HOMEWORK)),
                ("homework", "!=", False),
            ],
            ["journal_id", "homework"],
            order="date desc, number desc",
        )
        return {
            journal.id: lessons[0].homework
            for journal, lessons in found.grouped("journal_id").items()
        }

    def _asked_ids(self):
        """Of these the lessons for which the caller's request is not decided yet."""
        requests = self.env["ejournal.unlock"].search(
            [
                ("user_id", "=", self.env.uid),
                ("state", "=", "requested"),
                ("lesson_ids", "in", self.ids),
            ]
        )
        return set(requests.lesson_ids.ids)

    @api.model
    def _days_beside(self, day):
        own = Domain("entrant_id", "=", self.env.uid) & Domain(
            "state", "!=", "cancelled"
        )
        before = self.search(own & Domain("date", "<", day), order="date desc", limit=1)
        after = self.search(own & Domain("date", ">", day), order="date", limit=1)
        return {"before": before.date, "after": after.date}

    @api.model
    def _waiting_cells(self):
        """Cells that came after the closing, whose lessons have been opened since."""
        unlocks = self.env["ejournal.unlock"].search(
            [
                ("user_id", "=", self.env.uid),
                ("state", "=", "approved"),
                ("expires_at", ">", self.env.company._ejournal_now()),
                ("applied_at", "=", False),
            ]
        )
        return [
            {
                "id": unlock.id,
                "count": len(unlock.entries),
                "lesson_ids": unlock.lesson_ids.ids,
            }
            for unlock in unlocks
            if unlock.entries
        ]

    # ---- one roll call for several lessons ----------------------------------------------

    @api.readonly
    def load_roll_call(self):
        """Who is on the lists of these lessons and who is absent or late.

        :returns: dict of ``pupils`` (id, name, list_name, short_name, number,
            ``lesson_ids``: the lessons whose list has the pupil, in the order of the
            list) and ``attendance`` (lesson_id, pupil_id, value)
        :raises AccessError: the caller may not read one of the lessons
        """
        self.check_access("read")
        if not self:
            return {"pupils": [], "attendance": []}
        dates = self.mapped("date")
        # sudo: the list belongs to the lesson, as on the journal page
        journals = self.sudo().journal_id
        spans = journals._pupil_spans(min(dates), max(dates))
        listed = defaultdict(list)
        for lesson in self:
            for span in spans[lesson.sudo().journal_id.id]:
                own = closed_span(span["date_start"], span["date_end"])
                if covers(own, lesson.date):
                    listed[span["pupil_id"]].append(lesson.id)
        pupils = journals._page_pupils(
            [
                span
                for own in spans.values()
                for span in own
                if span["pupil_id"] in listed
            ]
        )
        facts = self.env["ejournal.attendance"].search_fetch(
            [("lesson_id", "in", self.ids), ("kind", "!=", False)],
            ["lesson_id", "pupil_id", "kind", "minutes"],
        )
        return {
            "pupils": [
                {
                    "lesson_ids": listed[pupil["id"]],
                    **{key: pupil[key] for key in pupil if key != "spans"},
                }
                for pupil in pupils
            ],
            "attendance": [
                {
                    "lesson_id": fact.lesson_id.id,
                    "pupil_id": fact.pupil_id.id,
                    "value": attendance_value(fact.kind, fact.minutes),
                }
                for fact in facts
            ],
        }
