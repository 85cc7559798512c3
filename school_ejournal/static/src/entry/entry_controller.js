import {reactive} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {withoutInvitation} from "./asking";
import {shortMoment} from "./dates";
import {canAsk, isOpen} from "./windows";

/**
 * What the parts of a page of entry share: its store, what its bottom line says, which lessons are
 * being asked for. Components read `view` and `message` and call methods.
 */
export class EntryController {
    /** @param {{store: import("./cell_store").CellStore, orm: Object}} services @param {Object} view */
    constructor({store, orm}, view = {}) {
        this.store = store;
        this.orm = orm;
        /** asking: ids of the lessons that are being asked for, or null */
        this.view = reactive({asking: null, undoBar: null, ...view});
        this.message = reactive({text: "", tone: "", ask: false, entry: null});
    }

    // ---- the bottom line ----------------------------------------------------------------

    say(text, tone = "") {
        Object.assign(this.message, {text, tone, ask: false, entry: null});
    }

    hush() {
        this.say("");
    }

    /** A rule, with a button to ask where that makes sense. */
    sayRule(text, lesson, tone = "rule") {
        const ask = canAsk(lesson) && !isOpen(lesson, this.store.now());
        Object.assign(this.message, {
            text: ask ? withoutInvitation(text) : text,
            tone,
            ask,
            entry: null,
        });
    }

    /** What the server did not take, with buttons to end it. */
    sayTrouble(entry) {
        const text = this.troubleText(entry);
        Object.assign(this.message, {text, tone: "trouble", ask: false, entry});
    }

    troubleText(entry) {
        if (entry.trouble !== "conflict") {
            return _t("“%(value)s” was not taken: %(reason)s", {
                value: this.shown(entry.value),
                reason: entry.reason,
            });
        }
        return _t("%(who)s entered “%(theirs)s” (%(when)s); yours is “%(ours)s”.", {
            who: entry.by || _t("Somebody"),
            theirs: this.shown(entry.theirs),
            when: entry.changed_at ? shortMoment(entry.changed_at) : _t("just now"),
            ours: this.shown(entry.value),
        });
    }

    shown(value) {
        if (value === true) {
            return _t("yes");
        }
        return this.store.journal.letters[value] || value || _t("empty");
    }

    /** The lesson that the bottom line's "ask to open" means. */
    get askable() {
        return null;
    }

    /** After a request has gone. */
    onAsked() {}

    // ---- steps ---------------------------------------------------------------------------

    takeBack(way) {
        const step = this.store.takeBack(way);
        this.view.undoBar = null;
        if (!step) {
            this.say(way === "back" ? _t("Nothing to undo.") : _t("Nothing to redo."));
            return null;
        }
        if (step.skipped) {
            this.say(
                _t("%(count)s cells changed since or are closed: they stay.", {
                    count: step.skipped,
                }),
                "wrong",
            );
        }
        return step;
    }

    /** The next cell that the server did not take, wherever it is. */
    showTrouble(entry) {
        this.sayTrouble(entry);
    }
}
