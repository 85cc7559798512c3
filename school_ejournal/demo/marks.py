"""What a class does and a teacher enters, lesson by lesson, as plain data.

Believable rather than random: pupils are able or less so, are ill for days in a row, come
late to the first lesson; a 4 is more frequent than a 2; some teachers leave gaps.
"""

from collections import defaultdict
from typing import NamedTuple

from .texts import CLASSWORK, CONTROL_TITLE, CONTROL_TOPIC, HOMEWORK, TOPICS

# Which work each subject is examined by, and every how many lessons.
_CONTROL_OF = {
    **dict.fromkeys(
        ("rus", "eng", "math", "algebra", "geometry", "physics", "chemistry"), "control"
    ),
    "kyr": "dictation",
    "lit": "essay",
}
_LESSONS_BETWEEN_CONTROLS = 8
_TWO_MARKS = ("dictation", "essay")
# In these subjects everybody does well.
_EASY = frozenset({"sport", "music", "art", "crafts", "ethics"})

_ILL_A_DAY = 0.006  # how likely a healthy pupil falls ill
_DAYS_ILL = (2, 8)
_LATE = 0.012
_LATE_FIRST = 0.05
_LESSON_MINUTES_LATE = (3, 20)


class Column(NamedTuple):
    """A column of marks: ``code`` of its type, marks as ``(pupil, value, second)``."""

    code: str
    title: str
    marks: tuple


class Sheet(NamedTuple):
    """What a teacher enters into one lesson.

    ``facts`` are ``(pupil, kind, minutes)``; pupils are whatever the caller names them by.
    """

    topic: str
    classwork: str
    homework: str
    no_homework: bool
    homework_minutes: int
    attendance_confirmed: bool
    columns: tuple
    facts: tuple


class Occasion(NamedTuple):
    """The lesson that is to be filled.

    ``ordinal`` counts the journal's lessons from 0; ``pupils`` are those who should be
    there, ``exempt`` those among them who get no mark; ``is_marked`` is whether the class
    gets marks at all.
    """

    subject: str
    date: object
    number: int
    ordinal: int
    pupils: tuple
    exempt: frozenset
    is_marked: bool


class Pupils:
    """How able, healthy and punctual each pupil is.

    :param rng: ``random.Random``
    :param pupils: list of whatever pupils are named by
    :param dates: the school days, in order
    """

    def __init__(self, rng, pupils, dates):
        self._rng = rng
        self.ability = {pupil: rng.gauss(3.9, 0.55) for pupil in pupils}
        self.truancy = {
            pupil: 0.03 if rng.random() < 0.04 else 0.002 for pupil in pupils
        }
        self.talent = defaultdict(lambda: rng.gauss(0.0, 0.3))
        self.ill = {pupil: self._days_ill(dates) for pupil in pupils}

    def _days_ill(self, dates):
        ill, left = set(), 0
        for date in dates:
            if not left and self._rng.random() < _ILL_A_DAY:
                left = self._rng.randint(*_DAYS_ILL)
            if left:
                ill.add(date)
                left -= 1
        return ill

    def is_absent(self, pupil, date):
        return date in self.ill[pupil] or self._rng.random() < self.truancy[pupil]

    def mark(self, pupil, subject):
        """A mark 2–5 as the pupil would get it in a subject."""
        level = self.level(pupil, subject)
        return max(2, min(5, round(level + self._rng.gauss(0.0, 0.5))))

    def level(self, pupil, subject):
        """How well a pupil stands in a subject, about 2 to 5."""
        level = self.ability[pupil] + self.talent[pupil, subject]
        return level + (0.7 if subject in _EASY else 0.0)


class Teacher:
    """How a teacher keeps the journal.

    :param rng: ``random.Random``
    :param diligence: share of the lessons that are filled without a gap
    """

    def __init__(self, rng, pupils, diligence=0.95):
        self._rng = rng
        self._pupils = pupils
        self._diligence = diligence
        self._share_asked = rng.uniform(0.18, 0.42)

    def fill(self, occasion):
        """What is entered into a lesson; ``None`` when the teacher forgot it."""
        gap = None
        if self._rng.random() > self._diligence:
            gap = self._rng.choice(("all", "homework", "attendance", "classwork"))
        if gap == "all":
            return None
        facts = self._roll_call(occasion)
        away = {pupil for pupil, kind, _minutes in facts if kind == "absent"}
        control = self.control_of(occasion)
        homework = self._homework(occasion, control)
        classwork = self._rng.choice(CLASSWORK.get(occasion.subject, CLASSWORK[None]))
        return Sheet(
            topic=self.topic(occasion),
            classwork="" if gap == "classwork" else classwork,
            homework="" if gap == "homework" else homework,
            no_homework=not homework and gap != "homework",
            homework_minutes=self._rng.choice((0, 15, 20, 30)) if homework else 0,
            attendance_confirmed=gap != "attendance",
            columns=self._columns(occasion, away, control)
            if occasion.is_marked
            else (),
            facts=tuple(facts),
        )

    @staticmethod
    def topic(occasion):
        topics = TOPICS[occasion.subject]
        if control := Teacher.control_of(occasion):
            return CONTROL_TOPIC[control]
        return topics[occasion.ordinal % len(topics)]

    @staticmethod
    def control_of(occasion):
        """Code of the control work that the lesson is for, or ``None``."""
        place = occasion.ordinal % _LESSONS_BETWEEN_CONTROLS
        if not occasion.is_marked or place != _LESSONS_BETWEEN_CONTROLS - 2:
            return None
        return _CONTROL_OF.get(occasion.subject)

    def _homework(self, occasion, control):
        choices = HOMEWORK.get(occasion.subject)
        if not choices or control or self._rng.random() < 0.06:
            return ""
        number, page = self._rng.randint(12, 340), self._rng.randint(8, 190)
        return self._rng.choice(choices).format(n=number, p=page)

    def _roll_call(self, occasion):
        facts = []
        late = _LATE_FIRST if occasion.number == 1 else _LATE
        for pupil in occasion.pupils:
            if self._pupils.is_absent(pupil, occasion.date):
                facts.append((pupil, "absent", 0))
            elif self._rng.random() < late * 0.5:
                minutes = self._rng.randint(*_LESSON_MINUTES_LATE)
                facts.append(
                    (pupil, "late", minutes if self._rng.random() < 0.7 else 0)
                )
        return facts

    def _columns(self, occasion, away, control):
        there = [
            pupil
            for pupil in occasion.pupils
            if pupil not in away and pupil not in occasion.exempt
        ]
        if control:
            number = occasion.ordinal // _LESSONS_BETWEEN_CONTROLS + 1
            title = CONTROL_TITLE[control].format(n=number)
            return (Column(control, title, self._marks(there, occasion, control)),)
        asked = round(self._rng.gauss(len(there) * self._share_asked, 2))
        asked = max(0, min(len(there), asked))
        if not asked:
            return ()
        chosen = self._rng.sample(there, asked)
        return (Column("answer", "", self._marks(chosen, occasion, "answer")),)

    def _marks(self, pupils, occasion, code):
        mark, subject = self._pupils.mark, occasion.subject
        two = code in _TWO_MARKS
        return tuple(
            (
                pupil,
                str(mark(pupil, subject)),
                str(mark(pupil, subject)) if two else False,
            )
            for pupil in pupils
        )
