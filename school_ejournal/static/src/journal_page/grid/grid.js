import {Component, onMounted, onWillUnmount, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {usePopover} from "@web/core/popover/popover_hook";
import {CELL, useGridCursor} from "@school_ejournal/entry/grid_cursor";
import {actionOfKey} from "@school_ejournal/entry/keyboard";
import {columnAsText} from "../store/bulk";
import {CellCard} from "./cell_card";
import {ColumnMenu} from "./column_menu";
import {GridRow} from "./grid_row";
import {Typing} from "./typing";

/** As many rows as a screen shows: the view is usable before the others are drawn. */
const FIRST_ROWS = 24;

/**
 * The left page: pupils and dated columns. The browser's focus is the cursor, so that moving draws
 * nothing.
 */
export class Grid extends Component {
    static template = "school_ejournal.Grid";
    static components = {GridRow};
    static props = {page: Object};

    setup() {
        this.page = this.props.page;
        this.store = this.page.store;
        this.layout = useState(this.store.layout);
        this.view = useState(this.page.view);
        this.cursor = useGridCursor({
            rows: () => this.store.rows.length,
            columns: () => this.store.columns.length,
        });
        this.typing = new Typing(this.store);
        this.card = usePopover(CellCard, {position: "right", popoverClass: "o_ej_popover"});
        this.menu = usePopover(ColumnMenu, {position: "bottom", popoverClass: "o_ej_popover"});
        this.page.focusCell = (row, column) => this.cursor.focus(row, column);
        this.page.shake = (cell) => this.cursor.shake(cell.row.index, cell.column.index);
        this.page.scrollToColumn = (column) => this.scrollToColumn(column);
        this.progress = useState({rows: FIRST_ROWS});
        onMounted(() => {
            this.page.focusStart();
            // the rest after the first paint
            this.timer = browser.setTimeout(() => {
                this.progress.rows = Number.POSITIVE_INFINITY;
                this.view.settled = true;
            }, 30);
        });
        onWillUnmount(() => {
            browser.clearTimeout(this.timer);
            this.page.focusCell = this.page.shake = () => {};
        });
    }

    get rows() {
        return this.store.rows.slice(0, this.progress.rows);
    }

    /** Periods whose marks stand at the right. */
    get periods() {
        const ids = new Set(this.store.periodMarks.map(({period_id}) => period_id));
        return (this.store.journal.periods || []).filter(({id}) => ids.has(id));
    }

    get hasAverage() {
        return this.store.journal.assessment === "marks" && !this.view.projector;
    }

    // ---- cursor ------------------------------------------------------------------------

    cellOf(td) {
        const place = this.cursor.placeOf(td);
        return place && this.store.cellAt(place.row, place.column);
    }

    get cell() {
        return this.store.cellAt(this.cursor.row, this.cursor.column);
    }

    /** Down to the next pupil who was on the list that day. */
    moveDown() {
        const {row, column} = this.cursor;
        const next = this.store.rows.find(
            ({index, cells}) => index > row && cells[column].off === null,
        );
        if (next) {
            this.cursor.focus(next.index, column);
        }
    }

    /** To the next open column; out of the grid when there is none. */
    tab(step) {
        const {row, column} = this.cursor;
        const columns = this.store.columns;
        for (let at = column + step; columns[at]; at += step) {
            if (columns[at].isOpen || columns[at].takesMarks) {
                this.cursor.focus(row, at);
                return true;
            }
        }
        return step > 0 && this.page.focusPanel();
    }

    // ---- events ---------------------------------------------------------------------------

    onFocusin(ev) {
        const td = ev.target.closest(CELL);
        const cell = this.cellOf(td);
        if (!cell) {
            return;
        }
        this.cursor.come(td, {row: cell.row.index, column: cell.column.index});
        this.typing.follow(cell);
        this.page.explain(cell);
        this.page.choose(cell.column.lesson.id);
    }

    onKeydown(ev) {
        if (!ev.target.closest(CELL) || !this.cell) {
            return;
        }
        const action = actionOfKey(ev, this.store.journal.values);
        if (!action || this.act(action) === false) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    /** @returns {boolean|void} false when the key stays the browser's */
    act(action) {
        const {page} = this;
        if (page.view.offer && ["escape", "move"].includes(action.type)) {
            return this.actOnOffer(action);
        }
        const handlers = {
            move: () => this.cursor.move(action.by),
            tab: () => Boolean(this.tab(action.by[1])),
            search: () => (page.view.searching = true),
            help: () => (page.view.help = true),
            undo: () => page.takeBack("back"),
            redo: () => page.takeBack("forth"),
            card: () => this.openCard(this.cell),
            today: () => page.showToday(),
            month: () => page.show("month"),
            period: () => page.show("period"),
            escape: () => page.hush(),
        };
        if (handlers[action.type]) {
            return handlers[action.type]() === false ? false : undefined;
        }
        return this.type(action);
    }

    actOnOffer(action) {
        if (action.type === "escape") {
            this.page.dropOffer();
        } else if (action.by[0] === 1) {
            this.page.applyOffer();
        } else {
            this.cursor.move(action.by);
        }
    }

    type(action) {
        const {cell} = this;
        const result = this.typing.press(action, cell);
        if (result.refusal) {
            this.page.refuse(result.refusal, cell);
        } else if (result.move) {
            this.moveDown();
        } else if (result.goTo) {
            const {row, column} = result.goTo;
            this.cursor.focus(row.index, column.index);
        }
        if (result.hint) {
            this.page.say(result.hint);
        }
    }

    onPaste(ev) {
        if (this.cell && ev.target.closest(CELL)) {
            ev.preventDefault();
            this.page.paste(ev.clipboardData.getData("text/plain"), this.cell);
        }
    }

    onCopy(ev) {
        if (this.cell && ev.target.closest(CELL)) {
            ev.preventDefault();
            const text = columnAsText(this.store, this.cursor.column);
            ev.clipboardData.setData("text/plain", text);
        }
    }

    onContextmenu(ev) {
        const cell = this.cellOf(ev.target.closest(CELL));
        if (cell) {
            ev.preventDefault();
            this.openCard(cell);
        }
    }

    openCard(cell) {
        const td = this.cursor.td(cell.row.index, cell.column.index);
        this.card.open(td, {page: this.page, cell, back: () => td.focus()});
    }

    openMenu(ev, column) {
        this.page.choose(column.lesson.id);
        this.menu.open(ev.currentTarget, {page: this.page, column});
    }

    scrollToColumn(column) {
        const td = this.cursor.td(0, column.index);
        if (td) {
            this.cursor.reveal(td);
        }
    }
}
