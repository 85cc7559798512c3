"""Two schools in one database never meet, also where one person has both."""

import base64
from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import NOW, TODAY, YESTERDAY, lift_guard
from .import_common import ASAN, OMUR, workbook
from .rights_common import RightsCase, dialogs_of, models_of

# These take their school from what they point at; that no user pushes them over is tested
# in test_rights_escapes.
FOLLOWS_ITS_SCHOOL = {
    ("ejournal.bell", "shift_id"),
    ("ejournal.day", "calendar_id"),
    ("ejournal.holiday", "calendar_id"),
    ("ejournal.pupil.card", "pupil_id"),
    ("ejournal.plan", "journal_id"),
    ("ejournal.plan.topic", "plan_id"),
    ("ejournal.notice.read", "notice_id"),
}


@tagged("post_install", "-at_install")
class TestSchools(RightsCase):
    @classmethod
    def _make_journals(cls):
        super()._make_journals()
        both = cls.school | cls.school_f
        cls.traveller = cls._user(
            "t_both", "group_teacher", name="Эки мектептеги Мугалим"
        )
        cls.traveller.company_ids = both
        for place in (cls.place_a, cls.place_f):
            cls.env["ejournal.assignment"].create(
                {
                    "journal_id": place.journal.id,
                    "teacher_id": cls.traveller.id,
                    "role": "co",
                    "may_write": True,
                    "date_start": "2026-09-01",
                }
            )

    def env_at(self, user, *schools):
        """A request of ``user`` with these schools chosen, the first one present."""
        self.env.flush_all()
        self.env.invalidate_all()
        ids = [school.id for school in schools]
        context = {**self.env.context, "allowed_company_ids": ids}
        return self.env(user=user, su=False, context=context)

    def _mark_in(self, env, place, value="4", pupil=1):
        journal = env["ejournal.journal"].browse(place.journal.id)
        return journal.save_entries(
            [self.entry("mark", value, lesson=place.lesson, pupil=place.pupils[pupil])]
        )[0]

    # ---- what is seen ----------------------------------------------------------------

    def test_each_sees_only_the_own_school(self):
        """By search, whatever the role: also the deputy of the other school."""
        for user in (self.foreign["deputy"], self.foreign["teacher"]):
            env = self.env_at(user, self.school_f)
            for model in models_of(self.env) - dialogs_of(self.env):
                if not env[model].has_access("read"):
                    continue
                schools = env[model].with_context(active_test=False).search([])
                self.assertLessEqual(schools.company_id, self.school_f, model)

    def test_who_has_both_schools_sees_those_that_are_chosen(self):
        for chosen in ([self.school], [self.school_f], [self.school, self.school_f]):
            env = self.env_at(self.traveller, *chosen)
            seen = env["ejournal.journal"].search([]).company_id
            self.assertEqual(set(seen.ids), {school.id for school in chosen})

    def test_nobody_chooses_a_school_he_does_not_have(self):
        with self.assertRaises(AccessError):
            env = self.env_at(self.teacher, self.school, self.school_f)
            env["ejournal.journal"].search([])

    def test_page_of_the_other_school_is_refused(self):
        env = self.env_at(self.teacher, self.school)
        journal = env["ejournal.journal"].browse(self.place_f.journal.id)
        with self.assertRaises(AccessError):
            journal.load_page("2026-10-01", "2026-10-20")
        with self.assertRaises(AccessError):
            journal.open_page()

    # ---- what is written -------------------------------------------------------------

    def test_ids_of_the_other_school_are_refused_cell_by_cell(self):
        own, foreign = self.place_a, self.place_f
        answers = self.save(
            self.entry("mark", "5", lesson=foreign.lesson, pupil=foreign.pupils[0]),
            self.entry("mark", "5", lesson=own.lesson, pupil=foreign.pupils[0], key=2),
            self.entry(
                "mark",
                "5",
                lesson=own.lesson,
                work=foreign.work,
                pupil=own.pupils[2],
                key=3,
            ),
            self.entry("mark", "5", lesson=own.lesson, pupil=own.pupils[3], key=4),
            journal=own.journal,
        )
        statuses = [answer["status"] for answer in answers]
        self.assertEqual(statuses, ["refused", "refused", "refused", "ok"], answers)
        self.assertEqual(len(foreign.lesson.mark_ids), 1)
        # nothing of the other school is told either
        for answer in answers[:3]:
            self.assertNotIn(foreign.pupils[0].name, answer["reason"])
            self.assertNotIn(foreign.journal.name, answer["reason"])

    def test_who_teaches_in_both_enters_in_both_whichever_is_present(self):
        for first, second in (
            (self.school, self.school_f),
            (self.school_f, self.school),
        ):
            env = self.env_at(self.traveller, first, second)
            for place in (self.place_a, self.place_f):
                pupil = 1 if first == self.school else 2
                answer = self._mark_in(env, place, pupil=pupil)
                self.assertEqual(answer["status"], "ok", answer)
        self.assertEqual(self.place_f.lesson.mark_ids.company_id, self.school_f)

    def test_each_lesson_closes_by_its_own_schools_clock(self):
        """In the second school it is Moscow's time and the day closes at 18:00."""
        self.env.cr.execute(
            "UPDATE ejournal_lock_rule SET tz = 'Europe/Moscow', closing_time = 18 "
            "WHERE company_id = %s AND date_start = '1970-01-01'",
            [self.school_f.id],
        )
        for schools in (
            (self.school, self.school_f),
            (self.school_f, self.school),
        ):
            with self.at("2026-10-14 15:30:00"):  # 21:30 in Bishkek, 18:30 in Moscow
                env = self.env_at(self.traveller, *schools)
                states = [
                    env["ejournal.lesson"]
                    .browse(place.lesson.id)
                    ._entry_window()[place.lesson.id]["content"]["state"]
                    for place in (self.place_a, self.place_f)
                ]
                self.assertEqual(states, ["open", "closed"])

    def test_same_numbers_in_both(self):
        """PINs, logins of marks, subjects, classes: unique within a school only."""
        pin = "21205201300001"
        for place in (self.place_a, self.place_f):
            place.records["ejournal.pupil.card"].pin = pin
        self.env.flush_all()
        self.assertEqual(self.class_a.name, self.place_f.class_.name)
        self.assertEqual(self.year.name, self.place_f.year.name)
        env = self.env_at(self.deputy, self.school)
        found = env["ejournal.pupil.card"].search([("pin", "=", pin)])
        self.assertEqual(found.id, self.place_a.records["ejournal.pupil.card"].id)

    # ---- imports ---------------------------------------------------------------------

    def test_one_list_imported_by_both_makes_two_worlds(self):
        content = base64.b64encode(workbook(ASAN, OMUR))
        for user, school in (
            (self.deputy, self.school),
            (self.foreign["deputy"], self.school_f),
        ):
            env = self.env_at(user, school)
            wizard = env["ejournal.import"].create({"kind": "pupils", "file": content})
            wizard.action_preview()
            self.assertNotIn("same", wizard.line_ids.mapped("status"))
            wizard.action_import()
        cards = self.env["ejournal.pupil.card"].search([("pin", "=", ASAN[6])])
        self.assertEqual(cards.company_id, self.school | self.school_f)
        self.assertEqual(len(cards), 2)
        for card in cards:
            pupil = card.pupil_id
            self.assertEqual(pupil.enrollment_ids.class_id.company_id, card.company_id)
            parents = pupil.guardian_ids.parent_id
            self.assertEqual(parents.company_id, card.company_id)

    def test_odoos_own_import_reaches_no_other_school(self):
        env = self.env_at(self.deputy, self.school)
        before = self.env["ejournal.pupil"].search_count([])
        result = env["ejournal.pupil"].load(
            ["last_name", "first_name", "company_id/.id"],
            [["Асанов", "Бек", str(self.school_f.id)]],
        )
        self.assertFalse(result["ids"])
        self.assertTrue(result["messages"])
        self.assertEqual(self.env["ejournal.pupil"].search_count([]), before)

    # ---- settings, rules, seals ------------------------------------------------------

    def test_settings_and_closing_times_are_each_schools_own(self):
        env = self.env_at(self.deputy, self.school)
        action = env["ejournal.settings"].action_open()
        self.assertEqual(action["res_id"], self.school._ejournal_settings().id)
        for model in ("ejournal.settings", "ejournal.lock.rule", "ejournal.work.type"):
            self.assertEqual(env[model].search([]).company_id, self.school, model)
        with self.assertRaises(UserError):
            env["ejournal.lock.rule"].create(
                {
                    "company_id": self.school_f.id,
                    "date_start": "2027-03-01",
                    "order_ref": "№ 1",
                }
            )

    def test_each_school_has_a_chain_of_its_own(self):
        Seal = self.env["ejournal.seal"]
        lift_guard(self.env.cr)
        self.env.cr.execute("DELETE FROM ejournal_seal")
        with self.at(NOW + timedelta(days=1)):
            for school in (self.school, self.school_f):
                Seal._seal_days(school)
            both = Seal.search(
                [("company_id", "in", (self.school | self.school_f).ids)]
            )
            self.assertEqual(both.company_id, self.school | self.school_f)
            sealed = self.env["ejournal.change"].search([("seal_id", "!=", False)])
            for change in sealed:
                self.assertEqual(change.seal_id.company_id, change.company_id)
            span = (NOW - timedelta(days=90), NOW + timedelta(days=2))
            # the second school's record is tampered with: the first one's stays sound
            self.env.cr.execute(
                "UPDATE ejournal_change SET new_value = '2' WHERE id = %s",
                [
                    sealed.filtered(
                        lambda c: (
                            c.company_id == self.school_f
                            and c.model_name == "ejournal.mark"
                        )
                    )[0].id
                ],
            )
            own = self.env_at(self.deputy, self.school)["ejournal.seal"]
            foreign = self.env_at(self.foreign["deputy"], self.school_f)[
                "ejournal.seal"
            ]
            self.assertTrue(own.verify(*span)["ok"])
            answer = foreign.verify(*span)
            self.assertFalse(answer["ok"])
            self.assertEqual(
                answer["problem"]["journal_id"], self.place_f.journal.id, answer
            )

    # ---- relations -------------------------------------------------------------------

    def test_nothing_of_one_school_points_at_another(self):
        """Each many2one and many2many of ours, with a record of the other school; asked
        as the superuser, whom no rule stops."""
        others = {
            **self.place_f.records,
            "res.users": self.foreign["teacher"],
        }
        got_through, asked = set(), 0
        for model, record in self.place_a.records.items():
            for field in record._fields.values():
                if (
                    field.type not in ("many2one", "many2many")
                    or not field.store
                    or not field.check_company
                    or (field.compute and field.readonly)
                    or field.related
                ):
                    continue
                other = others[field.comodel_name]
                value = (
                    other.id if field.type == "many2one" else [Command.set(other.ids)]
                )
                asked += 1
                savepoint = self.env.cr.savepoint()
                try:
                    with mute_logger("odoo.sql_db"):
                        record.with_env(self.env).write({field.name: value})
                        self.env.flush_all()
                except UserError:
                    continue
                except IntegrityError:
                    pass  # nothing but a number that is taken there stood in the way
                finally:
                    savepoint.close(rollback=True)
                got_through.add((model, field.name))
        self.assertGreater(asked, 40)
        self.assertEqual(got_through, FOLLOWS_ITS_SCHOOL)

    def test_class_of_one_school_gets_no_pupil_of_another(self):
        with self.assertRaises(UserError):
            self.env["ejournal.enrollment"].create(
                {
                    "pupil_id": self.place_f.newcomers[0].id,
                    "class_id": self.class_a.id,
                    "date_start": TODAY,
                }
            )

    def test_teacher_of_one_school_gets_no_lesson_of_another(self):
        stranger = self.foreign["teacher"]
        with self.assertRaises(UserError):
            self.place_a.journal.teacher_id = stranger
        with self.assertRaises(UserError):
            self._make_lesson(
                self.place_a.journal, YESTERDAY, 6, teacher_id=stranger.id
            )
