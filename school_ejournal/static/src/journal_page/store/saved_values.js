import {keyOf} from "@school_ejournal/entry/entry_key";

const LESSON_FIELDS = [
    "topic",
    "classwork",
    "homework",
    "no_homework",
    "homework_minutes",
    "attendance_confirmed",
];

/**
 * What the server has stored, by the names of the cells.
 *
 * @param {Object} data as `load_page` answers
 * @param {(workId: number) => number|false} columnIdOf false for the answer column
 * @returns {Map<string, any>}
 */
export function savedValues(data, columnIdOf) {
    const saved = new Map();
    for (const mark of data.marks) {
        const ids = {...mark, work_id: columnIdOf(mark.work_id)};
        saved.set(keyOf({...ids, field: "mark"}), mark.value);
        if (mark.second_value) {
            saved.set(keyOf({...ids, field: "second_mark"}), mark.second_value);
        }
        if (mark.comment) {
            saved.set(keyOf({...ids, field: "comment"}), mark.comment);
        }
    }
    for (const fact of data.attendance) {
        saved.set(keyOf({...fact, field: "attendance"}), fact.value);
    }
    for (const lesson of data.lessons) {
        for (const field of LESSON_FIELDS) {
            saved.set(keyOf({lesson_id: lesson.id, field}), lesson[field] || false);
        }
    }
    return saved;
}
