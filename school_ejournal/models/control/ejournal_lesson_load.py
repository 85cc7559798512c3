from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.class_load import Limits, Load, exceeded
from ...tools.dates import short_date
from ...tools.term import monday_of

# Grades and the setting that holds for them; grade 1 has no homework limit of its own.
_MINUTES_BY_GRADE = (
    (9, "homework_minutes_9"),
    (6, "homework_minutes_6"),
    (4, "homework_minutes_4"),
    (1, "homework_minutes_2"),
)


class EjournalSettings(models.Model):
    """How much a class may have; hints only, nothing is refused."""

    _inherit = "ejournal.settings"

    max_controls_day = fields.Integer(
        string="Control works a day",
        default=1,
        help="More of them on a day of a class are warned of; 0: no warning.",
    )
    max_controls_week = fields.Integer(
        string="Control works a week",
        default=3,
        help="More of them in a week of a class are warned of; 0: no warning.",
    )
    homework_minutes_2 = fields.Integer(
        string="Homework a day, grades 1 to 3",
        default=90,
        help="Minutes; 0: no warning.",
    )
    homework_minutes_4 = fields.Integer(
        string="Homework a day, grades 4 and 5",
        default=120,
        help="Minutes; 0: no warning.",
    )
    homework_minutes_6 = fields.Integer(
        string="Homework a day, grades 6 to 8",
        default=150,
        help="Minutes; 0: no warning.",
    )
    homework_minutes_9 = fields.Integer(
        string="Homework a day, grades 9 and up",
        default=210,
        help="Minutes; 0: no warning.",
    )

    _loads_positive = models.Constraint(
        "CHECK(max_controls_day >= 0 AND max_controls_week >= 0"
        " AND homework_minutes_2 >= 0 AND homework_minutes_4 >= 0"
        " AND homework_minutes_6 >= 0 AND homework_minutes_9 >= 0)",
        "A limit is 0 or more; 0 means that nothing is warned of.",
    )

    def _load_limits(self, grades):
        """The limits of classes of some grades, the strictest of them.

        :returns: :class:`tools.class_load.Limits`
        """
        minutes = {
            self[next(name for least, name in _MINUTES_BY_GRADE if grade >= least)]
            for grade in grades
            if grade
        } - {0}
        return Limits(
            self.max_controls_day, self.max_controls_week, min(minutes, default=0)
        )


class EjournalJournal(models.Model):
    """The load of the classes of a journal."""

    _inherit = "ejournal.journal"

    def _class_loads(self, dates):
        """What the classes of these journals have on some days from other journals.

        Control works count by subject: announced columns, and topics of plans with that
        day where no column is yet. Homework counts once a subject, the longest of the
        subgroups. The number of queries does not grow.

        :param dates: the days
        :returns: ``{(journal id, date): Load}``
        """
        dates = sorted(set(dates))
        # sudo: that a class has a control work is told to all of its teachers
        journals = self.sudo()
        classes = journals.class_ids
        if not dates or not classes:
            return {}
        controls = classes._subjects_with_controls(
            monday_of(dates[0]), monday_of(dates[-1])
        )
        minutes = classes._homework_minutes(dates)
        result = {}
        for journal in journals:
            subject_id = journal.subject_id.id
            for date in dates:
                load = Load()
                for class_ in journal.class_ids:
                    load = load.heavier(
                        _load_without(subject_id, class_.id, date, controls, minutes)
                    )
                result[journal.id, date] = load
        return result

    def _load_limits(self):
        settings = self.company_id._ejournal_settings()
        return settings._load_limits(self.class_ids.mapped("grade"))

    def _load_warning(self, date, load, minutes=0, is_control=False):
        """One sentence of what is too much on a day, ``False`` when nothing is."""
        self.ensure_one()
        limits = self._load_limits()
        texts = {
            "controls_day": self.env._(
                "Other control works of the class on %(date)s: %(count)s.",
                date=short_date(date),
                count=load.controls_day,
            ),
            "controls_week": self.env._(
                "Control works of the class in this week, with this one: %(count)s.",
                count=load.controls_week + 1,
            ),
            "minutes_day": self.env._(
                "Homework of the class on %(date)s: %(minutes)s min of %(limit)s.",
                date=short_date(date),
                minutes=load.minutes_day + minutes,
                limit=limits.minutes_day,
            ),
        }
        names = exceeded(load, limits, minutes, is_control)
        return " ".join(texts[name] for name in names) or False


def _load_without(subject_id, class_id, date, controls, minutes):
    monday = monday_of(date)
    works = {(s, d) for s, d in controls[class_id] if s != subject_id}
    return Load(
        sum(1 for _subject, day in works if day == date),
        sum(1 for _subject, day in works if monday_of(day) == monday)
        + sum(
            1
            for subject, day in controls[class_id]
            if subject == subject_id and day != date and monday_of(day) == monday
        ),
        sum(
            count
            for (subject, day), count in minutes[class_id].items()
            if day == date and subject != subject_id
        ),
    )


class EjournalClass(models.Model):
    _inherit = "ejournal.class"

    def _subjects_with_controls(self, first_monday, last_monday):
        """``{class id: {(subject id, date)}}`` of the weeks between two Mondays."""
        self.env["ejournal.work"].flush_model()
        self.env["ejournal.lesson"].flush_model()
        self.env["ejournal.plan.topic"].flush_model()
        self.env["ejournal.journal"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT rel.class_id, journal.subject_id, work.date
                  FROM ejournal_journal_class_rel rel
                  JOIN ejournal_journal journal ON journal.id = rel.journal_id
                  JOIN ejournal_work work ON work.journal_id = journal.id
                  JOIN ejournal_work_type type ON type.id = work.type_id
                  JOIN ejournal_lesson lesson ON lesson.id = work.lesson_id
                 WHERE rel.class_id = ANY(%(ids)s) AND type.is_control
                   AND work.struck_out IS NOT TRUE AND lesson.state != 'cancelled'
                   AND work.date BETWEEN %(first)s AND %(last)s::date + 6
                 UNION
                SELECT rel.class_id, journal.subject_id, topic.date_planned
                  FROM ejournal_journal_class_rel rel
                  JOIN ejournal_journal journal ON journal.id = rel.journal_id
                  JOIN ejournal_plan_topic topic ON topic.journal_id = journal.id
                 WHERE rel.class_id = ANY(%(ids)s) AND topic.is_control
                   AND topic.date_planned BETWEEN %(first)s AND %(last)s::date + 6
                   AND NOT EXISTS (
                       SELECT 1 FROM ejournal_lesson_plan_topic_rel tie
                        WHERE tie.topic_id = topic.id)
                """,
                ids=list(self.ids),
                first=first_monday,
                last=last_monday,
            )
        )
        result = defaultdict(set)
        for class_id, subject_id, date in rows:
            result[class_id].add((subject_id, date))
        return result

    def _homework_minutes(self, dates):
        """``{class id: {(subject id, date): minutes}}``."""
        self.env["ejournal.lesson"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT rel.class_id, journal.subject_id, lesson.date,
                       max(lesson.homework_minutes)
                  FROM ejournal_journal_class_rel rel
                  JOIN ejournal_journal journal ON journal.id = rel.journal_id
                  JOIN ejournal_lesson lesson ON lesson.journal_id = journal.id
                 WHERE rel.class_id = ANY(%(ids)s) AND lesson.date = ANY(%(dates)s)
                   AND lesson.state != 'cancelled' AND lesson.homework_minutes > 0
                   AND lesson.no_homework IS NOT TRUE
                 GROUP BY rel.class_id, journal.subject_id, lesson.date
                """,
                ids=list(self.ids),
                dates=dates,
            )
        )
        result = defaultdict(dict)
        for class_id, subject_id, date, minutes in rows:
            result[class_id][subject_id, date] = minutes
        return result


class EjournalLesson(models.Model):
    """Warns of too much for a class while the teacher types."""

    _inherit = "ejournal.lesson"

    load_warning = fields.Char(
        string="Load",
        compute="_compute_load_warning",
        help="More control works or homework than the school's settings have.",
    )

    @api.depends("homework_minutes", "no_homework", "work_ids.type_id")
    @api.depends_context("lang")
    def _compute_load_warning(self):
        loads = self.journal_id._class_loads(set(self.mapped("date")) - {False})
        for lesson in self:
            load = loads.get(
                (lesson.journal_id.id or lesson.journal_id._origin.id, lesson.date)
            )
            lesson.load_warning = load is not None and lesson._load_text(
                load,
                0 if lesson.no_homework else lesson.homework_minutes,
                any(lesson.sudo().work_ids.type_id.mapped("is_control")),
            )

    def _load_text(self, load, minutes, is_control):
        journal = self.journal_id.sudo()
        return journal._load_warning(self.date, load, minutes, is_control)

    @api.readonly
    def load_guard(self):
        """What the class has on the lesson's day besides it, for the page to warn by.

        :returns: dict of ``minutes`` (homework of other subjects), ``limit`` (0: none),
            ``controls`` (a sentence when this lesson's control work is one too many,
            else empty)
        :raises AccessError: the caller may not read the lesson
        """
        self.ensure_one()
        self.check_access("read")
        journal = self.journal_id
        load = journal._class_loads([self.date]).get((journal.id, self.date), Load())
        is_control = any(self.sudo().work_ids.type_id.mapped("is_control"))
        return {
            "minutes": load.minutes_day,
            "limit": journal.sudo()._load_limits().minutes_day,
            "controls": journal.sudo()._load_warning(self.date, load, 0, is_control)
            or "",
        }


class EjournalPlanTopic(models.Model):
    """Warns where control works of a class pile up, while their dates are typed."""

    _inherit = "ejournal.plan.topic"

    load_warning = fields.Char(
        string="Note",
        compute="_compute_load_warning",
        help="The class has other control works on this day or in this week.",
    )

    @api.depends("date_planned", "is_control", "plan_id.journal_id")
    @api.depends_context("lang")
    def _compute_load_warning(self):
        self.load_warning = False
        for journal, topics in self.grouped(lambda x: x.plan_id.journal_id).items():
            own = topics.filtered(lambda x: x.is_control and x.date_planned)
            known = journal._origin.sudo()
            loads = known._class_loads(own.mapped("date_planned")) if known else {}
            for topic in own:
                if load := loads.get((known.id, topic.date_planned)):
                    topic.load_warning = known._load_warning(
                        topic.date_planned, load, is_control=True
                    )
