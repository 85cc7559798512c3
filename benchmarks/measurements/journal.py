"""The journal page's two calls: a quarter is read, a lesson is filled."""

PAGE = "load_page, a quarter"
SAVE = "save_entries, 30 marks + 3 absences"

_PAGE_SQL = (
    """SELECT e.pupil_id, p.name, p.sort_key, e.number, e.date_start, e.date_end
         FROM ejournal_enrollment e JOIN ejournal_pupil p ON p.id = e.pupil_id
         JOIN ejournal_journal_class_rel r ON r.class_id = e.class_id
        WHERE r.journal_id = %(journal)s""",
    """SELECT id, date, number, state, topic, classwork, homework, no_homework,
              homework_minutes, attendance_confirmed, entrant_id, period_id
         FROM ejournal_lesson
        WHERE journal_id = %(journal)s AND date BETWEEN %(first)s AND %(last)s
        ORDER BY date, number""",
    """SELECT w.id, w.lesson_id, w.type_id, w.title, w.weight, w.struck_out
         FROM ejournal_work w JOIN ejournal_lesson l ON l.id = w.lesson_id
        WHERE l.journal_id = %(journal)s AND l.date BETWEEN %(first)s AND %(last)s""",
    """SELECT id, work_id, pupil_id, value, score, second_value, second_score, comment
         FROM ejournal_mark
        WHERE journal_id = %(journal)s AND date BETWEEN %(first)s AND %(last)s""",
    """SELECT lesson_id, pupil_id, kind, minutes FROM ejournal_attendance
        WHERE journal_id = %(journal)s AND date BETWEEN %(first)s AND %(last)s""",
)
_MARK_SQL = """
    INSERT INTO ejournal_mark (work_id, lesson_id, journal_id, company_id, date, pupil_id,
                               value, score, has_score, create_uid, write_uid,
                               create_date, write_date)
    SELECT %(work)s, l.id, l.journal_id, l.company_id, l.date, pupil, '4', 4, true,
           l.teacher_id, l.teacher_id, now(), now()
      FROM ejournal_lesson l, unnest(%(marked)s) pupil WHERE l.id = %(lesson)s
    RETURNING id"""
_FACT_SQL = """
    INSERT INTO ejournal_attendance (lesson_id, journal_id, company_id, date, pupil_id,
                                     kind, create_uid, write_uid, create_date, write_date)
    SELECT l.id, l.journal_id, l.company_id, l.date, pupil, 'absent', l.teacher_id,
           l.teacher_id, now(), now()
      FROM ejournal_lesson l, unnest(%(absent)s) pupil WHERE l.id = %(lesson)s
    RETURNING id"""
_CHANGE_SQL = """
    INSERT INTO ejournal_change (company_id, model_name, res_id, field_name, new_value,
                                 lesson_id, journal_id, pupil_id, user_id, entered_at,
                                 basis)
    SELECT l.company_id, %(model)s, cell.id, %(field)s, %(value)s, l.id, l.journal_id, cell.pupil,
           l.teacher_id, now(), 'same_day'
      FROM ejournal_lesson l, unnest(%(ids)s, %(pupils)s) AS cell (id, pupil)
     WHERE l.id = %(lesson)s"""
_WORK_SQL = """
    INSERT INTO ejournal_work (lesson_id, journal_id, company_id, date, type_id, weight,
                               is_answer, sequence, create_uid, write_uid, create_date,
                               write_date)
    SELECT l.id, l.journal_id, l.company_id, l.date, t.id, 1, true, 10, l.teacher_id,
           l.teacher_id, now(), now()
      FROM ejournal_lesson l JOIN ejournal_work_type t
        ON t.company_id = l.company_id AND t.code = 'answer' WHERE l.id = %(lesson)s
    RETURNING id"""
_HELD_SQL = "UPDATE ejournal_lesson SET state = 'held' WHERE id = %(lesson)s"


class OneJournal:
    """A teacher's journal in a school, and the calls and floors that are measured."""

    def __init__(self, school):
        self._school = school
        self._place = school.journal()
        self._marked = self._place["pupils"][:30]
        self._absent = self._place["pupils"][30:33]

    # ---- a quarter is read -------------------------------------------------------------

    def page(self):
        place = self._place
        self._school.client().send(
            "ejournal.journal",
            "load_page",
            [place["journal"]],
            place["first"],
            place["last"],
        )

    def page_of(self, env):
        journal = env["ejournal.journal"].browse(self._place["journal"])
        return journal.load_page(self._place["first"], self._place["last"])

    def raw_page(self):
        with self._school.cursor() as cr:
            for query in _PAGE_SQL:
                cr.execute(query, self._place)
                cr.fetchall()

    # ---- a lesson is filled --------------------------------------------------------------

    def entries(self):
        cells = [("mark", pupil, "4") for pupil in self._marked]
        cells += [("attendance", pupil, "absent") for pupil in self._absent]
        return [
            {
                "key": key,
                "lesson_id": self._place["lesson"],
                "work_id": None,
                "pupil_id": pupil,
                "field": field,
                "old": False,
                "value": value,
            }
            for key, (field, pupil, value) in enumerate(cells)
        ]

    def save(self):
        answers = self._school.client().call(
            "ejournal.journal", "save_entries", [self._place["journal"]], self.entries()
        )
        if refused := [answer for answer in answers if answer["status"] != "ok"]:
            raise RuntimeError(f"not saved: {refused[0]}")

    def save_of(self, env):
        journal = env["ejournal.journal"].browse(self._place["journal"])
        return journal.save_entries(self.entries())

    def raw_save(self):
        """The same rows: a column, marks, facts, what the record says of each."""
        lesson = {"lesson": self._place["lesson"]}
        with self._school.cursor() as cr:
            cr.execute(_WORK_SQL, lesson)
            [(work,)] = cr.fetchall()
            self._insert(
                cr,
                (_MARK_SQL, {**lesson, "work": work, "marked": self._marked}),
                ("ejournal.mark", "value", "4", self._marked),
            )
            self._insert(
                cr,
                (_FACT_SQL, {**lesson, "absent": self._absent}),
                ("ejournal.attendance", "kind", "absent", self._absent),
            )
            cr.execute(_HELD_SQL, lesson)
            cr.commit()

    def _insert(self, cr, insertion, change):
        cr.execute(*insertion)
        ids = [row_id for (row_id,) in cr.fetchall()]
        model, field, value, pupils = change
        cr.execute(
            _CHANGE_SQL,
            {
                "lesson": self._place["lesson"],
                "model": model,
                "field": field,
                "value": value,
                "ids": ids,
                "pupils": pupils,
            },
        )

    def empty(self):
        """Take back what was saved, so that the next call finds empty cells again."""
        with self._school.cursor() as cr:
            for table in ("change", "mark", "attendance", "work"):
                cr.execute(
                    f"DELETE FROM ejournal_{table} WHERE lesson_id = %s",
                    [self._place["lesson"]],
                )
            cr.execute(
                "UPDATE ejournal_lesson SET state = 'planned', was_held = false "
                "WHERE id = %s",
                [self._place["lesson"]],
            )
            cr.commit()


def measure(bench):
    journals = {school: OneJournal(school) for school in bench.schools}
    small, large = journals[bench.small], journals[bench.large]
    for journal in journals.values():
        journal.empty()
    operations = {
        "noop": bench.small.client().noop,
        PAGE: small.page,
        f"raw {PAGE}": small.raw_page,
        SAVE: (small.save, small.empty),
        f"raw {SAVE}": (small.raw_save, small.empty),
    }
    if large is not small:
        operations[f"{PAGE}, large"] = large.page
        operations[f"{SAVE}, large"] = (large.save, large.empty)
    samples = bench.take_turns(operations)
    yield bench.against_floors(samples, PAGE, 4)
    yield bench.query_counts(PAGE, lambda school: journals[school].page_of, 30)
    yield bench.against_floors(samples, SAVE, 6)
    yield bench.query_counts(SAVE, lambda school: journals[school].save_of, 25)
    if large is not small:
        yield bench.growth(samples, PAGE)
        yield bench.growth(samples, SAVE)
