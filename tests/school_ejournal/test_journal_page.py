"""The journal page in Chromium: its unit tests, and a lesson filled at a desk and by phone."""

import re

from odoo.tests import no_retry, tagged

from .page_common import PageCase

UNIT_TESTS = 65
ADDRESS = "/odoo/ejournal/%d"


def hoot_id(name):
    """The id that Hoot gives a suite, see ``HOOTCommon._generate_hash`` of web."""
    value = 0
    for char in name:
        value = ((value << 5) - value + ord(char)) & 0xFFFFFFFF
    return f"{value:08x}"


@tagged("post_install", "-at_install")
class TestJournalPageUnits(PageCase):
    @no_retry
    def test_unit_tests_of_store_queue_keys_paste_and_components(self):
        with self.assertLogs(self._logger.name, "INFO") as logs:
            self.browser_js(
                "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
                f"&id={hoot_id('@school_ejournal/journal_page')}",
                "",
                "",
                login="admin",
                timeout=600,
                success_signal="[HOOT] Test suite succeeded",
                error_checker=lambda message: "[HOOT]" not in message,
            )
        passed = re.findall(r"Passed (\d+) tests", "\n".join(logs.output))
        # a wrong id would run all of web's tests, a load error none of ours
        self.assertEqual([int(count) for count in passed], [UNIT_TESTS])


@tagged("post_install", "-at_install")
class TestJournalPageDesk(PageCase):
    browser_size = "1366x768"

    def tour(self, name, login=None):
        self.start_tour(ADDRESS % self.journal.id, name, login=login or "page_teacher")

    def test_a_lesson_is_filled_by_keyboard(self):
        self.tour("school_ejournal_page_fill")
        self.assertEqual(self.marks(), {"Асанов": "5", "Ермеков": "4", "Ңурманов": "3"})
        self.assertEqual(self.absent(), ["Ёлкин"])
        self.assertEqual(self.lesson.topic, "Roots")
        self.assertEqual(self.lesson.homework, "№ 15")
        self.assertTrue(self.lesson.attendance_confirmed)
        self.assertTrue(self.lesson.filled_at)

    def test_a_closed_lesson_says_its_rule_and_is_asked_for(self):
        self.tour("school_ejournal_page_closed")
        unlock = self.env["ejournal.unlock"].search(
            [("lesson_ids", "in", self.lesson_before.ids)]
        )
        self.assertEqual(unlock.reason_code, "ill")
        self.assertFalse(self.lesson_before.mark_ids)

    def test_paste_undo_and_redo(self):
        self.tour("school_ejournal_page_paste")
        self.assertEqual(self.marks(), {"Асанов": "5", "Ермеков": "4", "Үсөнов": "3"})

    def test_a_column_gets_its_type_and_takes_two_marks(self):
        self.tour("school_ejournal_page_column")
        [work] = self.lesson.work_ids
        self.assertEqual((work.type_id.code, work.title), ("dictation", "Autumn"))
        mark = work.mark_ids
        self.assertEqual((mark.value, mark.second_value), ("5", "4"))

    def test_without_a_journal_it_asks_which(self):
        self.start_tour(
            "/odoo/ejournal", "school_ejournal_page_choose", login="page_teacher"
        )


@tagged("post_install", "-at_install")
class TestJournalPagePhone(PageCase):
    browser_size = "360x740"
    touch_enabled = True

    def test_roll_call_marks_and_topic_with_one_thumb(self):
        self.start_tour(
            ADDRESS % self.journal.id,
            "school_ejournal_page_phone",
            login="page_teacher",
        )
        self.assertEqual(self.absent(), ["Ёлкин", "Үсөнов"])
        self.assertEqual(self.marks(), {"Асанов": "5", "Ермеков": "4", "Ңурманов": "3"})
        self.assertTrue(self.lesson.attendance_confirmed)
        self.assertEqual(self.lesson.topic, "Roots")
