import {Component, onWillStart, onWillUnmount, useRef, useState, useSubEnv} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {delay} from "@web/core/utils/concurrency";
import {useSetupAction} from "@web/search/action_hook";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {MessageLine} from "@school_ejournal/entry/message_line";
import {JournalChooser} from "./frame/journal_chooser";
import {KeyHelp} from "./frame/key_help";
import {OfferBar} from "./frame/offer_bar";
import {PageHeader} from "./frame/page_header";
import {PupilSearch} from "./frame/pupil_search";
import {Grid} from "./grid/grid";
import {LessonPanel} from "./panel/lesson_panel";
import {RightPage} from "./panel/right_page";
import {PhonePage} from "./phone/phone_page";
import {useLivePage} from "./live_page";
import {PageController} from "./page_controller";
import {EntryStore} from "./store/entry_store";

const LONGEST_FLUSH = 1500;

/**
 * The journal page: a class, a subject, some days. Opened with the journal's id in the address
 * (`/odoo/ejournal/7`), from a record (`active_id`), or without: then it asks which.
 */
export class JournalPage extends Component {
    static template = "school_ejournal.JournalPage";
    static components = {
        Grid,
        JournalChooser,
        KeyHelp,
        LessonPanel,
        MessageLine,
        OfferBar,
        PageHeader,
        PhonePage,
        PupilSearch,
        RightPage,
    };
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.ui = useState(useService("ui"));
        const queue = useService("school_ejournal.queue");
        this.store = new EntryStore({orm: this.orm, queue});
        this.page = new PageController({store: this.store, orm: this.orm});
        const action = useService("action");
        this.page.openMyDay = () =>
            action.doAction("school_ejournal.ejournal_my_day_action", {clearBreadcrumbs: true});
        this.view = useState(this.page.view);
        this.layout = useState(this.store.layout);
        this.state = useState({journalId: this.askedJournal(), failed: ""});
        this.root = useRef("root");
        useSubEnv({ejournalPage: this.page});
        useLivePage(this.store, () => this.state.journalId);
        useSetupAction({
            rootRef: this.root,
            beforeLeave: () => Promise.race([queue.flush(), delay(LONGEST_FLUSH)]),
            beforeUnload: (ev) => this.onBeforeUnload(ev, queue),
            getLocalState: () => ({journalId: this.state.journalId, span: this.view.span}),
        });
        onWillStart(() => this.state.journalId && this.open(this.state.journalId));
        onWillUnmount(() => this.store.destroy());
    }

    askedJournal() {
        const {action, resId, state} = this.props;
        const {context = {}, params = {}} = action;
        const ofRecord = context.active_model === "ejournal.journal" && context.active_id;
        return state?.journalId || resId || params.journal_id || params.resId || ofRecord || false;
    }

    async open(journalId) {
        const {params = {}, context = {}} = this.props.action;
        const day = params.date || context.ejournal_date || false;
        const span = this.ui.isSmall
            ? "lesson"
            : this.props.state?.span || PageController.rememberedSpan();
        try {
            await this.page.open(journalId, {
                span: span === "lesson" && !this.ui.isSmall ? "period" : span,
                day,
                lessonId: context.ejournal_lesson,
            });
        } catch (error) {
            this.state.failed = error.data?.message || _t("The journal could not be opened.");
            return;
        }
        Object.assign(this.state, {journalId, failed: ""});
        this.env.config?.setDisplayName?.(this.store.journal.name);
        this.props.updateActionState?.({resId: journalId});
    }

    /** @param {number} journalId another journal, chosen on the page */
    async choose(journalId) {
        await this.store.queue.flush();
        await this.open(journalId);
        this.page.focusStart();
    }

    askWhich() {
        this.state.journalId = false;
    }

    /** The chosen lesson, as it was read last. */
    get lesson() {
        const isRead = this.layout.version && this.view.lessonId;
        return isRead ? this.store.lessonById.get(this.view.lessonId) : null;
    }

    get searchColumn() {
        return this.store.columnsOf.get(this.view.lessonId)?.[0];
    }

    onBeforeUnload(ev, queue) {
        if (queue.state.unsent) {
            queue.flush();
            ev.preventDefault();
        }
    }
}

registry.category("actions").add("school_ejournal.journal_page", JournalPage);
