"""Every page of ours opens for everybody who has its menu, and for nobody else."""

from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import TODAY, YESTERDAY, SchoolCase
from .views_common import evaluate, modes_of, search_items, specification

MODULE = "school_ejournal"
ROLES = ("teacher", "class_teacher", "deputy", "director", "admin")


@tagged("post_install", "-at_install")
class TestViews(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ejournal.timetable.slot"].create(
            {
                "journal_id": cls.journal.id,
                "weekday": TODAY.weekday(),
                "number": 2,
                "date_start": "2026-09-01",
            }
        )
        cls.env["ejournal.subgroup"].create(
            {
                "name": "Group 1",
                "class_ids": [(6, 0, cls.class_a.ids)],
                "member_ids": [
                    (0, 0, {"pupil_id": cls.pupil.id, "date_start": "2026-09-01"})
                ],
            }
        )
        cls.env["ejournal.exemption"].create(
            {
                "pupil_id": cls.pupils[1].id,
                "subject_id": cls.algebra.id,
                "date_start": "2026-09-01",
            }
        )
        work = cls._work(cls)
        cls._mark(cls, work)
        cls.env["ejournal.seal"]._seal_days(cls.school)
        cls.env["ejournal.plan"].create(
            {
                "journal_id": cls.journal.id,
                "topic_ids": [(0, 0, {"title": "Fractions"})],
            }
        )
        cls.env["ejournal.unlock"].with_user(cls.deputy).open_unasked(
            cls.lesson_yesterday.ids, cls.teacher.id, False, "Was ill"
        )

    def users(self):
        return {role: self[role] for role in ROLES}

    def __getitem__(self, role):
        return getattr(self, role)

    def menus_of(self, user):
        """The menus of ours that a user sees, with an action."""
        menus = self.env["ir.ui.menu"].with_user(user)
        visible = menus.browse(menus._visible_menu_ids())
        root = self.env.ref(f"{MODULE}.menu_root")
        return visible.sudo().filtered(
            lambda menu: menu.action and menu.parent_path.startswith(f"{root.id}/")
        )

    def env_of(self, user):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env(user=user, su=False)

    # ---- menus -----------------------------------------------------------------------

    def test_every_menu_names_its_groups(self):
        root = self.env.ref(f"{MODULE}.menu_root")
        menus = self.env["ir.ui.menu"].search([("id", "child_of", root.id)])
        self.assertGreater(len(menus), 20)
        self.assertFalse(menus.filtered(lambda menu: not menu.group_ids))

    def test_the_app_has_an_icon(self):
        self.assertTrue(self.env.ref(f"{MODULE}.menu_root").web_icon_data)

    def test_a_teacher_does_not_see_the_deputys_menus(self):
        seen = self._names_of_menus(self.teacher)
        self.assertIn("ejournal_lesson_menu_today", seen)
        self.assertIn("ejournal_class_menu_mine", seen)
        for foreign in ("settings", "change", "seal", "enrollment", "import", "parent"):
            self.assertNotIn(f"ejournal_{foreign}_menu", seen)
        self.assertNotIn("menu_control", seen)
        self.assertNotIn("menu_settings", seen)

    def test_the_administrator_sees_structure_and_seals_but_no_marks(self):
        seen = self._names_of_menus(self.admin)
        self.assertIn("ejournal_seal_menu", seen)
        self.assertIn("ejournal_settings_menu", seen)
        for foreign in ("mark_menu", "attendance_menu", "change_menu", "lesson_menu"):
            self.assertNotIn(f"ejournal_{foreign}", seen)

    def test_staff_without_a_role_see_no_menu_of_ours(self):
        self.assertFalse(self._names_of_menus(self.outsider))

    def _names_of_menus(self, user):
        menus = self.env["ir.ui.menu"].with_user(user)
        visible = menus.browse(menus._visible_menu_ids()).sudo()
        names = visible.get_external_id().values()
        return {name.split(".")[1] for name in names if name.startswith(f"{MODULE}.")}

    # ---- pages -----------------------------------------------------------------------

    def test_every_page_opens_for_each_role_that_has_its_menu(self):
        for role, user in self.users().items():
            menus = self.menus_of(user)
            self.assertTrue(menus, role)
            for menu in menus:
                with self.subTest(role=role, menu=menu.complete_name):
                    self._open(menu.action, self.env_of(user))

    def test_pages_behind_buttons_open(self):
        """Histories, marks of a pupil, lessons of a class: actions without a menu."""
        menus = self.env["ir.ui.menu"].sudo().search([("action", "!=", False)])
        with_menu = {menu.action for menu in menus}
        actions = [
            action
            for action in self._records_of_ours("ir.actions.act_window")
            if action not in with_menu and action.target != "new"
        ]
        self.assertGreater(len(actions), 8)
        places = {
            "class": self.class_a,
            "journal": self.journal,
            "lesson": self.lesson,
            "pupil": self.pupil,
            "settings": self.school._ejournal_settings(),
        }
        for action in actions:
            active_id = places[action.xml_id.split("_")[-1]].id
            for role in ("teacher", "deputy"):
                with self.subTest(action=action.xml_id, role=role):
                    self._open(action, self.env_of(self[role]), active_id)

    def test_each_view_is_right_for_each_role(self):
        """No field, button or subview that a role must not see breaks a page."""
        for view in self._records_of_ours("ir.ui.view"):
            if view.inherit_id or not (view.model or "").startswith("ejournal."):
                continue
            for role, user in self.users().items():
                env = self.env_of(user)
                if not env[view.model].has_access("read"):
                    continue
                with self.subTest(view=view.name, role=role):
                    arch = env[view.model].get_view(view.id, view.type)["arch"]
                    self.assertTrue(etree.fromstring(arch).tag)

    def test_each_filter_and_group_can_be_used(self):
        for view in self._records_of_ours("ir.ui.view"):
            if view.type != "search":
                continue
            env = self.env_of(self.deputy)
            if not env[view.model].has_access("read"):
                continue
            for name, node in search_items(view.arch).items():
                with self.subTest(view=view.name, filter=name):
                    self._use_filter(env[view.model], node)

    def test_default_filters_exist(self):
        for action in self._records_of_ours("ir.actions.act_window"):
            context = evaluate(action.context or "{}", self.env)
            wanted = {
                key.removeprefix("search_default_")
                for key in context
                if key.startswith("search_default_")
            }
            if wanted:
                with self.subTest(action=action.xml_id):
                    self.assertLessEqual(
                        wanted, set(search_items(action.search_view_id.arch))
                    )

    def test_empty_pages_say_what_to_do_first(self):
        for menu in self.menus_of(self.deputy):
            action = menu.action
            if action._name == "ir.actions.act_window" and action.target != "new":
                with self.subTest(menu=menu.complete_name):
                    self.assertTrue(action.help)

    def _records_of_ours(self, model):
        names = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", model)]
        )
        return self.env[model].browse(names.mapped("res_id"))

    def _use_filter(self, model, node):
        if node.get("domain"):
            model.search_count(evaluate(node.get("domain"), model.env))
        if node.get("date"):
            self.assertIn(node.get("date"), model._fields)
        group_by = evaluate(node.get("context") or "{}", model.env).get("group_by")
        if group_by:
            model.formatted_read_group([], [group_by], ["__count"])

    def _open(self, action, env, active_id=0):
        """What the client does on opening an action: views, rows, a row, a new one."""
        if action._name == "ir.actions.server":
            result = action.with_env(env).run()
            model = env[result["res_model"]]
            if result.get("res_id"):
                self._read_form(model.browse(result["res_id"]), model.get_view())
            else:
                views = model.get_views([(False, "list")])["views"]
                self._read_rows(model, views["list"], result["domain"])
            return
        if action._name != "ir.actions.act_window":
            return
        model = env[action.res_model].with_context(
            **self._context_of(action, env, active_id)
        )
        views = model.get_views(modes_of(action))["views"]
        rows = model.browse()
        for mode in ("list", "kanban"):
            if mode in views:
                domain = evaluate(action.domain, env, active_id)
                rows |= self._read_rows(model, views[mode], domain)
        if "form" in views:
            form = views["form"]
            self._read_form(rows[:1], form)
            if model.has_access("create"):
                spec = specification(env, model._name, form["arch"])
                model.onchange({}, [], spec)

    def _context_of(self, action, env, active_id):
        context = evaluate(action.context or "{}", env, active_id)
        return {
            key: value
            for key, value in context.items()
            if not key.startswith("search_default_")
        }

    def _read_rows(self, model, view, domain):
        spec = specification(model.env, model._name, view["arch"])
        result = model.web_search_read(domain, spec, limit=80)
        return model.browse([row["id"] for row in result["records"]])

    def _read_form(self, record, view):
        if record:
            record.web_read(specification(record.env, record._name, view["arch"]))


@tagged("post_install", "-at_install")
class TestForms(SchoolCase):
    """What the forms show and do beside the models' own fields."""

    def test_today_is_the_schools_today_not_the_users(self):
        """The teacher's clock stands in New York, where it is still yesterday."""
        lessons = self.as_user(self.env["ejournal.lesson"], self.teacher)
        with self.at("2026-10-14 18:30:00"):  # 00:30 of the 15th in Bishkek
            today = lessons.search([("is_today", "=", True)])
            self.assertEqual(today, self.lesson_tomorrow)
            self.assertTrue(self.lesson_tomorrow.is_today)

    def test_lessons_to_fill(self):
        lessons = self.as_user(self.env["ejournal.lesson"], self.teacher)
        due = lessons.search([("is_due", "=", True)])
        self.assertEqual(due, self.lesson | self.lesson_yesterday)
        self.assertEqual(self.lesson_tomorrow.filling, "ahead")
        self.assertFalse(
            lessons.search([("is_due", "=", False)])
            & (self.lesson | self.lesson_yesterday)
        )

    def test_a_lesson_form_says_what_can_be_entered(self):
        lesson = self.as_user(self.lesson_yesterday, self.teacher)
        self.assertEqual(lesson.content_state, "closed")
        self.assertIn("4.2 А", lesson.window_text)
        self.assertEqual(self.as_user(self.lesson, self.teacher).content_state, "open")
        self.assertEqual(
            self.as_user(self.lesson, self.colleague).content_state, "read_only"
        )

    def test_a_teacher_enters_a_mark_in_the_form_of_the_lesson(self):
        lesson = self.as_user(self.lesson, self.teacher)
        lesson.action_add_answer_column()
        self.assertEqual(lesson.listed_pupil_ids, self.pupils)
        with Form(lesson) as form:
            form.topic = "Fractions"
            with form.mark_ids.new() as mark:
                mark.pupil_id = self.pupil
                mark.value = "4"
        self.assertEqual(lesson.mark_ids.work_id, lesson.answer_work_id)
        self.assertEqual(lesson.mark_ids.lesson_id, lesson)
        self.assertEqual(lesson.state, "held")

    def test_a_mark_is_not_given_to_another_lesson_than_its_column(self):
        work = self._work(self.lesson)
        marks = self.as_user(self.env["ejournal.mark"], self.teacher)
        vals = {"work_id": work.id, "pupil_id": self.pupil.id, "value": "5"}
        with self.assertRaises(AccessError):
            marks.create({**vals, "lesson_id": self.lesson_yesterday.id})
        mark = marks.create({**vals, "lesson_id": self.lesson.id})
        self.assertEqual(mark.lesson_id, self.lesson)

    def test_a_wrong_mark_is_refused_by_the_models_sentence(self):
        lesson = self.as_user(self.lesson, self.teacher)
        lesson.action_add_answer_column()
        with self.assertRaisesRegex(ValidationError, "no mark here"):
            with Form(lesson) as form, form.mark_ids.new() as mark:
                mark.pupil_id = self.pupil
                mark.value = "7"

    def test_an_answer_column_of_yesterday_is_refused(self):
        with self.assertRaises(UserError):
            self.as_user(self.lesson_yesterday, self.teacher).action_add_answer_column()

    def test_a_lesson_that_is_added_gets_the_teacher_of_its_day(self):
        with Form(self.as_user(self.env["ejournal.lesson"], self.deputy)) as form:
            form.journal_id = self.journal
            form.date = TODAY
            form.number = 6
            self.assertEqual(form.teacher_id, self.teacher)

    def test_a_slot_is_made_by_the_name_of_its_weekday(self):
        slots = self.as_user(self.env["ejournal.timetable.slot"], self.deputy)
        with Form(slots) as form:
            form.journal_id = self.journal
            form.day = "2"
            form.number = 4
        slot = slots.search([("journal_id", "=", self.journal.id), ("number", "=", 4)])
        self.assertEqual((slot.weekday, slot.day), (2, "2"))
        self.assertEqual(slot.class_ids, self.class_a)
        slot.weekday = 3
        self.assertEqual(slot.day, "3")

    def test_card_and_parents_are_shown_to_those_who_may_see_them(self):
        shown = {
            role: self.as_user(self.pupil, getattr(self, role)).shows_card
            for role in ROLES
        }
        self.assertEqual(
            shown,
            {
                "teacher": False,
                "class_teacher": True,
                "deputy": True,
                "director": True,
                "admin": True,
            },
        )

    def test_names_are_corrected_by_deputy_and_class_teacher_only(self):
        may = {
            role: self.as_user(self.pupil, getattr(self, role)).may_correct
            for role in ROLES
        }
        correct = {role for role, yes in may.items() if yes}
        self.assertEqual(correct, {"class_teacher", "deputy"})

    def test_new_rows_begin_today(self):
        with Form(self.as_user(self.env["ejournal.class"], self.deputy)) as form:
            self.assertEqual(form.year_id, self.year)
            form.grade = 8
            form.letter = "В"
        with Form(self.as_user(self.class_a, self.deputy)) as form:
            with form.teacher_ids.new() as row:
                row.teacher_id = self.colleague
                row.role = "acting"
                self.assertEqual(row.date_start, TODAY)
        with self.at("2026-08-20 04:00:00"):
            self.class_a.invalidate_recordset(["present_day"])
            self.assertEqual(self.class_a.present_day, self.day("2026-09-01"))

    def test_a_list_of_lessons_costs_the_same_with_more_rows(self):
        for number in range(3, 9):
            self._make_lesson(self.journal, TODAY, number)
        own = [("journal_id", "=", self.journal.id), ("date", "=", TODAY)]
        lessons = self.env["ejournal.lesson"].search(own)
        counts = []
        for some in (lessons[:1], lessons):
            rows = self.as_user(some, self.teacher)
            rows.mapped("date")
            before = self.env.cr.sql_log_count
            rows.mapped("filling")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)

    def test_the_journal_page_opens_on_the_lessons_day(self):
        action = self.as_user(self.lesson, self.teacher).action_open_page()
        self.assertEqual(action["type"], "ir.actions.client")
        self.assertEqual(action["params"]["journal_id"], self.journal.id)
        self.assertEqual(action["params"]["date"], str(TODAY))
        with self.assertRaises(AccessError):
            self.as_user(self.lesson, self.colleague).action_open_page()

    def test_pupil_and_class_know_of_each_other(self):
        self.assertEqual(self.pupil.class_id, self.class_a)
        self.assertEqual(self.class_a.journal_ids, self.journal)
        seen = self.as_user(self.class_a, self.colleague).journal_ids
        self.assertFalse(seen, "a journal of another teacher")

    def test_history_speaks_in_names(self):
        with Form(self.as_user(self.lesson, self.deputy)) as form:
            form.substitute_id = self.colleague
        change = self.changes(self.lesson, "substitute_id")
        self.assertEqual(change.thing, "Lesson")
        self.assertEqual(change.field_label, "Substitute")
        self.assertEqual(change.new_text, self.colleague.name)
        self.assertEqual(change.old_text, "")

    def test_history_shows_moments_and_choices_as_the_pages_do(self):
        self.as_user(self.quarter, self.deputy).action_close()
        state = self.changes(self.quarter, "state")[-1]
        self.assertEqual((state.old_text, state.new_text), ("Open", "Closed"))
        self.as_user(self.quarter, self.deputy).action_publish()
        published = self.changes(self.quarter, "published_at")
        shown = self.as_user(published, self.deputy).new_text
        self.assertIn("10:00", shown, "the school's clock, not New York's")

    def test_history_hides_names_that_the_reader_may_not_see(self):
        """A teacher reads no settings and no order behind them, only the number."""
        self.env["ejournal.change"]._append(
            [
                {
                    "model_name": "ejournal.guardian",
                    "res_id": self.guardian.id,
                    "field_name": "parent_id",
                    "old_value": "",
                    "new_value": str(self.parent.id),
                    "company_id": self.school.id,
                    "basis": "duty",
                    "lesson_id": self.lesson.id,
                }
            ]
        )
        row = self.changes(self.guardian, "parent_id")[-1]
        text = self.as_user(row, self.teacher).new_text
        self.assertNotIn("Бермет", text)
        self.assertIn(str(self.parent.id), text)
        self.assertIn("Бермет", self.as_user(row, self.deputy).new_text)

    def test_the_closing_time_in_force_is_marked(self):
        later = self.env["ejournal.lock.rule"].create(
            {
                "company_id": self.school.id,
                "date_start": "2026-11-01",
                "closing_time": 20,
                "order_ref": "No. 1",
            }
        )
        settings = self.school._ejournal_settings()
        stages = {rule: rule.stage for rule in settings.lock_rule_ids}
        self.assertEqual(stages.pop(later), "later")
        self.assertEqual(list(stages.values()), ["now"])
        with self.at("2026-11-02 04:00:00"):
            settings.lock_rule_ids.invalidate_recordset(["stage"])
            self.assertEqual(later.stage, "now")


@tagged("post_install", "-at_install")
class TestDialogs(SchoolCase):
    """The small dialogs that ask for a reason, an order, a class."""

    def dialog(self, model, user, records, **values):
        context = {"active_id": records[:1].id, "active_ids": records.ids}
        dialogs = self.as_user(self.env[model], user).with_context(**context)
        return dialogs.create(values)

    def test_the_director_reopens_a_period_with_a_reason(self):
        self.as_user(self.quarter, self.deputy).action_close()
        dialog = self.dialog(
            "ejournal.period.reopen", self.director, self.quarter, reason="A mistake"
        )
        dialog.action_reopen()
        self.assertEqual(self.quarter.state, "open")
        self.assertEqual(self.quarter.reopen_reason, "A mistake")

    def test_the_deputy_has_no_dialog_to_reopen(self):
        with self.assertRaises(AccessError):
            self.dialog(
                "ejournal.period.reopen", self.deputy, self.quarter, reason="A mistake"
            )

    def test_lessons_are_cancelled_and_the_cancelling_taken_back(self):
        lessons = self.lesson | self.lesson_tomorrow
        self.dialog(
            "ejournal.lesson.cancel", self.deputy, lessons, reason="Storm"
        ).action_cancel()
        self.assertEqual(lessons.mapped("state"), ["cancelled"] * 2)
        self.dialog("ejournal.lesson.restore", self.deputy, lessons).action_restore()
        self.assertEqual(lessons.mapped("state"), ["planned"] * 2)

    def test_a_lesson_with_entries_is_cancelled_by_order_only(self):
        self._mark(self._work(self.lesson))
        with self.assertRaisesRegex(UserError, "order"):
            self.dialog(
                "ejournal.lesson.cancel", self.deputy, self.lesson, reason="Storm"
            ).action_cancel()
        self.dialog(
            "ejournal.lesson.cancel",
            self.deputy,
            self.lesson,
            reason="Storm",
            order_ref="No. 5",
        ).action_cancel()
        self.assertEqual(self.lesson.state, "cancelled")

    def test_lessons_swap_their_day_and_number(self):
        other = self._make_lesson(self.journal, self.day("2026-10-16"), 5)
        self.dialog(
            "ejournal.lesson.swap",
            self.deputy,
            self.lesson_tomorrow,
            other_id=other.id,
        ).action_swap()
        self.assertEqual(self.lesson_tomorrow.date, self.day("2026-10-16"))
        self.assertEqual((other.date, other.number), (self.day("2026-10-15"), 2))

    def test_a_pupil_moves_to_another_class(self):
        self.dialog(
            "ejournal.enrollment.move",
            self.deputy,
            self.pupil.enrollment_ids,
            class_id=self.class_b.id,
            date=TODAY,
        ).action_move()
        former, present = self.pupil.enrollment_ids.sorted("date_start")
        self.assertEqual((former.class_id, former.date_end), (self.class_a, YESTERDAY))
        self.assertEqual(present.class_id, self.class_b)

    def test_a_teacher_asks_and_the_deputy_opens(self):
        lesson = self.lesson_yesterday
        self.dialog(
            "ejournal.unlock.ask", self.teacher, lesson, reason="Was ill"
        ).action_ask()
        unlock = self.env["ejournal.unlock"].search([("lesson_ids", "in", lesson.ids)])
        self.assertEqual(unlock.user_id, self.teacher)
        self.dialog(
            "ejournal.unlock.decide", self.deputy, unlock, note="Until tomorrow"
        ).action_approve()
        self.assertEqual((unlock.state, unlock.note), ("approved", "Until tomorrow"))
        self.assertEqual(self.as_user(lesson, self.teacher).content_state, "unlocked")

    def test_a_request_is_refused_with_a_note(self):
        lesson = self.lesson_yesterday
        self.dialog(
            "ejournal.unlock.ask", self.teacher, lesson, reason="Forgot"
        ).action_ask()
        unlock = self.env["ejournal.unlock"].search([("lesson_ids", "in", lesson.ids)])
        self.dialog("ejournal.unlock.decide", self.deputy, unlock).action_refuse()
        self.assertEqual(unlock.state, "refused")

    def test_the_deputy_opens_unasked_and_after_an_outage(self):
        lesson = self.lesson_yesterday
        dialog = self.dialog(
            "ejournal.unlock.open", self.deputy, lesson, reason="Was ill"
        )
        self.assertEqual(dialog.user_id, self.teacher)
        dialog.action_open_lessons()
        unlock = self.env["ejournal.unlock"].search([("lesson_ids", "in", lesson.ids)])
        self.assertEqual((unlock.origin, unlock.state), ("deputy", "approved"))
        self.dialog(
            "ejournal.unlock.open",
            self.deputy,
            lesson,
            reason="No power",
            is_outage=True,
        ).action_open_lessons()
        outage = self.env["ejournal.unlock"].search([("origin", "=", "outage")])
        self.assertEqual(outage.lesson_ids, lesson)

    def test_the_seals_are_checked_in_a_dialog(self):
        self.env["ejournal.seal"]._seal_days(self.school)
        for role in ("deputy", "director", "admin"):
            dialog = self.dialog(
                "ejournal.seal.verify", getattr(self, role), self.env["ejournal.seal"]
            )
            dialog.action_verify()
            self.assertEqual(dialog.state, "ok", role)


@tagged("post_install", "-at_install")
class TestSettingsPage(SchoolCase):
    def test_the_page_opens_for_who_may_read_it(self):
        action = self.env.ref(f"{MODULE}.ejournal_settings_action")
        for role in ("deputy", "director", "admin"):
            opened = self.as_user(action, getattr(self, role)).run()
            self.assertEqual(opened["res_id"], self.school._ejournal_settings().id)
        with self.assertRaises(AccessError):
            self.as_user(action, self.teacher).run()

    def test_the_deputy_writes_and_the_change_is_on_record(self):
        settings = self.school._ejournal_settings()
        with Form(self.as_user(settings, self.deputy)) as form:
            form.count_classwork = False
        change = self.changes(settings, "count_classwork")
        self.assertEqual(change.user_id, self.deputy)
        self.assertEqual((change.old_text, change.new_text), ("Yes", ""))

    def test_the_administrator_reads_and_does_not_write(self):
        settings = self.as_user(self.school._ejournal_settings(), self.admin)
        self.assertTrue(
            settings.read(["count_topic", "lock_rule_ids", "work_type_ids"])
        )
        with self.assertRaises(AccessError):
            settings.count_topic = False

    def test_odoos_settings_are_saved_by_odoos_administrator_only(self):
        cron = self.env.ref("mail.ir_cron_module_update_notification")
        self.env["res.config.settings"].create(
            {"ejournal_vendor_report": True}
        ).execute()
        self.assertTrue(cron.active)
        settings = self.env["res.config.settings"].create({})
        self.assertTrue(settings.ejournal_vendor_report)
        settings.ejournal_vendor_report = False
        settings.execute()
        self.assertFalse(cron.active)
        for role in ("deputy", "admin"):
            with self.assertRaises(AccessError):
                self.as_user(
                    self.env["res.config.settings"], getattr(self, role)
                ).create({"ejournal_vendor_report": True}).execute()

    def test_odoos_settings_lead_to_the_schools(self):
        settings = self.env["res.config.settings"].create({})
        opened = settings.action_ejournal_settings()
        self.assertEqual(opened["res_model"], "ejournal.settings")
