import {signOf} from "@school_ejournal/entry/attendance_sign";
import {enterAttendance, enterMark} from "./cell_entry";
import {layOut, parseTable} from "./paste";
import {idsOf, paintRow} from "./page_rows";

/**
 * Many cells at once: a paste or a filling of the empty ones is shown first, as ghosts with counts,
 * and entered as one step.
 *
 * @typedef {Object} Offer
 * @property {Object[]} fresh cells that are empty now, `{cell, changes, text}`
 * @property {Object[]} over cells that hold something else now
 * @property {number} same cells that hold that already
 * @property {string[]} unclear what was not understood, and names that are nobody's here
 * @property {{cell: Object, reason: string}[]} locked cells that take nothing
 */

/** @param {string} text from the clipboard @returns {Offer} */
export function offerPaste(store, text, {row, column}) {
    const {cells, unknown} = layOut(parseTable(text), {
        pupils: store.pupils,
        row,
        marks: store.journal.values,
        letters: store.journal.letters,
    });
    const offer = emptyOffer();
    offer.unclear.push(...unknown);
    for (const {row: at, shift, raw, value} of cells) {
        const cell = store.cellAt(at, column + shift);
        if (value?.empty) {
            continue;
        }
        if (!value || !cell) {
            offer.unclear.push(raw);
        } else {
            sortIn(store, offer, cell, value);
        }
    }
    return show(store, offer);
}

/** @param {Object} value as `parseCell` returns it @returns {Offer} the empty cells of a column */
export function offerFill(store, column, value) {
    const offer = emptyOffer();
    for (const row of store.rows) {
        const cell = row.cells[column.index];
        if (!cell.off && isEmpty(store, cell)) {
            sortIn(store, offer, cell, value);
        }
    }
    return show(store, offer);
}

function emptyOffer() {
    return {fresh: [], over: [], same: 0, unclear: [], locked: []};
}

function isEmpty(store, cell) {
    return !["mark", "attendance"].some((field) => store.value({...idsOf(cell), field}));
}

function sortIn(store, offer, cell, value) {
    const ids = idsOf(cell);
    const field = value.attendance ? "attendance" : "mark";
    const wanted = value.attendance || value.mark;
    const second = value.second || false;
    const hasSame = store.value({...ids, field}) === wanted;
    if (hasSame && (!second || store.value({...ids, field: "second_mark"}) === second)) {
        offer.same++;
        return;
    }
    const enter = value.attendance ? enterAttendance : enterMark;
    const {changes, refusal} = enter(store, cell, wanted);
    if (refusal) {
        offer.locked.push({cell, reason: refusal});
        return;
    }
    if (second) {
        changes.push({...ids, field: "second_mark", value: second});
    }
    const sign = value.attendance && signOf(value.attendance, store.journal.letters);
    const text = sign || [value.mark, second].filter(Boolean).join("/");
    (isEmpty(store, cell) ? offer.fresh : offer.over).push({cell, changes, text});
}

/** Draws the offer's ghosts. */
function show(store, offer) {
    for (const kind of ["fresh", "over"]) {
        for (const {cell, text} of offer[kind]) {
            store.pasted.set(`${cell.row.index}.${cell.column.index}`, {text, kind});
        }
    }
    redraw(store, offer);
    return offer;
}

/** @returns {number} how many cells were entered */
export function applyOffer(store, offer, {replace = false, title = ""} = {}) {
    store.pasted.clear();
    const chosen = replace ? [...offer.fresh, ...offer.over] : offer.fresh;
    store.enter(
        chosen.flatMap(({changes}) => changes),
        {title},
    );
    redraw(store, offer);
    return chosen.length;
}

export function dropOffer(store, offer) {
    store.pasted.clear();
    redraw(store, offer);
}

function redraw(store, offer) {
    for (const {cell} of [...offer.fresh, ...offer.over]) {
        paintRow(store, cell.row, [cell.column.lesson.id]);
    }
}

/** The column as text for another program: one line a pupil. */
export function columnAsText(store, column) {
    return store.rows.map((row) => row.cells[column].text).join("\n");
}
