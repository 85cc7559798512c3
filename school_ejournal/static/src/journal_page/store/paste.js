/** Text from a clipboard becomes cells; nothing is written here. */

import {pupilOfName} from "@school_ejournal/entry/search";

// letters that look or sit alike in Latin
const ABSENT = new Set(["н", "n", "h", "нб", "кж", "abs", "absent"]);
const LATE = new Set(["о", "o", "оп", "опоз", "кеч", "late"]);

/**
 * @param {string} text as spreadsheets put it: rows by lines, columns by tabs
 * @returns {string[][]} trimmed; without the empty line at the end
 */
export function parseTable(text) {
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
    return lines.map((line) => line.split("\t").map((raw) => raw.trim().replace(/^"|"$/g, "")));
}

/**
 * @param {string} raw
 * @param {{marks: string[], letters: Object}} terms the scale, and the school's own signs
 * @returns {Object|null} `{empty: true}`, `{attendance}`, `{mark, second}`; null if not understood
 */
export function parseCell(raw, {marks, letters = {}}) {
    const text = raw.trim().toLowerCase();
    if (!text || text === "-" || text === "—") {
        return {empty: true};
    }
    if (ABSENT.has(text) || text === (letters.absent || "").toLowerCase()) {
        return {attendance: "absent"};
    }
    if (LATE.has(text) || text === (letters.late || "").toLowerCase()) {
        return {attendance: "late"};
    }
    const parts = text.split("/");
    const found = parts.map((part) => markOfText(part, marks));
    if (parts.length > 2 || found.includes(null)) {
        return null;
    }
    return {mark: found[0], second: found[1] || false};
}

/** "5,0", "5." and " 5 " are a 5. */
function markOfText(text, marks) {
    const plain = text.trim().replace(/\.$/, "");
    const number = /^\d+([.,]0+)?$/.test(plain) ? String(Number.parseFloat(plain)) : plain;
    return marks.find((mark) => mark.toLowerCase() === number) || null;
}

/**
 * Where each pasted cell goes.
 *
 * One with names in its first column is matched by them, whatever its order; any other is laid out
 * from the cursor down and to the right.
 *
 * @param {string[][]} rawTable
 * @param {{pupils: Object[], row: number, marks: string[], letters: Object}} terms `row` is the
 *  cursor's place in `pupils`
 * @returns {{named: boolean, cells: Object[], unknown: string[]}} a cell is `{row, shift, raw,
 *  value}`; `shift` counts columns from the cursor's, `value` is null when it was not understood;
 *  `unknown` are the names that are nobody's here
 */
export function layOut(rawTable, terms) {
    const table = splitNames(rawTable, terms);
    const named = hasNames(table, terms);
    const cells = [];
    const unknown = [];
    table.forEach((line, at) => {
        let row = terms.row + at;
        let values = line;
        if (named) {
            const pupil = pupilOfName(terms.pupils, line[0]);
            values = line.slice(1);
            row = terms.pupils.indexOf(pupil);
            if (!pupil) {
                if (values.some((raw) => parseCell(raw, terms))) {
                    unknown.push(line[0]);
                }
                return;
            }
        }
        values.forEach((raw, shift) => cells.push({row, shift, raw, value: parseCell(raw, terms)}));
    });
    return {named, cells, unknown};
}

function hasNames(table, terms) {
    const filled = table.filter((line) => line[0]);
    const names = filled.filter((line) => line.length > 1 && pupilOfName(terms.pupils, line[0]));
    return names.length > 0 && names.length * 2 >= filled.length - 1;
}

/** Lines of a message, "Асанов А. 5", have a space where a spreadsheet has a tab. */
function splitNames(table, terms) {
    if (table.some((line) => line.length > 1 || parseCell(line[0], terms)?.mark)) {
        return table;
    }
    return table.map(([line]) => {
        const match = line.match(/^(?:\d+[.)]?\s+)?(\p{L}.*?)[\s:–—-]+(\S+)$/u);
        return match ? [match[1], match[2]] : [line];
    });
}
