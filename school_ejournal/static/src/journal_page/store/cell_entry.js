import {_t} from "@web/core/l10n/translation";
import {lateWithDigit, markOfChars} from "@school_ejournal/entry/keyboard";
import {idsOf} from "./page_rows";

/**
 * What typing into a cell does to its fields.
 *
 * Each function returns `{changes}` for `EntryStore.enter`, or `{refusal}`: why not, in one line.
 */

const change = (cell, field, value) => ({...idsOf(cell), field, value});

/** A mark; who gets one in an ordinary lesson was there, so it takes the place of an absence. */
export function enterMark(store, cell, value) {
    const refusal = store.refusal(cell, "mark");
    if (refusal) {
        return {refusal};
    }
    const changes = [change(cell, "mark", value)];
    const isAbsent = store.value({...idsOf(cell), field: "attendance"}) === "absent";
    // the mark of a control work may have been made up for later
    if (isAbsent && !cell.column.isControl && !store.refusal(cell, "attendance")) {
        changes.push(change(cell, "attendance", false));
    }
    return {changes};
}

/** Absent or late; an absence takes the place of an ordinary mark just typed. */
export function enterAttendance(store, cell, value) {
    const refusal = store.refusal(cell, "attendance");
    if (refusal) {
        return {refusal};
    }
    const changes = [change(cell, "attendance", value)];
    if (value === "absent" && !cell.column.isControl && !store.refusal(cell, "mark")) {
        changes.push(...clearingOfMark(store, cell));
    }
    return {changes};
}

export function enterSecondMark(store, cell, value) {
    const refusal = store.refusal(cell, "second_mark") || refusalOfSecond(store, cell);
    return refusal ? {refusal} : {changes: [change(cell, "second_mark", value)]};
}

/** Why the cell takes no second mark, or null. */
export function refusalOfSecond(store, cell) {
    if (!cell.column.twoMarks) {
        return _t(
            "Two marks stand only in written language works: choose dictation or essay for the column first.",
        );
    }
    if (!store.value({...idsOf(cell), field: "mark"})) {
        return _t("A second mark stands beside a first one: type that first.");
    }
    return null;
}

export function enterComment(store, cell, text) {
    const refusal = store.refusal(cell, "comment");
    if (refusal) {
        return {refusal};
    }
    return {changes: [change(cell, "comment", text.trim() || false)]};
}

/** Empties the mark; the attendance when there is no mark. */
export function clearCell(store, cell) {
    const ofMark = clearingOfMark(store, cell);
    if (ofMark.length) {
        const refusal = store.refusal(cell, "mark");
        return refusal ? {refusal} : {changes: ofMark};
    }
    if (store.value({...idsOf(cell), field: "attendance"})) {
        const refusal = store.refusal(cell, "attendance");
        return refusal ? {refusal} : {changes: [change(cell, "attendance", false)]};
    }
    return {changes: []};
}

function clearingOfMark(store, cell) {
    return ["second_mark", "mark"]
        .filter((field) => store.value({...idsOf(cell), field}))
        .map((field) => change(cell, field, false));
}

/**
 * One more character into a cell.
 *
 * @param {{mode: ""|"late"|"second"|"mark", typed: string}} state what was begun in this cell
 * @returns {Object} `{changes, done}` or `{refusal}`; `done`: the cursor may move on; `typed`: what
 *  to remember when it may not
 */
export function enterChar(store, cell, char, state) {
    const marks = store.journal.values;
    if (state.mode === "late" && /^\d$/.test(char)) {
        const now = store.value({...idsOf(cell), field: "attendance"}) || "late";
        const value = lateWithDigit(now, char);
        if (!value) {
            return {refusal: _t("A pupil is late by 1 to 240 minutes.")};
        }
        return {...enterAttendance(store, cell, value), done: false, mode: "late"};
    }
    const found = markOfChars(marks, state.typed || "", char);
    if (!found) {
        return {refusal: unknownMark(store, (state.typed || "") + char)};
    }
    if (!found.value) {
        return {changes: [], done: false, mode: state.mode, typed: (state.typed || "") + char};
    }
    const enter = state.mode === "second" ? enterSecondMark : enterMark;
    return {
        ...enter(store, cell, found.value),
        done: !found.more,
        mode: state.mode,
        typed: found.more ? (state.typed || "") + char : "",
    };
}

export function unknownMark(store, text) {
    if (store.journal.assessment === "none") {
        return _t("This class gets no marks in this subject.");
    }
    return _t("“%(text)s” is no mark here. Marks: %(marks)s. Press ? for all keys.", {
        text,
        marks: store.journal.values.join(", "),
    });
}
