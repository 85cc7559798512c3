/**
 * Chromium formats no Kyrgyz dates: "24-ноябрь" comes out in the language of the browser
 * instead. Where that is so, a formatter of ours answers for Kyrgyz; every other language
 * keeps the browser's own.
 */

const MONTHS = {
    long: [
        "январь",
        "февраль",
        "март",
        "апрель",
        "май",
        "июнь",
        "июль",
        "август",
        "сентябрь",
        "октябрь",
        "ноябрь",
        "декабрь",
    ],
    short: [
        "янв.",
        "фев.",
        "мар.",
        "апр.",
        "май",
        "июн.",
        "июл.",
        "авг.",
        "сен.",
        "окт.",
        "ноя.",
        "дек.",
    ],
    narrow: [..."ЯФМАМИИАСОНД"],
};
const WEEKDAYS = {
    long: ["дүйшөмбү", "шейшемби", "шаршемби", "бейшемби", "жума", "ишемби", "жекшемби"],
    short: ["Дүй", "Шей", "Шар", "Бей", "Жум", "Ише", "Жек"],
    narrow: [..."ДШШБЖИЖ"],
};
const ENGLISH_WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

const Native = Intl.DateTimeFormat;

export class KyrgyzDateFormat extends Native {
    /** The order and the signs of a Russian date are those of a Kyrgyz one, its words are not. */
    constructor(options) {
        super("ru", options);
        const {month, weekday} = this.resolvedOptions();
        const timeZone = options?.timeZone;
        this.months = MONTHS[month];
        this.weekdays = WEEKDAYS[weekday];
        this.monthOf = new Native("en", {month: "numeric", timeZone});
        this.weekdayOf = new Native("en", {weekday: "short", timeZone});
    }

    get format() {
        return (date) =>
            this.formatToParts(date)
                .map(({value}) => value)
                .join("");
    }

    formatToParts(date) {
        const parts = super.formatToParts(date);
        return parts.map((part, at) => ({
            type: part.type,
            value: this.inKyrgyz(part, [parts[at - 1]?.type, parts[at + 1]?.type], date),
        }));
    }

    inKyrgyz({type, value}, [before, after], date) {
        if (type === "month" && this.months) {
            return this.months[Number(this.monthOf.format(date)) - 1];
        }
        if (type === "weekday" && this.weekdays) {
            return this.weekdays[ENGLISH_WEEKDAYS.indexOf(this.weekdayOf.format(date))];
        }
        if (type === "literal") {
            const isDayOfMonth = before === "day" && after === "month" && this.months;
            return isDayOfMonth ? "-" : value.replace(/\sг\./, "");
        }
        return value;
    }
}

/** @param {string|string[]|undefined} locales */
function isKyrgyz(locales) {
    return /^ky\b/.test(String([locales].flat()[0] ?? ""));
}

// Hoot gives its tests an Intl of its own that nobody may change.
const isOurs = Object.getOwnPropertyDescriptor(Intl, "DateTimeFormat")?.writable;

if (isOurs && !Native.supportedLocalesOf("ky").length) {
    Intl.DateTimeFormat = new Proxy(Native, {
        construct: (native, [locales, options], target) =>
            isKyrgyz(locales)
                ? new KyrgyzDateFormat(options)
                : Reflect.construct(native, [locales, options], target),
        apply: (native, _self, [locales, options]) =>
            isKyrgyz(locales) ? new KyrgyzDateFormat(options) : native(locales, options),
    });
}
