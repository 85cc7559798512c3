from collections import Counter

from odoo import models

DEPUTY = "school_ejournal.group_deputy"


class EjournalCalendar(models.Model):
    """The button that makes the lessons of all open periods."""

    _inherit = "ejournal.calendar"

    def action_generate_lessons(self):
        """Make the lessons of these calendars' open periods from the timetable.

        Deputy director only. Days that are over get the lessons that were due on them.

        :returns: a notification with the number of lessons made, changed, removed, kept
        """
        open_periods = self._leaf_periods().filtered(lambda p: p.state == "open")
        return open_periods.action_generate_lessons()


class EjournalPeriod(models.Model):
    """The button that makes the lessons of a period."""

    _inherit = "ejournal.period"

    def action_generate_lessons(self):
        """Make the lessons of these periods from the timetable.

        Deputy director only. Days that are over get the lessons that were due on them.

        :returns: a notification with the number of lessons made, changed, removed, kept
        :raises UserError: a period is closed
        """
        self.check_access("read")
        self._require_group(
            DEPUTY,
            self.env._("Only the deputy director makes the lessons. Ask for it there."),
        )
        self._check_open()
        counts = Counter()
        for period in self:
            counts += self.env["ejournal.lesson"]._replan(
                period.calendar_id, period.date_start, period.date_end
            )
        return self._planning_notification(counts)

    def _planning_notification(self, counts):
        changes = self.env._(
            "Made: %(made)s. Changed: %(changed)s. Removed: %(removed)s.",
            made=counts["made"],
            changed=counts["changed"],
            removed=counts["removed"],
        )
        kept = counts["kept"] and self.env._(
            "Kept although the timetable says otherwise, because of entries or changes "
            "by hand: %(kept)s.",
            kept=counts["kept"],
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": self.env._("Lessons from the timetable"),
                "message": " ".join(filter(None, (changes, kept))),
                "sticky": bool(kept),
            },
        }
