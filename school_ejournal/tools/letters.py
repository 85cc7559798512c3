"""Names as they are typed, made alike: Latin look-alikes, spaces, apostrophes.

Lists that come from elsewhere mix alphabets: «1-A» with a Latin A and «1-А» look the same
and are two classes to a computer.
"""

import re
import unicodedata

# By the shape of the glyph, so capital and small letters may differ.
_LOOK_ALIKES = str.maketrans(
    "ABCEHKMOPTXYaceopxykmt" + "ѲѳƟɵ",
    "АВСЕНКМОРТХҮасеорхукмт" + "ӨөӨө",
)
_CLASS_LETTERS = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʻ`´ʹ", "'"))
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_WORD = re.compile(r"[^\s'-]+")
_CLASS_NAME = re.compile(r"(\d{1,2})(?:\s*-\s*|\s*)(.*)")
_QUOTES = "\"'«»“”„ "


def _tidy(text):
    """Composed letters, one kind of dash and apostrophe, single spaces."""
    text = unicodedata.normalize("NFC", str(text or ""))
    text = _INVISIBLE.sub("", text).translate(_DASHES).translate(_APOSTROPHES)
    return " ".join(text.split())


def _one_alphabet(match):
    """A word that mixes alphabets is Cyrillic typed with a Latin keyboard."""
    word = match.group()
    return word.translate(_LOOK_ALIKES) if _CYRILLIC.search(word) else word


def normalize_person_name(name):
    """A part of a person's name as the journal writes it.

    A word with both alphabets becomes Cyrillic; a wholly Latin one stays (a foreigner's
    name). Case is left alone: «уулу», «кызы» are written small.
    """
    name = _WORD.sub(_one_alphabet, _tidy(name))
    return re.sub(r"\s*-\s*", "-", name)


def short_name(last_name, first_name):
    """Асанов А."""
    initial = f"{first_name[:1]}." if first_name else ""
    return f"{last_name or ''} {initial}".strip()


def normalize_class_letter(letter):
    """The letter of a class: «a» typed in Latin → «А»; a longer name stays a name."""
    letter = _tidy(letter).strip(_QUOTES)
    return letter if len(letter) > 2 else letter.upper().translate(_CLASS_LETTERS)


def split_class_name(name):
    """«7 а» → ``(7, "А")``; a name without a number → ``(0, "…")``."""
    text = _tidy(name).strip(_QUOTES)
    match = _CLASS_NAME.fullmatch(text)
    if not match:
        return 0, text
    return int(match[1]), normalize_class_letter(match[2])


def join_class_name(grade, letter):
    """``(7, "А")`` → «7-А»."""
    letter = letter or ""
    if not grade:
        return letter
    return f"{grade}-{letter}" if letter else str(grade)


def normalize_class_name(name):
    """«1-A» with a Latin A, «1 а», «1«А»» → «1-А»."""
    return join_class_name(*split_class_name(name))
