"""What the preview says of pupils."""

from odoo.fields import Date
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

_SHOWN_ABSENT = 5
_FIELDS = {
    "last_name": _lt("last name"),
    "first_name": _lt("first name"),
    "patronymic": _lt("patronymic"),
    "gender": _lt("gender"),
    "birth_date": _lt("date of birth"),
    "pin": _lt("personal number"),
    "address": _lt("address"),
}


class PupilTexts:
    """Sentences of the preview, in the reader's language."""

    def __init__(self, importer):
        self.importer = importer
        self.env = importer.env

    def change(self, name, was, value):
        """«date of birth: 01.02.2015 → 02.02.2015»."""
        return self.env._(
            "%(field)s: %(was)s → %(value)s",
            field=self.env._(_FIELDS[name]),
            was=self._shown(name, was) or "—",
            value=self._shown(name, value),
        )

    def _shown(self, name, value):
        if name == "gender" and value:
            return dict(
                self.env["ejournal.pupil"]
                ._fields["gender"]
                ._description_selection(self.env)
            )[value]
        if name == "birth_date" and value:
            return Date.to_date(value).strftime("%d.%m.%Y")
        return value

    def new(self, plan):
        """All that a new pupil gets, in one sentence."""
        return "; ".join(
            [self.env._("New pupil in %(name)s", name=plan.class_.title), *plan.texts]
        )

    def move(self, plan, day):
        return self.env._(
            "moves from %(was)s to %(name)s on %(day)s",
            was=plan.move.class_id.name,
            name=plan.class_.title,
            day=self.importer.day(max(day, plan.move.date_start)),
        )

    def enroll(self, plan):
        return self.env._("comes to %(name)s", name=plan.class_.title)

    def absent(self, names):
        shown = ", ".join(sorted(names)[:_SHOWN_ABSENT])
        if len(names) > _SHOWN_ABSENT:
            shown += " …"
        return self.env._(
            "On the list but not in the file: %(count)s (%(names)s). They stay; who left "
            "is taken off by hand.",
            count=len(names),
            names=shown,
        )

    def note(self, note):
        """The sentence of a note, a pair of code and values."""
        code, *values = note
        return getattr(self, f"_note_{code}")(*values)

    # ---- notes -------------------------------------------------------------------------

    def _note_look_alike(self, text, title):
        return self.env._(
            "“%(text)s” is typed with Latin letters and was read as %(title)s.",
            text=text,
            title=title,
        )

    def _note_blank(self, title):
        return self.env._(
            "“%(column)s” holds nothing but spaces and was read as empty.", column=title
        )

    def _note_unusual_pin(self, pin):
        return self.env._(
            "The personal number %(pin)s has not the usual 14 digits. Check it.",
            pin=pin,
        )

    def _note_unusual_age(self, day):
        return self.env._("Born on %(day)s: an unusual age. Check the year.", day=day)

    def _note_unknown_relation(self, word):
        return self.env._(
            "“%(word)s” is not known as a relation: taken as “other”.", word=word
        )

    def _note_guardian_ended(self, name):
        return self.env._(
            "%(name)s was a parent of this pupil until an end date and is not added again. "
            "Add the row by hand if it is wanted.",
            name=name,
        )

    def _note_parent_differs(self, name, value, first, line):
        return self.env._(
            "%(name)s has “%(value)s” here and “%(first)s” in line %(line)s; the first is "
            "taken.",
            name=name,
            value=value,
            first=first,
            line=line,
        )

    def _note_namesakes(self, titles):
        return self.env._(
            "Is taken as a new pupil beside: %(titles)s. If it is the same child, give the "
            "personal number.",
            titles=titles,
        )
