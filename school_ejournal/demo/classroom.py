"""What happened in the lessons of the made-up school, and who was there to see it."""

from collections import Counter

from ..tools import spans
from .marks import Occasion, Pupils, Teacher

# One of the teachers forgets things.
_CARELESS, _CAREFUL = 0.8, 0.97


class Classroom:
    """What happened in the lessons: who was there, was asked, what was set.

    :param world: ``world.World``
    :param first: first day
    :param last: last day
    """

    def __init__(self, world, first, last):
        self._world = world
        journals = world.env["ejournal.journal"].union(*world.journals.values())
        self._spans = journals._pupil_spans(first, last)
        self._subjects = {record.id: code for code, record in world.subjects.items()}
        pupils = sorted({s["pupil_id"] for own in self._spans.values() for s in own})
        dates = [day for day, _weekday in world.term().school_days(first, last)]
        self._pupils = Pupils(world.rng, pupils, dates)
        self._teachers = {}
        self._ordinals = Counter()
        self._exempt = self._exemptions()

    def fill(self, lesson):
        """The ``marks.Sheet`` of a lesson; ``None`` when nobody filled it.

        :param lesson: anything with ``journal_id`` and ``entrant_id`` as records,
            ``date`` and ``number``; lessons come in the order of days
        """
        ordinal = self._ordinals[lesson.journal_id.id]
        self._ordinals[lesson.journal_id.id] += 1
        if not lesson.entrant_id:
            return None
        return self._teacher(lesson.entrant_id).fill(self._occasion(lesson, ordinal))

    def _teacher(self, user):
        if user.id not in self._teachers:
            diligence = _CARELESS if len(self._teachers) == 3 else _CAREFUL
            self._teachers[user.id] = Teacher(self._world.rng, self._pupils, diligence)
        return self._teachers[user.id]

    def _occasion(self, lesson, ordinal):
        journal = lesson.journal_id
        subject = self._subjects[journal.subject_id.id]
        pupils = self._present(journal, lesson.date)
        return Occasion(
            subject,
            lesson.date,
            lesson.number,
            ordinal,
            pupils,
            frozenset(
                pupil
                for pupil in pupils
                if self._is_exempt(pupil, journal.subject_id.id, lesson.date)
            ),
            journal.assessment == "marks",
        )

    def _present(self, journal, date):
        """Who should be there: on the list by then, and not taught at home."""
        at_home = journal.class_ids == self._world.home_class
        return tuple(
            span["pupil_id"]
            for span in self._spans[journal.id]
            if spans.covers((span["date_start"], span["date_end"] or date), date)
            and span["listed_on"] <= date
            and (at_home or span["form"] == "full")
        )

    def _exemptions(self):
        rows = self._world.env["ejournal.exemption"].search([])
        return {(row.pupil_id.id, row.subject_id.id): row._span() for row in rows}

    def _is_exempt(self, pupil, subject, date):
        span = self._exempt.get((pupil, subject))
        return bool(span) and spans.covers(span, date)
