"""The week's analysis for the notice board and the month's reports on teachers."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.school_ejournal.tools.passage import with_passage

from ..common import SchoolCase
from .pdf_common import faults_of_pdfa, squeezed, text_of

MONDAY = date(2026, 10, 12)
NEXT_MONDAY = "2026-10-19 03:00:00"
POSTER = "school_ejournal_reports.weekly_analysis"


class FilledWeek(SchoolCase):
    """The week of 12 October: 7-А has three lessons of algebra, 7-Б one of physics."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fill(cls.lesson_yesterday, on_time=True)
        cls.fill(cls.lesson, on_time=False)

    @classmethod
    def fill(cls, lesson, on_time):
        with_passage(lesson).write(
            {
                "topic": "Fractions",
                "classwork": "No. 5",
                "homework": "No. 6",
                "attendance_confirmed": True,
            }
        )
        with_passage(lesson, "system").write(
            {"filled_at": "2026-10-14 05:00:00", "filled_on_time": on_time}
        )

    def prepared(self, monday=MONDAY):
        with self.at(NEXT_MONDAY):
            analyses = self.env["ejournal.weekly.analysis"]
            return analyses._prepare(self.school, monday)


@tagged("post_install", "-at_install")
class TestWeeklyAnalysis(FilledWeek):
    def test_lessons_are_counted_as_by_hand(self):
        self._mark(self._work(), value="4")
        figures = self.prepared().figures
        school = figures["school"]
        self.assertEqual(
            (school["due"], school["on_time"], school["late"], school["unfilled"]),
            (4, 1, 1, 2),
        )
        self.assertEqual((school["no_topic"], school["no_attendance"]), (2, 2))
        self.assertEqual((school["marks"], school["controls"]), (1, 0))
        [own] = [x for x in figures["teachers"] if x["user_id"] == self.teacher.id]
        self.assertEqual((own["due"], own["on_time"], own["late"]), (3, 1, 1))

    def test_a_cancelled_lesson_is_not_due(self):
        self.as_user(self.lesson_tomorrow, self.deputy).action_cancel("Excursion")
        self.assertEqual(self.prepared().figures["school"]["due"], 3)

    def test_an_outage_is_told_apart_from_a_permission(self):
        unlocks = self.env["ejournal.unlock"].with_user(self.deputy)
        with self.at("2026-10-15 03:00:00"):
            unlocks.open_unasked(self.lesson.ids, False, None, "No power")
        school = self.prepared().figures["school"]
        self.assertEqual((school["late"], school["late_outage"]), (1, 1))

    def test_small_classes_stand_together_without_a_name(self):
        lines = self.prepared().figures["classes"]
        self.assertEqual([line["name"] for line in lines], ["7-А", ""])
        self.assertEqual(lines[1]["due"], 1, "7-Б has two pupils")

    def test_the_figures_stay_as_they_were(self):
        analysis = self.prepared()
        self.fill(self.lesson_tomorrow, on_time=True)
        self.assertEqual(analysis.figures["school"]["unfilled"], 2)
        self.assertFalse(self.prepared(), "a week is prepared once")
        for values in ({"figures": {}}, {"state": "published"}):
            with self.assertRaises(AccessError):
                self.as_user(analysis, self.deputy).write(values)

    def test_the_week_before_stands_beside_it(self):
        figures = self.prepared(date(2026, 10, 19)).figures
        self.assertEqual(figures["school"]["due"], 0)
        self.assertEqual(figures["school_before"]["due"], 4)

    def test_the_board_has_classes_and_conclusions_but_no_names(self):
        analysis = self.as_user(self.prepared(), self.deputy)
        analysis.conclusion = "Topics on the day, please."
        analysis.action_publish()
        notice = self.env["ejournal.notice"].browse(analysis.notice_id.id)
        self.assertEqual(notice.audience, "staff")
        self.assertIn("7-А", notice.body)
        self.assertNotIn("7-Б", notice.body)
        self.assertIn("Topics on the day", notice.body)
        for user in (self.teacher, self.colleague):
            self.assertNotIn(user.name, notice.body)
        self.assertNotRegex(notice.body, "red|danger|warning")
        with self.assertRaises(UserError):
            analysis.conclusion = "Another one"
        with self.assertRaises(UserError):
            analysis.action_publish()

    def test_only_the_deputy_publishes(self):
        analysis = self.prepared()
        for user in (self.teacher, self.director, self.admin, self.parent_user):
            with self.assertRaises(AccessError):
                self.as_user(analysis, user).action_publish()

    def test_the_poster_is_printed_without_names(self):
        analysis = self.prepared()
        reports = self.env["ir.actions.report"].with_user(self.director)
        pdf, _kind = reports._render_qweb_pdf(POSTER, analysis.ids)
        text = squeezed("".join(text_of(pdf)))
        self.assertIn("7-А", text)
        self.assertIn("33,3", text)
        self.assertNotIn(self.teacher.name, text)
        self.assertEqual(faults_of_pdfa(pdf), [])

    def test_the_night_prepares_the_week_that_ended_and_tells_the_deputies(self):
        with self.at(NEXT_MONDAY):
            self.env["ejournal.weekly.analysis"]._cron_prepare()
        analysis = self.env["ejournal.weekly.analysis"].search(
            [("company_id", "=", self.school.id)]
        )
        self.assertEqual(analysis.date_start, MONDAY)
        self.assertEqual(analysis.activity_ids.user_id, self.deputy)

    def test_in_summer_nothing_is_prepared(self):
        with self.at("2027-07-12 03:00:00"):
            self.env["ejournal.weekly.analysis"]._cron_prepare()
        self.assertFalse(
            self.env["ejournal.weekly.analysis"].search(
                [("company_id", "=", self.school.id)]
            )
        )

    def test_queries_do_not_grow_with_the_lessons(self):
        counts = []
        for day, numbers in (("2026-10-16", (1, 2)), ("2026-10-12", range(1, 13))):
            for number in numbers:
                self._make_lesson(self.journal, day, number)
            self.env.flush_all()
            analysis = self.prepared()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            analysis._reckon()
            counts.append(self.env.cr.sql_log_count - before)
            with_passage(analysis.sudo()).unlink()
        self.assertEqual(counts[0], counts[1])


@tagged("post_install", "-at_install")
class TestTeacherReport(FilledWeek):
    def prepare(self):
        with self.at("2026-11-01 03:00:00"):
            return self.env["ejournal.teacher.report"]._prepare(
                self.school, date(2026, 10, 1)
            )

    def own(self, user=None):
        reports = self.prepare()
        return reports.filtered(lambda r: r.teacher_id == (user or self.teacher))

    def test_each_teacher_with_lessons_has_one_report_a_month(self):
        reports = self.prepare()
        self.assertEqual(reports.teacher_id, self.teacher | self.colleague)
        self.assertFalse(self.prepare(), "a month is prepared once")

    def test_teachers_stand_by_the_kyrgyz_alphabet(self):
        self.teacher.name = "Өмүров Бакыт"
        self.colleague.name = "Петров Нурлан"
        reports = self.env["ejournal.teacher.report"].search(
            [("id", "in", self.prepare().ids)]
        )
        self.assertEqual(reports.teacher_id.ids, [self.teacher.id, self.colleague.id])

    def test_the_figures_agree_with_a_count_by_hand(self):
        with_passage(self.lesson_tomorrow, "system").write(
            {"substitute_id": self.colleague.id}
        )
        reports = self.prepare()
        own = reports.filtered(lambda r: r.teacher_id == self.teacher).figures
        other = reports.filtered(lambda r: r.teacher_id == self.colleague).figures
        self.assertEqual((own["due"], own["on_time"], own["late"]), (2, 1, 1))
        self.assertEqual((own["replaced"], own["for_others"]), (1, 0))
        self.assertEqual((other["due"], other["for_others"]), (2, 1))

    def test_the_teacher_comments_before_the_director_reads(self):
        report = self.own()
        self.as_user(report, self.teacher).comment = "No Internet for a week"
        with self.assertRaises(AccessError):
            self.as_user(report, self.director).read(["comment"])
        self.as_user(report, self.deputy).action_close()
        shown = self.as_user(report, self.director).read(["comment"])
        self.assertEqual(shown[0]["comment"], "No Internet for a week")
        with self.assertRaises(UserError):
            self.as_user(report, self.teacher).comment = "Later"

    def test_nobody_else_reads_or_comments_it(self):
        report = self.own()
        for user in (self.colleague, self.admin, self.parent_user):
            with self.assertRaises(AccessError):
                self.as_user(report, user).read(["figures"])
        with self.assertRaises(AccessError):
            self.as_user(report, self.deputy).comment = "Slow"
        with self.assertRaises(AccessError):
            self.as_user(report, self.teacher).write({"figures": {}})

    def test_a_deputy_who_teaches_does_not_close_the_own_report(self):
        report = with_passage(self.env["ejournal.teacher.report"]).create(
            {
                "company_id": self.school.id,
                "teacher_id": self.deputy.id,
                "date_start": "2026-09-01",
            }
        )
        with self.assertRaises(AccessError):
            self.as_user(report, self.deputy).action_close()

    def test_remarks_count_as_received_cleared_in_time_and_overdue(self):
        remarks = self.env["ejournal.remark"]
        vals = {
            "journal_id": self.journal.id,
            "teacher_id": self.teacher.id,
            "lesson_ids": [(6, 0, self.lesson_yesterday.ids)],
            "text": "Topic",
            "scope": "content",
        }
        told = with_passage(remarks, "duty").create([dict(vals), dict(vals)])
        with_passage(told, "duty").write(
            {"told_at": "2026-10-14 05:00:00", "due_date": "2026-10-21"}
        )
        with_passage(told[0], "duty").write({"cleared_at": "2026-10-20 05:00:00"})
        figures = self.own().figures
        self.assertEqual(
            (figures["received"], figures["in_time"], figures["overdue"]), (2, 1, 1)
        )
