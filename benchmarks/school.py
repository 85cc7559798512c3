"""The made-up schools that are measured: their databases and how to get at them."""

import random
from contextlib import contextmanager

from bulk import enter_by_copy

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.sql_db import db_connect

from odoo.addons.school_ejournal.demo.school import SEED, make_school
from odoo.addons.school_ejournal.demo.size import Size

_LOGIN = "teacher"


def make(database, pupils, with_entries=True):
    """Fill a fresh database with a school of a number of pupils and a year of entries.

    Runs in a process of its own, see :mod:`apart`.
    """
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        enter = enter_by_copy if with_entries else lambda world: None
        make_school(env, Size.of_pupils(pupils), SEED, enter=enter)


class School:
    """One of the schools.

    :param database: its name
    :param pupils: how many there are
    :param server: the :class:`server.Server` that serves it
    """

    def __init__(self, database, pupils, server):
        self.database = database
        self.pupils = pupils
        self._server = server
        self._clients = {}

    def client(self, login=_LOGIN):
        """A browser's session, kept for the whole run."""
        if login not in self._clients:
            self._clients[login] = self._server.client(self.database, login)
        return self._clients[login]

    @contextmanager
    def cursor(self):
        """A plain cursor whose work is rolled back unless it is committed."""
        cr = db_connect(self.database).cursor()
        try:
            yield cr
        finally:
            cr.close()

    @contextmanager
    def env(self, login=None):
        """An environment as a request of ``login`` has it, or past all rights; whatever
        is done in it is rolled back."""
        with self.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company = env["ejournal.class"].search([], limit=1).company_id
            env = env(context={"allowed_company_ids": company.ids, "lang": "ky_KG"})
            if login:
                user = env["res.users"].search([("login", "=", login)])
                env = env(user=user.id, su=False)
            yield env

    def queries(self, call, login=_LOGIN):
        """How many queries a call of the server takes once the caches are warm.

        :param call: function of an environment
        """
        for _time in range(2):
            with self.env(login) as env:
                env.user.has_group("base.group_user")
                env.invalidate_all()
                before = env.cr.sql_log_count
                call(env)
                env.flush_all()
                count = env.cr.sql_log_count - before
        return count

    def journal(self, login=_LOGIN):
        """A journal of whole classes with a lesson today: what a teacher has open.

        :returns: dict with ids of the ``journal``, the ``lesson`` of today, its
            ``pupils``, and ``first`` and ``last`` day of the quarter
        """
        with self.env() as env:
            user = env["res.users"].search([("login", "=", login)])
            lessons = env["ejournal.lesson"].search(
                [
                    ("teacher_id", "=", user.id),
                    ("date", "=", env.company._ejournal_today()),
                    ("journal_id.subgroup_id", "=", False),
                    ("journal_id.assessment", "=", "marks"),
                ],
                order="number",
            )
            lesson = max(lessons, key=lambda x: len(x._listed_pupil_ids()))
            pupils = sorted(lesson._listed_pupil_ids())
            return {
                "journal": lesson.journal_id.id,
                "lesson": lesson.id,
                "pupils": random.Random(SEED).sample(pupils, min(33, len(pupils))),
                "first": str(lesson.period_id.date_start),
                "last": str(lesson.period_id.date_end),
            }
