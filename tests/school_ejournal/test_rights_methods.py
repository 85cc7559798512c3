"""Who may call what: every public method of ours, by ``rights_table.METHODS``."""

from odoo.exceptions import AccessError, UserError
from odoo.models import BaseModel
from odoo.service.model import call_kw
from odoo.tests import tagged

from .rights_common import RightsCase
from .rights_table import (
    HARMLESS_METHODS,
    METHODS,
    METHODS_WITHOUT_RECORD,
    ORM_DOORS,
    ROLES,
)

_DAYS = ["2026-10-01", "2026-10-20"]
# What the control of the journal is asked, none of it of a record.
CONTROL = {
    ("ejournal.board", "load_today"): [],
    ("ejournal.board", "load_findings"): ["topic", *_DAYS],
    ("ejournal.check", "load_own"): _DAYS,
    ("ejournal.check", "load_findings"): _DAYS,
    ("ejournal.remark", "make_from_checks"): _DAYS,
    ("ejournal.reminder", "action_open"): [],
}


def public_methods(registry):
    """``(model, method)`` of all that our classes open to RPC."""
    for name, model in registry.items():
        for cls in model.mro():
            if not cls.__module__.startswith("odoo.addons.school_ejournal"):
                continue
            for attribute, value in vars(cls).items():
                if (
                    callable(value)
                    and not isinstance(value, type)
                    and not attribute.startswith("_")
                    and not getattr(value, "_api_private", False)
                ):
                    yield name, attribute


@tagged("post_install", "-at_install")
class TestRightsOfMethods(RightsCase):
    def test_every_public_method_stands_in_the_table(self):
        ours = {
            (model, method)
            for model, method in public_methods(self.env.registry)
            if not (method in ORM_DOORS and hasattr(BaseModel, method))
        }
        self.assertEqual(ours, set(METHODS) | HARMLESS_METHODS)

    def test_who_may_call_what(self):
        """Whoever is not named is refused; whoever is, at least not by the rights."""
        self.env.flush_all()
        people = {role: self.people[role] for role in ROLES}
        people["teacher of another school"] = self.foreign["teacher"]
        deviations = []
        for (model, method), allowed in METHODS.items():
            for role, user in people.items():
                error = self._attempt(model, method, user)
                if isinstance(error, UserError) and not isinstance(error, AccessError):
                    error = None  # refused by a rule of the thing itself
                if role not in ROLES:
                    may = (model, method) in METHODS_WITHOUT_RECORD
                else:
                    may = role in allowed
                if may != (error is None) or not isinstance(error, AccessError | None):
                    deviations.append(f"{role}: {model}.{method}: {error!r}")
        self.assertFalse(deviations, "\n" + "\n".join(deviations))

    def _attempt(self, model, method, user):
        """Call it as RPC does; the error, or None."""
        savepoint = self.env.cr.savepoint()
        env = self.env_of(user)
        args = self._args(model, method, env)
        try:
            call_kw(env[model], method, args, {})
            self.env.flush_all()
        except Exception as error:  # noqa: BLE001 what refused is told
            return error
        finally:
            savepoint.close(rollback=True)
        return None

    def _args(self, model, method, env):
        """Arguments as a browser sends them: ids first, nothing else than JSON."""
        place = self.place_a
        lesson, days = place.lesson, ["2026-10-01", "2026-10-20"]
        if model in ("ejournal.journal", "ejournal.lesson", "ejournal.unlock"):
            without_record = {
                "page_choices": [],
                "load_day": [],
                "open_unasked": [[lesson.id], place.teacher.id, False, "ill"],
            }
            if method in without_record:
                return without_record[method]
        if method == "load_substitutions":
            return []
        if (model, method) in CONTROL:
            return CONTROL[model, method]
        if method == "default_get":
            return [["period_id", "line_ids"]]
        if model == "ejournal.results":
            asked = [self.calendar._leaf_periods()[0].id, place.class_.id]
            return asked if method == "load_class_sheet" else asked[:1]
        if model in ("ejournal.settings", "ejournal.seal"):
            return days if method == "verify" else []
        if model == "ejournal.health" or method == "action_prepare_last":
            return []
        if method == "class_choices":
            return []
        if model == "res.config.settings":
            return [[]]
        if self.env[model]._transient:
            vals = place.dialog_vals(model, env(su=True))
            return [env[model].sudo().create(vals).ids]
        more = {
            "load_page": days,
            "load_diary": days,
            "save_entries": [[self.entry("mark", "4", lesson=lesson)]],
            "load_period_marks": [],
            "save_period_marks": [self.calendar.period_ids[0].id, []],
            "take_proposals": [self.calendar.period_ids[0].id],
            "load_history": ["topic"],
            "ask_to_open": ["power cut"],
            "save_absences": [[], "2026-10-14"],
            "confirm_day": ["2026-10-09"],
            "nudge_teacher": [lesson.id],
            "note_contact": [place.pupils[1].id, "phone"],
            "action_cancel": ["illness"],
            "action_swap": [self.place_a.spares["ejournal.lesson"].id],
            "action_reopen": ["mistake"],
            "action_return": ["incomplete"],
            "action_back": ["mistake"],
            "action_keep_signature_file": ["signature.p7s", "eA=="],
            "action_move": [self.class_b.id, "2026-10-20"],
            # nothing is copied to no journal; whoever reads a plan may say so
            "copy_to": [[]],
            "assign_substitute": ["subject", self.place_b.teacher.id],
            "teach_instead": [self.place_a.records["ejournal.journal"].id],
        }
        return [place.records[model].ids, *more.get(method, ())]
