"""A weekly timetable without clashes, as plain data.

Each class has exactly as many places as lessons, from the first of the day on, so there
are no gaps. Sessions are placed one by one; who is in the way is put back into the queue
and becomes harder to move each time (iterative forward search). No teacher is in two
places at one time; a shift's lessons do not overlap the other shift's.
"""

from collections import defaultdict
from typing import NamedTuple

WEEKDAYS = 5
_LONGEST_DAY = 6
_PATIENCE = 400  # tries a session, before the work is given up


class Place(NamedTuple):
    """Where a session stands: ``number`` is that of its first lesson."""

    weekday: int
    number: int


class NoTimetable(Exception):
    """The sessions do not fit; another order of the same may."""


def make_timetable(sessions, shifts, rng):
    """Place all sessions.

    :param sessions: list of ``staffing.Session``
    :param shifts: ``{class name: number of its shift}``
    :param rng: ``random.Random``
    :returns: list of :class:`Place`, one a session, in their order
    """
    for _attempt in range(20):
        try:
            return _Search(sessions, shifts, rng).run()
        except NoTimetable:
            continue
    raise NoTimetable("too many lessons for these teachers and classes")


class _Search:
    def __init__(self, sessions, shifts, rng):
        self._sessions = sessions
        self._shifts = shifts
        self._rng = rng
        self._days = _lengths_of_days(sessions)
        self._placed = {}
        self._of_class = {}  # (class, weekday, number) → session
        self._of_teacher = {}  # (teacher, shift, weekday, number) → session
        self._weight = defaultdict(lambda: 1.0)

    def run(self):
        queue = sorted(
            range(len(self._sessions)),
            key=lambda index: (
                self._sessions[index].length,
                len(self._sessions[index].teachers),
                self._rng.random(),
            ),
        )
        tries = _PATIENCE * len(queue)
        while queue:
            tries -= 1
            if tries < 0:
                raise NoTimetable("no place found in time")
            index = queue.pop()
            place, ousted = self._best_place(index)
            for other in ousted:
                self._remove(other)
                self._weight[other] += 1.0
            self._put(index, place)
            queue.extend(ousted)
        return [self._placed[index] for index in range(len(self._sessions))]

    def _best_place(self, index):
        """The place that ousts least, and whom it ousts."""
        best = None
        for place in self._places(index):
            ousted = self._in_the_way(index, place)
            cost = sum(
                self._weight[other] * self._sessions[other].length for other in ousted
            )
            cost += 0.4 * self._same_subject(index, place, ousted)
            cost += 0.1 * self._rng.random()
            if best is None or cost < best[0]:
                best = (cost, place, ousted)
        return best[1:]

    def _places(self, index):
        session = self._sessions[index]
        for weekday, length in enumerate(self._days[session.class_name]):
            for number in range(1, length - session.length + 2):
                yield Place(weekday, number)

    def _keys(self, index, place):
        """The places of the class and of its teachers that a session takes."""
        session = self._sessions[index]
        shift = self._shifts[session.class_name]
        for number in range(place.number, place.number + session.length):
            yield self._of_class, (session.class_name, place.weekday, number)
            for teacher in session.teachers:
                yield self._of_teacher, (teacher, shift, place.weekday, number)

    def _in_the_way(self, index, place):
        return {
            table[key] for table, key in self._keys(index, place) if key in table
        } - {index}

    def _same_subject(self, index, place, ousted):
        """How often the class has the subject on that day already."""
        session = self._sessions[index]
        return sum(
            other not in ousted and self._sessions[other].subject == session.subject
            for number in range(1, _LONGEST_DAY + 1)
            if (
                other := self._of_class.get((session.class_name, place.weekday, number))
            )
            is not None
        )

    def _put(self, index, place):
        self._placed[index] = place
        for table, key in self._keys(index, place):
            table[key] = index

    def _remove(self, index):
        for table, key in self._keys(index, self._placed.pop(index)):
            del table[key]


def _lengths_of_days(sessions):
    """``{class name: [lessons on Monday, …]}``, as even as possible."""
    hours = defaultdict(int)
    for session in sessions:
        hours[session.class_name] += session.length
    result = {}
    for class_name, total in hours.items():
        share, rest = divmod(total, WEEKDAYS)
        result[class_name] = [share + (day < rest) for day in range(WEEKDAYS)]
    return result
