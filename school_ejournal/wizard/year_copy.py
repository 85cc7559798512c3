"""The copying behind ``ejournal.year.next``: one year made out of another."""

from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools.letters import normalize_class_name


class YearCopy:
    """Makes the year that the dialog shows; every row is created as its user."""

    def __init__(self, wizard):
        self.wizard = wizard
        self.env = wizard.env
        self.old = wizard.year_id
        self.subgroups = {}

    def make(self):
        """:returns: the new ``ejournal.year``, in preparation"""
        self.year = self.env["ejournal.year"].create(
            {
                "company_id": self.old.company_id.id,
                "date_start": self.wizard.date_start,
                "date_end": self.wizard.date_end,
            }
        )
        self._make_calendars()
        self._make_classes()
        self._enroll()
        if self.wizard.with_subgroups:
            self._make_subgroups()
        if self.wizard.with_journals:
            self._make_journals()
        return self.year

    # ---- calendars and classes -----------------------------------------------------------

    def _make_calendars(self):
        """A calendar for each old one, with the usual dates of the new year: they come
        by an order every year, so the old ones would be wrong."""
        self.calendars = {
            old: self.year._make_default_calendar(old.name, old.weekdays)
            for old in self.old.calendar_ids
        }
        if not self.calendars:
            self.year._make_default_calendar()

    def _make_classes(self):
        lines = self.wizard.class_line_ids.filtered("goes_on")
        made = self.env["ejournal.class"].create(
            [self._class_vals(line) for line in lines]
        )
        self.classes = dict(zip(lines.class_id, made, strict=True))
        self.env["ejournal.class"].create(
            [
                {"year_id": self.year.id, "name": name}
                for name in self.wizard._first_names()
            ]
        )
        if self.wizard.with_teachers:
            for old, class_ in self.classes.items():
                class_.class_teacher_id = old._class_teacher_on(self.old.date_end)

    def _class_vals(self, line):
        old = line.class_id
        vals = {
            "year_id": self.year.id,
            "calendar_id": self.calendars[old.calendar_id].id,
            "shift_id": old.shift_id.id,
            "scale_id": old.scale_id.id,
            "programme": old.programme,
        }
        if line.new_grade:
            return {**vals, "grade": line.new_grade, "letter": line.new_letter}
        return {**vals, "grade": 0, "name": old.name}

    # ---- pupils --------------------------------------------------------------------------

    def _enroll(self):
        """Whoever is on a list on the old year's last day is on the new one's."""
        apart = {
            line.pupil_id: self._class_apart(line)
            for line in self.wizard.pupil_line_ids
        }
        last_day = self.old.date_end
        rows = self.old.class_ids.enrollment_ids.filtered(
            lambda row: row._covers(last_day)
        )
        vals_list = []
        for row in rows:
            class_ = self.classes.get(row.class_id)
            if row.class_id.grade and row.pupil_id in apart:
                class_ = apart[row.pupil_id]
            if class_:
                vals_list.append(
                    {
                        "pupil_id": row.pupil_id.id,
                        "class_id": class_.id,
                        "date_start": self.year.date_start,
                        "form": row.form,
                    }
                )
        self.env["ejournal.enrollment"].create(vals_list)

    def _class_apart(self, line):
        """The class of one who does not go up with the own one; empty: leaves."""
        if line.decision == "leave":
            return self.env["ejournal.class"]
        name = normalize_class_name(line.class_name)
        class_ = self.year.class_ids.filtered(lambda class_: class_.name == name)
        if not class_:
            names = ", ".join(self.year.class_ids.sorted("sort_key").mapped("name"))
            raise UserError(
                self.env._(
                    "Say into which class of the next year %(pupil)s goes: %(classes)s.",
                    pupil=line.pupil_id.name,
                    classes=names,
                )
            )
        return class_

    # ---- subgroups and journals ----------------------------------------------------------

    def _make_subgroups(self):
        old_groups = self.env["ejournal.subgroup"].search(
            [("year_id", "=", self.old.id)]
        )
        whole = old_groups.filtered(lambda group: self._go_on(group.class_ids))
        made = self.env["ejournal.subgroup"].create(
            [
                {
                    "name": group.name,
                    "class_ids": [Command.set(self._new_classes(group.class_ids).ids)],
                    "member_ids": [
                        Command.create(
                            {"pupil_id": pupil.id, "date_start": self.year.date_start}
                        )
                        for pupil in self._members(group)
                    ],
                }
                for group in whole
            ]
        )
        self.subgroups = dict(zip(whole, made, strict=True))

    def _members(self, group):
        """Members of the last day who are in one of the new classes."""
        here = self._new_classes(group.class_ids).enrollment_ids.pupil_id
        last_day = self.old.date_end
        rows = group.member_ids.filtered(lambda row: row._covers(last_day))
        return rows.pupil_id & here

    def _make_journals(self):
        old_journals = self.env["ejournal.journal"].search(
            [("year_id", "=", self.old.id)]
        )
        going = old_journals.filtered(
            lambda journal: (
                self._go_on(journal.class_ids)
                and (not journal.subgroup_id or journal.subgroup_id in self.subgroups)
            )
        )
        made = self.env["ejournal.journal"].create(
            [self._journal_vals(journal) for journal in going]
        )
        if self.wizard.with_teachers:
            self._assign_co_teachers(dict(zip(going, made, strict=True)))

    def _journal_vals(self, journal):
        teacher = journal._main_teacher_on(self.old.date_end)
        return {
            "year_id": self.year.id,
            "class_ids": [Command.set(self._new_classes(journal.class_ids).ids)],
            "subgroup_id": self.subgroups[journal.subgroup_id].id
            if journal.subgroup_id
            else False,
            "subject_id": journal.subject_id.id,
            "hours_week": journal.hours_week,
            **({"assessment": "credit"} if journal.assessment == "credit" else {}),
            **(
                {"teacher_id": teacher.id}
                if teacher and self.wizard.with_teachers
                else {}
            ),
        }

    def _assign_co_teachers(self, journals):
        last_day = self.old.date_end
        self.env["ejournal.assignment"].create(
            [
                {
                    "journal_id": new.id,
                    "teacher_id": row.teacher_id.id,
                    "role": "co",
                    "may_write": row.may_write,
                    "date_start": self.year.date_start,
                }
                for old, new in journals.items()
                for row in old.assignment_ids
                if row.role == "co" and row._covers(last_day)
            ]
        )

    def _go_on(self, classes):
        return bool(classes) and all(class_ in self.classes for class_ in classes)

    def _new_classes(self, classes):
        return self.env["ejournal.class"].union(
            *(self.classes[class_] for class_ in classes)
        )
