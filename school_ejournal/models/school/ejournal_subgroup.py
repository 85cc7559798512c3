from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools.alphabet import sort_key


class EjournalSubgroup(models.Model):
    """A part of a class, or pupils of several classes."""

    _name = "ejournal.subgroup"
    _description = "Subgroup"
    _inherit = ["ejournal.recorded.mixin"]
    _order = "sort_key, id"
    _check_company_auto = True

    _recorded_fields = ("class_ids",)
    _recorded_at_edges = ()

    company_id = fields.Many2one(
        "res.company",
        string="School",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        required=True,
        index=True,
        ondelete="restrict",
    )
    name = fields.Char(required=True)
    class_ids = fields.Many2many(
        "ejournal.class",
        "ejournal_class_subgroup_rel",
        "subgroup_id",
        "class_id",
        string="Classes",
        required=True,
        check_company=True,
        ondelete="restrict",
    )
    year_id = fields.Many2one(
        "ejournal.year",
        string="Academic year",
        compute="_compute_year_id",
        store=True,
        index=True,
        ondelete="restrict",
    )
    member_ids = fields.One2many(
        "ejournal.subgroup.member",
        "subgroup_id",
        string="Members",
        check_company=True,
    )
    sort_key = fields.Char(compute="_compute_sort_key", store=True, precompute=True)

    @api.depends("class_ids.company_id")
    def _compute_company_id(self):
        for subgroup in self:
            first = subgroup.class_ids[:1]
            subgroup.company_id = first.company_id or self.env.company

    @api.depends("class_ids.year_id")
    def _compute_year_id(self):
        for subgroup in self:
            subgroup.year_id = subgroup.class_ids[:1].year_id

    @api.depends("class_ids.sort_key", "name")
    def _compute_sort_key(self):
        for subgroup in self:
            first = min(
                subgroup.class_ids.mapped(lambda c: c.sort_key or ""), default=""
            )
            subgroup.sort_key = f"{first}00{sort_key(subgroup.name)}"

    @api.depends("name", "class_ids.name")
    def _compute_display_name(self):
        for subgroup in self:
            classes = ", ".join(subgroup.class_ids.sorted("sort_key").mapped("name"))
            subgroup.display_name = f"{classes} · {subgroup.name}"

    @api.constrains("class_ids", "name")
    def _check_classes(self):
        for subgroup in self:
            if len(subgroup.class_ids.year_id) != 1:
                raise ValidationError(
                    self.env._(
                        "Choose the class of the subgroup “%(subgroup)s”; several "
                        "classes must be of one academic year.",
                        subgroup=subgroup.name,
                    )
                )
        self.member_ids._check_enrolled()

    def _judge_before(self, names):
        if names and "class_ids" in names:
            self._refuse_with_entries()
        return super()._judge_before(names)

    def _refuse_with_entries(self):
        """A journal with entries keeps its classes, also when a subgroup gives them."""
        used = self.env["ejournal.lesson"]._having_entries(
            [("journal_id.subgroup_id", "in", self.ids)]
        )
        if used:
            raise UserError(
                self.env._(
                    "The journal “%(journal)s” of this subgroup has entries: its classes "
                    "stay. Make a new subgroup for other classes.",
                    journal=used[0].journal_id.name,
                )
            )

    @api.model
    def _member_spans(self, subgroups, date_start, date_end):
        """Who is in each subgroup between two dates. One query.

        :returns: ``{subgroup id: [span]}``; a span is a dict: ``pupil_id``,
            ``date_start``, ``date_end`` (``False`` while it lasts), ``listed_on``
        """
        result = {subgroup_id: [] for subgroup_id in subgroups.ids}
        members = self.env["ejournal.subgroup.member"]
        for row in members.search_fetch(
            Domain("subgroup_id", "in", subgroups.ids)
            & members._during(date_start, date_end),
            ["subgroup_id", "pupil_id", "date_start", "date_end", "listed_on"],
        ):
            result[row.subgroup_id.id].append(
                {
                    "pupil_id": row.pupil_id.id,
                    "date_start": row.date_start,
                    "date_end": row.date_end,
                    "listed_on": row.listed_on,
                }
            )
        return result
