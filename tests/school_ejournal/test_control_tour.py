"""The two loops of control, through the pages that people use.

ask → approve → enter → expire; remark → told → mended → closes by itself.
"""

from odoo.tests import tagged

from odoo.addons.school_ejournal.tools.passage import with_passage

from .page_common import PageCase


@tagged("post_install", "-at_install")
class TestControlLoops(PageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.deputy = cls._user("page_deputy", "Жээнбекова Чолпон", "group_deputy")
        cls.late = cls.lesson_before

    def test_ask_approve_on_the_board_enter_remark_read_mended(self):
        own = self.late.with_user(self.teacher)
        unlock_id = own.ask_to_open("No power", scope="attendance")
        self.start_tour("/odoo/journal-today", "ejournal_board", login="page_deputy")
        unlock = self.env["ejournal.unlock"].browse(unlock_id)
        self.assertEqual(unlock.state, "approved")
        self.assertEqual(own._entry_window()[own.id]["attendance"]["state"], "unlocked")
        own.write({"attendance_confirmed": True})
        remarks = self.env["ejournal.remark"].with_user(self.deputy)
        remark = remarks.sudo().browse(
            remarks.make_from_checks(self.late.date, self.today, ["topic"])
        )
        self.assertEqual(remark.lesson_ids, self.late, "today may still be filled")
        self.assertFalse(remark.seen_at)
        self.start_tour(
            f"/odoo/journal-remarks/{remark.id}",
            "ejournal_remark_read",
            login="page_teacher",
        )
        self.assertTrue(remark.seen_at, "opening it tells that it was read")
        for lesson in remark.lesson_ids:
            lesson.with_user(self.teacher).write({"topic": "Roots"})
        self.assertEqual(remark.state, "cleared")
        with_passage(unlock).write({"expires_at": self.late.create_date})
        own.invalidate_recordset()
        state = own._entry_window()[own.id]["attendance"]["state"]
        self.assertNotEqual(state, "unlocked", "it is over")
