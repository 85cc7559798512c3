"""Who teaches what: courses given to teachers by department and load, as plain data."""

from dataclasses import dataclass, field

from .curriculum import SUBJECTS, courses_of

_FULL_LOAD = 28
PRIMARY = "primary"


@dataclass
class Teacher:
    """A teacher to be made; ``key`` is his number in the school."""

    key: int
    department: str
    hours: int = 0


@dataclass(frozen=True)
class Post:
    """A journal to be made: a subject of a class or of one of its subgroups.

    ``group`` is 0 for the whole class, 1 or 2 for a subgroup; ``week`` as in the
    timetable. ``teacher`` is a key.
    """

    class_name: str
    subject: str
    group: int
    hours: int
    week: str
    teacher: int


@dataclass(frozen=True)
class Session:
    """What must stand at one time of the timetable: one or several posts at once.

    Subgroups have their lessons side by side, alternating subjects share a place.
    """

    class_name: str
    posts: tuple
    length: int

    @property
    def subject(self):
        return self.posts[0].subject

    @property
    def teachers(self):
        return frozenset(post.teacher for post in self.posts)


@dataclass
class Staffing:
    """``teachers``, their ``posts`` and the ``sessions`` for the timetable."""

    teachers: list = field(default_factory=list)
    posts: list = field(default_factory=list)
    sessions: list = field(default_factory=list)

    def teaching(self, class_name, subject):
        """The posts of a subject in a class."""
        return [
            post
            for post in self.posts
            if (post.class_name, post.subject) == (class_name, subject)
        ]


class Staff:
    """Gives courses to teachers, the least busy of the department first."""

    def __init__(self, size):
        self._size = size
        self._result = Staffing()
        self._departments = {}
        self._in_class = {}

    def plan(self):
        """The :class:`Staffing` of the school."""
        for spec in self._size.classes:
            self._departments.setdefault(spec.block, {})
            for course in courses_of(spec.grade):
                self._give(spec, course)
        return self._result

    def _give(self, spec, course):
        posts = self._posts(spec, course)
        self._result.posts += posts
        length = 2 if course.is_double else 1
        sessions = [Session(spec.name, posts, length)] * (course.hours // length)
        self._result.sessions += sessions

    def _posts(self, spec, course):
        """The posts that stand side by side at each time of the course."""
        if len(course.subjects) > 1:
            weeks = zip(course.subjects, ("odd", "even"), strict=True)
            groups = [(subject, 0, week) for subject, week in weeks]
        elif course.in_subgroups:
            groups = [(course.subjects[0], group, "all") for group in (1, 2)]
        else:
            groups = [(course.subjects[0], 0, "all")]
        posts = []
        for subject, group, week in groups:
            busy = {post.teacher for post in posts} if group else set()
            teacher = self._teacher(spec, subject, course.hours, group, busy)
            posts.append(
                Post(spec.name, subject, group, course.hours, week, teacher.key)
            )
        return tuple(posts)

    def _teacher(self, spec, subject, hours, group, busy):
        """Language and literature of a class are one teacher's, as are its subgroups'."""
        department = SUBJECTS[subject].department
        if spec.is_primary and department != "eng":
            department = PRIMARY
        place = (spec.name, department, group)
        teacher = self._in_class.get(place)
        if not teacher or teacher.key in busy:
            teacher = self._least_busy(spec, department, hours, busy)
        self._in_class[place] = teacher
        teacher.hours += hours
        return teacher

    def _least_busy(self, spec, department, hours, busy):
        colleagues = self._departments[spec.block].setdefault(department, [])
        free = [
            teacher
            for teacher in colleagues
            if teacher.key not in busy and teacher.hours + hours <= _FULL_LOAD
        ]
        # a primary class has its own teacher
        if free and department != PRIMARY:
            return min(free, key=lambda teacher: (teacher.hours, teacher.key))
        teacher = Teacher(len(self._result.teachers), department)
        self._result.teachers.append(teacher)
        colleagues.append(teacher)
        return teacher
