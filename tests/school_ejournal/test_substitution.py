"""A teacher is absent: who gives the lessons, by whose decision, until when."""

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.school_ejournal.tools.passage import with_passage

from ..common import TODAY, TOMORROW, YESTERDAY, SchoolCase


class SubstitutionCase(SchoolCase):
    @classmethod
    def _make_people(cls):
        super()._make_people()
        cls.second = cls._user("t_second", "group_teacher", name="Абдыраев Ырыс")
        cls.other_deputy = cls._user("deputy_2", "group_deputy", name="Орозов Талант")

    @classmethod
    def _make_journals(cls):
        super()._make_journals()
        # the colleague teaches physics to the class of the absent teacher as well
        cls.physics_a = cls._make_journal(cls.physics, cls.class_a, cls.colleague)

    def _absence(self, user=None, **values):
        Substitution = self.as_user(
            self.env["ejournal.substitution"], user or self.deputy
        )
        row = Substitution.create(
            {
                "teacher_id": self.teacher.id,
                "date_start": TODAY,
                "date_end": TODAY,
                **values,
            }
        )
        return self.env["ejournal.substitution"].browse(row.id)

    def _assign(self, lesson=None, user=None, by=None, kind="subject", **values):
        lesson = self.as_user(lesson or self.lesson, by or self.deputy)
        lesson.assign_substitute(kind, (user or self.second).id, **values)
        self.env.invalidate_all()

    def _load(self, user=None, date=None):
        Substitution = self.as_user(
            self.env["ejournal.substitution"], user or self.deputy
        )
        return Substitution.load_substitutions(date)

    def _row(self, lesson=None, **values):
        rows = {
            row["id"]: row
            for absence in self._load(**values)["absences"]
            for row in absence["lessons"]
        }
        return rows[(lesson or self.lesson).id]

    def _refused(self, error=UserError):
        return self.assertRaises(error)

    def _by(self, record, user):
        return self.as_user(record, user)


@tagged("post_install", "-at_install")
class TestAbsence(SubstitutionCase):
    def test_absence_lists_the_lessons_of_its_days(self):
        absence = self._absence(date_end=TOMORROW)
        self.assertEqual(absence.state, "confirmed")
        self.assertEqual(absence.lesson_ids, self.lesson | self.lesson_tomorrow)
        self.assertEqual(absence.open_count, 2)
        self._by(absence, self.deputy).date_end = TODAY
        self.assertEqual(absence.lesson_ids, self.lesson)

    def test_lessons_that_are_made_later_join_it(self):
        absence = self._absence()
        later = self._make_lesson(self.journal, TODAY, 6)
        self.assertIn(later.id, self._row_ids())
        self.school._ejournal_plan_night()
        self.assertIn(later, absence.lesson_ids)

    def _row_ids(self):
        return [
            row["id"]
            for absence in self._load()["absences"]
            for row in absence["lessons"]
        ]

    def test_default_substitute_gets_the_lessons_at_whose_hour_he_is_free(self):
        second_lesson = self._make_lesson(self.journal, TODAY, 3)
        absence = self._absence(substitute_id=self.colleague.id)
        self.assertEqual(self.lesson.substitute_id, self.colleague)
        self.assertEqual(self.lesson.substitution_kind, "subject")
        # he has lesson 3 of his own
        self.assertFalse(second_lesson.substitute_id)
        self.assertEqual(absence.open_count, 1)

    def test_who_returns_earlier_has_his_lessons_again(self):
        absence = self._absence(date_end=TOMORROW, substitute_id=self.second.id)
        self.assertEqual(self.lesson_tomorrow.entrant_id, self.second)
        self._by(absence, self.deputy).date_end = TODAY
        self.assertEqual(self.lesson_tomorrow.entrant_id, self.teacher)
        self.assertEqual(self.lesson.entrant_id, self.second)

    def test_overlapping_absence_is_told_where_the_first_one_is(self):
        self._absence()
        with self.assertRaisesRegex(ValidationError, "14.10.2026"):
            self._absence(date_start=YESTERDAY, date_end=TOMORROW)
        self._by(self._absence(teacher_id=self.second.id), self.deputy)

    def test_last_day_before_the_first_and_years_of_absence(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self._absence(date_end=YESTERDAY)
        with self._refused(ValidationError):
            self._absence(date_end="2028-10-14")

    def test_teacher_announces_and_the_deputy_confirms(self):
        absence = self._absence(self.teacher, reason_code="ill")
        self.assertEqual(absence.state, "requested")
        self.assertIn(self.deputy, absence.activity_ids.user_id)
        self.assertEqual(absence.open_count, 0)
        for user in (self.teacher, self.colleague, self.director):
            with self.subTest(user=user.name), self._refused(AccessError):
                self._by(absence, user).action_confirm()
        self._by(absence, self.deputy).action_confirm()
        self.assertEqual((absence.state, absence.open_count), ("confirmed", 1))
        self.assertFalse(absence.activity_ids)
        with self._refused():
            self._by(absence, self.deputy).action_confirm()
        with self._refused(AccessError):
            self._by(absence, self.teacher).write({"date_end": TOMORROW})
        with self._refused(AccessError):
            self._by(absence, self.teacher).action_withdraw()

    def test_withdrawn_absence_gives_the_lessons_back(self):
        absence = self._absence(substitute_id=self.second.id)
        self._by(absence, self.deputy).action_withdraw()
        self.assertEqual(self.lesson.entrant_id, self.teacher)
        self.assertFalse(absence.lesson_ids)

    def test_own_absence_only_and_only_ones_own_is_seen(self):
        with self._refused(AccessError):
            self._absence(self.colleague)
        absence = self._absence(self.teacher)
        with self._refused(AccessError):
            self._by(absence, self.colleague).read(["reason"])
        for vals in (
            {"substitute_id": self.colleague.id},
            {"state": "confirmed"},
            {"teacher_id": self.colleague.id},
            {"lesson_ids": [Command.set(self.other_lesson.ids)]},
        ):
            with self.subTest(vals=vals), self._refused(AccessError):
                self._by(absence, self.teacher).write(vals)
        with self._refused(AccessError):
            self._absence(self.teacher, substitute_id=self.colleague.id)

    def test_everything_is_on_record(self):
        absence = self._absence()
        self._by(absence, self.deputy).write({"order_ref": "№ 5"})
        self.assertEqual(self.changes(absence, "order_ref").new_value, "№ 5")
        self._assign()
        [change] = self.changes(self.lesson, "substitute_id")
        self.assertEqual(change.new_value, str(self.second.id))
        self.assertEqual(change.user_id, self.deputy)


@tagged("post_install", "-at_install")
class TestNotForOneself(SubstitutionCase):
    def test_deputy_is_not_ones_own_substitute_through_any_door(self):
        """To enter marks after the lesson, or for the hours: each door is shut."""
        deputy = self.deputy
        lesson = self._by(self.lesson, deputy)
        yesterday = self._by(self.lesson_yesterday, deputy)
        chess = self.env["ejournal.subject"].create({"name": "Chess"})
        own = self._make_journal(chess, self.class_a, deputy)
        absence = self._absence()
        doors = {
            "assign": lambda: lesson.assign_substitute("subject", deputy.id),
            "write": lambda: lesson.write({"substitute_id": deputy.id}),
            "afterwards": lambda: yesterday.write(
                {"substitute_id": deputy.id, "substitute_reason": "x"}
            ),
            "sudo": lambda: lesson.sudo().write({"substitute_id": deputy.id}),
            "list of the journal": lambda: self._by(self.journal, deputy).write(
                {
                    "lesson_ids": [
                        Command.update(self.lesson.id, {"substitute_id": deputy.id})
                    ]
                }
            ),
            "new lesson": lambda: self._by(self.env["ejournal.lesson"], deputy).create(
                {
                    "journal_id": self.journal.id,
                    "date": TODAY,
                    "number": 8,
                    "substitute_id": deputy.id,
                }
            ),
            "default of the context": lambda: (
                self._by(self.env["ejournal.lesson"], deputy)
                .with_context(default_substitute_id=deputy.id)
                .create({"journal_id": self.journal.id, "date": TODAY, "number": 8})
            ),
            "absence": lambda: self._by(absence, deputy).write(
                {"substitute_id": deputy.id}
            ),
            "new absence": lambda: self._absence(
                teacher_id=self.colleague.id, substitute_id=deputy.id
            ),
            "own subject instead": lambda: lesson.teach_instead(own.id),
            "teacher": lambda: lesson.write({"teacher_id": deputy.id}),
            "import": lambda: self._load_file(deputy),
        }
        for name, door in doors.items():
            with self.subTest(door=name), self._refused(AccessError):
                door()
            self.env.invalidate_all()
            self.assertEqual(self.lesson.entrant_id, self.teacher, name)
            self.assertEqual(self.lesson_yesterday.entrant_id, self.teacher, name)

    def _load_file(self, user):
        result = self._by(self.env["ejournal.lesson"], user).load(
            [".id", "substitute_id/.id"], [[str(self.lesson.id), str(user.id)]]
        )
        if not result["ids"]:
            raise AccessError(result["messages"][0]["message"])

    def test_deputy_decides_neither_on_the_own_absence_nor_on_what_he_substitutes(self):
        own = self._make_journal(self.algebra, self.class_b, self.deputy)
        lesson = self._make_lesson(own, TODAY, 5)
        absence = self._absence(self.deputy, teacher_id=self.deputy.id)
        self.assertEqual(absence.state, "requested")
        with self._refused(AccessError):
            self._by(absence, self.deputy).action_confirm()
        with self._refused(AccessError):
            self._assign(lesson)
        self._by(absence, self.director).action_confirm()
        self._assign(lesson, by=self.director)
        self.assertEqual(lesson.entrant_id, self.second)
        # and the other way round: what another deputy gave to him
        lesson = self.lesson_tomorrow
        self._assign(lesson, self.deputy, by=self.other_deputy)
        for act in (
            lambda x: x.write({"substitution_kind": "supervision"}),
            lambda x: x.take_back_substitute(),
            lambda x: x.assign_substitute("subject", self.second.id),
        ):
            with self._refused(AccessError):
                act(self._by(lesson, self.deputy))

    def test_director_decides_where_a_deputy_is_concerned_only(self):
        with self._refused(AccessError):
            self._absence(self.director)
        with self._refused(AccessError):
            self._assign(by=self.director)
        self._assign(user=self.deputy, by=self.director)
        self.assertEqual(self.lesson.entrant_id, self.deputy)

    def test_nobody_else_names_a_substitute(self):
        for user in (self.teacher, self.colleague, self.class_teacher, self.admin):
            with self.subTest(user=user.name), self._refused(AccessError):
                self._assign(by=user)
            with self.subTest(user=user.name), self._refused(AccessError):
                self._load(user)


@tagged("post_install", "-at_install")
class TestCasesOfADay(SubstitutionCase):
    def test_same_subject_entered_by_the_substitute_read_by_the_owner(self):
        self._absence()
        self._assign()
        [answer] = self.save(self.entry("mark", "5"), user=self.second)
        self.assertEqual(answer["status"], "ok")
        [answer] = self.save(self.entry("mark", "4", pupil=self.pupils[1]))
        self.assertEqual(answer["status"], "refused")
        self.assertEqual(self._by(self.lesson, self.teacher).mark_ids.value, "5")
        # tomorrow's lesson is not his, and today's closes for him as well
        [answer] = self.save(
            self.entry("topic", "x", lesson=self.lesson_tomorrow), user=self.second
        )
        self.assertEqual(answer["status"], "refused")
        with self.at("2026-10-14 18:00:00"):
            [answer] = self.save(
                self.entry("mark", "4", pupil=self.pupils[1]), user=self.second
            )
        self.assertEqual(answer["status"], "refused")

    def test_kind_goes_with_the_substitute(self):
        self._assign(kind="supervision")
        self._by(self.lesson, self.deputy).substitute_id = False
        self.assertFalse(self.lesson.substitution_kind)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self._by(self.lesson, self.deputy).substitution_kind = "supervision"
            self.env.flush_all()

    def test_rights_end_when_it_is_taken_back(self):
        self._assign()
        self.assertEqual(self.window(user=self.second)["content"]["state"], "open")
        self._by(self.lesson, self.deputy).take_back_substitute()
        self.assertFalse(self.lesson.substitution_kind)
        self.assertEqual(self.window()["content"]["state"], "open")
        self.assertEqual(self.window(user=self.second)["content"]["state"], "read_only")
        with self._refused(AccessError):
            self._by(self.lesson, self.second).read(["topic"])

    def test_another_subject_goes_to_its_own_journal_and_the_missed_hour_lags(self):
        plan = self.env["ejournal.plan"].create(
            {
                "journal_id": self.journal.id,
                "topic_ids": [Command.create({"title": "Sets", "hours": 40})],
            }
        )
        lesson_id = self._by(self.lesson, self.deputy).teach_instead(self.physics_a.id)
        instead = self.env["ejournal.lesson"].browse(lesson_id)
        self.assertEqual(self.lesson.state, "cancelled")
        self.assertIn("Physics", self.lesson.cancel_reason)
        self.assertEqual(
            (instead.journal_id, instead.date, instead.number, instead.entrant_id),
            (self.physics_a, TODAY, 2, self.colleague),
        )
        entry = self.entry("topic", "Light", lesson=instead)
        [answer] = self.save(entry, user=self.colleague, journal=self.physics_a)
        self.assertEqual(answer["status"], "ok")
        progress = self.journal._plan_progress(TODAY)[plan.journal_id.id]
        self.assertEqual((progress.planned, progress.held), (2, 0))
        [hour] = self.env["ejournal.lesson"]._replaced_hours(self.school, TODAY, TODAY)
        self.assertEqual(hour.kind, "other_subject")
        self.assertEqual((hour.teacher_id, hour.substitute_id), self._ids())
        self.assertIn("Algebra", hour.missed)
        # it has entries: taken back by order only
        with self._refused():
            self._by(self.lesson, self.deputy).take_back_substitute()

    def _ids(self):
        return (self.teacher.id, self.colleague.id)

    def test_another_subject_can_be_taken_back(self):
        deputy_lesson = self._by(self.lesson, self.deputy)
        lesson_id = deputy_lesson.teach_instead(self.physics_a.id)
        deputy_lesson.take_back_substitute()
        self.assertEqual(self.lesson.state, "planned")
        self.assertFalse(self.env["ejournal.lesson"].browse(lesson_id).exists())

    def test_lesson_instead_of_one_of_another_class_is_refused(self):
        Lesson = self._by(self.env["ejournal.lesson"], self.deputy)
        self._by(self.lesson, self.deputy).action_cancel("x")
        with self._refused():
            Lesson.create(
                {
                    "journal_id": self.other_journal.id,
                    "date": TODAY,
                    "number": 7,
                    "replaces_id": self.lesson.id,
                }
            )

    def test_supervision_needs_the_roll_call_only(self):
        self._assign(kind="supervision")
        settings = self.school._ejournal_settings()
        self.assertEqual(settings._missing(self.lesson), ["attendance"])
        self.save(self.entry("attendance_confirmed", True), user=self.second)
        self.assertTrue(self.lesson.filled_at)
        progress = self._progress_with_plan()
        self.assertEqual(progress.held, 0)
        self.assertFalse(self._by(self.lesson, self.second)._next_topics())

    def _progress_with_plan(self):
        self.env["ejournal.plan"].create({"journal_id": self.journal.id})
        return self.journal._plan_progress(TODAY)[self.journal.id]

    def test_teacher_of_the_other_subgroup_takes_both(self):
        subgroups = self.env["ejournal.subgroup"].create(
            [
                {"name": name, "class_ids": [Command.set(self.class_a.ids)]}
                for name in ("1", "2")
            ]
        )
        english = self.env["ejournal.subject"].create({"name": "English"})
        first, second = (
            self._make_lesson(
                self._make_journal(
                    english, self.class_a, teacher, subgroup_id=subgroup.id
                ),
                TODAY,
                6,
            )
            for teacher, subgroup in zip(
                (self.teacher, self.second), subgroups, strict=True
            )
        )
        self._absence()
        [choice] = [
            choice
            for choice in self._row(first)["choices"]
            if choice["user_id"] == self.second.id
        ]
        self.assertEqual(choice["beside"], "subgroups")
        self.assertEqual(self._row(first)["choices"][0], choice, "the fittest")
        with self._refused():
            self._assign(first)
        self._assign(first, kind="subgroups")
        self.assertEqual((first | second).entrant_id, self.second)

    def test_classes_joined_and_a_teacher_who_is_not_free(self):
        lesson = self._make_lesson(self.journal, TODAY, 3)
        with self.assertRaisesRegex(UserError, "Physics"):
            self._assign(lesson, self.colleague)
        self._assign(lesson, self.colleague, kind="joined")
        self.assertEqual(lesson.entrant_id, self.colleague)

    def test_substitute_who_falls_ill_too(self):
        self._absence()
        self._assign()
        ill_too = self._absence(teacher_id=self.second.id)
        self.assertEqual(ill_too.lesson_ids, self.lesson)
        with self.assertRaisesRegex(UserError, "absent"):
            self._assign(user=self.second)
        self._assign(user=self.class_teacher)
        self.assertEqual(self.lesson.entrant_id, self.class_teacher)
        values = self.changes(self.lesson, "substitute_id").mapped("new_value")
        self.assertEqual(values, [str(self.second.id), str(self.class_teacher.id)])

    def test_recorded_after_the_lesson_until_the_end_of_the_next_school_day(self):
        with self._refused():
            self._assign(self.lesson_yesterday)
        self._assign(self.lesson_yesterday, reason="Told too late")
        self.assertEqual(self.lesson_yesterday.substitute_reason, "Told too late")
        # on record, but the day lock holds for the substitute as well
        entry = self.entry("mark", "5", lesson=self.lesson_yesterday)
        [answer] = self.save(entry, user=self.second)
        self.assertEqual(answer["status"], "refused")
        with self.at("2026-10-15 18:00:00"), self._refused():
            self._assign(self.lesson, reason="Told too late")

    def test_other_subject_recorded_too_late_is_refused_too(self):
        lesson = self._by(self.lesson, self.deputy)
        with self.at("2026-10-15 18:00:00"), self._refused():
            lesson.teach_instead(self.physics_a.id, reason="Told too late")
        with self.at("2026-10-15 04:00:00"):
            with self._refused():
                lesson.teach_instead(self.physics_a.id)
            lesson.teach_instead(self.physics_a.id, reason="Told too late")

    def test_cancelled_lesson_gets_no_substitute(self):
        self._by(self.lesson, self.deputy).action_cancel("No teacher")
        with self.assertRaisesRegex(UserError, "cancelled"):
            self._assign()

    def test_substitute_is_a_teacher_of_this_school(self):
        for user in (self.outsider, self.parent_user, self.admin):
            with self.subTest(user=user.name), self._refused():
                self._assign(user=user)

    def test_marker_of_a_control_work_that_the_substitute_holds(self):
        work = self._work(work_type=self.control_type)
        with self._refused(AccessError):
            self._assign(marker_id=self.deputy.id)
        self._assign(marker_id=self.teacher.id)
        self.assertEqual(work.marker_id, self.teacher)
        [answer] = self.save(self.entry("mark", "5", work=work))
        self.assertEqual(answer["status"], "ok", "the owner marks his column")
        [answer] = self.save(self.entry("topic", "x"))
        self.assertEqual(answer["status"], "refused")

    def test_lesson_with_entries_changes_by_order_only(self):
        self.save(self.entry("topic", "Roots"))
        with self.assertRaisesRegex(UserError, "order"):
            self._assign()
        self._assign(order_ref="№ 9")
        self.assertEqual(self.lesson.entrant_id, self.second)
        self.assertEqual(self.changes(self.lesson, "order_ref").new_value, "№ 9")

    def test_closed_period_takes_no_substitute(self):
        with_passage(self.quarter).write({"state": "closed"})
        with self._refused():
            self._assign()


@tagged("post_install", "-at_install")
class TestLookingUp(SubstitutionCase):
    def test_page_shows_who_is_free_who_teaches_it_and_each_ones_load(self):
        self._make_journal(self.algebra, self.class_b, self.class_teacher)
        self._absence()
        row = self._row()
        self.assertEqual(row["number"], 2)
        by_id = {choice["user_id"]: choice for choice in row["choices"]}
        self.assertNotIn(self.teacher.id, by_id)
        first = row["choices"][0]
        self.assertEqual(first["user_id"], self.class_teacher.id)
        self.assertTrue(first["free"] and first["teaches"])
        self.assertTrue(by_id[self.colleague.id]["knows"], "he teaches the class")
        teachers = {teacher["id"]: teacher for teacher in self._load()["teachers"]}
        self.assertEqual(teachers[self.colleague.id]["day"], 1)
        self.assertTrue(teachers[self.teacher.id]["absent"])
        self.assertEqual(
            [other["journal_id"] for other in row["others"]], self.physics_a.ids
        )

    def test_second_shift_meets_the_first_by_the_clock(self):
        """Lesson 1 after dinner is not at the hour of lesson 1 in the morning."""
        shift = self.env["ejournal.shift"].create({"name": "Second", "sequence": 2})
        shift._make_default_bells()
        self.class_b.shift_id = shift
        self.class_a.shift_id = self.env["ejournal.shift"].search(
            [("company_id", "=", self.school.id), ("id", "!=", shift.id)], limit=1
        )
        morning = self._make_lesson(self.journal, TODAY, 3)
        self._absence()
        [choice] = [
            choice
            for choice in self._row(morning)["choices"]
            if choice["user_id"] == self.colleague.id
        ]
        self.assertTrue(choice["free"])
        self._assign(morning, self.colleague)

    def test_month_sheet_and_changes_of_the_day(self):
        Lesson = self.env["ejournal.lesson"]
        self._absence(order_ref="№ 5")
        self._assign()
        self._by(self.lesson_yesterday, self.deputy).action_cancel("No water")
        [hour] = Lesson._replaced_hours(self.school, YESTERDAY, TOMORROW)
        self.assertEqual(
            (hour.kind, hour.order_ref, hour.is_held), ("subject", "№ 5", False)
        )
        self.save(self.entry("topic", "x"), user=self.second)
        [hour] = Lesson._replaced_hours(self.school, YESTERDAY, TOMORROW)
        self.assertTrue(hour.is_held)
        [change] = [
            change
            for change in Lesson._changes_of_day(self.school, YESTERDAY)
            if change.kind == "cancelled"
        ]
        self.assertEqual((change.note, change.classes), ("No water", "7-А"))
        [change] = [
            change
            for change in Lesson._changes_of_day(self.school, TODAY)
            if change.kind == "subject"
        ]
        self.assertEqual(
            (change.teacher, change.substitute, change.subject),
            (self.teacher.name, self.second.name, "Algebra"),
        )

    def test_substitute_finds_topic_homework_and_owner_in_his_day(self):
        self.env["ejournal.plan"].create(
            {
                "journal_id": self.journal.id,
                "topic_ids": [
                    Command.create({"title": title}) for title in ("Sets", "Roots")
                ],
            }
        )
        with_passage(self.lesson_yesterday).write({"topic": "Sets", "homework": "№ 12"})
        self._assign()
        [row] = self._by(self.env["ejournal.lesson"], self.second).load_day()["lessons"]
        self.assertEqual(
            row["substitution"],
            {
                "kind": "subject",
                "owner": self.teacher.name,
                "plan_topic": {"title": "Roots", "homework": "", "is_control": False},
                "last_topic": "Sets",
                "last_homework": "№ 12",
            },
        )
        page = self._by(self.journal, self.second).load_page(TODAY, TODAY)
        self.assertEqual(len(page["pupils"]), len(self.pupils))
        [lesson] = page["lessons"]
        self.assertEqual(lesson["proposals"]["topic"]["title"], "Roots")

    def test_queries_do_not_grow_with_absences_and_lessons(self):
        self._make_lesson(self.physics_a, TODAY, 2)
        self._absence()
        self._absence(teacher_id=self.colleague.id)
        self._load()

        def count():
            before = self.env.cr.sql_log_count
            self._load()
            return self.env.cr.sql_log_count - before

        few = count()
        for number in range(3, 9):
            self._make_lesson(self.journal, TODAY, number)
            self._make_lesson(self.physics_a, TODAY, number)
        self._absence(teacher_id=self.second.id)
        self.assertEqual(count(), few)

    def test_bad_day_is_refused(self):
        with self._refused():
            self._load(date="monday")
