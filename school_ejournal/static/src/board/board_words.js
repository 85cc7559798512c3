import {_t} from "@web/core/l10n/translation";

/** How the board says the state of a lesson: a sign, a word, so that no colour is needed. */
export const STATUS = {
    filled: {sign: "✓", word: _t("filled")},
    late: {sign: "◷", word: _t("filled by permission")},
    part: {sign: "◐", word: _t("filled in part")},
    empty: {sign: "○", word: _t("not filled")},
    ahead: {sign: "·", word: _t("still to come")},
    cancelled: {sign: "×", word: _t("cancelled")},
};

/** The parts that a lesson lacks, as `ejournal.settings` names them. */
export const MISSING = {
    topic: _t("topic"),
    classwork: _t("work done"),
    homework: _t("homework"),
    attendance: _t("attendance"),
};

/** "2 of 5"; nothing where nothing is due. */
export function ratio(tally) {
    return tally.due ? _t("%(done)s of %(due)s", {done: done(tally), due: tally.due}) : "";
}

/** Lessons that are filled, on their day or by permission. */
export function done(tally) {
    return tally.filled + tally.late;
}

/** Whole percent of the due lessons that are filled; 100 where nothing is due. */
export function percent(tally) {
    return tally.due ? Math.floor((100 * done(tally)) / tally.due) : 100;
}

/** What a cell says to a reader who sees no sign. */
export function lessonWords(lesson) {
    const parts = [lesson.subject, lesson.subgroup, lesson.teacher];
    const status = String(STATUS[lesson.status].word);
    const lacking = ["part", "empty"].includes(lesson.status)
        ? lesson.missing.map((part) => String(MISSING[part]))
        : [];
    const missing = lacking.length
        ? _t("missing: %s", lacking.join(", "))
        : lesson.is_substitution
          ? _t("by a substitute")
          : "";
    return [parts.filter(Boolean).join(" · "), status, missing].filter(Boolean).join(", ");
}
