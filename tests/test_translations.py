"""Kyrgyz and Russian: the files of translations, and what a user of each language reads."""

import re
from pathlib import Path

import polib
import pytest

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SchoolCase

ROOT = Path(__file__).parents[1]
ADDONS = ("school_ejournal", "school_ejournal_portal", "school_ejournal_reports")
LANGUAGES = ("ky", "ru")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|</?[a-zA-Z]\w*")
TAG = re.compile(r"<[^>]*>")
LATIN, CYRILLIC = "A-Za-z", "А-Яа-яЁёҢңӨөҮү"
TWO_ALPHABETS = re.compile(rf"\w*(?:[{LATIN}][{CYRILLIC}]|[{CYRILLIC}][{LATIN}])\w*")

# Source term: how the school says it (a native teacher checks this list).
GLOSSARY = {
    "Mark": ("Баа", "Отметка"),
    "Lesson": ("Сабак", "Урок"),
    "Subject": ("Предмет", "Предмет"),
    "Attendance": ("Катышуу", "Посещаемость"),
    "Absent": ("Келген жок", "Отсутствовал"),
    "Late": ("Кечикти", "Опоздал"),
    "Quarter": ("Чейрек", "Четверть"),
    "Timetable": ("Сабактардын жүгүртмөсү", "Расписание"),
    "Substitutions": ("Алмаштыруулар", "Замещения"),
    "Order": ("Буйрук", "Приказ"),
    "Class teacher": ("Класс жетекчи", "Классный руководитель"),
    "Pupil": ("Окуучу", "Ученик"),
    "Parents": ("Ата-энелер", "Родители"),
    "Guardian": ("Камкорчу", "Опекун"),
    "Subgroup": ("Топ (подгруппа)", "Подгруппа"),
    "Shift": ("Нөөмөт (смена)", "Смена"),
    "Bells": ("Коңгуроолор", "Звонки"),
    "Homework": ("Үй тапшырмасы", "Домашнее задание"),
    "Control work": ("Текшерүү иши", "Контрольная работа"),
    "Dictation": ("Жат жазуу", "Диктант"),
    "Retelling": ("Баян", "Изложение"),
    "Essay": ("Дил баян", "Сочинение"),
    "Work done": ("Аткарылган иш", "Работа на уроке"),
    "Ask to open": ("Ачууну суроо", "Попросить открыть"),
}


def entries(addon, language):
    """Return the live entries of one po file; none while the addon has no terms."""
    path = ROOT / addon / "i18n" / f"{language}.po"
    if not path.is_file():
        return []
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete]


def spoken(text):
    """Return a text without tags and placeholders."""
    return PLACEHOLDER.sub(" ", TAG.sub(" ", text))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("addon", ADDONS)
class TestFiles:
    def test_placeholders_are_kept(self, addon, language):
        other = [
            entry.msgid
            for entry in entries(addon, language)
            if entry.msgstr
            and sorted(PLACEHOLDER.findall(entry.msgid))
            != sorted(PLACEHOLDER.findall(entry.msgstr))
        ]
        assert other == []

    def test_no_word_mixes_two_alphabets(self, addon, language):
        """A Latin «c» in a Cyrillic word looks right and is never found by a search."""
        mixed = [
            found.group()
            for entry in entries(addon, language)
            for found in TWO_ALPHABETS.finditer(spoken(entry.msgstr))
        ]
        assert mixed == []

    def test_quotes_are_those_of_the_language(self, addon, language):
        foreign = [
            entry.msgstr
            for entry in entries(addon, language)
            if re.search('[“”"]', spoken(entry.msgstr))
        ]
        assert foreign == []

    def test_the_regulation_is_cited_by_its_name(self, addon, language):
        name = {"ky": "Жобо", "ru": "Положение"}[language]
        without = [
            entry.msgid
            for entry in entries(addon, language)
            if "Regulation, 4.2" in entry.msgid and f"{name}, 4.2" not in entry.msgstr
        ]
        assert without == []


@pytest.mark.parametrize("term", GLOSSARY)
def test_the_glossary_holds(term):
    said = [
        {entry.msgid: entry.msgstr for entry in entries("school_ejournal", language)}[
            term
        ]
        for language in LANGUAGES
    ]
    assert said == list(GLOSSARY[term])


@pytest.mark.parametrize("addon", ADDONS)
def test_both_languages_know_the_same_terms(addon):
    kyrgyz, russian = (
        {entry.msgid for entry in entries(addon, language)} for language in LANGUAGES
    )
    assert kyrgyz == russian


@tagged("post_install", "-at_install")
class TestInstalled(SchoolCase):
    """Nobody loads a language by hand: both are there after installation."""

    def in_language(self, lang, user=None):
        """The environment of a user who reads a language."""
        user = user or self.teacher
        user.lang = lang
        return self.env(user=user, context={**self.env.context, "lang": lang})

    def test_labels_of_fields(self):
        for lang, mark, absent in (
            ("ky_KG", "Баа", "Келген жок"),
            ("ru_RU", "Отметка", "Отсутствовал"),
        ):
            env = self.in_language(lang)
            label = env["ejournal.mark"].fields_get(["value"])["value"]["string"]
            kinds = env["ejournal.attendance"].fields_get(["kind"])["kind"]["selection"]
            with self.subTest(lang):
                self.assertEqual(label, mark)
                self.assertEqual(dict(kinds)["absent"], absent)

    def test_menus_and_groups(self):
        for lang, menu, group in (
            (
                "ky_KG",
                "Электрондук журнал",
                "Директордун ОТИ боюнча орун басары",
            ),
            ("ru_RU", "Электронный журнал", "Заместитель директора по УВР"),
        ):
            env = self.env(context={"lang": lang})
            root = env.ref("school_ejournal.menu_root")
            with self.subTest(lang):
                self.assertEqual(root.name, menu)
                self.assertEqual(env.ref("school_ejournal.group_deputy").name, group)

    def test_signs_of_a_new_school(self):
        settings = self.school._ejournal_settings()
        for lang, signs in (
            ("en_US", ("abs", "lt", "ex")),
            ("ky_KG", ("кж", "Кеч", "БОШ")),
            ("ru_RU", ("нб", "Оп", "ОСВ")),
        ):
            own = settings.with_context(lang=lang)
            with self.subTest(lang):
                self.assertEqual(
                    (own.letter_absent, own.letter_late, own.letter_exempt), signs
                )

    def test_a_sign_that_is_given_stands_in_every_language(self):
        settings = self.env["ejournal.settings"]
        self.school._ejournal_settings().sudo().unlink()
        made = settings.create({"company_id": self.school.id, "letter_absent": "н"})
        russian = made.with_context(lang="ru_RU")
        self.assertEqual((russian.letter_absent, russian.letter_late), ("н", "Оп"))

    def test_the_shipped_lists_are_in_both_languages(self):
        answer = self.env["ejournal.work.type"]._answer(self.school)
        self.assertEqual(answer.with_context(lang="ky_KG").name, "Оозеки жооп")
        self.assertEqual(answer.with_context(lang="ru_RU").name, "Ответ")

    def test_the_lock_speaks_the_language_of_the_user(self):
        for lang, sentence in (
            (
                "ky_KG",
                "Сабак 13.10.2026 саат 24:00дө жабылды: баа сабак өткөн күнү гана "
                "коюлат (Жобо, 4.2 А). Ачууну суроо ›",
            ),
            (
                "ru_RU",
                "Урок закрыт 13.10.2026 в 24:00: отметки ставятся только в день урока "
                "(Положение, 4.2 А). Попросить открыть ›",
            ),
        ):
            env = self.in_language(lang)
            lesson = self.lesson_yesterday.with_env(env)
            with self.subTest(lang):
                window = lesson._entry_window()[lesson.id]["content"]
                self.assertEqual(
                    (window["state"], window["text"]), ("closed", sentence)
                )
                with self.assertRaises(UserError) as refused:
                    lesson.topic = "Туунду"
                self.assertIn(sentence, str(refused.exception))

    def test_names_follow_the_kyrgyz_alphabet(self):
        names = self.env["ejournal.pupil"].search([("id", "in", self.pupils.ids)])
        self.assertEqual(
            names.mapped("last_name"),
            ["Асанов", "Ермеков", "Ёлкин", "Ңурманов", "Өмүров", "Үсөнов"],
        )

    def test_dates_are_written_as_in_the_country(self):
        for lang in ("ky_KG", "ru_RU"):
            language = self.env["res.lang"]._get_data(code=lang)
            with self.subTest(lang):
                self.assertEqual(
                    (language.date_format, language.week_start, language.decimal_point),
                    ("%d.%m.%Y", "1", ","),
                )
