"""Kyrgyz and Russian names in Latin letters, for logins."""

import re
import unicodedata

_CYRILLIC = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
_LATIN = (
    "a b v g d e e zh z i i k l m n ng o o p r s t u u f kh ts ch sh shch - y - e iu ia"
)
_TABLE = {
    letter: "" if latin == "-" else latin
    for letter, latin in zip(_CYRILLIC, _LATIN.split(), strict=True)
}
_NOT_PLAIN = re.compile("[^a-z0-9]")


def in_latin(text):
    """«Өмүрбекова» → ``omurbekova``; what has no Latin letter is left out."""
    text = unicodedata.normalize("NFC", text or "").lower()
    text = "".join(_TABLE.get(letter, letter) for letter in text)
    return _NOT_PLAIN.sub("", unicodedata.normalize("NFKD", text))


def login_of(last_name, first_name, taken):
    """A login that nobody has: ``omurbekova.umut``, else with a number.

    :param taken: logins that exist, in small letters
    """
    base = ".".join(filter(None, (in_latin(last_name), in_latin(first_name))))
    base = base or "teacher"
    login, number = base, 1
    while login in taken:
        number += 1
        login = f"{base}{number}"
    return login
