import {reactive} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {Mutex} from "@web/core/utils/concurrency";
import {same} from "./entry_key";

const BATCH = 200;
const FIRST_RETRY = 1500;
const LAST_RETRY = 60000;

/**
 * Cells on their way to the server.
 *
 * They are sent in batches, one call at a time, and are kept in the browser until the server has
 * answered: a reload, a crash, a lost connection or an expired session loses none of them. What the
 * server refused stays as a trouble until somebody decides.
 */
export class SaveQueue {
    /**
     * @param {{
     *  send: (journalId: number, entries: Object[]) => Promise<Object[]>,
     *  kindOfError?: (error: Error) => "offline"|"expired"|"server"|"refused",
     *  storage?: {keep: Function, takeOver: Function, forget: Function},
     *  delay?: number,
     * }} options
     */
    constructor({send, kindOfError = () => "server", storage = null, delay = 400}) {
        this.send = send;
        this.kindOfError = kindOfError;
        this.storage = storage;
        this.delay = delay;
        this.mutex = new Mutex();
        this.waiting = new Map();
        this.sending = new Map();
        this.troubles = new Map();
        this.listeners = new Set();
        this.timer = null;
        this.failures = 0;
        /** phase: idle, waiting, sending, offline, expired or server */
        this.state = reactive({phase: "idle", unsent: 0, troubles: 0, savedAt: null});
    }

    // ---- putting in ------------------------------------------------------------------

    /**
     * @param {Object[]} entries as `save_entries` takes them, with `journal_id`
     * @param {{delay?: number}} [options]
     */
    put(entries, {delay = this.delay} = {}) {
        for (const entry of entries) {
            this.putOne(entry);
        }
        this.changed();
        this.schedule(this.failures ? Math.max(delay, this.retryDelay()) : delay);
    }

    putOne(entry) {
        const {key, value} = entry;
        const before = this.waiting.get(key);
        const onTheWay = this.sending.get(key);
        const trouble = this.troubles.get(key);
        this.troubles.delete(key);
        const old = before ? before.old : onTheWay ? onTheWay.value : entry.old;
        const tried = before?.tried || trouble?.tried || [];
        if (same(old, value) && !tried.length) {
            // typed back before it was ever sent
            this.waiting.delete(key);
        } else {
            this.waiting.set(key, {...entry, old, tried});
        }
    }

    /** Takes up what an earlier page or another tab could not send. */
    replay() {
        const kept = this.storage ? this.storage.takeOver() : [];
        for (const entry of kept) {
            if (this.isKnown(entry.key)) {
                continue;
            }
            if (entry.trouble) {
                this.troubles.set(entry.key, entry);
            } else {
                // it may have reached the server before the page went
                const tried = withValue(entry.tried || [], entry.value);
                this.waiting.set(entry.key, {...entry, tried});
            }
        }
        this.changed();
        if (this.waiting.size) {
            this.schedule(0);
        }
    }

    get isEmpty() {
        return !this.waiting.size && !this.sending.size && !this.troubles.size;
    }

    isKnown(key) {
        return this.waiting.has(key) || this.sending.has(key) || this.troubles.has(key);
    }

    /** What the page shows of a cell: its newest entry that is not saved, or undefined. */
    entryOf(key) {
        return this.waiting.get(key) || this.sending.get(key) || this.troubles.get(key);
    }

    /** All entries that are not saved. */
    entries() {
        return [...new Map([...this.troubles, ...this.sending, ...this.waiting]).values()];
    }

    /** Gives up entries in trouble, e.g. when their cell keeps the stored value. */
    drop(keys) {
        for (const key of keys) {
            this.troubles.delete(key);
        }
        this.changed();
    }

    // ---- sending -------------------------------------------------------------------------

    schedule(delay) {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.flush(), delay);
    }

    /** Sends all that waits. Never rejects: what could not be sent stays. */
    flush() {
        browser.clearTimeout(this.timer);
        return this.mutex.exec(async () => {
            while (this.waiting.size) {
                if (!(await this.sendBatch())) {
                    return false;
                }
            }
            return true;
        });
    }

    async sendBatch() {
        const [{journal_id}] = this.waiting.values();
        const batch = [...this.waiting.values()]
            .filter((entry) => entry.journal_id === journal_id)
            .slice(0, BATCH);
        for (const entry of batch) {
            this.waiting.delete(entry.key);
            this.sending.set(entry.key, entry);
        }
        this.changed();
        let answers = null;
        try {
            answers = await this.send(journal_id, batch.map(asSent));
        } catch (error) {
            return this.failed(batch, error);
        }
        this.failures = 0;
        batch.forEach((entry, at) => this.settle(entry, answers[at]));
        this.state.savedAt = new Date();
        this.changed();
        return true;
    }

    settle(entry, answer) {
        this.sending.delete(entry.key);
        const newer = this.waiting.get(entry.key);
        if (answer.status === "ok") {
            if (newer) {
                newer.old = answer.value;
            }
        } else if (this.isOwnValue(entry, answer)) {
            // a call whose answer was lost had arrived after all
            const again = newer || entry;
            this.waiting.set(entry.key, {...again, old: answer.value, tried: []});
            return;
        } else if (newer) {
            newer.old = answer.value;
        } else {
            this.troubles.set(entry.key, {
                ...entry,
                trouble: answer.status,
                reason: answer.reason,
                theirs: answer.value,
                by: answer.by,
                changed_at: answer.at,
            });
        }
        this.tell({type: "answer", entry, answer});
    }

    isOwnValue(entry, answer) {
        return (
            answer.status === "conflict" && entry.tried.some((value) => same(value, answer.value))
        );
    }

    failed(batch, error) {
        const kind = this.kindOfError(error);
        if (kind === "refused") {
            for (const entry of batch) {
                const reason = error.data?.message || error.message;
                const answer = {status: "refused", value: entry.old, reason};
                this.settle(entry, answer);
            }
            this.changed();
            return true;
        }
        for (const entry of batch) {
            this.sending.delete(entry.key);
            const newer = this.waiting.get(entry.key) || entry;
            const tried = withValue(entry.tried, entry.value);
            this.waiting.set(entry.key, {...newer, old: entry.old, tried});
        }
        this.failures++;
        this.state.phase = kind;
        this.changed();
        this.schedule(this.retryDelay());
        return false;
    }

    retryDelay() {
        return Math.min(LAST_RETRY, FIRST_RETRY * 2 ** Math.max(0, this.failures - 1));
    }

    /** The connection is back, or somebody logged in again: do not wait for the next try. */
    hurry() {
        if (this.failures && this.waiting.size) {
            this.schedule(0);
        }
    }

    // ---- telling ---------------------------------------------------------------------------

    /** @param {(event: {type: "answer"|"state", entry?: Object, answer?: Object}) => void} listener */
    listen(listener) {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    }

    tell(event) {
        for (const listener of this.listeners) {
            listener(event);
        }
    }

    changed() {
        const unsent = new Set([...this.waiting.keys(), ...this.sending.keys()]).size;
        Object.assign(this.state, {unsent, troubles: this.troubles.size});
        if (!this.failures) {
            this.state.phase = this.sending.size ? "sending" : unsent ? "waiting" : "idle";
        }
        this.storage?.keep(this.entries());
        this.tell({type: "state"});
    }

    /** At logout: nothing of this user stays in the browser. */
    forget() {
        browser.clearTimeout(this.timer);
        this.waiting.clear();
        this.troubles.clear();
        this.storage?.forget();
        this.changed();
    }
}

function withValue(values, value) {
    return values.some((one) => same(one, value)) ? values : [...values, value];
}

function asSent({key, lesson_id, work_id, pupil_id, field, old, value}) {
    return {
        key,
        lesson_id,
        work_id: work_id || null,
        pupil_id: pupil_id || null,
        field,
        old: old || false,
        value: value || false,
    };
}
