import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {clockTime} from "./dates";

/** "All saved 14:02", or what is not and why. */
export class SaveStatus extends Component {
    static template = "school_ejournal.SaveStatus";
    static props = {page: Object};

    setup() {
        this.page = this.props.page;
        this.queue = useState(this.page.store.queue.state);
    }

    get count() {
        return this.queue.unsent;
    }

    get text() {
        const {phase, savedAt} = this.queue;
        const {count} = this;
        const texts = {
            offline: _t("No connection: %(count)s kept here, will be sent", {count}),
            expired: _t("Logged out: %(count)s kept here", {count}),
            server: _t("The server does not answer: %(count)s kept here", {count}),
            sending: _t("Saving…"),
            waiting: _t("Saving…"),
        };
        if (texts[phase]) {
            return texts[phase];
        }
        return savedAt ? _t("All saved %(time)s", {time: clockTime(savedAt)}) : _t("All saved");
    }

    get state() {
        const {phase} = this.queue;
        if (["offline", "expired", "server"].includes(phase)) {
            return "bad";
        }
        return phase === "idle" ? "saved" : "sending";
    }

    /** To the next cell that the server did not take. */
    showTrouble() {
        const entries = this.page.store.troubles();
        this.shown = ((this.shown ?? -1) + 1) % entries.length;
        if (entries[this.shown]) {
            this.page.showTrouble(entries[this.shown]);
        }
    }
}
