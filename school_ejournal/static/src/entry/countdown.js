import {Component, onWillUnmount, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {duration} from "./dates";
import {closesAt} from "./windows";

const EVERY = 20000;
const SOON = 3600000;

/** How long the lesson is still open. */
export class Countdown extends Component {
    static template = "school_ejournal.Countdown";
    static props = {page: Object, lesson: Object};

    setup() {
        this.store = this.props.page.store;
        this.facts = useState(this.store.facts);
        this.clock = useState({ticks: 0});
        const timer = browser.setInterval(() => this.tick(), EVERY);
        onWillUnmount(() => browser.clearInterval(timer));
    }

    tick() {
        const {left} = this;
        this.clock.ticks++;
        if (this.wasOpen && left <= 0) {
            // the day's lock: read the lesson's windows with their sentences anew
            this.store.refresh().catch(() => {});
        }
        this.wasOpen = left > 0;
    }

    get left() {
        return closesAt(this.props.lesson, this.store.now()) - this.store.now();
    }

    get text() {
        const {state} = this.props.lesson.window.content;
        const isRead = this.clock.ticks >= 0 && this.facts.version >= 0;
        if (isRead && this.left > 0) {
            return _t("closes in %(time)s", {time: duration(this.left)});
        }
        return (
            {
                future: _t("not yet"),
                cancelled: _t("cancelled"),
                read_only: _t("read only"),
                archived: _t("archived"),
            }[state] || _t("closed")
        );
    }

    get look() {
        if (this.left <= 0) {
            return "o_ej_chip o_ej_chip_closed";
        }
        return this.left < SOON ? "o_ej_chip o_ej_chip_soon" : "o_ej_chip o_ej_chip_open";
    }
}
