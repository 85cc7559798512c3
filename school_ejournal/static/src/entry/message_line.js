import {Component, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {askToOpen} from "./asking";

const REASONS = [
    ["forgot", () => _t("I forgot")],
    ["ill", () => _t("I was ill")],
    ["outage", () => _t("No power or Internet")],
    ["mistake", () => _t("A mistake to correct")],
];

/**
 * The line at the bottom: the rule of a closed cell, why a key did nothing, both values of a
 * conflict. Never a dialog.
 */
export class MessageLine extends Component {
    static template = "school_ejournal.MessageLine";
    static props = {page: Object, keys: {type: Boolean, optional: true}};

    setup() {
        this.page = this.props.page;
        this.store = this.page.store;
        this.message = useState(this.page.message);
        this.view = useState(this.page.view);
        this.other = useRef("other");
        this.reasons = REASONS;
    }

    get asked() {
        return this.view.asking;
    }

    get marks() {
        return this.store.journal.values.slice(0, 6);
    }

    openAsking() {
        this.view.asking = [this.page.askable.id];
    }

    async ask(code, reason) {
        if (reason.trim()) {
            await askToOpen(this.page, this.asked, {code, reason});
        }
    }

    onOtherKeydown(ev) {
        if (ev.key === "Enter") {
            this.ask("other", this.other.el.value);
        }
    }

    settle(keepOurs) {
        this.store.settle(this.message.entry, keepOurs);
        this.page.hush();
    }
}
