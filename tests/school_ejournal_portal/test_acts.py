"""What parents do and are told."""

import base64
import json
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import TODAY
from .portal_common import PortalCase

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestActs(PortalCase):
    def path(self, part=""):
        return f"/my/diary/{self.pupil.id}{part}"

    # ---- the week ----------------------------------------------------------------------

    def test_a_week_is_confirmed_once_and_the_class_teacher_sees_it(self):
        self.log_in(self.parent_user)
        more = self.get(self.path()).text
        self.assertIn('name="week"', more)
        for _twice in range(2):
            self.post(self.path("/read"), page="/my/diary/more", week="2026-10-14")
        rows = self.as_user(self.env["ejournal.diary.read"], self.class_teacher).search(
            []
        )
        self.assertEqual(rows.parent_id, self.parent)
        self.assertEqual(rows.monday, date(2026, 10, 12))
        self.assertNotIn('name="week"', self.get(self.path()).text)

    def test_no_week_ahead_and_none_by_the_pupil(self):
        self.log_in(self.parent_user)
        self.post(self.path("/read"), page="/my/diary/more", week="2026-10-20")
        self.assertFalse(self.env["ejournal.diary.read"].search([]))
        with self.assertRaises(AccessError):
            self.as_user(self.pupil, self.pupil_user)._confirm_week(TODAY)

    # ---- excuses -----------------------------------------------------------------------

    def excuse(self, files=None, **values):
        return self.post(
            self.path("/excuse"),
            page=self.path("/excuse"),
            files=files,
            **{
                "date_start": "2026-10-15",
                "date_end": "2026-10-16",
                "reason": "ill",
                "note": "Cold",
                **values,
            },
        )

    def requests(self):
        self.env.invalidate_all()
        return self.env["ejournal.absence"].search([("pupil_id", "=", self.pupil.id)])

    def test_an_excuse_with_a_photo_is_asked_and_answered(self):
        self.log_in(self.parent_user)
        answer = self.excuse(files={"file": ("note.png", PNG, "image/png")})
        self.assertEqual(answer.status_code, 303)
        request = self.requests()
        self.assertEqual((request.state, request.reason), ("requested", "ill"))
        self.assertEqual(request.attachment_ids.raw, PNG)
        self.as_user(request, self.class_teacher).action_refuse("Bring the paper")
        self.env.flush_all()
        self.assertIn("Bring the paper", self.get(self.path("/excuse")).text)

    def test_only_photos_and_pdf_whatever_they_are_called(self):
        self.log_in(self.parent_user)
        page = self.excuse(
            files={"file": ("note.png", b"<script>alert(1)</script>", "image/png")}
        )
        self.assertIn('role="alert"', page.text)
        self.assertFalse(self.requests())

    def test_dates_and_reasons_are_checked(self):
        self.log_in(self.parent_user)
        for wrong in (
            {"date_start": "2026-08-01", "date_end": ""},
            {"date_start": "2026-10-16", "date_end": "2026-10-15"},
            {"reason": "school"},
            {"date_start": "tomorrow"},
        ):
            self.assertIn('role="alert"', self.excuse(**wrong).text, wrong)
        self.assertFalse(self.requests())

    def test_a_form_of_another_site_is_refused(self):
        self.log_in(self.parent_user)
        for path in ("/excuse", "/read"):
            answer = self.url_open(
                self.path(path), data={"week": "2026-10-14"}, allow_redirects=False
            )
            self.assertEqual(answer.status_code, 400)

    # ---- contacts, choices, password -----------------------------------------------------

    def test_contacts_are_changed_with_the_password_only(self):
        self.log_in(self.parent_user)
        page = "/my/diary/more"
        self.post(
            "/my/diary/contacts", page=page, phone="1", email="a@b.kg", password="x"
        )
        self.assertFalse(self.parent.email)
        self.post(
            "/my/diary/contacts",
            page=page,
            phone="0555",
            email="a@b.kg",
            password="parent_1",
        )
        self.env.invalidate_all()
        self.assertEqual((self.parent.email, self.parent.phone), ("a@b.kg", "0555"))
        self.assertEqual(self.parent.contacts_confirmed_on, TODAY)
        # and never with the contact that all employees read
        self.assertNotEqual(self.parent_user.partner_id.email, "a@b.kg")

    def test_the_password_is_changed_by_its_owner_only(self):
        self.log_in(self.parent_user)
        page = "/my/diary/more"
        new = {"password": "jangy-syr-soz", "again": "jangy-syr-soz"}
        answer = self.post("/my/diary/password", page=page, old="wrong", **new)
        self.assertIn('role="alert"', answer.text)
        answer = self.post("/my/diary/password", page=page, old="parent_1", **new)
        self.assertEqual(answer.status_code, 303)
        self.authenticate("parent_1", "jangy-syr-soz")

    def test_the_language_is_the_user_s_own(self):
        self.log_in(self.parent_user)
        for code, word in (("ky_KG", "Күндөлүк"), ("ru_RU", "Дневник")):
            self.post("/diary/language", page="/my/diary/more", lang=code)
            self.assertIn(word, self.get("/my/diary").text)

    # ---- the copy ------------------------------------------------------------------------

    def test_the_copy_holds_what_the_school_keeps_of_this_child(self):
        self._mark(self._work(), value="4")
        self._mark(self._work(self.lesson_yesterday), self.pupils[1], "2")
        self.env["ejournal.pupil.card"].create(
            {"pupil_id": self.pupil.id, "address": "Ош"}
        )
        self.log_in(self.parent_user)
        with self.at("2026-10-14 05:00:00"):
            copy = json.loads(self.get(self.path("/copy?kind=json")).content)
        self.assertEqual([row["mark"] for row in copy["marks"]], ["4"])
        self.assertEqual(copy["address"], "Ош")
        self.assertNotIn("Ермеков", json.dumps(copy, ensure_ascii=False))
        pdf = self.get(self.path("/copy"))
        self.assertEqual(pdf.content[:5], b"%PDF-")


@tagged("post_install", "-at_install")
class TestMessages(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parent.email = "mother@example.com"
        cls.messages = cls.env["ejournal.message"]

    def run_at(self, moment):
        with self.at(moment):
            self.messages._cron_inform()
        return self.messages.search([("parent_id", "=", self.parent.id)], order="id")

    def absent(self, value="absent", old=False):
        self.save(self.entry("attendance", value, old=old))
        # the tests' transaction began before the clock was set
        self.env.cr.execute(
            "UPDATE ejournal_attendance SET write_date = '2026-10-14 04:00:00'"
        )

    def mail_of(self, message):
        return message.sudo().mail_id

    def test_an_absence_is_told_the_same_day_once(self):
        self.absent()
        self.assertFalse(self.run_at("2026-10-14 04:59:00"))
        message = self.run_at("2026-10-14 05:00:00")
        self.assertEqual((message.kind, message.state), ("absence", "sent"))
        self.assertEqual(self.mail_of(message).email_to, "mother@example.com")
        self.assertIn(self.pupil.first_name, self.mail_of(message).body_html)
        self.assertEqual(self.run_at("2026-10-14 06:00:00"), message)

    def test_what_was_wrong_is_taken_back_once(self):
        self.absent()
        self.run_at("2026-10-14 05:00:00")
        self.absent(False, old="absent")
        told = self.run_at("2026-10-14 05:15:00")
        self.assertEqual(told.mapped("kind"), ["absence", "retraction"])
        self.assertEqual(self.run_at("2026-10-14 05:30:00"), told)

    def test_what_is_known_is_no_news(self):
        self.env["ejournal.absence"].create(
            {"pupil_id": self.pupil.id, "date_start": TODAY, "reason": "ill"}
        )
        self.absent()
        self.assertFalse(self.run_at("2026-10-14 06:00:00"))

    def test_nothing_at_night_nothing_unwanted_nothing_without_access(self):
        self.absent()
        self.parent.quiet_from, self.parent.quiet_to = 10, 12
        self.assertEqual(self.run_at("2026-10-14 05:10:00").state, "queued")
        self.assertEqual(self.run_at("2026-10-14 06:10:00").state, "sent")
        self.messages.search([]).unlink()
        self.parent.inform_absence = False
        self.assertFalse(self.run_at("2026-10-14 06:20:00"))
        self.parent.inform_absence = True
        self.guardian.access_granted = False
        self.assertFalse(self.run_at("2026-10-14 06:30:00"))

    def test_the_week_comes_on_friday_in_the_parent_s_language(self):
        self._mark(self._work(), value="4")
        self.parent_user.lang = "ky_KG"
        self.assertFalse(self.run_at("2026-10-16 10:59:00"))
        message = self.run_at("2026-10-16 11:00:00")
        self.assertEqual((message.kind, message.state), ("digest", "sent"))
        body = self.mail_of(message).body_html
        self.assertIn("Algebra: 4", body)
        self.assertIn("Калтырылган сабактар", body)
        self.assertEqual(self.run_at("2026-10-16 12:00:00"), message)

    def test_a_letter_that_failed_is_seen_by_the_class_teacher(self):
        self.absent()
        message = self.run_at("2026-10-14 05:00:00")
        self.mail_of(message).write(
            {"state": "exception", "failure_reason": "no such box"}
        )
        self.run_at("2026-10-14 05:15:00")
        seen = self.as_user(self.messages, self.class_teacher).search([])
        self.assertEqual((seen.state, seen.error), ("failed", "no such box"))
        self.assertFalse(self.as_user(self.messages, self.teacher).search([]))
