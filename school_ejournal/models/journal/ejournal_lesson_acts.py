from odoo import models
from odoo.exceptions import UserError

from ...tools.passage import with_passage


class EjournalLesson(models.Model):
    """Acts of the deputy director on lessons: cancel, restore, swap.

    What each may do is judged in ``ejournal_lesson_schedule.py``.
    """

    _inherit = "ejournal.lesson"

    def action_cancel(self, reason, order_ref=None):
        """Cancel lessons; they stay cancelled until a person takes that back.

        :param reason: why; shown where the lesson is
        :param order_ref: number of the order, needed when a lesson has entries
        """
        self.check_access("write")
        self.write(
            {"state": "cancelled", "cancel_reason": reason, "order_ref": order_ref}
        )
        return True

    def action_restore(self, order_ref=None):
        """Take a cancelling back.

        A lesson that was held is held again. One that the plan had cancelled is from now
        on a lesson by hand: the deputy wants it although the timetable does not.

        :param order_ref: number of the order, needed when a lesson has entries and on a
            day without school
        """
        self.check_access("write")
        lessons = self.filtered(lambda lesson: lesson.state == "cancelled")
        lessons = lessons._by_order(order_ref)
        lessons._judge_schedule({"state"})
        lessons._refuse_change_with_entries({})
        by_hand = lessons.filtered(
            lambda x: x.cancelled_by_plan and x.date == x.slot_date
        )
        held = lessons.filtered("was_held")
        basis = "order" if lessons._order_ref() else "duty"
        taken_back = {"cancel_reason": False, "cancelled_by_plan": False}
        with_passage(by_hand, basis).write({"slot_id": False, "slot_date": False})
        with_passage(held, basis).write({"state": "held", **taken_back})
        with_passage(lessons - held, basis).write({"state": "planned", **taken_back})
        lessons._refuse_day_without_school()
        lessons._record_order()
        return True

    def action_swap(self, other_id, order_ref=None):
        """Exchange day and number of two lessons.

        :param other_id: id of the lesson to exchange with
        :param order_ref: number of the order, needed when one of them has entries
        """
        self.ensure_one()
        other = self.browse(other_id)
        both = (self | other)._by_order(order_ref)
        both.check_access("write")
        if other == self:
            raise UserError(self.env._("Choose another lesson to swap with."))
        both._judge_schedule({"date", "number"})
        here = {"date": self.date, "number": self.number}
        there = {"date": other.date, "number": other.number}
        both._refuse_change_with_entries({})
        with both._exchanging_places() as (one, two):
            one.write(there)
            two.write(here)
        return True
