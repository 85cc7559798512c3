import {_t} from "@web/core/l10n/translation";

const {DateTime} = luxon;

/** Dates as the page says them, in the reader's language. */

/** @param {string} day YYYY-MM-DD */
export function dayNumber(day) {
    return String(Number(day.slice(8)));
}

/** "October", the name that stands alone over its columns. */
export function monthName(day) {
    return DateTime.fromISO(day).toFormat("LLLL");
}

/** "14 October" */
export function spokenDay(day) {
    return DateTime.fromISO(day).toLocaleString({day: "numeric", month: "long"});
}

/** "Wednesday, 14 October" */
export function longDay(day) {
    return DateTime.fromISO(day).toLocaleString({
        weekday: "long",
        day: "numeric",
        month: "long",
    });
}

/** "14.10" */
export function shortDay(day) {
    return `${day.slice(8)}.${day.slice(5, 7)}`;
}

/** "We": for a narrow column head. */
export function weekdayShort(day) {
    return DateTime.fromISO(day).toFormat("ccc");
}

export function addDays(day, count) {
    return DateTime.fromISO(day).plus({days: count}).toISODate();
}

/** @param {string} moment naive UTC, as the server sends it; @returns {number} milliseconds */
export function momentOf(moment) {
    return DateTime.fromSQL(moment, {zone: "utc"}).toMillis();
}

/** "14:02", today; "13.10, 14:02" otherwise. In the browser's zone: it only informs. */
export function shortMoment(moment) {
    const local = DateTime.fromSQL(moment, {zone: "utc"}).toLocal();
    const time = local.toFormat("HH:mm");
    return local.hasSame(DateTime.local(), "day") ? time : `${local.toFormat("dd.MM")}, ${time}`;
}

export function clockTime(date) {
    return DateTime.fromJSDate(date).toFormat("HH:mm");
}

/** @param {number} milliseconds still left; @returns {string} "2 h 10 min", "40 min", "3 days" */
export function duration(milliseconds) {
    const minutes = Math.max(0, Math.floor(milliseconds / 60000));
    const days = Math.floor(minutes / 1440);
    const hours = Math.floor(minutes / 60);
    if (days > 1) {
        return _t("%(days)s days", {days});
    }
    if (hours) {
        return _t("%(hours)s h %(minutes)s min", {hours, minutes: minutes % 60});
    }
    return _t("%(minutes)s min", {minutes});
}

/** @param {number|false} hours 8.5 @returns {string} "8:30", "" for none */
export function clockHours(hours) {
    if (hours === false) {
        return "";
    }
    const minutes = Math.round(hours * 60);
    return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}
