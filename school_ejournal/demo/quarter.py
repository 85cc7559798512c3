"""The quarter that is over: its marks, and its closing by the deputy director."""

import random
from datetime import timedelta

from ..tools.formulas import EXEMPT, NOT_ATTESTED, proposal
from ..tools.passage import with_passage

_DAYS_UNTIL_MARKS, _DAYS_UNTIL_CLOSING = 1, 4
# how often a teacher sets another mark than the average proposes, or none
_OTHERWISE, _NOT_ATTESTED, _FORGOTTEN = 0.04, 0.004, 0.002
_THRESHOLDS = [("5", 5, 4.5), ("4", 4, 3.5), ("3", 3, 2.5), ("2", 2, 0)]


def end_quarters(world, classroom):
    """Set the marks of each quarter before the present one, and close it.

    What was before the electronic journal stood in the paper one: only its averages are
    known, and come along as of a migration.
    """
    for period in world.calendar._leaf_periods().sorted("date_start"):
        if period.date_end + timedelta(days=_DAYS_UNTIL_CLOSING) < world.today:
            # of its own, so that all else of the school stays as it was
            rng = random.Random(period.sequence)
            _set_marks(world, classroom, period, rng)
            _close(world, period)


def _set_marks(world, classroom, period, rng):
    moment = world.at(period.date_end + timedelta(days=_DAYS_UNTIL_MARKS), 15.0)
    for journal in world.env["ejournal.journal"].union(*world.journals.values()):
        if journal.assessment != "marks" or not journal.teacher_id:
            continue
        env = world.env_at(moment, journal.teacher_id)
        rows = [
            {"journal_id": journal.id, "period_id": period.id, **vals}
            for vals in _marks_of(classroom, journal, period, rng)
        ]
        with_passage(env["ejournal.period.mark"], "migration").create(rows)


def _marks_of(classroom, journal, period, rng):
    pupil_ids = journal._period_pupils(period)
    exempt = journal.env["ejournal.results"]._exempt_pupils(
        period.date_start, period.date_end, pupil_ids, journal.subject_id.ids
    )
    for pupil_id in pupil_ids:
        if (pupil_id, journal.subject_id.id) in exempt:
            yield {"pupil_id": pupil_id, "value": EXEMPT, "proposed": EXEMPT}
            continue
        chance = rng.random()
        if chance < _FORGOTTEN:
            continue
        average = classroom.level(journal.id, pupil_id, rng)
        value = proposed = proposal(average, _THRESHOLDS)
        if chance < _NOT_ATTESTED:
            value = NOT_ATTESTED
        elif chance < _OTHERWISE:
            value = str(min(5, int(proposed) + 1))
        yield {
            "pupil_id": pupil_id,
            "value": value,
            "average": average,
            "proposed": proposed,
        }


def _close(world, period):
    moment = world.at(period.date_end + timedelta(days=_DAYS_UNTIL_CLOSING), 10.0)
    deputy = period.with_env(world.env_of(world.deputy, moment))
    deputy.end_order_ref = "№ 41"
    deputy.action_propose_steps()
    deputy.action_close()
    deputy.action_publish()
