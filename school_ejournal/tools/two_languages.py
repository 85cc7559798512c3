"""Words of a form in two languages: Kyrgyz, and Russian beneath."""

from types import SimpleNamespace

from markupsafe import Markup, escape

FIRST, SECOND = "ky_KG", "ru_RU"
_CODES = (("ky", FIRST), ("ru", SECOND))


class Two:
    """A term in Kyrgyz and Russian.

    In a template ``t-out="w.teacher"`` draws the Russian beneath, ``w.teacher.line`` beside
    it, ``w.teacher.ky`` one language alone; ``w.sheets(count=5)`` fills placeholders.
    """

    __slots__ = ("ky", "ru")

    def __init__(self, ky, ru):
        self.ky = ky
        self.ru = ru

    def __call__(self, **values):
        return Two(self.ky % values, self.ru % values)

    def __str__(self):
        return self.ky if self.ky == self.ru else f"{self.ky} / {self.ru}"

    def __html__(self):
        return self._drawn(
            Markup('<span class="ky">{}</span><span class="ru">{}</span>')
        )

    @property
    def line(self):
        """Both on one line."""
        return self._drawn(Markup('{} <span class="beside">/ {}</span>'))

    def _drawn(self, form):
        if self.ky == self.ru:
            return escape(self.ky)
        return form.format(self.ky, self.ru)


def two(env, term):
    """A lazily translated term (``_lt``) in both languages."""
    return Two(
        *(env(context={**env.context, "lang": code})._(term) for _, code in _CODES)
    )


def words(env, terms):
    """``{name: lazy term}`` as attributes, each a :class:`Two`."""
    return SimpleNamespace(**{name: two(env, term) for name, term in terms.items()})
