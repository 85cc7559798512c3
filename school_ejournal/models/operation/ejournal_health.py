import shutil
from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models, release
from odoo.exceptions import AccessError
from odoo.tools import config

from ...tools.dates import short_date, short_time

READERS = (
    "school_ejournal.group_deputy",
    "school_ejournal.group_director",
    "school_ejournal.group_admin",
)
# The seal is made hourly after the closing time, the lessons every night.
SEAL_MAY_WAIT = timedelta(hours=26)
ACTION_MAY_WAIT = timedelta(hours=2)
MAIL_MAY_WAIT = timedelta(hours=1)
BACKUP_MAY_WAIT = timedelta(hours=30)
LEAST_FREE_SPACE = 2  # GB


class Finding(NamedTuple):
    """What one check saw: whether all is well, and a sentence that says what to do."""

    ok: bool
    text: str


class EjournalHealth(models.TransientModel):
    """State of the service: one line a check, made anew whenever the page is opened.

    The same checks answer ``/ejournal/health``, which tells no more than their names and
    whether all is well.
    """

    _name = "ejournal.health"
    _description = "State of the Service"
    _order = "id"

    # Code of a check: the method ``_check_<code>`` answers it.
    _checks = ("seal", "lessons", "actions", "mail", "backup", "disk", "version")

    name = fields.Char(string="What is checked", readonly=True)
    state = fields.Selection(
        [("ok", "All is well"), ("attention", "Needs attention")], readonly=True
    )
    text = fields.Char(string="What was found", readonly=True)

    @api.model
    def action_open(self):
        """Check now and show the page.

        :raises AccessError: neither deputy, director nor technical administrator
        """
        if not any(map(self.env.user.has_group, READERS)):
            raise AccessError(
                self.env._("The state of the service is for deputies and technicians.")
            )
        names = self._names()
        lines = self.create(
            [
                {
                    "name": names[code],
                    "state": "ok" if finding.ok else "attention",
                    "text": finding.text,
                }
                for code, finding in self._report(self.env.company).items()
            ]
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("State of the service"),
            "res_model": self._name,
            "view_mode": "list",
            "domain": [("id", "in", lines.ids)],
        }

    @api.model
    def _names(self):
        env = self.env
        return {
            "seal": env._("Seal of the record"),
            "lessons": env._("Lessons ahead"),
            "actions": env._("Scheduled actions"),
            "mail": env._("Outgoing mail"),
            "backup": env._("Back-up"),
            "disk": env._("Disk"),
            "version": env._("Version"),
        }

    @api.model
    def _report(self, schools):
        """Run all checks for some schools.

        :param schools: ``res.company``
        :returns: ``{code: Finding}`` in the order of ``_checks``
        """
        # sudo: the caller was judged, or is told no more than yes and no
        health = self.sudo()
        return {
            code: getattr(health, f"_check_{code}")(schools.sudo())
            for code in self._checks
        }

    # ---- of each school ----------------------------------------------------------------

    def _check_seal(self, schools):
        now = schools[:1]._ejournal_now()
        last = dict(
            self.env["ejournal.seal"]._read_group(
                [("company_id", "in", schools.ids)], ["company_id"], ["time_to:max"]
            )
        )
        late = [
            school
            for school in schools
            if school in last and now - last[school] > SEAL_MAY_WAIT
        ]
        never = [school for school in schools if school not in last]
        if late:
            return Finding(
                False,
                self.env._(
                    "The record was last sealed for %(moment)s. Look at the scheduled "
                    "action “seal the record”.",
                    moment=self._shown(min(last[school] for school in late), late[0]),
                ),
            )
        if never:
            return Finding(True, self.env._("The first night's seal is still to come."))
        newest = schools[:1]
        return Finding(
            True,
            self.env._(
                "Sealed up to %(moment)s.", moment=self._shown(last[newest], newest)
            ),
        )

    def _check_lessons(self, schools):
        for school in schools:
            planned_on = school._ejournal_settings().planned_on
            today = school._ejournal_today()
            if planned_on and planned_on < today - timedelta(days=1):
                return Finding(
                    False,
                    self.env._(
                        "Lessons of the coming weeks were last made on %(date)s. Look "
                        "at the scheduled action “lessons of the coming weeks”.",
                        date=short_date(planned_on),
                    ),
                )
        settings = schools[:1]._ejournal_settings()
        if not settings.planned_on:
            return Finding(True, self.env._("No night has passed since the start."))
        return Finding(
            True,
            self.env._(
                "Made %(weeks)s weeks ahead, last on %(date)s.",
                weeks=settings.weeks_ahead,
                date=short_date(settings.planned_on),
            ),
        )

    def _check_backup(self, schools):
        settings = schools[:1]._ejournal_settings()
        if not settings.backup_at:
            return Finding(
                False,
                self.env._(
                    "No back-up has told of itself yet. Set up the nightly one, see the "
                    "administrator's page of the documentation."
                ),
            )
        age = schools[:1]._ejournal_now() - settings.backup_at
        moment = self._shown(settings.backup_at, schools[:1])
        return Finding(
            age <= BACKUP_MAY_WAIT,
            self.env._("Last made and read back on %(moment)s.", moment=moment),
        )

    # ---- of the server -----------------------------------------------------------------

    def _check_actions(self, _schools):
        actions = self._own_actions()
        latest = fields.Datetime.now() - ACTION_MAY_WAIT
        behind = actions.filtered(
            lambda cron: not cron.active or cron.failure_count or cron.nextcall < latest
        )
        if behind:
            return Finding(
                False,
                self.env._(
                    "Late, failing or switched off: %(names)s. Does the server run with "
                    "--max-cron-threads of at least 1?",
                    names=", ".join(behind.mapped("name")),
                ),
            )
        return Finding(True, self.env._("%(count)s run in time.", count=len(actions)))

    def _own_actions(self):
        """The scheduled actions that our addons brought, switched off ones too."""
        brought = self.env["ir.model.data"].search(
            [("module", "=like", "school\\_ejournal%"), ("model", "=", "ir.cron")]
        )
        crons = self.env["ir.cron"].with_context(active_test=False)
        return crons.search([("id", "in", brought.mapped("res_id"))])

    def _check_mail(self, _schools):
        mails = self.env["mail.mail"]
        failed = mails.search_count([("state", "=", "exception")])
        waiting = mails.search_count(
            [
                ("state", "=", "outgoing"),
                ("create_date", "<", fields.Datetime.now() - MAIL_MAY_WAIT),
            ]
        )
        if failed or waiting:
            return Finding(
                False,
                self.env._(
                    "Failed messages: %(failed)s, waiting for over an hour: %(waiting)s. "
                    "Check the outgoing mail server.",
                    failed=failed,
                    waiting=waiting,
                ),
            )
        return Finding(True, self.env._("Nothing failed, nothing waits."))

    def _check_disk(self, _schools):
        free = shutil.disk_usage(config["data_dir"]).free / 1024**3
        return Finding(
            free >= LEAST_FREE_SPACE,
            self.env._(
                "%(free)s GB are free, at least %(least)s GB should be.",
                free=f"{free:.1f}",
                least=LEAST_FREE_SPACE,
            ),
        )

    def _check_version(self, _schools):
        modules = self.env["ir.module.module"].search(
            [("name", "=like", "school\\_ejournal%"), ("state", "=", "installed")]
        )
        behind = modules.filtered(
            lambda module: module.installed_version != module.latest_version
        )
        if behind:
            return Finding(
                False,
                self.env._(
                    "The files of %(names)s are newer than the database: upgrade them.",
                    names=", ".join(behind.mapped("name")),
                ),
            )
        return Finding(
            True,
            self.env._(
                "School e-journal %(version)s on Odoo %(odoo)s.",
                version=modules[:1].latest_version,
                odoo=release.version,
            ),
        )

    # ---- words -------------------------------------------------------------------------

    def _shown(self, moment, school):
        local = school._ejournal_local(moment)
        return f"{short_date(local)} {short_time(local)}"
