"""A parent of one child, a stranger, a former guardian, and what they ask over HTTP."""

import re

from odoo.tests import HttpCase
from odoo.tools import mute_logger

from ..common import TODAY, SchoolCase

CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


class PortalCase(SchoolCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pupil_user = cls._user("pupil_1", "base.group_portal", name="pupil 1")
        cls.pupil.user_id = cls.pupil_user
        cls.stranger_parent = cls._guardian(cls.stranger, cls.pupils_b[0])
        # was a guardian once, and one who never got access, beside one who has it
        cls.former_user = cls._user("parent_3", "base.group_portal")
        former = cls._guardian(cls.former_user, cls.pupil)
        former.guardian_ids.date_end = TODAY
        cls.closed_user = cls._user("parent_4", "base.group_portal")
        cls._guardian(cls.closed_user, cls.pupil).guardian_ids.access_granted = False
        # children of a school beside
        cls.everybody_else = {
            "stranger": cls.stranger,
            "former guardian": cls.former_user,
            "guardian without access": cls.closed_user,
            "class teacher": cls.class_teacher,
            "deputy": cls.deputy,
            "employee": cls.outsider,
        }

    @classmethod
    def _guardian(cls, user, pupil, last_name="Башка"):
        parent = cls.env["ejournal.parent"].create(
            {"last_name": last_name, "first_name": "Адам", "user_id": user.id}
        )
        cls.env["ejournal.guardian"].create(
            {
                "pupil_id": pupil.id,
                "parent_id": parent.id,
                "relation": "other",
                "access_granted": True,
                "date_start": "2026-09-01",
            }
        )
        return parent

    def log_in(self, user):
        """``None`` logs out."""
        if user is None:
            self.authenticate(None, None)
            return
        self.authenticate(
            user.login, (user.login + "xxxxxxxx")[: max(8, len(user.login))]
        )

    def get(self, path, **kwargs):
        self.env.flush_all()
        with mute_logger("odoo.http", "odoo.sql_db"):
            return self.url_open(path, allow_redirects=False, **kwargs)

    def post(self, path, page=None, files=None, **values):
        """A form as a page has it: with the mark against foreign sites."""
        token = CSRF.search(self.get(page or "/slip").text)[1]
        self.env.flush_all()
        with mute_logger("odoo.http", "odoo.sql_db"):
            return self.url_open(
                path,
                data={"csrf_token": token, **values},
                files=files,
                allow_redirects=False,
            )
