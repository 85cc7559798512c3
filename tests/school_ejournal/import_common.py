"""What the tests of the imports share: a school that has nothing yet, and small files."""

import base64
import io
from datetime import date, datetime

from freezegun import freeze_time
from openpyxl import Workbook

from odoo.tests import TransactionCase, new_test_user, tagged

TODAY = date(2026, 10, 14)
YESTERDAY = date(2026, 10, 13)
FIRST_DAY = date(2026, 9, 1)
NOW = datetime(2026, 10, 14, 4, 0)  # 10:00 in Bishkek

PUPIL_HEADERS = (
    "Класс",
    "Фамилиясы",
    "Аты",
    "Атасынын аты",
    "Туулган күнү",
    "Жынысы",
    "ПИН",
    "Топ",
    "1-ата-эне",
    "Ким болот",
    "Телефон",
    "Email",
    "2-ата-эне",
    "Ким болот 2",
    "Телефон 2",
    "Email 2",
)
MOTHER = ("Асанова Айгүл Бакыт кызы", "апасы", "+996 700 111222", "aigul@example.com")
FATHER = ("Асанов Эрлан Токтогул уулу", "атасы", "0555 333444", None)
NOBODY = (None, None, None, None)


def pupil(class_name, last, first, pin=None, born="12.05.2013", group=None, **other):
    """A row of a list of pupils in the order of ``PUPIL_HEADERS``."""
    mother, father = other.get("mother", NOBODY), other.get("father", NOBODY)
    return (
        class_name,
        last,
        first,
        other.get("patronymic"),
        born,
        other.get("gender"),
        pin,
        group,
        *mother,
        *father,
    )


ASAN = pupil(
    "7-А",
    "Асанов",
    "Бек",
    "21205201300001",
    group="1-топ",
    mother=MOTHER,
    father=FATHER,
)
AIDA = pupil(
    "7-А", "Асанова", "Аида", "10101201400002", "01.01.2014", "2-топ", mother=MOTHER
)
OMUR = pupil("7-Б", "Өмүров", "Улан", "20303201300003", "03.03.2013")


def workbook(*rows, headers=PUPIL_HEADERS, title="Окуучулар", other_sheets=()):
    """Bytes of an Excel workbook."""
    book = Workbook()
    book.active.title = title
    for row in (headers, *rows):
        book.active.append(row)
    for name, other_rows in other_sheets:
        sheet = book.create_sheet(name)
        for row in other_rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class Timetable:
    """A small file of aSc Timetables.

    Two classes with two groups each, taught by Асанова (``*1``), Бекова (``*2``) and
    Сапарова (``*3``); subjects Алгебра (``*1``) and Англис тили (``*2``).
    """

    def __init__(self):
        self.teachers = [
            ("*1", "Асанова Нурай Бакыт кызы"),
            ("*2", "Бекова Айжан Эсен кызы"),
            ("*3", "Сапарова Гүл Марат кызы"),
        ]
        self.classes = [("*1", "7-А"), ("*2", "7-Б")]
        self.subjects = [("*1", "Алгебра"), ("*2", "Англис тили")]
        self.groups = [
            ("*10", "Бүт класс", "*1", 1, 0),
            ("*11", "1-топ", "*1", 0, 1),
            ("*12", "2-топ", "*1", 0, 1),
            ("*20", "Бүт класс", "*2", 1, 0),
            ("*21", "1-топ", "*2", 0, 1),
            ("*22", "2-топ", "*2", 0, 1),
        ]
        self.lessons = []
        self.cards = []

    def lesson(self, *places, classes="*1", groups="*10", teachers="*1", **other):
        """Add a lesson with cards at ``(day, period)``; returns the id."""
        key = other.get("key") or f"*{len(self.lessons) + 1}"
        self.lessons.append(
            {
                "id": key,
                "subjectid": other.get("subject", "*1"),
                "classids": classes,
                "groupids": groups,
                "teacherids": teachers,
                "studentids": "",
                "periodspercard": str(other.get("length", 1)),
                "periodsperweek": str(other.get("hours", len(places))),
                "weeks": other.get("weeks", "1"),
            }
        )
        for day, period in places:
            self.cards.append(
                {
                    "lessonid": key,
                    "day": str(day),
                    "period": str(period),
                    "classroomids": other.get("rooms", "*1"),
                }
            )
        return key

    def xml(self, encoding="UTF-8", before=""):
        """The file as bytes."""
        named = [
            ("teachers", "teacher", self.teachers),
            ("classes", "class", self.classes),
            ("subjects", "subject", self.subjects),
            ("classrooms", "classroom", [("*1", "12"), ("*2", "14")]),
        ]
        parts = [
            _section(plural, one, [{"id": key, "name": name} for key, name in rows])
            for plural, one, rows in named
        ]
        groups = [
            {
                "id": key,
                "name": name,
                "classid": class_id,
                "entireclass": str(entire),
                "divisiontag": str(division),
            }
            for key, name, class_id, entire, division in self.groups
        ]
        periods = [
            {"period": "1", "starttime": "8:30", "endtime": "9:15"},
            {"period": "8", "starttime": "15:15", "endtime": "16:00"},
        ]
        parts += [
            _section("periods", "period", periods),
            _section("groups", "group", groups),
            _section("lessons", "lesson", self.lessons),
            _section("cards", "card", self.cards),
        ]
        text = (
            f'<?xml version="1.0" encoding="{encoding}"?>\n{before}<timetable>\n'
            + "\n".join(parts)
            + "\n</timetable>"
        )
        return text.encode(encoding)


def _section(plural, one, rows):
    lines = [
        f"<{one} " + " ".join(f'{k}="{v}"' for k, v in row.items()) + "/>"
        for row in rows
    ]
    return f"<{plural}>\n" + "\n".join(lines) + f"\n</{plural}>"


@tagged("post_install", "-at_install")
class ImportCase(TransactionCase):
    """A school with a deputy director and nothing else, on 14 October 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clock = freeze_time(NOW)
        clock.start()
        cls.addClassCleanup(clock.stop)
        context = {"no_reset_password": True, "lang": "en_US"}
        cls.env = cls.env(context={**cls.env.context, **context})
        cls.school = cls.env["res.company"].create({"name": "Empty school"})
        cls.deputy = cls._person("imp_deputy", "group_deputy")
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.school.ids}
        )

    @classmethod
    def _person(cls, login, group):
        return new_test_user(
            cls.env,
            login,
            groups=f"school_ejournal.{group}",
            company_id=cls.school.id,
            company_ids=[(6, 0, cls.school.ids)],
        )

    def wizard(self, kind, content, user=None, **values):
        wizards = self.env["ejournal.import"].with_user(user or self.deputy)
        return wizards.create(
            {
                "kind": kind,
                "file": base64.b64encode(content),
                "file_name": "file",
                **values,
            }
        )

    def preview(self, kind, content, **values):
        wizard = self.wizard(kind, content, **values)
        wizard.action_preview()
        return wizard

    def do_import(self, kind, content, **values):
        """Import as the deputy director does: look at the preview, then import."""
        wizard = self.preview(kind, content, **values)
        wizard.action_import()
        self.env.invalidate_all()
        return wizard

    def pupils(self, *rows, **options):
        return self.do_import("pupils", workbook(*rows, **options))

    # ---- what came of it ---------------------------------------------------------------

    def texts(self, wizard, status):
        return [line.text for line in wizard.line_ids if line.status == status]

    def assert_wrong(self, wizard, number, part):
        """Line ``number`` is wrong for a reason that says ``part``."""
        lines = wizard.line_ids.filtered(
            lambda line: line.status == "wrong" and line.number == number
        )
        self.assertTrue(
            any(part in line.text for line in lines),
            f"line {number}: {lines.mapped('text')}; {self.texts(wizard, 'wrong')}",
        )

    def assert_all_same(self, wizard):
        counts = wizard.new_count, wizard.changed_count, wizard.error_count
        self.assertEqual(counts, (0, 0, 0), wizard.line_ids.mapped("text"))
        self.assertTrue(wizard.same_count)

    def found(self, model, domain=()):
        """Records of the school."""
        return self.env[model].search([("company_id", "=", self.school.id), *domain])

    def the_pupil(self, last_name):
        return self.found(
            "ejournal.pupil", [("last_name", "=", last_name)]
        ).ensure_one()

    def the_class(self, name):
        return self.found("ejournal.class", [("name", "=", name)]).ensure_one()

    def the_journal(self, name):
        return self.found("ejournal.journal", [("name", "=", name)]).ensure_one()
