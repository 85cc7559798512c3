"""The deputy director's acts: moved, cancelled, swapped, added, substituted."""

from datetime import date

from odoo.exceptions import AccessError, UserError

from .planning_common import MONDAY, THURSDAY, WEDNESDAY, PlanningCase, october

CLOSED_PERIOD = "is closed"


class ScheduleCase(PlanningCase):
    def setUp(self):
        super().setUp()
        for number in (1, 2):
            self.make_slot(WEDNESDAY, number)
            self.make_slot(THURSDAY, number)
        self.make_slot(THURSDAY, 4, self.other_journal)
        self.generate()
        self.lesson = self.on(15, 1)

    def deputys(self, lesson=None):
        return self.as_deputy(lesson or self.lesson)

    def place(self, lesson=None):
        lesson = lesson or self.lesson
        lesson.invalidate_recordset()
        return lesson.date.day, lesson.number


class TestWhoMay(ScheduleCase):
    def test_nobody_but_the_deputy_moves_cancels_swaps_or_adds(self):
        changes = (
            {"date": october(16)},
            {"number": 5},
            {"state": "cancelled", "cancel_reason": "Excursion"},
            {"teacher_id": self.colleague.id},
            {"substitute_id": self.colleague.id},
        )
        other = self.on(22, 1)
        for user in (self.teacher, self.class_teacher, self.director, self.admin):
            lesson = self.as_user(self.lesson, user)
            for vals in changes:
                if user == self.director and "substitute_id" in vals:
                    continue
                with self.subTest(user=user.name, vals=vals):
                    with self.assertRaises(AccessError):
                        lesson.write(vals)
            with self.subTest(user.name):
                with self.assertRaises(AccessError):
                    lesson.action_cancel("Excursion")
                with self.assertRaises(AccessError):
                    lesson.action_restore()
                with self.assertRaises(AccessError):
                    lesson.action_swap(other.id)
                with self.assertRaises(AccessError):
                    lesson.create(
                        {
                            "journal_id": self.journal.id,
                            "date": october(16),
                            "number": 1,
                        }
                    )
                with self.assertRaises(AccessError):
                    lesson.unlink()
        self.assertEqual(self.place(), (15, 1))

    def test_the_deputy_writes_no_content_with_it(self):
        with self.assertRaises(AccessError):
            self.deputys().write({"date": october(16), "topic": "Fractions"})

    def test_the_place_in_the_timetable_is_nobodys_to_write(self):
        for vals in (
            {"slot_id": False},
            {"slot_date": october(16)},
            {"slot_number": 3},
            {"cancelled_by_plan": True},
            {"was_held": False},
        ):
            with self.subTest(vals), self.refused("noted by the planning"):
                self.deputys().write(vals)


class TestMove(ScheduleCase):
    def test_a_moved_lesson_gets_date_number_and_period(self):
        self.deputys().write({"date": date(2026, 11, 12), "number": 5})
        self.assertEqual(self.place(), (12, 5))
        self.assertEqual(self.lesson.period_id.sequence, 2)
        self.assertEqual(self.lesson.slot_date, october(15), "its history is kept")

    def test_its_lock_follows_the_new_date(self):
        lesson = self.on(8, 1)
        self.assertEqual(self.window(lesson)["content"]["state"], "closed")
        self.deputys(lesson).write({"date": october(14), "number": 6})
        self.assertEqual(self.window(lesson)["content"]["state"], "open")

    def test_an_occupied_place_is_refused(self):
        with self.refused("Swap the two"):
            self.deputys().number = 2
        with self.refused("Swap the two"):
            self.deputys().date = october(22)
        self.deputys(self.on(15, 2)).action_cancel("Excursion")
        with self.refused("it is cancelled"):
            self.deputys().number = 2
        with self.refused("Swap the two"):
            self.as_deputy(self.Lesson).create(
                {"journal_id": self.journal.id, "date": october(15), "number": 1}
            )

    def test_another_journal_may_have_the_same_place(self):
        self.deputys().number = 4
        self.assertEqual(self.place(), (15, 4))

    def test_neither_out_of_a_closed_period_nor_into_one(self):
        second = self.calendar.period_ids.filtered(lambda p: p.sequence == 2)
        for period, target in (
            (second, date(2026, 11, 12)),
            (self.quarter, october(16)),
        ):
            self.close(period)
            with self.refused(CLOSED_PERIOD):
                self.deputys().date = target
                self.env.flush_all()
            with self.refused(CLOSED_PERIOD):
                self.as_deputy(self.Lesson).create(
                    {"journal_id": self.journal.id, "date": target, "number": 6}
                )
            self.close(period, "open")

    def test_in_a_closed_period_nothing_is_cancelled_restored_or_deleted(self):
        added = self.as_deputy(self.Lesson).create(
            {"journal_id": self.journal.id, "date": october(16), "number": 6}
        )
        cancelled = self.on(22, 1)
        self.deputys(cancelled).action_cancel("Excursion")
        self.close()
        with self.refused(CLOSED_PERIOD):
            self.deputys().action_cancel("Excursion")
        with self.refused(CLOSED_PERIOD):
            self.deputys(cancelled).action_restore()
        with self.refused(CLOSED_PERIOD):
            self.deputys(added).unlink()
        with self.refused(CLOSED_PERIOD):
            self.deputys().action_swap(added.id)
        with self.refused(CLOSED_PERIOD):
            self.deputys().substitute_id = self.colleague

    def test_a_day_outside_of_all_periods_is_refused(self):
        for order_ref in (False, "No. 19"):
            with self.refused("lies in no period"):
                self.deputys().write(
                    {"date": date(2026, 11, 6), "order_ref": order_ref}
                )

    def test_a_day_without_school_needs_an_order(self):
        self.make_holiday(october(20), october(20))
        self.make_day(october(21), mode="short", cancelled_from=5)
        for day, number, reason in (
            (17, 1, "No school on this day"),
            (20, 1, "Holiday: Frost"),
            (21, 6, "By order No. 17"),
        ):
            vals = {"date": october(day), "number": number}
            with self.subTest(day):
                with self.refused(reason):
                    self.deputys().write(vals)
                with self.refused(reason):
                    self.as_deputy(self.Lesson).create(
                        {"journal_id": self.journal.id, **vals}
                    )
        self.deputys().write({"date": october(17), "order_ref": "No. 19"})
        self.assertEqual(self.place(), (17, 1))
        order = self.changes(self.lesson, "order_ref")
        self.assertEqual((order.new_value, order.basis), ("No. 19", "order"))

    def test_the_teacher_of_the_new_date_gets_it(self):
        self.as_deputy(self.journal).assignment_ids.date_end = october(20)
        self.as_deputy(self.env["ejournal.assignment"]).create(
            {
                "journal_id": self.journal.id,
                "teacher_id": self.colleague.id,
                "date_start": october(21),
            }
        )
        own = self.on(15, 2)
        self.deputys(own).teacher_id = self.class_teacher
        self.deputys().write({"date": october(23)})
        self.deputys(own).write({"date": october(23)})
        self.assertEqual(self.lesson.teacher_id, self.colleague)
        self.assertEqual(own.teacher_id, self.class_teacher, "given to her by hand")

    def test_a_lesson_stays_in_its_journal(self):
        with self.refused("stays in its journal"):
            self.deputys().journal_id = self.other_journal

    def test_several_at_once(self):
        both = self.on(15)
        self.deputys(both).write({"date": october(16)})
        self.assertEqual(both.mapped("date"), [october(16)] * 2)


class TestWithEntries(ScheduleCase):
    def setUp(self):
        super().setUp()
        self.held = self.on(8, 1)
        self.mark = self.mark_in(self.held)

    def test_it_changes_by_order_only(self):
        for vals in (
            {"date": october(9)},
            {"number": 5},
            {"state": "cancelled", "cancel_reason": "Error"},
            {"teacher_id": self.colleague.id},
        ):
            with self.subTest(vals):
                with self.refused("by order only"):
                    self.deputys(self.held).write(vals)
                with self.refused("by order only"):
                    self.deputys(self.held).write({**vals, "order_ref": "  "})
        self.deputys(self.held).write({"date": october(9), "order_ref": "No. 20"})
        self.assertEqual(self.place(self.held), (9, 1))
        self.assertEqual(self.mark.date, october(9))
        self.assertEqual(self.changes(self.held, "date").basis, "order")
        self.assertEqual(self.changes(self.held, "order_ref").new_value, "No. 20")

    def test_what_is_closed_is_never_reopened(self):
        for day in (14, 15, 22):
            with self.subTest(day), self.refused("open them again"):
                self.deputys(self.held).write(
                    {"date": october(day), "number": 6, "order_ref": "No. 20"}
                )

    def test_nor_does_todays_lesson_stay_open_until_tomorrow(self):
        lesson = self.on(14, 1)
        self.mark_in(lesson)
        with self.refused("open them again"):
            self.deputys(lesson).write(
                {"date": october(15), "number": 6, "order_ref": "No. 20"}
            )

    def test_cancelled_and_restored_it_is_held_as_before(self):
        lesson = self.on(14, 1)
        self.as_user(lesson, self.teacher).topic = "Fractions"
        self.assertEqual(lesson.state, "held")
        with self.at("2026-10-15 04:00"):
            with self.refused("by order only"):
                self.deputys(lesson).action_cancel("Error")
            self.deputys(lesson).action_cancel("Error", "No. 20")
            self.assertEqual(lesson.state, "cancelled")
            with self.refused("by order only"):
                self.deputys(lesson).action_restore()
            with self.refused("does not become planned"):
                self.deputys(lesson).write({"state": "planned", "order_ref": "No. 21"})
            with self.refused("by order only"):
                # a topic alone is an entry too, also while the lesson is cancelled
                self.deputys(lesson).date = october(16)
            self.deputys(lesson).action_restore("No. 21")
            self.assertEqual(lesson.state, "held")
            self.assertEqual(
                self.changes(lesson, "order_ref").mapped("new_value"),
                ["No. 20", "No. 21"],
            )
            with self.assertRaises(UserError):
                self.as_user(lesson, self.teacher).topic = "Roots"

    def test_swapped_by_order_only_and_never_reopened(self):
        other = self.on(7, 1)
        with self.refused("by order only"):
            self.deputys(self.held).action_swap(other.id)
        self.deputys(self.held).action_swap(other.id, "No. 20")
        self.assertEqual((self.place(self.held), self.place(other)), ((7, 1), (8, 1)))
        with self.refused("open them again"):
            self.deputys(self.held).action_swap(self.lesson.id, "No. 20")

    def test_it_is_not_deleted(self):
        added = self.as_deputy(self.Lesson).create(
            {"journal_id": self.journal.id, "date": october(14), "number": 6}
        )
        self.mark_in(added)
        with self.refused("holds entries"):
            self.deputys(added).unlink()


class TestGraceFollows(ScheduleCase):
    def announced(self, lesson, grace_until):
        return self._work(lesson, self.control_type, grace_until=grace_until)

    def test_the_grace_of_an_empty_column_moves_with_the_lesson(self):
        work = self.announced(self.lesson, october(18))
        self.deputys().date = october(19)
        self.assertEqual(work.grace_until, october(22))
        self.deputys().date = october(16)
        self.assertEqual(work.grace_until, october(19))
        self.assertEqual(self.changes(work, "grace_until")[-1:].basis, "system")

    def test_a_column_without_grace_gets_none(self):
        work = self.announced(self.lesson, False)
        self.deputys().date = october(19)
        self.assertFalse(work.grace_until)

    def test_with_marks_it_stays(self):
        held = self.on(8, 1)
        work = self.announced(held, october(11))
        self._mark(work)
        self.deputys(held).write({"date": october(7), "number": 5, "order_ref": "20"})
        self.assertEqual(work.grace_until, october(11))

    def test_a_lesson_with_entries_never_gains_grace(self):
        held = self.on(1, 1)
        self.mark_in(held)
        work = self.announced(held, october(13))
        move = self.deputys(held)
        move.write({"date": october(7), "number": 5, "order_ref": "No. 20"})
        self.assertEqual(work.grace_until, october(13), "it would be open again")
        move.write({"date": october(6), "number": 5, "order_ref": "No. 20"})
        self.assertEqual(work.grace_until, october(12))


class TestCancel(ScheduleCase):
    def test_why_is_said(self):
        with self.refused("Say why"):
            self.deputys().action_cancel(" ")
        with self.refused("Say why"):
            self.deputys().write({"state": "cancelled"})
        self.deputys().action_cancel("Excursion")
        self.assertEqual(self.lesson.cancel_reason, "Excursion")
        self.assertEqual(self.window()["content"]["state"], "cancelled")

    def test_taken_back(self):
        self.deputys().action_cancel("Excursion")
        self.deputys().action_restore()
        self.assertEqual(
            (self.lesson.state, self.lesson.cancel_reason), ("planned", False)
        )
        self.assertEqual(
            self.changes(self.lesson, "state").mapped("basis"), ["duty", "duty"]
        )
        self.assertTrue(self.lesson.slot_id, "it is the timetable's as before")

    def test_restoring_touches_only_what_is_cancelled(self):
        lesson = self.on(14, 1)
        self.mark_in(lesson)
        self.deputys(lesson).action_restore()
        self.assertFalse(self.changes(lesson, "state"))

    def test_nobody_writes_held(self):
        with self.refused("by itself"):
            self.deputys().state = "held"


class TestSwap(ScheduleCase):
    def swapped(self, one, other):
        before = self.place(one), self.place(other)
        self.deputys(one).action_swap(other.id)
        self.assertEqual((self.place(other), self.place(one)), before)

    def test_within_a_journal(self):
        self.swapped(self.lesson, self.on(15, 2))
        self.swapped(self.lesson, self.on(22, 1))
        numbers = self.changes(self.lesson, "number")
        self.assertEqual(numbers[0].new_value, "2", "no stop on the way is recorded")

    def test_across_journals(self):
        self.swapped(self.lesson, self.on(22, 4, self.other_journal))
        self.replan()
        self.assertEqual(self.place(), (22, 4), "it stays where the deputy put it")

    def test_across_journals_onto_an_occupied_place(self):
        other = self.on(15, 4, self.other_journal)
        self.as_deputy(self.Lesson).create(
            {"journal_id": self.other_journal.id, "date": october(22), "number": 1}
        )
        with (
            self.assertRaisesRegex(Exception, "journal_time_uniq"),
            self.cr.savepoint(),
        ):
            self.deputys(self.on(22, 1)).action_swap(other.id)

    def test_not_with_itself(self):
        with self.refused("another lesson"):
            self.deputys().action_swap(self.lesson.id)

    def test_after_a_swap_the_place_is_guarded_again(self):
        self.swapped(self.lesson, self.on(15, 2))
        with (
            self.assertRaisesRegex(Exception, "journal_time_uniq"),
            self.cr.savepoint(),
        ):
            self._make_lesson(self.journal, october(15), 1)


class TestAddAndDelete(ScheduleCase):
    def add(self, day=16, number=1, **values):
        return self.as_deputy(self.Lesson).create(
            {
                "journal_id": self.journal.id,
                "date": october(day),
                "number": number,
                **values,
            }
        )

    def test_an_added_lesson_is_the_main_teachers(self):
        self.assertEqual(self.add().teacher_id, self.teacher)
        self.assertEqual(self.add(number=2, teacher_id=False).teacher_id.ids, [])
        added = self.add(number=3, teacher_id=self.colleague.id)
        self.assertEqual(added.entrant_id, self.colleague)

    def test_an_added_lesson_is_empty(self):
        with self.assertRaises(UserError):
            self.add(state="held")
        with self.assertRaises(AccessError):
            self.add(topic="Fractions")
        with self.refused("noted by the planning"):
            self.add(slot_id=self.lesson.slot_id.id)

    def test_an_empty_added_lesson_is_deleted_again(self):
        self.add().unlink()
        self.assertFalse(self.on(16))

    def test_a_prepared_one_is_not(self):
        added = self.add()
        self.as_user(added, self.teacher).topic = "Fractions"
        with self.refused("something prepared"):
            self.deputys(added).unlink()

    def test_a_lesson_of_the_timetable_is_cancelled_not_deleted(self):
        with self.refused("would be made again"):
            self.deputys().unlink()

    def test_a_lesson_is_not_copied(self):
        with self.refused("not copied"):
            self.deputys().copy({"number": 6})


class TestTeacherAndSubstitute(ScheduleCase):
    def test_who_taught_in_the_past_changes_by_order_only(self):
        past = self.on(8, 2)
        with self.refused("by order only"):
            self.deputys(past).teacher_id = self.colleague
        self.deputys(past).write(
            {"teacher_id": self.colleague.id, "order_ref": "No. 20"}
        )
        self.assertEqual(past.teacher_id, self.colleague)

    def test_the_substitute_enters_the_owner_reads(self):
        lesson = self.on(14, 1)
        self.deputys(lesson).substitute_id = self.colleague
        self.as_user(lesson, self.colleague).topic = "Fractions"
        with self.assertRaises(AccessError):
            self.as_user(lesson, self.teacher).topic = "Roots"
        self.assertEqual(self.as_user(lesson, self.teacher).topic, "Fractions")

    def test_by_the_end_of_the_next_school_day_with_the_reason(self):
        lesson = self.on(8, 1)
        vals = {"substitute_id": self.colleague.id}
        # 8 October is a Thursday; the next school day is Friday, the 9th
        with self.at("2026-10-09 17:00"):
            with self.refused("give the reason"):
                self.deputys(lesson).write(vals)
            self.deputys(lesson).write({**vals, "substitute_reason": "Ill since noon"})
        with self.at("2026-10-09 18:30"), self.refused("end of the next school day"):
            self.deputys(lesson).write({"substitute_id": False})

    def test_nobody_decides_for_oneself(self):
        with self.assertRaises(AccessError):
            self.deputys().substitute_id = self.deputy
        second = self._user("deputy_b", "group_deputy", name="Second")
        self.as_user(self.journal, second).teacher_id = self.deputy
        lesson = self.on(15, 1)
        self.assertEqual(lesson.teacher_id, self.deputy)
        with self.assertRaises(AccessError):
            self.deputys(lesson).substitute_id = self.colleague
        with self.assertRaises(AccessError):
            self.as_deputy(self.Lesson).create(
                {
                    "journal_id": self.journal.id,
                    "date": october(16),
                    "number": 1,
                    "substitute_id": self.colleague.id,
                }
            )
        self.as_user(lesson, self.director).substitute_id = self.colleague
        self.assertEqual(lesson.entrant_id, self.colleague)

    def test_the_director_names_substitutes_and_nothing_else(self):
        lesson = self.as_user(self.lesson, self.director)
        with self.assertRaises(AccessError):
            lesson.write({"substitute_id": self.colleague.id, "number": 5})


class TestMondayOff(PlanningCase):
    """A whole story: quarantine, lessons moved to Saturdays, quarantine shortened."""

    def test_moved_lessons_and_the_plan_agree(self):
        self.make_slot(MONDAY, 1)
        lesson = self.on(19)
        self.as_user(lesson, self.teacher).topic = "Fractions"
        quarantine = self.make_holiday(october(19), october(26), "Quarantine")
        self.assertEqual(lesson.state, "cancelled")
        deputys = self.as_deputy(lesson)
        deputys.write({"date": october(29), "number": 7})
        deputys.action_restore()
        self.assertEqual(self.places(october(15)), [(29, 7)])
        self.as_deputy(quarantine).date_start = october(26)
        self.assertEqual(self.places(october(15)), [(29, 7)], "not a second time")
        self.as_deputy(quarantine).unlink()
        self.assertEqual(self.places(october(15)), [(26, 1), (29, 7)])
