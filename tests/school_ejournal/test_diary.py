"""A pupil's diary: who reads it, and what is shown when."""

from datetime import datetime, timedelta
from unittest import TestCase

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.school_ejournal.tools.diary import NOTHING, shown
from odoo.addons.school_ejournal.tools.passage import with_passage

from ..common import TODAY, TOMORROW, YESTERDAY, SchoolCase

T0 = datetime(2026, 10, 14, 4)
HALF_HOUR = timedelta(minutes=30)


def at(minutes):
    return T0 + timedelta(minutes=minutes)


class TestShown(TestCase):
    """The delay, by itself."""

    def shown(self, history, now):
        return shown([(at(m), value) for m, value in history], at(now), HALF_HOUR)[:2]

    def test_a_mark_is_shown_once_it_has_stood(self):
        self.assertEqual(shown([(T0, "5")], at(29), HALF_HOUR), NOTHING)
        self.assertEqual(self.shown([(0, "5")], 30), ("5", ""))

    def test_a_slip_of_the_finger_is_never_seen(self):
        slip = [(0, "2"), (5, "5")]
        self.assertEqual(self.shown(slip, 34), ("", ""))
        self.assertEqual(self.shown(slip, 35), ("5", ""))

    def test_what_was_shown_stays_until_the_new_value_has_stood(self):
        corrected = [(0, "5"), (60, "3")]
        self.assertEqual(self.shown(corrected, 80), ("5", ""))
        self.assertEqual(self.shown(corrected, 90), ("3", "5"))

    def test_a_correction_taken_back_changes_nothing(self):
        self.assertEqual(self.shown([(0, "5"), (60, "3"), (62, "5")], 200), ("5", ""))

    def test_a_mark_that_was_cleared_is_told(self):
        self.assertEqual(self.shown([(0, "5"), (60, "")], 100), ("", "5"))


class DiaryCase(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pupil_user = cls._user("pupil_1", "base.group_portal", name="pupil 1")
        cls.pupil.user_id = cls.pupil_user

    def diary(self, user=None, pupil=None, first=YESTERDAY, last=TOMORROW):
        pupil = self.as_user(pupil or self.pupil, user or self.parent_user)
        return pupil.load_diary(first, last)

    def lesson_row(self, lesson=None, **kwargs):
        lesson = lesson or self.lesson
        [row] = [
            row
            for day in self.diary(**kwargs)["days"]
            for row in day["lessons"]
            if row["id"] == lesson.id
        ]
        return row

    def teach(self, **kwargs):
        self.save(
            self.entry("topic", "Roots", **kwargs),
            self.entry("classwork", "№ 1–5", **kwargs),
            self.entry("homework", "§ 9", **kwargs),
        )


@tagged("post_install", "-at_install")
class TestDiaryReaders(DiaryCase):
    def refused(self, user, pupil=None):
        env = self.env(user=user, su=False)
        with self.assertRaises(AccessError, msg=user.login):
            call_kw(
                env["ejournal.pupil"],
                "load_diary",
                [[(pupil or self.pupil).id], "2026-10-12", "2026-10-18"],
                {},
            )

    def test_parent_and_pupil_read_nobody_else_does(self):
        self.diary(self.parent_user)
        self.diary(self.pupil_user)
        own = self.parent_user | self.pupil_user
        everybody = self.env["res.users"].with_context(active_test=False).search([])
        self.assertGreater(len(everybody), 10)
        for user in everybody - own:
            self.refused(user)

    def test_a_parent_reads_no_other_child_and_no_guessed_number(self):
        strangers = self.env["ejournal.pupil"].search([("id", "!=", self.pupil.id)])
        self.assertGreater(len(strangers), 5)
        for pupil in strangers:
            self.refused(self.parent_user, pupil)
            self.refused(self.pupil_user, pupil)
        self.refused(self.parent_user, self.env["ejournal.pupil"].browse(10**8))

    def test_no_context_opens_it(self):
        for context in ({"active_test": False}, {"allowed_company_ids": [1, 2]}):
            env = self.env(user=self.stranger, su=False, context=context)
            with self.assertRaises(AccessError):
                env["ejournal.pupil"].browse(self.pupil.id).load_diary(TODAY, TODAY)

    def test_former_guardian_and_one_without_access_are_refused_beside_one_who_may(
        self,
    ):
        other = self.env["ejournal.parent"].create(
            {
                "last_name": "Асанов",
                "first_name": "Эрмек",
                "user_id": self.stranger.id,
            }
        )
        guardian = self.env["ejournal.guardian"].create(
            {
                "pupil_id": self.pupil.id,
                "parent_id": other.id,
                "relation": "father",
                "date_start": "2026-09-01",
            }
        )
        self.refused(self.stranger)
        guardian.access_granted = True
        self.diary(self.stranger)
        guardian.date_end = TODAY
        self.refused(self.stranger)
        self.diary(self.parent_user)

    def test_a_teacher_who_is_a_parent_reads_with_the_own_login(self):
        self.refused(self.colleague)
        self.parent.user_id = self.colleague
        self.diary(self.colleague)

    def test_who_has_left_the_school_reads_on_paper(self):
        self.pupil.enrollment_ids.date_end = TODAY
        self.diary(self.parent_user)
        with self.at("2026-10-15 04:00:00"):
            self.school._ejournal_plan_night()
            self.refused(self.parent_user)
            self.refused(self.pupil_user)

    def test_children_of_a_caller(self):
        Pupil = self.env["ejournal.pupil"]
        self.assertEqual(
            self.as_user(Pupil, self.parent_user)._diary_pupils().ids, self.pupil.ids
        )
        self.assertEqual(
            self.as_user(Pupil, self.pupil_user)._diary_pupils().ids, self.pupil.ids
        )
        for user in (self.stranger, self.deputy, self.env.ref("base.user_root")):
            self.assertFalse(self.as_user(Pupil, user)._diary_pupils())

    def test_dates_are_asked_for(self):
        pupil = self.as_user(self.pupil, self.parent_user)
        for days in (
            ("x", TODAY),
            (TODAY, False),
            (TODAY, YESTERDAY),
            (TODAY, "2027-10-14"),
        ):
            with self.assertRaises(UserError):
                pupil.load_diary(*days)


@tagged("post_install", "-at_install")
class TestDiary(DiaryCase):
    def test_a_held_lesson_tells_topic_work_and_homework(self):
        self.teach()
        row = self.lesson_row()
        self.assertEqual(
            (row["topic"], row["classwork"], row["homework"]),
            ("Roots", "№ 1–5", "§ 9"),
        )
        self.assertEqual((row["subject"], row["number"]), ("Algebra", 2))
        self.assertEqual(row["teacher"], "Токтогулова А.")

    def test_drafts_ahead_are_not_told(self):
        self.teach(lesson=self.lesson_tomorrow)
        row = self.lesson_row(self.lesson_tomorrow)
        self.assertEqual((row["topic"], row["homework"]), ("", ""))

    def test_the_next_lesson_shows_what_was_set_for_it(self):
        self.teach()
        row = self.lesson_row(self.lesson_tomorrow)
        self.assertEqual(row["due"]["homework"], "§ 9")
        self.assertEqual(row["due"]["date"], TODAY)

    def test_a_mark_is_shown_after_the_delay_with_type_and_comment(self):
        self.save(self.entry("mark", "4"), self.entry("comment", "Good work"))
        self.assertFalse(self.lesson_row()["marks"])
        with self.at("2026-10-14 04:30:00"):
            [mark] = self.lesson_row()["marks"]
        self.assertEqual((mark["value"], mark["comment"]), ("4", "Good work"))
        self.assertEqual(mark["earlier"], False)
        self.assertFalse({"average", "rank"} & set(mark))

    def test_a_mark_changed_after_it_was_seen_is_shown_as_changed(self):
        self.save(self.entry("mark", "5"))
        with self.at("2026-10-14 06:00:00"):
            self.save(
                self.entry("mark", "3", old="5", work=self.lesson.work_ids),
            )
            self.assertEqual(self.lesson_row()["marks"][0]["value"], "5")
        with self.at("2026-10-14 06:30:00"):
            [mark] = self.lesson_row()["marks"]
        self.assertEqual((mark["value"], mark["earlier"]), ("3", "5"))

    def test_the_delay_is_a_setting(self):
        self.school._ejournal_settings().diary_delay = 0
        self.save(self.entry("mark", "4"))
        self.assertTrue(self.lesson_row()["marks"])

    def test_a_column_that_was_struck_out_is_not_shown(self):
        work = self._work()
        self._mark(work)
        with self.at("2026-10-14 05:00:00"):
            self.assertTrue(self.lesson_row()["marks"])
            with_passage(work).struck_out = True
            self.assertFalse(self.lesson_row()["marks"])

    def test_only_the_own_marks_and_absences(self):
        work = self._work()
        self._mark(work, self.pupils[1], "2")
        self.save(self.entry("attendance", "absent", pupil=self.pupils[1]))
        with self.at("2026-10-14 05:00:00"):
            row = self.lesson_row()
        self.assertEqual((row["marks"], row["attendance"]), ([], False))

    def test_absence_and_lateness(self):
        self.save(self.entry("attendance", "late:12"))
        self.assertFalse(self.lesson_row()["attendance"])
        with self.at("2026-10-14 05:00:00"):
            fact = self.lesson_row()["attendance"]
        self.assertEqual((fact["kind"], fact["minutes"]), ("late", 12))

    def test_substitution_and_cancelled_lesson(self):
        self.as_user(self.lesson, self.deputy).substitute_id = self.colleague
        row = self.lesson_row()
        self.assertTrue(row["substitution"])
        self.assertEqual(row["teacher"], "Бакиров Н.")
        self.as_user(self.lesson_tomorrow, self.deputy).action_cancel("Teacher is ill")
        row = self.lesson_row(self.lesson_tomorrow)
        self.assertEqual(row["state"], "cancelled")
        self.assertNotIn("ill", str(row))

    def test_an_announced_control_work_is_told_ahead(self):
        self._work(self.lesson_tomorrow, self.control_type, title="Roots")
        [work] = self.lesson_row(self.lesson_tomorrow)["announced"]
        self.assertEqual(work["title"], "Roots")

    def test_files_of_the_homework(self):
        self.teach()
        self.as_user(self.env["ir.attachment"], self.teacher).create(
            {
                "name": "tasks.txt",
                "raw": b"1+1",
                "res_model": "ejournal.lesson",
                "res_id": self.lesson.id,
            }
        )
        [file] = self.lesson_row()["files"]
        self.assertEqual((file["name"], file["size"]), ("tasks.txt", 3))

    def test_lessons_of_another_subgroup_are_not_shown(self):
        subgroup = self.env["ejournal.subgroup"].create(
            {"name": "1", "class_ids": [(6, 0, self.class_a.ids)]}
        )
        journal = self._make_journal(
            self.physics, self.class_a, self.colleague, subgroup_id=subgroup.id
        )
        lesson = self._make_lesson(journal, TODAY, 4)

        def ids():
            days = self.diary()["days"]
            return [row["id"] for day in days for row in day["lessons"]]

        self.assertNotIn(lesson.id, ids())
        self.env["ejournal.subgroup.member"].create(
            {
                "subgroup_id": subgroup.id,
                "pupil_id": self.pupil.id,
                "date_start": TODAY,
            }
        )
        self.assertIn(lesson.id, ids())
        self.assertNotIn(self.other_lesson.id, ids())

    def test_holidays_and_periods_are_named(self):
        self.env["ejournal.holiday"].create(
            {
                "calendar_id": self.calendar.id,
                "name": "Autumn holidays",
                "date_start": "2026-11-05",
                "date_end": "2026-11-09",
            }
        )
        diary = self.diary(first="2026-11-02", last="2026-11-08")
        self.assertEqual([p["title"] for p in diary["periods"]], ["Quarter 1"])
        holidays = [day["holiday"] for day in diary["days"]]
        self.assertEqual(
            holidays[:3] + holidays[3:4], [False] * 3 + ["Autumn holidays"]
        )

    def test_marks_by_subject_with_what_the_next_one_makes(self):
        for lesson, value in ((self.lesson_yesterday, "5"), (self.lesson, "4")):
            self._mark(self._work(lesson), value=value)
        with self.at("2026-10-14 05:00:00"):
            pupil = self.as_user(self.pupil, self.parent_user)
            rows = pupil._diary_marks(self.quarter.date_start, self.quarter.date_end)
        [algebra] = [row for row in rows if row["subject"] == "Algebra"]
        self.assertEqual([mark["value"] for mark in algebra["marks"]], ["5", "4"])
        self.assertEqual((algebra["count"], algebra["average"]), (2, 4.5))
        self.assertEqual(algebra["next"][0], {"value": "5", "average": 4.67})
        with self.assertRaises(AccessError):
            self.as_user(self.pupil, self.stranger)._diary_marks(TODAY, TODAY)

    @mute_logger("odoo.sql_db")
    def test_twenty_queries_however_much_there_is(self):
        def count():
            pupil = self.as_user(self.pupil, self.parent_user)
            pupil.env.registry.clear_all_caches()
            pupil.load_diary("2026-10-12", "2026-10-18")
            pupil = self.as_user(self.pupil, self.parent_user)
            before = self.env.cr.sql_log_count
            pupil.load_diary("2026-10-12", "2026-10-18")
            return self.env.cr.sql_log_count - before

        self.teach()
        self.save(self.entry("mark", "4"), self.entry("attendance", "late:5"))
        few = count()
        pupils = self._make_pupils(self.class_a, ["Көп"] * 40)
        for number, lesson in enumerate(
            self._make_lesson(self.journal, f"2026-10-{day}", number)
            for day in (12, 13, 14)
            for number in (3, 4, 5)
        ):
            work = self._work(lesson)
            for pupil in (self.pupil, *pupils[:20]):
                self._mark(work, pupil, "45"[number % 2])
        with self.at("2026-10-14 06:00:00"):
            many = count()
        self.assertEqual(few, many)
        self.assertLessEqual(many, 20)
