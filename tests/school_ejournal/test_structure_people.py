"""Classes, class teachers, pupils, parents, enrolments, subgroups."""

from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.school_ejournal.tools.passage import with_passage

from ..common import SURNAMES, TODAY, TOMORROW, YESTERDAY, SchoolCase
from .structure_common import FIRST_DAY, YEAR, StructureCase


class TestClass(StructureCase):
    def test_a_class_is_named_after_grade_and_letter(self):
        self.assertEqual(self.class_a.name, "7-А")
        self.class_a.letter = "k"
        self.assertEqual(self.class_a.name, "7-К")

    def test_the_name_alone_gives_grade_and_letter(self):
        class_ = self.make_class("10 b")
        self.assertEqual((class_.grade, class_.letter), (10, "В"))
        self.assertEqual(class_.name, "10-В")
        class_.name = "10-C"
        self.assertEqual((class_.letter, class_.name), ("С", "10-С"))

    def test_a_latin_letter_is_no_second_class(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.make_class("7-A")  # Latin

    def test_classes_sort_by_grade_and_by_the_kyrgyz_alphabet(self):
        names = ["2-А", "7-А", "7-Б", "10-О", "10-Ө", "10-П"]
        for name in ("10-П", "2-А", "10-Ө", "10-О"):
            self.make_class(name)
        home = self.make_class("Үйдө окутуу")
        classes = self.env["ejournal.class"].search([("year_id", "=", self.year.id)])
        self.assertEqual(classes.mapped("name"), [*names, "Үйдө окутуу"])
        self.assertEqual(home.grade, 0)

    def test_new_years_stand_before_old_ones(self):
        coming = self.make_year(date(2027, 9, 1), date(2028, 5, 25))
        calendar = self.make_calendar(coming, quarters=())
        class_ = self.make_class("8-А", year_id=coming.id)
        self.assertEqual(class_.calendar_id, calendar)
        classes = self.env["ejournal.class"].search(
            [("company_id", "=", self.school.id)]
        )
        self.assertEqual(classes[0], class_)

    def test_grades_one_to_three_get_no_marks_as_shipped(self):
        marked = {
            name: self.make_class(name).marked for name in ("1-А", "3-А", "4-А", "11-А")
        }
        self.assertEqual(
            marked, {"1-А": False, "3-А": False, "4-А": True, "11-А": True}
        )
        self.assertTrue(self.make_class("2-А", marked=True).marked)

    def test_a_new_class_has_the_scale_of_the_settings(self):
        scale = self.env["ejournal.scale"].create({"name": "Ten points", "code": "10"})
        self.assertEqual(self.class_a.scale_id.code, "5point")
        self.school._ejournal_settings().scale_id = scale
        self.assertEqual(self.make_class("8-А").scale_id, scale)

    def test_the_calendar_is_one_of_the_year(self):
        coming = self.make_year(date(2027, 9, 1), date(2028, 5, 25))
        calendar = self.make_calendar(coming, quarters=())
        with self.refused("another academic year"):
            self.class_a.calendar_id = calendar
        with self.refused("stays in its academic year"):
            self.class_a.year_id = coming

    def test_another_calendar_is_no_way_out_of_a_closed_period(self):
        other = self.make_calendar()
        self.close(self.quarters[0])
        with self.refused("Quarter 1 .* is closed"):
            self.class_a.sudo().calendar_id = other
        self.class_a.calendar_id = self.calendar
        self.close(self.quarters[0], "open")
        self.close(other.period_ids[0])
        with self.refused("is closed"):
            self.class_a.calendar_id = other
        self.close(other.period_ids[0], "open")
        self.class_a.calendar_id = other


class TestClassTeacher(StructureCase):
    def rows(self, class_=None):
        return [
            (row.teacher_id, row.role, row.date_start, row.date_end)
            for row in (class_ or self.class_a).teacher_ids.sorted("date_start")
        ]

    def test_the_first_one_has_the_class_from_the_first_day_of_the_year(self):
        self.assertEqual(self.rows(), [(self.class_teacher, "main", FIRST_DAY, False)])
        class_ = self.make_class("8-А", class_teacher_id=self.colleague.id)
        self.assertEqual(class_.class_teacher_id, self.colleague)
        self.assertEqual(
            self.rows(class_), [(self.colleague, "main", FIRST_DAY, False)]
        )

    def test_a_later_one_takes_over_today(self):
        self.class_a.class_teacher_id = self.colleague
        self.assertEqual(
            self.rows(),
            [
                (self.class_teacher, "main", FIRST_DAY, YESTERDAY),
                (self.colleague, "main", TODAY, False),
            ],
        )
        self.assertEqual(self.class_a.class_teacher_id, self.colleague)

    def test_a_correction_on_the_same_day_leaves_no_trace_of_a_day(self):
        self.class_a.class_teacher_id = self.colleague
        self.class_a.class_teacher_id = self.teacher
        self.assertEqual(
            self.rows(),
            [
                (self.class_teacher, "main", FIRST_DAY, YESTERDAY),
                (self.teacher, "main", TODAY, False),
            ],
        )

    def test_nobody_leads_a_class_whose_teacher_is_taken_away(self):
        self.class_a.class_teacher_id = False
        self.assertFalse(self.class_a.class_teacher_id)
        self.assertEqual(
            self.rows(), [(self.class_teacher, "main", FIRST_DAY, YESTERDAY)]
        )

    def test_the_same_one_again_changes_nothing(self):
        self.class_a.class_teacher_id = self.class_teacher
        self.assertEqual(len(self.class_a.teacher_ids), 1)

    def test_an_acting_one_goes_before_while_the_dates_hold(self):
        self.env["ejournal.class.teacher"].create(
            {
                "class_id": self.class_a.id,
                "teacher_id": self.colleague.id,
                "role": "acting",
                "date_start": TODAY,
                "date_end": TOMORROW,
            }
        )
        self.assertEqual(self.class_a.class_teacher_id, self.colleague)
        with self.at("2026-10-16 04:00"):
            self.env["ejournal.class"]._refresh_present_teachers()
            self.env.invalidate_all()
            self.assertEqual(self.class_a.class_teacher_id, self.class_teacher)

    def test_a_planned_hand_over_comes_by_night_and_outlives_an_earlier_one(self):
        self.class_a.teacher_ids.date_end = date(2026, 12, 31)
        self.env["ejournal.class.teacher"].create(
            {
                "class_id": self.class_a.id,
                "teacher_id": self.teacher.id,
                "date_start": date(2027, 1, 1),
            }
        )
        self.class_a.class_teacher_id = self.colleague
        self.assertEqual(
            self.rows()[1:],
            [
                (self.colleague, "main", TODAY, date(2026, 12, 31)),
                (self.teacher, "main", date(2027, 1, 1), False),
            ],
        )
        with self.at("2026-12-31 18:30"):  # 1 January in Bishkek
            self.env["ejournal.class"]._refresh_present_teachers()
            self.env.invalidate_all()
            self.assertEqual(self.class_a.class_teacher_id, self.teacher)

    def test_two_main_ones_a_day_are_refused(self):
        with self.refused("another class teacher"):
            self.env["ejournal.class.teacher"].create(
                {
                    "class_id": self.class_a.id,
                    "teacher_id": self.colleague.id,
                    "date_start": TODAY,
                }
            )

    def test_in_august_the_teacher_of_september_is_shown(self):
        with self.at("2026-08-20 04:00"):
            class_ = self.make_class("8-А", class_teacher_id=self.teacher.id)
            self.assertEqual(class_.class_teacher_id, self.teacher)
            class_.class_teacher_id = self.colleague
            self.assertEqual(
                self.rows(class_), [(self.colleague, "main", FIRST_DAY, False)]
            )
            self.assertEqual(class_.class_teacher_id, self.colleague)

    def test_the_deputy_sets_the_class_teacher_in_the_form(self):
        class_ = self.as_user(self.class_b, self.deputy)
        class_.class_teacher_id = self.colleague
        self.assertEqual(self.class_b.class_teacher_id, self.colleague)
        self.assertEqual(
            self.changes(self.class_b.teacher_ids, "teacher_id").new_value,
            str(self.colleague.id),
        )


class TestPupil(StructureCase):
    def test_names_are_tidied_and_sorted(self):
        pupil = self.make_pupil("Aсанов Бек", patronymic="  Нур  уулу ")  # Latin A
        self.assertEqual(pupil.name, "Асанов Бек Нур уулу")
        self.assertEqual(pupil.short_name, "Асанов Б.")
        pupils = self.pupils.search([("company_id", "=", self.school.id)])
        names = pupils.mapped("last_name")
        self.assertEqual(names[:5], ["Асанов", "Асанов", "Бекова", "Ермеков", "Ёлкин"])
        self.assertEqual(names[-4:], ["Ивлева", "Ңурманов", "Өмүров", "Үсөнов"])

    def test_a_change_of_surname_moves_the_pupil(self):
        before = self.pupil.sort_key
        self.pupil.last_name = "Яковлев"
        self.assertGreater(self.pupil.sort_key, before)
        self.assertEqual(self.pupil.name, "Яковлев Бакыт")

    def test_a_name_has_two_parts_at_least(self):
        with self.refused("last name and first name"):
            self.pupil.first_name = " "

    def test_pupils_are_found_by_any_part_of_the_name_in_any_case(self):
        pupils = self.env["ejournal.pupil"]
        for text in ("өмүр", "ӨМҮРОВ БАКЫТ", "үсөн"):
            self.assertEqual(len(pupils.name_search(text)), 1, text)
        self.assertEqual(len(pupils.name_search("бакыт", limit=None)), 8)

    def test_no_name_reaches_the_contacts(self):
        self.make_pupil("Тоторбеков Эрмек")
        self.env["ejournal.parent"].create(
            {"last_name": "Тоторбекова", "first_name": "Айша"}
        )
        self.env.flush_all()
        found = self.env["res.partner"].search_count([("name", "ilike", "тоторбеков")])
        self.assertEqual(found, 0)

    def test_a_pupil_has_a_portal_login_of_his_own(self):
        with self.refused("login of staff"):
            self.pupil.user_id = self.teacher
        self.pupil.user_id = self.stranger
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.pupils[1].user_id = self.stranger
            self.env.flush_all()

    def test_a_login_of_another_school_is_refused(self):
        other = self._make_school("Other school")
        foreign = self._user("parent_3", "base.group_portal", other)
        with self.refused("belongs to another company"):
            self.pupil.user_id = foreign

    def test_a_pupil_has_one_card(self):
        card = self.env["ejournal.pupil.card"].create(
            {"pupil_id": self.pupil.id, "pin": " 21 2050 1234 5678 "}
        )
        self.assertEqual(card.pin, "21205012345678")
        self.assertEqual(self.pupil.card_id, card)
        found = self.env["ejournal.pupil"].search([("card_id.pin", "=", card.pin)])
        self.assertEqual(found, self.pupil)
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            card.copy({"pupil_id": self.pupil.id})
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            card.copy({"pupil_id": self.pupils[1].id, "pin": card.pin})

    def test_cards_without_a_number_do_not_collide(self):
        self.env["ejournal.pupil.card"].create(
            [
                {"pupil_id": pupil.id, "pin": pin}
                for pupil, pin in zip(self.pupils, (False, "", " ", None), strict=False)
            ]
        )
        self.env.flush_all()

    def test_a_card_is_not_seen_by_other_teachers_nor_by_parents(self):
        card = self.env["ejournal.pupil.card"].create({"pupil_id": self.pupil.id})
        self.assertEqual(self.as_user(self.pupil, self.class_teacher).card_id, card)
        self.assertEqual(self.as_user(self.pupil, self.deputy).card_id, card)
        self.assertFalse(self.as_user(self.pupil, self.colleague).card_id)
        with self.assertRaises(AccessError):
            self.as_user(self.pupil, self.parent_user).card_id  # noqa: B018

    def test_a_birth_date_lies_in_the_past(self):
        card = self.env["ejournal.pupil.card"].create({"pupil_id": self.pupil.id})
        with self.refused("in the future"):
            card.birth_date = TODAY
        card.birth_date = date(2014, 2, 28)

    def test_a_mistyped_pupil_goes_with_the_card(self):
        pupil = self.make_pupil("Ката Ката")
        self.env["ejournal.pupil.card"].create({"pupil_id": pupil.id})
        pupil.unlink()
        self.assertFalse(pupil.exists())

    def test_a_pupil_of_a_class_is_not_deleted(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.pupil.unlink()


class TestParent(StructureCase):
    def guardian_of(self, pupil, **values):
        return self.env["ejournal.guardian"].create(
            {"pupil_id": pupil.id, "parent_id": self.parent.id, **values}
        )

    def test_access_is_not_given_by_itself(self):
        guardian = self.guardian_of(self.pupils[1])
        self.assertFalse(guardian.access_granted)
        self.assertEqual(guardian.date_start, TODAY)

    def test_a_parent_of_several_children(self):
        self.guardian_of(self.pupils[1], relation="mother")
        self.assertEqual(len(self.parent.guardian_ids), 2)

    def test_one_live_row_a_pupil_and_parent(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.guardian_of(self.pupil)
        self.guardian.date_end = YESTERDAY
        self.guardian_of(self.pupil)

    def test_giving_access_is_on_record(self):
        guardian = self.guardian_of(self.pupils[1])
        self.as_user(guardian, self.class_teacher).access_granted = True
        change = self.changes(guardian, "access_granted")[-1]
        self.assertEqual(change.user_id, self.class_teacher)
        self.assertEqual((change.old_value or "", change.new_value), ("", "1"))
        self.assertEqual(change.pupil_id, self.pupils[1])

    def test_a_teacher_may_be_a_parent(self):
        self.parent.user_id = self.teacher

    def test_one_login_is_one_parent_in_a_school(self):
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.parent.copy({"user_id": self.parent_user.id})

    def test_contact_data_are_tidied_and_checked(self):
        self.parent.write({"phone": " 0555   12 34 56 ", "email": " b@example.com "})
        self.assertEqual(self.parent.phone, "0555 12 34 56")
        self.assertEqual(self.parent.email, "b@example.com")
        with self.refused("no e-mail address"):
            self.parent.email = "none"
        self.parent.email = ""


class TestEnrollment(StructureCase):
    def numbers(self, class_=None):
        rows = (class_ or self.class_a).enrollment_ids.sorted("number")
        return [(row.number, row.pupil_id.last_name) for row in rows]

    def row(self, pupil=None):
        return (pupil or self.pupil).enrollment_ids

    # ---- numbers ---------------------------------------------------------------------

    def test_the_list_is_alphabetical_on_the_first_day(self):
        self.assertEqual(self.numbers(), list(enumerate(SURNAMES, 1)))

    def test_newcomers_get_the_next_numbers_as_they_come(self):
        self.enrol(self.make_pupil("Бакиров Нур"), self.class_a, TODAY)
        self.enrol(self.make_pupil("Абаева Нур"), self.class_a, TODAY)
        self.assertEqual(self.numbers()[-2:], [(7, "Бакиров"), (8, "Абаева")])

    def test_newcomers_of_one_day_typed_together_are_alphabetical(self):
        pupils = [self.make_pupil("Бакиров Нур"), self.make_pupil("Абаева Нур")]
        self.env["ejournal.enrollment"].create(
            [
                {
                    "pupil_id": pupil.id,
                    "class_id": self.class_a.id,
                    "date_start": TODAY,
                }
                for pupil in pupils
            ]
        )
        self.assertEqual(self.numbers()[-2:], [(7, "Абаева"), (8, "Бакиров")])

    def test_before_the_year_the_list_stays_alphabetical(self):
        class_ = self.make_class("8-А")
        with self.at("2026-08-20 04:00"):
            one = self.make_pupil("Бакиров Нур")
            self.enrol(one, class_)
            self.enrol(self.make_pupil("Абаева Нур"), class_)
            self.assertEqual(self.numbers(class_), [(1, "Абаева"), (2, "Бакиров")])
            one.last_name = "Аалиев"
            self.assertEqual(self.numbers(class_), [(1, "Аалиев"), (2, "Абаева")])
            self.row(one).unlink()
            self.assertEqual(self.numbers(class_), [(1, "Абаева")])

    def test_during_the_year_a_new_surname_keeps_its_number(self):
        self.pupil.last_name = "Яковлев"
        self.assertEqual(self.row().number, 1)

    def test_nobody_writes_a_number_on_the_list(self):
        row = self.as_user(self.pupil.enrollment_ids, self.deputy)
        class_ = row.class_id
        [number, last] = row.number, class_.last_number
        with self.assertRaises(AccessError):
            row.number = 17
        with self.assertRaises(AccessError):
            class_.last_number = 17
        with self.assertRaises(AccessError):
            class_.write({"enrollment_ids": [Command.update(row.id, {"number": 17})]})
        self.assertEqual((row.number, class_.last_number), (number, last))

    def test_no_number_comes_with_the_request_of_a_newcomer(self):
        newcomer = self.env["ejournal.pupil"].create(
            {"last_name": "Яшин", "first_name": "Лев"}
        )
        vals = {
            "pupil_id": newcomer.id,
            "class_id": self.class_a.id,
            "date_start": TODAY,
        }
        rows = self.as_user(self.env["ejournal.enrollment"], self.deputy)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            rows.create({**vals, "number": 99})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            rows.with_context(default_number=99).create(vals)
        self.assertEqual(rows.create(vals).number, self.class_a.last_number)

    def test_who_leaves_leaves_the_number_unused(self):
        self.row(self.pupils[5]).date_end = YESTERDAY
        self.enrol(self.make_pupil("Бакиров Нур"), self.class_a, TODAY)
        self.assertEqual(self.numbers()[-1], (7, "Бакиров"))

    def test_the_deputy_renumbers_before_a_period_is_closed(self):
        self.pupil.last_name = "Яковлев"
        with self.assertRaises(AccessError):
            self.as_user(self.class_a, self.teacher).action_renumber()
        self.as_user(self.class_a, self.deputy).action_renumber()
        self.assertEqual(self.row().number, 6)
        self.close(self.quarters[0])
        with self.refused("stand on its lists"):
            self.as_user(self.class_a, self.deputy).action_renumber()

    # ---- dates -----------------------------------------------------------------------

    def test_the_day_of_typing_is_kept_by_the_system(self):
        row = self.enrol(
            self.make_pupil("Бакиров Нур"),
            self.class_a,
            date(2026, 10, 12),
            listed_on=date(2026, 10, 1),
        )
        self.assertEqual(row.listed_on, TODAY)
        with self.refused("kept by the system"):
            row.sudo().listed_on = date(2026, 10, 12)
        with_passage(row).listed_on = date(2026, 10, 12)

    def test_the_day_of_typing_is_the_schools(self):
        with self.at("2026-10-14 18:30"):  # half past midnight in Bishkek
            row = self.enrol(self.make_pupil("Бакиров Нур"), self.class_a, TOMORROW)
        self.assertEqual(row.listed_on, TOMORROW)

    def test_a_pupil_is_in_one_class_a_day(self):
        with self.refused("Асанов Б. is in 7-А from 01.09.2026"):
            self.enrol(self.pupil, self.class_b, TODAY)
        self.row().date_end = YESTERDAY
        self.enrol(self.pupil, self.class_b, TODAY)

    def test_two_rows_of_one_class_overlap_too(self):
        with self.refused("cannot be in 7-А"):
            self.enrol(self.pupil, self.class_a, TODAY)

    def test_the_database_refuses_two_classes_too(self):
        row = self.row()
        row.date_end = YESTERDAY
        self.enrol(self.pupil, self.class_b, TODAY)
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self.cr.execute(
                "UPDATE ejournal_enrollment SET date_until = %s WHERE id = %s",
                (TODAY, row.id),
            )
            self.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_a_pupil_taught_one_by_one_may_be_on_an_ordinary_list_as_well(self):
        self.enrol(self.pupil, self.make_class("Үйдө окутуу"), TODAY, form="home")

    def test_an_open_end_does_not_reach_into_the_next_year(self):
        coming = self.make_year(date(2027, 9, 1), date(2028, 5, 25))
        self.make_calendar(coming, quarters=())
        class_ = self.make_class("8-А", year_id=coming.id)
        row = self.enrol(self.pupil, class_, coming.date_start)
        self.assertEqual(self.row(self.pupil), self.row() | row)
        self.assertEqual(row.date_until, coming.date_end)

    def test_a_row_lies_in_the_year_of_its_class(self):
        with self.refused("outside of the academic year"):
            self.enrol(self.make_pupil("Бакиров Нур"), self.class_a, date(2027, 9, 1))

    def test_the_first_day_is_today_or_the_first_of_the_year(self):
        pupil = self.make_pupil("Бакиров Нур")
        rows = self.env["ejournal.enrollment"]
        row = rows.create({"pupil_id": pupil.id, "class_id": self.class_a.id})
        self.assertEqual(row.date_start, TODAY)
        with self.at("2026-08-20 04:00"):
            pupil = self.make_pupil("Бакирова Нур")
            row = rows.create({"pupil_id": pupil.id, "class_id": self.class_a.id})
        self.assertEqual(row.date_start, FIRST_DAY)

    def test_the_last_day_is_not_before_the_first(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.guardian.date_end = date(2026, 8, 31)
            self.env.flush_all()

    # ---- moving ----------------------------------------------------------------------

    def test_a_pupil_moves_to_the_other_class(self):
        old = self.row()
        new = self.as_user(old, self.deputy).action_move(self.class_b.id, "2026-10-14")
        self.assertEqual((old.date_end, old.leave_reason), (YESTERDAY, "7-Б"))
        self.assertEqual((new.class_id, new.date_start), (self.class_b, TODAY))
        self.assertEqual(new.number, 3)
        self.assertIn(self.pupil, self.class_a._pupils_on(YESTERDAY))
        self.assertNotIn(self.pupil, self.class_a._pupils_on(TODAY))
        self.assertIn(self.pupil, self.class_b._pupils_on(TODAY))

    def test_a_move_from_the_first_day_on_changes_the_row_and_its_listing(self):
        row = self.row()
        moved = row.action_move(self.class_b, FIRST_DAY)
        self.assertEqual(moved, row)
        self.assertEqual((row.class_id, row.number), (self.class_b, 3))
        self.assertEqual(row.listed_on, TODAY, "7-Б learns of the pupil only today")

    def test_there_and_back_on_one_day(self):
        old = self.row()
        new = old.action_move(self.class_b, TODAY)
        back = new.action_move(self.class_a, TODAY)
        self.assertEqual(back, new)
        self.assertEqual(back.class_id, self.class_a)
        self.assertEqual(back.number, 7, "a return is a new place on the list")
        self.assertEqual(old.date_end, YESTERDAY)

    def test_a_pupil_moves_only_from_where_he_is(self):
        self.row().date_end = YESTERDAY
        with self.refused("is not in 7-А on 14.10.2026"):
            self.row().action_move(self.class_b, TODAY)

    def test_moving_needs_the_right(self):
        with self.assertRaises(AccessError):
            self.as_user(self.row(), self.class_teacher).action_move(
                self.class_b.id, "2026-10-14"
            )
        self.assertFalse(self.row().date_end)

    def test_a_return_is_a_new_row(self):
        self.row().date_end = date(2026, 9, 20)
        self.enrol(self.pupil, self.class_a, TODAY)
        spans = self.env["ejournal.class"]._spans_of(self.class_a, *YEAR)
        own = [s for s in spans[self.class_a.id] if s["pupil_id"] == self.pupil.id]
        self.assertEqual(
            [(s["date_start"], s["date_end"], s["number"]) for s in own],
            [(FIRST_DAY, date(2026, 9, 20), 1), (TODAY, False, 7)],
        )

    # ---- helpers ---------------------------------------------------------------------

    def test_spans_of_all_classes_cost_one_query(self):
        classes = self.class_a | self.class_b
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            spans = classes._spans_of(classes, TODAY, TODAY)
        self.assertEqual(
            [s["number"] for s in spans[self.class_a.id]], [1, 2, 3, 4, 5, 6]
        )
        self.assertEqual(
            spans[self.class_b.id][0],
            {
                "pupil_id": self.pupils_b[0].id,
                "date_start": FIRST_DAY,
                "date_end": False,
                "listed_on": FIRST_DAY,
                "number": 1,
                "form": "full",
            },
        )

    def test_spans_hold_who_was_there_on_some_day(self):
        self.row().date_end = date(2026, 9, 20)
        spans = self.class_a._spans_of(self.class_a, date(2026, 9, 20), TODAY)
        self.assertEqual(len(spans[self.class_a.id]), 6)
        spans = self.class_a._spans_of(self.class_a, date(2026, 9, 21), TODAY)
        self.assertEqual(len(spans[self.class_a.id]), 5)
        empty = self.make_class("8-А")
        self.assertEqual(empty._spans_of(empty, *YEAR), {empty.id: []})

    def test_a_class_of_fifty_five_is_enrolled_at_the_cost_of_one(self):
        class_ = self.make_class("8-А")
        pupils = self.env["ejournal.pupil"].create(
            [{"last_name": "А", "first_name": str(n)} for n in range(57)]
        )

        def queries(some):
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.env["ejournal.enrollment"].create(
                [{"pupil_id": pupil.id, "class_id": class_.id} for pupil in some]
            )
            self.env.flush_all()
            return self.cr.sql_log_count - before

        queries(pupils[:1])
        self.assertLessEqual(queries(pupils[2:]), queries(pupils[1:2]) + 3)


class TestSubgroup(StructureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subgroup = cls.env["ejournal.subgroup"].create(
            {"name": "English 1", "class_ids": [Command.set(cls.class_a.ids)]}
        )

    def member(self, pupil=None, start=FIRST_DAY, **values):
        return self.env["ejournal.subgroup.member"].create(
            {
                "subgroup_id": self.subgroup.id,
                "pupil_id": (pupil or self.pupil).id,
                "date_start": start,
                **values,
            }
        )

    def test_a_subgroup_is_of_classes_of_one_year(self):
        with self.refused("Choose the class"):
            self.env["ejournal.subgroup"].create({"name": "None"})
        coming = self.make_year(date(2027, 9, 1), date(2028, 5, 25))
        self.make_calendar(coming, quarters=())
        class_ = self.make_class("8-А", year_id=coming.id)
        with self.refused("one academic year"):
            self.subgroup.class_ids |= class_

    def test_a_subgroup_has_pupils_of_several_classes(self):
        self.subgroup.class_ids |= self.class_b
        self.member()
        self.member(self.pupils_b[0])
        spans = self.subgroup._member_spans(self.subgroup, TODAY, TODAY)
        self.assertEqual(
            {span["pupil_id"] for span in spans[self.subgroup.id]},
            {self.pupil.id, self.pupils_b[0].id},
        )
        self.assertEqual(spans[self.subgroup.id][0]["listed_on"], TODAY)
        self.assertEqual(self.subgroup.company_id, self.school)

    def test_a_class_with_members_stays_in_the_subgroup(self):
        self.subgroup.class_ids |= self.class_b
        self.member(self.pupils_b[0])
        with self.refused("is not on the list of a class"):
            self.subgroup.class_ids -= self.class_b

    def test_a_member_is_enrolled_all_the_time(self):
        with self.refused("Enrol the pupil first"):
            self.member(self.pupils_b[0])
        newcomer = self.make_pupil("Бакиров Нур")
        self.enrol(newcomer, self.class_a, TODAY)
        with self.refused("Enrol the pupil first"):
            self.member(newcomer, YESTERDAY)
        self.member(newcomer, TODAY)

    def test_one_row_a_day(self):
        member = self.member()
        with self.refused("already in the subgroup"):
            self.member(start=TODAY)
        member.date_end = YESTERDAY
        self.member(start=TODAY)

    def test_who_leaves_the_class_leaves_the_subgroup(self):
        member = self.member()
        self.pupil.enrollment_ids.date_end = YESTERDAY
        self.assertEqual(member.date_end, YESTERDAY)

    def test_who_moves_within_the_subgroups_classes_stays(self):
        self.subgroup.class_ids |= self.class_b
        member = self.member()
        self.pupil.enrollment_ids.action_move(self.class_b, TODAY)
        self.assertFalse(member.date_end)

    def test_who_moves_out_leaves_on_the_day(self):
        member = self.member()
        self.pupil.enrollment_ids.action_move(self.class_b, TODAY)
        self.assertEqual(member.date_end, YESTERDAY)

    def test_a_deleted_enrolment_takes_the_membership_along(self):
        member = self.member()
        self.pupil.enrollment_ids.unlink()
        self.assertFalse(member.exists())

    def test_member_spans_cost_one_query(self):
        self.member()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            self.subgroup._member_spans(self.subgroup, *YEAR)

    def test_the_form_of_a_subgroup_takes_members(self):
        with Form(self.env["ejournal.subgroup"]) as form:
            form.name = "English 2"
            form.class_ids.add(self.class_a)
        self.assertEqual(form.record.class_ids, self.class_a)


class TestFreeze(StructureCase):
    """Closing a period freezes enrolments and subgroup members (the entry window)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subgroup = cls.env["ejournal.subgroup"].create(
            {
                "name": "English 1",
                "class_ids": [Command.set((cls.class_a | cls.class_b).ids)],
            }
        )
        cls.member = cls.env["ejournal.subgroup.member"].create(
            {
                "subgroup_id": cls.subgroup.id,
                "pupil_id": cls.pupil.id,
                "date_start": FIRST_DAY,
            }
        )
        cls.row = cls.pupil.enrollment_ids

    def setUp(self):
        super().setUp()
        self.close(self.quarters[0])
        clock = self.at("2026-11-12 04:00")
        clock.start()
        self.addCleanup(clock.stop)

    def test_a_new_row_in_the_closed_quarter_is_refused(self):
        pupil = self.make_pupil("Бакиров Нур")
        with self.refused(r"Quarter 1 \(01.09.2026–04.11.2026\) is closed"):
            self.enrol(pupil, self.class_a, date(2026, 11, 4))
        self.enrol(pupil, self.class_a, date(2026, 11, 5))

    def test_leaving_now_is_allowed_though_the_row_began_there(self):
        self.row.date_end = date(2026, 11, 11)
        self.assertEqual(self.member.date_end, date(2026, 11, 11))
        self.row.date_end = date(2026, 11, 20)
        self.row.leave_reason = "Moved to Osh"

    def test_leaving_in_the_closed_quarter_is_refused_at_every_door(self):
        last = date(2026, 11, 3)
        for door in (self.row, self.row.sudo(), self.row.with_user(self.deputy)):
            with self.refused("ask the director to re-open"):
                door.date_end = last
        with self.refused("is closed"):
            self.pupil.enrollment_ids = [
                Command.update(self.row.id, {"date_end": last})
            ]
        imported = self.row.with_user(self.deputy).load(
            [".id", "date_end"], [[str(self.row.id), "2026-11-03"]]
        )
        self.assertFalse(imported["ids"])
        self.assertRegex(imported["messages"][0]["message"], "is closed")
        self.assertFalse(self.row.date_end)

    def test_the_first_day_of_a_row_from_there_stays(self):
        with self.refused("is closed"):
            self.row.date_start = date(2026, 9, 2)
        with self.refused("is closed"):
            self.row.date_start = date(2026, 11, 10)

    def test_class_pupil_and_form_of_closed_days_stay(self):
        for values in (
            {"class_id": self.class_b.id},
            {"form": "home"},
            {"pupil_id": self.make_pupil("Бакиров Нур").id},
        ):
            with self.refused("is closed"):
                self.row.write(values)
        with self.refused("is closed"):
            self.row.action_move(self.class_b, date(2026, 10, 20))

    def test_moving_now_is_allowed(self):
        self.row.action_move(self.class_b, date(2026, 11, 12))
        self.assertIn(self.pupil, self.class_b._pupils_on(date(2026, 11, 12)))

    def test_a_row_of_closed_days_is_not_deleted(self):
        with self.refused("is closed"):
            self.row.sudo().unlink()
        with self.refused("is closed"):
            self.member.unlink()

    def test_members_are_frozen_alike(self):
        with self.refused("is closed"):
            self.member.date_end = date(2026, 10, 30)
        with self.refused("is closed"):
            self.member.copy({"pupil_id": self.pupils[1].id})
        self.member.date_end = date(2026, 11, 11)

    def test_an_archived_period_freezes_too(self):
        self.close(self.quarters[0], "archived")
        with self.refused("amendment sheet"):
            self.row.date_end = date(2026, 11, 3)

    def test_another_calendar_does_not_freeze(self):
        calendar = self.make_calendar()
        class_ = self.make_class("8-А", calendar_id=calendar.id)
        self.enrol(self.make_pupil("Бакиров Нур"), class_)

    def test_only_our_own_token_passes(self):
        with_passage(self.row).date_end = date(2026, 11, 3)
        self.assertEqual(self.row.date_end, date(2026, 11, 3))

    def test_reopening_lets_the_correction_through(self):
        self.quarters[0].with_user(self.director).action_reopen("A wrong last day")
        self.row.date_end = date(2026, 11, 3)

    def test_an_accepted_change_share_locks_the_period_it_touches(self):
        self.env.flush_all()
        self.row.date_end = date(2026, 11, 11)
        self.env.flush_all()
        self.cr.execute(
            "SELECT xmax::text::bigint FROM ejournal_period WHERE id = %s",
            [self.quarters[1].id],
        )
        self.assertTrue(self.cr.fetchone()[0])


@tagged("post_install", "-at_install")
class TestStructureWithEntries(SchoolCase):
    """What journals, lessons and marks forbid or follow."""

    def setUp(self):
        super().setUp()
        self._mark(self._work())

    def test_a_pupil_with_marks_leaves_but_is_not_deleted(self):
        row = self.pupil.enrollment_ids
        with self.assertRaisesRegex(UserError, "has marks or absences in 7-А"):
            row.unlink()
        row.date_end = TODAY
        self.pupils[1].enrollment_ids.unlink()

    def test_a_period_with_lessons_is_not_deleted(self):
        with self.assertRaisesRegex(UserError, "has lessons"):
            self.quarter.unlink()

    def test_a_moved_border_gives_lessons_their_new_period(self):
        first, second = self.calendar.period_ids.sorted("date_start")[:2]
        self.assertEqual(self.lesson.period_id, first)
        self.calendar.period_ids = [
            Command.update(second.id, {"date_start": TODAY}),
            Command.update(first.id, {"date_end": YESTERDAY}),
        ]
        self.assertEqual(self.lesson.period_id, second)
        self.assertEqual(self.lesson_yesterday.period_id, first)
