"""The notice board."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import TODAY, TOMORROW, YESTERDAY, SchoolCase


@tagged("post_install", "-at_install")
class TestNotice(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.notices = cls.env["ejournal.notice"]
        cls.for_staff = cls._notice("Analysis of the week", "staff")
        cls.for_parents = cls._notice("Parents' meeting", "parents")

    @classmethod
    def _notice(cls, title, audience, **vals):
        return cls.notices.create(
            {"title": title, "audience": audience, "date_start": TODAY, **vals}
        )

    def _titles(self, user):
        notices = self.as_user(self.notices, user).search(
            [("company_id", "=", self.school.id)]
        )
        return set(notices.mapped("title"))

    def test_each_sees_what_is_meant_for_him(self):
        self.assertEqual(self._titles(self.parent_user), {"Parents' meeting"})
        self.assertEqual(
            self._titles(self.teacher), {"Analysis of the week", "Parents' meeting"}
        )

    def test_it_hangs_from_day_to_day_by_the_school_s_clock(self):
        coming = self._notice("Coming", "all", date_start=TOMORROW)
        over = self._notice("Over", "all", date_start=YESTERDAY, date_end=YESTERDAY)
        self.assertEqual((coming.is_shown, over.is_shown), (False, False))
        self.assertNotIn("Coming", self._titles(self.parent_user))
        self.assertIn("Coming", self._titles(self.deputy))
        # midnight in Bishkek, while the server still has the day before
        with self.at("2026-10-14 18:30:00"):
            self.school._ejournal_plan_night()
            self.assertIn("Coming", self._titles(self.parent_user))
        self.env["ejournal.notice"].browse(coming.id).date_end = TOMORROW
        with self.at("2026-10-15 18:30:00"):
            self.school._ejournal_plan_night()
            self.assertNotIn("Coming", self._titles(self.parent_user))

    def test_reading_is_counted_once_a_reader(self):
        for _twice in range(2):
            self.as_user(self.for_staff, self.teacher).mark_read()
        notice = self.as_user(self.for_staff, self.colleague)
        self.assertEqual(notice.read_count, 1)
        self.assertFalse(notice.is_read)
        self.assertTrue(self.as_user(self.for_staff, self.teacher).is_read)
        # teachers, deputy, director, technician; neither clerk nor parents
        self.assertEqual(notice.reader_count, 6)
        self.assertEqual(
            self.as_user(self.for_staff, self.deputy).read_ids.user_id, self.teacher
        )

    def test_unread_ones_are_found(self):
        self.as_user(self.for_staff, self.teacher).mark_read()
        own = self.as_user(self.notices, self.teacher)
        self.assertEqual(
            own.search([("is_read", "=", False)]).mapped("title"), ["Parents' meeting"]
        )
        self.assertEqual(
            own.search([("is_read", "=", True)]).mapped("title"),
            ["Analysis of the week"],
        )

    def test_a_parent_reads_no_notice_for_staff_and_is_not_counted(self):
        with self.assertRaises(AccessError):
            self.as_user(self.for_staff, self.parent_user).mark_read()
        self.as_user(self.for_parents, self.parent_user).mark_read()
        self.assertEqual(self.for_parents.sudo().read_count, 1)
        self.assertEqual(self.for_parents.sudo().reader_count, 1)

    def test_nothing_in_a_notice_asks_another_server(self):
        body = (
            '<p style="background: url(http://x.test/a.png)">Text '
            '<img src="https://x.test/b.png"/><img src="/web/image/5"/>'
            '<img src="//x.test/c.png"/><a href="https://edu.gov.kg">site</a></p>'
        )
        notice = self.as_user(self.for_staff, self.deputy)
        notice.body = body
        self.assertNotIn("x.test", notice.body)
        self.assertIn("/web/image/5", notice.body)
        self.assertIn("edu.gov.kg", notice.body)
