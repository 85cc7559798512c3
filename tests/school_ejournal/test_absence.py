"""The class teacher's layer over the facts: marked, cut, requested, frozen, private."""

import base64

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.school_ejournal.tools.absences import box

from ..common import TODAY
from .attendance_common import AttendanceCase


@tagged("post_install", "-at_install")
class TestAbsence(AttendanceCase):
    def rows_of(self, pupil=None, state="confirmed"):
        """``(first day, last day, from, to, reason)`` of a pupil's absences."""
        rows = self.env["ejournal.absence"].search(
            [("pupil_id", "=", (pupil or self.pupil).id), ("state", "=", state)],
            order="date_start, number_from",
        )
        return [
            (
                row.date_start.day,
                row.date_end.day,
                row.number_from,
                row.number_to,
                row.reason,
            )
            for row in rows
        ]

    def paint(self, start, end, reason, number_from=0, number_to=0, **more):
        stroke = {
            "pupil_id": self.pupil.id,
            "box": box(
                self.day(f"2026-10-{start}"),
                self.day(f"2026-10-{end}"),
                number_from,
                number_to,
            ),
            "reason": reason,
            **more,
        }
        return self.absences()._paint([stroke])

    # ---- marking ---------------------------------------------------------------------

    def test_marked_in_the_morning_the_reason_comes_later(self):
        absence = self.mark()
        self.assertEqual((absence.reason, absence.state), ("unknown", "confirmed"))
        absence.reason = "ill"
        [made, changed] = self.changes(absence, "reason")
        self.assertEqual((made.new_value, changed.new_value), ("unknown", "ill"))
        self.assertEqual({made.basis, changed.basis}, {"duty"})
        self.assertEqual(made.pupil_id, self.pupil)

    def test_a_day_when_no_last_day_is_given(self):
        absence = self.absences().create(
            {"pupil_id": self.pupil.id, "date_start": "2026-10-14"}
        )
        self.assertEqual(absence.date_end, TODAY)

    def test_confirmed_ones_never_overlap(self):
        self.mark(start=12, end=14)
        with self.assertRaisesRegex(ValidationError, "14.10.2026"):
            self.mark(start=14, end=15)
        self.mark(self.pupils[1], start=14, end=15)

    def test_other_lessons_of_the_same_day_are_free(self):
        self.mark(number_to=2)
        self.mark(number_from=3)
        with self.assertRaises(ValidationError):
            self.mark(number_from=2, number_to=3)

    def test_the_database_holds_it_as_well(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT contype FROM pg_constraint WHERE conname = %s",
                "ejournal_absence_no_overlap",
            )
        )
        self.assertEqual(rows, [("x",)])

    def test_only_a_pupil_of_the_school_is_away_from_it(self):
        newcomer = self.env["ejournal.pupil"].create(
            {"last_name": "Жаңы", "first_name": "Айпери"}
        )
        with self.assertRaises(ValidationError):
            self.mark(newcomer, user=self.deputy)

    def test_a_range_over_holidays_is_one_row(self):
        self.mark(start=30, end=31)
        absence = self.mark(start=16, end=16)
        absence.date_end = "2026-10-29"
        self.assertEqual(len(self.rows_of()), 2)

    def test_lessons_in_wrong_order_are_refused(self):
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
            self.mark(number_from=4, number_to=2)
        self.assertIn("numbers_range", str(caught.exception))

    # ---- painting ----------------------------------------------------------------------

    def test_a_reason_set_over_a_part_leaves_the_rest(self):
        self.mark(start=12, end=16)
        self.paint(14, 14, "ill")
        self.assertEqual(
            self.rows_of(),
            [
                (12, 13, 0, 0, "unknown"),
                (14, 14, 0, 0, "ill"),
                (15, 16, 0, 0, "unknown"),
            ],
        )

    def test_a_child_who_came_at_lesson_three(self):
        self.mark(start=14, end=14, reason="ill")
        self.paint(14, 14, False, number_from=3)
        self.assertEqual(self.rows_of(), [(14, 14, 0, 2, "ill")])

    def test_a_reason_over_many_rows_keeps_note_and_scan(self):
        first = self.mark(start=12, note="from the mother")
        second = self.mark(start=13, note="№ 5")
        self.scan(second)
        [kept] = self.paint(12, 14, "excused")
        self.assertEqual(self.rows_of(), [(12, 14, 0, 0, "excused")])
        self.assertEqual(kept, first)
        self.assertEqual(kept.note, "from the mother\n№ 5")
        self.assertEqual(len(kept.attachment_ids), 1)

    def test_clearing_is_on_record(self):
        absence = self.mark(reason="ill")
        self.paint(14, 14, False)
        self.assertEqual(self.rows_of(), [])
        self.assertEqual(self.changes(absence, "reason")[-1].new_value, "")

    def test_the_same_stroke_again_changes_nothing(self):
        self.paint(12, 13, "ill")
        count = self.env["ejournal.change"].search_count([])
        self.paint(12, 13, "ill")
        self.assertEqual(self.env["ejournal.change"].search_count([]), count)

    # ---- requests --------------------------------------------------------------------

    def request(self, start=14, end=None, reason="ill", **more):
        return self.as_user(self.env["ejournal.absence"], self.parent_user)._request(
            [
                {
                    "pupil_id": self.pupil.id,
                    "date_start": f"2026-10-{start}",
                    "date_end": f"2026-10-{end or start}",
                    "reason": reason,
                    **more,
                }
            ]
        )

    def test_a_request_overlaps_and_confirming_sets_the_reason_of_what_is_there(self):
        self.mark(start=12, end=14, note="called the mother")
        request = self.request(13, 15)
        self.assertEqual(request.state, "requested")
        self.as_user(request, self.class_teacher).action_confirm()
        self.assertEqual(
            self.rows_of(), [(12, 12, 0, 0, "unknown"), (13, 15, 0, 0, "ill")]
        )
        self.assertEqual(request.decided_by, self.class_teacher)

    def test_confirming_by_a_plain_write_is_the_same(self):
        self.mark()
        request = self.request()
        self.as_user(request, self.class_teacher).write({"state": "confirmed"})
        self.assertEqual(self.rows_of(), [(14, 14, 0, 0, "ill")])

    def test_the_class_teacher_may_give_another_reason(self):
        request = self.request()
        self.as_user(request, self.class_teacher).action_confirm("unexcused", "No note")
        self.assertEqual(self.rows_of(), [(14, 14, 0, 0, "unexcused")])
        self.assertEqual(request.decision_note, "No note")

    def test_refused_sets_nothing_and_is_decided_once(self):
        request = self.as_user(self.request(), self.class_teacher)
        request.action_refuse("The note is missing")
        self.assertEqual(self.rows_of(), [])
        with self.assertRaises(UserError):
            request.action_confirm()

    def test_nobody_writes_who_decided(self):
        request = self.as_user(self.request(), self.class_teacher)
        with self.assertRaises(AccessError):
            request.write({"decided_by": self.deputy.id})

    # ---- the period ------------------------------------------------------------------

    def test_a_note_a_week_later_is_taken(self):
        self.roll(self.journal, 13, (self.pupil, "absent"))
        with self.at("2026-10-20 04:00:00"):
            self.mark(start=13, reason="ill")
        [fact] = self.env["ejournal.attendance"]._with_excuses(
            [("pupil_id", "=", self.pupil.id)]
        )
        self.assertTrue(fact.excused)

    def test_a_closed_period_refuses_and_tells_the_way(self):
        absence = self.mark(start=13)
        request = self.request(12)
        self.close_quarter()
        attempts = [
            lambda: self.mark(start=14),
            lambda: self.as_user(absence, self.class_teacher).write({"reason": "ill"}),
            lambda: self.as_user(absence, self.class_teacher).write({"note": "x"}),
            lambda: self.as_user(absence, self.class_teacher).unlink(),
            lambda: self.as_user(request, self.class_teacher).action_confirm(),
            lambda: self.request(15),
            lambda: self.scan(absence),
            lambda: self.paint(13, 13, "ill"),
        ]
        for attempt in attempts:
            with (
                self.assertRaisesRegex(UserError, "director to re-open"),
                self.env.cr.savepoint(),
            ):
                attempt()
        self.as_user(request, self.class_teacher).action_refuse("Too late")

    def test_a_row_that_reaches_out_of_a_closed_period_may_be_ended(self):
        absence = self.absences().create(
            {
                "pupil_id": self.pupil.id,
                "date_start": "2026-11-03",
                "date_end": "2026-11-12",
            }
        )
        self.close_quarter()
        absence = self.as_user(absence, self.class_teacher)
        absence.date_end = "2026-11-11"
        with self.assertRaises(UserError), self.env.cr.savepoint():
            absence.date_end = "2026-11-03"
            absence.date_start = "2026-11-02"

    # ---- people ------------------------------------------------------------------------

    def scan(self, absence, user=None, **vals):
        attachments = self.as_user(
            self.env["ir.attachment"], user or self.class_teacher
        )
        return attachments.create(
            {
                "name": "note.png",
                "res_model": "ejournal.absence",
                "res_id": absence.id,
                "datas": base64.b64encode(b"x"),
                **vals,
            }
        )

    def test_a_pupil_who_moved_is_the_new_class_teachers(self):
        absence = self.mark(start=12, end=16)
        self.class_b.class_teacher_id = self.colleague
        row = self.class_a.enrollment_ids.filtered(lambda r: r.pupil_id == self.pupil)
        self.as_user(row, self.deputy).action_move(self.class_b.id, "2026-10-14")
        with self.at("2026-10-15 04:00:00"):
            self.env["ejournal.enrollment"]._refresh_over()
            self.as_user(absence, self.colleague).write({"reason": "ill"})
            with self.assertRaises(AccessError):
                self.as_user(absence, self.class_teacher).write({"reason": "school"})


@tagged("post_install", "-at_install")
class TestIllnessIsPrivate(AttendanceCase):
    """Only class teacher, deputy and the own parents learn why a child was away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.absence = (
            cls.env["ejournal.absence"]
            .with_user(cls.class_teacher)
            .create(
                {
                    "pupil_id": cls.pupil.id,
                    "date_start": "2026-10-14",
                    "reason": "ill",
                    "note": "Angina",
                }
            )
        )
        cls.scan = (
            cls.env["ir.attachment"]
            .with_user(cls.class_teacher)
            .create(
                {
                    "name": "angina.png",
                    "res_model": "ejournal.absence",
                    "res_id": cls.absence.id,
                    "raw": b"x",
                }
            )
        )
        cls.others = (
            cls.teacher,
            cls.colleague,
            cls.director,
            cls.admin,
            cls.outsider,
            cls.parent_user,
            cls.stranger,
        )

    def test_nobody_else_reads_searches_groups_or_exports_it(self):
        for user in self.others:
            with self.subTest(user=user.login):
                rows = self.as_user(self.env["ejournal.absence"], user)
                own = rows.browse(self.absence.id)
                if rows.has_access("read"):
                    self.assertFalse(rows.search([("reason", "=", "ill")]))
                    self.assertFalse(rows.search_count([("note", "ilike", "angina")]))
                    self.assertFalse(
                        rows.formatted_read_group([], ["reason"], ["__count"])
                    )
                for read in (
                    lambda own=own: own.read(["reason"]),
                    lambda own=own: own.web_read({"reason": {}}),
                    lambda own=own: own.export_data(["reason"]),
                    lambda own=own: own.write({"reason": "school"}),
                ):
                    # exporting asks for a right of its own first
                    with self.assertRaises(UserError):
                        read()

    def test_its_name_tells_who_and_nothing_else(self):
        absence = self.as_user(self.absence, self.colleague)
        self.assertEqual(absence.sudo().display_name, self.pupil.display_name)

    def test_the_change_record_does_not_tell_it(self):
        Change = self.env["ejournal.change"]
        domain = [("model_name", "=", "ejournal.absence")]
        for user in self.others:
            with self.subTest(user=user.login):
                rows = self.as_user(Change, user)
                if rows.has_access("read"):
                    self.assertFalse(rows.search(domain))
                    self.assertFalse(rows.search([("new_value", "ilike", "angina")]))
        for user in (self.class_teacher, self.deputy):
            self.assertTrue(self.as_user(Change, user).search(domain))

    def test_scans_and_their_names_are_not_found(self):
        for user in self.others:
            with self.subTest(user=user.login):
                files = self.as_user(self.env["ir.attachment"], user)
                try:
                    self.assertFalse(files.search([("name", "ilike", "angina")]))
                except AccessError:
                    pass
                with self.assertRaises(AccessError):
                    files.browse(self.scan.id).read(["name", "datas"])

    def test_no_link_opens_a_scan(self):
        for vals in ({"public": True}, {"access_token": "x"}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self.as_user(self.scan, self.class_teacher).write(vals)

    def test_a_scan_is_on_record(self):
        [row] = self.changes(self.absence, "attachment")
        self.assertEqual(
            (row.new_value, row.basis, row.pupil_id),
            ("angina.png", "duty", self.pupil),
        )

    def test_the_journal_page_says_excused_and_no_more(self):
        page = self.as_user(self.journal, self.teacher).load_page(TODAY, TODAY)
        [lesson] = page["lessons"]
        self.assertEqual(
            lesson["proposals"]["known"],
            [{"pupil_id": self.pupil.id, "excused": True, "for_school": False}],
        )
        self.assertNotIn("'ill'", repr(page))
        self.assertNotIn("Angina", repr(page))

    def test_the_batch_query_says_excused_and_no_more(self):
        self.roll(self.journal, 14, (self.pupil, "absent"))
        [fact] = self.env["ejournal.attendance"]._with_excuses(
            [("lesson_id", "=", self.lesson.id)]
        )
        self.assertEqual((fact.kind, fact.excused, fact.reason), ("absent", True, None))
