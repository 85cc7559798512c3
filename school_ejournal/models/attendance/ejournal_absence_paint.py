from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import absences
from ...tools.passage import with_passage


class EjournalAbsence(models.Model):
    """Setting the reason of days and lessons, whatever is marked there already.

    What sticks out of the days that are set stays as it was; what lies within them takes
    the new reason and keeps its note and its scans.
    """

    _inherit = "ejournal.absence"

    # ---- requests --------------------------------------------------------------------

    def action_confirm(self, reason=None, answer=None):
        """Confirm what parents asked for: their reason, or another one.

        :param reason: one of the reasons; that of the request when left out
        :param answer: a sentence for the parents
        :raises AccessError: the caller leads none of the pupils' classes
        :raises UserError: decided already, or the period is closed
        """
        self._refuse_decided()
        vals = {"state": "confirmed", "decision_note": answer or False}
        for request in self:
            request.write({**vals, "reason": reason or request.reason})
        self._sign_decision()

    def action_refuse(self, answer=None):
        """Refuse what parents asked for, with a sentence that tells them why."""
        self._refuse_decided()
        self.write({"state": "refused", "decision_note": answer or False})
        self._sign_decision()

    def _refuse_decided(self):
        self.check_access("write")
        # two at once: the second waits for the first and sees the decision
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        if any(request.state != "requested" for request in self):
            raise UserError(
                self.env._("This request is decided already. Reload the page.")
            )

    def _sign_decision(self):
        # the writer's right was asked by the write of the state
        with_passage(self, "duty").write(
            {
                "decided_by": self.env.uid,
                "decided_at": self.env.company._ejournal_now(),
            }
        )

    @api.model
    def _request(self, vals_list):
        """Requests of parents, who have no right on the model.

        The caller has checked that the children are theirs.

        :param vals_list: ``pupil_id``, dates and, if any, ``number_from``,
            ``number_to``, ``reason``, ``note``
        :returns: the requests, in sudo
        """
        # sudo: see above; what is made is a request, whatever the values say
        return self.sudo().create(
            [{**vals, "state": "requested"} for vals in vals_list]
        )

    # ---- painting ----------------------------------------------------------------------

    @api.model
    def _paint(self, strokes, existing=None):
        """Set or clear the reason of days and lessons of some pupils.

        :param strokes: list of dicts ``pupil_id``, ``box`` (``tools.absences.Box``),
            ``reason`` (``False`` clears) and, if any, ``note``; strokes of one pupil do
            not overlap
        :param existing: :meth:`_around` of the strokes, when it was read already
        :returns: the rows that hold now what was set
        """
        existing = existing or self._around(strokes)
        to_create, to_write, to_drop = [], [], self.browse()
        painted = self.browse()
        for stroke in strokes:
            inside, cuts = existing[stroke["pupil_id"]]._cut(stroke["box"])
            for row, rest in cuts:
                to_write.append((row, rest[0].vals()))
                to_create += [{**row._copied_vals(), **box.vals()} for box in rest[1:]]
            kept = inside[:1] if stroke["reason"] else inside.browse()
            vals = {**stroke["box"].vals(), **_given(stroke)}
            if kept:
                to_write.append((kept, vals))
                painted |= kept
                (inside - kept)._hand_over(kept)
            elif stroke["reason"]:
                to_create.append({**vals, "pupil_id": stroke["pupil_id"]})
            to_drop |= inside - kept
        to_drop.unlink()
        self._write_together(to_write)
        return painted | self.create(to_create)

    @api.model
    def _write_together(self, writes):
        """Write alike rows at once: thirty cells that take one reason are one write."""
        alike = {}
        for row, vals in writes:
            changed = {
                name: value for name, value in vals.items() if row[name] != value
            }
            if changed:
                key = tuple(sorted(changed.items(), key=lambda item: item[0]))
                alike[key] = alike.get(key, self.browse()) | row
        for key, rows in alike.items():
            rows.write(dict(key))

    @api.model
    def _around(self, strokes):
        """Confirmed rows that the strokes touch: ``{pupil id: rows}``; one query."""
        boxes = [stroke["box"] for stroke in strokes]
        pupil_ids = {stroke["pupil_id"] for stroke in strokes}
        rows = self.browse()
        if strokes:
            rows = self.search(
                Domain("pupil_id", "in", list(pupil_ids))
                & Domain("state", "=", "confirmed")
                & self._during(
                    min(box.date_start for box in boxes),
                    max(box.date_end for box in boxes),
                ),
                order="date_start, id",
            )
        by_pupil = rows.grouped(lambda row: row.pupil_id.id)
        return {
            pupil_id: by_pupil.get(pupil_id, self.browse()) for pupil_id in pupil_ids
        }

    def _cut(self, box):
        """What a box does to these rows of one pupil.

        :returns: ``(rows within the box, [(row that sticks out, its remaining boxes)])``
        """
        inside, cuts = self.browse(), []
        for row in self:
            own = row._box()
            if not absences.overlap(own, box):
                continue
            rest = absences.subtract(own, box)
            if rest:
                cuts.append((row, rest))
            else:
                inside |= row
        return inside, cuts

    def _copied_vals(self):
        """Values of another piece of a row that was cut in two."""
        self.ensure_one()
        return {
            "pupil_id": self.pupil_id.id,
            "reason": self.reason,
            "note": self.note,
        }

    def _make_room(self, vals):
        """Take the days of a request out of what is confirmed already, so that the
        request can be confirmed; notes and scans of what lies within go over to it.

        :param vals: pupil, days and lessons with which it will be confirmed
        """
        self.ensure_one()
        box = absences.box(
            fields.Date.to_date(vals["date_start"]),
            fields.Date.to_date(vals["date_end"]),
            vals["number_from"] or 0,
            vals["number_to"] or 0,
        )
        stroke = {"pupil_id": vals["pupil_id"], "box": box}
        rows = self._around([stroke])[vals["pupil_id"]] - self
        inside, cuts = rows._cut(box)
        inside._hand_over(self)
        inside.unlink()
        self._write_together([(row, rest[0].vals()) for row, rest in cuts])
        self.create(
            [
                {**row._copied_vals(), **piece.vals()}
                for row, rest in cuts
                for piece in rest[1:]
            ]
        )

    def _hand_over(self, heir):
        """Notes and scans of rows that give way stay, with the row that stays."""
        notes = [row.note for row in self if row.note and row.note != heir.note]
        if notes:
            heir.write({"note": "\n".join(filter(None, [heir.note, *notes]))})
        self.attachment_ids.write({"res_id": heir.id})


def _given(stroke):
    """The fields that a stroke sets beside its days."""
    return {name: stroke[name] for name in ("reason", "note") if name in stroke}
