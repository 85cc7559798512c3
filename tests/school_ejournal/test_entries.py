"""`save_entries`: what a teacher types on the journal page."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import SchoolCase


@tagged("post_install", "-at_install")
class TestEntries(SchoolCase):
    def test_mark_without_column_makes_the_answer_column(self):
        [answer] = self.save(self.entry("mark", "5"))
        self.assertEqual(answer["status"], "ok", answer)
        mark = self.lesson.mark_ids
        self.assertEqual((mark.value, mark.score), ("5", 5.0))
        self.assertEqual(mark.work_id.type_id.code, "answer")
        self.assertEqual(answer["work_id"], mark.work_id.id)

    def test_marks_of_a_class_share_one_answer_column(self):
        answers = self.save(
            *(self.entry("mark", "4", pupil=p, key=p.id) for p in self.pupils)
        )
        self.assertEqual({a["status"] for a in answers}, {"ok"})
        self.assertEqual(len(self.lesson.work_ids), 1)
        self.assertEqual(len(self.lesson.mark_ids), len(self.pupils))

    def test_first_entry_makes_the_lesson_held(self):
        self.assertEqual(self.lesson.state, "planned")
        self.save(self.entry("mark", "5"))
        self.assertEqual(self.lesson.state, "held")

    def test_each_field_is_stored(self):
        answers = self.save(
            self.entry("attendance", "late:12", key="a"),
            self.entry("topic", " Quadratic roots ", key="b"),
            self.entry("classwork", "№ 12–14", key="c"),
            self.entry("homework", "№ 15", key="d"),
            self.entry("homework_minutes", 20, key="e"),
            self.entry("attendance_confirmed", True, key="f"),
        )
        self.assertEqual([a["status"] for a in answers], ["ok"] * 6, answers)
        fact = self.lesson.attendance_ids
        self.assertEqual((fact.kind, fact.minutes), ("late", 12))
        self.assertEqual(self.lesson.topic, "Quadratic roots")
        self.assertEqual(self.lesson.homework_minutes, 20)
        self.assertTrue(self.lesson.attendance_confirmed)
        self.assertTrue(self.lesson.filled_at)
        self.assertTrue(self.lesson.filled_on_time)

    def test_lesson_that_loses_its_topic_is_no_longer_filled(self):
        self.test_each_field_is_stored()
        self.save(self.entry("topic", False, old="Quadratic roots"))
        self.assertFalse(self.lesson.filled_at)
        self.assertFalse(self.lesson.filled_on_time)

    def test_one_refused_cell_does_not_take_the_others_with_it(self):
        answers = self.save(
            self.entry("mark", "5", key=1),
            self.entry("mark", "7", pupil=self.pupils[1], key=2),
            self.entry("mark", "4", pupil=self.pupils_b[0], key=3),
            self.entry("mark", "3", lesson=self.lesson_yesterday, key=4),
            self.entry("nonsense", "3", key=5),
            self.entry("mark", "4", pupil=self.pupils[2], key=6),
            {"key": 7},
            "rubbish",
        )
        statuses = [answer["status"] for answer in answers]
        self.assertEqual(statuses, ["ok"] + ["refused"] * 4 + ["ok"] + ["refused"] * 2)
        self.assertEqual(sorted(self.lesson.mark_ids.mapped("value")), ["4", "5"])
        self.assertIn("5", answers[1]["reason"])
        self.assertIn("not on the list", answers[2]["reason"])
        self.assertIn("13.10.2026", answers[3]["reason"])

    def test_difference_from_what_was_seen_is_a_conflict_and_overwrites_nothing(self):
        self.save(self.entry("mark", "5"))
        [answer] = self.save(self.entry("mark", "3", old=False))
        self.assertEqual(answer["status"], "conflict")
        self.assertEqual(answer["value"], "5")
        self.assertEqual(answer["by"], self.teacher.name)
        self.assertTrue(answer["at"])
        self.assertEqual(self.lesson.mark_ids.value, "5")

    def test_same_entry_sent_twice_is_ok_and_recorded_once(self):
        entry = self.entry("mark", "5")
        self.save(entry)
        [answer] = self.save(entry)
        self.assertEqual(answer["status"], "ok")
        self.assertEqual(len(self.changes(self.lesson.mark_ids, "value")), 1)

    def test_two_entries_of_one_cell_in_a_batch_follow_each_other(self):
        first, second = self.save(
            self.entry("mark", "4", key=1), self.entry("mark", "5", old="4", key=2)
        )
        self.assertEqual((first["status"], second["status"]), ("ok", "ok"))
        self.assertEqual(self.lesson.mark_ids.value, "5")

    def test_clearing_keeps_the_row_and_is_recorded(self):
        self.save(self.entry("mark", "5"))
        [answer] = self.save(self.entry("mark", False, old="5"))
        self.assertEqual(answer["status"], "ok")
        mark = self.lesson.mark_ids
        self.assertFalse(mark.value)
        self.assertEqual(self.changes(mark, "value").mapped("new_value"), ["5", ""])
        [again] = self.save(self.entry("mark", "4"))
        self.assertEqual(again["status"], "ok")
        self.assertEqual(len(self.lesson.mark_ids), 1)

    def test_five_point_zero_is_five(self):
        [answer] = self.save(self.entry("mark", "5,0"))
        self.assertEqual(answer["value"], "5")

    def test_second_mark_needs_a_first_and_a_written_language_work(self):
        dictation = self._work(work_type=self.dictation_type)
        [alone] = self.save(self.entry("second_mark", "4", work=dictation))
        self.assertEqual(alone["status"], "refused")
        answers = self.save(
            self.entry("mark", "5", work=dictation, key=1),
            self.entry("second_mark", "4", work=dictation, key=2),
        )
        self.assertEqual([a["status"] for a in answers], ["ok", "ok"], answers)
        self.assertEqual(dictation.mark_ids.second_score, 4.0)
        answers = self.save(
            self.entry("mark", "5", key=1), self.entry("second_mark", "4", key=2)
        )
        self.assertEqual([a["status"] for a in answers], ["ok", "refused"])
        self.assertIn("dictation", answers[1]["reason"])

    def test_homework_unticks_none_set_and_none_set_spares_the_homework(self):
        self.save(self.entry("no_homework", True))
        self.save(self.entry("homework", "№ 5"))
        self.assertFalse(self.lesson.no_homework)
        [answer] = self.save(self.entry("no_homework", True))
        self.assertEqual(answer["status"], "refused")
        self.assertEqual(self.lesson.homework, "№ 5")

    def test_exempt_pupil_gets_no_mark_but_may_be_absent(self):
        self.env["ejournal.exemption"].create(
            {
                "pupil_id": self.pupil.id,
                "subject_id": self.algebra.id,
                "date_start": "2026-10-01",
            }
        )
        mark, absence = self.save(
            self.entry("mark", "5"), self.entry("attendance", "absent")
        )
        self.assertEqual((mark["status"], absence["status"]), ("refused", "ok"))
        self.assertIn("exempt", mark["reason"])

    def test_unmarked_class_takes_attendance_and_topic_but_no_mark(self):
        self.journal.assessment = "none"
        mark, topic = self.save(self.entry("mark", "5"), self.entry("topic", "Sums"))
        self.assertEqual((mark["status"], topic["status"]), ("refused", "ok"))

    def test_bad_values_are_refused_with_a_reason(self):
        for field, value in [
            ("attendance", "gone"),
            ("attendance", "late:999"),
            ("homework_minutes", -5),
            ("homework_minutes", 10000),
            ("topic", 5),
            ("topic", "x" * 501),
            ("attendance_confirmed", "yes"),
            ("mark", ["5"]),
            ("comment", {}),
        ]:
            with self.subTest(field=field, value=value):
                [answer] = self.save(self.entry(field, value))
                self.assertEqual(answer["status"], "refused")
                self.assertTrue(answer["reason"])

    def test_double_lesson_shares_topic_and_roll_call_until_told_otherwise(self):
        second = self._make_lesson(self.journal, self.lesson.date, 3)
        topic, absence, *_rest = self.save(
            self.entry("topic", "Roots", key=1),
            self.entry("attendance", "absent", key=2),
            self.entry("attendance_confirmed", True, key=3),
            self.entry("mark", "5", pupil=self.pupils[1], key=4),
        )
        self.assertEqual(second.topic, "Roots")
        self.assertEqual(second.attendance_ids.kind, "absent")
        self.assertTrue(second.attendance_confirmed)
        self.assertFalse(second.mark_ids, "marks are never shared")
        self.assertEqual(topic["also"][0]["lesson_id"], second.id)
        self.save(self.entry("topic", "Practice", old="Roots", lesson=second))
        self.save(self.entry("topic", "Roots II", old="Roots"))
        self.assertEqual(second.topic, "Practice")
        # came for the second lesson: the first keeps its absence
        self.save(self.entry("attendance", False, old="absent", lesson=second))
        self.assertEqual(self.lesson.attendance_ids.kind, "absent")

    def test_stranger_is_refused(self):
        with self.assertRaises(AccessError):
            self.save(self.entry("mark", "5"), user=self.colleague)
        with self.assertRaises(AccessError):
            self.save(self.entry("mark", "5"), user=self.parent_user)
        with self.assertRaises(AccessError):
            self.save(self.entry("mark", "5"), user=self.outsider)

    def test_readers_are_refused_cell_by_cell(self):
        for user in (self.deputy, self.director, self.class_teacher):
            with self.subTest(user=user.name):
                [answer] = self.save(self.entry("mark", "5"), user=user)
                self.assertEqual(answer["status"], "refused")
                self.assertIn(self.teacher.name, answer["reason"])
        self.assertFalse(self.lesson.mark_ids)

    def test_lesson_of_another_journal_is_refused(self):
        [answer] = self.save(
            self.entry("mark", "5", lesson=self.other_lesson, pupil=self.pupils_b[0])
        )
        self.assertEqual(answer["status"], "refused")
        self.assertFalse(self.other_lesson.mark_ids)

    def test_only_a_list_of_entries_is_taken(self):
        for entries in ("x", {"a": 1}, [self.entry("mark", "5")] * 2001):
            with self.assertRaises(UserError):
                self.as_user(self.journal, self.teacher).save_entries(entries)

    def test_page_shows_what_was_entered(self):
        self.save(
            self.entry("mark", "5", key=1),
            self.entry("mark", "4", pupil=self.pupils[1], key=2),
            self.entry("attendance", "late:7", pupil=self.pupils[2], key=3),
            self.entry("topic", "Roots", key=4),
        )
        page = self.as_user(self.journal, self.teacher).load_page(
            "2026-09-01", "2026-11-04"
        )
        self.assertEqual(
            set(page),
            {
                "journal",
                "pupils",
                "lessons",
                "works",
                "marks",
                "attendance",
                "exemptions",
                "averages",
                "period_marks",
            },
        )
        self.assertEqual(
            [p["name"].split()[0] for p in page["pupils"]],
            ["Асанов", "Ермеков", "Ёлкин", "Ңурманов", "Өмүров", "Үсөнов"],
        )
        lessons = {lesson["id"]: lesson for lesson in page["lessons"]}
        self.assertEqual(len(lessons), 3)
        self.assertEqual(lessons[self.lesson.id]["window"]["content"]["state"], "open")
        closed = lessons[self.lesson_yesterday.id]["window"]["content"]
        self.assertEqual(closed["state"], "closed")
        self.assertEqual(len(page["marks"]), 2)
        self.assertEqual(page["attendance"][0]["value"], "late:7")
        averages = {row["pupil_id"]: row for row in page["averages"]}
        self.assertEqual(averages[self.pupil.id]["plain"], 5.0)

    def test_absence_in_the_lesson_before_is_proposed(self):
        physics = self._make_journal(self.physics, self.class_a, self.colleague)
        before = self._make_lesson(physics, self.lesson.date, 1)
        self.save(
            self.entry("attendance", "absent", lesson=before, key=1),
            self.entry("attendance_confirmed", True, lesson=before, key=2),
            user=self.colleague,
            journal=physics,
        )
        page = self.as_user(self.journal, self.teacher).load_page(
            self.lesson.date, self.lesson.date
        )
        self.assertEqual(page["lessons"][0]["proposals"], {"absent": [self.pupil.id]})
        self.assertFalse(page["attendance"], "a proposal is no fact")
