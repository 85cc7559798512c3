from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.entry import attendance_value
from ...tools.letters import short_name
from ...tools.spans import closed_span, covers

NUDGE_AGAIN_AFTER = timedelta(hours=1)


class EjournalLesson(models.Model):
    _inherit = "ejournal.lesson"

    nudged_at = fields.Datetime(
        string="Reminded",
        readonly=True,
        copy=False,
        help="When the class teacher last asked the teacher to fill the lesson.",
    )


class EjournalClass(models.Model):
    """The class's day: pupils × lessons of one day, what is missing, its confirmation."""

    _inherit = "ejournal.class"

    @api.readonly
    def load_class_day(self, day=None):
        """All that the page of a class's day shows, in one call.

        :param day: ``YYYY-MM-DD``; the school's today when left out
        :returns: dict of ``class``, ``date``, ``today``, ``before`` and ``after`` (days
            with lessons), ``confirmed`` (False, or by whom and when), ``may_confirm``,
            ``lessons`` (id, number, subject, teacher, topic, homework, missing, called,
            nudged_at) and ``pupils`` (id, name, number, ``cells`` ``{lesson id: {marks,
            attendance, excused}}``)
        :raises AccessError: neither class teacher of the class nor deputy director
        """
        self._check_leads()
        today = self.company_id._ejournal_today()
        day = fields.Date.to_date(day) or today
        lessons = self._day_lessons(day)
        # sudo: the term calendar is no secret
        term = self.sudo().calendar_id._term()
        before = list(
            term.school_days(day - timedelta(days=40), day - timedelta(days=1))
        )
        confirmed = self.env["ejournal.class.day"]._confirmed(self, day, day)[self.id]
        return {
            "class": {"id": self.id, "name": self.name},
            "date": day,
            "today": today,
            "before": before[-1][0] if before else False,
            "after": term.next_school_day(day) or False,
            "confirmed": self._confirmed_text(confirmed.get(day)),
            "may_confirm": day <= today and term.weekday_of(day) is not None,
            "lessons": [self._day_lesson(lesson) for lesson in lessons],
            "pupils": self._day_pupils(day, lessons),
        }

    def _confirmed_text(self, confirmed):
        if not confirmed:
            return False
        user_id, moment, on_time = confirmed
        # sudo: the name of a colleague is no secret
        name = self.env["res.users"].sudo().browse(user_id).name
        return {"by": name, "at": moment, "on_time": on_time}

    def _day_lessons(self, day):
        # sudo: the page's right was checked; the class teacher reads all of the class
        return (
            self.sudo()
            .env["ejournal.lesson"]
            .search(
                [
                    ("journal_id.class_ids", "in", self.ids),
                    ("date", "=", day),
                    ("state", "!=", "cancelled"),
                ],
                order="number, id",
            )
        )

    def _day_lesson(self, lesson):
        journal = lesson.journal_id
        settings = self.company_id._ejournal_settings()
        return {
            "id": lesson.id,
            "journal_id": journal.id,
            "number": lesson.number,
            "subject": journal.subject_id.name,
            "subgroup": journal.subgroup_id.name or "",
            "teacher": lesson.entrant_id.name or "",
            "topic": lesson.topic or "",
            "homework": lesson.homework or "",
            "no_homework": lesson.no_homework,
            "called": lesson.attendance_confirmed,
            "missing": settings._missing(lesson),
            "nudged_at": lesson.nudged_at,
        }

    def _day_pupils(self, day, lessons):
        on_list = [
            span
            for span in self._spans_of(self, day, day)[self.id]
            if covers(closed_span(span["date_start"], span["date_end"]), day)
        ]
        cells = defaultdict(dict)

        def cell(pupil_id, lesson_id):
            blank = {"marks": [], "attendance": False, "excused": None}
            return cells[pupil_id].setdefault(lesson_id, blank)

        # sudo: as in _day_lessons
        marks = lessons.env["ejournal.mark"].search_fetch(
            [("lesson_id", "in", lessons.ids), ("value", "!=", False)],
            ["lesson_id", "pupil_id", "value", "second_value"],
            order="id",
        )
        for mark in marks:
            value = "/".join(filter(None, [mark.value, mark.second_value]))
            cell(mark.pupil_id.id, mark.lesson_id.id)["marks"].append(value)
        for fact in self.env["ejournal.attendance"]._with_excuses(
            [("lesson_id", "in", lessons.ids)]
        ):
            kind = "absent" if fact.kind == "school" else fact.kind
            own = cell(fact.pupil_id, fact.lesson_id)
            own["attendance"] = attendance_value(kind, fact.minutes)
            own["excused"] = fact.excused
        pupils = self.env["ejournal.pupil"].browse(row["pupil_id"] for row in on_list)
        return [
            {
                "id": pupil.id,
                "name": pupil.name,
                "short_name": short_name(pupil.last_name, pupil.first_name),
                "number": row["number"],
                "cells": cells.get(pupil.id, {}),
            }
            for row, pupil in zip(on_list, pupils, strict=True)
        ]

    def confirm_day(self, day):
        """Confirm that the class's day was looked through; see ``ejournal.class.day``."""
        self._check_leads()
        self.env["ejournal.class.day"].create({"class_id": self.id, "date": day})
        return True

    def nudge_teacher(self, lesson_id):
        """Ask the teacher of an unfilled lesson to fill it; at most once an hour.

        :returns: the moment of asking
        :raises UserError: filled, of another class, without a teacher, or just asked
        """
        self._check_leads()
        # sudo: the class teacher may not write a colleague's lesson; the right to ask
        # was checked, and only the moment of asking is written
        lesson = self.sudo().env["ejournal.lesson"].browse(lesson_id).exists()
        if not lesson or self not in lesson.journal_id.class_ids:
            raise UserError(
                self.env._("This lesson is not of your class: reload the page.")
            )
        now = self.company_id._ejournal_now()
        if lesson.filled_at or lesson.date > self.company_id._ejournal_today():
            raise UserError(self.env._("Nothing is missing in this lesson now."))
        if not lesson.entrant_id:
            raise UserError(
                self.env._("This lesson has no teacher: tell the deputy director.")
            )
        if lesson.nudged_at and now < lesson.nudged_at + NUDGE_AGAIN_AFTER:
            raise UserError(
                self.env._(
                    "The teacher was asked less than an hour ago. Wait a little."
                )
            )
        lesson.write({"nudged_at": now})
        self._send_nudge(lesson)
        return now

    def _send_nudge(self, lesson):
        teacher = lesson.entrant_id
        env = self.with_context(lang=teacher.lang).env
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=teacher.partner_id.ids,
            author_id=self.env.user.partner_id.id,
            subject=env._("Please fill the lesson"),
            body=env._(
                "%(user)s asks you to fill %(lesson)s.",
                user=self.env.user.name,
                lesson=lesson.with_env(env(su=True)).display_name,
            ),
        )
