import {browser} from "@web/core/browser/browser";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {session} from "@web/session";
import {QueueStorage} from "./queue_storage";
import {SaveQueue} from "./save_queue";

const TAB_KEY = "school_ejournal.tab";
const TAKE_OVER_EVERY = 15000;
const REFUSALS = ["UserError", "ValidationError", "AccessError", "MissingError", "RedirectWarning"];

/** Names this browser page to the server, which names it to the others' pages. */
export const pageToken = Math.random().toString(36).slice(2);

/**
 * A reloaded tab keeps its name. A duplicated one does not, although it inherits the storage.
 */
function tabName() {
    const [entry] = browser.performance?.getEntriesByType?.("navigation") || [];
    const known = browser.sessionStorage.getItem(TAB_KEY);
    if (known && entry && ["reload", "back_forward"].includes(entry.type)) {
        return known;
    }
    browser.sessionStorage.setItem(TAB_KEY, pageToken);
    return pageToken;
}

export function kindOfError(error) {
    if (error instanceof ConnectionLostError) {
        return "offline";
    }
    if (error instanceof RPCError) {
        const name = error.exceptionName || "";
        if (name.endsWith("SessionExpiredException") || name.endsWith("Forbidden")) {
            return "expired";
        }
        if (REFUSALS.some((refusal) => name.endsWith(`.${refusal}`))) {
            return "refused";
        }
    }
    return "server";
}

/** The queue outlives the page: it goes on trying while the user is elsewhere in Odoo. */
export const queueService = {
    dependencies: ["orm"],
    start(env, {orm}) {
        const storage = new QueueStorage(browser.localStorage, {
            database: session.db,
            userId: user.userId,
            tab: tabName(),
        });
        const queue = new SaveQueue({
            storage,
            kindOfError,
            send: (journalId, entries) =>
                orm.silent.call("ejournal.journal", "save_entries", [[journalId], entries], {
                    context: {ejournal_page: pageToken},
                }),
        });
        queue.replay();
        browser.setInterval(() => {
            if (queue.state.unsent || queue.state.troubles) {
                queue.changed();
            }
            queue.replay();
        }, TAKE_OVER_EVERY);
        browser.addEventListener("online", () => queue.hurry());
        browser.addEventListener("focus", () => queue.hurry());
        return queue;
    },
};

registry.category("services").add("school_ejournal.queue", queueService);
