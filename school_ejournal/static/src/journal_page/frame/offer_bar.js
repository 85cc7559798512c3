import {Component, onMounted, useExternalListener, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** What a paste would do, with counts, before it is done; and "undo" after it was. */
export class OfferBar extends Component {
    static template = "school_ejournal.OfferBar";
    static props = {page: Object};

    setup() {
        this.page = this.props.page;
        this.view = useState(this.page.view);
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
        onMounted(() => this.page.hush());
    }

    get offer() {
        return this.view.offer.offer;
    }

    get counts() {
        const {fresh, over, same, unclear, locked} = this.offer;
        const parts = [
            _t("%(count)s new", {count: fresh.length}),
            same && _t("%(count)s same", {count: same}),
            over.length && _t("%(count)s over other marks", {count: over.length}),
            locked.length && _t("%(count)s closed", {count: locked.length}),
            unclear.length && _t("%(count)s not understood", {count: unclear.length}),
        ];
        return parts.filter(Boolean);
    }

    get unclearText() {
        const shown = [...new Set(this.offer.unclear)].slice(0, 6);
        return shown.map((text) => `“${text}”`).join(", ");
    }

    get lockedText() {
        const reasons = new Set(this.offer.locked.map(({reason}) => reason));
        return [...reasons].slice(0, 2).join(" ");
    }

    onKeydown(ev) {
        if (!this.view.offer) {
            return;
        }
        if (ev.key === "Escape") {
            ev.preventDefault();
            this.page.dropOffer();
        } else if (ev.key === "Enter" && !ev.target.closest(".o_ej_offer, .o_ej_scroller")) {
            ev.preventDefault();
            this.page.applyOffer();
        }
    }
}
