"""A teacher's day."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.school_ejournal.tools.passage import with_passage

from ..common import TODAY, TOMORROW, YESTERDAY, SchoolCase


@tagged("post_install", "-at_install")
class TestMyDay(SchoolCase):
    def _load(self, user=None, date=None):
        Lesson = self.as_user(self.env["ejournal.lesson"], user or self.teacher)
        return Lesson.load_day(date)

    def test_lessons_of_today_and_what_is_missing(self):
        day = self._load()
        self.assertEqual(day["date"], TODAY)
        [row] = day["lessons"]
        self.assertEqual(row["id"], self.lesson.id)
        self.assertEqual(row["filling"], "empty")
        self.assertEqual(
            row["missing"], ["topic", "classwork", "homework", "attendance"]
        )
        self.assertEqual(row["pupils"], len(self.pupils))
        self.save(self.entry("topic", "Roots"), self.entry("attendance", "absent"))
        [row] = self._load()["lessons"]
        self.assertEqual((row["filling"], row["absent"]), ("part", 1))
        self.assertEqual(row["missing"], ["classwork", "homework", "attendance"])

    def test_unfilled_of_the_days_before_stand_below(self):
        unfilled = self._load()["unfilled"]
        self.assertEqual([row["id"] for row in unfilled], [self.lesson_yesterday.id])
        self.assertEqual(unfilled[0]["window"]["content"]["state"], "closed")

    def test_lessons_stand_by_the_clock_of_their_shift(self):
        shift = self.env["ejournal.shift"].create({"name": "Second", "sequence": 2})
        shift._make_default_bells()
        self.class_b.shift_id = shift
        morning = self.env["ejournal.shift"].search(
            [("company_id", "=", self.school.id)], limit=1
        )
        self.class_a.shift_id = morning
        journal = self._make_journal(self.algebra, self.class_b, self.teacher)
        afternoon = self._make_lesson(journal, TODAY, 1)
        rows = self._load()["lessons"]
        self.assertEqual([row["id"] for row in rows], [self.lesson.id, afternoon.id])
        self.assertLess(rows[0]["time_start"], rows[1]["time_start"])
        self.assertEqual([row["id"] for row in rows[0]["parallel"]], [afternoon.id])

    def test_substitution_stands_in_the_day_of_the_substitute(self):
        self.as_user(self.lesson, self.deputy).substitute_id = self.colleague
        self.assertFalse(self._load()["lessons"])
        rows = {row["id"]: row for row in self._load(self.colleague)["lessons"]}
        self.assertTrue(rows[self.lesson.id]["is_substitution"])

    def test_queries_do_not_grow_with_the_lessons(self):
        self._load()

        def count():
            before = self.env.cr.sql_log_count
            self._load()
            return self.env.cr.sql_log_count - before

        few = count()
        for number in range(3, 9):
            self._make_lesson(self.journal, TODAY, number)
        self.assertEqual(count(), few)

    def test_lessons_of_a_parallel_class_next_day_are_offered_for_copying(self):
        journal = self._make_journal(self.algebra, self.class_b, self.teacher)
        tomorrow = self._make_lesson(journal, TOMORROW, 1)
        self._make_lesson(journal, TOMORROW, 5)
        [row] = self._load()["lessons"]
        [parallel] = row["parallel"]
        self.assertEqual(
            (parallel["id"], parallel["date"], parallel["classes"]),
            (tomorrow.id, TOMORROW, self.class_b.name),
        )
        self.assertEqual(parallel["window"]["content"]["state"], "future")

    def test_lessons_of_another_grade_or_teacher_are_no_parallels(self):
        other_grade = self.env["ejournal.class"].create(
            {
                "year_id": self.year.id,
                "grade": 8,
                "letter": "В",
                "calendar_id": self.calendar.id,
            }
        )
        self._make_lesson(
            self._make_journal(self.algebra, other_grade, self.teacher), TODAY, 4
        )
        self._make_lesson(
            self._make_journal(self.algebra, self.class_b, self.colleague), TODAY, 5
        )
        rows = {row["id"]: row for row in self._load()["lessons"]}
        self.assertFalse(rows[self.lesson.id]["parallel"])

    def test_days_with_lessons_stand_beside(self):
        days = self._load()["days"]
        self.assertEqual(days, {"before": YESTERDAY, "after": TOMORROW})
        days = self._load(date=str(TOMORROW))["days"]
        self.assertEqual(days, {"before": TODAY, "after": False})

    def test_last_homework_and_a_request_that_waits_are_told(self):
        with_passage(self.lesson_yesterday, "system").homework = "№ 7"
        self.as_user(self.lesson_yesterday, self.teacher).ask_to_open("I was ill")
        day = self._load()
        self.assertEqual(day["lessons"][0]["last_homework"], "№ 7")
        self.assertEqual([row["asked"] for row in day["unfilled"]], [True])
        self.assertEqual([row["asked"] for row in day["lessons"]], [False])

    def test_cells_that_came_too_late_wait_until_they_are_put_in(self):
        late = self.entry("topic", "Roots", lesson=self.lesson_yesterday)
        lesson = self.as_user(self.lesson_yesterday, self.teacher)
        unlock_id = lesson.ask_to_open("The power failed", entries=[late])
        self.assertFalse(self._load()["waiting"])
        unlock = self.env["ejournal.unlock"].browse(unlock_id)
        self.as_user(unlock, self.deputy).action_approve()
        self.assertEqual(
            self._load()["waiting"],
            [{"id": unlock_id, "count": 1, "lesson_ids": lesson.ids}],
        )
        self.as_user(unlock, self.teacher).apply_entries()
        self.assertFalse(self._load()["waiting"])
        self.assertEqual(self.lesson_yesterday.topic, "Roots")

    # ---- roll call ---------------------------------------------------------------------

    def test_one_roll_call_lists_each_pupil_once_with_his_lessons(self):
        third = self._make_lesson(self.journal, TODAY, 5)
        self.save(self.entry("attendance", "late:5", pupil=self.pupils[1]))
        lessons = self.as_user(self.lesson | third, self.teacher)
        roll = lessons.load_roll_call()
        self.assertEqual([pupil["id"] for pupil in roll["pupils"]], self.pupils.ids)
        self.assertEqual(roll["pupils"][0]["lesson_ids"], lessons.ids)
        self.assertEqual(
            roll["attendance"],
            [
                {
                    "lesson_id": self.lesson.id,
                    "pupil_id": self.pupils[1].id,
                    "value": "late:5",
                }
            ],
        )

    def test_a_roll_call_of_others_is_refused(self):
        for user in (self.colleague, self.outsider, self.parent_user):
            with self.assertRaises(AccessError):
                self.as_user(self.lesson, user).load_roll_call()

    # ---- paper ---------------------------------------------------------------------------

    def _sheets(self, user, **options):
        Lesson = self.as_user(self.env["ejournal.lesson"], user)
        return Lesson._paper_sheets(str(TODAY), **options)["sheets"]

    def test_a_sheet_holds_names_and_topic_of_the_own_lessons(self):
        self.save(self.entry("topic", "Roots"))
        [sheet] = self._sheets(self.teacher)
        self.assertEqual(sheet["lesson"], self.lesson)
        self.assertEqual((sheet["topic"], sheet["height"]), ("Roots", ""))
        self.assertEqual(
            [row["name"] for row in sheet["rows"]],
            [f"{pupil.last_name} {pupil.first_name}" for pupil in self.pupils],
        )

    def test_the_whole_schools_sheets_are_the_deputys(self):
        with self.assertRaises(AccessError):
            self._sheets(self.teacher, whole_school=True)
        sheets = self._sheets(self.deputy, whole_school=True)
        self.assertEqual(
            {sheet["lesson"].id for sheet in sheets},
            {self.lesson.id, self.other_lesson.id},
        )

    def test_who_is_no_teacher_gets_no_sheets(self):
        for user in (self.outsider, self.parent_user, self.admin):
            with self.assertRaises(AccessError):
                self._sheets(user)

    def test_strangers_and_bad_days_are_refused(self):
        for user in (self.outsider, self.parent_user, self.admin):
            with self.assertRaises(AccessError):
                self._load(user)
        with self.assertRaises(UserError):
            self._load(date="today")


@tagged("post_install", "-at_install")
class TestPaperPage(HttpCase):
    def test_the_page_prints_a_sheet_and_keeps_strangers_out(self):
        school = self.env.company
        new_test_user(self.env, "paper_teacher", groups="school_ejournal.group_teacher")
        new_test_user(self.env, "paper_clerk", groups="base.group_user")
        address = f"/school_ejournal/paper/{school._ejournal_today()}"
        self.authenticate("paper_teacher", "paper_teacher")
        answer = self.url_open(address)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("No lessons on this day.", answer.text)
        self.assertEqual(self.url_open("/school_ejournal/paper/never").status_code, 422)
        self.assertEqual(self.url_open(f"{address}?school=1").status_code, 403)
        self.authenticate("paper_clerk", "paper_clerk")
        self.assertEqual(self.url_open(address).status_code, 403)
