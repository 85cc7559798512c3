import {describe, expect, test} from "@odoo/hoot";
import {actionOfKey, lateWithDigit, markOfChars} from "@school_ejournal/entry/keyboard";

describe.current.tags("desktop");

const FIVE = ["5", "4", "3", "2"];
const type = (key, more = {}) => actionOfKey({key, ...more}, FIVE)?.type;

test("letters mean the same in both layouts", () => {
    for (const key of ["н", "Н", "n", "N", "y"]) {
        expect(type(key)).toBe("absent");
    }
    for (const key of ["о", "О", "o", "j"]) {
        expect(type(key)).toBe("late");
    }
});

test("digits are marks, also those that the scale lacks: the cell says why not", () => {
    expect(actionOfKey({key: "5"}, FIVE)).toEqual({type: "mark", char: "5"});
    expect(type("9")).toBe("mark");
    expect(type("z")).toBe("wrong");
});

test("undo and the second mark work in a Cyrillic layout", () => {
    expect(type("я", {code: "KeyZ", ctrlKey: true})).toBe("undo");
    expect(type("Я", {code: "KeyZ", ctrlKey: true, shiftKey: true})).toBe("redo");
    expect(type("н", {code: "KeyY", ctrlKey: true})).toBe("redo");
    expect(type("z", {code: "KeyW", ctrlKey: true})).toBe("undo");
    expect(type(".", {code: "Slash"})).toBe("second");
    expect(type("/", {code: "NumpadDivide"})).toBe("second");
});

test("moves", () => {
    expect(actionOfKey({key: "Enter"}, FIVE)).toEqual({type: "move", by: [1, 0]});
    expect(actionOfKey({key: "Enter", shiftKey: true}, FIVE)).toEqual({type: "move", by: [-1, 0]});
    expect(actionOfKey({key: "End"}, FIVE).by).toEqual([Infinity, 0]);
    expect(actionOfKey({key: "Home", ctrlKey: true}, FIVE).by).toEqual([0, -Infinity]);
    expect(actionOfKey({key: "Tab", shiftKey: true}, FIVE).by).toEqual([0, -1]);
});

test("keys of the browser and of other programs stay theirs", () => {
    expect(actionOfKey({key: "r", code: "KeyR", ctrlKey: true}, FIVE)).toBe(null);
    expect(actionOfKey({key: "F5"}, FIVE)).toBe(null);
    expect(actionOfKey({key: "5", altKey: true}, FIVE)).toBe(null);
    expect(actionOfKey({key: "5", isComposing: true}, FIVE)).toBe(null);
});

test("marks of one character are complete at once, others when nothing longer is left", () => {
    expect(markOfChars(FIVE, "", "5")).toEqual({value: "5", more: false});
    expect(markOfChars(FIVE, "", "7")).toBe(null);
    const ten = ["10", "9", "8", "1"];
    expect(markOfChars(ten, "", "1")).toEqual({value: "1", more: true});
    expect(markOfChars(ten, "1", "0")).toEqual({value: "10", more: false});
    const credit = ["зач", "незач"];
    expect(markOfChars(credit, "", "з")).toEqual({value: "зач", more: false});
});

test("minutes of lateness", () => {
    expect(lateWithDigit("late", "1")).toBe("late:1");
    expect(lateWithDigit("late:1", "2")).toBe("late:12");
    expect(lateWithDigit("late:24", "1")).toBe(null);
    expect(lateWithDigit("late", "0")).toBe(null);
});
