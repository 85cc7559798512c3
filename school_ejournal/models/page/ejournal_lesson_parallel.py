from datetime import timedelta

from odoo import models

# How far ahead a parallel class's next lesson is looked for.
DAYS_AHEAD = 7


class EjournalLesson(models.Model):
    """Lessons of the parallel classes, to which topic and homework are copied."""

    _inherit = "ejournal.lesson"

    def _parallel_rows(self, day):
        """What the page needs of each lesson's :meth:`_parallels`.

        :returns: ``{lesson id: [dict]}`` with id, journal_id, classes, subgroup, date,
            number, topic, homework, no_homework, homework_minutes and window
        """
        parallels = self._parallels(day)
        windows = self.browse().union(*parallels.values())._entry_window()
        return {
            lesson_id: [
                {**other._parallel_row(), "window": windows[other.id]}
                # sudo: names of class and subgroup belong to the own timetable
                for other in others.sudo()
            ]
            for lesson_id, others in parallels.items()
        }

    def _parallel_row(self):
        journal = self.journal_id
        return {
            "id": self.id,
            "journal_id": journal.id,
            "classes": ", ".join(journal.class_ids.sorted("sort_key").mapped("name")),
            "subgroup": journal.subgroup_id.name or "",
            "date": self.date,
            "number": self.number,
            "topic": self.topic or "",
            "homework": self.homework or "",
            "no_homework": self.no_homework,
            "homework_minutes": self.homework_minutes,
        }

    def _parallels(self, day):
        """Own lessons of the same subject and grade in other journals: of each journal
        the one of the same day, else the next within a week.

        :param day: the day of these lessons
        :returns: ``{lesson id: lessons}``
        """
        own = self.sudo().filtered(lambda lesson: lesson.date == day)
        candidates = self.search(
            [
                ("entrant_id", "=", self.env.uid),
                ("state", "!=", "cancelled"),
                ("journal_id.subject_id", "in", own.journal_id.subject_id.ids),
                ("date", ">=", day),
                ("date", "<=", day + timedelta(days=DAYS_AHEAD)),
            ],
            order="date, number, id",
        ).sudo()
        by_key = candidates.grouped(lambda lesson: lesson._alike_key())
        result = dict.fromkeys(self.ids, self.browse())
        for lesson in own:
            alike = by_key.get(lesson._alike_key(), self.browse())
            result[lesson.id] = lesson._nearest_of_others(alike).with_env(self.env)
        return result

    def _nearest_of_others(self, alike):
        """One lesson of each other journal; all of this very day."""
        nearest = self.browse()
        for journal, lessons in alike.grouped("journal_id").items():
            if journal != self.journal_id:
                first_day = lessons[0].date
                same_day = lessons.filtered(lambda other, d=first_day: other.date == d)
                nearest |= same_day if first_day == self.date else lessons[:1]
        return nearest

    def _alike_key(self):
        """Subject and grades: what parallel classes have in common."""
        grades = tuple(sorted(set(self.journal_id.class_ids.mapped("grade"))))
        return self.journal_id.subject_id.id, grades
