import contextlib
import logging
from collections import defaultdict
from datetime import datetime, timedelta

from odoo import api, models
from odoo.exceptions import AccessDenied, UserError
from odoo.http import request

_logger = logging.getLogger(__name__)
MIN_PASSWORD = 8


class ResUsers(models.Model):
    """What logins of parents need beside Odoo's own."""

    _inherit = "res.users"

    # ---- wrong passwords ---------------------------------------------------------------

    @contextlib.contextmanager
    def _assert_can_auth(self, user=None):
        """As Odoo's, but counted by login, not by address alone.

        A school, a village or a mobile operator sits behind one address: by Odoo's count
        five slips of five parents would lock out all the others. In memory of each worker,
        as Odoo's.
        """
        if not request:
            yield
            return
        failures = self._ejournal_login_failures()
        key = request.httprequest.remote_addr, str(user or "").strip().lower()
        count, last = failures[key]
        if self._on_login_cooldown(count, last):
            _logger.warning("Login attempt ignored for %r on %s", user, key[0])
            raise AccessDenied(self._ejournal_cooldown_text())
        try:
            yield
        except AccessDenied:
            failures[key] = failures[key][0] + 1, datetime.now()
            raise
        else:
            failures.pop(key, None)

    def _ejournal_cooldown_text(self):
        return self.env._(
            "Too many wrong passwords for this login. Wait a minute, then try again, or "
            "ask the class teacher for a new slip."
        )

    def _ejournal_login_failures(self):
        """``{(address, login): (failures, last one)}``; old ones are forgotten."""
        registry = self.env.registry
        failures = getattr(registry, "_ejournal_login_failures", None)
        if failures is None:
            failures = registry._ejournal_login_failures = defaultdict(
                lambda: (0, datetime.min)
            )
        if len(failures) > 10000:
            limit = datetime.now() - timedelta(hours=1)
            for key in [key for key, row in failures.items() if row[1] < limit]:
                del failures[key]
        return failures

    # ---- passwords ---------------------------------------------------------------------

    @api.model
    def _ejournal_check_new_password(self, password, again):
        """Refuse what is no password; the sentence says what to do."""
        if len(password or "") < MIN_PASSWORD:
            raise UserError(
                self.env._(
                    "The password needs at least %(count)s signs. Choose a longer one.",
                    count=MIN_PASSWORD,
                )
            )
        if password != again:
            raise UserError(
                self.env._("The two passwords are not the same. Type them once more.")
            )

    def _ejournal_set_password(self, password):
        """The owner's new password; every other link to the account is dead."""
        self.ensure_one()
        # sudo: the owner proved himself by a link that works once or the old password
        user = self.sudo()
        if not user.share:
            raise AccessDenied
        user.write({"password": password})
        self.env["ejournal.link"]._revoke_of(user)

    @api.private
    def reset_password(self, login):
        """A parent's address stands in ``ejournal.parent``, not with the contact."""
        parents = self.env["ejournal.parent"]._for_reset(login)
        if parents:
            return parents._send_reset_links()
        return super().reset_password(login)

    # ---- leaving -----------------------------------------------------------------------

    def _deactivate_portal_user(self, **post):
        """A parent may delete the account, never the child's data with it: the parent
        and the children stay, only the login is taken off."""
        # sudo: the user's own account, about to be deleted
        users = self.sudo()
        for model in ("ejournal.parent", "ejournal.pupil"):
            people = users.env[model].search([("user_id", "in", users.ids)])
            people.write({"user_id": False})
        self.env["ejournal.link"]._revoke_of(users)
        return super()._deactivate_portal_user(**post)
