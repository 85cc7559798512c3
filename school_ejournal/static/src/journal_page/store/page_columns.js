import {_t} from "@web/core/l10n/translation";
import {dayNumber, monthName, spokenDay, weekdayShort} from "@school_ejournal/entry/dates";

/**
 * The dated columns of the page: one for each column of marks, at least one for each lesson.
 *
 * @typedef {Object} Column
 * @property {number} index
 * @property {string} key
 * @property {Object} lesson
 * @property {Object|null} work null while the answer column is not made yet
 * @property {number|false} workId false for the answer column: it is made with its first mark
 * @property {boolean} isFirst of its lesson
 */

/**
 * @param {Object[]} lessons in the order of the page
 * @param {Object[]} works
 * @param {string} today
 * @returns {Column[]}
 */
export function buildColumns(lessons, works, today) {
    const columns = [];
    for (const lesson of lessons) {
        const own = works.filter((work) => work.lesson_id === lesson.id);
        for (const [at, work] of (own.length ? own : [null]).entries()) {
            columns.push(makeColumn(columns.length, lesson, work, at === 0, today));
        }
    }
    return columns;
}

function makeColumn(index, lesson, work, isFirst, today) {
    const isAnswer = !work || (work.is_answer && !work.struck_out);
    const typeName = work && work.code !== "answer" ? work.type : "";
    const title = work?.title || "";
    const spoken = [
        spokenDay(lesson.date),
        _t("lesson %(number)s", {number: lesson.number}),
        [typeName, title].filter(Boolean).join(" "),
        isFirst && lesson.by_permission ? _t("entered by permission") : "",
    ];
    return {
        index,
        key: `${lesson.id}.${isAnswer ? "answer" : work.id}`,
        lesson,
        work,
        workId: isAnswer ? false : work.id,
        isFirst,
        isToday: lesson.date === today,
        isFuture: lesson.date > today,
        isControl: Boolean(work?.is_control),
        struckOut: Boolean(work?.struck_out),
        twoMarks: Boolean(work?.two_marks),
        day: dayNumber(lesson.date),
        weekday: weekdayShort(lesson.date),
        shortType: abbreviate(typeName),
        spoken: spoken.filter(Boolean).join(", "),
    };
}

/** The answer column that a first mark has made, as `load_page` would tell it. */
export function answerWork(journal, lessonId, workId) {
    const type = journal.work_types.find(({code}) => code === "answer") || {};
    return {
        id: workId,
        lesson_id: lessonId,
        type_id: type.id,
        type: type.name || "",
        code: "answer",
        is_answer: true,
        is_control: false,
        two_marks: Boolean(type.two_marks),
        title: "",
        struck_out: false,
    };
}

/** "Control work" → "CW", "Dictation" → "dic". */
export function abbreviate(name) {
    const words = name.split(/[\s-]+/).filter(Boolean);
    if (words.length > 1) {
        return words
            .map((word) => word[0].toUpperCase())
            .join("")
            .slice(0, 3);
    }
    return name.slice(0, 3).toLowerCase();
}

/** @returns {{name: string, span: number, key: string}[]} months over the columns */
export function monthsOver(columns) {
    const months = [];
    for (const column of columns) {
        const key = column.lesson.date.slice(0, 7);
        const last = months.at(-1);
        if (last?.key === key) {
            last.span++;
        } else {
            months.push({key, name: monthName(column.lesson.date), span: 1});
        }
    }
    return months;
}
