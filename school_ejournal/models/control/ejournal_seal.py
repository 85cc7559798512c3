import json
from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...tools import append_only, chain
from ...tools.passage import has_passage, with_passage

# No transaction of ours lasts longer than this between an entry and its commit.
LATEST_COMMIT = timedelta(hours=6)


class EjournalSeal(models.Model):
    """A night's seal over the change record; each holds the digest of the one before.

    Made after the day's last lock, so that no save waits for it. Rows that were
    committed after their night's seal go into the next one. There are no names in it.
    """

    _name = "ejournal.seal"
    _description = "Daily Seal"
    _order = "company_id, time_to desc, id desc"
    _rec_name = "time_to"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", string="School", required=True, index=True, ondelete="restrict"
    )
    time_from = fields.Datetime(string="From", required=True, help="UTC, inclusive.")
    time_to = fields.Datetime(string="To", required=True, help="UTC, exclusive.")
    count = fields.Integer(string="Changes", required=True)
    lesson_digests = fields.Text(
        required=True, help="Number and digest of the changes of each lesson, as JSON."
    )
    digest = fields.Char(required=True, index=True)
    previous_digest = fields.Char(required=True)

    _time_uniq = models.Constraint(
        "UNIQUE(company_id, time_to)", "This day of the school is sealed already."
    )
    _previous_uniq = models.Constraint(
        "UNIQUE(company_id, previous_digest)", "A seal has one that follows."
    )

    @api.private
    def init(self):
        """A seal is for good, in the database too."""
        append_only.guard(self.env.cr, self._table)

    # ---- append-only -----------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not has_passage(self.env):
            raise self._refusal()
        return super().create(vals_list)

    def write(self, vals):  # pylint: disable=method-required-super
        raise self._refusal()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise self._refusal()

    def _refusal(self):
        return AccessError(
            self.env._(
                "A seal is made by night and never changed: it can only be read."
            )
        )

    # ---- sealing -----------------------------------------------------------------------

    @api.model
    def _cron_seal(self):
        """Nightly: seal each school's days that are over."""
        # every company is a school, and there are few
        companies = self.env["res.company"].search([])  # pylint: disable=no-search-all
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(companies))
        for company in companies:
            self._seal_days(company)
            if not cron._commit_progress(1):
                break

    @api.model
    def _seal_days(self, company):
        """Seal a school's record up to the last closing time that has passed.

        A night that was missed is covered by the next seal; a night with nothing gets a
        seal too, so that the chain has no gap.
        """
        last = self.search([("company_id", "=", company.id)], limit=1)
        time_to = self._last_closing(company)
        if last and last.time_to >= time_to:
            return self.browse()
        rows = self._unsealed_rows(company, time_to)
        time_from = last.time_to or self._first_moment(rows, time_to)
        seal = with_passage(self.sudo()).create(
            self._seal_vals(company, last, rows, time_from, time_to)
        )
        if rows:
            changes = self.env["ejournal.change"].sudo().browse(r["id"] for r in rows)
            with_passage(changes).write({"seal_id": seal.id})
        return self.browse(seal.id)

    @api.model
    def _last_closing(self, company):
        """The latest closing time that has passed: the end of yesterday or of today."""
        now = company._ejournal_now()
        today = company._ejournal_today()
        _starts, closes = company._ejournal_day_bounds(today)
        if closes <= now:
            return closes
        return company._ejournal_day_bounds(today - timedelta(days=1))[1]

    def _first_moment(self, rows, time_to):
        if not rows:
            return time_to - timedelta(days=1)
        return min(datetime.fromisoformat(row["entered_at"]) for row in rows)

    @api.model
    def _seal_vals(self, company, last, rows, time_from, time_to):
        head = {
            "company_id": company.id,
            "time_from": fields.Datetime.to_string(time_from),
            "time_to": fields.Datetime.to_string(time_to),
            "count": len(rows),
            "lesson_digests": json.dumps(chain.lesson_digests(rows)),
        }
        previous_digest = last.digest or chain.NO_DIGEST
        return {
            **head,
            "previous_digest": previous_digest,
            "digest": chain.seal_digest(previous_digest, head),
        }

    def _head(self):
        """What the digest of this seal is made of."""
        self.ensure_one()
        return {
            "company_id": self.company_id.id,
            "time_from": fields.Datetime.to_string(self.time_from),
            "time_to": fields.Datetime.to_string(self.time_to),
            "count": self.count,
            "lesson_digests": self.lesson_digests,
        }

    @api.model
    def _unsealed_rows(self, company, time_to):
        return self._rows(
            SQL(
                "company_id = %s AND seal_id IS NULL AND entered_at < %s",
                company.id,
                time_to,
            )
        )

    @api.model
    def _rows(self, condition):
        """Rows of the change record as the chain counts them, read past the cache."""
        self.env["ejournal.change"].flush_model()
        columns = SQL(", ").join(SQL.identifier(name) for name in chain.ROW_FIELDS)
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT %s FROM ejournal_change WHERE %s ORDER BY id",
                columns,
                condition,
            )
        )
        for row in rows:
            row["entered_at"] = row["entered_at"].isoformat()
        return rows

    # ---- verifying ---------------------------------------------------------------------

    @api.model
    def verify(self, time_from, time_to):
        """Check the chain of the present school's seals between two moments.

        Three things are compared: each seal with the one before it, the change record
        with its seals, and the marks and attendance of today with the record.

        :param time_from: naive UTC datetime or its text
        :param time_to: likewise
        :returns: dict ``{ok, checked, seals, problem}``; ``problem`` is false or a dict
            of ``kind`` (chain, record or entries), ``day`` (date of the first broken
            seal), ``lesson_id``, ``journal_id`` and ``text``
        :raises AccessError: the caller may not read seals
        """
        self.check_access("read")
        first, last = map(fields.Datetime.to_datetime, (time_from, time_to))
        if not first or not last or first > last:
            raise UserError(self.env._("Name the first and the last moment to check."))
        seals = self.search(
            [
                ("company_id", "=", self.env.company.id),
                ("time_to", ">", first),
                ("time_from", "<", last),
            ],
            order="time_to, id",
        )
        # sudo: the administrator, who may not read the record, may still check it
        checker = self.sudo()
        checked, problem = checker._verify_seals(seals.sudo())
        problem = (
            problem or checker._verify_reach() or checker._verify_entries(first, last)
        )
        return {
            "ok": not problem,
            "checked": checked,
            "seals": len(seals),
            "problem": problem or False,
        }

    def _verify_seals(self, seals):
        """Check seals in their order; stop at the first that is broken.

        :returns: (number of rows checked, problem or None)
        """
        checked = 0
        previous = self._digest_before(seals[:1])
        for seal in seals:
            chained = seal.previous_digest == previous
            if not chained or seal.digest != chain.seal_digest(previous, seal._head()):
                return checked, seal._chain_problem()
            rows = self._rows(SQL("seal_id = %s", seal.id))
            checked += len(rows)
            if problem := seal._record_problem(rows):
                return checked, problem
            previous = seal.digest
        return checked, None

    def _verify_reach(self):
        """That the chain goes on to the present: its end could be cut off unseen."""
        company = self.env.company
        limit = self._last_closing(company) - timedelta(days=1)
        newest = self.search([("company_id", "=", company.id)], limit=1)
        since = newest.time_to
        if not newest:
            oldest = self.env["ejournal.change"].search(
                [("company_id", "=", company.id)], order="entered_at", limit=1
            )
            since = oldest.entered_at or limit
        if since >= limit:
            return None
        day = company._ejournal_local(since).date()
        return {
            "kind": "chain",
            "day": day,
            "lesson_id": False,
            "journal_id": False,
            "text": self.env._(
                "There is no seal after %(day)s: seals were removed, or the scheduled "
                "action that makes them does not run.",
                day=day.strftime("%d.%m.%Y"),
            ),
        }

    def _digest_before(self, seal):
        before = self.search(
            [
                ("company_id", "=", self.env.company.id),
                ("time_to", "<", seal.time_to or fields.Datetime.now()),
            ],
            limit=1,
        )
        return before.digest or chain.NO_DIGEST

    def _chain_problem(self):
        return {
            "kind": "chain",
            "day": self._day(),
            "lesson_id": False,
            "journal_id": False,
            "text": self.env._(
                "The seal of %(day)s does not follow from the one before: a seal was "
                "changed, removed or put in.",
                day=self._day_text(),
            ),
        }

    def _record_problem(self, rows):
        """The first lesson whose changes are not those that were sealed, or None."""
        self.ensure_one()
        sealed = {row[0]: row[1:] for row in json.loads(self.lesson_digests)}
        found = {row[0]: row[1:] for row in chain.lesson_digests(rows)}
        # a row waits for its commit, not for hours: an older one was put in afterwards
        limit = (self.time_from - LATEST_COMMIT).isoformat()
        for row in rows:
            if row["entered_at"] < limit and self.previous_digest != chain.NO_DIGEST:
                return self._broken_lesson("record", self._day(), row["lesson_id"] or 0)
        for lesson_id in sorted(sealed.keys() | found.keys()):
            if sealed.get(lesson_id) != found.get(lesson_id):
                return self._broken_lesson("record", self._day(), lesson_id)
        return None

    def _day(self):
        """The school day that a seal covers: that of its last moment."""
        last_moment = self.time_to - timedelta(seconds=1)
        return self.company_id._ejournal_local(last_moment).date()

    def _day_text(self):
        return self._day().strftime("%d.%m.%Y")

    def _broken_lesson(self, kind, day, lesson_id):
        lesson = self.env["ejournal.lesson"].browse(lesson_id).exists()
        values = {
            "day": day.strftime("%d.%m.%Y"),
            "lesson": lesson.display_name or f"№ {lesson_id}",
        }
        if kind == "entries":
            text = self.env._(
                "%(lesson)s: what stands there today is not what the record says; it "
                "was changed past the system (%(day)s).",
                **values,
            )
        elif lesson_id:
            text = self.env._(
                "%(day)s, %(lesson)s: the record was altered after it was sealed.",
                **values,
            )
        else:
            text = self.env._(
                "%(day)s: the record was altered after it was sealed (changes outside "
                "of lessons).",
                **values,
            )
        return {
            "kind": kind,
            "day": day,
            "lesson_id": lesson_id,
            "journal_id": lesson.journal_id.id,
            "text": text,
        }

    # ---- entries against the record --------------------------------------------------

    def _verify_entries(self, first, last):
        """Compare marks and attendance with the last change of each; None when equal.

        Finds what was altered, removed or put in by SQL in the lessons of these days.
        """
        dates = [
            self.env.company._ejournal_local(moment).date() for moment in (first, last)
        ]
        self.env.flush_all()
        # Large tables meet here. Right after an import the planner still takes them for
        # empty and would compare each cell with each other one.
        self.env.cr.execute("SET LOCAL enable_nestloop = off")
        rows = self.env.execute_query(
            SQL(
                _ENTRIES_AGAINST_RECORD,
                company_id=self.env.company.id,
                date_from=dates[0],
                date_to=dates[1],
            )
        )
        self.env.cr.execute("RESET enable_nestloop")
        if not rows:
            return None
        lesson_id, day = rows[0]
        return self._broken_lesson("entries", day, lesson_id)


# The last recorded value of each cell beside the stored one, and whose cell it is.
# Entries brought along by demo data or migration are recorded too, so each has its
# change; texts are compared as the record writes them.
_ENTRIES_AGAINST_RECORD = """
WITH lesson AS (
    SELECT * FROM ejournal_lesson
     WHERE company_id = %(company_id)s AND date BETWEEN %(date_from)s AND %(date_to)s
), recorded AS (
    SELECT DISTINCT ON (change.model_name, change.res_id, change.field_name)
           change.model_name, change.res_id, change.field_name, change.lesson_id,
           change.new_value, change.pupil_id
      FROM ejournal_change change JOIN lesson ON lesson.id = change.lesson_id
     WHERE (change.model_name, change.field_name) IN (
               ('ejournal.mark', 'value'), ('ejournal.mark', 'second_value'),
               ('ejournal.mark', 'comment'), ('ejournal.attendance', 'kind'),
               ('ejournal.attendance', 'minutes'), ('ejournal.work', 'struck_out'),
               ('ejournal.work', 'type_id'), ('ejournal.lesson', 'topic'),
               ('ejournal.lesson', 'classwork'), ('ejournal.lesson', 'homework'),
               ('ejournal.lesson', 'no_homework'),
               ('ejournal.lesson', 'homework_minutes'),
               ('ejournal.lesson', 'attendance_confirmed'))
     ORDER BY change.model_name, change.res_id, change.field_name, change.id DESC
), stored AS (
    SELECT 'ejournal.mark' AS model_name, mark.id AS res_id, cell.field_name,
           mark.lesson_id, mark.pupil_id, cell.value
      FROM ejournal_mark mark JOIN lesson ON lesson.id = mark.lesson_id
     CROSS JOIN LATERAL (VALUES ('value', mark.value),
                                ('second_value', mark.second_value),
                                ('comment', mark.comment))
             AS cell(field_name, value)
    UNION ALL
    SELECT 'ejournal.attendance', fact.id, cell.field_name, fact.lesson_id,
           fact.pupil_id, cell.value
      FROM ejournal_attendance fact JOIN lesson ON lesson.id = fact.lesson_id
     CROSS JOIN LATERAL (VALUES ('kind', fact.kind),
                                ('minutes', nullif(fact.minutes, 0)::text))
             AS cell(field_name, value)
    UNION ALL
    SELECT 'ejournal.work', work.id, cell.field_name, work.lesson_id, NULL, cell.value
      FROM ejournal_work work JOIN lesson ON lesson.id = work.lesson_id
     CROSS JOIN LATERAL (VALUES
               ('struck_out', CASE WHEN work.struck_out THEN '1' END),
               ('type_id', work.type_id::text)) AS cell(field_name, value)
    UNION ALL
    SELECT 'ejournal.lesson', lesson.id, cell.field_name, lesson.id, NULL, cell.value
      FROM lesson
     CROSS JOIN LATERAL (VALUES
               ('topic', lesson.topic), ('classwork', lesson.classwork),
               ('homework', lesson.homework),
               ('no_homework', CASE WHEN lesson.no_homework THEN '1' END),
               ('homework_minutes', nullif(lesson.homework_minutes, 0)::text),
               ('attendance_confirmed',
                CASE WHEN lesson.attendance_confirmed THEN '1' END))
             AS cell(field_name, value)
)
SELECT lesson.id, lesson.date
  FROM recorded FULL JOIN stored USING (model_name, res_id, field_name)
  JOIN lesson ON lesson.id = coalesce(stored.lesson_id, recorded.lesson_id)
 WHERE coalesce(recorded.new_value, '') != coalesce(stored.value, '')
    OR (recorded.new_value IS NOT NULL AND stored.lesson_id IS NOT NULL
        AND recorded.pupil_id IS DISTINCT FROM stored.pupil_id)
 ORDER BY lesson.date, lesson.id
 LIMIT 1
"""
