/** Plain average of a row, as the server reckons it (`formulas.mean`). */

/** To two places, half up. */
export function mean(total, count) {
    return count ? Math.round((total / count + Number.EPSILON) * 100) / 100 : null;
}

/**
 * @param {Iterable<[string, string|false]>} marks pairs of a mark and a second mark
 * @param {Object} scores what each mark of the scale counts; those that do not count are missing
 */
export function averageOf(marks, scores) {
    let total = 0;
    let count = 0;
    for (const pair of marks) {
        for (const value of pair) {
            if (value && scores[value] > 0) {
                total += scores[value];
                count++;
            }
        }
    }
    return mean(total, count);
}

/** "4.33" in the reader's notation; "" for none. */
export function shownAverage(value) {
    if (value === null || value === undefined || value === false) {
        return "";
    }
    // Chromium knows no Kyrgyz numbers; they are written as Russian ones
    const locale = (luxon.Settings.defaultLocale || "").replace(/^ky\b.*/, "ru");
    return value.toLocaleString(locale || undefined, {
        minimumFractionDigits: 2,
        maximumFractionDigits: 2,
    });
}
