from odoo import models


class EjournalPupil(models.Model):
    """Who else reads the diary of a child."""

    _inherit = "ejournal.pupil"

    def _diary_readers(self):
        """The people to whom the diary is open, and who changed that last.

        :returns: list of dicts: relation, name, date_start, ``by`` and ``at`` of the last
            change of access
        :raises AccessError: see ``load_diary``
        """
        pupil = self._check_diary_reader()
        rows = pupil.guardian_ids.filtered(
            lambda row: row.access_granted and not row.date_end
        )
        relations = dict(self.env["ejournal.guardian"]._relation_names())
        changes = (
            pupil.env["ejournal.change"]
            .search(
                [
                    ("model_name", "=", "ejournal.guardian"),
                    ("res_id", "in", rows.ids),
                    ("field_name", "=", "access_granted"),
                    ("pupil_id", "=", pupil.id),
                ],
                order="id",
            )
            .grouped("res_id")
        )
        return [
            {
                "relation": relations[row.relation],
                "name": row.parent_id.short_name,
                "date_start": row.date_start,
                "by": last.user_id.name if last else "",
                "at": last.entered_at if last else False,
            }
            for row in rows
            for last in [changes.get(row.id, pupil.env["ejournal.change"])[-1:]]
        ]


class EjournalGuardian(models.Model):
    _inherit = "ejournal.guardian"

    def _relation_names(self):
        """``[(key, name)]`` in the reader's language, whatever the rights."""
        return self.sudo()._fields["relation"]._description_selection(self.env)
