/** How long a tab may be silent before another takes over what it could not send. */
const DEAD_AFTER = 20000;

/**
 * Keeps unsent cells in the browser, per user and database: ids and values, no names.
 *
 * Each tab has a key of its own, so that two tabs do not overwrite each other; what a tab leaves
 * behind is taken over by the next one.
 */
export class QueueStorage {
    /**
     * @param {Storage} backing localStorage
     * @param {{database: string, userId: number, tab: string, now?: () => number}} owner
     */
    constructor(backing, {database, userId, tab, now = Date.now}) {
        this.backing = backing;
        this.prefix = `school_ejournal.unsent.${database}.${userId}.`;
        this.key = this.prefix + tab;
        this.now = now;
    }

    /** @param {Object[]} entries all that is not saved yet; replaces what was kept */
    keep(entries) {
        try {
            if (entries.length) {
                this.backing.setItem(this.key, JSON.stringify({at: this.now(), entries}));
            } else {
                this.backing.removeItem(this.key);
            }
            return true;
        } catch {
            // a full or forbidden storage: the cells are still in memory
            return false;
        }
    }

    /** What this tab left before it was reloaded, and what dead tabs left. */
    takeOver() {
        const keys = Object.keys(this.backing).filter((key) => key.startsWith(this.prefix));
        const entries = [];
        for (const key of keys) {
            const kept = this.read(key);
            if (key === this.key || this.now() - kept.at > DEAD_AFTER) {
                entries.push(...kept.entries);
                this.backing.removeItem(key);
            }
        }
        return entries;
    }

    read(key) {
        try {
            const kept = JSON.parse(this.backing.getItem(key));
            return {at: kept.at || 0, entries: Array.isArray(kept.entries) ? kept.entries : []};
        } catch {
            return {at: 0, entries: []};
        }
    }

    /** Nothing of this user stays, whichever tab it came from. */
    forget() {
        for (const key of Object.keys(this.backing)) {
            if (key.startsWith(this.prefix)) {
                this.backing.removeItem(key);
            }
        }
    }
}
