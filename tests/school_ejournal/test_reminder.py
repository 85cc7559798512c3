"""Before the closing each teacher is told once what of today is not filled."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.school_ejournal.tools.passage import with_passage

from ..common import SchoolCase

EVENING = "2026-10-14 14:00:00"  # 20:00 in Bishkek


@tagged("post_install", "-at_install")
class TestReminder(SchoolCase):
    def _remind(self, moment):
        """Run the reminders; the teachers who got a message."""
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        with self.at(moment):
            self.env["ejournal.reminder"]._remind(self.school)
        messages = self.env["mail.message"].search(
            [("id", ">", last), ("model", "=", "ejournal.reminder")]
        )
        return messages.notified_partner_ids.user_ids

    def _row(self, user=None):
        return self.env["ejournal.reminder"]._of(self.school, user or self.teacher)

    def test_told_once_at_the_hour_of_the_school(self):
        self.assertFalse(self._remind("2026-10-14 13:45:00"))
        self.assertEqual(self._remind(EVENING), self.teacher | self.colleague)
        self.assertFalse(self._remind("2026-10-14 14:15:00"), "once")
        activity = self._row().activity_ids
        self.assertEqual(activity.user_id, self.teacher)
        self.assertIn(self.journal.name, activity.note)

    def test_who_has_filled_everything_hears_nothing(self):
        values = {
            "topic": "Roots",
            "classwork": "Tasks",
            "no_homework": True,
            "attendance_confirmed": True,
        }
        self.save(
            *(
                self.entry(field, value, key=key)
                for key, (field, value) in enumerate(values.items())
            )
        )
        with_passage(self.other_lesson, "order").write({"state": "cancelled"})
        self.assertFalse(self._remind(EVENING))

    def test_reminder_leaves_the_desk_when_all_is_filled_or_the_day_is_over(self):
        self._remind(EVENING)
        with_passage(self.lesson, "system").write({"filled_at": EVENING})
        self._remind("2026-10-14 14:15:00")
        self.assertFalse(self._row().activity_ids)
        self.assertTrue(self._row(self.colleague).activity_ids)
        self._remind("2026-10-15 03:00:00")
        self.assertFalse(self._row(self.colleague).activity_ids)

    def test_each_sets_the_hour_or_turns_the_message_off(self):
        own = self.as_user(self._row(), self.teacher)
        own.write({"hour": 18.0, "by_mail": True})
        self.assertEqual(self._remind("2026-10-14 12:00:00"), self.teacher)
        colleague = self.as_user(self._row(self.colleague), self.colleague)
        colleague.write({"by_mail": False})
        self.assertFalse(self._remind(EVENING))
        self.assertTrue(self._row(self.colleague).activity_ids, "an activity only")

    def test_reminded_before_the_closing_whatever_hour_was_chosen(self):
        self.as_user(self._row(), self.teacher).hour = 23.75
        self.assertIn(self.teacher, self._remind("2026-10-14 17:30:00"))
        self.assertFalse(self._remind("2026-10-14 18:30:00"), "closed")

    def test_a_second_shift_is_reminded_of_what_has_begun(self):
        shift = self.env["ejournal.shift"].create({"name": "Second"})
        self.env["ejournal.bell"].create(
            {"shift_id": shift.id, "number": 2, "time_start": 20.5, "time_end": 21}
        )
        self.class_a.shift_id = shift
        self.assertNotIn(self.teacher, self._remind(EVENING))
        self.assertIn(self.teacher, self._remind("2026-10-14 14:45:00"))

    def test_the_substitute_is_reminded_and_not_the_owner(self):
        with_passage(self.lesson, "order").write(
            {"substitute_id": self.class_teacher.id}
        )
        self.assertEqual(self._remind(EVENING), self.class_teacher | self.colleague)

    def test_a_school_may_turn_it_off_and_one_who_left_is_not_told(self):
        self.teacher.active = False
        self.assertEqual(self._remind(EVENING), self.colleague)
        self.school._ejournal_settings().remind = False
        self.assertFalse(self._remind("2026-10-15 14:00:00"))

    def test_a_reminder_is_ones_own(self):
        row = self._row()
        for user in (self.colleague, self.deputy, self.admin):
            with self.subTest(user.name), self.assertRaises(AccessError):
                self.as_user(row, user).write({"hour": 3})
        for vals in ({"reminded_on": "2030-01-01"}, {"user_id": self.colleague.id}):
            with self.subTest(vals), self.assertRaises(AccessError):
                self.as_user(row, self.teacher).write(vals)
        with self.assertRaises(AccessError):
            self.as_user(self.env["ejournal.reminder"], self.outsider).action_open()

    def test_queries_do_not_grow_with_the_lessons(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["ejournal.reminder"]._remind(self.school)
            return self.env.cr.sql_log_count - before

        few = queries()
        for number in range(4, 9):
            self._make_lesson(self.journal, self.lesson.date, number)
        self.assertLessEqual(queries(), few)
