"""Two classes of one school and one of another: what the tests of the rights stand on."""

from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Command

from odoo.addons.school_ejournal.tools.passage import with_passage

from ..common import NOW, TODAY, YESTERDAY, SchoolCase
from .rights_table import DIALOGS, RIGHTS

LETTERS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}


class Place:
    """A class with its journal, people and one record of each model.

    ``records`` is ``{model: record}``; ``spares`` are records that nothing hangs on, for
    deletion; ``new_vals(model, number)`` are values of one more record.
    """

    def __init__(self, case, class_, teacher, colleague, parent):
        self.env = case.env
        self.class_, self.teacher, self.colleague = class_, teacher, colleague
        self.parent = parent
        # keeps the values of two classes of one school apart
        self.offset = 3 * (class_.letter == "Б")
        self.company = class_.company_id
        self.year, self.calendar = class_.year_id, class_.calendar_id
        self.pupils = class_.enrollment_ids.pupil_id
        self.subjects = self.env["ejournal.subject"].create(
            [
                {"name": f"Subject {number}", "company_id": self.company.id}
                for number in range(4)
            ]
        )
        self._make_journal()
        self.newcomers = self.env["ejournal.pupil"].create(
            [
                {
                    "last_name": "Жаңы",
                    "first_name": "Окуучу",
                    "company_id": self.company.id,
                }
                for _number in range(2)
            ]
        )
        self._make_unmarked_class()
        self.shift = self._make("ejournal.shift")
        self.scale = class_.scale_id
        self.subgroup = self._make("ejournal.subgroup", 0)
        self.records = self._make_records()
        self.spares = {
            model: self._make(model, 1)
            for model in RIGHTS
            if "u" in "".join(RIGHTS[model].values())
        }
        for model, record in self.records.items():
            self.spares.setdefault(model, record)

    # ---- making ----------------------------------------------------------------------

    def _make(self, model, number=0):
        return with_passage(self.env[model]).create(self.new_vals(model, number))

    def _make_journal(self):
        env = self.env
        self.journal = env["ejournal.journal"].create(
            {
                "year_id": self.year.id,
                "class_ids": [Command.set(self.class_.ids)],
                "subject_id": self.subjects[0].id,
                "teacher_id": self.teacher.id,
            }
        )
        self.lesson = self._make("ejournal.lesson", 0)
        self.lesson_yesterday = with_passage(env["ejournal.lesson"]).create(
            {**self.new_vals("ejournal.lesson", 0), "date": YESTERDAY}
        )
        self.work_type = env["ejournal.work.type"]._answer(self.company)
        self.control_type = env["ejournal.work.type"].search(
            [("company_id", "=", self.company.id), ("code", "=", "control")]
        )
        self.work = self._make("ejournal.work", 0)
        self.mark = self._make("ejournal.mark", 0)

    def _make_unmarked_class(self):
        """A class without marks of the same class teacher."""
        self.unmarked_class = self.env["ejournal.class"].create(
            {
                "year_id": self.year.id,
                "grade": 2,
                "letter": self.class_.letter,
                "calendar_id": self.calendar.id,
                "class_teacher_id": self.class_.class_teacher_id.id,
            }
        )
        self.unmarked_pupils = self.env["ejournal.pupil"].create(
            [
                {
                    "last_name": "Кичине",
                    "first_name": f"Окуучу {number}",
                    "company_id": self.company.id,
                }
                for number in range(3)
            ]
        )
        self.env["ejournal.enrollment"].create(
            [
                {
                    "pupil_id": pupil.id,
                    "class_id": self.unmarked_class.id,
                    "date_start": "2026-09-01",
                }
                for pupil in self.unmarked_pupils
            ]
        )

    def _make_records(self):
        shared = {
            "ejournal.year": self.year,
            "ejournal.calendar": self.calendar,
            "ejournal.period": self.calendar.period_ids[0],
            "ejournal.shift": self.shift,
            "ejournal.class": self.class_,
            "ejournal.class.teacher": self.class_.teacher_ids[:1],
            "ejournal.enrollment": self.class_.enrollment_ids[0],
            "ejournal.subject": self.subjects[0],
            "ejournal.scale": self.scale,
            "ejournal.scale.value": self.scale.value_ids[0],
            "ejournal.work.type": self.work_type,
            "ejournal.subgroup": self.subgroup,
            "ejournal.pupil": self.pupils[0],
            "ejournal.parent": self.parent,
            "ejournal.guardian": self.parent.guardian_ids,
            "ejournal.journal": self.journal,
            "ejournal.lesson": self.lesson,
            "ejournal.work": self.work,
            "ejournal.mark": self.mark,
            "ejournal.settings": self.company._ejournal_settings(),
            "ejournal.change": self.env["ejournal.change"].search(
                [("lesson_id", "=", self.lesson.id)], limit=1
            ),
        }
        shared["ejournal.plan"] = self.plan = self._make("ejournal.plan", 0)
        shared["ejournal.notice"] = self.notice = self._make("ejournal.notice", 0)
        for model in RIGHTS:
            if model in self.env and model not in shared:
                shared[model] = self._make(model, 0)
        return shared

    # ---- values ----------------------------------------------------------------------

    def new_vals(self, model, number):
        """Values of a record of this place; each number makes another one."""
        return getattr(
            self, "_new_" + model.removeprefix("ejournal.").replace(".", "_")
        )(number)

    def _new_year(self, number):
        return {
            "company_id": self.company.id,
            "date_start": f"{2040 + self.offset + number}-09-01",
            "date_end": f"{2041 + self.offset + number}-05-31",
        }

    def _new_calendar(self, number):
        return {
            "year_id": self.year.id,
            "name": f"Calendar {number} {self.class_.name}",
        }

    def _new_period(self, number):
        # after the last quarter, within the year
        day = f"2027-05-{26 + self.offset + number}"
        return {
            "calendar_id": self.calendar.id,
            "sequence": 20 + self.offset + number,
            "date_start": day,
            "date_end": day,
        }

    def _new_holiday(self, number):
        return {
            "calendar_id": self.calendar.id,
            "name": f"Holiday {number}",
            "date_start": "2026-11-06",
            "date_end": "2026-11-06",
        }

    def _new_day(self, number):
        return {
            "calendar_id": self.calendar.id,
            "date": f"2027-05-0{1 + self.offset + number}",
            "order_ref": "№ 1",
        }

    def _new_shift(self, number):
        return {"company_id": self.company.id, "name": f"Shift {number}"}

    def _new_bell(self, number):
        return {
            "shift_id": self.shift.id,
            "number": 10 + number,
            "time_start": 15 + number,
            "time_end": 15.75 + number,
        }

    def _new_class(self, number):
        letter = "ВГДЕЖЗ"[self.offset + number]
        return {
            "year_id": self.year.id,
            "grade": 9,
            "letter": letter,
            "calendar_id": self.calendar.id,
        }

    def _new_class_teacher(self, number):
        day = f"2027-02-0{number + 1}"
        return {
            "class_id": self.class_.id,
            "teacher_id": self.colleague.id,
            "role": "acting",
            "date_start": day,
            "date_end": day,
        }

    def _new_enrollment(self, number):
        # a spare one and a new one, of two pupils
        return {
            "pupil_id": self.newcomers[number - 1].id,
            "class_id": self.class_.id,
            "date_start": TODAY,
        }

    def _new_subject(self, number):
        return {"company_id": self.company.id, "name": f"New subject {number}"}

    def _new_scale(self, number):
        return {
            "company_id": self.company.id,
            "name": f"Scale {number}",
            "code": f"scale{number}{self.class_.id}",
        }

    def _new_scale_value(self, number):
        return {"scale_id": self.scale.id, "value": f"{number}{self.class_.name}"}

    def _new_work_type(self, number):
        return {
            "company_id": self.company.id,
            "name": f"Type {number}",
            "code": f"type{number}{self.class_.id}",
        }

    def _new_assignment(self, number):
        return {
            "journal_id": self.journal.id,
            "teacher_id": self.colleague.id,
            "role": "co",
            "date_start": f"2026-09-0{number + 1}",
            "date_end": f"2026-09-0{number + 1}",
        }

    def _new_timetable_slot(self, number):
        return {
            "journal_id": self.journal.id,
            "weekday": number,
            "number": 7,
            "date_start": "2027-05-24",
        }

    def _new_subgroup(self, number):
        return {
            "name": f"Group {number}",
            "class_ids": [Command.set(self.class_.ids)],
        }

    def _new_subgroup_member(self, number):
        return {
            "subgroup_id": self.subgroup.id,
            "pupil_id": self.pupils[number].id,
            "date_start": TODAY,
        }

    def _new_pupil(self, number):
        return {
            "company_id": self.company.id,
            "last_name": f"Окуучу{number}",
            "first_name": "Айпери",
        }

    def _new_pupil_card(self, number):
        return {"pupil_id": self.pupils[number].id, "address": "Ош"}

    def _new_parent(self, number):
        return {
            "company_id": self.company.id,
            "last_name": f"Энеси{number}",
            "first_name": "Айгүл",
        }

    def _new_guardian(self, number):
        return {
            "pupil_id": self.pupils[number].id,
            "parent_id": self.parent.id,
            "relation": "mother",
            "date_start": TODAY,
        }

    def _new_exemption(self, number):
        return {
            "pupil_id": self.pupils[number].id,
            "subject_id": self.subjects[1].id,
            "date_start": TODAY,
        }

    def _new_journal(self, number):
        return {
            "year_id": self.year.id,
            "class_ids": [Command.set(self.class_.ids)],
            "subject_id": self.subjects[1 + number].id,
        }

    def _new_lesson(self, number):
        return {
            "journal_id": self.journal.id,
            "date": TODAY,
            "number": 1 + number,
            "teacher_id": self.teacher.id,
        }

    def _new_work(self, number):
        work_type = self.work_type if number else self.control_type
        return {"lesson_id": self.lesson.id, "type_id": work_type.id, "weight": 1}

    def _new_mark(self, number):
        return {
            "work_id": self.work.id,
            "pupil_id": self.pupils[number].id,
            "value": "5",
        }

    def _new_period_mark(self, number):
        return {
            "journal_id": self.journal.id,
            "pupil_id": self.pupils[number].id,
            "period_id": self.calendar.period_ids[0].id,
            "value": "5",
        }

    def _new_period_note(self, number):
        return {
            "class_id": self.unmarked_class.id,
            "pupil_id": self.unmarked_pupils[number].id,
            "period_id": self.calendar.period_ids[0].id,
            "text": "Окуйт",
        }

    def _new_attendance(self, number):
        return {
            "lesson_id": self.lesson.id,
            "pupil_id": self.pupils[number].id,
            "kind": "absent",
        }

    def _new_absence(self, number):
        return {
            "pupil_id": self.pupils[0].id,
            "date_start": TODAY + timedelta(days=number),
            "reason": "ill",
        }

    def _new_contact(self, number):
        return {"pupil_id": self.pupils[0].id, "text": f"Talk {number}"}

    def _new_class_day(self, number):
        return {
            "class_id": self.class_.id,
            "date": TODAY - timedelta(days=number),
        }

    def _new_plan(self, number):
        journal = self.journal
        if number:
            journal = self._journals_for_plans()[number - 1]
        return {"journal_id": journal.id}

    def _journals_for_plans(self):
        """Two journals more of the teacher, each without a plan."""
        if not hasattr(self, "_plan_journals"):
            self._plan_journals = self.env["ejournal.journal"].create(
                [
                    {
                        "year_id": self.year.id,
                        "class_ids": [Command.set(self.class_.ids)],
                        "subject_id": subject.id,
                        "teacher_id": self.teacher.id,
                    }
                    for subject in self.env["ejournal.subject"].create(
                        [
                            {"name": name, "company_id": self.company.id}
                            for name in ("Planned", "Planned too")
                        ]
                    )
                ]
            )
        return self._plan_journals

    def _new_plan_topic(self, number):
        return {"plan_id": self.plan.id, "title": f"Topic {number}"}

    def _new_unlock(self, _number):
        return {
            "company_id": self.company.id,
            "user_id": self.teacher.id,
            "lesson_ids": [Command.set(self.lesson_yesterday.ids)],
            "reason": "Power cut",
        }

    def _new_substitution(self, number):
        day = f"2027-03-0{1 + number}"
        return {
            "company_id": self.company.id,
            "teacher_id": self.teacher.id,
            "date_start": day,
            "date_end": day,
        }

    def _new_reminder(self, number):
        user = self.colleague if number else self.teacher
        return {"company_id": self.company.id, "user_id": user.id}

    def _new_remark(self, _number):
        return {
            "journal_id": self.journal.id,
            "teacher_id": self.teacher.id,
            "lesson_ids": [Command.set(self.lesson_yesterday.ids)],
            "text": "The topic is missing",
        }

    def _new_change(self, _number):
        return {
            "company_id": self.company.id,
            "model_name": "ejournal.mark",
            "res_id": self.mark.id,
            "field_name": "value",
            "lesson_id": self.lesson.id,
            "user_id": self.teacher.id,
            "entered_at": NOW,
            "basis": "duty",
        }

    def _new_seal(self, number):
        time_to = datetime(2020, 1, 1 + self.offset) + timedelta(hours=number)
        return {
            "company_id": self.company.id,
            "time_from": time_to - timedelta(hours=1),
            "time_to": time_to,
            "count": 0,
            "lesson_digests": "[]",
            "digest": "x",
            "previous_digest": f"{number}{self.class_.id}",
        }

    def _new_outage(self, number):
        day = datetime(2026, 9, 1 + self.offset + number)
        return {
            "company_id": self.company.id,
            "time_from": day,
            "time_to": day + timedelta(hours=2),
        }

    def _new_lock_rule(self, number):
        return {
            "company_id": self.company.id,
            "date_start": f"2027-01-{11 + self.offset + number}",
            "order_ref": "№ 2",
        }

    def _new_weekly_analysis(self, number):
        monday = datetime(2026, 9, 7) + timedelta(weeks=self.offset + number)
        return {"company_id": self.company.id, "date_start": monday.date()}

    def _new_teacher_report(self, number):
        return {
            "company_id": self.company.id,
            "teacher_id": self.teacher.id,
            "date_start": f"2026-0{1 + self.offset + number}-01",
        }

    def _new_class_report(self, number):
        return {
            "class_id": self.class_.id,
            "period_id": self.calendar.period_ids[number].id,
        }

    def _new_settings(self, _number):
        return {"company_id": self.company.id}

    def _new_notice(self, number):
        return {
            "company_id": self.company.id,
            "title": f"Notice {number}",
            "audience": "all",
            "date_start": TODAY,
        }

    def _new_notice_read(self, number):
        reader = (self.teacher, self.colleague, self.class_.class_teacher_id)[number]
        return {
            "notice_id": self.notice.id,
            "user_id": reader.id,
            "read_at": NOW,
        }

    def _new_link(self, number):
        return {
            "company_id": self.company.id,
            "scope": "slip",
            "user_id": self.parent.user_id.id,
            "parent_id": self.parent.id,
            "token_hash": f"{number}-{self.class_.id}",
            "expires_at": "2026-10-20 00:00:00",
        }

    def _new_access_slip(self, _number):
        return {
            "parent_id": self.parent.id,
            "class_id": self.class_.id,
            "link_id": self._link().id,
            "login": "1234567",
            "expires_at": "2026-10-20 00:00:00",
        }

    def _new_diary_read(self, number):
        return {
            "pupil_id": self.pupils[0].id,
            "parent_id": self.parent.id,
            "monday": f"2026-09-{7 * (number + 1):02}",
            "read_at": NOW,
        }

    def _new_message(self, number):
        return {
            "pupil_id": self.pupils[0].id,
            "parent_id": self.parent.id,
            "kind": "digest",
            "date": f"2026-09-{number + 1:02}",
        }

    def _link(self):
        return self.env["ejournal.link"].search(
            [("parent_id", "=", self.parent.id)], limit=1
        )

    # ---- the quarter archive ---------------------------------------------------------

    def _new_archive(self, number):
        return {
            "year_id": self.year.id,
            "kind": "quarter",
            "sequence": 1 + self.offset + number,
        }

    def _archive_book(self, **values):
        """The own class's book in an archive; made once for each kind of archive."""
        archives = with_passage(self.env["ejournal.archive"])
        vals = {"year_id": self.year.id, "kind": "quarter", **values}
        vals.setdefault("sequence", 1 + self.offset)
        asked = [(name, "=", value) for name, value in vals.items()]
        archive = archives.search(asked) or archives.create(vals)
        books = with_passage(self.env["ejournal.archive.book"])
        asked = [("archive_id", "=", archive.id), ("class_id", "=", self.class_.id)]
        return books.search(asked) or books.create(
            {"archive_id": archive.id, "class_id": self.class_.id}
        )

    def _archive_sheet(self, book):
        sheets = with_passage(self.env["ejournal.archive.sheet"])
        vals = {"book_id": book.id, "number": 1, "kind": "title", "digest": "0" * 64}
        return sheets.search([("book_id", "=", book.id)], limit=1) or sheets.create(
            vals
        )

    def _new_archive_book(self, number):
        archive = self.env["ejournal.archive"].search(
            [
                ("year_id", "=", self.year.id),
                ("kind", "=", "quarter"),
                ("sequence", "=", 1 + self.offset),
            ]
        )
        return {"archive_id": archive.id, "class_id": self.class_.id}

    def _new_archive_sheet(self, number):
        return {
            "book_id": self._archive_book().id,
            "number": 20 + number,
            "kind": "title",
            "digest": "0" * 64,
        }

    def _new_archive_signature(self, _number):
        book = self._archive_book()
        return {
            "archive_id": book.archive_id.id,
            "book_id": book.id,
            "role": "class_teacher",
            "user_id": self.colleague.id,
            "name": "x",
            "signed_at": "2026-10-14 00:00:00",
            "digest": "0" * 64,
        }

    def _new_archive_cell(self, _number):
        book = self._archive_book()
        return {"book_id": book.id, "sheet": 2, "place": "x", "why": "random"}

    def _new_archive_amendment(self, number):
        book = self._archive_book(
            kind="half", sequence=1 + self.offset, state="archived"
        )
        return {
            "book_id": book.id,
            "sheet_id": self._archive_sheet(book).id,
            "field_name": f"x{number}",
            "order_ref": "№ 1",
            "reason": "x",
        }

    # ---- dialogs ---------------------------------------------------------------------

    def dialog_vals(self, model, env):
        """Values of a dialog; what it hangs on is made by ``env``."""
        if model == "ejournal.import.option":
            choice = env["ejournal.import.choice"].create(
                self.dialog_vals("ejournal.import.choice", env)
            )
            return {"choice_id": choice.id, "key": "x", "name": "x"}
        if model in ("ejournal.import.line", "ejournal.import.choice"):
            parent = env["ejournal.import"].create({})
            return {
                "import_id": parent.id,
                **(
                    {"status": "new"}
                    if model == "ejournal.import.line"
                    else {"key": "x", "question": "x"}
                ),
            }
        if model == "ejournal.period.close.line":
            parent = env["ejournal.period.close"].create(
                self.dialog_vals("ejournal.period.close", env)
            )
            return {"close_id": parent.id, "kind": "marks"}
        if model.startswith("ejournal.year.next."):
            parent = env["ejournal.year.next"].create({"year_id": self.year.id})
            hangs_on = {
                "ejournal.year.next.class": {"class_id": self.class_.id},
                "ejournal.year.next.pupil": {"pupil_id": self.pupils[0].id},
            }
            return {"next_id": parent.id, **hangs_on[model]}
        lessons = [Command.set(self.lesson.ids)]
        return {
            "ejournal.class.report.return": {
                "report_ids": [Command.set(self.records["ejournal.class.report"].ids)],
                "note": "x",
            },
            "ejournal.year.next": {"year_id": self.year.id},
            "ejournal.archive.back": {
                "archive_id": self.records["ejournal.archive"].id,
                "reason": "x",
            },
            "ejournal.import": {},
            "ejournal.health": {},
            "ejournal.enrollment.move": {
                "enrollment_ids": [Command.set(self.class_.enrollment_ids[:1].ids)],
                "class_id": self.class_.id,
            },
            "ejournal.lesson.cancel": {"lesson_ids": lessons, "reason": "x"},
            "ejournal.slip.make": {"class_id": self.class_.id},
            "ejournal.lesson.restore": {"lesson_ids": lessons},
            "ejournal.lesson.swap": {
                "lesson_id": self.lesson.id,
                "other_id": self.spares["ejournal.lesson"].id,
            },
            "ejournal.period.close": {
                "period_id": self.calendar.period_ids[0].id,
                "close_anyway": True,
            },
            "ejournal.period.reopen": {
                "period_id": self.calendar.period_ids[0].id,
                "reason": "x",
            },
            "ejournal.remark.close": {
                "remark_ids": [Command.set(self.records["ejournal.remark"].ids)]
            },
            "ejournal.remark.make": {"lesson_ids": lessons, "text": "x"},
            "ejournal.plan.copy": {
                "plan_id": self.plan.id,
                "journal_ids": [Command.set(self._journals_for_plans()[:1].ids)],
            },
            "ejournal.seal.verify": {},
            "ejournal.substitution.print": {},
            "ejournal.unlock.ask": {"lesson_ids": lessons, "reason": "x"},
            "ejournal.unlock.decide": {
                "unlock_ids": [Command.set(self.records["ejournal.unlock"].ids)]
            },
            "ejournal.unlock.outage": {"date_start": YESTERDAY, "reason": "x"},
            "ejournal.unlock.open": {
                "lesson_ids": lessons,
                "user_id": self.teacher.id,
                "reason": "x",
            },
        }[model]


# One change of a record that whoever may write it is free to make today.
WRITES = {
    "ejournal.archive": {"receiver": "x"},
    "ejournal.archive.book": {"error": "x"},
    "ejournal.archive.sheet": {"title": "x"},
    "ejournal.archive.signature": {"name": "x"},
    "ejournal.archive.cell": {"answer": "agrees"},
    "ejournal.archive.amendment": {"reason": "y"},
    "ejournal.year": {"name": "Renamed"},
    "ejournal.calendar": {"name": "Renamed"},
    "ejournal.period": {"sequence": 9},
    "ejournal.holiday": {"name": "Renamed"},
    "ejournal.day": {"note": "x"},
    "ejournal.shift": {"name": "Renamed"},
    "ejournal.bell": {"time_end": 23.5},
    "ejournal.class": {"programme": "12"},
    "ejournal.class.teacher": {"date_end": "2027-05-20"},
    "ejournal.enrollment": {"leave_reason": "x"},
    "ejournal.subject": {"short_name": "x"},
    "ejournal.scale": {"name": "Renamed"},
    "ejournal.scale.value": {"sequence": 7},
    "ejournal.work.type": {"sequence": 7},
    "ejournal.assignment": {"may_write": True},
    "ejournal.timetable.slot": {"room": "12"},
    "ejournal.subgroup": {"name": "Renamed"},
    "ejournal.subgroup.member": {"date_end": "2027-05-20"},
    "ejournal.pupil": {"first_name": "Бермет"},
    "ejournal.pupil.card": {"address": "Нарын"},
    "ejournal.parent": {"phone": "0555 000000"},
    "ejournal.guardian": {"relation": "other"},
    "ejournal.exemption": {"order_ref": "№ 7"},
    "ejournal.journal": {"hours_week": 3},
    "ejournal.lesson": {"topic": "x"},
    "ejournal.lesson: schedule": {"number": 9, "order_ref": "№ 3"},
    "ejournal.lesson: substitute": {
        "substitute_id": "colleague",
        "order_ref": "№ 3",
    },
    "ejournal.work": {"title": "x"},
    "ejournal.work: marker": {"marker_id": "colleague"},
    "ejournal.mark": {"comment": "x"},
    "ejournal.attendance": {"kind": "late"},
    "ejournal.period.mark": {"value": "4"},
    "ejournal.period.note": {"text": "x"},
    "ejournal.absence": {"reason": "excused"},
    "ejournal.contact": {"text": "x"},
    "ejournal.class.day": {"date": "2026-10-01"},
    "ejournal.plan": {"journal_id": "journal"},
    "ejournal.plan.topic": {"title": "Renamed"},
    "ejournal.unlock": {"reason": "x"},
    "ejournal.substitution": {"reason": "x"},
    "ejournal.remark": {"text": "x"},
    "ejournal.reminder": {"hour": 19.5},
    "ejournal.change": {"new_value": "x"},
    "ejournal.weekly.analysis": {"conclusion": "x"},
    "ejournal.teacher.report": {"comment": "x"},
    "ejournal.class.report": {"conclusion": "x"},
    "ejournal.outage": {"time_to": "2026-09-30 00:00:00"},
    "ejournal.seal": {"count": 5},
    "ejournal.lock.rule": {"order_ref": "№ 9"},
    "ejournal.settings": {"weeks_ahead": 5},
    "ejournal.notice": {"title": "x"},
    "ejournal.link": {"revoked": True},
    "ejournal.access.slip": {"login": "x"},
    "ejournal.diary.read": {"monday": "2026-08-31"},
    "ejournal.message": {"state": "sent"},
    "ejournal.notice.read": {"read_at": "2026-10-01 00:00:00"},
}


class RightsCase(SchoolCase):
    """Place A: own class and journal; B: another's; FOREIGN: of another school."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Odoo's sentences cost two thirds of the time and say no more than the table
        for model in ("ir.model.access", "ir.rule"):
            refusal = patch.object(
                cls.env.registry[model],
                "_make_access_error",
                lambda _self, operation, thing, m=model: AccessError(
                    f"{m} {operation} {getattr(thing, '_name', thing)}"
                ),
            )
            refusal.start()
            cls.addClassCleanup(refusal.stop)

    @classmethod
    def _make_journals(cls):
        env = cls.env
        pupil_user = cls._user("pupil_1", "base.group_portal", name="pupil 1")
        cls.pupil.user_id = pupil_user
        cls.class_teacher_b = cls._user(
            "t_class_b", "group_teacher", name="Омуралиев Т."
        )
        cls.class_b.class_teacher_id = cls.class_teacher_b
        # a third pupil, so that each place has cells to fill
        cls.pupils_b |= cls._make_pupils(cls.class_b, ("Садыкова",))
        cls.place_a = Place(cls, cls.class_a, cls.teacher, cls.colleague, cls.parent)
        cls.place_b = Place(
            cls,
            cls.class_b,
            cls.colleague,
            cls.class_teacher_b,
            cls._make_parent("Бекова", cls.pupils_b[0], cls.stranger),
        )
        cls.place_f = cls._make_foreign_place()
        cls._schools_of = {}
        cls.people = {
            "teacher": cls.teacher,
            "class_teacher": cls.class_teacher,
            "deputy": cls.deputy,
            "director": cls.director,
            "admin": cls.admin,
            "employee": cls.outsider,
            "parent": cls.parent_user,
            "pupil": pupil_user,
            "public": env.ref("base.public_user"),
        }

    @classmethod
    def _make_parent(cls, last_name, pupil, user):
        parent = cls.env["ejournal.parent"].create(
            {
                "company_id": pupil.company_id.id,
                "last_name": last_name,
                "first_name": "Бермет",
                "user_id": user.id,
            }
        )
        cls.env["ejournal.guardian"].create(
            {
                "pupil_id": pupil.id,
                "parent_id": parent.id,
                "relation": "mother",
                "access_granted": True,
                "date_start": "2026-09-01",
            }
        )
        return parent

    @classmethod
    def _make_foreign_place(cls):
        """A second school, made like the first one by its own hands."""
        own_env = cls.env
        cls.school_f = cls._make_school("Second school")
        cls.env = own_env(
            context={**own_env.context, "allowed_company_ids": cls.school_f.ids}
        )
        try:
            cls.foreign = {
                name: cls._user(f"f_{name}", f"group_{group}", cls.school_f, name=name)
                for name, group in (
                    ("teacher", "teacher"),
                    ("colleague", "teacher"),
                    ("class_teacher", "teacher"),
                    ("deputy", "deputy"),
                )
            }
            parent_user = cls._user("f_parent", "base.group_portal", cls.school_f)
            kept = cls.year, cls.calendar, cls.quarter
            cls._make_year()
            class_ = cls.env["ejournal.class"].create(
                {"year_id": cls.year.id, "grade": 7, "letter": "А"}
            )
            class_.class_teacher_id = cls.foreign["class_teacher"]
            pupils = cls._make_pupils(class_, ("Асанов", "Ермеков", "Үсөнов"))
            cls.year, cls.calendar, cls.quarter = kept
            return Place(
                cls,
                class_,
                cls.foreign["teacher"],
                cls.foreign["colleague"],
                cls._make_parent("Асанова", pupils[0], parent_user),
            )
        finally:
            cls.env = own_env

    # ---- acting ----------------------------------------------------------------------

    def env_of(self, user):
        """The environment of a request of ``user``, with the schools that he has."""
        if user not in self._schools_of:
            self._schools_of[user] = user.sudo().company_ids.ids
        context = {**self.env.context, "allowed_company_ids": self._schools_of[user]}
        return self.env(user=user, su=False, context=context)


def models_of(env):
    """Names of all our models that have a table."""
    return {
        name
        for name, model in env.registry.items()
        if name.startswith("ejournal.") and not model._abstract
    }


def dialogs_of(env):
    return {name for name in models_of(env) if env[name]._transient}


__all__ = ["DIALOGS", "LETTERS", "RIGHTS", "WRITES", "Place", "RightsCase"]
