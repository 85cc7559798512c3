"""What stands behind an access slip: choose a password, once."""

from odoo import http
from odoo.exceptions import AccessDenied, UserError
from odoo.http import request

from .page import parent_page, render

_SESSION = "school_ejournal_slip"


class Slip(http.Controller):
    @parent_page("/slip", auth="public", methods=["GET", "POST"])
    def by_code(self, login="", code="", **_kwargs):
        """The short address: login and code of a slip, for a telephone with buttons."""
        if request.httprequest.method == "GET":
            return render("slip_code_page", login="", error="")
        link, state = request.env["ejournal.link"]._of_code(login[:64], code[:32])
        if state == "ok":
            request.session[_SESSION] = link.id
            return request.redirect("/slip/choose", code=303)
        says = {
            "wrong": request.env._(
                "Login and code do not belong together, or the slip is no longer good. "
                "Type both as they stand on the newest slip."
            ),
            "resting": request.env._(
                "The code was typed wrongly too often. Wait a quarter of an hour, or ask "
                "the class teacher for a new slip."
            ),
        }
        return render("slip_code_page", login=login, error=says[state])

    @parent_page("/slip/choose", auth="public", methods=["GET", "POST"])
    def chosen_by_code(self, **values):
        """After the right code: the same page as behind the link."""
        link = request.env["ejournal.link"].sudo()
        # sudo: the number was put into the session by the right code
        link = link.browse(request.session.get(_SESSION) or 0).exists()
        return self._page(link if link and link._is_live() else None, values)

    @parent_page("/slip/<string:token>", auth="public", methods=["GET", "POST"])
    def by_link(self, token, **values):
        """The link of the QR picture."""
        return self._page(request.env["ejournal.link"]._of_token(token), values)

    def _page(self, link, values):
        if not link:
            return render("slip_dead_page", status=410)
        error = ""
        if request.httprequest.method == "POST":
            act = self._join if values.get("join") else self._take
            try:
                # what is refused half-way leaves the slip unused
                with request.env.cr.savepoint():
                    return act(link, values)
            except UserError as refused:
                error = refused.args[0]
        me = request.env.user
        return render(
            "slip_page",
            login=link.user_id.login,
            children=link.parent_id._diary_children(),
            school=link.company_id.name,
            scope=link.scope,
            error=error,
            me=me.login if not me._is_public() and me != link.user_id else "",
        )

    def _take(self, link, values):
        """Choose the password and go on to the diary."""
        users = request.env["res.users"]
        password = values.get("password") or ""
        users._ejournal_check_new_password(password, values.get("again"))
        login, user = link.user_id.login, link.user_id
        if not link._use():
            return render("slip_dead_page", status=410)
        user._ejournal_set_password(password)
        request.session.pop(_SESSION, None)
        credential = {"login": login, "password": password, "type": "password"}
        try:
            request.session.authenticate(request.env, credential)
        except AccessDenied:
            return request.redirect("/web/login", code=303)
        return request.redirect("/my/diary", code=303)

    def _join(self, link, _values):
        """The children come to the login that the caller is signed in with."""
        parent, me = link.parent_id, request.env.user
        if me._is_public():
            return request.redirect("/web/login", code=303)
        if not link._use():
            return render("slip_dead_page", status=410)
        parent._join(me)
        return request.redirect("/my/diary", code=303)
