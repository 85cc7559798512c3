"""Dates and figures as parents read them, in their language."""

from types import SimpleNamespace

import babel.dates

from odoo.addons.school_ejournal.tools.dates import locale_of, weekday_name


def day_month(env, day):
    """14-октябрь, 14 октября, October 14."""
    return babel.dates.format_skeleton("MMMMd", day, locale=locale_of(env))


def day_title(env, day):
    """Шаршемби, 14-октябрь."""
    name = weekday_name(env, day.weekday())
    return f"{name[:1].upper()}{name[1:]}, {day_month(env, day)}"


def days_title(env, first, last):
    """12-октябрь – 18-октябрь."""
    return f"{day_month(env, first)} – {day_month(env, last)}"


def clock(hours):
    """8.5 → 08:30."""
    minutes = round(hours * 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def figure(env, number):
    """4,25: the decimal comma of Kyrgyz and Russian."""
    if number is None or number is False:
        return "—"
    text = f"{number:.2f}"
    return (
        text
        if (env.context.get("lang") or "").startswith("en")
        else (text.replace(".", ","))
    )


# For templates, which are given no modules.
SAY = SimpleNamespace(
    day_month=day_month,
    day_title=day_title,
    days_title=days_title,
    clock=clock,
    figure=figure,
)
