import {_t} from "@web/core/l10n/translation";
import {CellStore} from "@school_ejournal/entry/cell_store";
import {momentOf} from "@school_ejournal/entry/dates";
import {keyOf, partOf} from "@school_ejournal/entry/entry_key";
import {answerWork, buildColumns, monthsOver} from "./page_columns";
import {buildRows, paintRow} from "./page_rows";
import {savedValues} from "./saved_values";

/**
 * The journal page without its components. Beside `layout` and `facts` each row's `paint` is
 * reactive, so that a key draws one row and moving draws nothing.
 */
export class EntryStore extends CellStore {
    constructor(services) {
        super(services);
        this.pasted = new Map();
    }

    // ---- loading -----------------------------------------------------------------------

    /** @param {number} journalId @param {{span: string, day?: string|false}} days */
    async open(journalId, {span, day = false}) {
        const asked = this.orm.silent.call("ejournal.journal", "open_page", [
            [journalId],
            span,
            day,
        ]);
        this.load(await asked);
    }

    /** Reads the same days again: windows close, columns come, colleagues write. */
    async refresh() {
        const {date_start, date_end} = this.days;
        const asked = this.orm.silent.call("ejournal.journal", "load_page", [
            [this.journal.id],
            date_start,
            date_end,
        ]);
        this.load({...(await asked), days: this.days});
    }

    load(data) {
        this.journal = data.journal;
        this.days = data.days;
        this.skew = data.journal.now ? momentOf(data.journal.now) - Date.now() : 0;
        this.lessons = data.lessons;
        this.lessonById = new Map(data.lessons.map((lesson) => [lesson.id, lesson]));
        this.pupils = data.pupils;
        this.works = data.works;
        this.workById = new Map(data.works.map((work) => [work.id, work]));
        this.exemptions = data.exemptions;
        this.periodMarks = data.period_marks;
        this.saved = savedValues(data, (workId) => this.columnIdOf(workId));
        this.build();
    }

    /** false for the answer column: see `keyOf`. */
    columnIdOf(workId) {
        const work = this.workById.get(workId);
        return !work || (work.is_answer && !work.struck_out) ? false : workId;
    }

    build() {
        this.columns = buildColumns(this.lessons, this.works, this.journal.today);
        this.months = monthsOver(this.columns);
        this.columnsOf = new Map(this.lessons.map(({id}) => [id, []]));
        for (const column of this.columns) {
            this.columnsOf.get(column.lesson.id).push(column);
        }
        this.rows = buildRows(this);
        this.rowOf = new Map(this.rows.map((row) => [row.pupil.id, row]));
        this.layout.version++;
        this.facts.version++;
    }

    // ---- reading --------------------------------------------------------------------------

    workOf(lessonId, workId) {
        if (workId) {
            return this.workById.get(workId) || null;
        }
        const column = this.columnsOf.get(lessonId)?.find((own) => !own.workId);
        return column?.work || null;
    }

    journalIdOf() {
        return this.journal.id;
    }

    cellAt(row, column) {
        return this.rows[row]?.cells[column];
    }

    /** Why a field of a cell cannot be entered, or null. The server judges anyway. */
    refusal(cell, field) {
        const {column, off} = cell;
        if (off === "absent") {
            return _t("%(pupil)s was not on the list that day.", {pupil: cell.row.pupil.name});
        }
        if (field !== "attendance") {
            if (this.journal.assessment === "none") {
                return _t("This class gets no marks in this subject.");
            }
            if (off === "exempt") {
                return _t("%(pupil)s is exempt that day.", {pupil: cell.row.pupil.name});
            }
            if (column.struckOut) {
                return _t("This column is struck out: it takes no more marks.");
            }
        }
        return this.windowRefusal(column.lesson, field, column.work);
    }

    // ---- following the queue and others -----------------------------------------------------

    isOwn(entry) {
        return entry.journal_id === this.journal?.id;
    }

    learn(entry, answer) {
        if (answer.work_id) {
            this.learnColumn(entry.lesson_id, answer.work_id);
        }
    }

    /** The first mark made the answer column: from now on it has a name. */
    learnColumn(lessonId, workId) {
        const column = this.columnsOf.get(lessonId)?.find((own) => !own.workId);
        if (!column || column.work || this.workById.has(workId)) {
            return;
        }
        const work = answerWork(this.journal, lessonId, workId);
        this.works.push(work);
        this.workById.set(workId, work);
        Object.assign(column, {work, twoMarks: work.two_marks});
    }

    /** Cells that somebody else saved. Own cells on their way are left alone. */
    merge(entries) {
        const known = entries.filter((entry) => this.lessonById.has(entry.lesson_id));
        for (const entry of known) {
            const key = keyOf({...entry, work_id: this.columnIdOf(entry.work_id)});
            this.saved.set(key, entry.value || false);
        }
        this.repaint(known);
    }

    // ---- drawing ----------------------------------------------------------------------------

    /** Draws the rows of these cells, and the lesson panel if it shows something of them. */
    repaint(cells) {
        const rows = new Map();
        let facts = false;
        for (const {pupil_id, lesson_id, field} of cells) {
            facts ||= partOf(field) !== "mark";
            const row = pupil_id && this.rowOf.get(pupil_id);
            if (row) {
                rows.set(row, (rows.get(row) || new Set()).add(lesson_id));
            }
        }
        for (const [row, lessonIds] of rows) {
            paintRow(this, row, lessonIds);
        }
        if (facts) {
            this.facts.version++;
        }
    }
}
