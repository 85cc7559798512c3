import {fillingOf, lessonValue} from "@school_ejournal/entry/lesson_values";

/** What the lesson panel and the roll call show of a lesson; nothing is drawn here. */

/** @returns {{absent: Object[], late: Object[], listed: Object[]}} pupils of the lesson's list */
export function rollOf(store, lesson) {
    const [column] = store.columnsOf.get(lesson.id);
    const listed = store.rows.filter((row) => row.cells[column.index].off !== "absent");
    const sign = (row) => attendanceOf(store, lesson, row);
    return {
        listed,
        absent: listed.filter((row) => sign(row) === "absent"),
        late: listed.filter((row) => String(sign(row)).startsWith("late")),
    };
}

export function attendanceOf(store, lesson, row) {
    return store.value({lesson_id: lesson.id, pupil_id: row.pupil.id, field: "attendance"});
}

/** Who got a mark was there. */
function hasMark(store, lesson, row) {
    return store.columnsOf.get(lesson.id).some(({workId}) =>
        store.value({
            lesson_id: lesson.id,
            work_id: workId,
            pupil_id: row.pupil.id,
            field: "mark",
        }),
    );
}

/** Pupils that were absent before and are not marked yet: offered, never entered by themselves. */
export function proposedAbsent(store, lesson) {
    if (lessonValue(store, lesson, "attendance_confirmed")) {
        return [];
    }
    return (lesson.proposals.absent || [])
        .map((id) => store.rowOf.get(id))
        .filter((row) => row && !attendanceOf(store, lesson, row) && !hasMark(store, lesson, row));
}

/** The last homework before this lesson, to be taken over and changed. */
export function lastHomework(store, lesson) {
    const at = store.lessons.indexOf(lesson);
    for (const before of store.lessons.slice(0, at).reverse()) {
        const text = lessonValue(store, before, "homework");
        if (text) {
            return text;
        }
    }
    return "";
}

/** Today's lesson; else the last one that is open; else the last before today. */
export function lessonToBeginWith(store) {
    const {today} = store.journal;
    const possible = store.lessons.filter((lesson) => lesson.state !== "cancelled");
    const ofToday = possible.filter((lesson) => lesson.date === today);
    const waiting = ofToday.find((lesson) => !fillingOf(store, lesson).every(({done}) => done));
    const before = possible.filter((lesson) => lesson.date <= today);
    return waiting || ofToday.at(-1) || before.at(-1) || possible[0] || store.lessons[0] || null;
}
