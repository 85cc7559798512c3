import {EntryStore} from "@school_ejournal/journal_page/store/entry_store";
import {SaveQueue} from "@school_ejournal/entry/save_queue";

/** A small journal as `open_page` answers: three lessons, four pupils, today 14 October. */

export const TODAY = "2026-10-14";
const CLOSES = "2099-10-14 18:00:00";
const CLOSED = "2026-10-13 18:00:00";

const window = (state, closes_at, text) => ({
    state,
    closes_at,
    basis: false,
    basis_id: false,
    text,
});

export function windowsOf(state, works = []) {
    const text =
        state === "closed" ? "The lesson closed: marks only on the day. Ask to open ›" : "";
    const one = window(state, state === "closed" ? CLOSED : CLOSES, text);
    return {
        content: one,
        attendance: one,
        column: one,
        works: Object.fromEntries(works.map((id) => [id, one])),
    };
}

function lesson(id, date, state, values = {}) {
    return {
        id,
        date,
        number: 2,
        state: "planned",
        topic: false,
        classwork: false,
        homework: false,
        no_homework: false,
        homework_minutes: 0,
        attendance_confirmed: false,
        window: windowsOf(state, values.works),
        proposals: {},
        ...values,
    };
}

const type = (id, code, name, is_control = false, two_marks = false) => ({
    id,
    code,
    name,
    is_control,
    two_marks,
});

export function pageData() {
    const span = {date_start: "2026-09-01", date_end: false, listed_on: "2026-09-01", form: "full"};
    const pupil = (id, name, number, spans = [span]) => ({
        id,
        name,
        short_name: name,
        list_name: name,
        number,
        spans,
    });
    return {
        journal: {
            id: 7,
            name: "7-А · Algebra",
            teacher: "Токтогулова А.",
            assessment: "marks",
            values: ["5", "4", "3", "2"],
            scores: {5: 5, 4: 4, 3: 3, 2: 2},
            letters: {absent: "кж", late: "кеч", exempt: "бош"},
            counts: ["topic", "classwork", "homework", "attendance"],
            today: TODAY,
            now: false,
            work_types: [
                type(1, "answer", "Answer"),
                type(2, "dictation", "Dictation", true, true),
            ],
            periods: [],
        },
        days: {span: "period", date_start: "2026-09-01", date_end: "2026-11-04", day: TODAY},
        pupils: [
            pupil(11, "Асанов Бакыт", 1),
            pupil(12, "Ёлкин Данияр", 2),
            pupil(13, "Өмүров Арсен", 3),
            pupil(14, "Үсөнов Тилек", 4, [{...span, date_start: TODAY}]),
        ],
        lessons: [
            lesson(101, "2026-10-13", "closed", {
                works: [1001],
                topic: "Powers",
                homework: "№ 5",
            }),
            lesson(102, TODAY, "open", {proposals: {absent: [13], topic: {title: "Equations"}}}),
            lesson(103, "2026-10-15", "future"),
        ],
        works: [
            {
                id: 1001,
                lesson_id: 101,
                type_id: 2,
                type: "Dictation",
                code: "dictation",
                is_control: true,
                two_marks: true,
                is_answer: false,
                title: "",
                struck_out: false,
            },
        ],
        marks: [
            {
                work_id: 1001,
                lesson_id: 101,
                pupil_id: 11,
                value: "5",
                second_value: "4",
                comment: "neat",
            },
        ],
        attendance: [{lesson_id: 101, pupil_id: 12, value: "absent"}],
        exemptions: [{pupil_id: 12, date_start: "2026-10-15", date_end: "2026-10-20"}],
        averages: [],
        period_marks: [],
    };
}

/** Answers of a server that accepts all. */
export function acceptAll(entries) {
    return entries.map(({key, value, field}) => ({
        key,
        value,
        status: "ok",
        reason: false,
        by: "me",
        at: "2026-10-14 04:00:00",
        ...(field === "mark" ? {work_id: 1002} : {}),
    }));
}

/** A store with the journal above, its queue and what was sent. */
export function makeStore({send, data = pageData(), storage = null} = {}) {
    const sent = [];
    const queue = new SaveQueue({
        storage,
        kindOfError: (error) => error.kind || "server",
        send: async (journalId, entries) => {
            sent.push(entries);
            return (send || acceptAll)(entries, journalId);
        },
    });
    const orm = {call: async () => data};
    orm.silent = orm;
    const store = new EntryStore({orm, queue});
    store.load(data);
    return {store, queue, sent, orm};
}
