"""Which column of a list means what: headers in Kyrgyz, Russian or English.

Headers are compared without case, spaces and punctuation, in one alphabet. A number in a
header («2-ата-эне», «Телефон 2») tells which parent is meant.
"""

import re
import unicodedata
from dataclasses import dataclass

# Latin letters that look Cyrillic; both sides are folded, so «Email» meets «Еmail».
_ONE_ALPHABET = str.maketrans("abcehkmoptxy", "авсенкмортху")
_NUMBER = re.compile(r"\d+")
_SEARCHED_ROWS = 10
_FEWEST_HEADERS = 2


@dataclass(frozen=True)
class Column:
    """A column that an import knows.

    :param field: name in the rows that :func:`find_header` leads to
    :param titles: ``{language: headers}``, the first one is that of the template
    :param numbered: whether there may be several, one for each parent
    """

    field: str
    titles: dict
    numbered: bool = False
    required: bool = False


def _column(field, ky, ru, en, **options):
    titles = {
        language: tuple(title.strip() for title in text.split("|"))
        for language, text in (("ky", ky), ("ru", ru), ("en", en))
    }
    return Column(field, titles, **options)


_LAST_NAME = _column(
    "last_name", "Фамилиясы|Фамилия", "Фамилия", "Last name|Surname|Family name"
)
_FIRST_NAME = _column(
    "first_name", "Аты|Ысымы", "Имя", "First name|Given name|Forename"
)
_PATRONYMIC = _column(
    "patronymic",
    "Атасынын аты|Атасынын ысымы",
    "Отчество",
    "Patronymic|Middle name|Father's name",
)
_FULL_NAME = _column(
    "full_name",
    "Аты-жөнү|Фамилиясы, аты|Фамилиясы, аты, атасынын аты",
    "ФИО|Ф.И.О.|Фамилия Имя Отчество|Фамилия, имя",
    "Full name|Name",
)
_PHONE = "Телефон|Телефону|Телефон номери|Тел", "Телефон|Номер телефона|Мобильный|Тел"
_EMAIL = "Email|E-mail|Электрондук почта|Почта", "Email|E-mail|Эл. почта|Почта"
_EMAIL_EN = "Email|E-mail|E-mail address|Mail"

PUPIL_COLUMNS = (
    _column("class_name", "Класс|Классы", "Класс", "Class|Form", required=True),
    _LAST_NAME,
    _FIRST_NAME,
    _PATRONYMIC,
    _FULL_NAME,
    _column(
        "birth_date",
        "Туулган күнү|Туулган датасы|Туулган жылы, айы, күнү",
        "Дата рождения|День рождения|Д.р.",
        "Birth date|Date of birth|Birthday|Born",
    ),
    _column("gender", "Жынысы|Жыныс", "Пол", "Gender|Sex"),
    _column(
        "pin",
        "ПИН|Жеке номери|ИНН|Персоналдык номери",
        "ПИН|ИНН|Персональный номер|Личный номер",
        "PIN|Personal number",
    ),
    _column("address", "Дареги|Дарек|Жашаган жери", "Адрес", "Address"),
    _column(
        "subgroup", "Топ|Тобу|Топтор", "Подгруппа|Группа|Подгруппы", "Subgroup|Group"
    ),
    _column(
        "parent",
        "Ата-эне|Ата-энеси|Ата-эне (мыйзамдуу өкүл)|Ата-эненин аты-жөнү",
        "Родитель|ФИО родителя|Родители|Законный представитель",
        "Parent|Guardian|Parent's name|Parent name",
        numbered=True,
    ),
    _column(
        "relation",
        "Ким болот|Тууганчылыгы|Кими болот",
        "Кем приходится|Родство|Степень родства",
        "Relation|Relationship",
        numbered=True,
    ),
    _column(
        "phone",
        _PHONE[0] + "|Ата-эненин телефону",
        _PHONE[1] + "|Телефон родителя",
        "Phone|Telephone|Mobile|Parent's phone|Parent phone",
        numbered=True,
    ),
    _column(
        "email",
        _EMAIL[0] + "|Ата-эненин почтасы",
        _EMAIL[1] + "|Почта родителя",
        _EMAIL_EN + "|Parent's e-mail|Parent e-mail",
        numbered=True,
    ),
)
TEACHER_COLUMNS = (
    _LAST_NAME,
    _FIRST_NAME,
    _PATRONYMIC,
    _FULL_NAME,
    _column("email", *_EMAIL, _EMAIL_EN),
    _column("phone", *_PHONE, "Phone|Telephone|Mobile"),
)
PLAN_COLUMNS = (
    _column("number", "№|№ к/н", "№|№ п/п", "No|№"),
    _column(
        "topic",
        "Тема|Темасы|Темалар|Сабактын темасы",
        "Тема|Тема урока|Темы",
        "Topic|Theme|Title",
        required=True,
    ),
    _column(
        "hours",
        "Сааты|Саат|Сааттын саны|Саат саны",
        "Часы|Кол-во часов|Количество часов|Час",
        "Hours|Lessons",
    ),
    _column(
        "date",
        "Мөөнөтү|Күнү|Датасы|Дата",
        "Дата|Срок|Сроки|Дата по плану",
        "Date|Planned for",
    ),
    _column(
        "outcome",
        "Күтүлүүчү натыйжалар жана компетенциялар|Күтүлүүчү натыйжалар|Натыйжа",
        "Ожидаемые результаты|Ожидаемые результаты и компетенции|Результат",
        "Expected outcome|Outcome",
    ),
    _column(
        "homework",
        "Үй тапшырмасы|Үйгө тапшырма",
        "Домашнее задание|Задание на дом",
        "Homework",
    ),
    _column(
        "control",
        "Текшерүү иши|Контролдук иш",
        "Контрольная работа|Контрольная",
        "Control work|Test",
    ),
    _column("quarter", "Чейрек", "Четверть", "Quarter"),
)
# Either the parts of a name or the whole name in one column.
NAME_PARTS = ("last_name", "first_name")
NAME_WHOLE = "full_name"


def fold(header):
    """A header without number, case, spaces and punctuation, in one alphabet."""
    text = unicodedata.normalize("NFC", str(header)).lower()
    letters = "".join(letter for letter in text if letter.isalpha())
    return letters.translate(_ONE_ALPHABET)


@dataclass(frozen=True)
class Header:
    """Where the columns of a sheet are.

    ``row`` is the number of the header's row, ``places`` is ``{(field, number): column}``
    with number 1 for what is there once, ``titles`` the headers by column, ``unknown``
    those that mean nothing here, ``twice`` those that stand there twice, ``missing`` the
    needed columns not found.
    """

    row: int
    places: dict
    titles: dict
    unknown: tuple
    twice: tuple
    missing: tuple


def find_header(rows, columns):
    """The row of headers among the first rows of a sheet.

    :param rows: rows of :mod:`xlsx_table`
    :param columns: the columns to look for
    :returns: :class:`Header`, or ``None`` when no row looks like one
    """
    known = {
        fold(title): column
        for column in columns
        for titles in column.titles.values()
        for title in titles
    }
    best = None
    for row in rows[:_SEARCHED_ROWS]:
        header = _read_header(row, known, columns)
        if best is None or len(header.places) > len(best.places):
            best = header
    return best if best and len(best.places) >= _FEWEST_HEADERS else None


def _read_header(row, known, columns):
    places, unknown, twice = {}, [], []
    for place, cell in sorted(row.cells.items()):
        title = cell.text
        if not title:
            continue
        column = known.get(fold(title))
        if not column:
            unknown.append(title)
            continue
        key = _key_of(column, title, places)
        if key in places:
            twice.append(title)
        else:
            places[key] = place
    titles = {place: row.cells[place].text for place in places.values()}
    return Header(
        row.number,
        places,
        titles,
        tuple(unknown),
        tuple(twice),
        _missing(places, columns),
    )


def _key_of(column, title, places):
    if not column.numbered:
        return column.field, 1
    number = _NUMBER.search(title)
    if number:
        return column.field, int(number.group())
    # «Телефон» for a second time belongs to the second parent
    free = 1
    while (column.field, free) in places:
        free += 1
    return column.field, free


def _missing(places, columns):
    missing = [
        column
        for column in columns
        if column.required and (column.field, 1) not in places
    ]
    parts = [column for column in columns if column.field in NAME_PARTS]
    if (NAME_WHOLE, 1) not in places:
        missing += [column for column in parts if (column.field, 1) not in places]
    return tuple(missing)
