import {onMounted, onPatched, useRef} from "@odoo/owl";

/** Cells before the first one of a row that the cursor comes to: the name. */
const LEADING = 1;
export const CELL = "td[role='gridcell'][tabindex]";

export class GridCursor {
    constructor(size, {scroller, body}) {
        Object.assign(this, {size, scroller, body, row: 0, column: 0});
    }

    td(row, column) {
        return this.body.el?.rows[row]?.cells[column + LEADING];
    }

    focus(row, column) {
        this.td(row, column)?.focus({preventScroll: true});
    }

    /** @param {[number, number]} by rows and columns; infinite to the edge */
    move([rows, columns]) {
        const within = (value, count) => Math.max(0, Math.min(value, count - 1));
        this.focus(
            within(this.row + rows, this.size.rows()),
            within(this.column + columns, this.size.columns()),
        );
    }

    /** @returns {{row: number, column: number}|null} where a cell stands */
    placeOf(td) {
        const row = td?.parentElement?.rowIndex - this.table.tHead.rows.length;
        return td ? {row, column: td.cellIndex - LEADING} : null;
    }

    get table() {
        return this.body.el.parentElement;
    }

    /** The focus has come to a cell. */
    come(td, {row, column}) {
        Object.assign(this, {row, column});
        this.setTarget();
        this.reveal(td);
    }

    /** The one cell that Tab comes to. */
    setTarget() {
        const td = this.td(this.row, this.column);
        if (td && td !== this.target) {
            this.target?.setAttribute("tabindex", "-1");
            td.setAttribute("tabindex", "0");
            this.target = td;
        }
    }

    /** Scrolls as little as it takes to see the cell beside the frozen parts. */
    reveal(td) {
        const box = this.scroller.el;
        const page = box.getBoundingClientRect();
        const cell = td.getBoundingClientRect();
        const width = (selector) => td.parentElement.querySelector(selector)?.offsetWidth || 0;
        const left = page.left + box.clientLeft + width(".o_ej_name");
        const right = page.left + box.clientLeft + box.clientWidth - width(".o_ej_average");
        const top = page.top + box.clientTop + this.table.tHead.offsetHeight;
        const bottom = page.top + box.clientTop + box.clientHeight;
        if (cell.top < top) {
            box.scrollTop -= top - cell.top;
        } else if (cell.bottom > bottom) {
            box.scrollTop += cell.bottom - bottom;
        }
        if (cell.left < left) {
            box.scrollLeft -= left - cell.left;
        } else if (cell.right > right) {
            box.scrollLeft += cell.right - right;
        }
    }

    /** Says no to a key. */
    shake(row, column) {
        const td = this.td(row, column);
        td?.classList.remove("o_ej_shake");
        // read, so that the animation starts anew
        void td?.offsetWidth;
        td?.classList.add("o_ej_shake");
    }
}

/**
 * The browser's focus as the cursor of a grid, so that moving draws nothing: a table whose rows begin
 * with a `th.o_ej_name` and whose cells are `td[role=gridcell][tabindex=-1]`.
 *
 * The component gives `t-ref="scroller"` to what scrolls and `t-ref="body"` to the `tbody`.
 *
 * @param {{rows: () => number, columns: () => number}} size how many there are
 */
export function useGridCursor(size) {
    const cursor = new GridCursor(size, {scroller: useRef("scroller"), body: useRef("body")});
    onMounted(() => cursor.setTarget());
    onPatched(() => cursor.setTarget());
    return cursor;
}
