import {_t} from "@web/core/l10n/translation";

/** `absent`, `late` or `late:12`, as the page writes and says it. */

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** "кеч¹²": the sign that the school chose for the reader's language, minutes raised. */
export function signOf(attendance, letters) {
    if (!attendance) {
        return "";
    }
    const [kind, minutes] = attendance.split(":");
    return letters[kind] + [...(minutes || "")].map((digit) => RAISED[digit]).join("");
}

/** What a screen reader says. */
export function spokenAttendance(attendance) {
    if (!attendance) {
        return "";
    }
    const [kind, minutes] = attendance.split(":");
    if (kind === "absent") {
        return _t("absent");
    }
    return minutes ? _t("late by %(minutes)s minutes", {minutes}) : _t("late");
}
