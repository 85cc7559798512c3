"""The Kyrgyz alphabet as a sort key.

The database compares bytes: it would put Ң, Ө, Ү after Я and Ё before А. A stored key of
digits sorts rightly under every collation.
"""

import unicodedata

KYRGYZ = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
# Letters of neighbours' alphabets stand where a Kyrgyz reader looks for them.
_NEIGHBOURS = {
    "ә": "а",
    "ғ": "г",
    "җ": "ж",
    "і": "и",
    "ї": "и",
    "ӣ": "и",
    "қ": "к",
    "ұ": "у",
    "ў": "у",
    "ӯ": "у",
    "ҳ": "х",
    "һ": "х",
    "ҷ": "ч",
    "є": "э",
}
_NOT_SORTED = "'’ʼ`.,\"«»()"

_GAP = "00"  # between the parts of a name: Асан Б. before Асанов А.
_SPACE = "01"  # inside a part: Бек уулу before Бекова
_UNKNOWN = "99"


def _codes():
    codes = {letter: f"{place:02}" for place, letter in enumerate(KYRGYZ, 10)}
    codes |= {letter: codes[base] for letter, base in _NEIGHBOURS.items()}
    codes |= {letter: f"{place:02}" for place, letter in enumerate(_LATIN, 50)}
    codes |= {letter: f"{place:02}" for place, letter in enumerate(_DIGITS, 80)}
    codes |= dict.fromkeys(_NOT_SORTED, "")
    codes |= dict.fromkeys(" -", _SPACE)
    return codes


_CODES = _codes()


def _letter_key(letter):
    code = _CODES.get(letter)
    if code is None:
        # é of a foreign name sorts as e; й and ё are letters of their own, found above
        base = unicodedata.normalize("NFKD", letter)[:1]
        code = _CODES.get(base, _UNKNOWN)
    return code


def sort_key(*parts):
    """Key by which names sort in the order of the Kyrgyz alphabet.

    :param parts: parts of a name, the weightiest first: last name, first name,
        patronymic; empty ones count as nothing
    :returns: a string of digits; capital and small letters are equal, Latin letters
        stand after Cyrillic ones, digits after both
    """
    texts = (
        unicodedata.normalize("NFC", part or "").lower().strip().replace("–", "-")
        for part in parts
    )
    return _GAP.join("".join(map(_letter_key, text)) for text in texts)
