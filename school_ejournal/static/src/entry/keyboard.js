/**
 * Keys of the journal page: a key becomes an action, nothing is done here.
 *
 * Letters work without changing the layout: `н`, the same key in Latin letters (`y`) and `n`
 * mean absent; `о`, its key in Latin letters (`j`) and `o` mean late.
 */

const ABSENT = new Set(["н", "n", "y"]);
const LATE = new Set(["о", "o", "j"]);

const PAGE = 10;
const FAR = Number.POSITIVE_INFINITY;

const MOVES = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    PageUp: [-PAGE, 0],
    PageDown: [PAGE, 0],
    Home: [-FAR, 0],
    End: [FAR, 0],
};

const FAR_MOVES = {
    ArrowUp: [-FAR, 0],
    ArrowDown: [FAR, 0],
    ArrowLeft: [0, -FAR],
    ArrowRight: [0, FAR],
    Home: [0, -FAR],
    End: [0, FAR],
};

const LETTERS = {KeyZ: "z", KeyY: "y"};

const COMMANDS = {
    Delete: "clear",
    Backspace: "clear",
    Escape: "escape",
    F2: "card",
    F7: "today",
    F8: "month",
    F9: "period",
    " ": "search",
    "?": "help",
    "/": "second",
};

/**
 * @typedef {Object} KeyAction
 * @property {"move"|"tab"|"mark"|"absent"|"late"|"clear"|"escape"|"card"|"today"|"month"|"period"|
 *  "search"|"help"|"second"|"undo"|"redo"|"wrong"} type
 * @property {[number, number]} [by] rows and columns of a move; infinite means to the edge
 * @property {string} [char] what was typed, for "mark" and "wrong"
 */

/**
 * @param {KeyboardEvent|Object} ev key, code and modifiers
 * @param {Iterable<string>} marks the marks of the scale
 * @returns {KeyAction|null} null for keys that are the browser's
 */
export function actionOfKey(ev, marks) {
    if (ev.isComposing || ev.altKey) {
        return null;
    }
    if (ev.ctrlKey || ev.metaKey) {
        return actionWithCtrl(ev);
    }
    if (ev.key === "Enter") {
        return {type: "move", by: [ev.shiftKey ? -1 : 1, 0]};
    }
    if (ev.key === "Tab") {
        return {type: "tab", by: [0, ev.shiftKey ? -1 : 1]};
    }
    if (MOVES[ev.key]) {
        return {type: "move", by: MOVES[ev.key]};
    }
    if (COMMANDS[ev.key]) {
        return {type: COMMANDS[ev.key]};
    }
    return ev.key.length === 1 ? actionOfChar(ev, [...marks]) : null;
}

/** By the place of the key where it gives no Latin letter: Ctrl+Z works in a Cyrillic layout too. */
function actionWithCtrl(ev) {
    if (FAR_MOVES[ev.key]) {
        return {type: "move", by: FAR_MOVES[ev.key]};
    }
    const letter = /^[a-z]$/i.test(ev.key) ? ev.key.toLowerCase() : LETTERS[ev.code];
    if (letter === "z") {
        return {type: ev.shiftKey ? "redo" : "undo"};
    }
    return letter === "y" ? {type: "redo"} : null;
}

function actionOfChar(ev, marks) {
    const char = ev.key.toLowerCase();
    if (ABSENT.has(char)) {
        return {type: "absent"};
    }
    if (LATE.has(char)) {
        return {type: "late"};
    }
    if (/^\d$/.test(char) || marks.some((mark) => mark.toLowerCase().startsWith(char))) {
        return {type: "mark", char};
    }
    if (ev.code === "Slash") {
        // the key of `/` and `?` gives a dot and a comma in a Cyrillic layout
        return {type: ev.shiftKey ? "help" : "second"};
    }
    return {type: "wrong", char: ev.key};
}

/**
 * What a cell holds after one more character.
 *
 * @param {string[]} marks the marks of the scale
 * @param {string} typed what was typed into this cell so far, "" for nothing
 * @param {string} char
 * @returns {{value: string, more: boolean}|null} the mark, and whether a longer one may follow;
 *  null when no mark begins like that
 */
export function markOfChars(marks, typed, char) {
    const wanted = (typed + char).toLowerCase();
    const beginning = marks.filter((mark) => mark.toLowerCase().startsWith(wanted));
    const exact = beginning.find((mark) => mark.toLowerCase() === wanted);
    if (exact) {
        return {value: exact, more: beginning.length > 1};
    }
    // "з" is enough for "зач" when nothing else begins like that
    if (beginning.length === 1 && !/^\d/.test(wanted)) {
        return {value: beginning[0], more: false};
    }
    return beginning.length ? {value: "", more: true} : null;
}

/**
 * Minutes of lateness after one more digit.
 *
 * @param {string} value "late" or "late:12"
 * @returns {string|null} null when it is more than a lesson can have
 */
export function lateWithDigit(value, digit) {
    const minutes = Number(`${value.split(":")[1] || ""}${digit}`);
    return minutes > 0 && minutes <= 240 ? `late:${minutes}` : null;
}
