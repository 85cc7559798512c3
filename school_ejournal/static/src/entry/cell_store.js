import {reactive} from "@odoo/owl";
import {keyOf, partOf, same} from "./entry_key";
import {UndoHistory} from "./undo_history";
import {isWritable, windowOf} from "./windows";

/**
 * The cells of a page without its components: what they hold, what may be entered, what was.
 *
 * Plain on purpose: only `layout` (the page was read anew) and `facts` (something of a lesson has
 * changed) are reactive. Values that are not saved yet live in the queue alone.
 *
 * A page's own store loads `lessonById` (lessons with their `window`), `journal` (what the page needs
 * to know beside its cells: `letters`, `counts`) and `saved`.
 */
export class CellStore {
    /** @param {{orm: Object, queue: import("@school_ejournal/entry/save_queue").SaveQueue}} services */
    constructor({orm, queue}) {
        this.orm = orm;
        this.queue = queue;
        this.history = new UndoHistory();
        this.layout = reactive({version: 0});
        this.facts = reactive({version: 0});
        this.skew = 0;
        this.lessonById = new Map();
        this.saved = new Map();
        this.stopListening = queue.listen((event) => this.onQueue(event));
    }

    destroy() {
        this.stopListening();
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

    /** The column of a mark; a page with marks knows it. */
    workOf() {
        return null;
    }

    journalIdOf(lessonId) {
        return this.lessonById.get(lessonId)?.journal_id;
    }

    /** Why a field of a lesson cannot be entered, or null. The server judges anyway. */
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
     * @returns {number} how many cells have changed
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
                journal_id: this.journalIdOf(lesson_id),
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

    // ---- following the queue ---------------------------------------------------------------

    onQueue({type, entry, answer}) {
        if (type !== "answer" || !this.isOwn(entry)) {
            return;
        }
        if (answer.status !== "refused") {
            this.saved.set(entry.key, answer.value || false);
        }
        for (const twin of answer.also || []) {
            this.saved.set(keyOf({...twin, work_id: false}), twin.value || false);
        }
        this.learn(entry, answer);
        this.repaint([entry, ...(answer.also || [])]);
    }

    /** Whether an entry of the queue belongs to this page. */
    isOwn(entry) {
        return this.lessonById.has(entry.lesson_id);
    }

    /** What an answer tells beside the cell's value. */
    learn() {}

    /** @returns {Object[]} entries of this page that the server did not take */
    troubles() {
        return this.queue.entries().filter((entry) => entry.trouble && this.isOwn(entry));
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

    /** Draws what shows something of these cells. */
    repaint(cells) {
        if (cells.some(({field}) => partOf(field) !== "mark")) {
            this.facts.version++;
        }
    }
}
