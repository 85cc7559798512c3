"""Access slips: made by the class teacher, opened once, by the newest one only."""

import base64
import re
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import PortalCase

PASSWORD = "jakshy-syr-soz"


class SlipCase(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mother = cls.env["ejournal.parent"].create(
            {
                "last_name": "Ермекова",
                "first_name": "Айнура",
                "email": "mother@example.com",
            }
        )
        cls.row = cls.env["ejournal.guardian"].create(
            {
                "pupil_id": cls.pupils[1].id,
                "parent_id": cls.mother.id,
                "relation": "mother",
                "access_granted": True,
                "date_start": "2026-09-01",
            }
        )

    def issue(self, parent=None, user=None, class_=None):
        slips = self.as_user(
            self.env["ejournal.access.slip"], user or self.class_teacher
        )
        class_ = (class_ or self.class_a).with_env(slips.env)
        [(slip, token, code)] = slips._issue(parent or self.mother, class_)
        self.env.flush_all()
        return slip.sudo(), token, code

    def choose(self, path, password=PASSWORD, again=None):
        return self.post(path, page=path, password=password, again=again or password)

    def is_dead(self, token):
        self.log_in(None)
        return self.get(f"/slip/{token}").status_code == 410


@tagged("post_install", "-at_install")
class TestSlips(SlipCase):
    def test_an_account_without_password_and_without_a_real_name(self):
        slip, _token, _code = self.issue()
        user = self.mother.user_id
        self.assertTrue(user.share)
        self.assertEqual(
            user.all_group_ids & self.env.ref("base.group_user"),
            user.all_group_ids.browse(),
        )
        self.assertEqual(user.login, slip.login)
        contact = user.partner_id
        self.assertEqual(contact.name, user.login)
        self.assertFalse(contact.email or contact.phone)
        self.env.cr.execute("SELECT password FROM res_users WHERE id = %s", [user.id])
        self.assertFalse(self.env.cr.fetchone()[0])

    def test_only_class_teacher_and_deputy_make_slips(self):
        for user in (self.class_teacher, self.deputy):
            self.issue(user=user)
        for user in (self.teacher, self.colleague, self.outsider, self.admin):
            with self.assertRaises(AccessError, msg=user.login):
                self.issue(user=user)

    def test_no_slip_for_parents_of_another_class(self):
        with self.assertRaises(AccessError):
            self.issue(self.stranger_parent)

    def test_never_for_an_account_of_staff(self):
        self.mother.user_id = self.colleague
        with self.assertRaises(UserError):
            self.issue()

    def test_the_link_opens_once(self):
        slip, token, _code = self.issue()
        self.log_in(None)
        path = f"/slip/{token}"
        page = self.get(path)
        self.assertEqual(page.status_code, 200)
        self.assertIn(slip.login, page.text)
        answer = self.choose(path)
        self.assertEqual(answer.headers["Location"].split("?")[0][-9:], "/my/diary")
        self.assertEqual(self.get("/my/diary").status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(slip.state, "used")
        self.assertTrue(self.mother.activated_at)
        self.assertTrue(self.is_dead(token))
        self.authenticate(slip.login, PASSWORD)
        self.assertEqual(self.get("/my/diary").status_code, 200)

    def test_the_login_and_the_code_open_it_too(self):
        slip, token, code = self.issue()
        self.log_in(None)
        answer = self.post(
            "/slip", login=f" {slip.login[:3]} {slip.login[3:]}", code=code
        )
        self.assertIn("/slip/choose", answer.headers["Location"])
        self.choose("/slip/choose")
        self.assertTrue(self.is_dead(token))

    def test_passwords_are_checked_and_the_slip_stays_good(self):
        _slip, token, _code = self.issue()
        self.log_in(None)
        for password, again in (("short", "short"), (PASSWORD, PASSWORD + "x")):
            page = self.choose(f"/slip/{token}", password, again)
            self.assertEqual(page.status_code, 200)
            self.assertIn('role="alert"', page.text)
        self.assertFalse(self.is_dead(token))

    def test_only_the_newest_slip_opens(self):
        old, old_token, old_code = self.issue()
        _new, new_token, _code = self.issue()
        self.assertTrue(self.is_dead(old_token))
        self.assertFalse(self.is_dead(new_token))
        self.assertEqual(old.state, "revoked")
        self.assertEqual(
            self.post("/slip", login=old.login, code=old_code).status_code, 200
        )

    def test_it_ends_by_itself(self):
        _slip, token, _code = self.issue()
        days = self.school._ejournal_settings().slip_days
        link = self.env["ejournal.link"]
        with self.at("2026-10-28 03:59:00"):
            self.assertTrue(link._of_token(token))
        with self.at("2026-10-28 04:00:00"):
            self.assertFalse(link._of_token(token))
        self.assertEqual(days, 14)

    def test_it_ends_with_the_guardian_with_access_and_with_the_pupil(self):
        link = self.env["ejournal.link"]
        _slip, token, _code = self.issue()
        self.row.access_granted = False
        self.assertFalse(link._of_token(token))
        self.row.access_granted = True
        self.assertTrue(link._of_token(token))
        self.pupils[1].enrollment_ids.date_end = "2026-10-13"
        self.assertFalse(link._of_token(token))

    def test_wrong_codes_make_this_slip_rest_and_no_other(self):
        slip, token, code = self.issue()
        other, _token, other_code = self.issue(self.parent)
        link = self.env["ejournal.link"]
        for _try in range(5):
            self.assertEqual(link._of_code(slip.login, "00000000")[1], "wrong")
        self.assertEqual(link._of_code(slip.login, code)[1], "resting")
        self.assertEqual(link._of_code(other.login, other_code)[1], "ok")
        self.assertTrue(link._of_token(token))
        with self.at("2026-10-14 04:16:00"):
            self.assertEqual(link._of_code(slip.login, code)[1], "ok")

    def test_twenty_wrong_codes_are_enough(self):
        slip, _token, code = self.issue()
        link = self.env["ejournal.link"]
        for hour in range(4):
            with self.at(f"2026-10-14 {5 + hour:02}:00:00"):
                for _try in range(5):
                    link._of_code(slip.login, "1")
        with self.at("2026-10-15 05:00:00"):
            self.assertEqual(link._of_code(slip.login, code)[1], "resting")

    def test_nothing_tells_whether_a_login_exists(self):
        slip, _token, _code = self.issue()
        self.log_in(None)
        there = self.post("/slip", login=slip.login, code="00000000").text
        absent = self.post("/slip", login="9999999", code="00000000").text
        plain = re.compile(r'value="[^"]*"')
        self.assertEqual(plain.sub("", there), plain.sub("", absent))

    def test_the_table_holds_no_token_and_no_code(self):
        slip, token, code = self.issue()
        self.env.cr.execute(
            "SELECT * FROM ejournal_link WHERE id = %s", [slip.link_id.id]
        )
        row = str(self.env.cr.fetchall())
        self.assertNotIn(token, row)
        self.assertNotIn(code, row)

    def test_counts_of_the_class(self):
        class_ = self.as_user(self.class_a, self.class_teacher)
        # mother of the second pupil and the parent of the first one
        self.assertEqual((class_.parent_count, class_.active_parent_count), (2, 0))
        _slip, token, _code = self.issue()
        self.log_in(None)
        self.choose(f"/slip/{token}")
        class_ = self.as_user(self.class_a, self.class_teacher)
        self.assertEqual((class_.parent_count, class_.active_parent_count), (2, 1))

    def test_a_teacher_who_is_a_parent_joins_by_the_slip(self):
        slip, token, _code = self.issue()
        unused = self.mother.user_id
        self.log_in(self.colleague)
        path = f"/slip/{token}"
        self.assertIn(self.colleague.login, self.get(path).text)
        self.post(path, page=path, join="1")
        self.env.invalidate_all()
        self.assertEqual(self.mother.user_id, self.colleague)
        self.assertFalse(unused.active)
        self.assertEqual(self.get(f"/my/diary/{self.pupils[1].id}").status_code, 200)
        self.assertFalse(self.colleague.share)

    def test_a_parent_joins_a_second_school_by_that_school_s_slip(self):
        second = self._make_school("Second school")
        parent = self.env["ejournal.parent"].create(
            {"company_id": second.id, "last_name": "Асанова", "first_name": "Бермет"}
        )
        parent._join(self.parent_user)
        self.assertEqual(parent.user_id, self.parent_user)
        self.assertIn(second, self.parent_user.company_ids)
        self.assertTrue(self.parent_user.share)

    def test_handing_over_and_losing(self):
        slip, token, _code = self.issue()
        own = self.as_user(slip, self.class_teacher)
        own.action_hand_over()
        self.assertEqual(own.handed_over_by, self.class_teacher)
        own.action_revoke()
        self.assertFalse(self.env["ejournal.link"]._of_token(token))
        with self.assertRaises(AccessError):
            self.as_user(slip, self.teacher).action_hand_over()

    def test_old_links_are_swept_away(self):
        link, _token, _code = self.env["ejournal.link"]._make(
            self.parent, "reset", timedelta(hours=2)
        )[0]
        slip, _token, _code = self.issue()
        with self.at("2027-03-01 04:00:00"):
            self.env["ejournal.link"]._gc_links()
        self.assertFalse(link.exists())
        self.assertTrue(slip.link_id.exists())


@tagged("post_install", "-at_install")
class TestSlipsOnPaper(SlipCase):
    def make(self, user=None):
        return self.as_user(
            self.env["ejournal.slip.make"], user or self.class_teacher
        ).create({"class_id": self.class_a.id})

    def test_as_shipped_those_with_access_who_have_not_opened_it(self):
        self.assertEqual(self.make().parent_ids.ids, (self.parent | self.mother).ids)
        self.parent.activated_at = self.env.cr.now()
        self.assertEqual(self.make().parent_ids.ids, self.mother.ids)

    def test_the_qr_on_paper_opens_the_diary(self):
        import zxingcpp
        from PIL import Image

        wizard = self.make()
        wizard.action_make()
        pdf = base64.b64decode(wizard.file)
        self.assertEqual(pdf[:5], b"%PDF-")
        found = self._codes_of(pdf, zxingcpp, Image)
        self.assertEqual(len(found), 2)
        self.log_in(None)
        for address in found:
            path = "/slip/" + address.rsplit("/", 1)[1]
            self.assertEqual(self.get(path).status_code, 200)
            self.assertTrue(address.startswith(self.class_a.get_base_url()))

    def _codes_of(self, pdf, zxingcpp, image):
        """QR codes of the pages, drawn as a printer would and read by a program."""
        import io
        import subprocess

        drawn = subprocess.run(
            ["pdftoppm", "-r", "150", "-f", "1", "-l", "1", "-png", "-"],
            input=pdf,
            capture_output=True,
            check=True,
        ).stdout
        page = image.open(io.BytesIO(drawn))
        return [code.text for code in zxingcpp.read_barcodes(page)]

    def test_making_a_slip_gives_access_and_that_is_on_record(self):
        self.row.access_granted = False
        wizard = self.make()
        self.assertNotIn(self.mother.id, wizard.parent_ids.ids)
        wizard.parent_ids = self.mother.with_env(wizard.env)
        with mute_logger("odoo.sql_db"):
            wizard.action_make()
        self.assertTrue(self.row.access_granted)
        change = self.changes(self.row, "access_granted")[-1:]
        self.assertEqual(change.user_id, self.class_teacher)

    def test_a_stranger_makes_none(self):
        for user in (self.teacher, self.colleague):
            with self.assertRaises(AccessError):
                self.make(user).action_make()
