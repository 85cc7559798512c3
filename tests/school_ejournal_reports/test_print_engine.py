"""The engine of prints and one form on it: real pages, read back."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.school_ejournal.tools import printing
from odoo.addons.school_ejournal_reports.hooks import pre_init_hook

from ..common import SchoolCase
from .pdf_common import (
    faults_of_pdfa,
    fonts_of,
    outermost,
    page_count,
    squeezed,
    text_of,
)

FORM = "school_ejournal_reports.class_list"
LONG = "Абдырахманова-Жумабаева-Токтогулова-Бекмурзаева-Ңурманбетова"


@tagged("post_install", "-at_install")
class TestPrintedForm(SchoolCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reports = cls.env["ir.actions.report"].with_user(cls.class_teacher)
        cls.pdf = cls._print(cls.class_a)

    @classmethod
    def _print(cls, classes):
        content, kind = cls.reports._render_qweb_pdf(FORM, classes.ids)
        assert kind == "pdf"
        return content

    def test_the_list_stands_on_paper_in_its_order(self):
        text = squeezed(text_of(self.pdf)[0])
        places = [text.index(pupil.last_name) for pupil in self.pupils]
        self.assertEqual(places, sorted(places))
        for letters in ("Ңурманов", "Өмүров", "Үсөнов"):
            self.assertIn(letters, text)

    def test_kyrgyz_goes_first_and_russian_stands_beneath(self):
        text = squeezed(text_of(self.pdf)[0])
        self.assertLess(text.index("Класстын тизмеси"), text.index("Список класса"))

    def test_each_page_says_school_time_state_and_number(self):
        text = squeezed(text_of(self.pdf)[0])
        for part in ("Test school", "14.10.2026 10:00", "7-А", "2026/27", "1 / 1"):
            self.assertIn(part, text)

    def test_only_our_fonts_are_used(self):
        names = fonts_of(self.pdf)
        self.assertTrue(names)
        self.assertEqual(
            {name for name in names if not name.startswith("PT-Sans")}, set()
        )

    def test_it_is_pdfa_2u(self):
        self.assertEqual(faults_of_pdfa(self.pdf), [])

    def test_the_same_data_make_the_same_bytes(self):
        self.assertEqual(self._print(self.class_a), self.pdf)

    def test_nothing_stands_closer_than_8_mm_to_the_edge(self):
        self.assertGreaterEqual(outermost(self.pdf), 8)

    def test_a_long_list_repeats_its_head_and_counts_its_pages(self):
        class_ = self.env["ejournal.class"].create(
            {"year_id": self.year.id, "grade": 8, "letter": "В"}
        )
        self._make_pupils(class_, [f"{LONG}{n}" for n in range(55)])
        pages = text_of(self._print(class_))
        self.assertGreater(len(pages), 1)
        for number, text in enumerate(map(squeezed, pages), 1):
            self.assertIn(f"{number} / {len(pages)}", text)
            self.assertIn("Фамилия, имя", text)

    def test_two_classes_are_two_documents_of_their_own_count(self):
        pdf = self._print(self.class_a | self.class_b)
        self.assertEqual(page_count(pdf), 2)
        self.assertIn("1 / 1", squeezed(text_of(pdf)[1]))
        self.assertIn("Бекова", text_of(pdf)[1])

    def test_a_stranger_prints_nothing(self):
        for user in (self.outsider, self.parent_user):
            reports = self.env["ir.actions.report"].with_user(user)
            with self.assertRaises(AccessError):
                reports._render_qweb_pdf(FORM, self.class_a.ids)
            with self.assertRaises(AccessError):
                reports._render_qweb_html(FORM, self.class_a.ids)

    def test_the_web_client_learns_which_engine_draws(self):
        action = self.reports._get_report(FORM).report_action(self.class_a)
        self.assertEqual(action["print_engine"], "weasyprint")

    def test_odoos_own_reports_stay_as_they_are(self):
        others = self.env["ir.actions.report"].search(
            [("report_name", "not like", "school_ejournal")]
        )
        self.assertEqual(set(others.mapped("print_engine")), {"odoo"})


class TestEngine:
    """Without Odoo: what the engine reads, and how it fails."""

    def test_a_character_without_a_glyph_is_written_by_its_code(self):
        assert printing.printable("Тема 😀 Ң") == "Тема [U+1F600] Ң"
        assert printing.undrawn("Тема 😀 Ң") == ["😀"]

    def test_letters_of_two_parts_are_composed(self):
        assert printing.printable("й") == "й"

    def test_every_letter_of_the_three_languages_has_a_glyph(self):
        letters = "АБВГДЕЁЖЗИЙКЛМНҢОӨПРСТУҮФХЦЧШЩЪЫЬЭЮЯABCXYZ0123456789№«»—–…·"
        assert printing.undrawn(letters + letters.lower()) == []

    def test_nothing_is_read_but_files_of_ours(self):
        for address in (
            "http://example.org/spy.png",
            "file:///etc/hostname",
            "/school_ejournal/static/../models/__init__.py",
            "/web/static/img/logo.png",
        ):
            assert failure(f'<img src="{address}">') == "refused"

    def test_a_print_that_wants_too_much_is_stopped(self):
        assert failure("<p>x", memory_mb=60) == "memory"
        assert failure("<p>x" * 200_000, seconds=2) == "time"


def failure(html, **limits):
    try:
        printing.render([html], **limits)
    except printing.PrintError as error:
        return error.reason
    return "drawn"


@tagged("post_install", "-at_install")
class TestWithoutEngine(SchoolCase):
    def test_a_missing_engine_is_said_at_rendering_and_at_installation(self):
        lacking = printing.PrintError("missing", "libpango-1.0-0")
        with patch.object(printing, "_run", side_effect=lacking):
            with self.assertRaisesRegex(UserError, "libpango-1.0-0"):
                self.env["ir.actions.report"].with_user(self.deputy)._render_qweb_pdf(
                    FORM, self.class_a.ids
                )
            with self.assertRaisesRegex(UserError, "libpango-1.0-0"):
                pre_init_hook(self.env)
