"""State of the service: what is checked, who is told what, and that silences are logged."""

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ..common import NOW, SchoolCase

DISK = "odoo.addons.school_ejournal.models.operation.ejournal_health.shutil"


@tagged("post_install", "-at_install")
class TestOutages(SchoolCase):
    def setUp(self):
        super().setUp()
        self.cron = self.env.ref("school_ejournal.ir_cron_beat")

    def beat(self, moment):
        with self.at(moment):
            self.env["ejournal.outage"]._cron_beat()

    def outages(self):
        return self.env["ejournal.outage"].search([("company_id", "=", self.school.id)])

    def test_regular_beats_are_no_outage(self):
        for minutes in (0, 5, 10, 25):
            self.beat(NOW + timedelta(minutes=minutes))
        self.assertFalse(self.outages())

    def test_a_silence_of_two_hours_is_logged_with_both_ends(self):
        self.beat(NOW)
        self.beat(NOW + timedelta(hours=2))
        self.beat(NOW + timedelta(hours=2, minutes=5))
        [outage] = self.outages()
        self.assertEqual(outage.time_from, NOW)
        self.assertEqual(outage.time_to, NOW + timedelta(hours=2))
        self.assertEqual(outage.duration, 2)

    def test_nobody_writes_the_log_by_hand(self):
        self.beat(NOW)
        self.beat(NOW + timedelta(hours=1))
        outage = self.outages()
        for user in (self.deputy, self.director, self.admin, self.env.user):
            own = self.as_user(outage, user)
            with self.assertRaises(AccessError):
                own.write({"time_to": NOW + timedelta(days=1)})
            with self.assertRaises(AccessError):
                own.create(
                    {
                        "company_id": self.school.id,
                        "time_from": NOW,
                        "time_to": NOW + timedelta(days=1),
                    }
                )
            with self.assertRaises(AccessError):
                own.unlink()

    def test_the_scheduled_action_beats(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertTrue(self.school._ejournal_settings().alive_at)


@tagged("post_install", "-at_install")
class TestHealth(SchoolCase):
    def report(self):
        self.env.invalidate_all()
        return self.env["ejournal.health"]._report(self.school)

    def finding(self, code):
        return self.report()[code]

    def test_a_seal_of_last_night_is_well_and_an_old_one_is_not(self):
        seals = self.env["ejournal.seal"]
        seals._seal_days(self.school)
        self.assertTrue(self.finding("seal").ok)
        with self.at(NOW + timedelta(days=2)):
            finding = self.finding("seal")
        self.assertFalse(finding.ok)
        self.assertIn("14.10.2026 00:00", finding.text)

    def test_lessons_must_have_been_planned_last_night(self):
        settings = self.school._ejournal_settings()
        settings.planned_on = "2026-10-13"
        self.assertTrue(self.finding("lessons").ok)
        settings.planned_on = "2026-10-12"
        self.assertFalse(self.finding("lessons").ok)

    def test_a_scheduled_action_that_is_off_failing_or_late_is_named(self):
        crons = self.env["ejournal.health"]._own_actions()
        crons.write({"nextcall": NOW, "active": True, "failure_count": 0})
        self.assertTrue(self.finding("actions").ok)
        cron = self.env.ref("school_ejournal.ir_cron_seal")
        for trouble in (
            {"active": False},
            {"active": True, "failure_count": 2},
            {"failure_count": 0, "nextcall": NOW - timedelta(hours=3)},
        ):
            cron.write(trouble)
            finding = self.finding("actions")
            self.assertFalse(finding.ok, trouble)
            self.assertIn(cron.name, finding.text)

    def test_a_failed_message_is_counted(self):
        self.env["mail.mail"].search([]).unlink()
        self.assertTrue(self.finding("mail").ok)
        self.env["mail.mail"].create({"state": "exception"})
        self.assertFalse(self.finding("mail").ok)

    def test_a_back_up_that_never_came_or_is_old_is_told(self):
        self.assertFalse(self.finding("backup").ok)
        settings = self.school._ejournal_settings()
        settings.backup_at = NOW - timedelta(hours=20)
        self.assertTrue(self.finding("backup").ok)
        settings.backup_at = NOW - timedelta(hours=40)
        self.assertFalse(self.finding("backup").ok)

    def test_a_full_disk_is_told(self):
        with patch(f"{DISK}.disk_usage") as usage:
            usage.return_value.free = 5 * 1024**3
            self.assertTrue(self.finding("disk").ok)
            usage.return_value.free = 1024**3
            self.assertFalse(self.finding("disk").ok)

    def test_newer_files_than_the_database_are_told(self):
        self.assertTrue(self.finding("version").ok)
        module = self.env["ir.module.module"]._get("school_ejournal")
        module.latest_version = "19.0.0.9.0"
        finding = self.finding("version")
        self.assertFalse(finding.ok)
        self.assertIn("school_ejournal", finding.text)

    def test_the_page_shows_a_line_a_check_to_those_who_keep_the_service_running(self):
        for user in (self.deputy, self.director, self.admin):
            action = self.as_user(self.env["ejournal.health"], user).action_open()
            lines = self.as_user(self.env["ejournal.health"], user).search(
                action["domain"]
            )
            self.assertEqual(len(lines), len(self.report()))
            self.assertTrue(all(line.text for line in lines))
        for user in (self.teacher, self.outsider, self.parent_user):
            with self.assertRaises(AccessError):
                self.as_user(self.env["ejournal.health"], user).action_open()


@tagged("post_install", "-at_install")
class TestHealthRoute(HttpCase):
    def test_a_monitoring_program_is_told_yes_and_no_and_nothing_else(self):
        answer = self.url_open("/ejournal/health")
        report = answer.json()
        self.assertEqual(set(report), {"status", "checks"})
        self.assertEqual(
            set(report["checks"]), set(self.env["ejournal.health"]._checks)
        )
        self.assertLessEqual(set(report["checks"].values()), {"ok", "attention"})
        self.assertEqual(report["checks"]["backup"], "attention")
        self.assertEqual(answer.status_code, 503)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")

    def test_when_all_is_well_it_answers_200(self):
        health = type(self.env["ejournal.health"])
        with patch.object(health, "_checks", ("disk", "version")):
            answer = self.url_open("/ejournal/health")
        self.assertEqual((answer.status_code, answer.json()["status"]), (200, "ok"))
