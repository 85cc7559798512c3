"""The next academic year made out of the one that ends: classes, pupils, journals."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import SchoolCase


@tagged("post_install", "-at_install")
class TestNextYear(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Class = cls.env["ejournal.class"]
        cls.graduates, cls.sixth, cls.at_home = Class.create(
            [
                {"year_id": cls.year.id, "name": "11-А"},
                {"year_id": cls.year.id, "name": "6-А"},
                {"year_id": cls.year.id, "name": "Үйдө", "grade": 0},
            ]
        )
        cls.graduate = cls._make_pupils(cls.graduates, ("Токтоев",))
        cls.child_at_home = cls._make_pupils(cls.at_home, ("Үсөнова",))
        cls.subgroup = cls.env["ejournal.subgroup"].create(
            {
                "name": "1",
                "class_ids": [Command.set(cls.class_a.ids)],
                "member_ids": [
                    Command.create({"pupil_id": pupil.id, "date_start": "2026-09-01"})
                    for pupil in cls.pupils[:3]
                ],
            }
        )
        english = cls.env["ejournal.subject"].create({"name": "English"})
        cls.env["ejournal.journal"].create(
            {
                "subgroup_id": cls.subgroup.id,
                "subject_id": english.id,
                "teacher_id": cls.colleague.id,
                "hours_week": 2,
            }
        )
        cls.env["ejournal.assignment"].create(
            {
                "journal_id": cls.journal.id,
                "teacher_id": cls.colleague.id,
                "role": "co",
                "may_write": True,
                "date_start": "2026-09-01",
            }
        )

    def dialog(self, user=None, **values):
        wizard = self.as_user(self.env["ejournal.year.next"], user or self.deputy)
        return wizard.create({"year_id": self.year.id, **values})

    def made(self, wizard):
        action = wizard.action_make()
        return self.env["ejournal.year"].browse(action["res_id"])

    def class_of(self, year, name):
        return year.class_ids.filtered(lambda class_: class_.name == name)

    def pupils_of(self, year, name):
        class_ = self.class_of(year, name)
        return class_.enrollment_ids.sorted("number").pupil_id

    def apart(self, pupil, **values):
        return Command.create({"pupil_id": pupil.id, **values})

    # ---- what goes up ------------------------------------------------------------------

    def test_classes_go_up_a_grade_and_the_last_one_leaves(self):
        year = self.made(self.dialog(first_letters="а; Б"))
        names = year.class_ids.sorted("sort_key").mapped("name")
        self.assertEqual(names, ["1-А", "1-Б", "7-А", "8-А", "8-Б", "Үйдө"])
        self.assertEqual(year.state, "draft")
        self.assertEqual(year.date_start, date(2027, 9, 1))
        self.assertEqual(self.year.class_ids.mapped("grade").count(7), 2, "old stays")

    def test_pupils_go_with_their_class_by_the_alphabet(self):
        year = self.made(self.dialog())
        self.assertEqual(self.pupils_of(year, "8-А"), self.pupils)
        self.assertEqual(self.pupils_of(year, "Үйдө"), self.child_at_home)
        self.assertFalse(
            self.env["ejournal.enrollment"].search(
                [
                    ("pupil_id", "=", self.graduate.id),
                    ("class_id.year_id", "=", year.id),
                ]
            )
        )
        numbers = self.class_of(year, "8-А").enrollment_ids.mapped("number")
        self.assertEqual(sorted(numbers), list(range(1, len(self.pupils) + 1)))

    def test_who_repeats_or_leaves_is_named_and_the_others_go_up(self):
        repeats, leaves = self.pupils[0], self.pupils[1]
        year = self.made(
            self.dialog(
                pupil_line_ids=[
                    # typed with a Latin A
                    self.apart(repeats, class_name="7 A"),
                    self.apart(leaves, decision="leave"),
                ]
            )
        )
        self.assertEqual(self.pupils_of(year, "7-А"), repeats)
        self.assertEqual(self.pupils_of(year, "8-А"), self.pupils[2:])

    def test_who_left_during_the_year_does_not_come_back(self):
        row = self.class_a.enrollment_ids.filtered(
            lambda row: row.pupil_id == self.pupils[2]
        )
        row.write({"date_end": "2026-12-30", "leave_reason": "Moved to Bishkek"})
        year = self.made(self.dialog())
        self.assertNotIn(self.pupils[2], self.pupils_of(year, "8-А"))

    def test_subgroups_go_with_those_members_who_go_up(self):
        year = self.made(
            self.dialog(pupil_line_ids=[self.apart(self.pupils[0], decision="leave")])
        )
        [group] = self.env["ejournal.subgroup"].search([("year_id", "=", year.id)])
        self.assertEqual(group.class_ids, self.class_of(year, "8-А"))
        self.assertEqual(group.member_ids.pupil_id, self.pupils[1:3])

    def test_journals_keep_their_teachers_and_hours(self):
        self.class_a.class_teacher_id = self.class_teacher
        year = self.made(self.dialog())
        journals = self.env["ejournal.journal"].search([("year_id", "=", year.id)])
        self.assertEqual(len(journals), 3)
        algebra = journals.filtered(lambda j: j.subject_id == self.algebra)
        self.assertEqual(algebra.class_ids.name, "8-А")
        self.assertEqual(algebra.teacher_id, self.teacher)
        co_teacher = algebra.assignment_ids.filtered(lambda a: a.role == "co")
        self.assertEqual(co_teacher.teacher_id, self.colleague)
        self.assertTrue(co_teacher.may_write)
        english = journals.filtered("subgroup_id")
        self.assertEqual((english.teacher_id, english.hours_week), (self.colleague, 2))
        self.assertEqual(english.subgroup_id.year_id, year)
        self.assertEqual(
            self.class_of(year, "8-А").class_teacher_id, self.class_teacher
        )
        self.assertFalse(journals.lesson_ids, "lessons come with the timetable")

    def test_without_teachers_the_posts_are_vacant(self):
        year = self.made(self.dialog(with_teachers=False))
        journals = self.env["ejournal.journal"].search([("year_id", "=", year.id)])
        self.assertFalse(journals.assignment_ids)
        self.assertFalse(year.class_ids.class_teacher_id)

    def test_the_calendar_keeps_name_and_week_and_gets_the_new_dates(self):
        self.calendar.write({"name": "Grades 5–11", "weekdays": "6"})
        year = self.made(self.dialog())
        [calendar] = year.calendar_ids
        self.assertEqual((calendar.name, calendar.weekdays), ("Grades 5–11", "6"))
        self.assertEqual(calendar.period_ids[:1].date_start, date(2027, 9, 1))
        self.assertEqual(year.class_ids.calendar_id, calendar)

    def test_grades_with_a_calendar_of_their_own_keep_one(self):
        other = self.env["ejournal.calendar"].create(
            {"year_id": self.year.id, "name": "Grade 6", "weekdays": "6"}
        )
        self.sixth.calendar_id = other
        year = self.made(self.dialog())
        calendars = {class_.name: class_.calendar_id for class_ in year.class_ids}
        self.assertEqual(calendars["7-А"].name, "Grade 6")
        self.assertEqual(calendars["8-А"].name, self.calendar.name)

    def test_a_deputy_who_teaches_keeps_the_own_journal(self):
        self.journal.teacher_id = self.deputy
        year = self.made(self.dialog())
        algebra = self.env["ejournal.journal"].search(
            [("year_id", "=", year.id), ("subject_id", "=", self.algebra.id)]
        )
        self.assertEqual(algebra.teacher_id, self.deputy)

    # ---- the dialog --------------------------------------------------------------------

    def test_the_dialog_shows_all_that_will_be_done_first(self):
        form = Form(
            self.as_user(self.env["ejournal.year.next"], self.deputy).with_context(
                default_year_id=self.year.id
            )
        )
        lines = form.save().class_line_ids
        shown = {
            line.class_id.name: (line.goes_on, line.new_name, line.pupils)
            for line in lines
        }
        self.assertEqual(shown["7-А"], (True, "8-А", 6))
        self.assertFalse(shown["11-А"][0])
        self.assertEqual(
            lines.filtered(lambda line: line.class_id == self.class_a).journals, 2
        )

    def test_a_grade_of_the_twelve_year_programme_goes_on_to_the_twelfth(self):
        self.graduates.programme = "12"
        year = self.made(self.dialog())
        self.assertEqual(self.pupils_of(year, "12-А"), self.graduate)

    # ---- bad input ---------------------------------------------------------------------

    def nothing_was_made(self):
        return not self.env["ejournal.year"].search(
            [("company_id", "=", self.school.id), ("id", "!=", self.year.id)]
        )

    def refused(self, error, **values):
        with self.assertRaises(error) as refusal, self.env.cr.savepoint():
            self.dialog(**values).action_make()
        self.assertTrue(self.nothing_was_made())
        return str(refusal.exception)

    def test_two_classes_of_one_name_are_refused_by_name(self):
        wizard = self.dialog()
        line = wizard.class_line_ids.filtered(
            lambda line: line.class_id == self.class_b
        )
        line.new_letter = "А"
        with self.assertRaises(UserError) as refusal:
            wizard.action_make()
        self.assertIn("8-А", str(refusal.exception))

    def test_a_class_that_will_not_be_is_refused_with_those_that_will(self):
        text = self.refused(
            UserError, pupil_line_ids=[self.apart(self.pupil, class_name="7-Г")]
        )
        self.assertIn("7-А", text)
        self.assertIn(self.pupil.name, text)
        self.refused(UserError, pupil_line_ids=[self.apart(self.pupil)])

    def test_a_pupil_named_twice_is_refused(self):
        twice = [self.apart(self.pupil, decision="leave") for _time in range(2)]
        self.refused(UserError, pupil_line_ids=twice)

    def test_a_year_that_is_there_already_is_not_made_again(self):
        self.made(self.dialog())
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self.dialog().action_make()
        years = self.env["ejournal.year"].search([("company_id", "=", self.school.id)])
        self.assertEqual(len(years), 2)

    def test_only_the_deputy_makes_a_year(self):
        for user in (self.teacher, self.director, self.admin, self.parent_user):
            with self.assertRaises(AccessError):
                self.dialog(user)
