"""Compare each addon's ky.po and ru.po with a fresh export of its terms.

usage: check_translations.py DATABASE ADDON_FOLDER…
"""

import io
import re
import sys
from pathlib import Path

import polib

from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry
from odoo.tools import config
from odoo.tools.translate import trans_export

LANGUAGES = ("ky", "ru")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|</?[a-zA-Z][^>]*>")
# Shown or read out, so they are translated with the tag around them.
SPOKEN_ATTRIBUTE = re.compile(r' (?:title|alt|placeholder|aria-label)="[^"]*"')
# What reads the same in every language may stay without a translation, as OCA's format of
# po files asks: no Latin word beside placeholders, names of keys, an example of a value.
NAME_OF_ALL = re.compile(
    r"ID|Esc|Enter|Del|F\d+|Ctrl [A-Z]|Font Awesome|control|[\w.]+@[\w.]+"
    r"|Excel|PDF|WeasyPrint|· SHA-256:"
)


def exported_terms(env, addon):
    """Return the set of source terms of an installed addon."""
    buffer = io.BytesIO()
    trans_export(None, [addon], buffer, "po", env)
    return {entry.msgid for entry in polib.pofile(buffer.getvalue().decode())}


def placeholders(text):
    """Return what a translation keeps as it is, in order of the alphabet."""
    return sorted(PLACEHOLDER.findall(SPOKEN_ATTRIBUTE.sub("", text)))


def reads_the_same_everywhere(term):
    """Return whether a term needs no translation."""
    text = PLACEHOLDER.sub(" ", term).strip()
    return bool(NAME_OF_ALL.fullmatch(text)) or not re.search(r"[A-Za-z]{2}", text)


def troubles(terms, path):
    """Yield what is wrong with one po file, a line each."""
    if not path.is_file():
        if terms:
            yield f"there is no such file, {len(terms)} terms wait for it"
        return
    entries = {
        entry.msgid: entry for entry in polib.pofile(str(path)) if not entry.obsolete
    }
    yield from (f"missing: {term!r}" for term in sorted(terms - set(entries)))
    yield from (f"no longer used: {term!r}" for term in sorted(set(entries) - terms))
    for term in sorted(terms & set(entries)):
        entry = entries[term]
        if entry.fuzzy:
            yield f"fuzzy: {term!r}"
        elif not entry.msgstr:
            if not reads_the_same_everywhere(term):
                yield f"empty: {term!r}"
        elif placeholders(term) != placeholders(entry.msgstr):
            yield f"other placeholders: {term!r} → {entry.msgstr!r}"


def main(database, *addons):
    """Print every trouble; return whether there was one."""
    config.parse_config(["-d", database, "--log-level=warn"], setup_logging=True)
    found = False
    with Registry(database).cursor(readonly=True) as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        for folder in map(Path, addons):
            terms = exported_terms(env, folder.name)
            for language in LANGUAGES:
                lines = list(troubles(terms, folder / "i18n" / f"{language}.po"))
                found = found or bool(lines)
                print(
                    f"  {folder.name} {language}: {len(terms)} terms, {len(lines)} troubles"
                )
                print("".join(f"    {line}\n" for line in lines[:40]), end="")
    return found


sys.exit(main(*sys.argv[1:]))
