"""What is new since a moment, out of what ``load_diary`` reads."""


def news_of(diary, since):
    """Entries of a diary that are shown since a moment, newest lesson first.

    :param diary: result of ``ejournal.pupil.load_diary``
    :param since: naive UTC
    :returns: list of dicts: kind (mark, attendance, homework), subject, date, lesson
    """
    result = []
    seen = set()
    for day in reversed(diary["days"]):
        for lesson in day["lessons"]:
            if lesson["id"] not in seen:
                seen.add(lesson["id"])
                result += [
                    {"subject": lesson["subject"], "date": day["date"], **item}
                    for item in _of_lesson(lesson, since)
                ]
    return result


def _of_lesson(lesson, since):
    for mark in lesson["marks"]:
        if mark["shown_at"] >= since:
            yield {"kind": "mark", "mark": mark}
    fact = lesson["attendance"]
    if fact and fact["shown_at"] >= since:
        yield {"kind": "attendance", "attendance": fact}
    told = lesson["homework"] or lesson["files"]
    if told and lesson["homework_at"] and lesson["homework_at"] >= since:
        yield {"kind": "homework", "homework": lesson["homework"]}


def counted(diary):
    """A week in figures, for a letter.

    :param diary: result of ``ejournal.pupil.load_diary``
    :returns: dict of ``marks`` (``{subject: [text]}``), ``absent``, ``late``
    """
    marks, kinds = {}, []
    for day in diary["days"]:
        for lesson in day["lessons"]:
            for mark in lesson["marks"]:
                parts = filter(None, (mark["value"], mark["second_value"]))
                if text := "/".join(parts):
                    marks.setdefault(lesson["subject"], []).append(text)
            if lesson["attendance"]:
                kinds.append(lesson["attendance"]["kind"])
    return {
        "marks": marks,
        "absent": kinds.count("absent"),
        "late": kinds.count("late"),
    }
