"""In which journals a pupil is, from–to."""

from collections import defaultdict

from odoo.fields import Domain

from ...tools.spans import closed_span, covers
from ...tools.stored import stored_dicts


class PupilPlaces:
    """The classes, subgroups and journals of one pupil between two dates.

    Four queries, whatever the size of the school.

    :param pupil: ``ejournal.pupil`` in sudo; the caller's right has been checked
    """

    def __init__(self, pupil, first, last):
        self.env, self._pupil_id = pupil.env, pupil.id
        self._days = first, last
        self.classes = self._rows(
            "ejournal.enrollment",
            (
                "class_id",
                "date_start",
                "date_until",
                "class_id.name",
                "class_id.shift_id",
                "class_id.calendar_id",
            ),
        )
        self._subgroups = self._rows(
            "ejournal.subgroup.member", ("subgroup_id", "date_start", "date_end")
        )
        self.journals = self._journals()

    def _rows(self, model, names):
        rows = self.env[model]
        domain = rows._during(*self._days) & Domain("pupil_id", "=", self._pupil_id)
        return stored_dicts(rows, domain, names, order="date_start, id")

    def _journals(self):
        """``{id: row}`` of the journals that may have lessons of the pupil."""
        subgroup_ids = {row["subgroup_id"] for row in self._subgroups}
        names = (
            "id",
            "subject_id",
            "subject_id.name",
            "subject_id.sequence",
            "subgroup_id",
            "assessment",
            "scale_id",
        )
        class_ids = sorted({row["class_id"] for row in self.classes})
        if not class_ids:
            return {}
        domain = [
            ("class_ids", "in", class_ids),
            ("subgroup_id", "in", [False, *subgroup_ids]),
        ]
        rows = stored_dicts(self.env["ejournal.journal"], domain, names)
        journals = {row["id"]: row for row in rows}
        for journal in journals.values():
            journal["class_ids"] = set(class_ids)
        if len(class_ids) > 1:
            self._narrow_classes(journals)
        return journals

    def _narrow_classes(self, journals):
        """Who changed the class has several; each journal belongs to some of them."""
        for journal in self.env["ejournal.journal"].browse(journals):
            journals[journal.id]["class_ids"] = set(journal.class_ids.ids)

    def has_lesson(self, journal_id, day):
        """Whether the pupil is on the list of a journal on a day."""
        journal = self.journals[journal_id]
        in_class = any(
            row["class_id"] in journal["class_ids"]
            and covers(closed_span(row["date_start"], row["date_until"]), day)
            for row in self.classes
        )
        subgroup_id = journal["subgroup_id"]
        return in_class and (
            not subgroup_id
            or any(
                row["subgroup_id"] == subgroup_id
                and covers(closed_span(row["date_start"], row["date_end"]), day)
                for row in self._subgroups
            )
        )

    def class_on(self, day):
        """The row of the class on a day, else of the last one before it, else any."""
        if not self.classes:
            return None
        before = [row for row in self.classes if row["date_start"] <= day]
        return (before or self.classes)[-1]

    def bells(self):
        """``{(shift id, number): (time_start, time_end)}``; one query."""
        shift_ids = {row["class_id.shift_id"] for row in self.classes} - {None}
        rows = stored_dicts(
            self.env["ejournal.bell"],
            [("shift_id", "in", list(shift_ids))],
            ("shift_id", "number", "time_start", "time_end"),
        )
        result = defaultdict(lambda: (False, False))
        for row in rows:
            times = row["time_start"], row["time_end"]
            result[row["shift_id"], row["number"]] = times
        return result
