"""The parent's own settings: language, password, who has access."""

from odoo import http
from odoo.exceptions import AccessDenied, UserError
from odoo.http import request

from .diary import as_caller, children, is_pupil, own_child
from .page import parent_page, render


class More(http.Controller):
    @parent_page("/my/diary/more", auth="user")
    def more(self, said="", **_kwargs):
        return self._more_page(said=self._said(said))

    def _said(self, key):
        """What was just done; a word of our own, never text out of the address."""
        return {
            "password": request.env._("The new password is set."),
            "choices": request.env._("Your choice is kept."),
            "contacts": request.env._("Thank you, your contacts are kept."),
        }.get(key, "")

    def _more_page(self, error="", said=""):
        user = request.env.user
        return render(
            "more_page",
            tab="more",
            children=children(),
            login=user.login,
            is_portal=user.share,
            error=error,
            said=said,
            **self._more_values(),
        )

    def _more_values(self):
        return {}

    @parent_page("/my/diary/password", auth="user", methods=["POST"])
    def password(self, old="", password="", again="", **_kwargs):
        """The own password; the old one is asked."""
        user = request.env.user
        try:
            credential = {"login": user.login, "password": old, "type": "password"}
            user._check_credentials(credential, {"interactive": True})
            user._ejournal_check_new_password(password, again)
            user._ejournal_set_password(password)
        except AccessDenied:
            wrong = request.env._("The old password is wrong; nothing was changed.")
            return self._more_page(error=wrong)
        except UserError as refused:
            return self._more_page(error=refused.args[0])
        # the new password ends all sessions; this one goes on
        request.session.session_token = user._compute_session_token(request.session.sid)
        return request.redirect("/my/diary/more?said=password", code=303)

    @parent_page("/my/diary/<int:pupil_id>/access", auth="user", readonly=True)
    def access(self, pupil_id, **_kwargs):
        """Who may read the child's diary, since when, and who gave it."""
        child = own_child(pupil_id)
        return render(
            "access_page",
            tab="access",
            child=child,
            children=children(),
            readers=as_caller(child)._diary_readers(),
            own=is_pupil(child),
        )
