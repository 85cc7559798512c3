import {_t} from "@web/core/l10n/translation";
import {EntryController} from "@school_ejournal/entry/entry_controller";

/** My day: which day is shown, and how: the lessons, the closing table, a roll call. */
export class DayController extends EntryController {
    /** @param {{store: import("./day_store").DayStore, orm: Object}} services */
    constructor(services) {
        super(services, {mode: "lessons", roll: null, loading: false});
        this.asks = null;
    }

    async open(day = false) {
        this.view.loading = true;
        try {
            await this.store.open(day);
        } finally {
            this.view.loading = false;
        }
        Object.assign(this.view, {roll: null, asking: null});
    }

    /** Another day: what was typed goes first. */
    async turn(day) {
        await this.store.queue.flush();
        await this.open(day);
        this.hush();
    }

    /** @param {"lessons"|"close"} mode */
    show(mode) {
        this.view.mode = mode;
        this.hush();
    }

    ask(lessonIds) {
        this.view.asking = lessonIds;
    }

    onAsked() {
        this.store.refresh().catch(() => {});
    }

    /** Copies topic and homework to a parallel class, as far as it has none. */
    copy(lesson, parallel) {
        const changes = this.store.copyChanges(lesson, parallel);
        if (this.store.enter(changes, {title: _t("copy")})) {
            this.say(_t("Copied to %(class)s.", {class: parallel.classes}), "done");
        } else {
            this.say(_t("%(class)s has its own already.", {class: parallel.classes}));
        }
    }

    /** Puts in the cells that had come too late, now that their lessons are open. */
    async putIn({id}) {
        let answers = [];
        try {
            answers = await this.orm.silent.call("ejournal.unlock", "apply_entries", [[id]]);
        } catch (error) {
            this.say(error.data?.message || _t("Not put in: no connection."), "wrong");
            return;
        }
        const taken = answers.filter(({status}) => status === "ok").length;
        const [refused] = answers.filter(({status}) => status !== "ok");
        await this.store.refresh();
        const counts = {taken, all: answers.length};
        if (refused) {
            const reason = refused.reason || _t("somebody else entered something there");
            const text = _t("%(taken)s of %(all)s cells put in. The first other: %(reason)s", {
                ...counts,
                reason,
            });
            this.say(text, "wrong");
        } else {
            this.say(_t("%(taken)s of %(all)s cells put in.", counts), "done");
        }
    }
}
