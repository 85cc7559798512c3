"""Several teachers in one lesson: who of them teaches whom."""

from .import_base import NOTE

COTEACH_WRITE, COTEACH_READ, SHARE = "write", "read", "share"


class TeacherQuestions:
    """Asks how the teachers of a lesson share it, and arranges it by the answer.

    :param wishes: :class:`timetable_wishes.TimetableWishes`
    :param audiences: :class:`timetable_audience.Audiences`
    :param journals: :class:`timetable_journals.Journals`, to propose what holds already
    """

    def __init__(self, wishes, audiences, journals):
        self.wishes = wishes
        self.importer = wishes.importer
        self.env = wishes.env
        self.audiences = audiences
        self.present = journals
        self._answers = {}

    def arrange(self, lesson, teachers):
        """Who teaches whom in a lesson.

        :returns: list of ``(audience, main teacher, {helper: (may write, answered)},
            place among the rooms or None)``
        """
        audience = self.audiences.of(lesson)
        if not teachers:
            text = self.env._(
                "No teacher: the journal is a vacancy until one is named."
            )
            self.wishes.tell(NOTE, lesson, text)
            return [(audience, None, {}, None)]
        if len(teachers) == 1:
            return [(audience, teachers[0], {}, None)]
        shares = {
            _share_key(share, teachers): share
            for share in self.audiences.shares(lesson, teachers)
        }
        answer = self._ask(lesson, audience, teachers, shares)
        kind, _colon, rest = answer.partition(":")
        if kind == SHARE:
            return _arrange_share(shares[rest], teachers)
        answered = _question_key(lesson) in self.importer.answers
        main = teachers[int(rest)] if kind == COTEACH_READ else teachers[0]
        helpers = {
            t: (kind == COTEACH_WRITE, answered) for t in teachers if t is not main
        }
        return [(audience, main, helpers, None)]

    def _ask(self, lesson, audience, teachers, shares):
        """The answer that holds; lessons of one subject, audience and list of teachers
        share one question."""
        key = _question_key(lesson)
        if key not in self._answers:
            short = _short_names(teachers)
            self._answers[key] = self.importer.ask(
                key,
                self.env._(
                    "%(lesson)s: who of %(teachers)s teaches whom?",
                    lesson=self.wishes.title_of(lesson),
                    teachers=", ".join(short.values()),
                ),
                self._options(teachers, shares, short),
                self._default(lesson, audience, teachers, shares),
            )
        return self._answers[key]

    def _options(self, teachers, shares, short):
        env = self.env
        options = [(f"{COTEACH_WRITE}:", env._("Co-teachers, all of them enter"))]
        for place, teacher in enumerate(teachers):
            label = env._(
                "Co-teachers, only %(teacher)s enters, who else is there reads",
                teacher=short[teacher],
            )
            options.append((f"{COTEACH_READ}:{place}", label))
        for key, share in shares.items():
            label = "; ".join(
                f"{part.subgroup_name or part.classes[0].title} → {short[teacher]}"
                for part, teacher in share
            )
            options.append((f"{SHARE}:{key}", label))
        return options

    def _default(self, lesson, audience, teachers, shares):
        """What the journals say already; else co-teachers.

        A lesson that the timetable divides into groups is given by all its teachers, so
        all may enter; of a whole class the first one enters.
        """
        subject = self.wishes.names.subjects[lesson.subject_id]
        for key, share in shares.items():
            if all(
                teacher.record
                and self.present.main_teacher(part, subject) == teacher.record
                for part, teacher in share
            ):
                return f"{SHARE}:{key}"
        writers = self.present.writers(audience, subject)
        if writers is not None:
            return _default_of_writers(teachers, writers)
        if self.audiences.is_divided(lesson):
            return f"{COTEACH_WRITE}:"
        return f"{COTEACH_READ}:0"


def _arrange_share(share, teachers):
    """Each part its own teacher; who is left over helps in all parts."""
    alone = {teacher for _part, teacher in share}
    helpers = {teacher: (True, False) for teacher in teachers if teacher not in alone}
    return [
        (part, teacher, helpers, teachers.index(teacher)) for part, teacher in share
    ]


def _default_of_writers(teachers, writers):
    writing = [place for place, t in enumerate(teachers) if t.record in writers]
    if len(writing) == 1:
        return f"{COTEACH_READ}:{writing[0]}"
    return f"{COTEACH_WRITE}:" if writing else f"{COTEACH_READ}:0"


def _question_key(lesson):
    return "|".join(
        (
            "lesson",
            lesson.subject_id,
            ",".join(lesson.class_ids),
            ",".join(lesson.group_ids),
            ",".join(lesson.teacher_ids),
        )
    )


def _share_key(share, teachers):
    return ",".join(
        f"{part.subgroup_name or part.classes[0].title}={teachers.index(teacher)}"
        for part, teacher in share
    )


def _short_names(teachers):
    """«Асанова Н.», as long as that tells them apart."""
    short = {}
    for teacher in teachers:
        last, *rest = teacher.title.split()
        short[teacher] = " ".join((last, *(f"{name[:1]}." for name in rest[:1])))
    if len(set(short.values())) < len(teachers):
        return {teacher: teacher.title for teacher in teachers}
    return short
