import {expect, describe, test} from "@odoo/hoot";
import {SaveQueue} from "@school_ejournal/entry/save_queue";
import {enterLesson} from "@school_ejournal/entry/lesson_values";
import {DayStore} from "@school_ejournal/my_day/day_store";
import {acceptAll, windowsOf} from "@school_ejournal/../tests/journal_page/page_data";
import {allowTranslations} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

const TODAY = "2026-10-14";

function row(id, classes, values = {}) {
    return {
        id,
        journal_id: id * 10,
        classes,
        subject: "Algebra",
        number: id,
        date: TODAY,
        topic: "",
        classwork: "",
        homework: "",
        no_homework: false,
        homework_minutes: 0,
        attendance_confirmed: false,
        filling: "empty",
        absent: 0,
        window: windowsOf("open"),
        parallel: [],
        proposals: {},
        ...values,
    };
}

function day() {
    const parallel = row(3, "7-Б", {topic: ""});
    return {
        date: TODAY,
        today: TODAY,
        journal: {
            now: "2026-10-14 04:00:00",
            letters: {absent: "abs", late: "late"},
            counts: ["topic", "classwork", "homework", "attendance"],
        },
        days: {before: false, after: false},
        waiting: [],
        lessons: [row(1, "7-А", {parallel: [parallel]}), row(2, "7-А"), row(3, "7-Б")],
        unfilled: [row(4, "7-А", {date: "2026-10-13", window: windowsOf("closed")})],
    };
}

async function makeDay({roll} = {}) {
    allowTranslations();
    const sent = [];
    const queue = new SaveQueue({
        delay: 0,
        send: async (journalId, entries) => {
            sent.push([journalId, entries]);
            return acceptAll(entries);
        },
    });
    const call = async (model, method) => (method === "load_day" ? day() : roll);
    const store = new DayStore({orm: {silent: {call}}, queue});
    await store.open(false);
    return {store, queue, sent};
}

test("a lesson is empty, filled in part, full", async () => {
    const {store} = await makeDay();
    const [lesson] = store.lessons;
    expect(store.filling(lesson)).toBe("empty");
    enterLesson(store, lesson, {topic: "Roots"});
    expect(store.filling(lesson)).toBe("part");
    enterLesson(store, lesson, {classwork: "1", no_homework: true, attendance_confirmed: true});
    expect(store.filling(lesson)).toBe("full");
});

test("each lesson is saved in its own journal", async () => {
    const {store, queue, sent} = await makeDay();
    enterLesson(store, store.lessons[0], {topic: "Roots"});
    enterLesson(store, store.lessons[2], {topic: "Powers"});
    await queue.flush();
    expect(sent.map(([journalId]) => journalId)).toEqual([10, 30]);
    expect(queue.isEmpty).toBe(true);
});

test("topic and homework are copied where the parallel class has none", async () => {
    const {store} = await makeDay();
    const [lesson] = store.lessons;
    const [parallel] = lesson.parallel;
    expect(store.copyChanges(lesson, parallel)).toEqual([]);
    enterLesson(store, lesson, {topic: "Roots", homework: "№ 15"});
    expect(store.copyChanges(lesson, parallel).map(({field}) => field)).toEqual([
        "topic",
        "homework",
    ]);
    enterLesson(store, store.lessonById.get(parallel.id), {homework: "№ 3"});
    expect(store.copyChanges(lesson, parallel).map(({field}) => field)).toEqual(["topic"]);
});

test("a class with several lessons has one roll call", async () => {
    const roll = {
        pupils: [{id: 8, list_name: "Асанов Бакыт", number: 1, lesson_ids: [1, 2]}],
        attendance: [{lesson_id: 2, pupil_id: 8, value: "absent"}],
    };
    const {store} = await makeDay({roll});
    expect(store.groups.map(({key}) => key)).toEqual(["1.2", "3"]);
    const [pupil] = await store.openRoll("1.2");
    expect(store.lessons.map((lesson) => store.absentCount(lesson))).toEqual([0, 1, 0]);
    store.enter([{lesson_id: 1, pupil_id: pupil.id, field: "attendance", value: "absent"}]);
    await store.refresh();
    expect(store.lessons.map((lesson) => store.absentCount(lesson))).toEqual([1, 1, 0]);
});

test("a closed lesson of the days before is only asked for", async () => {
    const {store} = await makeDay();
    const [lesson] = store.unfilled;
    expect(store.windowRefusal(lesson, "topic")).not.toBe(null);
    expect(store.rollRefusal(lesson)).not.toBe(null);
});
