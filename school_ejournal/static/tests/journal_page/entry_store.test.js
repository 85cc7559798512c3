import {beforeEach, describe, expect, test} from "@odoo/hoot";
import {acceptAll, makeStore, pageData} from "@school_ejournal/../tests/journal_page/page_data";
import {Typing} from "@school_ejournal/journal_page/grid/typing";
import {applyOffer, offerFill, offerPaste} from "@school_ejournal/journal_page/store/bulk";
import {enterLesson, fillingOf} from "@school_ejournal/entry/lesson_values";
import {lastHomework, proposedAbsent} from "@school_ejournal/journal_page/store/lesson_facts";
import {allowTranslations} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");
beforeEach(() => allowTranslations());

const TODAY_COLUMN = 1;
const texts = (store, column) => store.rows.map((row) => row.cells[column].text);
const press = (typing, cell, type, char) => typing.press({type, char}, cell);

test("what is stored is shown: marks, second marks, signs, who was not there yet", () => {
    const {store} = makeStore();
    expect(texts(store, 0)).toEqual(["5/4", "кж", "", ""]);
    expect(store.cellAt(3, 0).off).toBe("absent");
    expect(store.cellAt(3, 0).label).toInclude("not on the list then");
    expect(store.cellAt(1, 2).off).toBe("exempt");
    expect(store.cellAt(1, 2).text).toBe("бош");
    expect(store.cellAt(2, TODAY_COLUMN).text).toBe("кж");
    expect(store.cellAt(2, TODAY_COLUMN).state).toInclude("proposed");
    expect(store.rows[0].average).toBe("4.50");
    expect(store.columns.map(({isOpen}) => isOpen)).toEqual([false, true, false]);
});

test("a mark is shown at once and draws its own row only", async () => {
    const {store, sent, queue} = makeStore();
    const typing = new Typing(store);
    const versions = store.rows.map((row) => row.paint.version);
    expect(press(typing, store.cellAt(0, TODAY_COLUMN), "mark", "4")).toEqual({move: true});
    expect(store.cellAt(0, TODAY_COLUMN).text).toBe("4");
    expect(store.cellAt(0, TODAY_COLUMN).state).toInclude("sending");
    expect(store.rows.map((row, at) => row.paint.version - versions[at])).toEqual([1, 0, 0, 0]);
    await queue.flush();
    expect(sent[0]).toEqual([
        {
            key: "102.answer.11.mark",
            lesson_id: 102,
            work_id: null,
            pupil_id: 11,
            field: "mark",
            old: false,
            value: "4",
        },
    ]);
    expect(store.cellAt(0, TODAY_COLUMN).state).not.toInclude("sending");
    expect(store.columns[TODAY_COLUMN].work.id).toBe(1002);
    expect(store.rows[0].average).toBe("4.33");
});

test("a closed cell says the rule and keeps its value", () => {
    const {store, queue} = makeStore();
    const typing = new Typing(store);
    const {refusal} = press(typing, store.cellAt(0, 0), "mark", "2");
    expect(refusal).toInclude("The lesson closed");
    expect(store.cellAt(0, 0).text).toBe("5/4");
    expect(queue.isEmpty).toBe(true);
    expect(press(typing, store.cellAt(3, 0), "absent").refusal).toInclude("not on the list");
});

test("a mark that the scale lacks is refused with the marks it has", () => {
    const {store} = makeStore();
    const {refusal} = press(new Typing(store), store.cellAt(0, TODAY_COLUMN), "mark", "7");
    expect(refusal).toInclude("5, 4, 3, 2");
});

test("late takes minutes from the digits after it; then digits are marks again", () => {
    const {store} = makeStore();
    const typing = new Typing(store);
    const cell = store.cellAt(0, TODAY_COLUMN);
    press(typing, cell, "late");
    press(typing, cell, "mark", "1");
    press(typing, cell, "mark", "2");
    expect(cell.text).toBe("кеч¹²");
    typing.follow(store.cellAt(1, TODAY_COLUMN));
    press(typing, store.cellAt(1, TODAY_COLUMN), "mark", "5");
    expect(store.cellAt(1, TODAY_COLUMN).text).toBe("5");
});

test("slash right after a digit goes back to that pupil for the second mark", () => {
    const data = pageData();
    data.lessons[1].window.works[1001] = data.lessons[1].window.column;
    data.works[0].lesson_id = 102;
    data.marks = [];
    const {store} = makeStore({data});
    const typing = new Typing(store);
    press(typing, store.cellAt(0, TODAY_COLUMN), "mark", "5");
    const next = store.cellAt(1, TODAY_COLUMN);
    typing.follow(next);
    expect(press(typing, next, "second").goTo).toBe(store.cellAt(0, TODAY_COLUMN));
    press(typing, store.cellAt(0, TODAY_COLUMN), "mark", "4");
    expect(store.cellAt(0, TODAY_COLUMN).text).toBe("5/4");
});

test("a second mark needs a column that takes two", () => {
    const {store} = makeStore();
    const typing = new Typing(store);
    press(typing, store.cellAt(0, TODAY_COLUMN), "mark", "5");
    const {refusal} = press(typing, store.cellAt(1, TODAY_COLUMN), "second");
    expect(refusal).toInclude("Two marks");
});

test("who gets a mark is not absent any more, and the other way round", () => {
    const {store} = makeStore();
    const typing = new Typing(store);
    const cell = store.cellAt(0, TODAY_COLUMN);
    press(typing, cell, "absent");
    expect(cell.text).toBe("кж");
    press(typing, cell, "mark", "4");
    expect(cell.text).toBe("4");
    press(typing, cell, "absent");
    expect(cell.text).toBe("кж");
    store.takeBack("back");
    expect(cell.text).toBe("4");
});

test("undo and redo, a bulk as one step", async () => {
    const {store, queue, sent} = makeStore();
    const offer = offerPaste(store, "5\n4\nн", {row: 0, column: TODAY_COLUMN});
    expect(offer.fresh.length).toBe(3);
    expect(texts(store, TODAY_COLUMN)).toEqual(["5", "4", "кж", ""]);
    expect(queue.isEmpty).toBe(true);
    applyOffer(store, offer);
    await queue.flush();
    store.takeBack("back");
    expect(texts(store, TODAY_COLUMN)).toEqual(["", "", "кж", ""]);
    expect(store.cellAt(2, TODAY_COLUMN).state).toInclude("proposed");
    store.takeBack("forth");
    expect(texts(store, TODAY_COLUMN)).toEqual(["5", "4", "кж", ""]);
    expect(store.takeBack("forth")).toBe(null);
    await queue.flush();
    expect(sent.length).toBe(1);
});

test("undo leaves what somebody else has changed since", async () => {
    const {store, queue} = makeStore();
    const typing = new Typing(store);
    press(typing, store.cellAt(0, TODAY_COLUMN), "mark", "5");
    await queue.flush();
    store.merge([{lesson_id: 102, work_id: 1002, pupil_id: 11, field: "mark", value: "3"}]);
    expect(store.cellAt(0, TODAY_COLUMN).text).toBe("3");
    expect(store.takeBack("back").skipped).toBe(1);
    expect(store.cellAt(0, TODAY_COLUMN).text).toBe("3");
});

test("a paste counts new, same, over others, closed and not understood", () => {
    const {store} = makeStore();
    const typing = new Typing(store);
    press(typing, store.cellAt(0, TODAY_COLUMN), "mark", "5");
    press(typing, store.cellAt(1, TODAY_COLUMN), "mark", "3");
    const offer = offerPaste(store, "2\t5\n2\t4\n2\tx\n2\t5", {row: 0, column: 0});
    expect(offer.same).toBe(1);
    expect(offer.over.length).toBe(1);
    expect(offer.fresh.length).toBe(1);
    expect(offer.unclear).toEqual(["x"]);
    expect(offer.locked.length).toBe(4);
    applyOffer(store, offer);
    expect(texts(store, TODAY_COLUMN)).toEqual(["5", "3", "кж", "5"]);
});

test("an empty pasted cell never erases", () => {
    const {store} = makeStore();
    const typing = new Typing(store);
    press(typing, store.cellAt(0, TODAY_COLUMN), "mark", "5");
    const offer = offerPaste(store, "\n4", {row: 0, column: TODAY_COLUMN});
    applyOffer(store, offer, {replace: true});
    expect(texts(store, TODAY_COLUMN).slice(0, 2)).toEqual(["5", "4"]);
});

test("filling leaves what is there", () => {
    const {store} = makeStore();
    const typing = new Typing(store);
    press(typing, store.cellAt(0, TODAY_COLUMN), "mark", "5");
    press(typing, store.cellAt(1, TODAY_COLUMN), "absent");
    applyOffer(store, offerFill(store, store.columns[TODAY_COLUMN], {mark: "4"}));
    expect(texts(store, TODAY_COLUMN)).toEqual(["5", "кж", "4", "4"]);
});

test("a conflict shows what is stored, with both values at hand", async () => {
    const {store, queue} = makeStore({
        send: (entries) =>
            entries.map(({key, old}) =>
                old === "2"
                    ? {key, status: "ok", value: "5", at: "x"}
                    : {key, status: "conflict", value: "2", by: "B", at: "2026-10-14 04:00:00"},
            ),
    });
    const cell = store.cellAt(0, TODAY_COLUMN);
    press(new Typing(store), cell, "mark", "5");
    await queue.flush();
    expect(cell.text).toBe("2");
    expect(cell.state).toInclude("conflict");
    store.settle(cell.trouble, true);
    expect(cell.text).toBe("5");
    await queue.flush();
    expect(cell.trouble).toBe(undefined);
    expect(cell.text).toBe("5");
});

test("what came after the closing keeps its value until it is asked for", async () => {
    const {store, queue} = makeStore({
        send: (entries) =>
            entries.map(({key}) => ({key, status: "refused", value: false, reason: "closed"})),
    });
    const cell = store.cellAt(0, TODAY_COLUMN);
    press(new Typing(store), cell, "mark", "5");
    for (const part of Object.values(store.lessonById.get(102).window)) {
        part.closes_at = "2000-01-01 00:00:00";
    }
    await queue.flush();
    expect(store.isLate(cell.trouble)).toBe(true);
    expect(cell.text).toBe("5");
    expect(cell.state).toInclude("unsent");
});

test("a colleague's mark does not overwrite what is being typed", () => {
    const {store} = makeStore();
    press(new Typing(store), store.cellAt(0, TODAY_COLUMN), "mark", "5");
    store.merge([
        {lesson_id: 102, work_id: 1002, pupil_id: 11, field: "mark", value: "3"},
        {lesson_id: 102, work_id: 1002, pupil_id: 12, field: "mark", value: "3"},
        {lesson_id: 999, work_id: 1, pupil_id: 12, field: "mark", value: "3"},
    ]);
    expect(texts(store, TODAY_COLUMN).slice(0, 2)).toEqual(["5", "3"]);
});

test("a reload shows what is not saved yet over what is stored", () => {
    const {store} = makeStore({send: () => new Promise(() => {})});
    press(new Typing(store), store.cellAt(0, TODAY_COLUMN), "mark", "5");
    store.load(pageData());
    expect(store.cellAt(0, TODAY_COLUMN).text).toBe("5");
    expect(store.cellAt(0, TODAY_COLUMN).state).toInclude("sending");
});

test("what a filled lesson needs, what is offered", async () => {
    const {store, queue} = makeStore();
    const lesson = store.lessonById.get(102);
    const missing = () =>
        fillingOf(store, lesson)
            .filter(({done}) => !done)
            .map(({name}) => name);
    expect(missing()).toEqual(["topic", "classwork", "homework", "attendance"]);
    expect(lastHomework(store, lesson)).toBe("№ 5");
    expect(proposedAbsent(store, lesson).map(({pupil}) => pupil.id)).toEqual([13]);
    enterLesson(store, lesson, {topic: "T", classwork: "W", no_homework: true});
    enterLesson(store, lesson, {attendance_confirmed: true});
    expect(missing()).toEqual([]);
    expect(proposedAbsent(store, lesson)).toEqual([]);
    await queue.flush();
    expect(missing()).toEqual([]);
});

test("who has a mark is not offered as absent", () => {
    const {store} = makeStore();
    press(new Typing(store), store.cellAt(2, TODAY_COLUMN), "mark", "4");
    expect(proposedAbsent(store, store.lessonById.get(102))).toEqual([]);
});

test("the second half of a double lesson follows", async () => {
    const {store, queue} = makeStore({
        send: (entries) =>
            acceptAll(entries).map((answer) => ({
                ...answer,
                also: [{lesson_id: 103, pupil_id: 11, field: "attendance", value: "absent"}],
            })),
    });
    press(new Typing(store), store.cellAt(0, TODAY_COLUMN), "absent");
    await queue.flush();
    expect(store.cellAt(0, 2).text).toBe("кж");
});
