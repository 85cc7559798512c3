import {reactive} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {momentOf} from "./dates";
import {keyOf, partOf, same} from "./entry_key";
import {answerWork, buildColumns, monthsOver} from "./page_columns";
import {buildRows, paintRow} from "./page_rows";
import {UndoHistory} from "./undo_history";
import {savedValues} from "./saved_values";
import {isWritable, windowOf} from "./windows";

/**
 * The journal page without its components: what the cells hold, what may be entered, what was.
 *
 * Plain on purpose: only `layout`, `facts` and each row's `paint` are reactive, so that a key draws
 * one row and moving draws nothing. Values that are not saved yet live in the queue alone.
 */
export class EntryStore {
    /** @param {{orm: Object, queue: import("./save_queue").SaveQueue}} services */
    constructor({orm, queue}) {
        this.orm = orm;
        this.queue = queue;
        this.history = new UndoHistory();
        this.layout = reactive({version: 0});
        this.facts = reactive({version: 0});
        this.skew = 0;
        this.saved = new Map();
        this.pasted = new Map();
        this.stopListening = queue.listen((event) => this.onQueue(event));
    }

    destroy() {
        this.stopListening();
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

    now() {
        return Date.now() + this.skew;
    }

    /** What a cell shows: what was typed, else what is saved; false for empty. */
    value(ids) {
        return this.valueOfKey(keyOf(ids));
    }

    valueOfKey(key) {
        const entry = this.queue.entryOf(key);
        if (!entry || (entry.trouble && !this.isLate(entry))) {
            return this.saved.get(key) || false;
        }
        return entry.value || false;
    }

    /** Refused because the lesson closed meanwhile: kept, to be sent with a request to open. */
    isLate(entry) {
        if (entry.trouble !== "refused") {
            return false;
        }
        const lesson = this.lessonById.get(entry.lesson_id);
        return Boolean(lesson) && !isWritable(this.windowFor(entry), entry.field, this.now());
    }

    windowFor({lesson_id, work_id, field}) {
        const lesson = this.lessonById.get(lesson_id);
        return windowOf(lesson, field, this.workOf(lesson_id, work_id));
    }

    workOf(lessonId, workId) {
        if (workId) {
            return this.workById.get(workId) || null;
        }
        const column = this.columnsOf.get(lessonId)?.find((own) => !own.workId);
        return column?.work || null;
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

    windowRefusal(lesson, field, work = null) {
        const window = windowOf(lesson, field, work);
        return isWritable(window, field, this.now()) ? null : window.text;
    }

    // ---- entering --------------------------------------------------------------------------

    /**
     * Puts values into cells: shown at once, saved in the background, one step to take back.
     *
     * @param {Object[]} changes `{lesson_id, work_id, pupil_id, field, value}`, already judged
     * @param {{title?: string, delay?: number, recorded?: boolean}} [options]
     */
    enter(changes, {title = "", delay, recorded = true} = {}) {
        const done = [];
        for (const change of changes) {
            const key = keyOf(change);
            const from = this.valueOfKey(key);
            if (!same(from, change.value)) {
                done.push({...change, key, from, to: change.value || false});
            }
        }
        if (!done.length) {
            return 0;
        }
        if (recorded) {
            this.history.push({title, changes: done});
        }
        this.queue.put(
            done.map(({key, lesson_id, work_id, pupil_id, field, to}) => ({
                key,
                journal_id: this.journal.id,
                lesson_id,
                work_id: work_id || false,
                pupil_id: pupil_id || false,
                field,
                old: this.saved.get(key) || false,
                value: to,
            })),
            delay === undefined ? {} : {delay},
        );
        this.repaint(done);
        return done.length;
    }

    /** @param {"back"|"forth"} way @returns {{title: string, skipped: number}|null} */
    takeBack(way) {
        const step = way === "back" ? this.history.back() : this.history.forth();
        if (!step) {
            return null;
        }
        const [seen, wanted] = way === "back" ? ["to", "from"] : ["from", "to"];
        const possible = step.changes.filter(
            (change) =>
                this.lessonById.has(change.lesson_id) &&
                same(this.valueOfKey(change.key), change[seen]) &&
                isWritable(this.windowFor(change), change.field, this.now()),
        );
        // the last change of a cell is taken back first
        const ordered = way === "back" ? [...possible].reverse() : possible;
        this.enter(
            ordered.map((change) => ({...change, value: change[wanted]})),
            {recorded: false},
        );
        return {
            title: step.title,
            first: step.changes[0],
            skipped: step.changes.length - possible.length,
        };
    }

    // ---- following the queue and others -----------------------------------------------------

    onQueue({type, entry, answer}) {
        if (type !== "answer" || entry.journal_id !== this.journal?.id) {
            return;
        }
        if (answer.status !== "refused") {
            this.saved.set(entry.key, answer.value || false);
        }
        for (const twin of answer.also || []) {
            this.saved.set(keyOf({...twin, work_id: false}), twin.value || false);
        }
        if (answer.work_id) {
            this.learnColumn(entry.lesson_id, answer.work_id);
        }
        this.repaint([entry, ...(answer.also || [])]);
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

    /** Ends a conflict or a refusal: the stored value stays, or ours is sent anew. */
    settle(entry, keepOurs) {
        this.queue.drop([entry.key]);
        if (keepOurs) {
            this.saved.set(entry.key, entry.theirs || false);
            const {key, journal_id, lesson_id, work_id, pupil_id, field, value} = entry;
            const old = entry.theirs || false;
            const ids = {key, journal_id, lesson_id, work_id, pupil_id, field};
            this.queue.put([{...ids, old, value}], {delay: 0});
        }
        this.repaint([entry]);
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
