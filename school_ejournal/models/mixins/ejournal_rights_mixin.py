from odoo import api, models
from odoo.exceptions import AccessError

from ...tools.passage import has_passage


class EjournalRightsMixin(models.AbstractModel):
    """What a user may write stays what that user may write.

    Odoo asks the record rules before a write only. Without this a record could be
    carried out of the writer's reach: a card given to a pupil of another class, a row
    pushed into another school.
    """

    _name = "ejournal.rights.mixin"
    _description = "Rights Before and After a Write"

    # What the system gives and nobody writes, such as a place on a list; set by sudo.
    _system_fields = ()

    @api.model_create_multi
    def create(self, vals_list):
        if has_passage(self.env):
            return super().create(vals_list)
        # a list within a form sends its parent along; it must be the derived one
        sent = [
            {name: vals[name] for name in vals if self._is_derived(name)}
            for vals in vals_list
        ]
        # nor may a default that the request brings along give what the system gives
        given = {} if self.env.su else dict.fromkeys(self._system_fields, False)
        records = super().create(
            [
                {name: value for name, value in vals.items() if name not in derived}
                | given
                for vals, derived in zip(vals_list, sent, strict=True)
            ]
        )
        for record, derived in zip(records, sent, strict=True):
            for name, value in derived.items():
                to_cache = self._fields[name].convert_to_cache
                if to_cache(value, record) != to_cache(record[name], record):
                    raise self._derived_refusal({name})
        return records

    def write(self, vals):
        derived = {name for name in vals if self._is_derived(name)}
        if derived and not has_passage(self.env):
            raise self._derived_refusal(derived)
        result = super().write(vals)
        if not self.env.su and any(self._fields[name].relational for name in vals):
            self.check_access("write")
        if self._check_company_auto and self._school_follows() in vals:
            # the school may have changed with it, so all else is of another one now
            self._check_company()
        return result

    def _check_company(self, fnames=None):
        """Odoo's check, of those rows only that a glance does not settle: it asks each
        row for each field by a domain, which takes longer than all the rest."""
        if fnames is None or {"company_id", "company_ids"} & set(fnames):
            fnames = list(self._fields)
        names = [
            name
            for name in fnames
            if (field := self._fields[name]).relational and field.check_company
        ]
        if not names:
            return None
        # sudo: as Odoo's own check
        doubtful = self.sudo().filtered(lambda row: not row._is_of_one_school(names))
        doubtful = doubtful.with_env(self.env)
        return super(EjournalRightsMixin, doubtful)._check_company(fnames)

    def _is_of_one_school(self, names):
        """Whether all that the row names belongs to the row's own school."""
        self.ensure_one()
        school = self["company_id"] if "company_id" in self._fields else None
        return bool(school) and all(
            "company_id" in other._fields and other.company_id == school
            for name in names
            for other in self[name]
        )

    @api.model
    def _school_follows(self):
        """The field whose record decides the school: the class of an enrolment."""
        company = self._fields.get("company_id")
        return company.related.split(".")[0] if company and company.related else None

    def _derived_refusal(self, names):
        """What follows from other fields is not written: who enters a lesson, the
        period it lies in, whose school it is. Odoo would store whatever a request sends
        for such a field; its own computing does not come through here."""
        return AccessError(
            self.env._(
                "%(fields)s follows from other fields and is not written. Change those "
                "instead.",
                fields=", ".join(sorted(names)),
            )
        )

    @api.model
    def _is_derived(self, name):
        if name in self._system_fields:
            return not self.env.su
        field = self._fields.get(name)
        return bool(
            field
            and field.store
            and (field.compute or field.related)
            and field.readonly
            and not field.inverse
        )
