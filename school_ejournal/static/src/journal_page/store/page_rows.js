import {reactive} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {signOf, spokenAttendance} from "@school_ejournal/entry/attendance_sign";
import {keyOf} from "@school_ejournal/entry/entry_key";
import {isOpen, isWritable, windowOf} from "@school_ejournal/entry/windows";
import {averageOf, shownAverage} from "./averages";

/**
 * The rows of the page: for each pupil what each cell shows, ready to be drawn.
 *
 * @typedef {Object} Cell
 * @property {Object} row
 * @property {import("./page_columns").Column} column
 * @property {"absent"|"exempt"|null} off not on the list that day, or exempt
 * @property {string} text
 * @property {string} look CSS classes: what seldom changes
 * @property {string} state words of the `data-state` attribute: what keys change. Not classes, since
 *  Odoo has rules with `:has([class…])`: each changed class makes the browser restyle the whole page.
 * @property {string} label what a screen reader says
 * @property {Object|undefined} trouble the entry that the server did not take
 */

/** @param {import("./entry_store").EntryStore} store */
export function buildRows(store) {
    const now = store.now();
    for (const column of store.columns) {
        column.isOpen = isOpen(column.lesson, now);
        const window = windowOf(column.lesson, "mark", column.work);
        column.takesMarks = isWritable(window, "mark", now) && !column.struckOut;
        column.look = lookOfColumn(column);
    }
    return store.pupils.map((pupil, index) => {
        // kept when the page is read again: a row's component follows it as long as it lives
        const paint = store.rowOf?.get(pupil.id)?.paint || reactive({version: 0});
        const row = {index, pupil, paint, lastDay: lastDayOf(pupil)};
        row.cells = store.columns.map((column) => ({
            row,
            column,
            off: whyOff(pupil, column.lesson.date, store.exemptions),
        }));
        row.cells.forEach((cell) => paintCell(store, cell));
        row.average = shownAverage(averageOfRow(store, row));
        row.periodMarks = periodMarksOf(store, pupil.id);
        return row;
    });
}

/** Draws the cells of some lessons anew. */
export function paintRow(store, row, lessonIds) {
    for (const lessonId of lessonIds) {
        for (const column of store.columnsOf.get(lessonId) || []) {
            paintCell(store, row.cells[column.index]);
        }
    }
    row.average = shownAverage(averageOfRow(store, row));
    row.paint.version++;
}

function lookOfColumn(column) {
    const looks = [];
    if (column.isToday) {
        looks.push("o_ej_today");
    }
    if (column.lesson.state === "cancelled") {
        looks.push("o_ej_cancelled");
    } else if (!column.isOpen && !column.takesMarks) {
        looks.push(column.isFuture ? "o_ej_future" : "o_ej_closed");
    } else if (!column.isToday) {
        looks.push("o_ej_reopened");
    }
    if (column.isControl) {
        looks.push("o_ej_control");
    }
    if (column.struckOut) {
        looks.push("o_ej_struck");
    }
    if (column.isFirst) {
        looks.push("o_ej_first");
    }
    return looks.join(" ");
}

/** The day a pupil left the list, or "" while he is on it. */
function lastDayOf(pupil) {
    const ends = pupil.spans.map((span) => span.date_end || "");
    return ends.includes("") ? "" : ends.sort().at(-1);
}

function whyOff(pupil, day, exemptions) {
    const covers = (span) => span.date_start <= day && (!span.date_end || span.date_end >= day);
    if (!pupil.spans.some(covers)) {
        return "absent";
    }
    const own = exemptions.filter((exemption) => exemption.pupil_id === pupil.id);
    return own.some(covers) ? "exempt" : null;
}

/** @returns {Object} ids of a cell, to name its fields by */
export function idsOf(cell) {
    return {
        lesson_id: cell.column.lesson.id,
        work_id: cell.column.workId,
        pupil_id: cell.row.pupil.id,
    };
}

function paintCell(store, cell) {
    const {column, off} = cell;
    if (off === "absent") {
        Object.assign(cell, {
            text: "",
            look: `${column.look} o_ej_off`,
            state: "",
            label: `${cell.row.pupil.short_name}, ${column.spoken}, ${_t("not on the list then")}`,
            trouble: undefined,
        });
        return;
    }
    const ids = idsOf(cell);
    const mark = store.value({...ids, field: "mark"});
    const second = store.value({...ids, field: "second_mark"});
    const comment = store.value({...ids, field: "comment"});
    const attendance = store.value({...ids, field: "attendance"});
    const ghost = store.pasted.get(`${cell.row.index}.${column.index}`);
    const state = queueState(store, ids);
    cell.trouble = state.trouble;
    const marks = second ? `${mark || ""}/${second}` : mark || "";
    const sign = signOf(attendance, store.journal.letters);
    const words = [];
    if (marks) {
        words.push("mark");
    }
    if (attendance) {
        words.push(attendance === "absent" ? "absent" : "late");
    }
    if (comment) {
        words.push("commented");
    }
    if (state.word) {
        words.push(state.word);
    }
    let text = [sign, marks].filter(Boolean).join(" ");
    if (off === "exempt" && !text) {
        text = store.journal.letters.exempt;
        words.push("exempt");
    } else if (ghost) {
        text = ghost.text;
        words.push("ghost", `ghost_${ghost.kind}`);
    } else if (!text && isProposed(column, cell.row.pupil.id)) {
        text = store.journal.letters.absent;
        words.push("proposed");
    }
    Object.assign(cell, {text, look: column.look, state: words.join(" ")});
    const spokenSign = spokenAttendance(attendance);
    const spokenValue = [spokenSign, marks, comment, state.spoken].filter(Boolean).join(", ");
    const empty = off === "exempt" ? _t("exempt") : _t("empty");
    cell.label = `${cell.row.pupil.short_name}, ${column.spoken}, ${spokenValue || empty}`;
}

function isProposed(column, pupilId) {
    return (
        column.isFirst &&
        !column.lesson.attendance_confirmed &&
        Boolean(column.lesson.proposals.absent?.includes(pupilId))
    );
}

/** The worst that one of the cell's fields is in. */
function queueState(store, ids) {
    let state = {word: "", spoken: ""};
    if (store.queue.isEmpty) {
        return state;
    }
    for (const field of ["mark", "second_mark", "comment", "attendance"]) {
        const entry = store.queue.entryOf(keyOf({...ids, field}));
        if (entry?.trouble) {
            const word = store.isLate(entry) ? "unsent" : entry.trouble;
            return {word, spoken: _t("not saved"), trouble: entry};
        }
        if (entry) {
            state = {word: "sending", spoken: ""};
        }
    }
    return state;
}

function averageOfRow(store, row) {
    const pairs = [];
    for (const cell of row.cells) {
        const {column, off} = cell;
        if (!off && !column.struckOut && column.lesson.state !== "cancelled") {
            const value = (field) => store.value({...idsOf(cell), field});
            pairs.push([value("mark"), value("second_mark")]);
        }
    }
    return averageOf(pairs, store.journal.scores || {});
}

function periodMarksOf(store, pupilId) {
    return store.periodMarks
        .filter((mark) => mark.pupil_id === pupilId && (mark.kind || "period") === "period")
        .map(({period_id, value, text, proposed}) => ({
            period_id,
            value: text || value,
            proposed,
        }));
}
