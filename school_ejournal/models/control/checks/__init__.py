"""The checks of the journal: each a name, a sentence, a query over many lessons at once,
its settings, its cure and where what is wrong is mended.

Plain modules, one a concern; ``ejournal.check`` runs them. A new check is one class in one
of them and a name in :data:`CHECKS`.
"""

from .base import Finding, Scope, run
from .content import Attendance, Classwork, Homework, Topic
from .marks import (
    ControlWithoutMarks,
    FewMarksInLesson,
    FewMarksInPeriod,
    NoMarksRunning,
    PupilNotAsked,
)
from .places import EntriesWithoutLesson, MarkAndAbsence
from .plan import PlanLag
from .values import FailAfterAbsence, FailNotCorrected

# In the order in which they are told.
CHECKS = {
    check.code: check
    for check in (
        Topic(),
        Classwork(),
        Homework(),
        Attendance(),
        ControlWithoutMarks(),
        NoMarksRunning(),
        FewMarksInLesson(),
        PupilNotAsked(),
        FewMarksInPeriod(),
        PlanLag(),
        MarkAndAbsence(),
        EntriesWithoutLesson(),
        FailAfterAbsence(),
        FailNotCorrected(),
    )
}

__all__ = ["CHECKS", "Finding", "Scope", "run"]
