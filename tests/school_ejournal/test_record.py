"""The change record and its nightly seals."""

from datetime import datetime, timedelta

from psycopg2 import InternalError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.school_ejournal.tools import chain

from ..common import NOW, SchoolCase, lift_guard

AFTER_MIDNIGHT = NOW.replace(hour=18, minute=30)  # 00:30 of 15 October in Bishkek


@tagged("post_install", "-at_install")
class TestChange(SchoolCase):
    def test_change_says_who_when_what_and_on_what_basis(self):
        self.save(self.entry("mark", "4"))
        with self.at(NOW + timedelta(minutes=5)):
            self.save(self.entry("mark", "5", old="4"))
        mark = self.lesson.mark_ids
        first, second = self.changes(mark, "value")
        self.assertEqual((first.old_value, first.new_value), ("", "4"))
        self.assertEqual((second.old_value, second.new_value), ("4", "5"))
        self.assertEqual(second.user_id, self.teacher)
        self.assertEqual(second.entered_at, NOW + timedelta(minutes=5))
        self.assertEqual(second.basis, "same_day")
        self.assertEqual(second.lesson_id, self.lesson)
        self.assertEqual(second.journal_id, self.journal)
        self.assertEqual(second.pupil_id, self.pupil)

    def test_writing_the_same_value_records_nothing(self):
        self.save(self.entry("mark", "4"))
        before = self.env["ejournal.change"].search_count([])
        self.as_user(self.lesson.mark_ids, self.teacher).value = "4"
        self.assertEqual(self.env["ejournal.change"].search_count([]), before)

    def test_nobody_writes_or_deletes_the_record(self):
        self.save(self.entry("mark", "4"))
        change = self.changes(self.lesson.mark_ids, "value")
        users = (
            self.teacher,
            self.deputy,
            self.director,
            self.admin,
            self.env.ref("base.user_admin"),
            self.env.ref("base.user_root"),
        )
        for user in users:
            for su in (False, True):
                row = change.with_env(self.env(user=user, su=su))
                with self.subTest(user=user.login, su=su):
                    with self.assertRaises(AccessError):
                        row.write({"new_value": "5"})
                    with self.assertRaises(AccessError):
                        row.unlink()
                    with self.assertRaises(AccessError):
                        row.create(
                            {
                                "company_id": self.school.id,
                                "model_name": "ejournal.mark",
                                "res_id": 1,
                                "field_name": "value",
                                "user_id": user.id,
                                "entered_at": NOW,
                                "basis": "duty",
                            }
                        )

    def test_schedule_change_is_recorded_as_duty_and_by_order(self):
        lesson = self.as_user(self.lesson_tomorrow, self.deputy)
        lesson.write({"number": 5})
        self.assertEqual(self.changes(lesson, "number").basis, "duty")
        self.save(self.entry("mark", "5"))
        today = self.as_user(self.lesson, self.deputy)
        with self.assertRaises(UserError):
            today.write({"number": 6})
        today.write({"number": 6, "order_ref": "№ 3"})
        self.assertEqual(self.changes(today, "number").basis, "order")


@tagged("post_install", "-at_install")
class TestSeal(SchoolCase):
    def _seal(self, moment=AFTER_MIDNIGHT):
        with self.at(moment):
            return self.env["ejournal.seal"]._seal_days(self.school)

    def _verify(self, user=None):
        seals = self.as_user(self.env["ejournal.seal"], user or self.deputy)
        return seals.verify("2026-10-01 00:00:00", "2026-10-31 00:00:00")

    def _sealed_mark(self):
        self.save(
            self.entry("mark", "4", key=1),
            self.entry("mark", "5", pupil=self.pupils[1], key=2),
            self.entry("topic", "Roots", key=3),
        )
        self._seal()
        return self.lesson.mark_ids.filtered(lambda m: m.pupil_id == self.pupil)

    def _sql(self, query, *params):
        """As the owner of the database, who can lift its guard."""
        self.env.flush_all()
        lift_guard(self.env.cr)
        self.env.cr.execute(SQL(query, *params))
        self.env.invalidate_all()

    def test_the_database_lets_a_row_be_sealed_and_nothing_else(self):
        mark = self._sealed_mark()
        change = self.changes(mark, "value")
        self.env.flush_all()
        for query in (
            "UPDATE ejournal_change SET new_value = '5' WHERE id = %s",
            "UPDATE ejournal_change SET seal_id = NULL WHERE id = %s",
            "UPDATE ejournal_change SET lesson_id = NULL WHERE id = %s",
            "DELETE FROM ejournal_change WHERE id = %s",
        ):
            with self.subTest(query), mute_logger("odoo.sql_db"):
                with self.assertRaises(InternalError), self.env.cr.savepoint():
                    self.env.cr.execute(query, [change.id])
        for query in (
            "UPDATE ejournal_seal SET count = 0",
            "DELETE FROM ejournal_seal",
            "TRUNCATE ejournal_change CASCADE",
        ):
            with self.subTest(query), mute_logger("odoo.sql_db"):
                with self.assertRaises(InternalError), self.env.cr.savepoint():
                    self.env.cr.execute(query)

    def test_seal_covers_the_day_up_to_its_closing(self):
        mark = self._sealed_mark()
        seal = self.changes(mark, "value").seal_id
        self.assertEqual(seal.time_to, datetime(2026, 10, 14, 18, 0))
        self.assertGreaterEqual(seal.count, 3)
        self.assertEqual(len(seal.digest), 64)
        self.assertTrue(self._verify()["ok"])

    def test_rows_of_today_wait_for_the_night(self):
        self.save(self.entry("mark", "4"))
        self._seal(NOW + timedelta(hours=1))
        self.assertFalse(self.changes(self.lesson.mark_ids, "value").seal_id)

    def test_seals_are_chained_and_empty_nights_have_one(self):
        self._sealed_mark()
        second = self._seal(AFTER_MIDNIGHT + timedelta(days=1))
        third = self._seal(AFTER_MIDNIGHT + timedelta(days=2))
        self.assertEqual(third.count, 0)
        self.assertEqual(third.previous_digest, second.digest)
        self.assertFalse(self._seal(AFTER_MIDNIGHT + timedelta(days=2)), "once a night")
        self.assertTrue(self._verify()["ok"])

    def test_late_row_goes_into_the_next_seal(self):
        """Committed after the night's seal although it was entered before."""
        with self.at("2026-10-14 17:59:00"):
            self.save(self.entry("mark", "4"))
        change = self.changes(self.lesson.mark_ids, "value")
        self._sql("UPDATE ejournal_change SET seal_id = NULL WHERE id = %s", change.id)
        hidden = change.id
        self._sql(
            "UPDATE ejournal_change SET company_id = %s WHERE id = %s",
            self.env.ref("base.main_company").id,
            hidden,
        )
        self._seal()
        self._sql(
            "UPDATE ejournal_change SET company_id = %s WHERE id = %s",
            self.school.id,
            hidden,
        )
        next_seal = self._seal(AFTER_MIDNIGHT + timedelta(days=1))
        self.assertEqual(change.seal_id, next_seal)
        self.assertTrue(self._verify()["ok"])

    def test_altered_row_is_named_by_day_and_lesson(self):
        mark = self._sealed_mark()
        change = self.changes(mark, "value")
        self._sql("UPDATE ejournal_change SET new_value = '5' WHERE id = %s", change.id)
        result = self._verify()
        self.assertFalse(result["ok"])
        problem = result["problem"]
        self.assertEqual(problem["kind"], "record")
        self.assertEqual(problem["lesson_id"], self.lesson.id)
        self.assertEqual(problem["journal_id"], self.journal.id)
        self.assertEqual(str(problem["day"]), "2026-10-14")
        self.assertIn("14.10.2026", problem["text"])

    def test_each_field_of_a_row_is_sealed(self):
        mark = self._sealed_mark()
        change = self.changes(mark, "value")
        for column, value in [
            ("old_value", "3"),
            ("user_id", self.colleague.id),
            ("pupil_id", self.pupils[2].id),
            ("entered_at", NOW - timedelta(days=1)),
            ("basis", "unlock"),
            ("basis_id", 7),
            ("res_id", mark.id + 1),
        ]:
            with self.subTest(column=column), self.env.cr.savepoint() as savepoint:
                self._sql(
                    "UPDATE ejournal_change SET %s = %s WHERE id = %s",
                    SQL.identifier(column),
                    value,
                    change.id,
                )
                self.assertEqual(self._verify()["problem"]["kind"], "record")
                savepoint.rollback()

    def test_removed_row_is_found(self):
        mark = self._sealed_mark()
        change = self.changes(mark, "value")
        self._sql("DELETE FROM ejournal_change WHERE id = %s", change.id)
        self.assertEqual(self._verify()["problem"]["lesson_id"], self.lesson.id)

    def test_row_put_in_is_found(self):
        mark = self._sealed_mark()
        change = self.changes(mark, "value")
        self._sql(
            """
            INSERT INTO ejournal_change
                   (company_id, model_name, res_id, field_name, old_value, new_value,
                    lesson_id, journal_id, pupil_id, user_id, entered_at, basis, seal_id)
            SELECT company_id, model_name, res_id, field_name, '4', '5', lesson_id,
                   journal_id, pupil_id, user_id, entered_at, basis, seal_id
              FROM ejournal_change WHERE id = %s
            """,
            change.id,
        )
        problem = self._verify()["problem"]
        self.assertEqual(
            (problem["kind"], problem["lesson_id"]), ("record", self.lesson.id)
        )

    def test_mark_changed_removed_or_put_in_by_sql_is_found(self):
        mark = self._sealed_mark()
        work, school = mark.work_id, self.school
        tampering = {
            "altered": ("UPDATE ejournal_mark SET value = '5' WHERE id = %s", mark.id),
            "emptied": ("UPDATE ejournal_mark SET value = NULL WHERE id = %s", mark.id),
            "removed": ("DELETE FROM ejournal_mark WHERE id = %s", mark.id),
            "put in": (
                "INSERT INTO ejournal_mark (work_id, pupil_id, value, lesson_id, "
                "journal_id, date, company_id) VALUES (%s, %s, '5', %s, %s, %s, %s)",
                work.id,
                self.pupils[3].id,
                self.lesson.id,
                self.journal.id,
                self.lesson.date,
                school.id,
            ),
        }
        for name, (query, *params) in tampering.items():
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                self._sql(query, *params)
                problem = self._verify()["problem"]
                self.assertEqual(problem["kind"], "entries")
                self.assertEqual(problem["lesson_id"], self.lesson.id)
                savepoint.rollback()

    def test_seal_changed_removed_or_rebuilt_is_found(self):
        self._sealed_mark()
        first = self.env["ejournal.seal"].search([], limit=1)
        with self.at(NOW + timedelta(days=1)):
            self.save(self.entry("topic", "x", lesson=self.lesson_tomorrow))
        second = self._seal(AFTER_MIDNIGHT + timedelta(days=1))
        self._seal(AFTER_MIDNIGHT + timedelta(days=2))
        self.assertEqual(second.previous_digest, first.digest)
        rebuilt = chain.seal_digest(
            second.previous_digest, {**second._head(), "count": 0}
        )
        for query, *params in [
            ("UPDATE ejournal_seal SET count = count + 1 WHERE id = %s", second.id),
            (
                "UPDATE ejournal_seal SET count = 0, digest = %s WHERE id = %s",
                rebuilt,
                second.id,
            ),
        ]:
            with self.subTest(query), self.env.cr.savepoint() as savepoint:
                self._sql(query, *params)
                self.assertEqual(self._verify()["problem"]["kind"], "chain")
                savepoint.rollback()

    def test_seals_of_schools_are_chains_of_their_own(self):
        other = self._make_school("Other school")
        self._sealed_mark()
        with self.at(AFTER_MIDNIGHT):
            seal = self.env["ejournal.seal"]._seal_days(other)
        self.assertEqual(seal.previous_digest, chain.NO_DIGEST)
        self.assertTrue(self._verify()["ok"])

    def test_seal_holds_no_names(self):
        self._sealed_mark()
        seal = self.env["ejournal.seal"].search([], limit=1)
        for pupil in self.pupils:
            self.assertNotIn(pupil.last_name, seal.lesson_digests)

    def test_who_may_verify(self):
        self._sealed_mark()
        for user in (self.deputy, self.director, self.admin):
            self.assertTrue(self._verify(user)["ok"])
        for user in (self.teacher, self.outsider, self.parent_user):
            with self.assertRaises(AccessError):
                self._verify(user)

    def test_scheduled_action_seals_every_school(self):
        self.save(self.entry("mark", "4"))
        cron = self.env.ref("school_ejournal.ir_cron_seal")
        with self.at(AFTER_MIDNIGHT), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertTrue(self.changes(self.lesson.mark_ids, "value").seal_id)
