"""Who may do what: the one table that the tests of the rights are made from.

Letters: ``r`` read, ``w`` write, ``c`` create, ``u`` unlink; ``-`` nothing. Before the
slash stands what is one's own, after it what is another's; without a slash both are the
same. A role that is not named may do nothing. Own is

- of a teacher: the journal that he teaches, its lessons and what hangs on them;
- of a class teacher: the class that she leads and its pupils; she teaches nothing here;
- of a parent: the own child; of a pupil: himself.

Another school's records may nobody touch: no letter stands for them. All is asked about a
lesson of today, which is open, so that the day lock hides no missing right.

Every model of ours stands here; a new one without a line fails the suite.
"""

ROLES = (
    "teacher",
    "class_teacher",
    "deputy",
    "director",
    "admin",
    "employee",
    "parent",
    "pupil",
    "public",
)

# Structure of the school: the deputy's; all staff read it, the administrator too.
STRUCTURE = {
    "teacher": "r",
    "class_teacher": "r",
    "deputy": "rwcu",
    "director": "r",
    "admin": "r",
}

RIGHTS = {
    "ejournal.year": STRUCTURE,
    "ejournal.calendar": STRUCTURE,
    "ejournal.period": STRUCTURE,
    "ejournal.holiday": STRUCTURE,
    "ejournal.day": STRUCTURE,
    "ejournal.shift": STRUCTURE,
    "ejournal.bell": STRUCTURE,
    "ejournal.class": STRUCTURE,
    "ejournal.class.teacher": STRUCTURE,
    "ejournal.enrollment": STRUCTURE,
    "ejournal.subject": STRUCTURE,
    "ejournal.scale": STRUCTURE,
    "ejournal.scale.value": STRUCTURE,
    "ejournal.work.type": STRUCTURE,
    "ejournal.assignment": STRUCTURE,
    "ejournal.timetable.slot": STRUCTURE,
    "ejournal.subgroup": {**STRUCTURE, "class_teacher": "rwcu/r"},
    "ejournal.subgroup.member": {**STRUCTURE, "class_teacher": "rwcu/r"},
    # ---- people: names are seen by all staff, the rest is not ------------------------
    "ejournal.pupil": {
        "teacher": "r",
        "class_teacher": "rw/r",
        "deputy": "rwcu",
        "director": "r",
        "admin": "r",
        "parent": "r/-",
        "pupil": "r/-",
    },
    "ejournal.pupil.card": {
        "class_teacher": "rwc/-",
        "deputy": "rwcu",
        "director": "r",
        "admin": "r",
    },
    # a parent who was just typed has no child yet, so belongs to no class
    "ejournal.parent": {
        "class_teacher": "rwc/c",
        "deputy": "rwcu",
        "director": "r",
        "admin": "r",
    },
    "ejournal.guardian": {
        "class_teacher": "rwc/-",
        "deputy": "rwcu",
        "director": "r",
        "admin": "r",
    },
    "ejournal.exemption": {
        "class_teacher": "r/-",
        "deputy": "rwcu",
        "director": "r",
    },
    # ---- the journal -----------------------------------------------------------------
    "ejournal.journal": {
        "teacher": "r/-",
        "class_teacher": "r/-",
        "deputy": "rwcu",
        "director": "r",
        "admin": "r",
    },
    # topic, work done, homework
    "ejournal.lesson": {
        "teacher": "rw/-",
        "class_teacher": "r/-",
        "deputy": "rcu",
        "director": "r",
    },
    # date, number, state, teacher
    "ejournal.lesson: schedule": {"deputy": "w"},
    # the director decides where a deputy is concerned
    "ejournal.lesson: substitute": {"deputy": "w"},
    "ejournal.work": {
        "teacher": "rwcu/-",
        "class_teacher": "r/-",
        "deputy": "r",
        "director": "r",
    },
    # who marks a control work that another held
    "ejournal.work: marker": {"teacher": "w/-", "deputy": "w"},
    "ejournal.mark": {
        "teacher": "rwc/-",
        "class_teacher": "r/-",
        "deputy": "r",
        "director": "r",
    },
    "ejournal.attendance": {
        "teacher": "rwc/-",
        "class_teacher": "r/-",
        "deputy": "r",
        "director": "r",
    },
    # until the closing; afterwards the deputy, by order
    "ejournal.period.mark": {
        "teacher": "rwc/-",
        "class_teacher": "r/-",
        "deputy": "r",
        "director": "r",
    },
    # what stands for the marks of an unmarked class: its class teacher's
    "ejournal.period.note": {
        "class_teacher": "rwc/-",
        "deputy": "r",
        "director": "r",
    },
    # why a child was away is health data: not the director's, not other teachers'
    "ejournal.absence": {"class_teacher": "rwcu/-", "deputy": "rwcu"},
    "ejournal.contact": {"class_teacher": "rc/-", "deputy": "rc"},
    "ejournal.class.day": {"class_teacher": "rc/-", "deputy": "rc", "director": "r"},
    "ejournal.plan": {**STRUCTURE, "teacher": "rwc/r"},
    "ejournal.plan.topic": {**STRUCTURE, "teacher": "rwcu/r"},
    # ---- control ---------------------------------------------------------------------
    # asked for oneself, for lessons that one enters; decisions are made by methods
    "ejournal.unlock": {"teacher": "rc/-", "deputy": "r", "director": "r"},
    # a teacher announces the own absence; the director decides on a deputy's only
    "ejournal.substitution": {"teacher": "rwc/-", "deputy": "rwc", "director": "r"},
    # made of others' lessons, told, closed by methods; never rewritten
    "ejournal.remark": {"teacher": "r/-", "deputy": "rc", "director": "r"},
    "ejournal.reminder": {"teacher": "rw/-"},
    "ejournal.change": {
        "teacher": "r/-",
        "class_teacher": "r/-",
        "deputy": "r",
        "director": "r",
    },
    "ejournal.seal": {"deputy": "r", "director": "r", "admin": "r"},
    "ejournal.outage": {"deputy": "r", "director": "r", "admin": "r"},
    # a rule in force is never changed, a coming one may be taken back
    "ejournal.lock.rule": {"deputy": "rcu", "director": "r", "admin": "r"},
    "ejournal.settings": {"deputy": "rw", "director": "r", "admin": "r"},
    # ---- the notice board: a post for all, that hangs there --------------------------
    "ejournal.notice": {
        "teacher": "r",
        "class_teacher": "r",
        "deputy": "rwcu",
        "director": "rwcu",
        "admin": "r",
        "parent": "r",
        "pupil": "r",
    },
    # who has read it; added by reading only
    "ejournal.notice.read": {"deputy": "r", "director": "r"},
    # ---- the portal: made by methods that check the class ----------------------------
    "ejournal.link": {},
    "ejournal.access.slip": {"class_teacher": "r/-", "deputy": "r"},
    # ---- reports ---------------------------------------------------------------------
    # handed over, received and returned by methods
    # prepared by the system; the director reads what the teacher could comment first
    "ejournal.weekly.analysis": {"deputy": "rw", "director": "r"},
    "ejournal.teacher.report": {"teacher": "rw/-", "deputy": "r"},
    "ejournal.class.report": {
        "class_teacher": "rwc/-",
        "deputy": "rwcu",
        "director": "r",
    },
    # ---- the quarter archive: made by its steps, see METHODS -------------------------
    "ejournal.archive": {"class_teacher": "r/-", "deputy": "rwcu", "director": "r"},
    "ejournal.archive.book": {"class_teacher": "r/-", "deputy": "r", "director": "r"},
    "ejournal.archive.sheet": {"class_teacher": "r/-", "deputy": "r", "director": "r"},
    "ejournal.archive.signature": {
        "class_teacher": "r/-",
        "deputy": "r",
        "director": "r",
    },
    # the deputy says what the paper says
    "ejournal.archive.cell": {"deputy": "rw", "director": "r"},
    "ejournal.archive.amendment": {
        "class_teacher": "r/-",
        "deputy": "rc",
        "director": "r",
    },
    # a parent confirms by the page, messages are made by the clockwork
    "ejournal.diary.read": {"class_teacher": "r/-", "deputy": "r"},
    "ejournal.message": {"class_teacher": "r/-", "deputy": "r"},
}

# Dialogs: who may use them. Each user sees the own ones only.
DIALOGS = {
    "ejournal.archive.back": ("deputy",),
    "ejournal.health": ("deputy", "director", "admin"),
    # plans are imported by their teachers; each kind is asked for the right again
    "ejournal.import": ("teacher", "class_teacher", "deputy", "director"),
    "ejournal.import.choice": ("teacher", "class_teacher", "deputy", "director"),
    "ejournal.import.line": ("teacher", "class_teacher", "deputy", "director"),
    "ejournal.import.option": ("teacher", "class_teacher", "deputy", "director"),
    "ejournal.plan.copy": ("teacher", "class_teacher", "deputy", "director"),
    "ejournal.enrollment.move": ("deputy",),
    "ejournal.lesson.cancel": ("deputy",),
    "ejournal.lesson.restore": ("deputy",),
    "ejournal.lesson.swap": ("deputy",),
    "ejournal.period.close": ("deputy",),
    "ejournal.period.close.line": ("deputy",),
    "ejournal.period.reopen": ("director",),
    "ejournal.remark.close": ("deputy", "director"),
    "ejournal.remark.make": ("deputy", "director"),
    "ejournal.seal.verify": ("deputy", "director", "admin"),
    "ejournal.class.report.return": ("deputy",),
    "ejournal.year.next": ("deputy",),
    "ejournal.year.next.class": ("deputy",),
    "ejournal.year.next.pupil": ("deputy",),
    # whose class it is, its acts ask
    "ejournal.slip.make": ("teacher", "class_teacher", "deputy", "director"),
    "ejournal.substitution.print": ("deputy", "director"),
    "ejournal.unlock.ask": ("teacher", "class_teacher", "deputy", "director"),
    "ejournal.unlock.decide": ("deputy", "director"),
    "ejournal.unlock.open": ("deputy",),
    "ejournal.unlock.outage": ("deputy",),
}

# What a model refuses to everybody with a reason of its own, before any right is asked.
REFUSED_WITH_A_REASON = {
    ("ejournal.lock.rule", "w"),
    ("ejournal.class.day", "w"),
    ("ejournal.contact", "w"),
    ("ejournal.mark", "u"),
    ("ejournal.attendance", "u"),
    ("ejournal.period.mark", "u"),
    ("ejournal.period.note", "u"),
    # the sentence says whose lesson it is
    ("ejournal.unlock", "c"),
}

# All that a parent or a pupil sees of a pupil.
PORTAL_FIELDS_OF_PUPIL = {
    "id",
    "display_name",
    "name",
    "short_name",
    "last_name",
    "first_name",
    "patronymic",
    "sort_key",
    "gender",
    "company_id",
    "create_uid",
    "create_date",
    "write_uid",
    "write_date",
}

# ---- methods -----------------------------------------------------------------------
# Every public method of ours can be called by everybody who has an account. Who else than
# these roles calls it on a record of the own school is refused.

READERS = ("teacher", "class_teacher", "deputy", "director")
STAFF = (*READERS, "admin")

METHODS = {
    ("ejournal.journal", "load_page"): READERS,
    ("ejournal.journal", "open_page"): READERS,
    ("ejournal.journal", "page_choices"): READERS,
    # each cell is then answered by the entry window
    ("ejournal.journal", "save_entries"): READERS,
    ("ejournal.journal", "load_period_marks"): READERS,
    # each mark is then judged by the period's state
    ("ejournal.journal", "save_period_marks"): READERS,
    ("ejournal.journal", "take_proposals"): ("teacher",),
    ("ejournal.lesson", "load_day"): READERS,
    ("ejournal.lesson", "load_roll_call"): READERS,
    ("ejournal.lesson", "load_history"): READERS,
    ("ejournal.lesson", "load_guard"): READERS,
    ("ejournal.lesson", "ask_to_open"): READERS,
    ("ejournal.lesson", "action_open_page"): READERS,
    ("ejournal.lesson", "action_add_answer_column"): ("teacher",),
    ("ejournal.lesson", "action_cancel"): ("deputy",),
    ("ejournal.lesson", "action_restore"): ("deputy",),
    ("ejournal.lesson", "action_swap"): ("deputy",),
    ("ejournal.plan", "action_set_dates"): ("teacher", "deputy"),
    ("ejournal.plan", "copy_to"): READERS + ("admin",),
    ("ejournal.plan.topic", "action_join_next"): ("teacher", "deputy"),
    ("ejournal.plan.topic", "action_split"): ("teacher", "deputy"),
    ("ejournal.plan.copy", "action_copy"): ("teacher", "deputy"),
    ("ejournal.lesson", "assign_substitute"): ("deputy",),
    ("ejournal.lesson", "take_back_substitute"): ("deputy",),
    ("ejournal.lesson", "teach_instead"): ("deputy",),
    ("ejournal.substitution", "load_substitutions"): ("deputy", "director"),
    ("ejournal.substitution.print", "action_print"): ("deputy", "director"),
    ("ejournal.substitution", "action_confirm"): ("deputy",),
    # the teacher's own, while it is only announced
    ("ejournal.substitution", "action_withdraw"): ("teacher", "deputy"),
    ("ejournal.calendar", "action_generate_lessons"): ("deputy",),
    ("ejournal.period", "action_generate_lessons"): ("deputy",),
    ("ejournal.period", "action_close"): ("deputy",),
    ("ejournal.period", "action_reopen"): ("director",),
    ("ejournal.period", "action_publish"): ("deputy",),
    ("ejournal.period", "action_propose_steps"): ("deputy",),
    ("ejournal.period.close", "action_close"): ("deputy",),
    # tells what is still missing
    ("ejournal.period.close", "default_get"): ("deputy",),
    # a teacher without a class of the own has no results to see
    ("ejournal.results", "load_results"): ("class_teacher", "deputy", "director"),
    ("ejournal.results", "load_class_sheet"): ("class_teacher", "deputy", "director"),
    ("ejournal.year", "action_open"): ("deputy",),
    ("ejournal.year", "action_close"): ("deputy",),
    ("ejournal.class", "action_renumber"): ("deputy",),
    ("ejournal.class", "class_choices"): READERS,
    ("ejournal.class", "load_attendance"): ("class_teacher", "deputy"),
    ("ejournal.class", "save_absences"): ("class_teacher", "deputy"),
    ("ejournal.class", "load_class_day"): ("class_teacher", "deputy"),
    ("ejournal.class", "confirm_day"): ("class_teacher", "deputy"),
    ("ejournal.class", "nudge_teacher"): ("class_teacher", "deputy"),
    ("ejournal.class", "load_missing"): ("class_teacher", "deputy"),
    ("ejournal.class", "note_contact"): ("class_teacher", "deputy"),
    ("ejournal.class", "load_doubts"): ("class_teacher", "deputy"),
    ("ejournal.enrollment", "action_move"): ("deputy",),
    ("ejournal.enrollment", "action_open_pupil"): STAFF,
    ("ejournal.absence", "action_confirm"): ("class_teacher", "deputy"),
    ("ejournal.absence", "action_refuse"): ("class_teacher", "deputy"),
    # the director decides a deputy's own only
    ("ejournal.unlock", "action_approve"): ("deputy",),
    ("ejournal.unlock", "action_refuse"): ("deputy",),
    ("ejournal.unlock", "open_unasked"): ("deputy",),
    ("ejournal.unlock", "apply_entries"): ("teacher",),
    ("ejournal.access.slip", "action_hand_over"): ("class_teacher", "deputy"),
    ("ejournal.access.slip", "action_revoke"): ("class_teacher", "deputy"),
    ("ejournal.class", "action_make_slips"): ("class_teacher", "deputy"),
    ("ejournal.class", "action_open_slips"): ("class_teacher", "deputy"),
    ("ejournal.slip.make", "action_make"): ("class_teacher", "deputy"),
    ("ejournal.notice", "mark_read"): (*STAFF, "parent", "pupil"),
    # parents with access and the pupil himself; staff read journals
    ("ejournal.pupil", "load_diary"): ("parent", "pupil"),
    ("ejournal.reminder", "action_open"): READERS,
    ("ejournal.board", "load_today"): ("deputy", "director"),
    ("ejournal.board", "load_findings"): ("deputy", "director"),
    ("ejournal.check", "load_own"): READERS,
    ("ejournal.check", "load_findings"): ("deputy", "director"),
    ("ejournal.remark", "make_from_checks"): ("deputy",),
    ("ejournal.remark", "acknowledge"): ("teacher", "deputy", "director"),
    ("ejournal.remark", "action_open_page"): ("teacher", "deputy", "director"),
    ("ejournal.remark", "action_clear"): ("deputy",),
    ("ejournal.remark.close", "action_close"): ("deputy",),
    ("ejournal.remark.make", "action_remark"): ("deputy",),
    ("ejournal.seal", "verify"): ("deputy", "director", "admin"),
    ("ejournal.archive", "action_print"): ("deputy",),
    ("ejournal.archive", "action_retry"): ("deputy",),
    ("ejournal.archive", "compare"): ("deputy", "director"),
    ("ejournal.archive", "action_compare"): ("deputy",),
    ("ejournal.archive", "action_confirm_compared"): ("deputy",),
    ("ejournal.archive", "action_keep_signature_file"): ("deputy",),
    # whose turn it is, the act itself knows
    ("ejournal.archive", "action_sign"): ("class_teacher", "deputy", "director"),
    ("ejournal.archive", "action_back"): ("deputy",),
    ("ejournal.archive", "action_archive"): ("deputy",),
    ("ejournal.archive", "verify"): ("class_teacher", "deputy", "director"),
    ("ejournal.archive", "action_verify"): ("class_teacher", "deputy", "director"),
    ("ejournal.archive", "action_export"): ("deputy", "director"),
    ("ejournal.archive.book", "action_open_pdf"): (
        "class_teacher",
        "deputy",
        "director",
    ),
    ("ejournal.archive.back", "action_back"): ("deputy",),
    ("ejournal.settings", "action_open"): ("deputy", "director", "admin"),
    ("ejournal.health", "action_open"): ("deputy", "director", "admin"),
    ("ejournal.enrollment.move", "action_move"): ("deputy",),
    ("ejournal.import", "action_make_lessons"): ("deputy",),
    # a teacher the own plan, see test_plan
    ("ejournal.import", "action_preview"): READERS,
    ("ejournal.import", "action_import"): READERS,
    ("ejournal.import", "action_template"): READERS,
    ("ejournal.import", "action_back"): READERS,
    ("ejournal.lesson.cancel", "action_cancel"): ("deputy",),
    ("ejournal.lesson.restore", "action_restore"): ("deputy",),
    ("ejournal.lesson.swap", "action_swap"): ("deputy",),
    ("ejournal.period.reopen", "action_reopen"): ("director",),
    ("ejournal.seal.verify", "action_verify"): ("deputy", "director", "admin"),
    ("ejournal.weekly.analysis", "action_prepare_last"): ("deputy",),
    ("ejournal.weekly.analysis", "action_publish"): ("deputy",),
    ("ejournal.teacher.report", "action_prepare_last"): ("deputy",),
    ("ejournal.teacher.report", "action_close"): ("deputy",),
    ("ejournal.class.report", "action_hand_over"): ("class_teacher",),
    ("ejournal.class.report", "action_receive"): ("deputy",),
    ("ejournal.class.report", "action_return"): ("deputy",),
    ("ejournal.class.report.return", "action_return"): ("deputy",),
    ("ejournal.year.next", "action_make"): ("deputy",),
    ("ejournal.unlock.ask", "action_ask"): READERS,
    ("ejournal.unlock.decide", "action_approve"): ("deputy",),
    ("ejournal.unlock.decide", "action_refuse"): ("deputy",),
    ("ejournal.unlock.open", "action_open_lessons"): ("deputy",),
    ("ejournal.unlock.outage", "action_declare"): ("deputy",),
    ("res.config.settings", "set_values"): (),
    ("res.config.settings", "action_ejournal_settings"): (
        "deputy",
        "director",
        "admin",
    ),
}

# These answer everybody, with nothing that is not the caller's or known to all.
HARMLESS_METHODS = {
    # an action; the rights are asked when it is drawn
    ("ir.actions.report", "report_action"),
    # whether Odoo's report to its vendor is on
    ("res.config.settings", "get_values"),
    # how a print is offered; whoever may not read the records is refused by the print
    ("ir.actions.report", "report_action"),
}

# These speak of the caller's own school and of no record, so a teacher of another school
# gets the other school's answer.
METHODS_WITHOUT_RECORD = {
    ("ejournal.class", "class_choices"),
    ("ejournal.journal", "page_choices"),
    ("ejournal.lesson", "load_day"),
    ("ejournal.check", "load_own"),
    # everybody's own dialog: a plan of the own journals
    ("ejournal.import", "action_preview"),
    ("ejournal.import", "action_import"),
    ("ejournal.import", "action_template"),
    ("ejournal.import", "action_back"),
    ("ejournal.reminder", "action_open"),
}

# Odoo's own doors, overridden by us: held by the matrix above.
ORM_DOORS = {"create", "write", "unlink", "copy", "search_fetch"}
