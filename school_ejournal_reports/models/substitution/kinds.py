"""What is done in a lesson whose teacher is absent, as the forms say it."""

from odoo.tools.translate import LazyTranslate

from odoo.addons.school_ejournal.tools.two_languages import two

_lt = LazyTranslate(__name__)

_KINDS = {
    "subject": _lt("Substitution"),
    "subgroups": _lt("Both subgroups together"),
    "joined": _lt("Classes joined"),
    "supervision": _lt("Supervision only"),
    "other_subject": _lt("Another subject"),
    "cancelled": _lt("Cancelled"),
    "moved": _lt("Moved here"),
    "added": _lt("Added lesson"),
}


def kinds_in_words(env):
    """``{kind: words in two languages}``."""
    return {kind: two(env, term) for kind, term in _KINDS.items()}
