"""Import of calendar-thematic plans: one list of topics, for one journal or several."""

import re
from collections import defaultdict

from odoo.exceptions import AccessError

from ..tools.person_values import ValueFault, read_date, read_text
from ..tools.table_columns import PLAN_COLUMNS
from .import_base import CHANGED, NEW, NOTE, SAME, Fault, Importer
from .import_rows import read_list, report_faults
from .import_template import make_template

MAX_TITLE = 300
MAX_TEXT = 2000
MAX_HOURS = 200
# Texts of a plan that tell a control work, in both languages of the schools.
_CONTROL = re.compile(
    r"текшерүү иш|контролдук иш|жат жазуу|контрольн\w* работ|контрольн\w* диктант"
    r"|control work",
    re.IGNORECASE,
)
_YES = ("+", "да", "ооба", "yes", "1", "x", "х", "v")


class PlanImport(Importer):
    """Topics in the order of the rows.

    A topic is found again by its title, the second of the same title as the second one;
    else by its place. An empty cell erases nothing, and topics that the file does not
    have stay.
    """

    def __init__(self, wizard, content, answers):
        super().__init__(wizard, content, answers)
        self.journals = wizard.journal_ids.with_env(self.env)

    @staticmethod
    def template(env):
        return make_template(env, PLAN_COLUMNS, env._("Plan"))

    # ---- comparing ---------------------------------------------------------------------

    def _compare(self):
        if not self.journals:
            raise Fault("no_journal")
        self._check_allowed()
        rows = [_TopicRow(row) for row in read_list(self, PLAN_COLUMNS)]
        self._leave_out_foreign_dates(rows)
        self.steps = []
        for row in rows:
            if row.row.faults:
                report_faults(self, row.row, row.title or "—")
        if not rows:
            raise Fault("empty_list")
        if not self.wrong_lines:
            for journal in self.journals:
                self._compare_journal(journal, rows)

    def _check_allowed(self):
        """Before the preview, which tells what a plan holds, and not only at the end."""
        plans = self.env["ejournal.plan"]
        known = plans.search([("journal_id", "in", self.journals.ids)])
        known.check_access("write")
        plans.check_access("create")
        user = self.env.user
        if user.has_group("school_ejournal.group_deputy"):
            return
        # sudo: who teaches the journal that the caller has chosen
        for journal in self.journals.sudo():
            if (
                user
                not in journal.assignment_ids.filtered(
                    lambda x: not x.is_over
                ).teacher_id
            ):
                raise AccessError(
                    self.env._("A teacher imports plans of the own journals only.")
                )

    def _leave_out_foreign_dates(self, rows):
        """A plan of another year comes without its dates, unless somebody wants none
        of it."""
        years = self.journals.sudo().year_id
        start, end = min(years.mapped("date_start")), max(years.mapped("date_end"))
        foreign = [row for row in rows if row.date and not start <= row.date <= end]
        if not foreign:
            return
        for row in foreign:
            row.date = None
        self.add(
            NOTE,
            self.env._("Dates"),
            self.env._(
                "Dates outside the academic year are left out: %(count)s. “Set dates” on "
                "the plan gives them by the timetable.",
                count=len(foreign),
            ),
        )

    def _compare_journal(self, journal, rows):
        plan = self.env["ejournal.plan"].search([("journal_id", "=", journal.id)])
        pairs, left = self._pair(list(plan.topic_ids), rows)
        for sequence, (row, topic) in enumerate(pairs, 1):
            vals = row.values(topic)
            if topic and topic.sequence != sequence:
                vals["sequence"] = sequence
            self._tell(row, topic, vals, journal)
            if not topic:
                vals["sequence"] = sequence
            self.steps.append((journal, plan, topic, vals))
        for topic in left:
            self.add(
                NOTE,
                topic.title,
                self.env._("The file does not have this topic. It stays in the plan."),
            )
        self._tell_if_too_long(journal, rows, left)

    def _pair(self, topics, rows):
        """Rows and the topics they mean; topics that no row means."""
        by_title = defaultdict(list)
        for topic in topics:
            by_title[topic.title.casefold()].append(topic)
        pairs = []
        for row in rows:
            alike = by_title[row.title.casefold()]
            pairs.append((row, alike.pop(0) if alike else None))
        left = [topic for alike in by_title.values() for topic in alike]
        # a new title at the place of one that is gone: the topic was renamed
        places = {topic: place for place, topic in enumerate(topics)}
        renamed = {places[topic]: topic for topic in left}
        for place, (row, topic) in enumerate(pairs):
            if not topic and place in renamed:
                pairs[place] = row, renamed.pop(place)
        return pairs, sorted(renamed.values(), key=places.get)

    def _tell(self, row, topic, vals, journal):
        place = row.row.sheet, row.row.number
        title = row.title
        if len(self.journals) > 1:
            title = f"{journal.sudo().name}: {title}"
        if not topic:
            text = self.env._("Hours: %(hours)s", hours=f"{row.hours:g}")
            self.add(NEW, title, text, *place)
        elif set(vals) - {"sequence"}:
            names = self.env["ejournal.plan.topic"].fields_get(list(vals), ["string"])
            text = ", ".join(
                names[name]["string"] for name in vals if name != "sequence"
            )
            self.add(CHANGED, title, text, *place)
        elif vals:
            self.add(CHANGED, title, self.env._("Order of the topics"), *place)
        else:
            self.add(SAME, title, self.env._("No change."), *place)
        if not row.hours:
            self.add(
                NOTE,
                title,
                self.env._(
                    "Takes no lesson of its own: it is not offered at entry. Give it an "
                    "hour, or join it with a neighbour."
                ),
                *place,
            )

    def _tell_if_too_long(self, journal, rows, left):
        """More hours than lessons: taken, and said."""
        year = journal.sudo().year_id
        hours = sum(row.hours for row in rows) + sum(topic.hours for topic in left)
        dates = journal.sudo()._lesson_dates(year.date_start, year.date_end)
        lessons = len(dates[journal.id])
        if lessons and hours > lessons:
            self.add(
                NOTE,
                journal.sudo().name,
                self.env._(
                    "The plan has more hours (%(hours)s) than the year has lessons "
                    "(%(lessons)s). Join topics, or ask for lessons.",
                    hours=f"{hours:g}",
                    lessons=lessons,
                ),
            )

    # ---- writing -----------------------------------------------------------------------

    def carry_out(self):
        plans, new = {}, []
        for journal, known, topic, vals in self.steps:
            if not topic:
                plan = known or plans.get(journal) or self._make_plan(journal)
                plans[journal] = plan
                new.append({**vals, "plan_id": plan.id})
            elif vals:
                topic.write(vals)
        self.env["ejournal.plan.topic"].create(new)

    def _make_plan(self, journal):
        return self.env["ejournal.plan"].create({"journal_id": journal.id})


class _TopicRow:
    """What a row says of a topic."""

    def __init__(self, row):
        self.row = row
        self.title = (
            row.value_of(lambda cell: read_text(cell, MAX_TITLE), "topic") or ""
        )
        row.require(self.title, "topic", "missing_topic")
        hours = row.value_of(_read_hours, "hours")
        self.hours = 1 if hours is None else hours
        self.has_hours = hours is not None
        self.date = row.value_of(read_date, "date")
        self.outcome = row.value_of(lambda cell: read_text(cell, MAX_TEXT), "outcome")
        self.homework = row.value_of(lambda cell: read_text(cell, MAX_TEXT), "homework")
        self.control = self._is_control()

    def _is_control(self):
        cell = self.row.cell("control")
        if cell and cell.text:
            return cell.text.casefold() in _YES
        return bool(_CONTROL.search(self.title))

    def values(self, topic):
        """Values of the topic, of a known one those that differ; empty cells say
        nothing."""
        vals = {
            "title": self.title,
            "hours": self.hours,
            "date_planned": self.date,
            "is_control": self.control,
            "outcome": self.outcome,
            "homework": self.homework,
        }
        if not topic:
            return {name: value for name, value in vals.items() if value is not None}
        if not self.has_hours:
            vals.pop("hours")
        return {
            name: value
            for name, value in vals.items()
            if (value or name in ("hours", "is_control")) and value != topic[name]
        }


def _read_hours(cell):
    """Lessons of a topic; ``None`` when the cell is empty."""
    text = read_text(cell) if cell else ""
    if not text:
        return None
    try:
        hours = float(text.replace(",", "."))
    except ValueError as error:
        raise ValueFault("no_hours", text) from error
    # not a number and endless ones fail both comparisons
    if not 0 <= hours <= MAX_HOURS:
        raise ValueFault("no_hours", text)
    return hours
