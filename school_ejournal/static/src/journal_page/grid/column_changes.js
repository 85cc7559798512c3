import {_t} from "@web/core/l10n/translation";
import {pageToken} from "@school_ejournal/entry/queue_service";

/**
 * Columns of marks are made and changed at once, not by the queue: they are few, and a mark needs
 * its column. What waits is sent before, so that nothing typed goes into the wrong one.
 */

const context = {ejournal_page: pageToken};

export function addColumn(page, lesson, values) {
    return change(page, () =>
        page.orm.silent.create("ejournal.work", [{lesson_id: lesson.id, ...values}], {context}),
    );
}

/** A column that no mark has made yet is made with these values. */
export function changeColumn(page, column, values) {
    if (!column.work) {
        return addColumn(page, column.lesson, values);
    }
    return change(page, () =>
        page.orm.silent.write("ejournal.work", [column.work.id], values, {context}),
    );
}

async function change(page, send) {
    try {
        await page.store.queue.flush();
        await send();
        await page.store.refresh();
        return true;
    } catch (error) {
        page.say(error.data?.message || _t("The column was not changed: no connection."), "wrong");
        return false;
    }
}
