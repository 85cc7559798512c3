"""Dates in the reader's language."""

import babel.dates
from babel import Locale, UnknownLocaleError


def locale_of(env):
    """The reader's babel locale (babel knows Kyrgyz, Odoo does not)."""
    try:
        return Locale.parse(env.context.get("lang") or "ky_KG")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def weekday_name(env, weekday):
    """Name of a weekday, 0 is Monday."""
    return babel.dates.get_day_names("wide", "stand-alone", locale_of(env))[weekday]


def short_date(date):
    """14.10.2026: the form that all three languages use on paper."""
    return date.strftime("%d.%m.%Y")


def short_time(moment):
    """23:59."""
    return moment.strftime("%H:%M")


def weekday_short(env, weekday):
    """Short name of a weekday, 0 is Monday."""
    names = babel.dates.get_day_names("abbreviated", "stand-alone", locale_of(env))
    return names[weekday]
