"""What the web client does when somebody opens a menu, without the web client."""

from lxml import etree

from odoo import fields
from odoo.tools.safe_eval import safe_eval

X2MANY = ("one2many", "many2many")


def modes_of(action):
    """The views of an action as the client asks for them: ``[(view id, mode)]``."""
    views = [(view_id, mode) for view_id, mode in action.views]
    return [*views, (action.search_view_id.id, "search")]


def specification(env, model_name, arch):
    """What ``web_read`` is asked for by a view: its fields, subviews included."""
    root = etree.fromstring(arch) if isinstance(arch, str) else arch
    spec = {}
    for node in _own_fields(root):
        field = env[model_name]._fields[node.get("name")]
        if field.type in X2MANY:
            subview = next(
                (child for child in node if child.tag in ("list", "form")), None
            )
            inner = (
                {"display_name": {}}
                if subview is None
                else specification(env, field.comodel_name, subview)
            )
            spec[field.name] = {"fields": inner}
        elif field.type == "many2one":
            spec[field.name] = {"fields": {"display_name": {}}}
        else:
            spec[field.name] = {}
    return spec


def _own_fields(node):
    for child in node:
        if child.tag == "field":
            yield child
        elif isinstance(child.tag, str):
            yield from _own_fields(child)


def search_items(arch):
    """The filters of a search view: ``{name: node}``."""
    root = etree.fromstring(arch)
    return {node.get("name"): node for node in root.iter("filter")}


def evaluate(text, env, active_id=0):
    """An expression of a view as the client's evaluator sees it."""
    context = {
        "uid": env.uid,
        "active_id": active_id,
        "context": {},
        "context_today": lambda: fields.Date.context_today(env.user),
    }
    return safe_eval(text or "[]", context)
