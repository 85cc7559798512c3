import {momentOf} from "./dates";
import {partOf} from "./entry_key";

/** What a lesson's entry window lets be written, as the server judged it at loading. */

const WRITABLE = ["open", "unlocked", "remark", "grace"];
const DRAFTS = ["topic", "homework", "no_homework", "homework_minutes"];

/**
 * @param {Object} lesson with its `window`
 * @param {string} field
 * @param {Object|null} work the column of a mark
 */
export function windowOf(lesson, field, work = null) {
    const part = partOf(field);
    if (part !== "mark") {
        return lesson.window[part];
    }
    return (work && lesson.window.works[work.id]) || lesson.window.column;
}

/** @param {number} now milliseconds by the server's clock */
export function isWritable(window, field, now) {
    if (window.state === "future") {
        return DRAFTS.includes(field);
    }
    return WRITABLE.includes(window.state) && now < momentOf(window.closes_at);
}

/** Whether anything of the lesson can be entered now, drafts aside. */
export function isOpen(lesson, now) {
    const {content, attendance, column, works} = lesson.window;
    return [content, attendance, column, ...Object.values(works)].some(
        (window) => window.state !== "future" && isWritable(window, "mark", now),
    );
}

/** When the lesson's last open part closes, in milliseconds; 0 when nothing is open. */
export function closesAt(lesson, now) {
    const {content, attendance, column, works} = lesson.window;
    const moments = [content, attendance, column, ...Object.values(works)]
        .filter((window) => window.state !== "future" && isWritable(window, "mark", now))
        .map((window) => momentOf(window.closes_at));
    return Math.max(0, ...moments);
}

/** Whether a request to open makes sense: closed by the clock, not by the period. */
export function canAsk(lesson) {
    return lesson.window.content.state === "closed";
}
