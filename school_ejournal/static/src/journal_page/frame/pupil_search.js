import {Component, useState} from "@odoo/owl";
import {useAutofocus} from "@web/core/utils/hooks";
import {_t} from "@web/core/l10n/translation";
import {markOfChars} from "@school_ejournal/entry/keyboard";
import {findPupils} from "@school_ejournal/entry/search";
import {enterMark, unknownMark} from "../store/cell_entry";

const SHOWN = 6;

/**
 * A stack of notebooks is not in the order of the list: letters find the pupil, a digit marks him,
 * and the next letters find the next. Enter goes to the cell, Escape back to the list.
 */
export class PupilSearch extends Component {
    static template = "school_ejournal.PupilSearch";
    static props = {page: Object, column: Object};

    setup() {
        this.page = this.props.page;
        this.store = this.page.store;
        this.state = useState({query: "", at: 0, done: ""});
        useAutofocus();
    }

    get found() {
        return findPupils(this.store.pupils, this.state.query)
            .filter((pupil) => this.cellOf(pupil).off !== "absent")
            .slice(0, SHOWN);
    }

    cellOf(pupil) {
        return this.store.rowOf.get(pupil.id).cells[this.props.column.index];
    }

    onInput(ev) {
        Object.assign(this.state, {query: ev.target.value.trimStart(), at: 0});
    }

    onKeydown(ev) {
        const {found} = this;
        const pupil = found[this.state.at];
        const handlers = {
            Escape: () => this.close(),
            Enter: () => (pupil ? this.goTo(pupil) : this.close()),
            ArrowDown: () => (this.state.at = Math.min(found.length - 1, this.state.at + 1)),
            ArrowUp: () => (this.state.at = Math.max(0, this.state.at - 1)),
        };
        const isDigit = /^\d$/.test(ev.key) && this.state.query && !/^\d/.test(this.state.query);
        if (handlers[ev.key]) {
            handlers[ev.key]();
        } else if (isDigit && pupil) {
            this.mark(pupil, ev.key);
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    mark(pupil, char) {
        const found = markOfChars(this.store.journal.values, "", char);
        if (!found?.value) {
            this.state.done = unknownMark(this.store, char);
            return;
        }
        const cell = this.cellOf(pupil);
        const {changes, refusal} = enterMark(this.store, cell, found.value);
        if (refusal) {
            this.state.done = refusal;
            return;
        }
        this.store.enter(changes);
        const done = _t("%(pupil)s: %(mark)s", {pupil: pupil.short_name, mark: found.value});
        Object.assign(this.state, {query: "", at: 0, done});
    }

    goTo(pupil) {
        this.page.view.searching = false;
        this.page.focusCell(this.store.rowOf.get(pupil.id).index, this.props.column.index);
    }

    close() {
        this.page.view.searching = false;
        this.page.focusStart();
    }
}
