import {_t} from "@web/core/l10n/translation";

/** Why a pupil was away: key, sign (readable without colour and in every language), words. */
export const REASONS = [
    {code: "unknown", key: "1", sign: "?", name: () => _t("Not known yet")},
    {code: "ill", key: "2", sign: "✚", name: () => _t("Ill")},
    {code: "excused", key: "3", sign: "✓", name: () => _t("Excused")},
    {code: "unexcused", key: "4", sign: "✗", name: () => _t("Not excused")},
    {code: "school", key: "5", sign: "★", name: () => _t("Away for the school")},
];
const BY_CODE = Object.fromEntries(REASONS.map((reason) => [reason.code, reason]));
const LETTERS = {n: "unknown", N: "unknown", н: "unknown", Н: "unknown"};

/** @returns {string|null} the reason that a key sets */
export function reasonOfKey(key) {
    return LETTERS[key] || REASONS.find((reason) => reason.key === key)?.code || null;
}

export function signOf(code) {
    return BY_CODE[code].sign;
}

export function nameOf(code) {
    return BY_CODE[code].name();
}
