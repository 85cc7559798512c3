"""What a lesson lacks: topic, work done, homework, attendance (Regulation 4.2 А)."""

from odoo.tools import SQL

from .base import ATTENDANCE, CONTENT, Check


class _Missing(Check):
    """A part that counts as filling, by the school's settings, is not there."""

    cure = CONTENT

    def is_on(self, settings):
        return settings[f"count_{self.code}"]

    def _is_missing(self):
        """SQL condition over ``due``."""
        return SQL("coalesce(%s, '') = ''", SQL.identifier("due", self.code))

    def query(self, scope, settings):
        return SQL(
            """
            SELECT due.id AS lesson_id, 0 AS work_id, 0 AS pupil_id, 0 AS amount,
                   0 AS needed
              FROM due WHERE %s
            """,
            self._is_missing(),
        )


class Topic(_Missing):
    code = "topic"

    def name(self, env):
        return env._("Topic missing")

    def sentence(self, env, finding, pupil):
        return env._("The topic is not entered.")


class Classwork(_Missing):
    code = "classwork"

    def name(self, env):
        return env._("Work done missing")

    def sentence(self, env, finding, pupil):
        return env._("The work done is not entered.")


class Homework(_Missing):
    code = "homework"

    def _is_missing(self):
        return SQL("coalesce(due.homework, '') = '' AND due.no_homework IS NOT TRUE")

    def name(self, env):
        return env._("Homework missing")

    def sentence(self, env, finding, pupil):
        return env._("Neither homework nor “none set” is entered.")


class Attendance(_Missing):
    code = "attendance"
    cure = ATTENDANCE

    def _is_missing(self):
        return SQL("due.attendance_confirmed IS NOT TRUE")

    def name(self, env):
        return env._("Attendance missing")

    def sentence(self, env, finding, pupil):
        return env._("It is not confirmed who is absent.")
