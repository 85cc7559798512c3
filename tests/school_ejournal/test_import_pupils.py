from odoo.exceptions import UserError
from odoo.tests import tagged

from .import_common import (
    AIDA,
    ASAN,
    FIRST_DAY,
    MOTHER,
    NOBODY,
    OMUR,
    PUPIL_HEADERS,
    TODAY,
    YESTERDAY,
    ImportCase,
    pupil,
    workbook,
)


@tagged("post_install", "-at_install")
class TestImportPupils(ImportCase):
    # ---- into a school that has nothing ------------------------------------------------

    def test_an_empty_school_gets_all_that_is_missing(self):
        wizard = self.preview("pupils", workbook(ASAN, AIDA, OMUR))
        self.assertFalse(self.found("ejournal.pupil"))
        self.assertFalse(self.found("ejournal.year"))
        self.assertFalse(wizard.error_count)
        subjects = wizard.line_ids.filtered(lambda x: x.status == "new").mapped(
            "subject"
        )
        for name in ("2026/2027", "7-А", "7-Б", "7-А · 1-топ", "Асанов Бек"):
            self.assertIn(name, subjects)
        wizard.action_import()
        year = self.found("ejournal.year")
        self.assertEqual((year.date_start, year.state), (FIRST_DAY, "open"))
        self.assertEqual(len(year.calendar_ids.period_ids), 4)
        self.assertTrue(year.calendar_ids.holiday_ids)
        class_ = self.the_class("7-А")
        self.assertTrue(class_.shift_id.bell_ids)
        rows = class_.enrollment_ids
        self.assertEqual(rows.mapped("date_start"), [FIRST_DAY] * 2)
        self.assertEqual(
            rows.sorted("number").pupil_id.mapped("first_name"), ["Бек", "Аида"]
        )
        asan = self.the_pupil("Асанов")
        self.assertEqual(asan.card_id.pin, "21205201300001")
        self.assertEqual(str(asan.card_id.birth_date), "2013-05-12")

    def test_twice_changes_nothing(self):
        self.pupils(ASAN, AIDA, OMUR)
        before = self._counts()
        wizard = self.pupils(ASAN, AIDA, OMUR)
        self.assert_all_same(wizard)
        self.assertEqual(self._counts(), before)

    def _counts(self):
        models = (
            "pupil",
            "parent",
            "guardian",
            "enrollment",
            "subgroup.member",
            "change",
        )
        return {name: len(self.found(f"ejournal.{name}")) for name in models}

    def test_a_year_without_calendar_gets_one(self):
        year = self.env["ejournal.year"].create(
            {"date_start": "2026-09-01", "date_end": "2027-05-31"}
        )
        self.do_import("pupils", workbook(OMUR), year_id=year.id)
        self.assertEqual(len(year.calendar_ids.period_ids), 4)

    def test_a_year_that_is_over_gets_nobody(self):
        year = self.env["ejournal.year"].create(
            {"date_start": "2025-09-01", "date_end": "2026-05-31"}
        )
        wizard = self.preview("pupils", workbook(OMUR), year_id=year.id)
        self.assert_wrong(wizard, 0, "is over or closed")

    def test_a_closed_year_gets_nobody(self):
        self.pupils(OMUR)
        year = self.found("ejournal.year")
        year.calendar_ids.period_ids._write_state({"state": "closed"})
        year.state = "closed"
        wizard = self.preview("pupils", workbook(ASAN), year_id=year.id)
        self.assert_wrong(wizard, 0, "is over or closed")

    def test_headers_in_other_languages_and_order(self):
        for headers in (
            ("Имя", "Класс", "Фамилия", "Дата рождения"),
            ("First name", "Class", "Last name", "Birth date"),
        ):
            wizard = self.preview(
                "pupils",
                workbook(("Бек", "7-А", "Асанов", "12.05.2013"), headers=headers),
            )
            self.assertFalse(wizard.error_count)
            self.assertIn("Асанов Бек", wizard.line_ids.mapped("subject"))

    def test_unknown_columns_and_sheets_are_noted(self):
        content = workbook(
            (*OMUR, "x"),
            headers=(*PUPIL_HEADERS, "Салмагы"),
            other_sheets=[("Эскертүү", [("a", "b")])],
        )
        wizard = self.do_import("pupils", content)
        notes = wizard.line_ids.filtered(lambda x: x.status == "note").mapped("subject")
        self.assertIn("Салмагы", notes)
        self.assertIn("Эскертүү", notes)
        self.the_pupil("Өмүров")

    def test_a_missing_column_is_one_clear_error(self):
        wizard = self.preview("pupils", workbook(("a", "b"), headers=("Аты", "ПИН")))
        [line] = wizard.line_ids
        self.assertEqual(line.status, "wrong")
        self.assertIn("Class, Last name", line.text)

    # ---- faults ------------------------------------------------------------------------

    def test_each_fault_gets_its_line_and_nothing_is_written(self):
        self.pupils(pupil("7-А", "Бекова", "Айжан", "10505201300009"))
        rows = [
            ASAN,
            pupil("99-Ъ", "А", "Б"),  # 3
            pupil("7-А", "А", "Б", born="31.02.2015"),
            pupil("7-А", None, "Б"),  # 5
            pupil("7-А", "В", "Г", "21205201300001"),
            pupil("7-А", "Д", "Е", mother=("Ж З", None, None, "not-an-email")),  # 7
            pupil("7-А", "А", '=HYPERLINK("http://example.com","x")'),
            pupil("7-А", "А", "Б", gender="?"),  # 9
            pupil("7-А", "А", "Б", mother=("Ж З", None, "телефону жок", None)),
            pupil("7-А", "А" * 300, "Б"),  # 11
            ASAN,
            pupil("7-А", "Ш", "Щ", "10505201300009"),  # 13
            pupil("7-А", "А", "Б", mother=(None, None, "0700112233", None)),
            pupil("7-А", "А", "Б", born="12.05.2033"),  # 15
            pupil("7-А", "А", "@Б"),
            pupil("7-А", "А", "Б", mother=MOTHER, father=MOTHER),  # 17
            pupil(None, "А", "Б"),
        ]
        wizard = self.preview("pupils", workbook(*rows))
        for number, part in (
            (3, "no class “99-Ъ”"),
            (4, "no day 31.02.2015"),
            (5, "last name is missing"),
            (6, "also stands in line 2"),
            (7, "no e-mail address"),
            (8, "formulas are never taken"),
            (9, "says no gender"),
            (10, "no phone number"),
            (11, "longer than 64"),
            (12, "repeats line 2"),
            (13, "belongs to Бекова Айжан"),
            (14, "parent without a name"),
            (15, "lies in the future"),
            (16, "formulas are never taken"),
            (17, "twice in the row"),
            (18, "class is missing"),
        ):
            self.assert_wrong(wizard, number, part)
        self.assertEqual(wizard.error_count, 16)
        with self.assertRaisesRegex(UserError, "16 lines are wrong") as caught:
            wizard.action_import()
        self.assertIn("99-Ъ", str(caught.exception))
        self.assertEqual(len(self.found("ejournal.pupil")), 1)
        self.assertFalse(self.found("ejournal.parent"))

    def test_several_faults_of_a_row_are_all_told(self):
        wizard = self.preview(
            "pupils", workbook(pupil("99-Ъ", None, "Б", born="кечээ", gender="?"))
        )
        self.assertEqual(wizard.error_count, 4)

    def test_oddities_are_notes(self):
        wizard = self.pupils(
            pupil("7-A", "Асанов", "Бек", "123", patronymic="  "),
            pupil("7-А", "Бекова", "Айжан", mother=("Ж З", "кошуна", None, None)),
        )
        notes = " ".join(self.texts(wizard, "note"))
        self.assertIn("typed with Latin letters", notes)
        self.assertIn("usual 14 digits", notes)
        self.assertIn("nothing but spaces", notes)
        self.assertIn("taken as “other”", notes)
        self.assertEqual(len(self.the_class("7-А").enrollment_ids), 2)
        self.assertFalse(self.the_pupil("Асанов").patronymic)

    def test_a_row_without_a_plain_class_name(self):
        for name in ("0-А", "13-А", "7-Абв", "Кружок"):
            wizard = self.preview("pupils", workbook(pupil(name, "А", "Б")))
            self.assert_wrong(wizard, 2, "There is no class")

    # ---- who is who --------------------------------------------------------------------

    def test_an_empty_cell_never_erases(self):
        self.pupils((*ASAN[:3], "Бакыт уулу", *ASAN[4:5], "м", *ASAN[6:]))
        wizard = self.pupils(pupil("7-А", "Асанов", "Бек", "21205201300001", born=None))
        self.assert_all_same(wizard)
        asan = self.the_pupil("Асанов")
        self.assertEqual((asan.patronymic, asan.gender), ("Бакыт уулу", "male"))
        self.assertTrue(asan.card_id.birth_date)
        self.assertEqual(len(asan.guardian_ids), 2)

    def test_changes_are_told_and_written(self):
        self.pupils(ASAN)
        wizard = self.pupils(
            (
                *("7-А", "Асанов", "Бекжан", None, "12.05.2013", None, ASAN[6], None),
                *("Асанова Айгүл", "мать", "0700 999888", None),
                *NOBODY,
            )
        )
        [text] = self.texts(wizard, "changed")
        self.assertIn("Бек → Бекжан", text)
        self.assertIn("0700 999888", text)
        asan = self.the_pupil("Асанов")
        self.assertEqual(asan.first_name, "Бекжан")
        self.assertEqual(
            set(asan.guardian_ids.parent_id.mapped("phone")),
            {"0700 999888", "0555 333444"},
        )

    def test_without_a_number_name_and_birth_tell_a_pupil(self):
        self.pupils(pupil("7-А", "Асанов", "Бек"))
        wizard = self.pupils(pupil("7-А", "Асанов", "Бек", "21205201300001"))
        self.assertEqual((wizard.new_count, wizard.changed_count), (0, 1))
        self.assertEqual(self.the_pupil("Асанов").card_id.pin, "21205201300001")

    def test_namesakes_are_different_pupils(self):
        self.pupils(
            pupil("7-А", "Асанов", "Бек", "21205201300001"),
            pupil("7-А", "Асанов", "Бек", "21205201300002"),
            pupil("7-А", "Асанов", "Бек", born="13.05.2013"),
        )
        self.assertEqual(len(self.found("ejournal.pupil")), 3)

    def test_two_who_could_be_meant_are_asked_for_a_number(self):
        self.pupils(
            pupil("7-А", "Асанов", "Бек", "21205201300001"),
            pupil("7-А", "Асанов", "Бек", "21205201300002"),
        )
        wizard = self.preview("pupils", workbook(pupil("7-А", "Асанов", "Бек")))
        self.assert_wrong(wizard, 2, "several pupils of this name")

    def test_the_same_person_in_two_rows(self):
        wizard = self.preview(
            "pupils",
            workbook(
                pupil("7-А", "Асанов", "Бек", "21205201300001", gender="м"),
                pupil("7-А", "Асанов", "Бек"),
            ),
        )
        self.assert_wrong(wizard, 3, "same person as in line 2")

    def test_another_school_is_another_world(self):
        self.pupils(ASAN)
        other = self.env["res.company"].create({"name": "Other"})
        self.deputy.sudo().company_ids |= other
        wizard = (
            self.env["ejournal.import"]
            .with_user(self.deputy)
            .with_context(allowed_company_ids=other.ids)
            .create({"kind": "pupils", "file": self._file(ASAN)})
        )
        wizard.action_preview()
        wizard.action_import()
        self.assertEqual(len(self.found("ejournal.pupil")), 1)
        twin = self.env["ejournal.pupil"].sudo().search([("company_id", "=", other.id)])
        self.assertEqual(twin.enrollment_ids.class_id.company_id, other)

    def _file(self, *rows):
        return self.wizard("pupils", workbook(*rows)).file

    # ---- classes -----------------------------------------------------------------------

    def test_a_pupil_in_another_class_moves_today(self):
        self.pupils(ASAN, OMUR)
        wizard = self.pupils(("7-Б", *ASAN[1:7], "3-топ", *ASAN[8:]))
        self.assertIn("moves from 7-А to 7-Б on 14.10.2026", wizard.line_ids[0].text)
        rows = self.the_pupil("Асанов").enrollment_ids.sorted("date_start")
        self.assertEqual(rows.mapped("class_id.name"), ["7-А", "7-Б"])
        self.assertEqual((rows[0].date_end, rows[1].date_start), (YESTERDAY, TODAY))
        members = self.env["ejournal.subgroup.member"].search(
            [("pupil_id", "=", self.the_pupil("Асанов").id)], order="date_start"
        )
        self.assertEqual(members.mapped("date_end"), [YESTERDAY, False])

    def test_who_comes_to_a_class_with_entries_comes_today(self):
        self.pupils(ASAN)
        self._enter_a_topic(self.the_class("7-А"))
        self.pupils(AIDA)
        self.assertEqual(self.the_pupil("Асанова").enrollment_ids.date_start, TODAY)

    def _enter_a_topic(self, class_):
        teacher = self._person("imp_teacher", "group_teacher")
        journal = self.env["ejournal.journal"].create(
            {
                "class_ids": [(6, 0, class_.ids)],
                "subject_id": self.env["ejournal.subject"].create({"name": "X"}).id,
                "teacher_id": teacher.id,
            }
        )
        lesson = (
            self.env["ejournal.lesson"]
            .with_user(self.deputy)
            .create(
                {
                    "journal_id": journal.id,
                    "date": TODAY,
                    "number": 1,
                    "teacher_id": teacher.id,
                }
            )
        )
        lesson.with_user(teacher).topic = "X"

    def test_who_is_not_in_the_file_stays_and_is_counted(self):
        self.pupils(ASAN, AIDA)
        wizard = self.pupils(ASAN)
        self.assertIn(
            "not in the file: 1 (Асанова Аида)", self.texts(wizard, "note")[0]
        )
        self.assertFalse(self.the_pupil("Асанова").enrollment_ids.date_end)

    def test_taught_at_home(self):
        self.pupils(pupil("Үйдө-1", "Асанов", "Бек", "21205201300001"), OMUR)
        class_ = self.the_class("Үйдө-1")
        self.assertEqual((class_.grade, class_.enrollment_ids.form), (0, "home"))
        # beside the own class
        self.pupils(pupil("7-А", "Асанов", "Бек", "21205201300001"))
        rows = self.the_pupil("Асанов").enrollment_ids
        self.assertEqual(set(rows.mapped("class_id.name")), {"Үйдө-1", "7-А"})
        self.assertFalse(any(rows.mapped("date_end")))

    # ---- subgroups ---------------------------------------------------------------------

    def test_subgroups_of_the_class(self):
        self.pupils(ASAN, AIDA)
        self.assertEqual(self._members("1-топ"), ["Асанов"])
        wizard = self.pupils((*ASAN[:7], "2-топ", *ASAN[8:]))
        self.assertIn("subgroup: 7-А · 2-топ", wizard.line_ids[0].text)
        self.assertEqual(self._members("1-топ"), [])
        self.assertEqual(self._members("2-топ"), ["Асанов", "Асанова"])

    def test_several_subgroups_in_one_cell(self):
        self.pupils((*ASAN[:7], "1-топ, Шахмат", *ASAN[8:]))
        self.pupils((*ASAN[:7], "2-топ", *ASAN[8:]))
        self.assertEqual(self._members("Шахмат"), ["Асанов"])
        self.assertEqual(self._members("1-топ"), [])

    def test_boys_and_girls_fill_their_subgroups(self):
        self.pupils(OMUR)
        class_ = self.the_class("7-Б")
        self.env["ejournal.subgroup"].create(
            [
                {"name": name, "class_ids": [(6, 0, class_.ids)]}
                for name in ("Балдар", "Кыздар")
            ]
        )
        self.pupils(
            pupil("7-Б", "Асанов", "Бек", "21205201300001", gender="м"),
            pupil("7-Б", "Асанова", "Аида", "10101201400002", gender="ж"),
        )
        self.assertEqual(self._members("Балдар"), ["Асанов"])
        self.assertEqual(self._members("Кыздар"), ["Асанова"])

    def _members(self, name):
        rows = self.found(
            "ejournal.subgroup.member",
            [("subgroup_id.name", "=", name), ("date_end", "=", False)],
        )
        return rows.pupil_id.sorted("sort_key").mapped("last_name")

    # ---- parents -----------------------------------------------------------------------

    def test_children_share_a_parent(self):
        self.pupils(ASAN, AIDA)
        mother = self.found("ejournal.parent", [("first_name", "=", "Айгүл")])
        self.assertEqual(len(mother), 1)
        self.assertEqual(len(mother.guardian_ids), 2)
        self.assertEqual(set(mother.guardian_ids.mapped("relation")), {"mother"})
        self.assertFalse(any(mother.guardian_ids.mapped("access_granted")))

    def test_a_child_who_comes_later_finds_the_parent(self):
        self.pupils(ASAN)
        self.pupils((*AIDA[:8], "Асанова Айгүл", "мать", "0700111222", None, *NOBODY))
        mother = self.found("ejournal.parent", [("first_name", "=", "Айгүл")])
        self.assertEqual(len(mother.guardian_ids), 2)

    def test_parents_who_share_a_phone_are_two(self):
        father = ("Асанов Эрлан", "атасы", MOTHER[2], None)
        self.pupils(pupil("7-А", "Асанов", "Бек", "1", mother=MOTHER, father=father))
        self.assertEqual(len(self.found("ejournal.parent")), 2)

    def test_a_parent_told_in_two_ways_does_not_flap(self):
        rows = [
            pupil("7-А", "Асанов", "Бек", "21205201300001", mother=MOTHER),
            pupil(
                "7-А",
                "Асанова",
                "Аида",
                "10101201400002",
                mother=(MOTHER[0], "апасы", "0777 777777", MOTHER[3]),
            ),
        ]
        self.pupils(*rows)
        wizard = self.pupils(*rows)
        self.assert_all_same(wizard)
        self.assertIn("the first is taken", " ".join(self.texts(wizard, "note")))
        self.assertEqual(self.found("ejournal.parent").phone, MOTHER[2])

    def test_an_ended_guardianship_is_not_opened_again(self):
        self.pupils(ASAN)
        father = self.found("ejournal.guardian", [("relation", "=", "father")])
        father.date_end = TODAY
        wizard = self.pupils(ASAN)
        self.assertIn("is not added again", " ".join(self.texts(wizard, "note")))
        self.assertEqual(len(self.the_pupil("Асанов").guardian_ids), 2)
        self.assertEqual(father.date_end, TODAY)
