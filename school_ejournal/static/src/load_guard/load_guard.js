import {Component, onMounted, onWillUnmount, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

/**
 * Warns of too much for the class on this day while the teacher types: homework of all subjects,
 * control works. It asks the server once a lesson, and only when there is something to warn of.
 * A hint: nothing is refused.
 */
export class LoadGuard extends Component {
    static template = "school_ejournal.LoadGuard";
    static props = {lessonId: Number, minutes: Number, hasControl: Boolean};

    setup() {
        this.orm = useService("orm");
        this.root = useRef("root");
        this.state = useState({load: null, typed: null});
        const onInput = (ev) => ev.target.matches(".o_ej_minutes") && this.onTyped(ev.target.value);
        onMounted(() => {
            this.home = this.root.el.parentElement;
            this.home.addEventListener("input", onInput);
            if (this.props.hasControl || this.props.minutes) {
                this.ask();
            }
        });
        onWillUnmount(() => this.home.removeEventListener("input", onInput));
    }

    onTyped(text) {
        this.state.typed = Number.parseInt(text, 10) || 0;
        this.ask();
    }

    async ask() {
        this.asked ||= this.orm.silent.call("ejournal.lesson", "load_guard", [
            [this.props.lessonId],
        ]);
        try {
            this.state.load = await this.asked;
        } catch {
            // a hint that cannot be had is no reason to disturb
            this.asked = null;
        }
    }

    get warnings() {
        const {load, typed} = this.state;
        if (!load) {
            return [];
        }
        const own = typed ?? this.props.minutes;
        const minutes = load.minutes + own;
        const over = own && load.limit && minutes > load.limit;
        return [
            over &&
                _t("Homework of the class on this day: %(minutes)s min of %(limit)s", {
                    minutes,
                    limit: load.limit,
                }),
            this.props.hasControl && load.controls,
        ].filter(Boolean);
    }
}
