"""Years, term calendars, periods, holidays, days by order, shifts."""

from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError
from psycopg2.errors import LockNotAvailable, SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import tagged
from odoo.tests.common import BaseCase, get_db_name
from odoo.tools import SQL, mute_logger

from odoo.addons.school_ejournal.tools.passage import with_passage

from ..common import lift_guard, set_guard
from .structure_common import YEAR, StructureCase


class TestYear(StructureCase):
    def test_a_year_is_named_after_its_dates(self):
        year = self.make_year(date(2027, 9, 1), date(2028, 5, 25))
        self.assertEqual(year.name, "2027/2028")

    def test_years_of_a_school_never_overlap(self):
        with self.refused("overlap"):
            self.make_year(YEAR[1], date(2028, 5, 25))

    def test_another_school_has_years_of_its_own(self):
        other = self._make_school("Other school")
        self.assertTrue(self.make_year(*YEAR, company_id=other.id))

    def test_a_year_cannot_leave_its_periods_outside(self):
        with self.refused("within the academic year"):
            self.year.date_end = date(2027, 5, 1)

    def test_a_year_closes_after_its_periods(self):
        with self.refused("still open"):
            self.year.action_close()
        with self.refused("still open"):
            self.as_user(self.year, self.deputy).state = "closed"
        self.close(self.quarters)
        self.year.action_close()
        self.assertEqual(self.year.state, "closed")

    def test_in_summer_the_coming_year_is_the_current_one(self):
        coming = self.make_year(date(2027, 9, 1), date(2028, 5, 25))
        for now, year in (
            ("2027-07-01 06:00", coming),
            ("2027-05-31 06:00", self.year),
            ("2029-01-01 06:00", coming),
        ):
            with self.at(now):
                self.assertEqual(year._current(self.school), year)


class TestCalendar(StructureCase):
    def replanned(self):
        """Record what the lessons are told of their calendar."""
        calls = []
        lessons = type(self.env["ejournal.lesson"])
        self.startPatcher(
            patch.object(
                lessons,
                "_follow_calendar",
                lambda self, calendars, start, end: calls.append((start, end)),
                create=True,
            )
        )
        self.startPatcher(
            patch.object(
                lessons,
                "_assign_periods",
                lambda self, calendars: calls.append("periods"),
                create=True,
            )
        )
        return calls

    def test_odd_weeks_begin_with_the_year(self):
        self.assertEqual(self.calendar.odd_week_start, date(2026, 8, 31))
        self.assertTrue(self.calendar._is_odd_week(date(2026, 9, 1)))
        self.assertFalse(self.calendar._is_odd_week(date(2026, 9, 7)))

    def test_odd_weeks_are_counted_from_a_monday(self):
        with self.refused("Monday"):
            self.calendar.odd_week_start = date(2026, 9, 1)

    def test_school_dates_name_weekday_and_order(self):
        saturday = self.env["ejournal.day"].create(
            {
                "calendar_id": self.calendar.id,
                "date": date(2026, 9, 5),
                "as_weekday": "0",
                "order_ref": "12 of 01.09.2026",
            }
        )
        taught = list(self.calendar._school_dates(date(2026, 9, 4), date(2026, 9, 8)))
        none = self.env["ejournal.day"]
        self.assertEqual(
            taught,
            [
                (date(2026, 9, 4), 4, none),
                (date(2026, 9, 5), 0, saturday),
                (date(2026, 9, 7), 0, none),
                (date(2026, 9, 8), 1, none),
            ],
        )
        self.assertTrue(self.calendar._is_school_day(date(2026, 9, 5)))
        self.assertFalse(self.calendar._is_school_day(date(2026, 11, 6)))
        self.assertEqual(
            self.calendar._next_school_day(date(2026, 11, 4)), date(2026, 11, 10)
        )

    def test_a_year_of_days_costs_the_same_queries_as_one_day(self):
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(5):
            list(self.calendar._school_dates(*YEAR))

    def test_the_longer_school_week_of_the_settings_is_taken(self):
        self.school._ejournal_settings().weekdays = "6"
        self.assertEqual(self.make_calendar().weekdays, "6")

    def test_a_holiday_replans_its_days(self):
        calls = self.replanned()
        self.env["ejournal.holiday"].create(
            {
                "calendar_id": self.calendar.id,
                "name": "Quarantine",
                "date_start": date(2026, 10, 5),
                "date_end": date(2026, 10, 9),
            }
        )
        self.assertEqual(calls, [(date(2026, 10, 5), date(2026, 10, 9))])
        self.calendar.holiday_ids.name = "Frost"
        self.assertEqual(len(calls), 1, "a name changes no day")
        self.calendar.holiday_ids.date_end = date(2026, 10, 12)
        self.assertEqual(calls[1], (date(2026, 10, 5), date(2026, 10, 12)))
        self.calendar.holiday_ids.unlink()
        self.assertEqual(calls[2], (date(2026, 10, 5), date(2026, 10, 12)))

    def test_a_border_moves_in_one_save_with_marks_in_place(self):
        calls = self.replanned()
        second, third = self.quarters[1:3]
        self.calendar.write(
            {
                "period_ids": [
                    Command.update(second.id, {"date_end": date(2027, 1, 20)}),
                    Command.update(third.id, {"date_start": date(2027, 1, 21)}),
                ],
            }
        )
        self.assertEqual(third.date_start, date(2027, 1, 21))
        self.assertEqual(calls[0], "periods", "lessons are given their period anew")
        self.assertEqual(len(calls), 2, "once a save, not once a row")

    def test_one_save_of_overlapping_periods_is_refused(self):
        with self.refused("overlap"):
            self.calendar.write(
                {
                    "period_ids": [
                        Command.update(
                            self.quarters[1].id, {"date_end": date(2027, 1, 20)}
                        )
                    ]
                }
            )

    def test_a_calendar_goes_only_with_open_periods(self):
        calendar = self.make_calendar()
        self.close(calendar.period_ids[0])
        with self.refused("is closed"):
            calendar.unlink()
        self.close(calendar.period_ids[0], "open")
        calendar.unlink()
        self.assertFalse(calendar.exists())


class TestPeriod(StructureCase):
    def make(self, **values):
        return self.env["ejournal.period"].create(
            {
                "calendar_id": self.calendar.id,
                "kind": "half",
                "sequence": 1,
                "date_start": date(2026, 9, 1),
                "date_end": date(2026, 12, 30),
                **values,
            }
        )

    def test_leaf_periods_never_overlap(self):
        with self.refused("overlap"):
            self.make()

    def test_the_database_refuses_overlapping_periods_too(self):
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            self.cr.execute(
                "UPDATE ejournal_period SET date_end = %s WHERE id = %s",
                (date(2026, 11, 20), self.quarters[0].id),
            )
            self.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_the_year_may_lie_over_its_quarters(self):
        year = self.make(kind="year", date_start=YEAR[0], date_end=YEAR[1])
        at = self.env["ejournal.period"]._at(self.calendar, [date(2026, 9, 10)])
        self.assertEqual(at[date(2026, 9, 10)], self.quarters[0])
        self.assertEqual(year.display_name, "2026/27")

    def test_a_date_between_periods_has_none(self):
        at = self.env["ejournal.period"]._at(
            self.calendar, [date(2026, 11, 4), date(2026, 11, 5)]
        )
        self.assertEqual(at[date(2026, 11, 4)], self.quarters[0])
        self.assertFalse(at[date(2026, 11, 5)])

    def test_a_period_lies_within_its_year(self):
        with self.refused("within the academic year"):
            self.quarters[3].date_end = date(2027, 6, 2)

    def test_nobody_writes_the_state(self):
        period = self.quarters[0].with_user(self.deputy)
        for values in ({"state": "closed"}, {"closed_at": "2026-11-05 10:00:00"}):
            for door in (period, period.sudo()):
                with self.refused("is not typed"):
                    door.write(values)

    def test_a_period_is_not_made_closed(self):
        dates = {"date_start": date(2026, 11, 6), "date_end": date(2026, 11, 7)}
        with self.refused("is not typed"):
            self.make(state="closed", **dates)
        periods = self.env["ejournal.period"].with_context(default_state="closed")
        with self.refused("is not typed"):
            periods.create(
                {
                    "calendar_id": self.calendar.id,
                    "kind": "half",
                    **dates,
                    "sequence": 7,
                }
            )
        self.assertEqual(self.make(state="open", **dates).state, "open")

    def test_the_deputy_closes_and_the_director_reopens_with_a_reason(self):
        period = self.quarters[0]
        with self.refused("deputy director"):
            period.with_user(self.director).action_close()
        with self.refused("deputy director"):
            period.with_user(self.teacher).sudo().action_close()
        period.with_user(self.deputy).action_close()
        self.assertEqual(period.state, "closed")
        self.assertEqual(period.closed_by_id, self.deputy)
        with self.refused("director"):
            period.with_user(self.deputy).action_reopen("A mistake")
        with self.refused("why"):
            period.with_user(self.director).action_reopen("  ")
        period.with_user(self.director).action_reopen("A mistake")
        self.assertEqual(period.state, "open")
        self.assertEqual(period.reopen_reason, "A mistake")

    def test_closing_and_reopening_are_on_record(self):
        period = self.quarters[0]
        period.with_user(self.deputy).action_close()
        period.with_user(self.director).action_reopen("A mistake")
        changes = self.env["ejournal.change"].search(
            [
                ("model_name", "=", "ejournal.period"),
                ("res_id", "=", period.id),
                ("field_name", "=", "state"),
            ],
            order="id",
        )
        self.assertEqual(
            [(c.old_value, c.new_value, c.user_id) for c in changes[-2:]],
            [("open", "closed", self.deputy), ("closed", "open", self.director)],
        )

    def test_an_archived_period_stays(self):
        period = self.quarters[0]
        with self.refused("still open"):
            period._archive()
        period.with_user(self.deputy).action_close()
        period._archive()
        self.assertEqual(period.state, "archived")
        with self.refused("amendment sheet"):
            period.with_user(self.director).action_reopen("A mistake")
        with self.refused("for good"):
            period.with_user(self.deputy).action_close()

    def test_the_dates_of_a_closed_period_are_frozen(self):
        period = self.quarters[0]
        self.close(period)
        for state in ("closed", "archived"):
            self.close(period, state)
            for door in (period, period.sudo(), period.with_user(self.deputy)):
                with self.refused(f"is {state}"):
                    door.date_end = date(2026, 11, 3)
            with self.refused(f"is {state}"):
                period.unlink()
        with self.refused("is archived"):
            self.calendar.period_ids = [
                Command.update(period.id, {"date_end": date(2026, 11, 3)})
            ]

    def test_holidays_and_orders_of_a_closed_period_are_frozen(self):
        holiday = self.env["ejournal.holiday"].create(
            {
                "calendar_id": self.calendar.id,
                "name": "Quarantine",
                "date_start": date(2026, 10, 5),
                "date_end": date(2026, 10, 9),
            }
        )
        self.close(self.quarters[0])
        with self.refused("is closed"):
            holiday.date_end = date(2026, 10, 12)
        with self.refused("is closed"):
            holiday.sudo().unlink()
        order = {"date": date(2026, 10, 17), "as_weekday": "0", "order_ref": "1"}
        with self.refused("is closed"):
            self.calendar.day_ids = [Command.create(order)]
        days = self.env["ejournal.day"].with_context(
            default_calendar_id=self.calendar.id
        )
        with self.refused("is closed"):
            days.create(order)
        days.create({**order, "date": date(2026, 11, 21)})
        self.calendar.day_ids = [Command.create({**order, "date": date(2026, 11, 14)})]
        holiday.name = "Frost"

    def test_share_lock_reads_the_state_and_locks_the_row(self):
        period = self.quarters[0]
        self.env.flush_all()
        states = self.env["ejournal.period"]._share_lock(period)
        self.assertEqual(states, {period.id: "open"})
        self.cr.execute(
            "SELECT xmax::text::bigint FROM ejournal_period WHERE id = %s", [period.id]
        )
        self.assertTrue(self.cr.fetchone()[0], "the row is locked by this transaction")

    def test_what_is_closed_says_what_to_do(self):
        self.close(self.quarters[0])
        with self.assertRaises(UserError) as caught:
            self.quarters[0]._check_open()
        self.assertIn(
            "Quarter 1 (01.09.2026–04.11.2026) is closed", str(caught.exception)
        )
        self.assertIn("ask the director to re-open", str(caught.exception))

    def test_publishing_is_said_once(self):
        period = self.quarters[0]
        period.with_user(self.deputy).action_publish()
        first = period.published_at
        self.assertTrue(first)
        period.with_user(self.deputy).action_publish()
        self.assertEqual(period.published_at, first)


@tagged("post_install", "-at_install")
class TestPeriodConcurrency(BaseCase):
    """Closing and saving exclude each other; on connections and rows of their own."""

    def setUp(self):
        super().setUp()
        registry = Registry(get_db_name())
        self.cursors = [registry.cursor() for _ in range(3)]
        self.saving, self.closing, self.late = self.cursors
        env = api.Environment(self.saving, SUPERUSER_ID, {})
        self.year = env["ejournal.year"].create(
            {"name": "far", "date_start": "2090-09-01", "date_end": "2091-05-25"}
        )
        self.period = env["ejournal.period"].create(
            {
                "calendar_id": env["ejournal.calendar"]
                .create({"year_id": self.year.id, "name": "far"})
                .id,
                "date_start": "2090-09-01",
                "date_end": "2090-11-01",
            }
        )
        self.saving.commit()
        self.addCleanup(self.wipe)

    def wipe(self):
        for cursor in self.cursors:
            cursor.rollback()
        ids = (self.period.id, self.period.calendar_id.id, self.year.id)
        lift_guard(self.saving)
        for table, record_id in zip(("period", "calendar", "year"), ids, strict=True):
            self.saving.execute(
                SQL(
                    "DELETE FROM %s WHERE id = %s",
                    SQL.identifier(f"ejournal_{table}"),
                    record_id,
                )
            )
            self.saving.execute(
                "DELETE FROM ejournal_change WHERE model_name = %s AND res_id = %s",
                (f"ejournal.{table}", record_id),
            )
        set_guard(self.saving)
        self.saving.commit()
        for cursor in self.cursors:
            cursor.close()

    def period_on(self, cursor):
        return self.period.with_env(api.Environment(cursor, SUPERUSER_ID, {}))

    def lock_on(self, cursor):
        period = self.period_on(cursor)
        return period._share_lock(period)

    def close_on(self, cursor):
        cursor.execute("SET LOCAL lock_timeout = '300ms'")
        with_passage(self.period_on(cursor)).action_close()

    def test_a_closing_waits_for_a_save(self):
        self.assertEqual(self.lock_on(self.saving), {self.period.id: "open"})
        self.assertEqual(self.lock_on(self.late), {self.period.id: "open"})
        with mute_logger("odoo.sql_db"), self.assertRaises(LockNotAvailable):
            self.close_on(self.closing)

    def test_a_save_that_waited_for_a_closing_is_run_again_and_refused(self):
        self.late.execute("SELECT 1")  # its view of the data begins before the closing
        self.close_on(self.closing)
        self.closing.commit()
        with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
            self.lock_on(self.late)
        self.late.rollback()
        self.assertEqual(self.lock_on(self.late), {self.period.id: "closed"})


class TestDay(StructureCase):
    def order(self, **values):
        return self.env["ejournal.day"].create(
            {
                "calendar_id": self.calendar.id,
                "date": date(2026, 12, 14),
                "order_ref": "25",
                **values,
            }
        )

    def test_an_order_has_a_number(self):
        with self.refused("number of the order"):
            self.order(order_ref=" ")

    def test_a_day_has_one_order(self):
        self.order()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.order()

    def test_lessons_are_cancelled_from_a_number_on(self):
        day = self.order(cancelled_from=5)
        self.assertFalse(day._cancels(4))
        self.assertTrue(day._cancels(5))
        self.assertTrue(self.calendar._is_school_day(day.date))

    def test_a_cancelled_day_is_no_school_day(self):
        day = self.order(mode="cancelled")
        self.assertTrue(day._cancels(1))
        self.assertFalse(self.calendar._is_school_day(day.date))
        kept = self.calendar._school_dates(day.date, day.date, with_cancelled=True)
        self.assertEqual(list(kept), [(day.date, 0, day)])

    def test_a_remote_day_is_a_school_day(self):
        day = self.order(mode="remote")
        self.assertFalse(day._cancels(1))
        self.assertTrue(self.calendar._is_school_day(day.date))


class TestShift(StructureCase):
    def test_a_school_starts_with_one_shift_from_eight(self):
        shift = self.env["ejournal.shift"].search([("company_id", "=", self.school.id)])
        self.assertEqual(len(shift), 1)
        self.assertEqual(shift.bell_ids[0].time_start, 8.0)
        self.assertEqual(shift.bell_ids[0].time_end, 8.75)

    def test_a_second_shift_rings_from_one_o_clock(self):
        shift = self.env["ejournal.shift"].create({"name": "Second", "sequence": 2})
        shift._make_default_bells()
        self.assertEqual(shift.bell_ids[0].time_start, 13.0)
        count = len(shift.bell_ids)
        shift._make_default_bells()
        self.assertEqual(len(shift.bell_ids), count)

    def test_lessons_never_overlap(self):
        for shift in self.env["ejournal.shift"].search(
            [("company_id", "=", self.school.id)]
        ):
            bells = shift.bell_ids
            for one, other in zip(bells, bells[1:], strict=False):
                self.assertLess(one.time_end, other.time_start)


class TestDefaults(StructureCase):
    def test_defaults_are_made_once(self):
        own = [("company_id", "=", self.school.id)]
        scales = self.env["ejournal.scale"].search(own)
        self.school._ejournal_make_school_defaults()
        self.assertEqual(self.env["ejournal.scale"].search(own), scales)
        self.assertEqual(scales.mapped("code"), ["5point", "credit"])

    def test_typed_marks_are_normalized(self):
        scale = self.env["ejournal.scale"]._default(self.school)
        for typed in ("5", " 5 ", "5,0", "5.0", 5, 5.0, "５"):
            self.assertEqual(scale._normalize(typed), "5", repr(typed))
        for typed in ("6", "", "5+", None, False, True, "nan", "1", "05x"):
            self.assertIsNone(scale._normalize(typed), repr(typed))
        credit = scale._default(self.school, "credit")
        self.assertEqual(credit._normalize(" Зач. "), "зач")

    def test_a_value_that_was_switched_off_keeps_its_score(self):
        scale = self.env["ejournal.scale"]._default(self.school)
        self.assertEqual(scale._score("1"), 1.0)
        self.assertEqual(scale._score("5"), 5.0)
        self.assertIsNone(scale._score(False))
        credit = scale._default(self.school, "credit")
        self.assertIsNone(credit._score("зач"))

    def test_an_average_proposes_by_thresholds_half_up(self):
        scale = self.env["ejournal.scale"]._default(self.school)
        for average, value in (
            (4.5, "5"),
            (4.495, "5"),
            (4.494, "4"),
            (3.5, "4"),
            (2.5, "3"),
            (2.49, "2"),
            (1.0, "2"),
        ):
            self.assertEqual(scale._value_for(average), value, average)
        self.assertIsNone(scale._value_for(None))
        self.assertIsNone(scale._value_for(False))
        self.assertIsNone(scale._default(self.school, "credit")._value_for(4))

    def test_thresholds_are_the_schools(self):
        scale = self.env["ejournal.scale"]._default(self.school)
        scale.value_ids[0].threshold = 4.65
        self.assertEqual(scale._value_for(4.6), "4")


class TestConstraintsExist(StructureCase):
    """An upgrade on dirty data leaves constraints out with a mere warning."""

    def test_all_constraints_and_indexes_are_in_the_database(self):
        missing = []
        for name in self.env.registry:
            model = self.env[name]
            if not name.startswith("ejournal.") or model._abstract or not model._auto:
                continue
            for key in model._table_objects:
                self.cr.execute(
                    "SELECT 1 FROM pg_class WHERE relname = %s UNION "
                    "SELECT 1 FROM pg_constraint WHERE conname = %s",
                    (key, key),
                )
                if not self.cr.fetchone():
                    missing.append(key)
        self.assertEqual(missing, [])
