"""What the tests of two people at once share: a committed school, and real requests."""

import threading
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged

from odoo.addons.school_ejournal.tools.passage import with_passage


@tagged("post_install", "-at_install")
class TwoAtOnceCase(BaseCase):
    """The data are committed, in a school of their own that nobody else looks at; each
    call goes through Odoo's own retry as a request does."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"no_reset_password": True})
            self._make_world(env)

    def _make_world(self, env):
        school = env["res.company"].create({"name": f"Race {fields.Datetime.now()}"})
        env = env(context={**env.context, "allowed_company_ids": school.ids})
        today = school._ejournal_today()
        year = env["ejournal.year"].create(
            {
                "name": "now",
                "date_start": today - timedelta(days=60),
                "date_end": today + timedelta(days=200),
            }
        )
        calendar = year._default_calendar() or env["ejournal.calendar"].create(
            {"year_id": year.id, "name": "now"}
        )
        calendar.period_ids.unlink()
        period = env["ejournal.period"].create(
            {
                "calendar_id": calendar.id,
                "kind": "quarter",
                "sequence": 1,
                "date_start": today - timedelta(days=30),
                "date_end": today + timedelta(days=30),
            }
        )
        teachers = env["res.users"].create(
            [
                {
                    "name": login,
                    "login": f"{login}{school.id}",
                    "company_id": school.id,
                    "company_ids": [(6, 0, school.ids)],
                    "group_ids": [(4, env.ref(f"school_ejournal.{group}").id)],
                }
                for login, group in [
                    ("main", "group_teacher"),
                    ("co", "group_teacher"),
                    ("head", "group_deputy"),
                ]
            ]
        )
        class_ = env["ejournal.class"].create(
            {"year_id": year.id, "grade": 7, "letter": "А", "calendar_id": calendar.id}
        )
        pupils = env["ejournal.pupil"].create(
            [{"last_name": f"P{n}", "first_name": "x"} for n in range(12)]
        )
        env["ejournal.enrollment"].create(
            [
                {
                    "pupil_id": pupil.id,
                    "class_id": class_.id,
                    "date_start": year.date_start,
                }
                for pupil in pupils
            ]
        )
        journal = env["ejournal.journal"].create(
            {
                "year_id": year.id,
                "class_ids": [(6, 0, class_.ids)],
                "subject_id": env["ejournal.subject"].create({"name": "Algebra"}).id,
                "teacher_id": teachers[0].id,
            }
        )
        env["ejournal.assignment"].create(
            {
                "journal_id": journal.id,
                "teacher_id": teachers[1].id,
                "role": "co",
                "may_write": True,
                "date_start": year.date_start,
            }
        )
        lessons = with_passage(env["ejournal.lesson"], "system").create(
            [
                {
                    "journal_id": journal.id,
                    "date": today,
                    "number": number,
                    "teacher_id": teachers[0].id,
                }
                for number in (1, 3, 5, 7)
            ]
        )
        self.school_id, self.period_id = school.id, period.id
        self.main_id, self.co_id, self.deputy_id = teachers.ids
        self.journal_id = journal.id
        self.lesson_ids, self.pupil_ids = lessons.ids, pupils.ids

    # ---- one request -----------------------------------------------------------------

    def _request(self, user_id, act, results, name):
        """Run ``act(env)`` in a transaction of its own, retried as a request is."""
        try:
            with self.registry.cursor() as cr:
                context = {"allowed_company_ids": [self.school_id]}
                env = api.Environment(cr, user_id, context)
                results[name] = retrying(lambda: act(env), env)
        except UserError as error:
            results[name] = error

    def _at_once(self, *acts):
        """Start the acts together; returns their results by position."""
        results = {}
        threads = [
            threading.Thread(target=self._request, args=(user_id, act, results, name))
            for name, (user_id, act) in enumerate(acts)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertEqual(len(results), len(acts), "a request hangs")
        return [results[name] for name in range(len(acts))]
