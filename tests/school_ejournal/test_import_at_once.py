"""Two deputies import the same list at once, in real transactions."""

import base64
import contextlib
import threading

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged

from .import_common import AIDA, ASAN, OMUR, workbook


@tagged("post_install", "-at_install")
class TestImportAtOnce(BaseCase):
    """The data are committed, in a school of their own that nobody else looks at."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"no_reset_password": True})
            school = env["res.company"].create(
                {"name": f"Race {fields.Datetime.now()}"}
            )
            school._ejournal_settings()
            deputy = env["res.users"].create(
                {
                    "name": "head",
                    "login": f"imp_head{school.id}",
                    "company_id": school.id,
                    "company_ids": [(6, 0, school.ids)],
                    "group_ids": [(4, env.ref("school_ejournal.group_deputy").id)],
                }
            )
            self.school_id, self.deputy_id = school.id, deputy.id

    def test_the_second_finds_what_the_first_has_made(self):
        # no personal numbers: no unique index stops the second one
        rows = [(*row[:6], None, *row[7:]) for row in (ASAN, AIDA, OMUR)]
        content = base64.b64encode(workbook(*rows))
        barrier, results = threading.Barrier(2), {}

        def act(env):
            wizard = env["ejournal.import"].create({"kind": "pupils", "file": content})
            # both see an empty school; a second try does not wait
            env.flush_all()
            with contextlib.suppress(threading.BrokenBarrierError):
                barrier.wait(10)
            barrier.abort()
            wizard.action_import()
            return wizard.new_count, wizard.same_count

        def request(name):
            with self.registry.cursor() as cr:
                context = {"allowed_company_ids": [self.school_id]}
                env = api.Environment(cr, self.deputy_id, context)
                results[name] = retrying(lambda: act(env), env)

        threads = [threading.Thread(target=request, args=(name,)) for name in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        self.assertEqual(len(results), 2, "a request hangs or failed")
        self.assertIn((0, 3), results.values())
        with self.registry.cursor() as cr:
            for table, count in (
                ("pupil", 3),
                ("parent", 2),
                ("year", 1),
                ("class", 2),
                ("enrollment", 3),
            ):
                cr.execute(
                    f"SELECT count(*) FROM ejournal_{table} WHERE company_id = %s",
                    [self.school_id],
                )
                self.assertEqual(cr.fetchone()[0], count, table)
