"""The loop of a morning: absence → substitute → entered → sheet."""

from odoo.tests import no_retry, tagged

from .page_common import PageCase


@tagged("post_install", "-at_install")
class TestSubstitutionTour(PageCase):
    def setUp(self):
        super().setUp()
        # on a busy machine a request may wait less long than the bundles take to make
        for name in ("web.assets_web", "web.assets_tests"):
            bundle = self.env["ir.qweb"]._get_asset_bundle(name)
            bundle.js()
            bundle.css()

    @no_retry
    def test_absence_substitute_entry_sheet(self):
        deputy = self._user("page_deputy", "Жээнбекова Чолпон", "group_deputy")
        self.start_tour(
            "/odoo/substitutions",
            "school_ejournal_substitution",
            login=deputy.login,
            timeout=300,
        )
        self.env.invalidate_all()
        self.assertEqual(self.lesson.entrant_id, self.colleague)
        self.assertEqual(self.lesson.substitution_kind, "supervision")
        journal = self.journal.with_user(self.colleague)
        [answer] = journal.save_entries(
            [
                {
                    "key": 1,
                    "lesson_id": self.lesson.id,
                    "work_id": None,
                    "pupil_id": None,
                    "field": "attendance_confirmed",
                    "old": False,
                    "value": True,
                }
            ]
        )
        self.assertEqual(answer["status"], "ok")
        [hour] = self.lesson._replaced_hours(self.school, self.today, self.today)
        self.assertEqual((hour.substitute_id, hour.is_held), (self.colleague.id, True))
