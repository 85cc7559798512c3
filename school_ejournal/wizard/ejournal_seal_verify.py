from datetime import timedelta

from odoo import fields, models


class EjournalSealVerify(models.TransientModel):
    """Checks the seals of some days and says what is broken, in one sentence."""

    _name = "ejournal.seal.verify"
    _description = "Check the Seals"

    time_from = fields.Datetime(
        string="From",
        required=True,
        default=lambda self: fields.Datetime.now() - timedelta(days=31),
    )
    time_to = fields.Datetime(
        string="To", required=True, default=lambda self: fields.Datetime.now()
    )
    state = fields.Selection(
        [("ask", "To check"), ("ok", "Unbroken"), ("broken", "Broken")],
        default="ask",
        required=True,
        readonly=True,
    )
    seals = fields.Integer(string="Seals checked", readonly=True)
    changes = fields.Integer(string="Changes checked", readonly=True)
    problem = fields.Text(readonly=True)

    def action_verify(self):
        """Check, and show the result in the same dialog."""
        self.ensure_one()
        answer = self.env["ejournal.seal"].verify(self.time_from, self.time_to)
        self.write(
            {
                "state": "ok" if answer["ok"] else "broken",
                "seals": answer["seals"],
                "changes": answer["checked"],
                "problem": answer["problem"]["text"] if answer["problem"] else False,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Check the seals"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
