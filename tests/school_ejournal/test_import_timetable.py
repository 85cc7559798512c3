from odoo.tests import tagged

from .import_common import (
    AIDA,
    ASAN,
    FIRST_DAY,
    OMUR,
    TODAY,
    YESTERDAY,
    ImportCase,
    Timetable,
    pupil,
    workbook,
)


@tagged("post_install", "-at_install")
class TestImportTimetable(ImportCase):
    def setUp(self):
        super().setUp()
        self.file = Timetable()

    def timetable(self, file=None, **values):
        return self.do_import("timetable_asc", (file or self.file).xml(), **values)

    def look(self, file=None):
        return self.preview("timetable_asc", (file or self.file).xml())

    def slots(self, journal, lasting=True):
        domain = [("journal_id", "=", journal.id)]
        if lasting:
            domain.append(("date_end", "=", False))
        slots = self.env["ejournal.timetable.slot"].search(domain)
        return sorted((s.weekday, s.number, s.week) for s in slots)

    def user(self, name):
        return self.env["res.users"].search([("name", "like", name)]).ensure_one()

    # ---- into a school that has nothing ------------------------------------------------

    def test_an_empty_school_gets_all_that_is_missing(self):
        self.file.lesson((0, 1), (2, 3))
        wizard = self.look()
        self.assertFalse(self.found("ejournal.journal"))
        wizard.action_import()
        journal = self.the_journal("7-А · Алгебра")
        self.assertEqual(journal.teacher_id, self.user("Асанова"))
        self.assertEqual(journal.teacher_id.login, "asanova.nurai")
        self.assertTrue(journal.teacher_id.has_group("school_ejournal.group_teacher"))
        self.assertEqual((journal.hours_week, journal.calendar_id.weekdays), (2, "5"))
        self.assertEqual(self.slots(journal), [(0, 1, "all"), (2, 3, "all")])
        slot = journal.slot_ids[0]
        self.assertEqual((slot.date_start, slot.room), (FIRST_DAY, "12"))
        self.assertEqual(journal.assignment_ids.date_start, FIRST_DAY)
        bells = journal.class_ids.shift_id.bell_ids
        self.assertEqual(bells.filtered(lambda b: b.number == 1).time_start, 8.5)
        self.assertEqual(bells.filtered(lambda b: b.number == 8).time_end, 16.0)

    def test_lessons_follow_from_today_on(self):
        self.file.lesson((2, 3))  # a Wednesday, as today
        self.timetable()
        lessons = self.found("ejournal.lesson")
        self.assertEqual(min(lessons.mapped("date")), TODAY)
        self.assertEqual(set(lessons.mapped("number")), {3})

    def test_twice_changes_nothing(self):
        self.file.lesson((0, 1), (2, 3), teachers="*1,*2")
        self.file.lesson((0, 2), groups="*11,*12", teachers="*2,*3", subject="*2")
        self.file.lesson((0, 4), groups="*11", teachers="*3", subject="*2")
        self.file.lesson((4, 5), teachers="*2", weeks="10")
        self.timetable()
        models = ("slot", "lesson", "assignment", "journal", "change")
        names = {
            f"ejournal.{m}" if m != "slot" else "ejournal.timetable.slot"
            for m in models
        }
        before = {name: self.found(name).ids for name in names}
        self.assert_all_same(self.timetable())
        self.assertEqual({name: self.found(name).ids for name in names}, before)

    def test_names_that_are_there_are_used(self):
        self.do_import(
            "teachers",
            workbook(
                ("Асанова", "Нурай", "Бакыт кызы", "nurai@example.com"),
                headers=("Фамилия", "Имя", "Отчество", "Email"),
            ),
        )
        subject = self.env["ejournal.subject"].create({"name": "АЛГЕБРА"})
        self.pupils(ASAN)
        self.file.lesson((0, 1))
        self.timetable()
        journal = self.the_journal("7-А · АЛГЕБРА")
        self.assertEqual(journal.subject_id, subject)
        self.assertEqual(journal.teacher_id.login, "nurai@example.com")

    def test_namesakes_among_teachers_are_asked_for(self):
        for login in ("one", "two"):
            self._person(
                login, "group_teacher"
            ).partner_id.name = "Асанова Нурай Бакыт кызы"
        self.file.lesson((0, 1))
        wizard = self.look()
        choice = wizard.choice_ids
        self.assertIn("Which of them", choice.question)
        choice.option_id = choice.option_ids.filtered(lambda o: "two" in o.name)
        wizard.action_import()
        self.assertEqual(self.the_journal("7-А · Алгебра").teacher_id.login, "two")

    def test_class_teachers_of_the_file(self):
        self.file.lesson((0, 1))
        plain = self.file.xml().decode()
        content = plain.replace('name="7-А"', 'name="7-А" teacherid="*2"').encode()
        wizard = self.do_import("timetable_asc", content)
        self.assertIn("class teacher", " ".join(self.texts(wizard, "new")))
        self.assertEqual(self.the_class("7-А").class_teacher_id, self.user("Бекова"))
        self.assert_all_same(self.do_import("timetable_asc", content))
        # a file without class teachers takes nobody away
        self.assert_all_same(self.timetable())

    def test_an_address_in_the_file_is_the_login(self):
        self.file.lesson((0, 1))
        name = 'name="Асанова Нурай Бакыт кызы"'
        content = (
            self.file.xml().decode().replace(name, f'{name} email="nurai@example.com"')
        )
        self.do_import("timetable_asc", content.encode())
        self.assertEqual(
            self.the_journal("7-А · Алгебра").teacher_id.login, "nurai@example.com"
        )

    # ---- places in the week ------------------------------------------------------------

    def test_odd_and_even_weeks_and_double_lessons(self):
        self.file.lesson((0, 1), weeks="10", hours=0.5)
        self.file.lesson((0, 1), weeks="01", hours=1, length=2)
        self.timetable()
        journal = self.the_journal("7-А · Алгебра")
        self.assertEqual(
            self.slots(journal), [(0, 1, "even"), (0, 1, "odd"), (0, 2, "even")]
        )
        self.assertEqual(journal.hours_week, 1.5)

    def test_saturday_makes_a_week_of_six_days(self):
        self.file.lesson((5, 1))
        self.timetable()
        self.assertEqual(self.found("ejournal.calendar").weekdays, "6")

    def test_what_cannot_be_taken_says_why(self):
        self.file.lesson(hours=2)
        self.file.lesson((0, 1), hours=3, subject="*2")
        self.file.lesson((1, 1), classes="", groups="")
        self.file.lesson((2, 1), teachers="", classes="*2", groups="*20")
        wizard = self.timetable()
        notes = " ".join(self.texts(wizard, "note"))
        self.assertIn("has no place in the week", notes)
        self.assertIn("Only 1 of 3 hours", notes)
        self.assertIn("No class has this lesson", notes)
        self.assertIn("No teacher", notes)
        vacancy = self.the_journal("7-Б · Алгебра")
        self.assertFalse(vacancy.teacher_id)
        self.assertEqual(self.slots(vacancy), [(2, 1, "all")])
        self.assertEqual(self.the_journal("7-А · Алгебра").hours_week, 2)

    def test_a_damaged_file_is_refused_line_by_line(self):
        self.file.lesson((0, 1), subject="*99")
        self.file.lesson((0, 2), teachers="*98")
        self.file.lesson((0, 3), weeks="100")
        self.file.lesson((0, 30))
        self.file.cards.append({"lessonid": "*77", "day": "0", "period": "1"})
        wizard = self.look()
        texts = " ".join(self.texts(wizard, "wrong"))
        for part in ("*99", "*98", "more than two weeks", "0 to 20", "lacks"):
            self.assertIn(part, texts)
        self.assertEqual(wizard.error_count, 5)
        with self.assertRaisesRegex(Exception, "Nothing was imported"):
            wizard.action_import()

    # ---- parts of classes --------------------------------------------------------------

    def test_all_groups_together_are_the_class(self):
        self.file.lesson((0, 1), groups="*11,*12")
        self.timetable()
        self.assertFalse(self.the_journal("7-А · Алгебра").subgroup_id)

    def test_a_group_is_a_subgroup(self):
        self.pupils(ASAN, AIDA)
        self.file.lesson((0, 1), groups="*12")
        self.timetable()
        journal = self.the_journal("7-А · Алгебра · 2-топ")
        self.assertEqual(self._pupils_of(journal), ["Асанова"])

    def test_two_classes_have_one_journal(self):
        self.file.lesson((0, 1), classes="*1,*2", groups="*10,*20")
        self.timetable()
        journal = self.the_journal("7-А, 7-Б · Алгебра")
        self.assertEqual(journal.class_ids.mapped("name"), ["7-А", "7-Б"])

    def test_a_subgroup_of_two_classes_takes_the_pupils_of_both(self):
        self.pupils(ASAN, AIDA, (*OMUR[:7], "1-топ", *OMUR[8:]))
        self.file.lesson((0, 1), classes="*1,*2", groups="*11,*21")
        self.timetable()
        journal = self.the_journal("7-А, 7-Б · Алгебра · 1-топ")
        self.assertEqual(self._pupils_of(journal), ["Асанов", "Өмүров"])

    def test_pupils_who_come_after_the_timetable_find_the_subgroup(self):
        self.file.lesson((0, 1), classes="*1,*2", groups="*11,*21")
        self.timetable()
        self.pupils(ASAN, AIDA, (*OMUR[:7], "1-топ", *OMUR[8:]))
        journal = self.the_journal("7-А, 7-Б · Алгебра · 1-топ")
        self.assertEqual(self._pupils_of(journal), ["Асанов", "Өмүров"])
        self.assert_all_same(self.timetable())

    def test_taught_at_home(self):
        self.pupils(pupil("Үйдө-1", "Асанов", "Бек", "21205201300001"))
        self.file.classes.append(("*3", "Үйдө-1"))
        self.file.lesson((0, 1), classes="*3", groups="")
        self.file.lesson((0, 2), (1, 2), classes="*3", groups="", teachers="*2")
        self.timetable()
        journal = self.the_journal("Үйдө-1 · Алгебра")
        self.assertEqual(journal.class_ids.grade, 0)
        self.assertEqual(self._pupils_of(journal), ["Асанов"])
        # who gives most of the lessons is the main teacher
        self.assertEqual(journal.teacher_id, self.user("Бекова"))
        own = journal.slot_ids.filtered("teacher_id")
        self.assertEqual((own.number, own.teacher_id), (1, self.user("Асанова")))
        helper = journal.assignment_ids.filtered(lambda a: a.role == "co")
        self.assertEqual(helper.teacher_id, self.user("Асанова"))
        self.assertTrue(helper.may_write)

    def _pupils_of(self, journal):
        spans = journal._pupil_spans(TODAY, TODAY)[journal.id]
        pupils = self.env["ejournal.pupil"].browse([span["pupil_id"] for span in spans])
        return pupils.sorted("sort_key").mapped("last_name")

    # ---- several teachers --------------------------------------------------------------

    def test_unanswered_they_are_co_teachers(self):
        self.file.lesson((0, 1), teachers="*1,*2")
        self.file.lesson((0, 2), groups="*11,*12", teachers="*1,*2", subject="*2")
        wizard = self.timetable()
        self.assertEqual(len(wizard.choice_ids), 2)
        whole = self.the_journal("7-А · Алгебра").assignment_ids.sorted("role")
        self.assertEqual(whole.mapped("role"), ["co", "main"])
        self.assertEqual(whole.teacher_id.mapped("name")[0][:6], "Бекова")
        self.assertFalse(whole[0].may_write, "of a whole class the second one reads")
        divided = self.the_journal("7-А · Англис тили").assignment_ids.sorted("role")
        self.assertTrue(divided[0].may_write, "each one teaches a group")

    def test_the_answer_divides_the_class(self):
        self.pupils(ASAN, AIDA)
        self.file.lesson(
            (0, 1), groups="*11,*12", teachers="*1,*2", subject="*2", rooms="*1,*2"
        )
        wizard = self.look()
        choice = wizard.choice_ids
        self.assertEqual(choice.option_id, choice.default_id)
        choice.option_id = choice.option_ids.filtered(
            lambda o: o.name.startswith("1-топ → Бекова")
        )
        wizard.action_preview()
        self.assertIn("1-топ → Бекова", wizard.choice_ids.option_id.name)
        wizard.action_import()
        one = self.the_journal("7-А · Англис тили · 1-топ")
        two = self.the_journal("7-А · Англис тили · 2-топ")
        self.assertEqual(one.teacher_id, self.user("Бекова"))
        self.assertEqual(two.teacher_id, self.user("Асанова"))
        self.assertEqual((one.slot_ids.room, two.slot_ids.room), ("14", "12"))
        self.assertEqual(self._pupils_of(one), ["Асанов"])
        # asked again, what is there is the proposed answer
        again = self.timetable()
        self.assert_all_same(again)
        self.assertIn("1-топ → Бекова", again.choice_ids.option_id.name)

    # ---- a new timetable in mid-year ---------------------------------------------------

    def test_a_changed_timetable_ends_the_old_rows_yesterday(self):
        self.file.lesson((2, 1), (3, 2))
        self.timetable()
        journal = self.the_journal("7-А · Алгебра")
        untouched = journal.slot_ids.filtered(lambda s: s.weekday == 3)
        lesson = journal.lesson_ids.filtered(lambda x: x.date == TODAY).ensure_one()
        lesson.with_user(journal.teacher_id).topic = "Дробь"
        changed = Timetable()
        changed.lesson((3, 2), (4, 5))
        wizard = self.timetable(changed)
        self.assertEqual(wizard.changed_count, 1)
        self.assertEqual(self.slots(journal), [(3, 2, "all"), (4, 5, "all")])
        old = journal.slot_ids.filtered("date_end")
        self.assertEqual((old.weekday, old.date_end), (2, YESTERDAY))
        self.assertEqual(untouched.date_start, FIRST_DAY)
        new = journal.slot_ids.filtered(lambda s: s.weekday == 4)
        self.assertEqual(new.date_start, TODAY)
        self.assertTrue(lesson.exists())
        self.assertEqual((lesson.topic, lesson.state), ("Дробь", "held"))
        later = journal.lesson_ids.filtered(lambda x: x.date > TODAY)
        self.assertEqual(set(later.mapped(lambda x: x.date.weekday())), {3, 4})

    def test_a_new_teacher_has_the_journal_from_today(self):
        self.file.lesson((2, 1), (3, 2))
        self.timetable()
        changed = Timetable()
        changed.lesson((2, 1), (3, 2), teachers="*2")
        self.timetable(changed)
        journal = self.the_journal("7-А · Алгебра")
        rows = journal.assignment_ids.sorted("date_start")
        self.assertEqual(rows.mapped("date_end"), [YESTERDAY, False])
        self.assertEqual(rows[1].teacher_id, self.user("Бекова"))
        self.assertFalse(journal.slot_ids.filtered("date_end"))
        self.assertEqual(journal.lesson_ids.teacher_id, self.user("Бекова"))

    def test_an_assistant_becomes_the_main_teacher(self):
        self.file.lesson((2, 1), (3, 2), teachers="*1,*2")
        self.timetable()
        changed = Timetable()
        changed.lesson((2, 1), (3, 2), teachers="*2")
        self.timetable(changed)
        journal = self.the_journal("7-А · Алгебра")
        self.assertEqual(journal.teacher_id, self.user("Бекова"))
        self.assert_all_same(self.timetable(changed))

    def test_a_vacancy_in_the_file_takes_nobody_away(self):
        self.file.lesson((2, 1))
        self.timetable()
        vacant = Timetable()
        vacant.lesson((2, 1), teachers="")
        self.assert_all_same(self.timetable(vacant))
        self.assertTrue(self.the_journal("7-А · Алгебра").teacher_id)

    def test_a_subject_that_is_gone_keeps_its_journal(self):
        self.file.lesson((2, 1))
        self.file.lesson((2, 2), subject="*2")
        self.timetable()
        changed = Timetable()
        changed.lesson((2, 1))
        self.timetable(changed)
        self.assertFalse(self.slots(self.the_journal("7-А · Англис тили")))

    def test_classes_that_the_file_lacks_are_left_alone(self):
        self.file.lesson((2, 1), classes="*2", groups="*20")
        self.timetable()
        other_shift = Timetable()
        other_shift.classes = [("*1", "7-А")]
        other_shift.groups = []
        other_shift.lesson((2, 1), groups="")
        self.timetable(other_shift)
        self.assertTrue(self.slots(self.the_journal("7-Б · Алгебра")))
        # their first timetable counts from the first day of the year
        self.assertEqual(
            self.the_journal("7-А · Алгебра").slot_ids.date_start, FIRST_DAY
        )

    def test_before_the_year_rows_are_replaced(self):
        year = self.env["ejournal.year"].create(
            {"date_start": "2027-09-01", "date_end": "2028-05-31"}
        )
        self.file.lesson((2, 1))
        self.timetable(year_id=year.id)
        changed = Timetable()
        changed.lesson((4, 1))
        self.timetable(changed, year_id=year.id)
        slot = self.the_journal("7-А · Алгебра").slot_ids
        self.assertEqual((slot.weekday, str(slot.date_start)), (4, "2027-09-01"))

    def test_a_room_changes_in_its_row(self):
        self.file.lesson((2, 1))
        self.timetable()
        changed = Timetable()
        changed.lesson((2, 1), rooms="*2")
        self.timetable(changed)
        slot = self.the_journal("7-А · Алгебра").slot_ids
        self.assertEqual((slot.room, slot.date_end), ("14", False))
