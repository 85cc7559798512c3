import {_t} from "@web/core/l10n/translation";
import {keyOf} from "./entry_key";

/**
 * A lesson's own fields: what is shown, what is on its way, what is still missing.
 *
 * `store` is that of the page: it has `value`, `queue`, `enter` and `journal.counts`.
 */

/** @returns {string|number|boolean} a field of the lesson as it is shown */
export function lessonValue(store, lesson, field) {
    return store.value({lesson_id: lesson.id, field});
}

/** @returns {Object|undefined} the entry of a lesson's field that is not saved yet */
export function lessonEntry(store, lesson, field) {
    return store.queue.entryOf(keyOf({lesson_id: lesson.id, field}));
}

export function enterLesson(store, lesson, values, options = {}) {
    const changes = Object.entries(values).map(([field, value]) => ({
        lesson_id: lesson.id,
        field,
        value,
    }));
    return store.enter(changes, options);
}

/**
 * What still belongs to a filled lesson, by the school's settings.
 *
 * @returns {{name: string, label: string, done: boolean}[]}
 */
export function fillingOf(store, lesson) {
    const value = (field) => Boolean(lessonValue(store, lesson, field));
    const parts = {
        topic: {label: _t("topic"), done: value("topic")},
        classwork: {label: _t("work done"), done: value("classwork")},
        homework: {label: _t("homework"), done: value("homework") || value("no_homework")},
        attendance: {label: _t("attendance"), done: value("attendance_confirmed")},
    };
    const counts = store.journal.counts || Object.keys(parts);
    return counts.map((name) => ({name, ...parts[name]}));
}
