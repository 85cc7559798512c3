from odoo.tests import new_test_user, tagged

from .import_common import ImportCase, workbook

HEADERS = ("Фамилия", "Имя", "Отчество", "Email", "Телефон")
NURAI = ("Асанова", "Нурай", "Бакыт кызы", "nurai@example.com", "+996 700 111222")


@tagged("post_install", "-at_install")
class TestImportTeachers(ImportCase):
    def teachers(self, *rows):
        return self.do_import("teachers", workbook(*rows, headers=HEADERS))

    def look(self, *rows):
        return self.preview("teachers", workbook(*rows, headers=HEADERS))

    def user(self, login):
        return self.env["res.users"].search([("login", "=", login)])

    def test_accounts_are_teachers_without_password_and_mail(self):
        mails = self.env["mail.mail"].search_count([])
        self.teachers(NURAI, ("Өмүров", "Улан", None, None, None))
        nurai = self.user("nurai@example.com")
        self.assertEqual(nurai.name, "Асанова Нурай Бакыт кызы")
        teacher = self.env.ref("school_ejournal.group_teacher")
        self.assertEqual(nurai.group_ids, teacher)
        self.assertEqual(nurai.company_ids, self.school)
        self.assertTrue(self.user("omurov.ulan"))
        self.env.cr.execute(
            "SELECT count(*) FROM res_users WHERE id IN %s AND password IS NOT NULL",
            [tuple((nurai | self.user("omurov.ulan")).ids)],
        )
        self.assertEqual(self.env.cr.fetchone()[0], 0)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_twice_changes_nothing(self):
        rows = (NURAI, ("Өмүров", "Улан", None, None, None))
        self.teachers(*rows)
        users = self.env["res.users"].search_count([])
        self.assert_all_same(self.teachers(*rows))
        self.assertEqual(self.env["res.users"].search_count([]), users)

    def test_an_address_goes_to_an_account_that_nobody_used(self):
        self.teachers(("Асанова", "Нурай", "Бакыт кызы", None, None))
        account = self.user("asanova.nurai")
        wizard = self.teachers(NURAI)
        self.assertEqual(wizard.changed_count, 1)
        self.assertEqual((account.login, account.email), (NURAI[3], NURAI[3]))

    def test_the_address_of_an_account_in_use_stays(self):
        """Who can set an address can have a new password sent there."""
        for login, group in (("used", "group_teacher"), ("boss", "group_director")):
            user = self._person(login, group)
            user.partner_id.name = f"Асанова {login} Бакыт кызы"
            if login == "used":
                self.env["res.users.log"].with_user(user).sudo().create({})
            wizard = self.teachers(
                ("Асанова", login, "Бакыт кызы", "x@example.com", None)
            )
            self.assertEqual(user.login, login)
            self.assertNotEqual(user.email, "x@example.com")
            self.assertIn("stays", " ".join(self.texts(wizard, "note")))

    def test_staff_gets_the_rights_of_a_teacher(self):
        clerk = new_test_user(
            self.env,
            "nurai@example.com",
            groups="base.group_user",
            name="Асанова Нурай",
            company_id=self.school.id,
            company_ids=[(6, 0, self.school.ids)],
        )
        wizard = self.teachers(NURAI)
        self.assertIn("rights of a teacher", self.texts(wizard, "changed")[0])
        self.assertTrue(clerk.has_group("school_ejournal.group_teacher"))
        self.assertEqual(clerk.name, "Асанова Нурай")

    def test_faults(self):
        new_test_user(self.env, "parent@example.com", groups="base.group_portal")
        away = self.env["res.company"].create({"name": "Another school"})
        new_test_user(
            self.env,
            "away@example.com",
            groups="base.group_user",
            company_id=away.id,
            company_ids=[(6, 0, away.ids)],
        )
        self._person("gone@example.com", "group_teacher").active = False
        wizard = self.look(
            NURAI,
            ("Б", "Б", None, "NURAI@example.com", None),  # 3
            ("В", None, None, None, None),
            ("Г", "Г", None, "parent@example.com", None),  # 5
            ("Д", "Д", None, "away@example.com", None),
            ("Е", "Е", None, "gone@example.com", None),  # 7
            NURAI,
            ("Ж", "=cmd|' /C calc'!A0", None, None, None),  # 9
            ("З", "З", None, "x", "телефон"),
        )
        for number, part in (
            (3, "also stands in line 2"),
            (4, "first name is missing"),
            (5, "account for parents"),
            (6, "is taken"),
            (7, "is archived"),
            (8, "repeats line 2"),
            (9, "formula"),
            (10, "no e-mail"),
            (10, "no phone"),
        ):
            self.assert_wrong(wizard, number, part)

    def test_namesakes_with_addresses_are_two(self):
        twin = (*NURAI[:3], "other@example.com", None)
        wizard = self.teachers(NURAI, twin)
        self.assertEqual(wizard.new_count, 2)
        self.assert_all_same(self.teachers(NURAI, twin))
        wizard = self.look((*NURAI[:3], None, None))
        self.assert_wrong(wizard, 2, "several teachers of this name")
