"""HTML that asks nothing of another server."""

from lxml import html as lxml_html
from markupsafe import Markup

_LOADING = ("src", "srcset", "background", "poster", "data")


def without_strangers(text):
    """Drop what a browser would fetch from elsewhere: a picture on another server would
    tell that server who reads the page, and when.

    :param text: sanitized HTML
    :returns: the same with own and inline pictures only; links stay, nobody follows them
        without a click
    """
    if not text or not any(name in text for name in _LOADING):
        return text
    root = lxml_html.fragment_fromstring(text, create_parent="div")
    for element in root.xpath("//*[@*]"):
        if any(not _is_own(element.get(name)) for name in _LOADING):
            element.drop_tree()
    inner = lxml_html.tostring(root, encoding="unicode")
    return Markup(inner[len("<div>") : -len("</div>")])


def _is_own(address):
    if not address:
        return True
    address = address.strip()
    return address.startswith("data:image/") or (
        address.startswith("/") and not address.startswith(("//", "/\\"))
    )
