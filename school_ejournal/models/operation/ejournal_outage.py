from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools.passage import has_passage, with_passage

# The beat comes every five minutes; two may be missed by a restart.
LONGEST_SILENCE = timedelta(minutes=15)


class EjournalSettings(models.Model):
    _inherit = "ejournal.settings"

    alive_at = fields.Datetime(
        string="Last sign of life",
        readonly=True,
        copy=False,
        help="When the scheduled actions last ran; each silence is logged.",
    )
    backup_at = fields.Datetime(
        string="Last back-up",
        readonly=True,
        copy=False,
        help="When the nightly back-up was last made and read back.",
    )


class EjournalOutage(models.Model):
    """A time in which the service stood still: the server or its scheduled actions.

    Found by the first beat after it, so it is a fact for the deputy director, who may
    open the lessons of these hours to their teachers (Regulation 4.3: the administration
    keeps the service running). Written by the beat alone.
    """

    _name = "ejournal.outage"
    _description = "Outage of the Service"
    _inherit = ["ejournal.rights.mixin"]
    _order = "time_from desc, id desc"
    _rec_name = "time_from"

    company_id = fields.Many2one(
        "res.company",
        string="School",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    time_from = fields.Datetime(
        string="Last sign of life", required=True, readonly=True
    )
    time_to = fields.Datetime(string="Back again", required=True, readonly=True)
    duration = fields.Float(
        string="Duration (hours)", compute="_compute_duration", digits=(16, 2)
    )

    _order_of_times = models.Constraint(
        "CHECK(time_from < time_to)", "An outage ends after it began."
    )

    @api.depends("time_from", "time_to")
    def _compute_duration(self):
        for outage in self:
            silence = outage.time_to - outage.time_from
            outage.duration = silence.total_seconds() / 3600

    @api.model_create_multi
    def create(self, vals_list):
        if not has_passage(self.env):
            raise self._refusal()
        return super().create(vals_list)

    def write(self, vals):
        if not has_passage(self.env):
            raise self._refusal()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise self._refusal()

    def _refusal(self):
        return AccessError(
            self.env._("Outages are logged by the system and by nobody's hand.")
        )

    @api.model
    def _cron_beat(self):
        """Every five minutes: say that the service is alive; log a silence before."""
        # every company is a school, and there are few
        schools = self.env["res.company"].search([])  # pylint: disable=no-search-all
        now = schools[:1]._ejournal_now()
        silences = []
        for school in schools:
            settings = school._ejournal_settings()
            last = settings.alive_at
            if last and now - last > LONGEST_SILENCE:
                silences.append(
                    {"company_id": school.id, "time_from": last, "time_to": now}
                )
            settings.alive_at = now
        with_passage(self).create(silences)
