"""What all pages for parents share: language, frame, refusals."""

from functools import wraps

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from odoo.addons.school_ejournal.tools.dates import short_date

from ..tools.say import SAY

# not Odoo's own, which follows the browser: most telephones speak no Kyrgyz
LANG_COOKIE = "school_ejournal_lang"
FIRST_LANG = "ky_KG"
# Nothing of a page comes from another server, no script runs, no other site frames it.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def parent_page(*paths, **routing):
    """A route whose refusals a parent can read, in the parent's language."""

    def decorate(method):
        @http.route(list(paths), type="http", sitemap=False, **routing)
        @wraps(method)
        def endpoint(self, *args, **kwargs):
            choose_language()
            try:
                return method(self, *args, **kwargs)
            except (AccessError, MissingError) as error:
                return refusal(403, error.args[0])
            except UserError as error:
                return refusal(400, error.args[0])

        return endpoint

    return decorate


def choose_language():
    """The user's own language; a visitor's by his choice, else Kyrgyz."""
    langs = request.env["res.lang"].sudo()
    user = request.env.user
    code = request.cookies.get(LANG_COOKIE)
    if not user._is_public():
        code = user.lang
    if not code or not langs._get_data(code=code):
        code = FIRST_LANG
    request.update_context(lang=code)


def languages():
    """``[(code, name)]`` of the school, each called as its speakers call it."""
    langs = request.env["res.lang"].sudo().search([("active", "=", True)])
    names = {"ky_KG": "Кыргызча", "ru_RU": "Русский", "en_US": "English"}
    rows = [(lang.code, names.get(lang.code, lang.name)) for lang in langs]
    order = list(names)
    return sorted(
        rows, key=lambda row: order.index(row[0]) if row[0] in order else len(order)
    )


def frame_values(env):
    """What the frame of every page needs."""
    return {
        "say": SAY,
        "env": env,
        "short_date": short_date,
        "lang_code": (env.context.get("lang") or FIRST_LANG).replace("_", "-"),
        "lang": env.context.get("lang") or FIRST_LANG,
        "languages": languages(),
        "here": request.httprequest.full_path.rstrip("?"),
        "signed_in": not env.user._is_public(),
        "child": None,
        "children": env["ejournal.pupil"],
        "tab": "",
        "said": "",
        "subtitle": "",
    }


def error_values(env, code):
    """A page that is not there, for ``ir.http``; also the desk's users meet it."""
    choose_language()
    return {**frame_values(request.env), "request": request, "code": code}


def render(template, status=200, **values):
    """A page in the frame of the diary."""
    values = {**frame_values(request.env), **values}
    response = request.render(f"school_ejournal_portal.{template}", values)
    response.status_code = status
    response.headers.update(_HEADERS)
    return response


def refusal(status, message):
    """A refusal as a page: what is the matter and where to go on."""
    request.env.cr.rollback()
    return render("refusal_page", status=status, message=message)


def own_path(path, otherwise="/my/diary"):
    """A path on this server, never another one's address."""
    path = (path or "").strip()
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        return otherwise
    return path
