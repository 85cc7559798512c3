"""What happened in the lessons of the made-up school, and who was there to see it."""

from collections import Counter
from typing import NamedTuple

from ..tools import spans
from ..tools.formulas import half_up
from .marks import Occasion, Pupils, Teacher
from .texts import TOPICS

# One of the teachers forgets things.
_CARELESS, _CAREFUL = 0.8, 0.97


class _Journal(NamedTuple):
    """A journal as plain data."""

    subject: str
    subject_id: int
    is_marked: bool
    is_at_home: bool
    spans: list


class Classroom:
    """Who was there in each lesson, was asked, and what was set.

    :param world: ``world.World``
    :param first: first day
    :param last: last day
    """

    def __init__(self, world, first, last):
        self._rng = world.rng
        self._journals = self._read_journals(world, first, last)
        pupils = sorted(
            {span["pupil_id"] for own in self._journals.values() for span in own.spans}
        )
        dates = [day for day, _weekday in world.term().school_days(first, last)]
        self._pupils = Pupils(world.rng, pupils, dates)
        self._teachers = {}
        self._ordinals = Counter()
        self._exempt = {
            (row.pupil_id.id, row.subject_id.id): row._span()
            for row in world.env["ejournal.exemption"].search([])
        }

    @staticmethod
    def _read_journals(world, first, last):
        journals = world.env["ejournal.journal"].union(*world.journals.values())
        codes = {record.id: code for code, record in world.subjects.items()}
        spans_of = journals._pupil_spans(first, last)
        return {
            journal.id: _Journal(
                codes[journal.subject_id.id],
                journal.subject_id.id,
                journal.assessment == "marks",
                journal.class_ids == world.home_class,
                spans_of[journal.id],
            )
            for journal in journals
        }

    def fill(self, journal_id, teacher_id, date, number):
        """What a teacher enters into a lesson; lessons come in the order of days.

        :param teacher_id: id of the user who enters it; empty while the post is vacant
        :returns: ``marks.Sheet``; ``None`` when nobody filled the lesson
        """
        ordinal = self._ordinals[journal_id]
        self._ordinals[journal_id] += 1
        if not teacher_id:
            return None
        occasion = self._occasion(self._journals[journal_id], date, number, ordinal)
        return self._teacher(teacher_id).fill(occasion)

    def level(self, journal_id, pupil_id, rng):
        """A pupil's average in a journal, as it would come out of a quarter."""
        level = self._pupils.level(pupil_id, self._journals[journal_id].subject)
        return half_up(max(2.0, min(5.0, level + rng.gauss(0.0, 0.15))), 2)

    def coming_topic(self, journal_id):
        """What the next lesson of a journal is about."""
        topics = TOPICS[self._journals[journal_id].subject]
        return topics[self._ordinals[journal_id] % len(topics)]

    def _teacher(self, user_id):
        if user_id not in self._teachers:
            diligence = _CARELESS if len(self._teachers) == 3 else _CAREFUL
            self._teachers[user_id] = Teacher(self._rng, self._pupils, diligence)
        return self._teachers[user_id]

    def _occasion(self, journal, date, number, ordinal):
        """Who should be there: on the list by then, and not taught at home."""
        pupils = tuple(
            span["pupil_id"]
            for span in journal.spans
            if span["date_start"] <= date <= (span["date_end"] or date)
            and span["listed_on"] <= date
            and (journal.is_at_home or span["form"] == "full")
        )
        exempt = frozenset(
            pupil
            for pupil in pupils
            if (span := self._exempt.get((pupil, journal.subject_id)))
            and spans.covers(span, date)
        )
        return Occasion(
            journal.subject, date, number, ordinal, pupils, exempt, journal.is_marked
        )
