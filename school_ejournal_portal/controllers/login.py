"""Odoo's pages that a parent meets, in the parent's language."""

from odoo import http
from odoo.http import request

from odoo.addons.auth_signup.controllers.main import AuthSignupHome
from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.web import Home

from .page import choose_language, own_path, render


def is_parent():
    """Whether the caller is a portal account of a parent or a pupil of ours."""
    user = request.env.user
    if user._is_public() or not user.share:
        return False
    own = [("user_id", "=", user.id)]
    # sudo: the caller's own rows
    return any(
        request.env[model].sudo().search_count(own, limit=1)
        for model in ("ejournal.parent", "ejournal.pupil")
    )


class Login(AuthSignupHome, Home):
    def _login_redirect(self, uid, redirect=None):
        if not redirect or redirect in ("/odoo", "/my", "/web"):
            user = request.env(user=uid)["res.users"].browse(uid)
            if user.share:
                return "/my/diary" if redirect is None else "/my"
        return super()._login_redirect(uid, redirect=redirect)

    @http.route()
    def web_login(self, redirect=None, **kw):
        """A page that needs no script; ``?all=1`` shows Odoo's, with its other ways in."""
        choose_visitors_language()
        response = super().web_login(redirect=redirect, **kw)
        values = getattr(response, "qcontext", None)
        if values is None or not response.is_qweb or "all" in kw or "debug" in kw:
            return response
        # an address that Odoo puts in for the desk is none of a parent's
        page = render(
            "login_page",
            login=values.get("login") or "",
            error=self._sentence(values.get("error")),
            message=values.get("message") or "",
            redirect=own_path(redirect, "") if redirect else "",
        )
        page.headers["Cache-Control"] = "no-cache"
        return page

    def _sentence(self, error):
        """Odoo has no Kyrgyz: its one sentence is said in our words, ours stay."""
        if not error:
            return ""
        ours = request.env["res.users"]._ejournal_cooldown_text()
        if error == ours:
            return error
        return request.env._(
            "Login or password is wrong. Look at the slip for the login; a forgotten "
            "password is chosen anew."
        )

    @http.route()
    def web_auth_reset_password(self, *args, **kw):
        """Without Odoo's token: our page, which tells nobody who has an account."""
        choose_visitors_language()
        if kw.get("token") or request.session.get("auth_signup_token"):
            return super().web_auth_reset_password(*args, **kw)
        if request.httprequest.method == "GET":
            return render("forgotten_page", sent=False)
        self._ask_for_reset(kw.get("login"))
        return render("forgotten_page", sent=True)

    def _ask_for_reset(self, login):
        users = request.env["res.users"].sudo()
        parents = request.env["ejournal.parent"]._for_reset(login)
        if parents:
            parents._send_reset_links()
            return
        allowed = self.get_auth_signup_config()["reset_password_enabled"]
        staff = users.search(users._get_login_domain(login or ""), limit=1)
        if allowed and staff and not staff.share:
            users.reset_password(login)


class Portal(CustomerPortal):
    """What Odoo's portal asks of customers, the school does not ask of parents."""

    @http.route()
    def home(self, **kw):
        if is_parent():
            return request.redirect("/my/diary")
        return super().home(**kw)

    @http.route()
    def account(self, **kwargs):
        """No address, no company, no country: the own page of settings instead."""
        if is_parent():
            return request.redirect("/my/diary/more")
        return super().account(**kwargs)

    @http.route()
    def my_addresses(self, **query_params):
        if is_parent():
            return request.redirect("/my/diary/more")
        return super().my_addresses(**query_params)

    @http.route()
    def security(self, **post):
        if is_parent() and request.httprequest.method == "GET":
            return request.redirect("/my/diary/more")
        return super().security(**post)


def choose_visitors_language():
    """As :func:`choose_language`, also before Odoo knows who asks."""
    if request.env.uid is None:
        request.env["ir.http"]._auth_method_public()
    choose_language()
