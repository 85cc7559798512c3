"""The choice of language, for visitors and for users."""

from odoo import http
from odoo.http import request

from .page import LANG_COOKIE, own_path, parent_page

_YEAR = 365 * 24 * 3600


class Visitor(http.Controller):
    @parent_page("/diary/language", auth="public", methods=["POST"])
    def language(self, lang=None, back=None, **_kwargs):
        """Whoever asks chooses for himself; a user for good."""
        known = request.env["res.lang"].sudo()._get_data(code=lang or "")
        response = request.redirect(own_path(back, "/web/login"), code=303)
        if known:
            user = request.env.user
            if not user._is_public():
                # sudo: a portal user writes no user, the own language he chooses
                user.sudo().lang = known.code
            response.set_cookie(
                LANG_COOKIE, known.code, max_age=_YEAR, httponly=True, samesite="Lax"
            )
        return response
