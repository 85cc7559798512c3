import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {delay} from "@web/core/utils/concurrency";

const LONGEST_WAIT = 3000;

/** Logging out sends what waits, then leaves nothing of it in the browser. */
export async function leaveNothingBehind(env, logOut) {
    const queue = env.services["school_ejournal.queue"];
    await Promise.race([queue.flush(), delay(LONGEST_WAIT)]);
    const forgetAndLeave = () => {
        queue.forget();
        logOut();
    };
    const count = queue.state.unsent + queue.state.troubles;
    if (!count) {
        forgetAndLeave();
        return;
    }
    env.services.dialog.add(ConfirmationDialog, {
        title: _t("Not everything is saved"),
        body: _t(
            "%(count)s cells of the journal have not been taken by the server. Logging out drops them.",
            {count},
        ),
        confirmLabel: _t("Log out and drop them"),
        confirm: forgetAndLeave,
        cancelLabel: _t("Stay"),
        cancel: () => {},
    });
}

const items = registry.category("user_menuitems");
const logOutItem = items.get("log_out");

items.add(
    "log_out",
    (env) => {
        const item = logOutItem(env);
        return {...item, callback: () => leaveNothingBehind(env, item.callback)};
    },
    {force: true},
);
