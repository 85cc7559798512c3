"""How large a school is made."""

from dataclasses import dataclass

# Class letters as schools use them: no Ё, Й, Ъ, Ы, Ь.
LETTERS = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЭЮЯ"

# Which grades come in the afternoon; who is taught at home is visited then.
_SECOND_SHIFT = frozenset({0, 3, 4, 5, 6, 7, 8})
_LAST_PRIMARY_GRADE = 4

# Parallels of a school with 29 classes, by grade.
_PARALLELS = {1: 3, 2: 3, 3: 3, 4: 2, 5: 3, 6: 3, 7: 3, 8: 3, 9: 3, 10: 2, 11: 1}
_CLASSES = sum(_PARALLELS.values())


# The class of grade 0, beside the ordinary one of a pupil who is taught at home.
AT_HOME = "Үйдө окутуу"


@dataclass(frozen=True)
class ClassSpec:
    """A class to be made; ``block`` groups the classes that share teachers."""

    grade: int
    letter: str
    pupils: int
    block: int = 0

    @property
    def name(self):
        return f"{self.grade}-{self.letter}" if self.grade else self.letter

    @property
    def shift(self):
        return 2 if self.grade in _SECOND_SHIFT else 1

    @property
    def is_primary(self):
        """Whether one teacher gives nearly all lessons."""
        return 0 < self.grade <= _LAST_PRIMARY_GRADE


@dataclass(frozen=True)
class Size:
    """A school to be made.

    :param classes: tuple of :class:`ClassSpec`
    :param days_entered: how many school days before today have entries; the timetable
        begins with the first of them
    :param weeks_ahead: how many weeks of lessons are planned after today
    :param cases: whether the school has its special cases: pupils who come, leave, move,
        are taught at home, an exemption, a vacancy, a substitute …
    :param accounts: share of the families with an account for the e-diary
    """

    classes: tuple
    days_entered: int = 20
    weeks_ahead: int = 4
    cases: bool = False
    accounts: float = 0.0

    @property
    def pupils(self):
        return sum(spec.pupils for spec in self.classes)

    @classmethod
    def of_pupils(cls, pupils, **options):
        """A school of a number of pupils: 29 classes and 40 teachers a thousand."""
        blocks = max(1, round(pupils / 1000))
        classes = round(_CLASSES * min(1.0, pupils / 1000))
        places = [
            (block, grade, place)
            for block in range(blocks)
            for grade, place in _first_classes(classes)
        ]
        share, rest = divmod(pupils, len(places))
        return cls(
            tuple(
                ClassSpec(
                    grade,
                    LETTERS[place] + (str(block + 1) if blocks > 1 else ""),
                    share + (number < rest),
                    block,
                )
                for number, (block, grade, place) in enumerate(places)
            ),
            **options,
        )


def _first_classes(count):
    """``(grade, place in the parallel)`` of ``count`` classes spread over the grades."""
    by_place = [
        (grade, place)
        for place in range(max(_PARALLELS.values()))
        for grade in sorted(_PARALLELS, reverse=True)
        if place < _PARALLELS[grade]
    ]
    return sorted(by_place[:count])


DEMO = Size(
    classes=(
        ClassSpec(2, "А", 24),
        ClassSpec(5, "А", 27),
        ClassSpec(5, "Б", 26),
        ClassSpec(5, "В", 25),
        ClassSpec(9, "А", 24),
        ClassSpec(9, "Б", 23),
        ClassSpec(0, AT_HOME, 0),
    ),
    cases=True,
    accounts=0.2,
)
