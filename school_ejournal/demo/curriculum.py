"""What is taught in each grade, and by teachers of which department.

The hours of a week are those usual in schools of Kyrgyzstan;
how they are split among subjects is invented.
"""

from typing import NamedTuple


class Subject(NamedTuple):
    """A subject by its names; ``department`` is who teaches it."""

    code: str
    ky: str
    ru: str
    en: str
    short: str
    department: str


SUBJECTS = {
    subject.code: subject
    for subject in (
        Subject("kyr", "Кыргыз тили", "Кыргызский язык", "Kyrgyz", "Кырг. тили", "kyr"),
        Subject(
            "lit",
            "Кыргыз адабияты",
            "Кыргызская литература",
            "Kyrgyz Literature",
            "Адабият",
            "kyr",
        ),
        Subject(
            "reading", "Адабий окуу", "Литературное чтение", "Reading", "Окуу", "kyr"
        ),
        Subject("rus", "Орус тили", "Русский язык", "Russian", "Орус т.", "rus"),
        Subject("eng", "Англис тили", "Английский язык", "English", "Англ. т.", "eng"),
        Subject("math", "Математика", "Математика", "Mathematics", "Мат.", "math"),
        Subject("algebra", "Алгебра", "Алгебра", "Algebra", "Алг.", "math"),
        Subject("geometry", "Геометрия", "Геометрия", "Geometry", "Геом.", "math"),
        Subject("inf", "Информатика", "Информатика", "Informatics", "Инф.", "physics"),
        Subject("physics", "Физика", "Физика", "Physics", "Физ.", "physics"),
        Subject("chemistry", "Химия", "Химия", "Chemistry", "Хим.", "chemistry"),
        Subject("biology", "Биология", "Биология", "Biology", "Биол.", "nature"),
        Subject(
            "nature", "Табият таануу", "Естествознание", "Science", "Табият", "nature"
        ),
        Subject("geography", "География", "География", "Geography", "Геогр.", "nature"),
        Subject("history", "Тарых", "История", "History", "Тарых", "history"),
        Subject(
            "society",
            "Адам жана коом",
            "Человек и общество",
            "Man and Society",
            "Коом",
            "history",
        ),
        Subject("ethics", "Адеп", "Этика", "Ethics", "Адеп", "history"),
        Subject(
            "homeland", "Мекен таануу", "Родиноведение", "Homeland", "Мекен", "nature"
        ),
        Subject("crafts", "Технология", "Технология", "Technology", "Техн.", "crafts"),
        Subject(
            "art", "Көркөм өнөр", "Изобразительное искусство", "Art", "Өнөр", "arts"
        ),
        Subject("music", "Музыка", "Музыка", "Music", "Муз.", "arts"),
        Subject(
            "sport",
            "Дене тарбия",
            "Физическая культура",
            "Physical Education",
            "Дене т.",
            "sport",
        ),
    )
}

# Hours a week of each subject, by grade; 0 is a pupil who is taught at home.
_HOURS = {
    0: "algebra 2 kyr 1 eng 1 history 1",
    1: "kyr 7 rus 3 math 4 homeland 1 ethics 1 music 1 art 1 sport 2",
    2: "kyr 5 reading 2 rus 4 math 5 homeland 1 ethics 1 music 1 art 1 sport 2",
    3: "kyr 5 reading 2 rus 4 eng 2 math 5 homeland 1 ethics 1 music 1 art 1 sport 2",
    4: "kyr 6 reading 2 rus 4 eng 2 math 5 homeland 1 ethics 1 music 1 art 1 sport 2",
    5: "kyr 4 lit 2 rus 4 eng 3 math 5 nature 2 history 2 inf 1 crafts 2 art 1 music 1 "
    "sport 2",
    6: "kyr 4 lit 2 rus 4 eng 3 math 5 geography 2 biology 1 history 2 inf 1 crafts 2 "
    "art 1 music 1 sport 2",
    7: "kyr 3 lit 2 rus 3 eng 3 algebra 3 geometry 2 physics 2 chemistry 1 biology 2 "
    "geography 2 history 2 inf 1 society/ethics 1 crafts 1 sport 2",
    8: "kyr 3 lit 2 rus 3 eng 3 algebra 3 geometry 2 physics 2 chemistry 2 biology 2 "
    "geography 2 history 2 inf 1 society/ethics 1 sport 2",
    9: "kyr 2 lit 2 rus 3 eng 3 algebra 3 geometry 2 physics 3 chemistry 2 biology 2 "
    "geography 2 history 2 inf 1 society/ethics 1 sport 2",
    10: "kyr 1 lit 3 rus 3 eng 3 algebra 3 geometry 2 physics 3 chemistry 2 biology 2 "
    "geography 1 history 2 society 1 inf 1 sport 2",
    11: "kyr 1 lit 3 rus 3 eng 3 algebra 3 geometry 2 physics 3 chemistry 2 biology 2 "
    "geography 1 history 3 society 1 inf 1 sport 2",
}
# A class is halved for these from grade 5 on.
_IN_SUBGROUPS = frozenset({"eng", "inf"})
_FIRST_GRADE_WITH_SUBGROUPS = 5
# (grade, subject) of lessons that are given two at a time
_DOUBLE = frozenset({(5, "crafts"), (6, "crafts"), (9, "lit"), (10, "physics")})


class Course(NamedTuple):
    """A line of a class's curriculum.

    ``subjects`` are one code, or two that alternate by odd and even weeks.
    """

    subjects: tuple
    hours: int
    in_subgroups: bool
    is_double: bool


def courses_of(grade):
    """The :class:`Course` list of a grade, 0 to 11."""
    words = _HOURS[grade].split()
    return [
        Course(
            tuple(codes.split("/")),
            int(hours),
            codes in _IN_SUBGROUPS and grade >= _FIRST_GRADE_WITH_SUBGROUPS,
            (grade, codes) in _DOUBLE,
        )
        for codes, hours in zip(words[::2], words[1::2], strict=True)
    ]
