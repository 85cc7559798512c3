from odoo import models
from odoo.exceptions import AccessError, UserError

from ...tools.call_memory import memory_of
from ...tools.dates import short_date, short_time

# What each state of a window lets its user do is said by the state alone.
WRITABLE = ("open", "unlocked", "remark", "grace")
BASIS_OF_STATE = {
    "open": "same_day",
    "future": "ahead",
    "unlocked": "unlock",
    "remark": "remark",
    "grace": "grace",
}
# What may be prepared before the lesson.
DRAFT_FIELDS = frozenset(
    {"topic", "homework", "no_homework", "homework_minutes", "plan_topic_ids"}
)
_COLUMN_FIELDS = (
    "lesson_id",
    "journal_id",
    "company_id",
    "type_id",
    "marker_id",
    "grace_until",
    "is_answer",
    "struck_out",
)


class EjournalLesson(models.Model):
    """The entry window: who may enter what into a lesson at this moment.

    The one judge of the day lock. Every door asks it: the journal page, forms, imports,
    other models' commands, our own code. Regulation 4.2 А: the journal is filled on the
    day of the lesson; setting and correcting marks on the next day is forbidden.
    """

    _inherit = "ejournal.lesson"

    # ---- the judge ---------------------------------------------------------------

    def _entry_window(self):
        """What the present user may enter into each lesson, and why.

        :returns: ``{lesson id: {"content": window, "attendance": window,
            "column": window, "works": {work id: window}}}``; ``column`` is the making
            of a new column. A window is a dict of

            - ``state``: archived, period_closed, read_only, cancelled, future, open,
              unlocked, remark, grace or closed
            - ``closes_at``: naive UTC datetime at which it closes or has closed
            - ``basis``, ``basis_id``: what an entry will be recorded with
            - ``text``: one sentence for the reader that names the rule
        """
        memory = memory_of(self.env)
        known = memory.windows if memory else {}
        unknown = self.filtered(lambda lesson: lesson.id not in known)
        known.update(unknown._judge())
        return {lesson_id: known[lesson_id] for lesson_id in self.ids}

    def _judge(self):
        """The judge itself, see :meth:`_entry_window`."""
        now = self.env.company._ejournal_now()
        user = self.env.user
        # sudo: the judge sees all facts, whatever the user may read
        lessons = self.sudo()
        days = lessons._days()
        writer_ids = set(lessons._writers(user).ids)
        over = lessons.filtered(lambda lesson: days[lesson.id].closes_at <= now)
        permissions = over._permissions(user, now) if over else {}
        works = lessons._columns()
        return {
            lesson.id: lesson._window_of(
                user,
                now,
                days[lesson.id],
                works[lesson.id],
                lesson.id in writer_ids,
                permissions.get(lesson.id, ()),
            )
            for lesson in lessons
        }

    def _columns(self):
        """The columns of each lesson, whoever may read them; one query.

        :returns: ``{lesson id: ejournal.work with sudo}``
        """
        memory = memory_of(self.env)
        known = memory.columns if memory else {}
        unknown = [lesson_id for lesson_id in self.ids if lesson_id not in known]
        if unknown:
            # sudo: the judge sees all facts
            works = self.env["ejournal.work"].sudo()
            works = works.search_fetch(
                [("lesson_id", "in", unknown)], _COLUMN_FIELDS, order="id"
            )
            known.update(dict.fromkeys(unknown, works.browse()))
            known.update(
                (lesson.id, own) for lesson, own in works.grouped("lesson_id").items()
            )
        return {lesson_id: known[lesson_id] for lesson_id in self.ids}

    def _own(self, user):
        """The lessons that a user gives or enters; the first clauses of every rule."""
        uid = user.id
        return self.filtered(
            lambda lesson: uid in (lesson.entrant_id.id, lesson.teacher_id.id)
        )

    def _writers(self, user):
        """The lessons that ``user`` enters: as entrant or as writing co-teacher."""
        own = self.filtered(lambda lesson: lesson.entrant_id == user)
        others = self - own
        if not others:
            return own
        assignments = self.env["ejournal.assignment"].search(
            [
                ("journal_id", "in", others.journal_id.ids),
                ("teacher_id", "=", user.id),
                ("role", "=", "co"),
                ("may_write", "=", True),
            ]
        )
        by_journal = assignments.grouped("journal_id")
        return own | others.filtered(
            lambda lesson: any(
                assignment._covers(lesson.date)
                for assignment in by_journal.get(lesson.journal_id, ())
            )
        )

    def _closes_at(self):
        """Closing time of the lesson's day, naive UTC."""
        self.ensure_one()
        return self.company_id._ejournal_day_bounds(self.date)[1]

    def _days(self):
        """The day of each lesson, reckoned once a day.

        :returns: ``{lesson id: SchoolDay}``
        """
        known = {}
        result = {}
        for lesson in self:
            key = lesson.company_id.id, lesson.date
            if key not in known:
                known[key] = lesson.company_id._ejournal_day(lesson.date)
            result[lesson.id] = known[key]
        return result

    def _permissions(self, user, now):
        """Permissions to open and remarks that open something for ``user`` now.

        :returns: ``{lesson id: [permission]}``, most worth first; a permission is a dict
            of ``state`` (unlocked or remark), ``scope`` (marks, attendance, content, all
            or empty_cells), ``closes_at`` and ``basis_id``
        """
        return {}

    def _window_of(self, user, now, day, works, is_writer, permissions):
        """The windows of one lesson."""
        self.ensure_one()
        shut = self._shut_window(day)
        foreign = None if is_writer else self._foreign_window(day)
        timed = shut or self._timed_window(now, day)

        def window(part, work=None):
            if shut:
                return shut
            if foreign and not (work and work.marker_id == user):
                return foreign
            if timed["state"] != "closed":
                return timed
            return self._reopened_window(part, now, permissions, work) or timed

        return {
            "content": window("content"),
            "attendance": window("attendance"),
            "column": window("marks"),
            "works": {work.id: window("marks", work) for work in works},
        }

    def _shut_window(self, day):
        """What closes a lesson for everybody: its period, or that it is cancelled."""
        period = self.period_id
        if period.state == "archived":
            return _window(
                "archived",
                day.closes_at,
                self.env._(
                    "%(period)s is archived: nothing in it changes any more. A later "
                    "change goes onto an amendment sheet by order.",
                    period=period.display_name,
                ),
            )
        if period.state == "closed":
            return _window(
                "period_closed",
                day.closes_at,
                self.env._(
                    "%(period)s is closed: nothing in it changes. The director can "
                    "re-open it with a reason.",
                    period=period.display_name,
                ),
            )
        if self.state == "cancelled":
            return _window(
                "cancelled",
                day.closes_at,
                self.env._(
                    "The lesson is cancelled. If it was held after all, tell the "
                    "deputy director."
                ),
            )
        return None

    def _foreign_window(self, day):
        if self.entrant_id:
            text = self.env._(
                "This lesson is filled by %(teacher)s.", teacher=self.entrant_id.name
            )
        else:
            text = self.env._(
                "This lesson has no teacher yet: ask the deputy director to name one."
            )
        return _window("read_only", day.closes_at, text)

    def _timed_window(self, now, day):
        """What the clock alone says to somebody who enters the lesson."""
        if now < day.starts_at:
            return _window(
                "future",
                day.closes_at,
                self.env._(
                    "The lesson is on %(date)s. Until then only its topic, homework and "
                    "announced control works can be prepared.",
                    date=short_date(self.date),
                ),
            )
        if now < day.closes_at:
            return _window(
                "open",
                day.closes_at,
                self.env._("Open today until %(time)s.", time=day.closing),
            )
        return _window("closed", day.closes_at, self._closed_text(day.closing))

    def _reopened_window(self, part, now, permissions, work=None):
        """What opens a part of a lesson whose day is over; ``None`` for nothing."""
        for permission in permissions:
            if _scope_covers(permission["scope"], part, work):
                return self._permitted_window(permission)
        grace_closes_at = work and self._grace_closes_at(work)
        if grace_closes_at and now < grace_closes_at:
            return _window(
                "grace",
                grace_closes_at,
                self.env._(
                    "Empty cells of this work can be filled until %(date)s.",
                    date=short_date(work.grace_until),
                ),
            )
        return None

    def _permitted_window(self, permission):
        closes_at = permission["closes_at"]
        local = self.company_id._ejournal_local(closes_at)
        values = {"date": short_date(local), "time": short_time(local)}
        if permission["state"] == "unlocked":
            text = self.env._("Open by permission until %(date)s, %(time)s.", **values)
        else:
            text = self.env._(
                "Open until %(date)s, %(time)s to clear the remark.", **values
            )
        return _window(
            permission["state"], closes_at, text, basis_id=permission["basis_id"]
        ) | {"scope": permission["scope"]}

    def _grace_closes_at(self, work):
        """End of the column's last day of grace, or None."""
        if not work.grace_until or work.grace_until <= self.date:
            return None
        return self.company_id._ejournal_day_bounds(work.grace_until)[1]

    def _closed_text(self, closing=None):
        closing = closing or self.company_id._ejournal_day(self.date).closing
        if closing == "24:00":
            # a sentence of its own: Kyrgyz hangs an ending on the hour, «24:00дө»
            return self.env._(
                "The lesson closed on %(date)s at 24:00: marks are set only on the day of "
                "the lesson (Regulation, 4.2 А). Ask to open ›",
                date=short_date(self.date),
            )
        return self.env._(
            "The lesson closed on %(date)s at %(time)s: marks are set only on the day of "
            "the lesson (Regulation, 4.2 А). Ask to open ›",
            date=short_date(self.date),
            time=closing,
        )

    # ---- asking the judge before a write ---------------------------------------------

    def _judge_entry(self, part, names=()):
        """Refuse an entry that the window does not allow, or name its basis.

        :param part: ``content``, ``attendance`` or ``column``
        :param names: names of the content fields, since some may be drafted ahead
        :returns: ``{lesson id: (basis, basis_id)}``
        :raises AccessError: the lesson is another's
        :raises UserError: the window is closed; the sentence names the rule
        """
        self._share_lock_periods()
        bases = {}
        for lesson_id, windows in self._entry_window().items():
            window = windows[part]
            self._refuse_unless_writable(window, names)
            bases[lesson_id] = (window["basis"], window["basis_id"])
        return bases

    def _share_lock_periods(self):
        """Hold the periods' rows until our save is done, so that none closes meanwhile.

        Closing updates the row: it waits for us, or we are run again and see it closed.
        """
        periods = self.sudo().period_id
        memory = memory_of(self.env)
        if memory:
            periods = periods.filtered(lambda period: period.id not in memory.locked)
            memory.locked.update(periods.ids)
        self.env["ejournal.period"]._share_lock(periods)

    def _may_enter(self, window, names=()):
        """Whether a window lets content fields or, without names, cells be written."""
        if window["state"] == "future":
            return bool(names) and DRAFT_FIELDS.issuperset(names)
        return window["state"] in WRITABLE

    def _refuse_unless_writable(self, window, names=()):
        if not self._may_enter(window, names):
            error = AccessError if window["state"] == "read_only" else UserError
            raise error(window["text"])


def _window(state, closes_at, text, basis_id=False):
    return {
        "state": state,
        "closes_at": closes_at,
        "basis": BASIS_OF_STATE.get(state, False),
        "basis_id": basis_id,
        "text": text,
    }


def _scope_covers(scope, part, work):
    """Whether a permission's scope reaches a part of the lesson.

    ``empty_cells`` reaches the columns of control works that are there already.
    """
    if scope == "all":
        return True
    if scope == "empty_cells":
        return bool(work and work.type_id.is_control)
    return scope == part
