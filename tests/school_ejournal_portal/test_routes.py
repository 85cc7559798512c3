"""Every route of the portal addon, asked by everybody who is not the parent.

A new route without a line here fails.
"""

import threading

from odoo.tests import tagged

from .portal_common import PortalCase

# Of a child: the caller is checked against the pupil of the address.
OF_A_CHILD = {
    "/my/diary/<int:pupil_id>": "GET",
    "/my/diary/<int:pupil_id>/marks": "GET",
    "/my/diary/<int:pupil_id>/attendance": "GET",
    "/my/diary/<int:pupil_id>/access": "GET",
    "/my/diary/<int:pupil_id>/file/<int:file_id>": "GET",
    "/my/diary/<int:pupil_id>/read": "POST",
    "/my/diary/<int:pupil_id>/excuse": "GET",
    "/my/diary/<int:pupil_id>/copy": "GET",
}
# Done by a parent, not by the pupil himself.
BY_A_PARENT = ("read", "excuse", "copy")
# These write a word of what was just done into the page, so they are no pure reading.
WRITING = {"/my/diary/<int:pupil_id>/excuse"}
# Of the caller: they show what is his, to others nothing.
OF_THE_CALLER = {
    "/my/diary": "GET",
    "/my/diary/notices": "GET",
    "/my/diary/more": "GET",
    "/my/diary/password": "POST",
    "/my/diary/choices": "POST",
    "/my/diary/contacts": "POST",
}
# For visitors: they tell nothing of anybody.
OF_A_VISITOR = {
    "/diary/language": "POST",
    "/slip": "GET",
    "/slip/choose": "GET",
    "/slip/<string:token>": "GET",
}
# Odoo's own, overridden.
OF_ODOO = {
    "/web/login",
    "/web/reset_password",
    "/my",
    "/my/home",
    "/my/account",
    "/my/addresses",
    "/my/security",
}


@tagged("post_install", "-at_install")
class TestRoutes(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Odoo asks the thread which database's routes are meant
        threading.current_thread().dbname = cls.env.cr.dbname
        cls.addClassCleanup(delattr, threading.current_thread(), "dbname")
        cls.file = cls.env["ir.attachment"].create(
            {"name": "x.txt", "raw": b"secret", "res_model": "ejournal.lesson"}
        )

    def address(self, rule, pupil=None):
        return (
            rule.replace("<int:pupil_id>", str((pupil or self.pupil).id))
            .replace("<int:file_id>", str(self.file.id))
            .replace("<string:token>", "x" * 24)
        )

    def ask(self, rule, method, pupil=None):
        path = self.address(rule, pupil)
        return self.get(path) if method == "GET" else self.post(path)

    def test_every_route_stands_here(self):
        ours = set()
        for rule in self.env["ir.http"].routing_map().iter_rules():
            module = rule.endpoint.func.__module__
            if module.startswith("odoo.addons.school_ejournal_portal"):
                ours.add(rule.rule)
                self.assertIn(rule.endpoint.routing["auth"], ("user", "public", "none"))
        self.assertEqual(ours, {*OF_A_CHILD, *OF_THE_CALLER, *OF_A_VISITOR, *OF_ODOO})

    def test_auth_of_a_child_s_routes_is_user(self):
        for rule in self.env["ir.http"].routing_map().iter_rules():
            if rule.rule in {*OF_A_CHILD, *OF_THE_CALLER}:
                self.assertEqual(rule.endpoint.routing["auth"], "user", rule.rule)

    def test_a_visitor_is_sent_to_the_login(self):
        self.log_in(None)
        for rule, method in {**OF_A_CHILD, **OF_THE_CALLER}.items():
            answer = self.ask(rule, method)
            self.assertIn(answer.status_code, (302, 303), rule)
            self.assertIn("/web/login", answer.headers["Location"], rule)

    def test_nobody_but_the_parent_and_the_pupil_is_let_in(self):
        for who, user in self.everybody_else.items():
            self.log_in(user)
            for rule, method in OF_A_CHILD.items():
                answer = self.ask(rule, method)
                self.assertEqual(answer.status_code, 403, (who, rule))
                self.assertNotIn(self.pupil.first_name, answer.text, (who, rule))

    def test_a_parent_reads_no_strangers_and_no_guessed_numbers(self):
        for user in (self.parent_user, self.pupil_user):
            self.log_in(user)
            for pupil in (self.pupils[1], self.pupils_b[0], self.pupil.browse(10**8)):
                for rule, method in OF_A_CHILD.items():
                    answer = self.ask(rule, method, pupil)
                    self.assertEqual(answer.status_code, 403, (user.login, rule))

    def test_parent_and_pupil_are_let_in(self):
        for user in (self.parent_user, self.pupil_user):
            self.log_in(user)
            for rule, method in {**OF_A_CHILD, **OF_THE_CALLER}.items():
                if "file" in rule or method == "POST":
                    continue
                if user == self.pupil_user and rule.endswith(BY_A_PARENT):
                    self.assertEqual(self.ask(rule, method).status_code, 403, rule)
                    continue
                self.assertEqual(self.ask(rule, method).status_code, 200, rule)

    def test_reading_routes_go_to_a_replica(self):
        for rule in self.env["ir.http"].routing_map().iter_rules():
            if rule.rule in WRITING:
                continue
            if OF_A_CHILD.get(rule.rule) == "GET" or rule.rule == "/my/diary":
                self.assertTrue(rule.endpoint.routing.get("readonly"), rule.rule)

    def test_files_of_the_own_child_only(self):
        lesson = self.lesson
        self.save(self.entry("homework", "§ 9"), self.entry("topic", "x"))
        file = self.as_user(self.env["ir.attachment"], self.teacher).create(
            {
                "name": "tasks.txt",
                "raw": b"1+1",
                "res_model": "ejournal.lesson",
                "res_id": lesson.id,
            }
        )
        path = f"/my/diary/{self.pupil.id}/file/{file.id}"
        self.log_in(self.parent_user)
        answer = self.get(path)
        self.assertEqual((answer.status_code, answer.content), (200, b"1+1"))
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        # neither Odoo's own doors nor a child who has not this lesson
        for door in (f"/web/content/{file.id}", f"/web/image/{file.id}"):
            self.assertNotEqual(self.get(door).content, b"1+1", door)
        self.log_in(self.stranger)
        own = self.pupils_b[0]
        self.assertEqual(
            self.get(f"/my/diary/{own.id}/file/{file.id}").status_code, 403
        )
        self.assertEqual(self.get(path).status_code, 403)

    def test_no_page_asks_another_server(self):
        self.log_in(self.parent_user)
        paths = [
            self.address(rule)
            for rule, method in {**OF_A_CHILD, **OF_THE_CALLER, **OF_A_VISITOR}.items()
            if method == "GET"
        ]
        for path in (*paths, "/web/login?all=", "/nothing-here"):
            answer = self.get(path)
            if path.endswith(
                ("/copy", f"/file/{self.file.id}")
            ) or answer.status_code in (302, 303):
                continue
            loads = [
                part.split('"')[1]
                for tag in ("src=", "href=", "action=")
                for part in answer.text.split(tag)[1:]
                if part.startswith('"')
            ]
            self.assertTrue(loads, path)
            for address in loads:
                if "all=" not in path:
                    self.assertTrue(
                        address.startswith(("/", "#", "data:")), (path, address)
                    )

    def test_pages_are_small_and_need_no_script(self):
        self.log_in(self.parent_user)
        style = self.get("/school_ejournal_portal/static/src/diary/diary.css")
        page = self.get("/my/diary")
        self.assertNotIn("<script", page.text)
        self.assertLess(len(page.content) + len(style.content), 150_000)
        self.assertIn("default-src 'none'", page.headers["Content-Security-Policy"])
