"""The bells of a timetable: when each lesson of the day begins and ends."""

from .import_base import CHANGED, NEW, NOTE

_MINUTE = 1 / 120  # half a minute, in hours


class Bells:
    """Bells of the school's first shift by the periods of a file.

    A school with several shifts sets its bells by hand: the file does not say which
    period is whose.
    """

    def __init__(self, structure):
        self.importer = structure.importer
        self.structure = structure
        self.env = structure.env
        self.missing, self.changed = [], []

    def compare(self, periods):
        """Plan and tell what differs.

        :param periods: list of :class:`tools.asc_timetable.Period`
        """
        timed = [
            p for p in periods if p.start is not None and p.end and p.end > p.start
        ]
        shifts = self.env["ejournal.shift"].search(
            [("company_id", "=", self.importer.company.id)]
        )
        if not timed:
            return
        if len(shifts) > 1:
            self.importer.add(
                NOTE,
                self.env._("Bells"),
                self.env._(
                    "The school has several shifts: the bells of the file were not taken. "
                    "Check the bells of each shift."
                ),
                number=timed[0].line,
            )
            return
        bells = {bell.number: bell for bell in shifts.bell_ids}
        for period in timed:
            self._compare_one(period, bells.get(period.number))

    def _compare_one(self, period, bell):
        vals = {
            "number": period.number,
            "time_start": period.start / 60,
            "time_end": period.end / 60,
        }
        title = self.env._("Bell of lesson %(number)s", number=period.number)
        times = f"{_clock(vals['time_start'])}–{_clock(vals['time_end'])}"
        if bell is None:
            self.missing.append(vals)
            self.importer.add(NEW, title, times, number=period.line)
        elif any(
            abs(bell[name] - vals[name]) > _MINUTE
            for name in ("time_start", "time_end")
        ):
            self.changed.append((bell, vals))
            was = f"{_clock(bell.time_start)}–{_clock(bell.time_end)}"
            self.importer.add(CHANGED, title, f"{was} → {times}", number=period.line)

    def carry_out(self):
        shift = self.structure.default_shift()
        for bell, vals in self.changed:
            bell.write(vals)
        bells = {bell.number: bell for bell in shift.bell_ids}
        for vals in self.missing:
            # a shift made meanwhile has the usual bells already
            if vals["number"] in bells:
                bells[vals["number"]].write(vals)
        self.env["ejournal.bell"].create(
            [
                {**vals, "shift_id": shift.id}
                for vals in self.missing
                if vals["number"] not in bells
            ]
        )


def _clock(hours):
    minutes = round(hours * 60)
    return f"{minutes // 60}:{minutes % 60:02}"
