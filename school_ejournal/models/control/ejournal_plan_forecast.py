from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.dates import short_date
from ...tools.plan_forecast import Topic, forecast


class EjournalJournal(models.Model):
    """The lessons of a journal to the end of the year, made and still to be made."""

    _inherit = "ejournal.journal"

    def _lesson_dates(self, date_start, date_end):
        """Days of the lessons of these journals, by lessons and timetable.

        Lessons are made some weeks ahead only; beyond those the timetable speaks.

        :returns: ``{journal id: [date]}``, sorted; cancelled lessons do not count
        """
        dates, made_until = defaultdict(list), {}
        for journal_id, date, slot_date, is_cancelled in self._dates_of_lessons():
            if slot_date:
                made_until[journal_id] = max(
                    slot_date, made_until.get(journal_id, slot_date)
                )
            if date_start <= date <= date_end and not is_cancelled:
                dates[journal_id].append(date)
        # sudo: the timetable is known to everybody
        Lesson = self.env["ejournal.lesson"].sudo()
        for calendar, journals in self.sudo().grouped("calendar_id").items():
            slots = Lesson._slots_between(journals, date_start, date_end)
            timetable = Lesson._timetable(
                calendar, slots, date_start, date_end, lambda _day: True
            )
            for wish in timetable.wishes():
                until = made_until.get(wish.journal_id)
                if not until or wish.date > until:
                    dates[wish.journal_id].append(wish.date)
        return {journal.id: sorted(dates[journal.id]) for journal in self}

    def _dates_of_lessons(self):
        self.env["ejournal.lesson"].flush_model(
            ["journal_id", "date", "slot_date", "state"]
        )
        return self.env.execute_query(
            SQL(
                """
                SELECT journal_id, date, slot_date, state = 'cancelled'
                  FROM ejournal_lesson WHERE journal_id = ANY(%s)
                """,
                list(self.ids),
            )
        )


class EjournalPlan(models.Model):
    """Whether the plan fits into the lessons that are left."""

    _inherit = "ejournal.plan"

    forecast = fields.Char(
        compute="_compute_forecast",
        help="To the end of the present period, or of the year when the plan has no dates.",
    )
    hours_short = fields.Integer(
        string="Lessons too few",
        compute="_compute_forecast",
        help="Hours planned that no lesson is left for.",
    )

    @api.depends(
        "topic_ids.hours",
        "topic_ids.date_planned",
        "topic_ids.is_control",
        "topic_ids.sequence",
    )
    @api.depends_context("lang")
    def _compute_forecast(self):
        forecasts = self._origin._forecasts()
        for plan in self:
            found = forecasts.get(plan._origin.id)
            plan.hours_short = max(0, found.short) if found else 0
            plan.forecast = plan._forecast_text(found) if found else False

    def _forecasts(self):
        """What is to come in each plan; the queries do not grow with the plans.

        :returns: ``{plan id: tools.plan_forecast.Forecast}`` of those with topics
        """
        # sudo: dates and numbers of lessons of plans that the caller may read
        plans = self.sudo().filtered("topic_ids")
        if not plans:
            return {}
        years = plans.journal_id.year_id
        dates = plans.journal_id._lesson_dates(
            min(years.mapped("date_start")), max(years.mapped("date_end"))
        )
        given, lessons = plans._given_places(), plans._given_lessons()
        result = {}
        for plan in plans:
            today = plan.company_id._ejournal_today()
            own = dates[plan.journal_id.id]
            upcoming = [day for day in own if day >= today]
            for _lesson_id, day, _topics in lessons[plan.id]:
                if day in upcoming:
                    upcoming.remove(day)
            result[plan.id] = forecast(
                plan._plain_topics(),
                max((place + 1 for place in given[plan.id]), default=0),
                upcoming,
                own,
                plan._forecast_end(today),
            )
        return result

    def _plain_topics(self):
        return [
            Topic(number, topic.hours, topic.date_planned, topic.is_control)
            for number, topic in enumerate(self.topic_ids, 1)
        ]

    def _forecast_end(self, today):
        """The last day of the present period, in holidays of the next one; of the year
        when the plan has no dates to say what belongs to a period."""
        journal = self.journal_id
        if any(topic.date_planned for topic in self.topic_ids):
            ends = journal.calendar_id._leaf_periods().mapped("date_end")
            if coming := [end for end in ends if end >= today]:
                return min(coming)
        return journal.year_id.date_end

    def _forecast_text(self, found):
        """«Behind: 3. Until 30.12.2026: 21 lessons left, 23 hours planned. …»"""
        values = {
            "lag": self.lag,
            "date": short_date(found.until),
            "left": found.left,
            "planned": found.planned,
            "short": found.short,
            "joins": ", ".join(f"{one} + {two}" for one, two in found.joins),
        }
        text = self.env._(
            "Until %(date)s – lessons left: %(left)s, hours planned: %(planned)s.",
            **values,
        )
        if self.lag > 0:
            behind = self.env._("Behind: %(lag)s.", **values)
            text = f"{behind} {text}"
        if found.short <= 0:
            return text
        if found.joins:
            advice = self.env._(
                "Join topics %(joins)s, or ask for lessons: %(short)s.", **values
            )
        else:
            advice = self.env._(
                "Shorten topics, or ask for lessons: %(short)s.", **values
            )
        return f"{text} {advice}"

    def action_set_dates(self):
        """Give the topics that have no date the day of their first lesson, in order.

        :returns: a notification with what was set, and what no lesson is left for
        """
        self.check_access("write")
        missing = 0
        for plan in self:
            year = plan.journal_id.year_id
            # sudo: days of the lessons of a plan that the caller writes
            days = plan.sudo().journal_id._lesson_dates(year.date_start, year.date_end)
            days = days[plan.journal_id.id]
            place = 0
            for topic in plan.topic_ids:
                if not topic.date_planned and place < len(days):
                    topic.date_planned = days[place]
                missing += place >= len(days)
                place += len(plan._hours_of_topic(topic))
        message = self.env._("The topics have dates by the timetable.")
        if missing:
            message = self.env._(
                "The lessons of the year do not suffice: %(count)s topics have no date. "
                "Join topics or ask for lessons.",
                count=missing,
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if missing else "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def copy_to(self, journal_ids, with_dates=False):
        """Copy the plan to other journals: of another class, or of this year.

        :param journal_ids: ids of the journals, which have no topics yet
        :param with_dates: keep the dates, in the same academic year only
        :returns: ids of their plans
        :raises AccessError: the caller may not read this plan or write those
        :raises UserError: a journal has a plan with topics
        """
        self.ensure_one()
        self.check_access("read")
        plans = self.browse()
        for journal in self.env["ejournal.journal"].browse(journal_ids).exists():
            plan = self.search([("journal_id", "=", journal.id)])
            if plan.topic_ids:
                raise UserError(
                    self.env._(
                        "“%(journal)s” has a plan already. Change that one, or delete "
                        "its topics first.",
                        journal=journal.sudo().name,
                    )
                )
            plan = plan or self.create({"journal_id": journal.id})
            keep = (
                with_dates and journal.sudo().year_id == self.journal_id.sudo().year_id
            )
            self.env["ejournal.plan.topic"].create(
                [
                    {
                        "plan_id": plan.id,
                        "sequence": sequence,
                        "title": topic.title,
                        "hours": topic.hours,
                        "date_planned": keep and topic.date_planned,
                        "is_control": topic.is_control,
                        "outcome": topic.outcome,
                        "homework": topic.homework,
                    }
                    for sequence, topic in enumerate(self.topic_ids, 1)
                ]
            )
            plans |= plan
        return plans.ids


class EjournalPlanTopic(models.Model):
    """Topics are joined to catch up and split to take one's time."""

    _inherit = "ejournal.plan.topic"

    number = fields.Integer(
        string="No.", compute="_compute_number", help="Place of the topic in the plan."
    )

    @api.depends("plan_id.topic_ids.sequence")
    def _compute_number(self):
        for plan, topics in self.grouped("plan_id").items():
            places = {topic: place for place, topic in enumerate(plan.topic_ids, 1)}
            for topic in topics:
                topic.number = places.get(topic, 0)

    def action_join_next(self):
        """Give this topic and the next one in one lesson less.

        :raises UserError: there is no next one, one was given already, or it is a
            control work
        """
        self.ensure_one()
        self.check_access("write")
        topics = self.plan_id.topic_ids
        place = list(topics).index(self) + 1
        following = topics[place : place + 1]
        if not following:
            raise UserError(
                self.env._("This is the last topic: there is none to join.")
            )
        if (self | following).filtered("is_control"):
            raise UserError(
                self.env._(
                    "A control work takes a lesson of its own. Join other topics."
                )
            )
        if following.hours_given or (
            self.hours_given and self.hours_given >= self.hours
        ):
            raise UserError(
                self.env._(
                    "What was given is not joined any more. Choose later topics."
                )
            )
        self.write(
            {
                "title": f"{self.title}; {following.title}",
                "hours": max(1, self.hours + following.hours - 1),
                "homework": _lines(self.homework, following.homework),
                "outcome": _lines(self.outcome, following.outcome),
            }
        )
        following.unlink()
        return True

    def action_split(self):
        """Make two topics of one; a single hour becomes two."""
        self.ensure_one()
        self.check_access("write")
        first = max(self.hours // 2, self.hours_given, 1)
        second = max(self.hours - first, 1)
        topics = self.plan_id.topic_ids
        for sequence, topic in enumerate(topics):
            topic.sequence = 2 * sequence
        self.hours = first
        self.create(
            {
                "plan_id": self.plan_id.id,
                "sequence": self.sequence + 1,
                "title": self.env._("%(topic)s (continued)", topic=self.title),
                "hours": second,
                "homework": self.homework,
                "outcome": self.outcome,
            }
        )
        return True


def _lines(*texts):
    return "\n".join(filter(None, texts)) or False
