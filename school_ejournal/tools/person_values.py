"""What is typed about a person, read as values: dates, phones, relations.

Each reader takes a :class:`xlsx_table.Cell` and returns a value or raises
:class:`ValueFault`, which names the fault so that the list of faults can say it.
"""

import re
from datetime import date, datetime, timedelta

from .letters import normalize_person_name
from .xlsx_table import DATE, ERROR, FORMULA, NUMBER, OTHER

MAX_NAME = 64
MAX_TEXT = 200
OLDEST_BIRTH = 1900
FORMULA_SIGNS = ("=", "+", "-", "@")
PHONE_DIGITS = range(5, 16)
PIN_DIGITS = 14
# The part of a number that stays the same with and without the country's code.
_NATIONAL_DIGITS = 9

_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_PHONE = re.compile(r"\+?[\d\s()./-]+")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:\s*[жг]\.?)?")
_YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})(?:[T ]00:00(?::00)?)?")
_NOTHING = re.compile("[-‐-―−]+")  # a dash in a list says that there is none
_EXCEL_EPOCH = datetime(1899, 12, 30)
_SERIALS = range(1, 80_000)

_CHILD_OF = ("уулу", "кызы")
_GENDERS = {
    "female": "ж жен женский женщина девочка кыз кыз-бала аял f female girl woman",
    "male": "м муж мужской мужчина мальчик эркек уул бала эркек-бала m male boy man",
}
_RELATIONS = {
    "mother": "апа апасы апам эне энеси мать мама мамасы mother mom mum",
    "father": "ата атасы атам отец папа папасы father dad",
    "grandparent": "чоң-апа чоң-апасы чоң-ата чоң-атасы таене таенеси таэне таэнеси "
    "тайэне тайата таята таятасы бабушка дедушка grandmother grandfather grandparent",
    "guardian": "камкорчу камкорчусу көзөмөлчү опекун опекунша попечитель guardian",
    "other": "башка другой другое other эже эжеси байке байкеси агасы ага таяке таякеси "
    "таяже тётя тетя дядя брат сестра aunt uncle brother sister",
}


class ValueFault(Exception):
    """A cell that cannot be taken.

    :param code: which fault, a key of ``wizard/import_texts.py``
    :param value: what stands there, as text
    """

    def __init__(self, code, value="", **details):
        super().__init__(code)
        self.code = code
        self.details = {"value": shorten(value), **details}


def shorten(value, length=40):
    """A value for a message: long ones are cut."""
    text = " ".join(str(value).split())
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _word_table(table):
    return {word: value for value, words in table.items() for word in words.split()}


_GENDER_OF = _word_table(_GENDERS)
_RELATION_OF = _word_table(_RELATIONS)


def _plain(cell):
    """Text of a cell; formulas and errors of Excel are never taken."""
    if cell is None:
        return ""
    if cell.kind == FORMULA:
        raise ValueFault("formula", cell.value)
    if cell.kind == ERROR:
        raise ValueFault("cell_error", cell.value)
    if cell.kind == OTHER:
        raise ValueFault("not_text", cell.value)
    if cell.kind == DATE:
        return cell.value.strftime("%d.%m.%Y")
    text = cell.text
    return "" if _NOTHING.fullmatch(text) else text


def _refuse_formula_sign(text):
    if text.startswith(FORMULA_SIGNS):
        raise ValueFault("formula", text)


def read_text(cell, limit=MAX_TEXT):
    """Plain text, e.g. an address or the name of a subgroup."""
    text = _plain(cell)
    _refuse_formula_sign(text)
    if len(text) > limit:
        raise ValueFault("too_long", text, limit=limit)
    return text


def read_name(cell):
    """A part of a name as the journal writes it."""
    if cell is not None and cell.kind in (NUMBER, DATE):
        raise ValueFault("not_a_name", _plain(cell))
    name = normalize_person_name(read_text(cell, MAX_NAME))
    if name and not any(letter.isalpha() for letter in name):
        raise ValueFault("not_a_name", name)
    return name


def read_full_name(cell):
    """«Асанова Айгүл Бакыт кызы» → last name, first name, patronymic.

    :returns: three texts, or ``None`` when the cell is empty
    """
    if cell is not None and cell.kind in (NUMBER, DATE):
        raise ValueFault("not_a_name", _plain(cell))
    words = normalize_person_name(read_text(cell)).split()
    if not words:
        return None
    # «Асан уулу Нурлан»: the first two words are the last name
    last = 2 if len(words) > 2 and words[1].lower() in _CHILD_OF else 1
    if len(words) <= last:
        raise ValueFault("one_word_name", words[0])
    parts = (" ".join(words[:last]), words[last], " ".join(words[last + 1 :]))
    if max(map(len, parts)) > MAX_NAME:
        raise ValueFault("too_long", max(parts, key=len), limit=MAX_NAME)
    return parts


def read_date(cell):
    """A date: of Excel, or typed day first or year first; ``None`` when empty."""
    if cell is not None and cell.kind == DATE:
        return _plausible(cell.value, cell.value)
    text = _plain(cell)
    if not text:
        return None
    if cell.kind == NUMBER:
        if cell.value not in _SERIALS:
            raise ValueFault("no_date", text)
        return _plausible((_EXCEL_EPOCH + timedelta(days=int(cell.value))).date(), text)
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, match.groups())
    elif match := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, match.groups())
    else:
        raise ValueFault("no_date", text)
    try:
        return _plausible(date(year, month, day), text)
    except ValueError as error:
        raise ValueFault("impossible_date", text) from error


def _plausible(day, text):
    if day.year < OLDEST_BIRTH:
        raise ValueFault("impossible_date", text)
    return day


def read_gender(cell):
    """``female``, ``male`` or ``None``."""
    return _read_word(cell, _GENDER_OF, "no_gender")


def read_relation(cell):
    """A value of ``ejournal.guardian.relation`` or ``None``."""
    return _read_word(cell, _RELATION_OF, "no_relation")


def _read_word(cell, table, code):
    text = normalize_person_name(_plain(cell)).lower().rstrip(".").replace(" ", "-")
    if not text:
        return None
    if text not in table:
        raise ValueFault(code, _plain(cell))
    return table[text]


def read_pin(cell):
    """A personal number without spaces; ``None`` when empty."""
    text = "".join(_plain(cell).split())
    if not text:
        return None
    if not text.isalnum():
        raise ValueFault("no_pin", text)
    if len(text) > 2 * PIN_DIGITS:
        raise ValueFault("too_long", text, limit=2 * PIN_DIGITS)
    return text


def is_usual_pin(pin):
    """Whether a personal number has the form that the state gives."""
    return pin.isdigit() and len(pin) == PIN_DIGITS


def read_phone(cell):
    """One phone number or several with commas between, as typed; ``None`` when empty."""
    text = _plain(cell)
    if not text:
        return None
    for number in re.split("[,;]", text):
        if not _PHONE.fullmatch(number.strip()) or not _is_phone(number):
            raise ValueFault("no_phone", text)
    return text


def _is_phone(number):
    return len(re.sub(r"\D", "", number)) in PHONE_DIGITS


def phone_key(phone):
    """What tells the first number of a text, whichever way it was typed."""
    first = re.split("[,;]", phone or "")[0]
    return re.sub(r"\D", "", first)[-_NATIONAL_DIGITS:]


def read_email(cell):
    """An e-mail address; ``None`` when empty."""
    text = _plain(cell)
    if not text:
        return None
    if not _EMAIL.fullmatch(text) or ".." in text:
        raise ValueFault("no_email", text)
    return text


def name_key(*parts):
    """What tells a name: case and ё do not."""
    return tuple((part or "").casefold().replace("ё", "е") for part in parts)
