"""The board “Today” of the deputy director and the director."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.school_ejournal.tools.passage import with_passage

from ..common import YESTERDAY, SchoolCase


@tagged("post_install", "-at_install")
class TestBoard(SchoolCase):
    def _board(self, user=None, date=None):
        board = self.as_user(self.env["ejournal.board"], user or self.deputy)
        return board.load_today(date)

    def _class_row(self, board, class_):
        return next(row for row in board["classes"] if row["id"] == class_.id)

    def _fill(self, lesson, user=None):
        self.save(
            *(
                self.entry(field, value, lesson=lesson, key=key)
                for key, (field, value) in enumerate(
                    {
                        "topic": "Roots",
                        "classwork": "Tasks",
                        "no_homework": True,
                        "attendance_confirmed": True,
                    }.items()
                )
            ),
            user=user,
        )

    def test_filling_goes_by_class_and_teacher_as_the_day_goes(self):
        [lesson] = self._class_row(self._board(), self.class_a)["lessons"]
        self.assertEqual((lesson["id"], lesson["status"]), (self.lesson.id, "empty"))
        self.save(self.entry("topic", "Roots"))
        [lesson] = self._class_row(self._board(), self.class_a)["lessons"]
        self.assertEqual(lesson["status"], "part")
        self.assertEqual(lesson["missing"], ["classwork", "homework", "attendance"])
        self._fill(self.lesson)
        board = self._board()
        row = self._class_row(board, self.class_a)
        self.assertEqual(row["day"]["filled"], 1)
        self.assertEqual(row["week"], {**row["week"], "filled": 1, "due": 2})
        teacher = next(x for x in board["teachers"] if x["id"] == self.teacher.id)
        self.assertEqual((teacher["day"]["filled"], teacher["week"]["due"]), (1, 2))
        self.assertEqual(board["total"]["day"]["due"], 2)

    def test_filled_by_permission_is_told_apart(self):
        unlocks = self.as_user(self.env["ejournal.unlock"], self.deputy)
        unlocks.open_unasked(
            self.lesson_yesterday.ids, self.teacher.id, False, "Was ill"
        )
        self._fill(self.lesson_yesterday)
        board = self._board(date="2026-10-13")
        [lesson] = self._class_row(board, self.class_a)["lessons"]
        self.assertEqual(lesson["status"], "late")
        self.assertEqual(board["total"]["day"]["late"], 1)

    def test_lessons_that_have_not_begun_and_cancelled_ones_are_not_due(self):
        shift = self.env["ejournal.shift"].create({"name": "First"})
        self.env["ejournal.bell"].create(
            {"shift_id": shift.id, "number": 2, "time_start": 11, "time_end": 11.75}
        )
        self.class_a.shift_id = shift
        [lesson] = self._class_row(self._board(), self.class_a)["lessons"]
        self.assertEqual(lesson["status"], "ahead", "it is 10:00")
        with_passage(self.other_lesson, "order").write({"state": "cancelled"})
        self.assertEqual(self._board()["total"]["day"]["due"], 0)

    def test_absent_pupils_are_numbers_without_names_or_marks(self):
        self.save(
            self.entry("attendance", "absent"),
            self.entry("attendance", "late", pupil=self.pupils[1], key=2),
        )
        board = self._board()
        row = self._class_row(board, self.class_a)
        self.assertEqual((row["absent"], row["pupils"]), (1, 6))
        self.assertEqual((board["total"]["absent"], board["total"]["pupils"]), (1, 8))
        for pupil in self.pupils:
            self.assertNotIn(pupil.last_name, str(board))

    def test_requests_remarks_substitutions_and_findings_wait_there(self):
        self.as_user(self.lesson_yesterday, self.teacher).ask_to_open("No power")
        remarks = self.as_user(self.env["ejournal.remark"], self.deputy)
        remarks.make_from_checks(YESTERDAY, YESTERDAY, ["topic"])
        with_passage(self.lesson, "order").write({"substitute_id": self.colleague.id})
        board = self._board()
        self.assertEqual(board["requests"][0]["teacher"], self.teacher.name)
        self.assertEqual(
            (board["remarks"]["open"], board["remarks"]["overdue"]), (1, 0)
        )
        [row] = board["substitutions"]
        self.assertEqual(row["substitute"], self.colleague.name)
        found = {row["code"]: row["count"] for row in board["findings"]}
        self.assertEqual(found["topic"], 1, "today may still be filled")
        rows = self.as_user(self.env["ejournal.board"], self.deputy).load_findings(
            "topic", "2026-10-12", "2026-10-14"
        )
        self.assertEqual([row["lesson_id"] for row in rows], self.lesson_yesterday.ids)
        with self.at("2026-10-24 06:00:00"):
            self.assertEqual(self._board()["remarks"]["overdue"], 1)

    def test_the_director_sees_the_same_and_decides_nothing(self):
        director, deputy = self._board(self.director), self._board()
        self.assertFalse(director.pop("may_decide"))
        self.assertTrue(deputy.pop("may_decide"))
        self.assertEqual(director, deputy)
        for user in (self.teacher, self.class_teacher, self.admin, self.parent_user):
            with self.subTest(user.name), self.assertRaises(AccessError):
                self._board(user)

    def test_thirty_queries_at_most_and_flat_in_pupils_and_lessons(self):
        def queries():
            board = self.as_user(self.env["ejournal.board"], self.deputy)
            before = self.env.cr.sql_log_count
            board.load_today()
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        subjects = self.env["ejournal.subject"].create(
            [{"name": f"Subject {number}"} for number in range(3, 9)]
        )
        for number, subject in enumerate(subjects, 3):
            for class_ in (self.class_a, self.class_b):
                journal = self._make_journal(subject, class_, self.colleague)
                self._make_lesson(journal, self.lesson.date, number)
        self._make_pupils(self.class_a, [f"Окуучу{number}" for number in range(20)])
        many = queries()
        self.assertLessEqual(many, few)
        self.assertLessEqual(many, 30)
