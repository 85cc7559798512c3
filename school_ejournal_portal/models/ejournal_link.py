import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import LockError
from odoo.tools import consteq, hmac

# Wrong codes in a row until the code rests, how long, and how many until it is dead.
TRIES, REST, ALL_TRIES = 5, timedelta(minutes=15), 20


class EjournalLink(models.Model):
    """A link that works once, ends by itself and can be revoked.

    Only the hash of what stands on the paper is kept: who reads the table opens nothing.
    Nobody has a right on it; slips and letters make links and ask them.
    """

    _name = "ejournal.link"
    _description = "Link That Works Once"
    _inherit = ["ejournal.rights.mixin"]
    _order = "id desc"
    _rec_name = "scope"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", string="School", required=True, index=True, ondelete="cascade"
    )
    scope = fields.Selection(
        [("slip", "Access slip"), ("reset", "New password by e-mail")], required=True
    )
    user_id = fields.Many2one(
        "res.users", string="Login", required=True, index=True, ondelete="cascade"
    )
    parent_id = fields.Many2one(
        "ejournal.parent",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    token_hash = fields.Char(required=True)
    code_hash = fields.Char()
    expires_at = fields.Datetime(required=True)
    used_at = fields.Datetime()
    revoked = fields.Boolean()
    failures = fields.Integer(help="Wrong codes in a row.")
    rests_until = fields.Datetime()

    _token_uniq = models.Constraint("UNIQUE(token_hash)", "This link exists already.")

    # ---- making ----------------------------------------------------------------------

    @api.model
    def _make(self, parents, scope, lifetime):
        """Links of parents with an account; all their earlier links are dead.

        :param parents: ``ejournal.parent`` with portal accounts
        :param lifetime: timedelta
        :returns: list of ``(link, token, code)`` in the order of the parents; token and
            code are nowhere else
        """
        # sudo: nobody has a right on links; the callers have judged who may make one
        links = self.sudo()
        links._revoke_of(parents.user_id)
        now = fields.Datetime.now()
        made = []
        for parent in parents.sudo():
            token = secrets.token_urlsafe(18)
            code = f"{secrets.randbelow(10**8):08d}"
            token_hash = _token_hash(token)
            vals = {
                "company_id": parent.company_id.id,
                "scope": scope,
                "user_id": parent.user_id.id,
                "parent_id": parent.id,
                "token_hash": token_hash,
                "code_hash": self._code_hash(token_hash, code),
                "expires_at": now + lifetime,
            }
            made.append((vals, token, code))
        records = links.create([vals for vals, _token, _code in made])
        return [
            (link, token, code)
            for link, (_vals, token, code) in zip(records, made, strict=True)
        ]

    def _code_hash(self, token_hash, code):
        """Keyed: eight digits alone would be found from a plain hash in a second."""
        env = self.env(su=True)
        return hmac(env, "school_ejournal_portal.code", (token_hash, code))

    @api.model
    def _revoke_of(self, users):
        """Whatever link is about opens nothing any more."""
        # sudo: see _make
        self.sudo().search(
            [("user_id", "in", users.ids), ("revoked", "=", False)]
        ).write({"revoked": True})

    # ---- opening ---------------------------------------------------------------------

    @api.model
    def _of_token(self, token):
        """The live link of a token in sudo, empty for all that opens nothing."""
        # sudo: the token is the right
        link = self.sudo().search(
            [("token_hash", "=", _token_hash(str(token)))], limit=1
        )
        return link if link and link._is_live() else link.browse()

    @api.model
    def _of_code(self, login, code):
        """The live link of a login by the code on the slip.

        Wrong codes make the code of that one slip rest. They are counted by slip, never
        by address: behind one address sits a whole school.

        :returns: ``(link, state)``; state is ok, wrong or resting, the same for a login
            that does not exist
        """
        code = "".join(sign for sign in str(code) if sign.isdigit())
        login = "".join(str(login).split())
        # sudo: the code is the right
        links = self.sudo().search(
            [("user_id.login", "=", login), ("scope", "=", "slip")], limit=1
        )
        link = links if links and links._is_live() else links.browse()
        if not link:
            self._code_hash("", code)
            return link, "wrong"
        try:
            link.lock_for_update()
        except LockError:
            return link.browse(), "resting"
        link.invalidate_recordset()
        now = fields.Datetime.now()
        if link.failures >= ALL_TRIES or (link.rests_until or now) > now:
            return link.browse(), "resting"
        if consteq(link.code_hash, self._code_hash(link.token_hash, code)):
            link.failures = 0
            return link, "ok"
        link.failures += 1
        if link.failures % TRIES == 0:
            link.rests_until = now + REST
        return link.browse(), "wrong"

    def _is_live(self):
        """Whether it opens its account now: in time, unused, and the child is still
        there for this parent."""
        self.ensure_one()
        return (
            not self.revoked
            and not self.used_at
            and self.expires_at > fields.Datetime.now()
            and self.user_id.active
            and self.user_id.share
            and self.parent_id.user_id == self.user_id
            and bool(self.parent_id._diary_children())
        )

    def _use(self):
        """Once; who comes second finds it used.

        :returns: whether it was this caller's turn
        """
        self.ensure_one()
        try:
            self.lock_for_update()
        except LockError:
            return False
        self.invalidate_recordset()
        if not self._is_live():
            return False
        self.used_at = fields.Datetime.now()
        self.parent_id._note_activation()
        return True

    @api.autovacuum
    def _gc_links(self):
        """What has been dead for a month says nothing any more."""
        limit = fields.Datetime.now() - timedelta(days=30)
        slips = self.env["ejournal.access.slip"].sudo()
        kept = slips._search([("link_id", "!=", False)]).subselect("link_id")
        self.search([("expires_at", "<", limit), ("id", "not in", kept)]).unlink()


def _token_hash(token):
    return hashlib.sha256(token.encode()).hexdigest()
