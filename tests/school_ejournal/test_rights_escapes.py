"""Ways round the rights that were found once: each stays shut."""

from contextlib import contextmanager

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import TODAY, TOMORROW, YESTERDAY
from .rights_common import RightsCase


@tagged("post_install", "-at_install")
class TestEscapes(RightsCase):
    @contextmanager
    def refused(self, error=AccessError):
        with self.assertRaises(error), self.env.cr.savepoint():
            yield
        self.env.invalidate_all()

    # ---- a write that carries a record out of reach ----------------------------------

    def test_class_teacher_carries_nothing_over_to_another_class(self):
        theirs = self.pupils_b[2]
        for model in ("ejournal.guardian", "ejournal.pupil.card"):
            record = self.as_user(self.place_a.records[model], self.class_teacher)
            with self.refused():
                record.pupil_id = theirs

    def test_class_teacher_opens_no_foreign_parent_by_a_row_of_her_own(self):
        stranger = self.place_b.parent
        guardian = self.place_a.records["ejournal.guardian"]
        with self.refused():
            self.as_user(guardian, self.class_teacher).parent_id = stranger
        with self.refused():
            self.as_user(guardian, self.class_teacher).create(
                {"pupil_id": self.pupils[1].id, "parent_id": stranger.id}
            )
        with self.refused():
            self.as_user(self.pupil, self.class_teacher).write(
                {"guardian_ids": [Command.create({"parent_id": stranger.id})]}
            )
        # a parent whom she typed herself she may add
        parent = self.as_user(self.env["ejournal.parent"], self.class_teacher).create(
            {"last_name": "Жаңы", "first_name": "Апа"}
        )
        self.as_user(guardian, self.class_teacher).create(
            {"pupil_id": self.pupils[1].id, "parent_id": parent.id}
        )

    def test_login_of_a_parent_is_not_the_class_teachers_to_set(self):
        """A parent's login opens the diaries of the children in other classes too."""
        for record in (self.parent, self.pupil):
            with self.refused():
                self.as_user(record, self.class_teacher).user_id = self.stranger
        with self.refused():
            self.as_user(self.env["ejournal.parent"], self.class_teacher).create(
                {
                    "last_name": "Жаңы",
                    "first_name": "Апа",
                    "user_id": self.class_teacher.id,
                }
            )
        with self.refused():
            self.as_user(self.env["ejournal.parent"], self.class_teacher).with_context(
                default_user_id=self.class_teacher.id
            ).create({"last_name": "Жаңы", "first_name": "Апа"})
        self.as_user(self.parent, self.deputy).user_id = self.teacher

    def test_subgroup_of_several_classes_is_the_deputys(self):
        subgroup = self.as_user(self.place_a.subgroup, self.class_teacher)
        with self.refused():
            subgroup.class_ids = [Command.link(self.class_b.id)]
        self.as_user(self.place_a.subgroup, self.deputy).class_ids = [
            Command.link(self.class_b.id)
        ]
        with self.refused():
            self.as_user(self.place_a.subgroup, self.class_teacher).name = "mine"
        with self.refused():
            self.as_user(self.env["ejournal.subgroup"], self.class_teacher).create(
                {
                    "name": "both",
                    "class_ids": [Command.set((self.class_a | self.class_b).ids)],
                }
            )

    def test_deputy_pushes_nothing_into_another_school(self):
        own, foreign = self.place_a, self.place_f
        # nothing but the rights may stand in the way
        own.spares["ejournal.scale.value"].value = "of the first school"
        own.spares["ejournal.bell"].number = 19
        own.spares["ejournal.calendar"].name = "Of the first school"
        own.spares["ejournal.class"].letter = "Щ"
        moves = {
            "ejournal.scale.value": {"scale_id": foreign.scale.id},
            "ejournal.bell": {"shift_id": foreign.shift.id},
            "ejournal.calendar": {"year_id": foreign.year.id},
            "ejournal.holiday": {"calendar_id": foreign.calendar.id},
            "ejournal.subject": {"company_id": self.school_f.id},
            "ejournal.pupil": {"company_id": self.school_f.id},
            "ejournal.parent": {"company_id": self.school_f.id},
            "ejournal.year": {"company_id": self.school_f.id},
            "ejournal.shift": {"company_id": self.school_f.id},
            "ejournal.scale": {"company_id": self.school_f.id},
            "ejournal.work.type": {"company_id": self.school_f.id},
            "ejournal.guardian": {"pupil_id": foreign.pupils[2].id},
            "ejournal.pupil.card": {"pupil_id": foreign.pupils[2].id},
            "ejournal.exemption": {"pupil_id": foreign.pupils[2].id},
            "ejournal.enrollment": {"class_id": foreign.class_.id},
            "ejournal.class.teacher": {"class_id": foreign.class_.id},
            "ejournal.subgroup": {"class_ids": [Command.set(foreign.class_.ids)]},
            "ejournal.subgroup.member": {"subgroup_id": foreign.subgroup.id},
            "ejournal.assignment": {"journal_id": foreign.journal.id},
            "ejournal.timetable.slot": {"journal_id": foreign.journal.id},
            "ejournal.plan": {"journal_id": foreign.journal.id},
            "ejournal.journal": {"year_id": foreign.year.id},
            "ejournal.class": {"year_id": foreign.year.id},
        }
        got_through = []
        spares = {**own.spares, "ejournal.plan": own.plan}
        (foreign.spares["ejournal.plan"] | foreign.plan).unlink()
        for model, vals in moves.items():
            record = spares[model]
            try:
                with self.env.cr.savepoint():
                    self.env_of(self.deputy)[model].browse(record.id).write(vals)
                    self.env.flush_all()
            except UserError:
                continue
            got_through.append(model)
        self.assertFalse(got_through)

    def test_only_who_leads_a_class_types_parents(self):
        with self.refused():
            self.as_user(self.env["ejournal.parent"], self.teacher).create(
                {"last_name": "Жаңы", "first_name": "Апа"}
            )

    # ---- defaults in the context -----------------------------------------------------

    def test_defaults_in_the_context_slip_nothing_into_a_lesson(self):
        vals = {
            "journal_id": self.place_a.journal.id,
            "date": YESTERDAY,
            "number": 8,
            "teacher_id": self.teacher.id,
        }
        Lesson = self.as_user(self.env["ejournal.lesson"], self.deputy)
        for name, value in (
            ("topic", "x"),
            ("homework", "x"),
            ("attendance_confirmed", True),
            ("state", "held"),
            ("filled_at", "2026-10-13 05:00:00"),
            ("filled_on_time", True),
            ("was_held", True),
            ("cancelled_by_plan", True),
        ):
            with self.refused(UserError):
                Lesson.with_context(**{f"default_{name}": value}).create(vals)
        Lesson.create(vals)

    def test_defaults_in_the_context_approve_no_permission(self):
        Unlock = self.as_user(self.env["ejournal.unlock"], self.teacher)
        vals = {
            "lesson_ids": [Command.set(self.place_a.lesson.ids)],
            "reason": "x",
        }
        with self.refused(UserError):
            Unlock.with_context(
                default_state="approved", default_expires_at="2026-10-20 00:00:00"
            ).create({**vals, "user_id": self.teacher.id})
        with self.refused(UserError):
            Unlock.with_context(default_user_id=self.colleague.id).create(vals)

    def test_defaults_in_the_context_close_no_period(self):
        with self.refused(UserError):
            self.as_user(self.env["ejournal.period"], self.deputy).with_context(
                default_state="archived"
            ).create(self.place_a.new_vals("ejournal.period", 2))

    # ---- giving oneself a lesson -----------------------------------------------------

    def test_deputy_gives_no_lesson_to_herself(self):
        lesson = self.as_user(self.place_a.lesson, self.deputy)
        tomorrow = self._make_lesson(self.place_a.journal, TOMORROW, 3)
        with self.refused(UserError):
            lesson.teacher_id = self.deputy
        with self.refused():
            self.as_user(tomorrow, self.deputy).teacher_id = self.deputy
        with self.refused():
            lesson.write({"substitute_id": self.deputy.id, "order_ref": "№ 3"})
        with self.refused():
            lesson.create(
                {
                    "journal_id": self.place_a.journal.id,
                    "date": TODAY,
                    "number": 8,
                    "teacher_id": self.deputy.id,
                }
            )

    def test_deputy_who_teaches_the_journal_may_have_its_lessons(self):
        self.place_a.journal.teacher_id = self.deputy
        tomorrow = self._make_lesson(self.place_a.journal, TOMORROW, 3)
        tomorrow_of_other = self.as_user(tomorrow, self.deputy)
        tomorrow_of_other.teacher_id = self.colleague
        tomorrow_of_other.teacher_id = self.deputy

    def test_deputy_names_herself_marker_of_nothing(self):
        with self.refused():
            self.as_user(self.place_a.work, self.deputy).marker_id = self.deputy

    def test_teacher_names_no_marker_once_the_lesson_is_closed(self):
        with self.at("2026-10-15 04:00:00"):
            with self.refused(UserError):
                self.as_user(self.place_a.work, self.teacher).marker_id = self.colleague
            self.as_user(self.place_a.work, self.deputy).marker_id = self.colleague

    # ---- other people's accounts -----------------------------------------------------

    def test_nobody_of_the_school_edits_accounts(self):
        """E-mail change and password reset would take an account over."""
        for role in ("teacher", "class_teacher", "deputy", "director", "admin"):
            user = self.people[role]
            for victim in (self.colleague, self.env.ref("base.user_admin")):
                for vals in (
                    {"email": "thief@example.com"},
                    {"login": "thief"},
                    {"password": "thief-thief"},
                    {"group_ids": [Command.link(self.env.ref("base.group_system").id)]},
                ):
                    with self.subTest(role=role, vals=vals), self.refused():
                        self.as_user(victim, user).write(vals)
            with self.subTest(role=role), self.refused():
                self.as_user(self.env["res.users"], user).create(
                    {"name": "x", "login": "x"}
                )
            with self.subTest(role=role), self.refused():
                self.as_user(user, user).group_ids = [
                    Command.link(self.env.ref("base.group_system").id)
                ]

    # ---- rules of the lock -----------------------------------------------------------

    def test_deputy_makes_no_closing_time_of_the_past(self):
        rule = self.env["ejournal.lock.rule"].search(
            [("company_id", "=", self.school.id)], order="date_start", limit=1
        )
        Rule = self.as_user(rule, self.deputy)
        with self.refused(UserError):
            Rule.create({"date_start": "1970-01-02", "order_ref": "№ 1"})
        with self.refused(UserError):
            rule.with_user(self.deputy).unlink()
        self.env.cr.execute("DELETE FROM ejournal_lock_rule WHERE id = %s", [rule.id])
        with self.refused(UserError):
            Rule.create({"date_start": "1970-01-01", "order_ref": "№ 1"})

    # ---- what our addon must not break or tell ----------------------------------------

    def test_everybody_reads_the_company_as_before(self):
        """Other programs read all fields of a company; ours are not among them."""
        for role in ("teacher", "employee"):
            env = self.env_of(self.people[role])
            [row] = env["res.company"].search_read([("id", "=", self.school.id)])
            self.assertFalse([name for name in row if name.startswith("ejournal")])

    def test_live_messages_go_to_those_who_read_the_cells(self):
        journal, lesson = self.place_a.journal, self.place_a.lesson
        self.place_a.work.marker_id = self.colleague
        self.place_a.spares["ejournal.lesson"].substitute_id = self.class_teacher_b
        for user, expected in (
            (self.teacher, [journal]),
            (self.class_teacher, [journal]),
            (self.deputy, [journal]),
            (self.class_teacher_b, [self.place_a.spares["ejournal.lesson"]]),
            (self.colleague, []),
            (self.admin, []),
            (self.outsider, []),
            (self.parent_user, []),
            (self.foreign["teacher"], []),
        ):
            websocket = self.env_of(user)["ir.websocket"]
            channels = websocket._ejournal_channels(journal.ids)
            self.assertEqual(
                [(c._name, c.id) for c in channels],
                [(record._name, record.id) for record in expected],
                user.login,
            )
        self.assertTrue(lesson.exists())
