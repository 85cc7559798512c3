"""Writing what a timetable changes in the journals."""

from datetime import timedelta

from odoo.fields import Command


class JournalWriter:
    """Writes the plans of :class:`timetable_journals.Journals`, in batches.

    What no longer holds ends the day before; what is new begins today, or with the year
    where a class had no timetable yet.
    """

    def __init__(self, journals):
        self.journals = journals
        self.structure = journals.structure
        self.env = journals.env
        self.plans = journals.plans

    def carry_out(self):
        """Write what differs, then let the lessons follow once."""
        touched = self.journals.closing.journal_id
        self._make_journals()
        for plan in self.plans:
            if plan.hours:
                plan.record.hours_week = plan.wish.hours
            if plan.texts or plan.new_slots:
                touched |= plan.record
        self._write_teachers()
        self._write_slots()
        self.env["ejournal.lesson"]._follow_timetable(touched)

    def _make_journals(self):
        year, journals = self.structure.year.record, self.env["ejournal.journal"]
        missing = [plan for plan in self.plans if not plan.record]
        vals_list = []
        for plan in missing:
            audience = plan.wish.audience
            vals = {
                "year_id": year.id,
                "subject_id": plan.wish.subject.record.id,
                "hours_week": plan.wish.hours,
            }
            if audience.is_whole:
                class_ids = [class_.record.id for class_ in audience.classes]
                vals["class_ids"] = [Command.set(class_ids)]
            else:
                subgroup = self.structure.subgroup_named(
                    audience.classes, audience.subgroup_name
                )
                vals["subgroup_id"] = subgroup.record.id
            vals_list.append(vals)
        for plan, record in zip(missing, journals.create(vals_list), strict=True):
            plan.record = record
            plan.takes_over = bool(plan.main)

    def _write_teachers(self):
        """End, hand over, then add: a teacher has one role a day."""
        known = {plan for plan in self.plans if plan.record.assignment_ids}
        self._end(self.journals.ending)
        for plan in self.plans:
            if plan.takes_over and plan in known:
                plan.record.teacher_id = plan.main.record
                plan.takes_over = False
            for row, may_write in plan.rights:
                row.may_write = may_write
        self.env["ejournal.assignment"].create(
            [
                vals
                for plan in self.plans
                for vals in self._new_assignments(
                    plan, self.structure.day if plan in known else self._begins(plan)
                )
            ]
        )

    def _new_assignments(self, plan, start):
        if plan.takes_over:
            yield {
                "journal_id": plan.record.id,
                "teacher_id": plan.main.record.id,
                "role": "main",
                "date_start": start,
            }
        for teacher, may_write in plan.new_helpers.items():
            yield {
                "journal_id": plan.record.id,
                "teacher_id": teacher.record.id,
                "role": "co",
                "may_write": may_write,
                "date_start": start,
            }

    def _begins(self, plan):
        """From when a row holds: the year's first day for classes that had no timetable
        yet, else today."""
        classes = plan.record.class_ids
        return (
            self.structure.day
            if classes & self.journals.scheduled
            else self.structure.date_start
        )

    def _write_slots(self):
        slots = self.env["ejournal.timetable.slot"]._planned_later()
        self._end(self.journals.closing._planned_later())
        for plan in self.plans:
            for slot, room in plan.rooms:
                slot.room = room
        slots.create(
            [
                {
                    "journal_id": plan.record.id,
                    "teacher_id": own.record.id if own else False,
                    "weekday": place[0],
                    "number": place[1],
                    "week": place[2],
                    "room": room or False,
                    "date_start": self._begins(plan),
                }
                for plan in self.plans
                for place, own, room in plan.new_slots
            ]
        )

    def _end(self, rows):
        """End rows of from–to yesterday; what has not begun goes."""
        day = self.structure.day
        begun = rows.filtered(lambda row: row.date_start < day)
        (rows - begun).unlink()
        begun.write({"date_end": day - timedelta(days=1)})
