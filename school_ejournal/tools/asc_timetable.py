"""The XML file of aSc Timetables as plain data.

Two forms are read: the older one, with ``day`` in a card and ``weeks`` in a lesson, and
that of 2012, with masks of days and weeks. Nothing is judged here; references to what the
file lacks stay as they are.

The file comes from outside: no document type, no entities, no network, limited size.
"""

from dataclasses import dataclass

from lxml import etree

from .input_file import InputFileError

MAX_BYTES = 20 * 2**20
MAX_NUMBER = 1000  # of hours or lessons; no infinity, no negative ones
ALL, ODD, EVEN = "all", "odd", "even"
_ROOT = "timetable"
_WEEKS = {"": ALL, "1": ALL, "11": ALL, "10": ODD, "01": EVEN}


@dataclass(frozen=True, slots=True)
class Named:
    """Subject, room or anything else that has no more than a name."""

    id: str
    name: str
    short: str
    line: int


@dataclass(frozen=True, slots=True)
class Teacher:
    id: str
    name: str
    short: str
    email: str
    phone: str
    line: int


@dataclass(frozen=True, slots=True)
class SchoolClass:
    id: str
    name: str
    teacher_id: str
    line: int


@dataclass(frozen=True, slots=True)
class Group:
    """A part of a class; groups of one ``division`` together are the whole class."""

    id: str
    name: str
    class_id: str
    entire: bool
    division: str
    line: int


@dataclass(frozen=True, slots=True)
class Period:
    """A lesson of the day; times in minutes, ``None`` when the file has none."""

    number: int
    start: int | None
    end: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is taught to whom by whom, and how often; ``week`` is ``None`` for a rhythm of
    more than two weeks."""

    id: str
    subject_id: str
    class_ids: tuple
    group_ids: tuple
    teacher_ids: tuple
    student_ids: tuple
    length: int
    hours: float
    week: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Card:
    """A lesson in the timetable; ``weekdays`` 0–6, empty when not placed."""

    lesson_id: str
    weekdays: tuple
    number: int | None
    week: str | None
    room_ids: tuple
    line: int


@dataclass(frozen=True, slots=True)
class Timetable:
    """All of a file; dictionaries by the ids of the file, in its order.

    ``repeated`` lists ``(kind, id, line)`` of ids that the file gives twice.
    """

    periods: tuple
    teachers: dict
    classes: dict
    subjects: dict
    rooms: dict
    groups: dict
    lessons: dict
    cards: tuple
    student_count: int
    repeated: tuple


def read_timetable(content):
    """Read an XML file of aSc Timetables, in any encoding that it declares.

    :param content: bytes
    :returns: :class:`Timetable`
    :raises InputFileError: too large, no XML, or not of aSc Timetables
    """
    root = _parse(content)
    repeated = []
    groups = _by_id(root, "groups", _group, repeated)
    terms = _week_definitions(root)
    return Timetable(
        periods=tuple(filter(None, map(_period, _children(root, "periods")))),
        teachers=_by_id(root, "teachers", _teacher, repeated),
        classes=_by_id(root, "classes", _class, repeated),
        subjects=_by_id(root, "subjects", _named, repeated),
        rooms=_by_id(root, "classrooms", _named, repeated),
        groups=groups,
        lessons=_by_id(
            root, "lessons", lambda node: _lesson(node, groups, terms), repeated
        ),
        cards=tuple(map(_card, _children(root, "cards"))),
        student_count=sum(1 for _node in _children(root, "students")),
        repeated=tuple(repeated),
    )


def _parse(content):
    if len(content) > MAX_BYTES:
        raise InputFileError("too_large", limit=MAX_BYTES // 2**20)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", None) or 0
        raise InputFileError("broken_xml", line=line) from error
    if root.getroottree().docinfo.doctype:
        raise InputFileError("document_type")
    if root.tag != _ROOT or root.find("lessons") is None:
        raise InputFileError("no_timetable")
    return root


def _children(root, section):
    return root.iterfind(f"{section}/*")


def _by_id(root, section, read, repeated):
    result = {}
    for node in _children(root, section):
        thing = read(node)
        if thing.id in result:
            repeated.append((section, thing.id, node.sourceline))
        else:
            result[thing.id] = thing
    return result


# ---- attributes ------------------------------------------------------------------------


def _text(node, *names):
    """The first attribute that is given, without superfluous spaces."""
    for name in names:
        text = " ".join((node.get(name) or "").split())
        if text:
            return text
    return ""


def _ids(node, *names):
    return tuple(
        part for part in _text(node, *names).replace(" ", "").split(",") if part
    )


def _number(node, name, default):
    try:
        number = float(_text(node, name).replace(",", "."))
    except ValueError:
        return default
    return number if 0 <= number <= MAX_NUMBER else default


def _minutes(text):
    hours, _colon, minutes = text.partition(":")
    if not (hours.isdecimal() and minutes.isdecimal()):
        return None
    return int(hours) * 60 + int(minutes)


def _week_of(mask):
    """``None`` for a rhythm that odd and even weeks cannot say."""
    if mask in _WEEKS:
        return _WEEKS[mask]
    return ALL if mask and set(mask) == {"1"} else None


def _weekdays_of(mask):
    return tuple(day for day, flag in enumerate(mask) if flag == "1")


# ---- elements --------------------------------------------------------------------------


def _named(node):
    short = _text(node, "short")
    return Named(
        _text(node, "id"), _text(node, "name") or short, short, node.sourceline
    )


def _teacher(node):
    name = _text(node, "name")
    if not name:
        name = " ".join(
            filter(None, (_text(node, "lastname"), _text(node, "firstname")))
        )
    short = _text(node, "short")
    return Teacher(
        _text(node, "id"),
        name or short,
        short,
        _text(node, "email"),
        _text(node, "mobile", "phone"),
        node.sourceline,
    )


def _class(node):
    return SchoolClass(
        _text(node, "id"),
        _text(node, "name", "short"),
        _text(node, "teacherid"),
        node.sourceline,
    )


def _group(node):
    return Group(
        _text(node, "id"),
        _text(node, "name"),
        _text(node, "classid"),
        _text(node, "entireclass") == "1",
        _text(node, "divisiontag"),
        node.sourceline,
    )


def _period(node):
    number = _text(node, "period")
    if not number.isdecimal():
        return None
    return Period(
        int(number),
        _minutes(_text(node, "starttime")),
        _minutes(_text(node, "endtime")),
        node.sourceline,
    )


def _week_definitions(root):
    """``{id: mask}`` of the form of 2012."""
    return {
        _text(node, "id"): _text(node, "weeks").split(",")[0]
        for node in _children(root, "weeksdefs")
    }


def _lesson(node, groups, week_definitions):
    group_ids = _ids(node, "groupids", "groupid")
    class_ids = _ids(node, "classids", "classid")
    if not class_ids:
        owners = (groups[key].class_id for key in group_ids if key in groups)
        class_ids = tuple(dict.fromkeys(owners))
    mask = _text(node, "weeks") or week_definitions.get(_text(node, "weeksdefid"), "")
    return Lesson(
        _text(node, "id"),
        _text(node, "subjectid"),
        class_ids,
        group_ids,
        _ids(node, "teacherids", "teacherid"),
        _ids(node, "studentids"),
        max(1, int(_number(node, "periodspercard", 1))),
        _number(node, "periodsperweek", 0.0),
        _week_of(mask),
        node.sourceline,
    )


def _card(node):
    day, period = _text(node, "day"), _text(node, "period")
    weekdays = (int(day),) if day.isdecimal() else _weekdays_of(_text(node, "days"))
    mask = _text(node, "weeks")
    return Card(
        _text(node, "lessonid"),
        weekdays,
        int(period) if period.isdecimal() else None,
        _week_of(mask),
        _ids(node, "classroomids", "classroomid"),
        node.sourceline,
    )
