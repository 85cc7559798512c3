from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import format_duration as formatted_time

# From how many pupils on the rows get lower, so that a class stays on one page.
LOW_ROWS, LOWEST_ROWS = 31, 41


class EjournalLesson(models.Model):
    """Paper for a bad day: sheets to be filled by hand when there is no power."""

    _inherit = "ejournal.lesson"

    @api.model
    def _paper_sheets(self, day, whole_school=False):
        """One sheet a lesson of a day: head, topic, names, an empty grid.

        :param day: a date or ``YYYY-MM-DD``
        :param whole_school: all lessons of the school, by teacher (deputy only);
            else the caller's own
        :returns: dict of ``date`` and ``sheets``: lesson, facts, teacher, topic, homework,
            rows (number, name, exempt) and height (``""``, ``low``, ``lowest``)
        :raises AccessError: the caller is no teacher, or no deputy director
        """
        user = self.env.user
        if not user.has_group("school_ejournal.group_teacher"):
            raise AccessError(self.env._("Only teachers have lessons of their own."))
        if whole_school and not user.has_group("school_ejournal.group_deputy"):
            raise AccessError(
                self.env._("The whole school's sheets are the deputy director's.")
            )
        day = self._asked_day(day)
        domain = [
            ("date", "=", day),
            ("company_id", "=", self.env.company.id),
            ("state", "!=", "cancelled"),
        ]
        if not whole_school:
            domain.append(("entrant_id", "=", self.env.uid))
        lessons = self.search(domain, order="number, id")
        pupils = lessons.load_roll_call()["pupils"]
        topics = lessons.filtered(lambda lesson: not lesson.topic)._next_topics()
        exempt = lessons._exempt_on(day)
        # sudo: names of class, subject, room and teacher belong to the timetable
        sheets = [
            lesson._paper_sheet(pupils, topics.get(lesson.id), exempt)
            for lesson in lessons.sudo()
        ]
        sheets.sort(key=lambda sheet: (sheet["teacher"], sheet["lesson"].number))
        return {"date": day, "sheets": sheets}

    def _paper_sheet(self, pupils, planned, exempt):
        journal = self.journal_id
        listed = [pupil for pupil in pupils if self.id in pupil["lesson_ids"]]
        if len(journal.class_ids) == 1:
            listed.sort(key=lambda pupil: pupil["number"])
        size = len(listed)
        return {
            "lesson": self,
            "facts": self._paper_facts(),
            "teacher": self.entrant_id.name or "",
            "topic": self.topic or (planned.title if planned else ""),
            "homework": self.homework or (planned.homework if planned else "") or "",
            "height": "lowest"
            if size >= LOWEST_ROWS
            else "low"
            if size >= LOW_ROWS
            else "",
            "rows": [
                {
                    "number": pupil["number"],
                    "name": pupil["list_name"],
                    "exempt": (pupil["id"], journal.subject_id.id) in exempt,
                }
                for pupil in listed
            ],
        }

    def _paper_facts(self):
        """Number, bell and room, as they stand in the head."""
        facts = [self.env._("lesson %(number)s", number=self.number)]
        if bell := self._bell():
            start, end = bell.time_start, bell.time_end
            facts.append(f"{formatted_time(start)}–{formatted_time(end)}")
        if room := self.slot_id.room:
            facts.append(self.env._("room %(room)s", room=room))
        return facts

    def _exempt_on(self, day):
        """``{(pupil id, subject id)}`` of those exempt on a day; one query."""
        # sudo: that a pupil is exempt stands on the list; the paper behind it does not
        found = (
            self.env["ejournal.exemption"]
            .sudo()
            .search_fetch(
                [
                    ("subject_id", "in", self.sudo().journal_id.subject_id.ids),
                    ("company_id", "=", self.env.company.id),
                    ("date_start", "<=", day),
                    "|",
                    ("date_end", "=", False),
                    ("date_end", ">=", day),
                ],
                ["pupil_id", "subject_id"],
            )
        )
        return {(one.pupil_id.id, one.subject_id.id) for one in found}
