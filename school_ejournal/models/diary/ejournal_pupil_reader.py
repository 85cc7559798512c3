from odoo import api, models
from odoo.exceptions import AccessError


class EjournalPupil(models.Model):
    """Who may read a pupil's diary: the one judge that method, page and file ask.

    A parent to whom access was given and not ended, and the pupil himself, by his own
    account. Nobody else, whatever groups he has: staff read journals, not diaries.
    """

    _inherit = "ejournal.pupil"

    @api.model
    def _diary_domain(self):
        """The pupils whose diary the caller may read.

        Who has left the school takes his diary along on paper: the access ends with the
        last place on a list.
        """
        uid = self.env.uid
        return [
            ("enrollment_ids", "any", [("is_over", "=", False)]),
            "|",
            ("user_id", "=", uid),
            (
                "guardian_ids",
                "any",
                [
                    ("parent_id.user_id", "=", uid),
                    ("access_granted", "=", True),
                    ("date_end", "=", False),
                ],
            ),
        ]

    @api.model
    def _diary_pupils(self):
        """The caller's children, in all schools that he has a slip of; or himself.

        :returns: pupils in sudo, the youngest class last
        """
        # sudo: parents have no right on guardians and enrolments; the domain is the right
        pupils = self.sudo().with_context(active_test=False)
        return pupils.search(self._diary_domain(), order="sort_key, id")

    def _check_diary_reader(self):
        """Refuse who may not read this pupil's diary; same words for one that is not
        there, so that nobody learns which numbers are taken.

        :returns: the pupil in sudo, for reading what the diary shows
        """
        self.ensure_one()
        # sudo: see _diary_pupils; the caller's id stands in the domain
        pupil = self.sudo()
        if not pupil.search_count([("id", "=", self.id), *self._diary_domain()]):
            raise AccessError(
                self.env._(
                    "This diary is not open to you. Ask the class teacher for access."
                )
            )
        return pupil

    def _diary_class_name(self):
        """The class that the pupil is in now, or was last; ``""`` in none."""
        self.ensure_one()
        rows = self.enrollment_ids.filtered(lambda row: not row.is_over)
        return rows.sorted("date_start")[-1:].class_id.name or ""
