import {describe, expect, test} from "@odoo/hoot";
import {layOut, parseCell, parseTable} from "@school_ejournal/journal_page/store/paste";
import {findPupils, pupilOfName} from "@school_ejournal/entry/search";

describe.current.tags("desktop");

const pupils = [
    {id: 1, number: 1, name: "Асанов Бакыт"},
    {id: 2, number: 2, name: "Ёлкин Данияр"},
    {id: 3, number: 3, name: "Өмүров Арсен"},
    {id: 4, number: 4, name: "Өмүров Тилек"},
];
const terms = {
    pupils,
    row: 1,
    marks: ["5", "4", "3", "2"],
    letters: {absent: "кж", late: "кеч"},
};

test("a table of a spreadsheet", () => {
    expect(parseTable("5\t4\r\n 3 \t\r\n")).toEqual([
        ["5", "4"],
        ["3", ""],
    ]);
});

test("marks as people write them", () => {
    expect(parseCell("5,0", terms)).toEqual({mark: "5", second: false});
    expect(parseCell(" 4. ", terms)).toEqual({mark: "4", second: false});
    expect(parseCell("5/4", terms)).toEqual({mark: "5", second: "4"});
    expect(parseCell("", terms)).toEqual({empty: true});
    for (const text of ["н", "Н", "H", "n", "нб", "КЖ"]) {
        expect(parseCell(text, terms)).toEqual({attendance: "absent"});
    }
    expect(parseCell("кеч", terms)).toEqual({attendance: "late"});
    for (const text of ["x", "6", "4,5", "5/4/3"]) {
        expect(parseCell(text, terms)).toBe(null);
    }
});

test("a column goes down from the cursor", () => {
    const {named, cells} = layOut(parseTable("5\n\n4"), terms);
    expect(named).toBe(false);
    expect(cells.map(({row, shift, raw}) => [row, shift, raw])).toEqual([
        [1, 0, "5"],
        [2, 0, ""],
        [3, 0, "4"],
    ]);
});

test("names with marks find their pupils in any order", () => {
    const {named, cells, unknown} = layOut(
        parseTable("Омуров А.\t3\nАсанов Бакыт\t5\nИванов\t4\nЕлкин Д.\t4"),
        terms,
    );
    expect(named).toBe(true);
    expect(cells.map(({row, value}) => [row, value.mark])).toEqual([
        [2, "3"],
        [0, "5"],
        [1, "4"],
    ]);
    expect(unknown).toEqual(["Иванов"]);
});

test("lines of a message have spaces instead of tabs", () => {
    const {named, cells} = layOut(parseTable("1. Асанов Б. 5\nЁлкин - 4"), terms);
    expect(named).toBe(true);
    expect(cells.map(({row, value}) => [row, value.mark])).toEqual([
        [0, "5"],
        [1, "4"],
    ]);
});

test("a name that two have is nobody's", () => {
    expect(pupilOfName(pupils, "Өмүров")).toBe(null);
    expect(pupilOfName(pupils, "Өмүров Т")).toBe(pupils[3]);
});

test("letters find pupils, in the wrong layout and without Kyrgyz letters too", () => {
    const ids = (query) => findPupils(pupils, query).map(({id}) => id);
    expect(ids("аса")).toEqual([1]);
    expect(ids("fcf")).toEqual([1]);
    expect(ids("ому")).toEqual([3, 4]);
    expect(ids("ел")).toEqual([2]);
    expect(ids("тил")).toEqual([4]);
    expect(ids("3")).toEqual([3]);
    expect(ids("")).toEqual([]);
});
