"""What the pages of the class teacher ask the server: attendance, day, nine o'clock, data."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import TODAY
from .attendance_common import AttendanceCase


class ClassPageCase(AttendanceCase):
    def page(self, user=None):
        return self.as_user(self.class_a, user or self.class_teacher)

    def row(self, pupil=None, rows=None):
        rows = rows or self.page().load_attendance("2026-10-14")["pupils"]
        return next(row for row in rows if row["id"] == (pupil or self.pupil).id)

    def cell(self, day, pupil=None):
        return self.row(pupil)["cells"].get(f"2026-10-{day}")

    def change(self, start, end=None, reason="ill", pupil=None, key=1, **more):
        return {
            "key": key,
            "pupil_id": (pupil or self.pupil).id,
            "date_start": f"2026-10-{start}",
            "date_end": f"2026-10-{end or start}",
            "reason": reason,
            **more,
        }

    def set(self, *changes, user=None):
        return self.page(user).save_absences(list(changes), "2026-10-14")

    def statuses(self, *changes):
        answers = self.set(*changes)["answers"]
        return {answer["key"]: answer["status"] for answer in answers}

    def boxes(self, pupil=None):
        rows = self.env["ejournal.absence"].search(
            [("pupil_id", "=", (pupil or self.pupil).id)],
            order="date_start, number_from",
        )
        return [
            (
                row.date_start.day,
                row.date_end.day,
                row.number_from,
                row.number_to,
                row.reason,
            )
            for row in rows
        ]


@tagged("post_install", "-at_install")
class TestAttendancePage(ClassPageCase):
    def test_days_pupils_and_missed_lessons(self):
        self.roll(self.journal, 13, (self.pupil, "absent"), (self.pupils[1], "late:7"))
        page = self.page().load_attendance("2026-10-14")
        self.assertEqual(len(page["days"]), 22, "school days of October 2026")
        self.assertEqual(len(page["pupils"]), 6)
        self.assertEqual(self.cell(13)["missed"], [2])
        self.assertEqual(self.cell(13)["reasons"], ["unknown"])
        late = self.cell(13, self.pupils[1])
        self.assertEqual((late["late"], late["minutes"], late["missed"]), ([2], 7, []))
        self.assertEqual(self.row()["sums"]["missed"], 1)
        self.assertEqual(page["total"], {"due": 6, "missed": 1, "share": 83.3})

    def test_marked_in_the_morning_before_any_lesson(self):
        self.set(self.change(14, reason="unknown"))
        cell = self.cell(14)
        self.assertTrue(cell["marked"])
        self.assertEqual((cell["missed"], cell["reasons"]), ([], ["unknown"]))
        self.assertEqual(self.row()["sums"]["missed"], 0)

    def test_several_pupils_and_days_at_once(self):
        answers = self.statuses(
            *(
                self.change(12, 16, "excused", pupil, key=pupil.id)
                for pupil in self.pupils[:3]
            )
        )
        self.assertEqual(set(answers.values()), {"ok"})
        for pupil in self.pupils[:3]:
            self.assertEqual(self.boxes(pupil), [(12, 16, 0, 0, "excused")])

    def test_a_reason_over_the_facts_takes_the_missed_lessons_only(self):
        """Absent in the second lesson, there in the third: no clash is made."""
        self.roll(self.journal, 13, (self.pupil, "absent"))
        self.roll(self.physics_a, 13)
        self.set(self.change(12, 14))
        self.assertEqual(
            self.boxes(),
            [(12, 12, 0, 0, "ill"), (13, 13, 0, 2, "ill"), (14, 14, 0, 0, "ill")],
        )
        self.assertEqual(self.cell(13)["clash"], [])
        self.assertEqual(self.row()["sums"]["ill"], 1)

    def test_a_clash_is_shown_here_too(self):
        self.roll(self.journal, 14)
        self.set(self.change(14))
        self.assertEqual(self.cell(14)["clash"], [2])
        self.assertEqual(self.cell(14)["missed"], [])

    def test_clearing(self):
        self.set(self.change(14))
        self.set(self.change(14, reason=False))
        self.assertEqual(self.boxes(), [])
        self.assertIsNone(self.cell(14))

    def test_two_on_the_page_at_once(self):
        self.set(self.change(14, reason="unexcused", old=[]))
        answer = self.set(self.change(14, old=[]), user=self.deputy)["answers"][0]
        self.assertEqual(answer["status"], "conflict")
        self.assertEqual(self.boxes(), [(14, 14, 0, 0, "unexcused")])
        [seen] = self.row()["absences"]
        self.set(self.change(14, old=[[seen["id"], "unexcused"]]))
        self.assertEqual(self.boxes(), [(14, 14, 0, 0, "ill")])

    def test_one_refused_takes_no_other_with_it(self):
        self.close_quarter()
        answers = self.statuses(
            self.change(14),
            {
                **self.change(14, key=2),
                "date_start": "2026-11-12",
                "date_end": "2026-11-12",
            },
        )
        self.assertEqual(answers, {1: "refused", 2: "ok"})

    def test_nonsense_is_refused_with_a_reason(self):
        answers = self.set(
            self.change(14, reason="plague"),
            self.change(14, key=2, pupil=self.pupils_b[0]),
            self.change(14, key=3, end=12),
            self.change(14, key=4),
        )["answers"]
        self.assertEqual(
            {answer["key"]: answer["status"] for answer in answers},
            {1: "refused", 2: "refused", 3: "refused", 4: "ok"},
        )
        self.assertTrue(all(a["reason"] for a in answers if a["status"] != "ok"))

    def test_a_pupil_who_moved_stands_on_both_pages_for_his_days(self):
        row = self.class_a.enrollment_ids.filtered(lambda r: r.pupil_id == self.pupil)
        self.as_user(row, self.deputy).action_move(self.class_b.id, "2026-10-15")
        self.assertEqual(str(self.row()["spans"][0]["date_end"]), "2026-10-14")
        page = self.as_user(self.class_b, self.deputy).load_attendance("2026-10-14")
        other = self.row(rows=page["pupils"])
        self.assertEqual(str(other["spans"][0]["date_start"]), "2026-10-15")

    def test_alarm_at_a_share_of_the_week(self):
        self.roll(self.journal, 12, (self.pupil, "absent"))
        self.roll(
            self.physics_a, 12, (self.pupil, "absent"), (self.pupils[1], "absent")
        )
        self.assertEqual(self.row()["alarm"], "month")
        settings = self.school._ejournal_settings()
        self.as_user(settings, self.deputy).write({"alarm_month": 100})
        self.assertEqual(self.row()["alarm"], "week")
        self.assertFalse(
            self.row(self.pupils[1])["alarm"], "half is not more than half"
        )

    def test_others_open_nothing(self):
        for user in (self.teacher, self.director, self.admin, self.parent_user):
            with self.assertRaises(AccessError):
                self.page(user).load_attendance()
            with self.assertRaises(AccessError):
                self.set(self.change(14), user=user)
        choices = self.as_user(self.env["ejournal.class"], self.teacher)
        self.assertEqual(choices.class_choices(), [])

    def test_queries_of_page_and_save_are_few_and_flat(self):
        counts = []
        for pupils in (self.pupils[:1], self.pupils):
            page = self.page()
            before = self.env.cr.sql_log_count
            page.load_attendance("2026-10-14")
            load = self.env.cr.sql_log_count - before
            changes = [
                self.change(day, reason="ill", pupil=pupil, key=f"{pupil.id} {day}")
                for pupil in pupils
                for day in (12, 13, 14, 15, 16)
            ]
            page = self.page()
            before = self.env.cr.sql_log_count
            page.save_absences(changes, "2026-10-14")
            counts.append((load, self.env.cr.sql_log_count - before))
            self.set(*({**change, "reason": False} for change in changes))
        load, save = counts[1]
        self.assertLessEqual(load, 20)
        self.assertLessEqual(save, 25)
        self.assertLessEqual(load, counts[0][0])
        self.assertLessEqual(save, counts[0][1])


@tagged("post_install", "-at_install")
class TestClassDayPage(ClassPageCase):
    def day_page(self, day=14, user=None):
        return self.page(user).load_class_day(f"2026-10-{day}")

    def test_lessons_marks_and_what_is_missing(self):
        self.save(self.entry("mark", "5"), self.entry("topic", "Roots", key=2))
        self.roll(self.journal, 14, (self.pupils[1], "absent"))
        page = self.day_page()
        self.assertEqual([row["number"] for row in page["lessons"]], [2, 3])
        self.assertEqual(page["lessons"][0]["topic"], "Roots")
        self.assertIn("homework", page["lessons"][0]["missing"])
        cells = {row["id"]: row["cells"] for row in page["pupils"]}
        self.assertEqual(cells[self.pupil.id][self.lesson.id]["marks"], ["5"])
        absent = cells[self.pupils[1].id][self.lesson.id]
        self.assertEqual((absent["attendance"], absent["excused"]), ("absent", None))

    def test_confirming_the_day(self):
        self.assertFalse(self.day_page()["confirmed"])
        self.page().confirm_day("2026-10-14")
        confirmed = self.day_page()["confirmed"]
        self.assertEqual(confirmed["by"], self.class_teacher.name)
        self.assertTrue(confirmed["on_time"])

    def test_a_nudge_reaches_the_teacher_once_an_hour(self):
        page = self.page()
        page.nudge_teacher(self.lesson.id)
        note = self.env["mail.message"].search(
            [("partner_ids", "in", self.teacher.partner_id.ids)], limit=1
        )
        self.assertIn(self.class_teacher.name, note.body)
        with self.assertRaisesRegex(UserError, "hour"):
            page.nudge_teacher(self.lesson.id)
        with self.at("2026-10-14 05:30:00"):
            page.nudge_teacher(self.lesson.id)

    def test_no_nudge_for_a_lesson_of_another_class_or_ahead(self):
        for lesson in (self.other_lesson, self.lesson_tomorrow):
            with self.assertRaises(UserError):
                self.page().nudge_teacher(lesson.id)


@tagged("post_install", "-at_install")
class TestNineOClock(ClassPageCase):
    def missing(self, user=None):
        return self.page(user).load_missing()["pupils"]

    def test_absent_without_a_reason_with_the_phone_to_call(self):
        self.parent.phone = "0555 123456"
        self.roll(self.journal, 14, (self.pupil, "absent"), (self.pupils[1], "absent"))
        self.mark(self.pupils[1], reason="ill")
        self.mark(self.pupils[2])
        rows = self.missing()
        self.assertEqual(
            [row["id"] for row in rows], [self.pupil.id, self.pupils[2].id]
        )
        self.assertEqual(rows[0]["lessons"], [2])
        self.assertEqual(rows[0]["parents"][0]["phone"], "0555 123456")

    def test_parents_who_have_written_are_not_called(self):
        self.roll(self.journal, 14, (self.pupil, "absent"))
        self.mark(state="requested", reason="ill")
        self.assertEqual(self.missing(), [])

    def test_a_call_is_written_down_and_stays(self):
        self.roll(self.journal, 14, (self.pupil, "absent"))
        [row] = self.page().note_contact(self.pupil.id, "phone", "On the way")["pupils"]
        self.assertEqual(row["contacts"][0]["text"], "On the way")
        contact = self.env["ejournal.contact"].search([])
        self.assertEqual(contact.user_id, self.class_teacher)
        with self.assertRaises(UserError):
            self.as_user(contact, self.class_teacher).write({"text": "x"})

    def test_others_get_no_list_and_no_phones(self):
        for user in (self.teacher, self.director, self.parent_user):
            with self.assertRaises(AccessError):
                self.missing(user)


@tagged("post_install", "-at_install")
class TestDoubtfulData(ClassPageCase):
    def doubts(self, pupil=None, user=None):
        rows = self.page(user).load_doubts()
        pupil = pupil or self.pupil
        return {
            d["code"] for row in rows if row["id"] == pupil.id for d in row["doubts"]
        }

    def card(self, pupil, **values):
        return self.env["ejournal.pupil.card"].create({"pupil_id": pupil.id, **values})

    def related(self, pupil, phone, parent=None):
        parent = parent or self.env["ejournal.parent"].create(
            {"last_name": "Ата", "first_name": "Эне", "phone": phone}
        )
        self.env["ejournal.guardian"].create(
            {"pupil_id": pupil.id, "parent_id": parent.id, "date_start": TODAY}
        )
        return parent

    def test_what_is_missing(self):
        self.assertEqual(
            self.doubts(), {"no_phone", "no_birth_date", "no_pin"}, "has a mother"
        )
        self.assertIn("no_parent", self.doubts(self.pupils[1]))

    def test_all_is_well(self):
        self.card(self.pupil, birth_date="2013-05-01", pin="21305201300123")
        self.parent.phone = "0555 123456"
        self.assertEqual(self.doubts(), set())

    def test_malformed_number_and_latin_letters(self):
        self.card(self.pupil, birth_date="2013-05-01", pin="123")
        self.pupil.first_name = "John"
        self.assertLessEqual({"bad_pin", "latin_name"}, self.doubts())

    def test_one_phone_in_two_families_but_not_of_brothers(self):
        first, second, third = self.pupils[1:4]
        mother = self.related(first, "+996 555 111222")
        self.related(second, False, mother)
        self.assertNotIn("same_phone", self.doubts(first))
        self.related(third, "0555111222")
        for pupil in (first, second, third):
            self.assertIn("same_phone", self.doubts(pupil))
