import {Component, onMounted, useEffect, useState} from "@odoo/owl";
import {dayNumber, weekdayShort} from "@school_ejournal/entry/dates";
import {CELL, useGridCursor} from "@school_ejournal/entry/grid_cursor";
import {reasonOfKey} from "./reasons";

const MOVES = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    Home: [0, -Infinity],
    End: [0, Infinity],
    PageUp: [-10, 0],
    PageDown: [10, 0],
};

/** Pupils × days. The browser's focus is the cursor; Shift makes it a range. */
export class AttendanceGrid extends Component {
    static template = "school_ejournal.AttendanceGrid";
    static props = {store: Object};

    setup() {
        this.store = this.props.store;
        this.page = useState(this.store.page);
        this.selected = useState(this.store.selected);
        this.cursor = useGridCursor({
            rows: () => this.store.page.pupils.length,
            columns: () => this.store.page.days.length,
        });
        this.dayNumber = dayNumber;
        this.weekday = weekdayShort;
        onMounted(() => this.focusSelected());
        useEffect(
            () => this.focusSelected(),
            () => [this.page.class.id, this.page.month.first],
        );
        this.extending = false;
    }

    focusSelected() {
        const {toRow, toColumn} = this.store.selected;
        this.cursor.focus(toRow, Math.max(0, toColumn));
    }

    isToday(day) {
        return day.date === this.page.class.today;
    }

    cellClass(pupil, day, row, column) {
        const names = [this.store.look(this.store.cell(pupil, day.date))];
        if (!this.store.isOnList(pupil, day.date)) {
            names.push("o_ej_off");
        }
        if (this.isToday(day)) {
            names.push("o_ej_today");
        }
        if (day.state === "closed") {
            names.push("o_ej_closed");
        }
        // read from the reactive copy, so that a new selection is drawn
        const {row: r, toRow, column: c, toColumn} = this.selected;
        const within = (value, a, b) => value >= Math.min(a, b) && value <= Math.max(a, b);
        if (within(row, r, toRow) && within(column, c, toColumn)) {
            names.push("o_ej_selected");
        }
        return names.filter(Boolean).join(" ");
    }

    onFocusin(ev) {
        const td = ev.target.closest(CELL);
        const place = this.cursor.placeOf(td);
        if (place) {
            this.cursor.come(td, place);
            this.store.select(place.row, place.column, this.extending);
        }
        this.extending = false;
    }

    onMousedown(ev) {
        this.extending = ev.shiftKey;
    }

    onKeydown(ev) {
        if (ev.ctrlKey || ev.metaKey || ev.altKey || !ev.target.closest(CELL)) {
            return;
        }
        const reason = reasonOfKey(ev.key);
        if (MOVES[ev.key]) {
            this.extending = ev.shiftKey;
            this.cursor.move(MOVES[ev.key]);
        } else if (reason) {
            this.store.set(reason);
        } else if (ev.key === "Delete" || ev.key === "Backspace") {
            this.store.set(false);
        } else {
            return;
        }
        ev.preventDefault();
    }
}
