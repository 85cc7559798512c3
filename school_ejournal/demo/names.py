"""Invented people with the names of the south of Kyrgyzstan.

Kyrgyz names with their letters Ң, Ө, Ү, and Uzbek, Russian and Dungan ones beside them,
as on the lists of a school in Osh.
"""

from dataclasses import dataclass
from typing import NamedTuple

MALE, FEMALE = "male", "female"

_KYRGYZ = "kyrgyz"
# who lives in the town, of a hundred
_PEOPLES = {_KYRGYZ: 74, "uzbek": 15, "russian": 7, "dungan": 4}

_SURNAMES = {
    _KYRGYZ: (
        "Абдыкадыров Акматов Алымкулов Асанов Бакиров Байтемиров Бекболотов Бөрүбаев "
        "Ермеков Жаңыбаев Жапаров Жолдошев Жумабеков Жүнүшов Исаков Кадыров Калыков "
        "Козубаев Көчөрбаев Күмүшалиев Кыдыралиев Маматов Молдокулов Мурзабеков "
        "Назаралиев Орозов Осмонов Өзүбеков Өмүралиев Өмүров Раимбеков Сатыбалдиев "
        "Сооронбаев Сөөронкулов Субанов Сүйүнбаев Сыдыков Таңатаров Ташматов Токтогулов "
        "Төрөбаев Турдубаев Тынчтыков Убайдуллаев Усенов Үмөтов Үсөнов Чотонов "
        "Шамшиев Шералиев Эгембердиев Эргешов Эшенкулов Ысманов"
    ),
    "uzbek": (
        "Абдурахманов Ахмедов Каримов Мамажанов Мирзаев Носиров Рахимов Собиров "
        "Тожибаев Умаров Хакимов Холматов Эргашев Юлдашев Юсупов"
    ),
    "russian": (
        "Белов Ёлкин Ефимов Зайцев Иванов Королёв Кузнецов Лазарев Мельников Павлов "
        "Петров Соловьёв Тарасов Фёдоров Щербаков Яковлев"
    ),
    "dungan": "Вансванов Арсе Машанло Сушанло Шисыр Юсуров Ясыр",
}
_MALE_NAMES = {
    _KYRGYZ: (
        "Адилет Азамат Айбек Актан Алихан Алмаз Баяман Бакыт Бектур Данияр Жаныбек "
        "Искендер Кубат Мирлан Нурбек Нурсултан Өмүрбек Санжар Тариэл Темирлан Тилек "
        "Төлөгөн Улан Үсөн Чыңгыз Шумкар Элдияр Эмир Эрлан Ырыс"
    ),
    "uzbek": "Азиз Бобур Дилшод Жасур Отабек Равшан Санжар Шерзод Улугбек",
    "russian": "Александр Андрей Артём Дмитрий Иван Максим Никита Пётр Сергей",
    "dungan": "Исмар Рашид Харки Юсуп Якуб",
}
_FEMALE_NAMES = {
    _KYRGYZ: (
        "Айгерим Айжан Айзада Айпери Акылай Алтынай Асель Бегимай Бермет Гүлзат "
        "Гүлнур Жаңыл Жибек Каныкей Кыял Мээрим Назик Нургүл Перизат Сайкал Сезим "
        "Таттыгүл Умсунай Үмүт Чолпон Ширин Элнура Эркеайым Ырысгүл"
    ),
    "uzbek": "Гулноза Дилноза Зилола Малика Нилуфар Нодира Сабина Феруза",
    "russian": "Алёна Анна Дарья Екатерина Мария Ольга Полина София",
    "dungan": "Айша Зухра Мадина Фатима Халима",
}
_SURNAMES = {people: names.split() for people, names in _SURNAMES.items()}
_MALE_NAMES = {people: names.split() for people, names in _MALE_NAMES.items()}
_FEMALE_NAMES = {people: names.split() for people, names in _FEMALE_NAMES.items()}


class Person(NamedTuple):
    """A name in its three parts; ``patronymic`` may be empty."""

    last_name: str
    first_name: str
    patronymic: str
    gender: str

    @property
    def full_name(self):
        return " ".join(filter(None, self[:3]))

    def vals(self):
        """Field values of a pupil or parent."""
        return {
            "last_name": self.last_name,
            "first_name": self.first_name,
            "patronymic": self.patronymic,
        }


@dataclass(frozen=True)
class Family:
    """Mother and father; children take surname and patronymic from the father."""

    people: str
    surname: str
    mother: Person
    father: Person


class Names:
    """A source of people, none of whom has the name of another.

    :param rng: ``random.Random``
    """

    def __init__(self, rng):
        self._rng = rng
        self._taken = set()

    def family(self):
        """A new :class:`Family`."""
        people = self._rng.choices(list(_PEOPLES), _PEOPLES.values())[0]
        surname = self._rng.choice(_SURNAMES[people])
        return Family(
            people,
            surname,
            self._fresh(people, surname, FEMALE),
            self._fresh(people, surname, MALE),
        )

    def child(self, family):
        """A new child of a family."""
        gender = self._rng.choice((MALE, FEMALE))
        return self._fresh(
            family.people, family.surname, gender, family.father.first_name
        )

    def adult(self, gender=None):
        """A grown-up who belongs to no family of the school: a teacher."""
        people = self._rng.choices(list(_PEOPLES), _PEOPLES.values())[0]
        # most teachers are women
        gender = gender or self._rng.choices((FEMALE, MALE), (4, 1))[0]
        return self._fresh(people, self._rng.choice(_SURNAMES[people]), gender)

    def _fresh(self, people, surname, gender, father=None):
        """A person whose full name nobody has; after many tries a twin name may stay."""
        for _attempt in range(50):
            person = self._person(people, surname, gender, father)
            if person.full_name not in self._taken:
                break
        self._taken.add(person.full_name)
        return person

    def _person(self, people, surname, gender, father):
        names = _MALE_NAMES if gender == MALE else _FEMALE_NAMES
        first_name = self._rng.choice(names[people])
        father = father or self._rng.choice(
            [name for name in _MALE_NAMES[people] if name != first_name]
        )
        in_kyrgyz = people == _KYRGYZ and self._rng.random() < 0.4
        return Person(
            surname if gender == MALE else _feminine(surname),
            first_name,
            _patronymic(father, gender, in_kyrgyz),
            gender,
        )


def _feminine(surname):
    """Асанов → Асанова; Сушанло stays."""
    return f"{surname}а" if surname.endswith(("ов", "ев", "ёв", "ин")) else surname


def _patronymic(father, gender, in_kyrgyz):
    """«Бакыт уулу», «Бакыт кызы», or «Бакытович», «Бакытовна»."""
    if in_kyrgyz:
        return f"{father} {'уулу' if gender == MALE else 'кызы'}"
    ending = "вич" if gender == MALE else "вна"
    if father.endswith("ий"):
        return f"{father[:-2]}ие{ending}"
    if father.endswith("й"):
        return f"{father[:-1]}е{ending}"
    if father == "Пётр":
        return f"Петро{ending}"
    if father.endswith("и"):
        return f"{father}е{ending}"
    return f"{father}о{ending}"
