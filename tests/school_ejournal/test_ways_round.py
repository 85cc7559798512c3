"""Ways round the lock, the rights and the record that somebody might try."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from odoo.addons.school_ejournal.tools.passage import has_passage

from ..common import TODAY, SchoolCase, lift_guard

AFTER_MIDNIGHT = "2026-10-14 18:30:00"


class WaysRound(SchoolCase):
    def rpc(self, user, model, method, *args, context=None):
        """A method called as by a request of ``user``."""
        self.env.flush_all()
        self.env.invalidate_all()
        context = {"allowed_company_ids": self.school.ids, **(context or {})}
        env = self.env(user=user, su=False, context={})
        return call_kw(env[model], method, list(args), {"context": context})

    def refused(self, user, model, method, *args):
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.rpc(user, model, method, *args)
            self.env.flush_all()

    def set_default(self, user, model, field, value):
        self.rpc(user, "ir.default", "set", model, field, value, True)

    def enter(self, user, lesson, **values):
        [answer] = self.rpc(
            user,
            "ejournal.journal",
            "save_entries",
            lesson.journal_id.ids,
            [self.entry("mark", "2", lesson=lesson, **values)],
        )
        return answer["status"]

    def co_teacher(self, user):
        return {
            "journal_id": self.journal.id,
            "teacher_id": user.id,
            "role": "co",
            "may_write": True,
            "date_start": "2026-09-01",
        }


@tagged("post_install", "-at_install")
class TestUserDefaults(WaysRound):
    """Odoo lets each user set defaults of any field; ours take none."""

    def test_permission_is_not_born_approved(self):
        model = "ejournal.unlock"
        self.set_default(self.teacher, model, "state", "approved")
        self.set_default(self.teacher, model, "expires_at", "2026-10-20 00:00:00")
        unlock_id = self.as_user(self.lesson_yesterday, self.teacher).ask_to_open("x")
        self.assertEqual(self.env[model].browse(unlock_id).state, "requested")
        self.assertEqual(self.enter(self.teacher, self.lesson_yesterday), "refused")

    def test_lesson_is_born_empty(self):
        self.set_default(self.deputy, "ejournal.lesson", "topic", "invented")
        self.set_default(self.deputy, "ejournal.lesson", "attendance_confirmed", True)
        [lesson_id] = self.rpc(
            self.deputy,
            "ejournal.lesson",
            "create",
            [{"journal_id": self.journal.id, "date": "2026-10-13", "number": 7}],
        )
        lesson = self.env["ejournal.lesson"].browse(lesson_id)
        self.assertFalse(lesson.topic)
        self.assertFalse(lesson.attendance_confirmed)

    def test_change_joins_no_seal(self):
        self.save(self.entry("mark", "3"))
        with self.at(AFTER_MIDNIGHT):
            seal = self.env["ejournal.seal"]._seal_days(self.school)
        self.set_default(self.teacher, "ejournal.change", "seal_id", seal.id)
        self.save(self.entry("topic", "x", lesson=self.lesson_tomorrow))
        self.assertFalse(self.changes(self.lesson_tomorrow, "topic").seal_id)

    def test_class_teacher_sets_no_login_by_a_default(self):
        model = "ejournal.parent"
        self.set_default(self.class_teacher, model, "user_id", self.stranger.id)
        vals = [{"last_name": "А", "first_name": "Б"}]
        [parent_id] = self.rpc(self.class_teacher, model, "create", vals)
        self.assertFalse(self.env[model].browse(parent_id).user_id)


@tagged("post_install", "-at_install")
class TestDeputyAlone(WaysRound):
    """A deputy director alone enters no other teacher's marks."""

    def setUp(self):
        super().setUp()
        self.save(self.entry("topic", "Roots"))

    def test_she_does_not_assign_herself(self):
        vals = self.co_teacher(self.deputy)
        self.refused(self.deputy, "ejournal.assignment", "create", [vals])
        self.refused(
            self.deputy,
            "ejournal.journal",
            "write",
            self.journal.ids,
            {"teacher_id": self.deputy.id},
        )
        reader = self.env["ejournal.assignment"].create({**vals, "may_write": False})
        self.refused(
            self.deputy, "ejournal.assignment", "write", reader.ids, {"may_write": True}
        )

    def test_she_does_not_put_herself_into_the_timetable(self):
        slot = {
            "journal_id": self.journal.id,
            "teacher_id": self.deputy.id,
            "weekday": 2,
            "number": 6,
            "date_start": TODAY,
        }
        self.refused(self.deputy, "ejournal.timetable.slot", "create", [slot])

    def test_her_own_journal_she_sets_up_herself(self):
        journal = self._make_journal(self.physics, self.class_a, self.teacher)
        self.as_user(journal, self.deputy).teacher_id = self.deputy
        self.assertEqual(journal.teacher_id, self.deputy)

    def test_an_outage_opens_nothing_to_a_co_teacher(self):
        self.env["ejournal.assignment"].create(self.co_teacher(self.deputy))
        self.refused(
            self.deputy,
            "ejournal.unlock",
            "open_unasked",
            self.lesson_yesterday.ids,
            False,
            False,
            "outage",
        )
        other = self._user("deputy_2", "group_deputy", name="Орозов Талант")
        self.rpc(
            other,
            "ejournal.unlock",
            "open_unasked",
            self.lesson_yesterday.ids,
            False,
            False,
            "outage",
        )
        self.assertEqual(self.enter(self.deputy, self.lesson_yesterday), "refused")
        self.assertEqual(self.enter(self.teacher, self.lesson_yesterday), "ok")

    def test_substitute_of_a_lesson_with_entries_is_named_by_order(self):
        vals = {"substitute_id": self.colleague.id}
        self.refused(self.deputy, "ejournal.lesson", "write", self.lesson.ids, vals)
        self.rpc(
            self.deputy,
            "ejournal.lesson",
            "write",
            self.lesson.ids,
            {**vals, "order_ref": "№ 4"},
        )
        self.assertEqual(self.lesson.entrant_id, self.colleague)

    def test_director_names_substitutes_where_a_deputy_is_concerned(self):
        lesson = self.lesson_tomorrow
        vals = {"substitute_id": self.colleague.id}
        self.refused(self.director, "ejournal.lesson", "write", lesson.ids, vals)
        vals = {"substitute_id": self.deputy.id}
        self.rpc(self.director, "ejournal.lesson", "write", lesson.ids, vals)
        self.assertEqual(lesson.entrant_id, self.deputy)

    def test_marker_is_named_for_control_works_only(self):
        vals = {"marker_id": self.colleague.id}
        answers = self._work(self.lesson)
        self.refused(self.deputy, "ejournal.work", "write", answers.ids, vals)
        control = self._work(self.lesson, self.control_type)
        self.rpc(self.deputy, "ejournal.work", "write", control.ids, vals)
        self.assertEqual(control.marker_id, self.colleague)


@tagged("post_install", "-at_install")
class TestClosedPeriod(WaysRound):
    """What a closed period counts stays, whichever row is turned."""

    def close(self):
        self.as_user(self.quarter, self.deputy).action_close()

    def _other_calendar(self):
        calendar = self.env["ejournal.calendar"].create(
            {"year_id": self.year.id, "name": "other"}
        )
        calendar.period_ids.unlink()
        self.env["ejournal.period"].create(
            {
                "calendar_id": calendar.id,
                "kind": "quarter",
                "sequence": 1,
                "date_start": "2026-09-01",
                "date_end": "2026-11-01",
            }
        )
        return calendar

    def test_exemption_keeps_pupil_and_subject(self):
        exemption = self.env["ejournal.exemption"].create(
            {
                "pupil_id": self.pupil.id,
                "subject_id": self.algebra.id,
                "date_start": "2026-09-01",
                "date_end": "2026-09-30",
            }
        )
        self.close()
        for vals in (
            {"subject_id": self.physics.id},
            {"pupil_id": self.pupils[1].id},
        ):
            self.refused(
                self.deputy, "ejournal.exemption", "write", exemption.ids, vals
            )

    def test_holiday_is_not_reached_through_another_calendar(self):
        holiday = self.env["ejournal.holiday"].create(
            {
                "calendar_id": self.calendar.id,
                "name": "Break",
                "date_start": "2026-09-21",
                "date_end": "2026-09-21",
            }
        )
        other = self._other_calendar()
        self.close()
        for command in (
            Command.update(holiday.id, {"date_end": "2026-09-25"}),
            Command.link(holiday.id),
            Command.delete(holiday.id),
        ):
            vals = {"holiday_ids": [command]}
            self.refused(self.deputy, "ejournal.calendar", "write", other.ids, vals)
            vals = {"year_id": self.year.id, "name": "new", **vals}
            self.refused(self.deputy, "ejournal.calendar", "create", [vals])

    def test_journal_keeps_its_calendar(self):
        other = self._other_calendar()
        self.close()
        vals = {"calendar_id": other.id}
        self.refused(self.deputy, "ejournal.journal", "write", self.journal.ids, vals)

    def test_lesson_with_entries_never_falls_out_of_the_periods(self):
        self.save(self.entry("mark", "3"))
        for vals in ({"date_end": "2026-10-10"}, {"kind": "year"}):
            self.refused(
                self.deputy, "ejournal.period", "write", self.quarter.ids, vals
            )
        command = Command.update(self.quarter.id, {"date_end": "2026-10-01"})
        for calendar in (self.calendar, self._other_calendar()):
            vals = {"period_ids": [command]}
            self.refused(self.deputy, "ejournal.calendar", "write", calendar.ids, vals)

    def test_marks_keep_their_meaning(self):
        self.save(self.entry("mark", "3"))
        three = self.journal.scale_id.value_ids.filtered(lambda v: v.value == "3")
        for model, record, vals in (
            ("ejournal.journal", self.journal, {"assessment": "none"}),
            ("ejournal.scale.value", three, {"value": "8"}),
            ("ejournal.scale.value", three, {"score": 5}),
        ):
            self.refused(self.deputy, model, "write", record.ids, vals)

    def test_subgroup_with_entries_keeps_its_classes(self):
        subgroup = self.env["ejournal.subgroup"].create(
            {"name": "1", "class_ids": [Command.set(self.class_a.ids)]}
        )
        self.env["ejournal.subgroup.member"].create(
            {
                "subgroup_id": subgroup.id,
                "pupil_id": self.pupil.id,
                "date_start": "2026-09-01",
            }
        )
        journal = self.env["ejournal.journal"].create(
            {
                "year_id": self.year.id,
                "subgroup_id": subgroup.id,
                "subject_id": self.physics.id,
                "teacher_id": self.teacher.id,
            }
        )
        lesson = self._make_lesson(journal, TODAY, 5)
        self.save(self.entry("topic", "x", lesson=lesson), journal=journal)
        vals = {"class_ids": [Command.link(self.class_b.id)]}
        self.refused(self.deputy, "ejournal.subgroup", "write", subgroup.ids, vals)


@tagged("post_install", "-at_install")
class TestLittleHoles(WaysRound):
    def test_topic_of_a_plan_stays_while_lessons_name_it(self):
        plan = self.env["ejournal.plan"].create(
            {
                "journal_id": self.journal.id,
                "topic_ids": [Command.create({"title": "Sets"})],
            }
        )
        vals = {"plan_topic_ids": [Command.set(plan.topic_ids.ids)]}
        self.rpc(self.teacher, "ejournal.lesson", "write", self.lesson.ids, vals)
        with self.at("2026-10-20 04:00:00"), self.assertRaises(UserError):
            with self.env.cr.savepoint():
                self.rpc(
                    self.teacher,
                    "ejournal.plan.topic",
                    "unlink",
                    plan.topic_ids.ids,
                )
        self.env.invalidate_all()
        self.assertTrue(self.lesson.plan_topic_ids)

    def test_permission_leaves_no_grace_behind(self):
        self.control_type.write({"grace_days": 20, "order_ref": "№ 1"})
        with self.at("2026-10-15 04:00:00"):
            lesson = self.as_user(self.lesson, self.teacher)
            unlock_id = lesson.ask_to_open("x", "marks")
            self.rpc(
                self.deputy,
                "ejournal.unlock",
                "action_approve",
                [unlock_id],
                "2026-10-15 06:00:00",
            )
            vals = {"lesson_id": self.lesson.id, "type_id": self.control_type.id}
            self.rpc(self.teacher, "ejournal.work", "create", [vals])
        with self.at("2026-10-25 04:00:00"):
            work = self.lesson.work_ids
            self.assertEqual(
                self.enter(self.teacher, self.lesson, work=work), "refused"
            )

    def test_record_hands_out_no_passage(self):
        row = {
            "company_id": self.school.id,
            "model_name": "x",
            "res_id": 1,
            "field_name": "x",
            "basis": "duty",
        }
        rows = self.env["ejournal.change"]._append([row])
        self.assertFalse(rows and has_passage(rows.env))
        self.save(self.entry("mark", "3"))
        with self.at(AFTER_MIDNIGHT):
            seal = self.env["ejournal.seal"]._seal_days(self.school)
        self.assertFalse(has_passage(seal.env))

    def test_closing_time_of_tomorrow_is_not_taken_back(self):
        [rule_id] = self.rpc(
            self.deputy,
            "ejournal.lock.rule",
            "create",
            [
                {
                    "date_start": "2026-10-15",
                    "tz": "Pacific/Kiritimati",
                    "closing_time": 6.0,
                    "order_ref": "№ 1",
                }
            ],
        )
        with self.at("2026-10-14 17:00:00"):  # 07:00 of the 15th there
            window = self.window(self.lesson_tomorrow)["content"]
            self.assertEqual(window["state"], "closed")
            self.refused(self.deputy, "ejournal.lock.rule", "unlink", [rule_id])

    def test_names_of_parents_are_not_told_by_number(self):
        spec = {"parent_id": {"fields": {"display_name": {}}}}
        context = {"default_parent_id": self.parent.id}
        told = {}
        for user in (self.colleague, self.class_teacher):
            try:
                answer = self.rpc(
                    user,
                    "ejournal.guardian",
                    "onchange",
                    [],
                    {},
                    [],
                    spec,
                    context=context,
                )
            except UserError as error:
                answer = str(error)
            told[user] = self.parent.last_name in str(answer)
        self.assertEqual(told, {self.colleague: False, self.class_teacher: True})

    def test_tampering_by_sql_with_what_a_lesson_says_is_found(self):
        self.save(
            self.entry("mark", "3"),
            self.entry("comment", "c"),
            self.entry("topic", "t"),
            self.entry("attendance", "late:5", pupil=self.pupils[1]),
        )
        with self.at(AFTER_MIDNIGHT):
            self.env["ejournal.seal"]._seal_days(self.school)
        mark, lesson = self.lesson.mark_ids.id, self.lesson.id
        forged = (
            "INSERT INTO ejournal_change (company_id, model_name, res_id, field_name, "
            "old_value, new_value, lesson_id, journal_id, pupil_id, user_id, "
            "entered_at, basis) SELECT company_id, model_name, res_id, field_name, '3', "
            "'5', lesson_id, journal_id, pupil_id, user_id, entered_at, basis FROM "
            "ejournal_change WHERE model_name = 'ejournal.mark' AND field_name = "
            "'value'; UPDATE ejournal_mark SET value = '5'"
        )
        tampering = (
            f"UPDATE ejournal_lesson SET topic = 'other' WHERE id = {lesson}",
            f"UPDATE ejournal_mark SET comment = 'other' WHERE id = {mark}",
            f"UPDATE ejournal_mark SET pupil_id = {self.pupils[3].id}"
            f" WHERE id = {mark}",
            f"UPDATE ejournal_attendance SET minutes = 0 WHERE lesson_id = {lesson}",
            f"UPDATE ejournal_work SET struck_out = true WHERE lesson_id = {lesson}",
            "UPDATE ejournal_change SET seal_id = NULL; DELETE FROM ejournal_seal",
            forged,
        )
        self.env.flush_all()
        lift_guard(self.env.cr)
        unseen = []
        for query in tampering:
            with self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(query)
                self.env.invalidate_all()
                if query == forged:
                    with self.at("2026-10-16 18:30:00"):
                        self.env["ejournal.seal"]._seal_days(self.school)
                seals = self.as_user(self.env["ejournal.seal"], self.director)
                with self.at("2026-10-17 04:00:00"):
                    if query != forged and "DELETE" not in query:
                        with self.at("2026-10-15 04:00:00"):
                            result = seals.verify("2026-10-01", "2026-10-17")
                    else:
                        result = seals.verify("2026-10-01", "2026-10-17")
                if result["ok"]:
                    unseen.append(query[:60])
                savepoint.rollback()
                self.env.invalidate_all()
        self.assertFalse(unseen)
