from typing import NamedTuple

from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError, ValidationError

from ...tools.formulas import EXEMPT, NOT_ATTESTED
from ...tools.passage import has_passage, with_passage

# Where the mark stands; set once. The journal follows a pupil who moves.
_PLACE_FIELDS = {"pupil_id", "subject_id", "period_id", "kind"}
# Reckoned when the value is set, never typed.
_FROZEN_FIELDS = ("average", "proposed", "closed_value")
_KNOWN_KEY = "ejournal_period_reckoned"
_BY_ORDER = frozenset({"override_reason", "order_ref"})


class _Known(NamedTuple):
    """What a call has reckoned of a journal and period."""

    key: tuple
    pupil_ids: list
    proposals: dict


class EjournalPeriodMark(models.Model):
    """Who sets a period mark, and when.

    Until the period closes the teacher of the journal; afterwards the deputy director,
    with the number of an order and a reason, and the mark of the closing stays beside.
    """

    _inherit = "ejournal.period.mark"

    def _record_context(self):
        self.ensure_one()
        return {"journal_id": self.journal_id.id, "pupil_id": self.pupil_id.id}

    # ---- doors -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if has_passage(self.env):
            return super().create(vals_list)
        vals_list = [self._tidy(vals) for vals in vals_list]
        try:
            return super().create(self._with_reckoned(vals_list))
        except UniqueViolation as error:
            # set by somebody else at the same moment: run again, and the mark is there
            raise ConcurrencyError(
                "a period mark was set at the same moment"
            ) from error

    def write(self, vals):
        if has_passage(self.env):
            return super().write(vals)
        at_closing = {mark.id: mark.value for mark in self} if "value" in vals else {}
        result = super().write(self._tidy(vals))
        if at_closing:
            self._freeze()
            self._keep_closed_value(at_closing)
        return result

    @api.model
    def _tidy(self, vals):
        """Without what is reckoned, and with the value as it is stored."""
        vals = {n: value for n, value in vals.items() if n not in _FROZEN_FIELDS}
        if vals.get("value"):
            vals["value"] = self._instead_of_a_mark(vals["value"]) or vals["value"]
        return vals

    @api.model
    def _instead_of_a_mark(self, typed):
        """«н/а» or «осв» for whatever stands for them in one of the languages."""
        plain = str(typed).strip().casefold().replace("/", "").replace(".", "")
        if plain in ("на", "na", "бж"):
            return NOT_ATTESTED
        if plain in ("осв", "бош", "ex"):
            return EXEMPT
        return None

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if not has_passage(self.env):
            raise AccessError(
                self.env._(
                    "Period marks are never deleted. Clear the mark instead: the "
                    "clearing is recorded."
                )
            )

    def copy(self, default=None):  # pylint: disable=method-required-super
        raise UserError(self.env._("Period marks are not copied: set them."))

    # ---- judging ---------------------------------------------------------------------

    def _judge_before(self, names):
        if has_passage(self.env):
            return
        if names and names & _PLACE_FIELDS:
            raise UserError(
                self.env._(
                    "A period mark stays with its pupil, subject and period. Clear it "
                    "and set the right one."
                )
            )
        self._judge_period(names, written=False)

    def _judge_write(self, names):
        return self._judge_period(names, written=True)

    def _judge_period(self, names, written):
        """Refuse, or name the basis of each mark; before and after a write."""
        if has_passage(self.env) or names is None:
            return {}
        states = self.env["ejournal.period"]._share_lock(self.sudo().period_id)
        still_open = self.filtered(lambda mark: states[mark.period_id.id] == "open")
        # a mark that follows its pupil into another journal is judged by that one
        if written or "journal_id" not in names:
            still_open._judge_teacher()
        closed = self - still_open
        if closed:
            closed._judge_deputy()
            closed._judge_order(names, written)
        return {
            mark.id: ("duty" if mark in still_open else "order", False) for mark in self
        }

    def _judge_teacher(self):
        """Until the closing a mark is set by who teaches the journal now."""
        marks = self.sudo()
        journals = marks.journal_id
        own = journals.with_env(self.env)._taught_by_caller()
        for mark in marks:
            if mark.journal_id.id not in own.ids:
                raise AccessError(
                    self.env._(
                        "Until %(period)s is closed its marks are set by the teacher of "
                        "the journal; afterwards the deputy director changes them, by "
                        "order.",
                        period=mark.period_id.display_name,
                    )
                )
        for period in marks.period_id:
            period._refuse_marks_too_early()

    def _judge_deputy(self):
        if not self.env.user.has_group("school_ejournal.group_deputy"):
            period = self.sudo().period_id[:1]
            raise AccessError(period._closed_marks_sentence())

    def _judge_order(self, names, written):
        """After the closing each change names an order and a reason of its own."""
        if not names & {"value", "journal_id", "origin"}:
            return
        if names >= _BY_ORDER and (not written or all(m._has_order() for m in self)):
            return
        raise UserError(
            self.env._(
                "%(period)s is closed: a mark is changed only by order. Name the number "
                "of the order and the reason; the former mark stays on record.",
                period=self.sudo().period_id[:1].display_name,
            )
        )

    def _has_order(self):
        self.ensure_one()
        return all((self[name] or "").strip() for name in _BY_ORDER)

    # ---- what a call has reckoned ----------------------------------------------------

    def _knowing(self, journal, period, known):
        """These records for a call that has asked already who is listed and what the
        averages propose. An object, so that no request can send it.

        :param known: ``(pupil ids, {pupil id: Reckoned})``, or None
        """
        if not known:
            return self
        key = journal.id, period.id
        return self.with_context(**{_KNOWN_KEY: _Known(key, *known)})

    @api.model
    def _known_of(self, journal, period):
        known = self.env.context.get(_KNOWN_KEY)
        if isinstance(known, _Known) and known.key == (journal.id, period.id):
            return known
        return None

    # ---- what is kept with the value -------------------------------------------------

    @api.model
    def _with_reckoned(self, vals_list):
        """New values with the average and the proposal by which they are set."""
        places = {}
        for vals in vals_list:
            *place, pupil_id = self._place_of(vals)
            if all(place) and pupil_id:
                places.setdefault(tuple(place), []).append(pupil_id)
        result = {}
        for (journal_id, period_id, kind), pupil_ids in places.items():
            reckoned = self._reckoned(journal_id, period_id, kind, pupil_ids)
            for pupil_id in pupil_ids:
                key = journal_id, period_id, kind, pupil_id
                result[key] = reckoned[pupil_id]
        return [
            {**vals, **_kept(result.get(self._place_of(vals)))} for vals in vals_list
        ]

    @api.model
    def _place_of(self, vals):
        vals = {"kind": "period", **self._with_context_defaults(vals)}
        names = ("journal_id", "period_id", "kind", "pupil_id")
        return tuple(vals.get(name) for name in names)

    @api.model
    def _reckoned(self, journal_id, period_id, kind, pupil_ids):
        # sudo: the average is reckoned of all marks, whoever sets the period mark
        journal = self.env["ejournal.journal"].sudo().browse(journal_id)
        period = self.env["ejournal.period"].sudo().browse(period_id)
        known = self._known_of(journal, period)
        if known:
            return known.proposals
        if not journal.exists() or not period.exists():
            return dict.fromkeys(pupil_ids)
        return journal._period_proposals(period, kind, pupil_ids)

    def _freeze(self):
        """Keep the average and the proposal that the value was set by.

        Of a closed period they stay as they were when its teacher set the mark.
        """
        for (journal, period, kind), marks in (
            self.sudo()
            .grouped(lambda mark: (mark.journal_id, mark.period_id, mark.kind))
            .items()
        ):
            if not journal:
                continue
            reckoned = self._reckoned(journal.id, period.id, kind, marks.pupil_id.ids)
            for mark in marks:
                if period.state != "open" and (mark.proposed or mark.average):
                    continue
                # sudo and passage: reckoned by us, whoever set the value
                with_passage(mark, "duty").write(_kept(reckoned[mark.pupil_id.id]))

    def _keep_closed_value(self, at_closing):
        """The mark that was printed stays to be seen beside what an order made of it."""
        for mark in self.sudo():
            was = at_closing[mark.id]
            if mark.period_id.state != "open" and was != mark.value:
                kept = mark.closed_value or was or False
                with_passage(mark, "order").write({"closed_value": kept})


def _kept(reckoned):
    """What is kept of a ``Reckoned`` beside the value."""
    if not reckoned:
        return {}
    return {
        "average": reckoned.average or 0.0,
        "proposed": reckoned.proposed or False,
    }


class EjournalPeriod(models.Model):
    """What a period says to who sets its marks."""

    _inherit = "ejournal.period"

    def _refuse_marks_too_early(self):
        """A mark of a period is set when the period has begun."""
        self.ensure_one()
        if self.date_start > self.company_id._ejournal_today():
            raise ValidationError(
                self.env._(
                    "%(period)s has not begun: its marks are set at its end.",
                    period=self.display_name,
                )
            )

    def _closed_marks_sentence(self):
        self.ensure_one()
        return self.env._(
            "%(period)s is closed: its marks stay. The deputy director changes one by "
            "order, with a reason.",
            period=self.display_name,
        )
