"""Names: the Kyrgyz order, look-alike letters."""

import random

import pytest

from odoo.addons.school_ejournal.tools.alphabet import KYRGYZ, sort_key
from odoo.addons.school_ejournal.tools.letters import (
    normalize_class_name,
    normalize_person_name,
    split_class_name,
)


def shuffled(items):
    items = list(items)
    random.Random(7).shuffle(items)
    return items


def test_names_sort_by_the_kyrgyz_alphabet():
    names = (
        "Асан Ермеков Ёлкин Жапаров Нурбек Ңа Осмонов Өмүрбеков Петров Усенов Үсөнов "
    )
    names = (names + "Яковлев").split()
    assert sorted(shuffled(names), key=sort_key) == names


def test_all_letters_stand_in_alphabetical_order():
    assert sorted(shuffled(KYRGYZ), key=sort_key) == list(KYRGYZ)
    assert len(KYRGYZ) == 36


def test_capital_and_small_letters_are_equal():
    assert sort_key("ЁЛКИН ӨМҮР") == sort_key("ёлкин өмүр")


def test_keys_are_digits_so_that_every_collation_agrees():
    assert sort_key("Өмүрбеков", "Бек-Султан", "O'Нил уулу").isdigit()


def test_the_whole_last_name_goes_before_the_first_name():
    people = [
        ("Асан", "Яна"),
        ("Асанов", "Азат"),
        ("Асанов", "Азат", "Бекович"),
        ("Асанов", "Бек"),
        ("Асанова", "Айгүл"),
    ]
    assert sorted(shuffled(people), key=lambda p: sort_key(*p)) == people


def test_a_name_of_two_words_stands_before_a_longer_word():
    names = ["Бек уулу", "Бекбоев", "Бекова"]
    assert sorted(shuffled(names), key=sort_key) == names


def test_latin_names_and_digits_stand_after_cyrillic_ones():
    names = ["Абаев", "Яковлев", "Adams", "Émile", "Zola", "1-А"]
    assert sorted(shuffled(names), key=sort_key) == names


def test_apostrophe_does_not_count():
    assert sort_key("Са'адат") == sort_key("Саадат")


def test_decomposed_letters_are_the_same_letters():
    assert sort_key("Йолкин") == sort_key("Йолкин")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("1-A", "1-А"),
        ("1-А", "1-А"),
        ("1a", "1-А"),
        (" 7 б ", "7-Б"),
        ("7–Б", "7-Б"),
        ("10«В»", "10-В"),
        ('11 "B"', "11-В"),
        ("11", "11"),
        ("5-H", "5-Н"),
        ("5-гимназия", "5-гимназия"),
        ("Үйдө окутуу", "Үйдө окутуу"),
    ],
)
def test_class_names_are_made_alike(typed, name):
    assert normalize_class_name(typed) == name


def test_class_name_is_split_into_grade_and_letter():
    assert split_class_name("7-A") == (7, "А")
    assert split_class_name("Үйдө") == (0, "Үйдө")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Асанов   Бек ", "Асанов Бек"),
        ("Aсанoв", "Асанов"),  # Latin A and o
        ("Ѳмүрбеков", "Өмүрбеков"),  # fita
        ("Ɵмүрбеков", "Өмүрбеков"),
        ("Yсенов", "Үсенов"),  # Latin capital Y has the shape of Ү
        ("Smith", "Smith"),
        ("Бек уулу", "Бек уулу"),
        ("О’Нил", "О'Нил"),
        ("Бек – Султан", "Бек-Султан"),
        ("Бай\u00adыш\u200b", "Байыш"),
        ("Йолкин", "Йолкин"),
        (None, ""),
    ],
)
def test_person_names_are_made_alike(typed, name):
    assert normalize_person_name(typed) == name
