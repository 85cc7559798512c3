"""A class with two journals and a week of lessons: what attendance is tested on."""

from ..common import SURNAMES, TODAY, SchoolCase  # noqa: F401


class AttendanceCase(SchoolCase):
    """Class 7-А has algebra as second and physics as third lesson on the 12th–16th."""

    @classmethod
    def _make_journals(cls):
        super()._make_journals()
        cls.physics_a = cls._make_journal(cls.physics, cls.class_a, cls.colleague)
        cls.algebra_lessons = cls.env["ejournal.lesson"].search(
            [("journal_id", "=", cls.journal.id)]
        )
        days = [f"2026-10-{number}" for number in (12, 13, 14, 15, 16)]
        known = {str(lesson.date) for lesson in cls.algebra_lessons}
        for day in days:
            if day not in known:
                cls._make_lesson(cls.journal, day, 2)
            cls._make_lesson(cls.physics_a, day, 3)

    def lesson_of(self, journal, day):
        return self.env["ejournal.lesson"].search(
            [("journal_id", "=", journal.id), ("date", "=", f"2026-10-{day}")]
        )

    def roll(self, journal, day, *facts, called=True, user=None):
        """Call the roll of a lesson on its day, as its teacher.

        :param facts: ``(pupil, value)``; value as in ``save_entries``
        """
        lesson = self.lesson_of(journal, day)
        entries = [
            self.entry("attendance", value, lesson=lesson, pupil=pupil, key=pupil.id)
            for pupil, value in facts
        ]
        if called:
            entries.append(
                self.entry("attendance_confirmed", True, lesson=lesson, key="roll")
            )
        with self.at(f"2026-10-{day} 05:00:00"):
            answers = self.save(
                *entries, user=user or journal.teacher_id, journal=journal
            )
        self.assertEqual({answer["status"] for answer in answers}, {"ok"})
        return lesson

    def absences(self, user=None):
        return self.as_user(self.env["ejournal.absence"], user or self.class_teacher)

    def mark(self, pupil=None, start=14, end=None, reason="unknown", user=None, **more):
        """An absence marked through the model's door."""
        return self.absences(user).create(
            {
                "pupil_id": (pupil or self.pupil).id,
                "date_start": f"2026-10-{start}",
                "date_end": f"2026-10-{end or start}",
                "reason": reason,
                **more,
            }
        )

    def close_quarter(self):
        self.as_user(self.quarter, self.deputy).action_close()
