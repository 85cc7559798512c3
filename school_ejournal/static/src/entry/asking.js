import {_t} from "@web/core/l10n/translation";

/** Asking the deputy director to open a closed lesson. */

/**
 * Asks for lessons; cells that came too late go with the request and leave the queue.
 *
 * @param {import("./entry_controller").EntryController} page
 * @param {number[]} lessonIds
 * @param {{reason: string, code: string}} why
 * @returns {Promise<boolean>} whether it was asked
 */
export async function askToOpen(page, lessonIds, {reason, code}) {
    const {store} = page;
    const late = store.queue
        .entries()
        .filter((entry) => lessonIds.includes(entry.lesson_id) && store.isLate(entry));
    const entries = late.map(({key, lesson_id, work_id, pupil_id, field, old, value}) => ({
        key,
        lesson_id,
        work_id: work_id || null,
        pupil_id: pupil_id || null,
        field,
        old: old || false,
        value: value || false,
    }));
    try {
        await page.orm.silent.call("ejournal.lesson", "ask_to_open", [lessonIds, reason], {
            reason_code: code,
            entries,
        });
    } catch (error) {
        page.say(error.data?.message || _t("It could not be asked: no connection."), "wrong");
        return false;
    }
    store.queue.drop(entries.map(({key}) => key));
    store.repaint(late);
    page.view.asking = null;
    page.say(_t("Asked. The deputy director has it on the desk; you will be told."), "done");
    page.onAsked();
    return true;
}

/** The server's sentence ends with "Ask to open ›"; here a button says that. */
export function withoutInvitation(text) {
    return text.replace(/\s*[^.]*›\s*$/u, "");
}
