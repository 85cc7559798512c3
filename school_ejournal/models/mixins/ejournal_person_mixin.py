from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...tools.alphabet import sort_key
from ...tools.letters import normalize_person_name, short_name

_PARTS = ("last_name", "first_name", "patronymic")


class EjournalPersonMixin(models.AbstractModel):
    """A person's name in its parts, sorted by the Kyrgyz alphabet.

    No contact: a real name of a child or a parent never goes into ``res.partner``,
    which every employee can read.
    """

    _name = "ejournal.person.mixin"
    _description = "Person"
    _inherit = ["ejournal.recorded.mixin"]
    _order = "sort_key, id"
    _rec_names_search = ["name"]

    last_name = fields.Char(required=True)
    first_name = fields.Char(required=True)
    patronymic = fields.Char()
    name = fields.Char(
        string="Full name",
        compute="_compute_name",
        store=True,
        precompute=True,
        index="trigram",
    )
    short_name = fields.Char(compute="_compute_short_name", help="Асанов А.")
    sort_key = fields.Char(
        compute="_compute_name", store=True, precompute=True, index=True
    )

    @api.depends(*_PARTS)
    def _compute_name(self):
        for person in self:
            parts = [person[part] or "" for part in _PARTS]
            person.name = " ".join(filter(None, parts))
            person.sort_key = sort_key(*parts)

    @api.depends("last_name", "first_name")
    def _compute_short_name(self):
        for person in self:
            person.short_name = short_name(person.last_name, person.first_name)

    @api.constrains("last_name", "first_name")
    def _check_names(self):
        if any(not person.last_name or not person.first_name for person in self):
            raise ValidationError(
                self.env._(
                    "Give last name and first name; a patronymic may be missing."
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._tidy_names(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._tidy_names(vals))

    def _judge_create(self, vals_list):
        self._refuse_login({name for vals in vals_list for name in vals if vals[name]})
        return super()._judge_create(vals_list)

    def _judge_before(self, names):
        self._refuse_login(names)
        return super()._judge_before(names)

    def _refuse_login(self, names):
        """A login opens the diary of all children of its owner, those of other classes
        too: the class teacher gives it by an access slip only."""
        if "user_id" not in (names or ()) or self.env.su:
            return
        if not self.env.user.has_group("school_ejournal.group_deputy"):
            raise AccessError(
                self.env._(
                    "Only the deputy director sets the login of a person. Class teachers "
                    "hand out access slips."
                )
            )

    @api.model
    def _tidy_names(self, vals):
        """Look-alike letters, spaces and apostrophes of the names made alike."""
        return {
            **vals,
            **{
                part: normalize_person_name(vals[part])
                for part in _PARTS
                if vals.get(part)
            },
        }
