import {useEffect} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {useService} from "@web/core/utils/hooks";
import {pageToken} from "@school_ejournal/entry/queue_service";

const REFRESH_AFTER = 500;

/**
 * Follows what colleagues do on the same journal. The server tells only those who may read it.
 *
 * @param {import("./store/entry_store").EntryStore} store
 * @param {() => number|false} journalId
 */
export function useLivePage(store, journalId) {
    const bus = useService("bus_service");
    let timer = null;
    const refresh = () => {
        browser.clearTimeout(timer);
        timer = browser.setTimeout(() => store.refresh().catch(() => {}), REFRESH_AFTER);
    };
    const isOthers = ({page, journal_id}) => page !== pageToken && journal_id === store.journal?.id;
    const onEntries = (message) => {
        if (isOthers(message)) {
            store.merge(message.entries);
        }
    };
    const onColumns = (message) => {
        if (isOthers(message)) {
            refresh();
        }
    };
    useEffect(
        (id) => {
            if (!id) {
                return undefined;
            }
            const channel = `school_ejournal.journal_${id}`;
            bus.addChannel(channel);
            bus.subscribe("school_ejournal.entries", onEntries);
            bus.subscribe("school_ejournal.columns", onColumns);
            bus.addEventListener("BUS:RECONNECT", refresh);
            return () => {
                browser.clearTimeout(timer);
                bus.removeEventListener("BUS:RECONNECT", refresh);
                bus.unsubscribe("school_ejournal.columns", onColumns);
                bus.unsubscribe("school_ejournal.entries", onEntries);
                bus.deleteChannel(channel);
            };
        },
        () => [journalId()],
    );
}
