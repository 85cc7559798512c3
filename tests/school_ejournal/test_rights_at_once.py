"""A change of people takes effect with the next request, without clearing any cache.

Record rules are kept in a cache for each user: each test asks once before the change, so
that the cache is warm, changes, and asks again.
"""

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import TODAY, TOMORROW, YESTERDAY, SchoolCase


@tagged("post_install", "-at_install")
class TestAtOnce(SchoolCase):
    def setUp(self):
        super().setUp()
        self.work = self._work(self.lesson, self.control_type)
        self.mark = self._mark(self.work)
        self.card = self.env["ejournal.pupil.card"].create(
            {"pupil_id": self.pupil.id, "address": "Ош"}
        )
        self.newcomer = self._user("t_new", "group_teacher", name="Жаңы Мугалим")

    # ---- asking ----------------------------------------------------------------------

    def sees(self, user, record):
        """Whether the next request of ``user`` finds the record and reads it."""
        found = self.as_user(record, user).search([("id", "=", record.id)])
        may = found.has_access("read") if found else False
        self.assertEqual(may, self.as_user(record, user).has_access("read"))
        return may

    def sees_page(self, user, journal=None):
        """How many lessons the journal page shows; ``None`` when it is refused."""
        journal = self.as_user(journal or self.journal, user)
        try:
            return len(journal.load_page("2026-10-01", "2026-10-31")["lessons"])
        except AccessError:
            return None

    def enters(self, user, value, lesson=None, old=False, pupil=1):
        """Whether a mark of ``user`` is taken now."""
        entry = self.entry(
            "mark", value, old, lesson=lesson or self.lesson, pupil=self.pupils[pupil]
        )
        try:
            [answer] = self.save(entry, user=user)
        except AccessError:
            return False
        return answer["status"] == "ok"

    def writes(self, user, record, vals):
        try:
            with self.env.cr.savepoint():
                self.as_user(record, user).write(vals)
        except AccessError:
            return False
        return True

    def substitute(self, user):
        """The deputy names who gives today's lesson, or nobody else; it has entries."""
        self.as_user(self.lesson, self.deputy).write(
            {
                "substitute_id": user.id,
                "substitute_reason": "illness",
                "order_ref": "№ 5",
            }
        )

    def assignment(self, user, **values):
        return self.env["ejournal.assignment"].create(
            {
                "journal_id": self.journal.id,
                "teacher_id": user.id,
                "role": "co",
                "date_start": "2026-09-01",
                **values,
            }
        )

    # ---- teachers of a journal -------------------------------------------------------

    def test_co_teacher_whose_assignment_ended_yesterday_reads_no_more(self):
        assignment = self.assignment(self.newcomer)
        self.assertTrue(self.sees(self.newcomer, self.mark))
        self.assertEqual(self.sees_page(self.newcomer), 3)
        self.as_user(assignment, self.deputy).date_end = YESTERDAY
        self.assertFalse(self.sees(self.newcomer, self.mark))
        self.assertFalse(self.sees(self.newcomer, self.lesson))
        self.assertIsNone(self.sees_page(self.newcomer))

    def test_co_teacher_whose_assignment_ends_today_reads_until_midnight(self):
        assignment = self.assignment(self.newcomer, may_write=True)
        self.as_user(assignment, self.deputy).date_end = TODAY
        self.assertTrue(self.sees(self.newcomer, self.mark))
        self.assertTrue(self.enters(self.newcomer, "4"))
        with self.at("2026-10-14 18:00:00"):  # midnight in Bishkek
            self.school._ejournal_plan_night()
            self.assertFalse(self.sees(self.newcomer, self.mark))
            self.assertIsNone(self.sees_page(self.newcomer))

    def test_former_main_teacher_reads_only_the_lessons_he_held(self):
        self.assertEqual(self.sees_page(self.teacher), 3)
        self.as_user(self.journal, self.deputy).teacher_id = self.newcomer
        # today's lesson has entries and stays his; tomorrow's went over
        self.assertEqual(self.lesson_tomorrow.teacher_id, self.newcomer)
        for lesson, expected in (
            (self.lesson_yesterday, True),
            (self.lesson, True),
            (self.lesson_tomorrow, False),
        ):
            self.assertEqual(self.sees(self.teacher, lesson), expected, lesson.date)
        self.assertEqual(self.sees_page(self.newcomer), 3)
        self.assertTrue(self.sees(self.newcomer, self.mark))

    def test_may_write_opens_and_shuts(self):
        assignment = self.assignment(self.newcomer)
        self.assertFalse(self.enters(self.newcomer, "4"))
        self.as_user(assignment, self.deputy).may_write = True
        self.assertTrue(self.enters(self.newcomer, "4"))
        self.as_user(assignment, self.deputy).may_write = False
        self.assertFalse(self.enters(self.newcomer, "5", old="4"))

    # ---- substitutes and markers -----------------------------------------------------

    def test_substitute_set_and_taken_away(self):
        self.assertFalse(self.sees(self.colleague, self.lesson))
        self.substitute(self.colleague)
        self.assertTrue(self.sees(self.colleague, self.mark))
        self.assertEqual(self.sees_page(self.colleague), 1)
        self.assertTrue(self.enters(self.colleague, "4"))
        self.assertFalse(self.enters(self.teacher, "5", old="4"))
        self.substitute(self.env["res.users"])
        self.assertFalse(self.sees(self.colleague, self.mark))
        self.assertIsNone(self.sees_page(self.colleague))
        self.assertFalse(self.enters(self.colleague, "5", old="4"))
        self.assertTrue(self.enters(self.teacher, "5", old="4"))

    def test_another_substitute_takes_over(self):
        self.substitute(self.colleague)
        self.assertTrue(self.enters(self.colleague, "4"))
        self.substitute(self.newcomer)
        self.assertFalse(self.sees(self.colleague, self.mark))
        self.assertTrue(self.enters(self.newcomer, "5", old="4"))

    def test_marker_named_and_taken_away(self):
        self.assertFalse(self.sees(self.newcomer, self.mark))
        self.as_user(self.work, self.deputy).marker_id = self.newcomer
        self.assertTrue(self.sees(self.newcomer, self.mark))
        # of the lesson's attendance a marker sees nothing
        fact = self.env["ejournal.attendance"].search([], limit=1)
        self.assertFalse(fact and self.sees(self.newcomer, fact))
        self.as_user(self.work, self.deputy).marker_id = False
        self.assertFalse(self.sees(self.newcomer, self.mark))

    # ---- class teachers --------------------------------------------------------------

    def test_class_teacher_changed(self):
        leads = {"first_name": "Бермет"}
        self.assertTrue(self.sees(self.class_teacher, self.card))
        self.assertTrue(self.sees(self.class_teacher, self.mark))
        self.assertTrue(self.writes(self.class_teacher, self.pupil, leads))
        self.assertFalse(self.sees(self.newcomer, self.card))
        self.as_user(self.class_a, self.deputy).class_teacher_id = self.newcomer
        for user, expected in ((self.class_teacher, False), (self.newcomer, True)):
            self.assertEqual(self.sees(user, self.card), expected)
            self.assertEqual(self.sees(user, self.guardian), expected)
            self.assertEqual(self.sees(user, self.parent), expected)
            self.assertEqual(self.sees(user, self.mark), expected)
            self.assertEqual(self.sees_page(user), 3 if expected else None)
            self.assertEqual(self.writes(user, self.pupil, leads), expected)

    def test_acting_class_teacher_comes_and_goes(self):
        self.assertFalse(self.sees(self.newcomer, self.card))
        acting = self.as_user(self.env["ejournal.class.teacher"], self.deputy).create(
            {
                "class_id": self.class_a.id,
                "teacher_id": self.newcomer.id,
                "role": "acting",
                "date_start": TODAY,
                "date_end": TOMORROW,
            }
        )
        self.assertTrue(self.sees(self.newcomer, self.card))
        self.assertFalse(self.sees(self.class_teacher, self.card))
        self.as_user(acting, self.deputy).unlink()
        self.assertFalse(self.sees(self.newcomer, self.card))
        self.assertTrue(self.sees(self.class_teacher, self.card))

    def test_acting_class_teacher_ends_by_the_calendar(self):
        self.env["ejournal.class.teacher"].create(
            {
                "class_id": self.class_a.id,
                "teacher_id": self.newcomer.id,
                "role": "acting",
                "date_start": TODAY,
                "date_end": TODAY,
            }
        )
        self.assertTrue(self.sees(self.newcomer, self.card))
        with self.at("2026-10-14 18:00:00"):
            self.school._ejournal_plan_night()
            self.assertFalse(self.sees(self.newcomer, self.card))
            self.assertTrue(self.sees(self.class_teacher, self.card))

    def test_pupil_who_will_leave_is_the_class_teachers_until_then(self):
        enrollment = self.pupil.enrollment_ids
        self.as_user(enrollment, self.deputy).write(
            {"date_end": TODAY + timedelta(days=10), "leave_reason": "moves away"}
        )
        self.assertTrue(self.sees(self.class_teacher, self.card))
        self.as_user(enrollment, self.deputy).date_end = YESTERDAY
        self.assertFalse(self.sees(self.class_teacher, self.card))
        self.assertFalse(self.sees(self.class_teacher, self.parent))

    def test_pupil_who_moves_takes_the_card_along(self):
        self.class_b.class_teacher_id = self.newcomer
        self.assertFalse(self.sees(self.newcomer, self.card))
        self.as_user(self.pupil.enrollment_ids, self.deputy).action_move(
            self.class_b.id, TODAY
        )
        self.assertTrue(self.sees(self.newcomer, self.card))
        self.assertFalse(self.sees(self.class_teacher, self.card))

    def test_closed_year_ends_the_class_teachers_reach(self):
        """An enrolment without an end would otherwise last for ever."""
        self.assertTrue(self.sees(self.class_teacher, self.card))
        self.calendar.period_ids.with_user(self.deputy).action_close()
        self.as_user(self.year, self.deputy).action_close()
        self.assertFalse(self.sees(self.class_teacher, self.card))
        self.assertFalse(self.sees(self.class_teacher, self.parent))

    # ---- parents ---------------------------------------------------------------------

    def test_access_of_a_parent_given_and_revoked(self):
        self.assertTrue(self.sees(self.parent_user, self.pupil))
        self.as_user(self.guardian, self.class_teacher).access_granted = False
        self.assertFalse(self.sees(self.parent_user, self.pupil))
        self.as_user(self.guardian, self.class_teacher).access_granted = True
        self.assertTrue(self.sees(self.parent_user, self.pupil))
        self.as_user(self.guardian, self.class_teacher).date_end = TODAY
        self.assertFalse(self.sees(self.parent_user, self.pupil))

    def test_two_rows_do_not_mix(self):
        """A live row of another parent and a granted one that has ended open nothing."""
        other = self.env["ejournal.parent"].create(
            {"last_name": "Башка", "first_name": "Ата", "user_id": self.stranger.id}
        )
        self.env["ejournal.guardian"].create(
            [
                {
                    "pupil_id": self.pupil.id,
                    "parent_id": other.id,
                    "access_granted": True,
                    "date_start": "2026-09-01",
                    "date_end": YESTERDAY,
                },
                {
                    "pupil_id": self.pupil.id,
                    "parent_id": other.id,
                    "access_granted": False,
                    "date_start": TODAY,
                },
            ]
        )
        self.assertFalse(self.sees(self.stranger, self.pupil))
        self.assertTrue(self.sees(self.parent_user, self.pupil))

    def test_login_taken_from_a_parent(self):
        self.assertTrue(self.sees(self.parent_user, self.pupil))
        self.as_user(self.parent, self.deputy).user_id = self.stranger
        self.assertFalse(self.sees(self.parent_user, self.pupil))
        self.assertTrue(self.sees(self.stranger, self.pupil))

    def test_pupils_own_login(self):
        self.assertFalse(self.sees(self.stranger, self.pupils[2]))
        self.as_user(self.pupils[2], self.deputy).user_id = self.stranger
        self.assertTrue(self.sees(self.stranger, self.pupils[2]))
        self.assertFalse(self.sees(self.stranger, self.pupil))
        self.as_user(self.pupils[2], self.deputy).user_id = False
        self.assertFalse(self.sees(self.stranger, self.pupils[2]))

    # ---- roles -----------------------------------------------------------------------

    def test_group_given_and_taken(self):
        self.assertFalse(self.sees(self.newcomer, self.mark))
        deputies = self.env.ref("school_ejournal.group_deputy")
        self.newcomer.group_ids |= deputies
        self.assertTrue(self.sees(self.newcomer, self.mark))
        self.newcomer.group_ids -= deputies
        self.assertFalse(self.sees(self.newcomer, self.mark))

    def test_director_decides_where_a_deputy_is_concerned(self):
        lesson = self._make_lesson(self.journal, TODAY, 5)
        with self.assertRaises(AccessError):
            self.as_user(lesson, self.director).substitute_id = self.colleague
        self.as_user(lesson, self.director).substitute_id = self.deputy
        self.assertTrue(self.enters(self.deputy, "4", lesson))
        with self.assertRaises(AccessError):
            self.as_user(lesson, self.director).topic = "x"
