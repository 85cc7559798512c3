"""The pages of the e-diary. They ask the models and hold no rule of their own."""

from datetime import timedelta

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.school_ejournal.tools.term import monday_of

from ..tools.news import news_of
from .page import parent_page, render

_WEEK = timedelta(days=6)
# How far back an entry may lie that is new since yesterday.
_NEWS_DAYS = timedelta(days=7)
_DAY = timedelta(days=1)


def children():
    """The caller's children; himself when he is a pupil."""
    return request.env["ejournal.pupil"]._diary_pupils()


def own_child(pupil_id):
    """One of the caller's children, in sudo; anybody else's is refused."""
    return request.env["ejournal.pupil"].browse(pupil_id)._check_diary_reader()


def as_caller(pupil):
    """The pupil in the caller's environment, for methods that judge the caller."""
    return pupil.with_env(request.env)


def is_pupil(pupil):
    """Whether the caller reads as the pupil himself."""
    return pupil.user_id == request.env.user


class Diary(http.Controller):
    # ---- the week ----------------------------------------------------------------------

    @parent_page("/my/diary", auth="user", readonly=True)
    def first_child(self, week=None, **_kwargs):
        found = children()
        if not found:
            return render("no_child_page", tab="diary")
        return self._week_page(found[0], found, week)

    @parent_page("/my/diary/<int:pupil_id>", auth="user", readonly=True)
    def week(self, pupil_id, week=None, **_kwargs):
        return self._week_page(own_child(pupil_id), children(), week)

    def _week_page(self, child, found, week):
        today = child.company_id._ejournal_today()
        monday = monday_of(_asked_day(week) or today)
        diaries = {
            pupil: self._read(pupil, pupil == child and monday, today)
            for pupil in found
        }
        diary = diaries[child]
        days = [
            day
            for day in diary["days"]
            if monday <= day["date"] <= monday + _WEEK
            if day["lessons"] or day["holiday"] or day["date"].weekday() < 5
        ]
        since = child.company_id._ejournal_day_bounds(today - _DAY)[0]
        return render(
            "week_page",
            tab="diary",
            child=child,
            children=found,
            days=_in_reading_order(days, today),
            today=today,
            monday=monday,
            sunday=monday + _WEEK,
            before=monday - _DAY,
            after=monday + _WEEK + _DAY,
            periods=[
                period
                for period in diary["periods"]
                if period["date_start"] <= monday + _WEEK
                if period["date_end"] >= monday
            ],
            can_act=not is_pupil(child),
            week_read=bool(as_caller(child)._week_reads(monday)),
            news=[(pupil, news_of(diaries[pupil], since)) for pupil in found],
        )

    def _read(self, pupil, monday, today):
        """A child's diary: the last days for what is new, and the asked week."""
        first, last = today - _NEWS_DAYS, today + _DAY
        if monday and abs((monday - today).days) <= 45:
            first, last = min(first, monday), max(last, monday + _WEEK)
            return as_caller(pupil).load_diary(first, last)
        diary = as_caller(pupil).load_diary(first, last)
        if monday:
            asked = as_caller(pupil).load_diary(monday, monday + _WEEK)
            diary = {
                **diary,
                "periods": asked["periods"],
                "days": [*diary["days"], *asked["days"]],
            }
        return diary

    # ---- marks -------------------------------------------------------------------------

    @parent_page("/my/diary/<int:pupil_id>/marks", auth="user", readonly=True)
    def marks(self, pupil_id, period=None, **_kwargs):
        child = own_child(pupil_id)
        periods = child._diary_periods()
        today = child.company_id._ejournal_today()
        chosen = periods.filtered(lambda row: str(row.id) == str(period)) or (
            periods.filtered(lambda row: row.date_start <= today)[-1:] or periods[:1]
        )
        subjects = (
            as_caller(child)._diary_marks(chosen.date_start, chosen.date_end)
            if chosen
            else []
        )
        return render(
            "marks_page",
            tab="marks",
            child=child,
            children=children(),
            periods=periods,
            period=chosen,
            subjects=subjects,
            period_marks=as_caller(child)._diary_period_marks(),
        )

    # ---- attendance --------------------------------------------------------------------

    @parent_page("/my/diary/<int:pupil_id>/attendance", auth="user", readonly=True)
    def attendance(self, pupil_id, **_kwargs):
        child = own_child(pupil_id)
        today = child.company_id._ejournal_today()
        diary = as_caller(child).load_diary(today - timedelta(days=60), today)
        missed = [
            {**lesson, "date": day["date"]}
            for day in reversed(diary["days"])
            for lesson in day["lessons"]
            if lesson["attendance"]
        ]
        return render(
            "attendance_page",
            tab="attendance",
            child=child,
            children=children(),
            missed=missed,
            can_act=not is_pupil(child),
            counts={
                kind: sum(row["attendance"]["kind"] == kind for row in missed)
                for kind in ("absent", "late", "school")
            },
        )

    # ---- files -------------------------------------------------------------------------

    @parent_page(
        "/my/diary/<int:pupil_id>/file/<int:file_id>", auth="user", readonly=True
    )
    def file(self, pupil_id, file_id, **_kwargs):
        """A file of the own child's homework; no other way leads to it."""
        file = as_caller(own_child(pupil_id))._diary_file(file_id)
        stream = request.env["ir.binary"]._get_stream_from(file, "raw")
        response = stream.get_response(as_attachment=True)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "private, no-store"
        return response

    # ---- notices -----------------------------------------------------------------------

    @parent_page("/my/diary/notices", auth="user")
    def notices(self, **_kwargs):
        """The board; what is shown on it counts as read."""
        notices = request.env["ejournal.notice"].search(
            [("company_id", "in", children().company_id.ids)]
        )
        unread = notices.filtered(lambda notice: not notice.is_read)
        response = render(
            "notices_page",
            tab="notices",
            children=children(),
            notices=notices,
            unread=set(unread.ids),
        )
        response.flatten()
        notices.mark_read()
        return response


def _in_reading_order(days, today):
    """This week from today on, then back from yesterday; other weeks from Monday on."""
    coming = [day for day in days if day["date"] >= today]
    past = [day for day in days if day["date"] < today]
    if not coming or not past:
        return days
    past.reverse()
    past[0] = {**past[0], "first_past": True}
    return coming + past


def _asked_day(text):
    try:
        return fields.Date.to_date(text) if text else None
    except ValueError as error:
        raise UserError(request.env._("Name the week by one of its days.")) from error
