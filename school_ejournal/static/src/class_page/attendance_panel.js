import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {longDay, shortDay} from "@school_ejournal/entry/dates";
import {REASONS, nameOf, signOf} from "./reasons";

/** What is selected, in words, and the buttons that set it. */
export class AttendancePanel extends Component {
    static template = "school_ejournal.AttendancePanel";
    static props = {store: Object};

    setup() {
        this.store = this.props.store;
        this.page = useState(this.store.page);
        this.selected = useState(this.store.selected);
        this.state = useState({from: "", to: "", note: ""});
        this.action = useService("action");
        this.reasons = REASONS;
        this.nameOf = nameOf;
        this.signOf = signOf;
    }

    get pupils() {
        const {row, toRow} = this.selected;
        return this.page.pupils.slice(Math.min(row, toRow), Math.max(row, toRow) + 1);
    }

    get severalText() {
        return _t("%(count)s pupils", {count: this.pupils.length});
    }

    get days() {
        const {column, toColumn} = this.selected;
        return this.page.days.slice(Math.min(column, toColumn), Math.max(column, toColumn) + 1);
    }

    get heading() {
        const [first, last] = [this.days[0]?.date, this.days.at(-1)?.date];
        if (!first) {
            return "";
        }
        return first === last ? longDay(first) : `${shortDay(first)} – ${shortDay(last)}`;
    }

    get one() {
        return this.pupils.length === 1 && this.days.length === 1;
    }

    get described() {
        return this.one && this.store.describe(this.pupils[0].cells[this.days[0].date]);
    }

    get absences() {
        return this.one ? this.store.absencesOn(this.pupils[0], this.days[0].date) : [];
    }

    place(row) {
        const days =
            row.date_start === row.date_end
                ? shortDay(row.date_start)
                : `${shortDay(row.date_start)} – ${shortDay(row.date_end)}`;
        const from = row.number_from || 1;
        return row.number_from || row.number_to ? `${days}, ${from}–${row.number_to || "…"}` : days;
    }

    async set(reason) {
        const more = {};
        if (this.state.from) {
            more.number_from = Number(this.state.from);
        }
        if (this.state.to) {
            more.number_to = Number(this.state.to);
        }
        if (this.state.note.trim() && reason) {
            more.note = this.state.note.trim();
        }
        await this.store.set(reason, more);
        Object.assign(this.state, {from: "", to: "", note: ""});
    }

    openForm(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "ejournal.absence",
            res_id: row.id,
            views: [[false, "form"]],
        });
    }
}
