import {Component, onWillStart, onWillUnmount, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {delay} from "@web/core/utils/concurrency";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {longDay} from "@school_ejournal/entry/dates";
import {MessageLine} from "@school_ejournal/entry/message_line";
import {SaveStatus} from "@school_ejournal/entry/save_status";
import {CloseTable} from "./close_table";
import {DayController} from "./day_controller";
import {DayLessons} from "./day_lessons";
import {DayStore} from "./day_store";
import {RollCall} from "./roll_call";

const LONGEST_FLUSH = 1500;
const REFRESH_AFTER = 300000;

/**
 * A teacher's start page: today's lessons by the clock, what each still lacks, what was left open;
 * and the table in which the day is closed.
 */
export class MyDay extends Component {
    static template = "school_ejournal.MyDay";
    static components = {CloseTable, DayLessons, MessageLine, RollCall, SaveStatus};
    static props = {...standardActionServiceProps};

    setup() {
        const orm = useService("orm");
        this.action = useService("action");
        this.ui = useState(useService("ui"));
        this.queue = useService("school_ejournal.queue");
        this.store = new DayStore({orm, queue: this.queue});
        this.page = new DayController({store: this.store, orm});
        this.page.openLesson = (lesson) => this.openLesson(lesson);
        this.view = useState(this.page.view);
        this.layout = useState(this.store.layout);
        this.steps = useState(this.store.history.state);
        this.state = useState({failed: ""});
        this.root = useRef("root");
        useSetupAction({
            rootRef: this.root,
            beforeLeave: () => Promise.race([this.queue.flush(), delay(LONGEST_FLUSH)]),
            beforeUnload: (ev) => this.onBeforeUnload(ev),
            getLocalState: () => ({day: this.store.date, mode: this.view.mode}),
        });
        onWillStart(() => this.start());
        onWillUnmount(() => this.store.destroy());
        this.followTheClock();
    }

    async start() {
        const {state, action} = this.props;
        this.view.mode = state?.mode || "lessons";
        try {
            await this.page.open(state?.day || action.params?.date || false);
        } catch (error) {
            this.state.failed = error.data?.message || _t("The day could not be opened.");
        }
    }

    /** A page that stays open over night, or beside a colleague's, does not grow old. */
    followTheClock() {
        const refresh = () => {
            const isQuiet = !this.queue.state.unsent && !this.view.roll;
            const typing = this.root.el?.contains(document.activeElement);
            if (document.visibilityState === "visible" && isQuiet && !typing && this.store.date) {
                const isToday = this.store.date === this.store.today;
                this.store.open(isToday ? false : this.store.date).catch(() => {});
            }
        };
        const timer = setInterval(refresh, REFRESH_AFTER);
        onWillUnmount(() => clearInterval(timer));
    }

    get heading() {
        return this.layout.version && longDay(this.store.date);
    }

    get isToday() {
        return this.layout.version && this.store.date === this.store.today;
    }

    /** Sheets for paper: of the next day with lessons, for a power cut. */
    get paperAddress() {
        const {days, date} = this.store;
        return this.layout.version && `/school_ejournal/paper/${days.after || date}`;
    }

    waitingText({count}) {
        return _t(
            "A lesson was opened for you. %(count)s cells that came after the closing wait here.",
            {count},
        );
    }

    /** @param {Object} lesson opens the journal page on it */
    openLesson({id, journal_id, date}) {
        return this.action.doAction("school_ejournal.ejournal_journal_page_action", {
            additionalContext: {ejournal_date: date, ejournal_lesson: id},
            props: {resId: journal_id},
        });
    }

    onBeforeUnload(ev) {
        if (this.queue.state.unsent) {
            this.queue.flush();
            ev.preventDefault();
        }
    }
}

registry.category("actions").add("school_ejournal.my_day", MyDay);
