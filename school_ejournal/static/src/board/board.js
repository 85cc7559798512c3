import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {longDay, shortDay} from "@school_ejournal/entry/dates";
import {BoardClasses} from "./board_classes";
import {BoardTeachers} from "./board_teachers";
import {BoardWaiting} from "./board_waiting";
import {STATUS, done, percent} from "./board_words";

const {DateTime} = luxon;

/** “Today”: the filling of the journals, and what waits for the deputy director. */
export class Board extends Component {
    static template = "school_ejournal.Board";
    static components = {BoardClasses, BoardTeachers, BoardWaiting};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({data: null, loading: false, found: null});
        this.signs = Object.entries(STATUS);
        onWillStart(() => this.load(this.props.action.params?.date || false));
    }

    async load(date) {
        this.state.loading = true;
        try {
            this.state.data = await this.orm.call("ejournal.board", "load_today", [date]);
            this.state.found = null;
        } finally {
            this.state.loading = false;
        }
    }

    get data() {
        return this.state.data;
    }

    get title() {
        return longDay(this.data.date);
    }

    get weekTitle() {
        return _t("Week from %(day)s", {day: shortDay(this.data.monday)});
    }

    get figures() {
        const {day, week, absent, pupils} = this.data.total;
        const of = (tally) => ({
            share: `${percent(tally)} %`,
            lessons: _t("%(done)s of %(due)s lessons", {done: done(tally), due: tally.due}),
            late: tally.late,
        });
        return {day: of(day), week: of(week), absent, pupils};
    }

    step(days) {
        const date = DateTime.fromISO(this.data.date).plus({days});
        return this.load(date.toISODate());
    }

    refresh() {
        return this.load(this.data.date);
    }

    /** The lesson in its journal. */
    async openLesson(lessonId) {
        this.action.doAction(
            await this.orm.call("ejournal.lesson", "action_open_page", [[lessonId]]),
        );
    }

    openJournal(journalId) {
        this.action.doAction("school_ejournal.ejournal_journal_page_action", {
            props: {},
            additionalContext: {active_model: "ejournal.journal", active_id: journalId},
        });
    }

    /** Lessons of this week of one class or teacher that are still to fill. */
    openWeek(domain, name) {
        this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "ejournal.lesson",
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [...domain, ["date", ">=", this.data.monday], ["date", "<=", this.data.date]],
            context: {create: false},
        });
    }

    async showFindings(code) {
        if (this.state.found?.code === code) {
            this.state.found = null;
            return;
        }
        const rows = await this.orm.call("ejournal.board", "load_findings", [
            code,
            this.data.monday,
            this.data.date,
        ]);
        this.state.found = {code, rows};
    }

    /** Make remarks of what one check found this week. */
    async remark(code) {
        const made = await this.orm.call("ejournal.remark", "make_from_checks", [
            this.data.monday,
            this.data.date,
            [code],
        ]);
        this.env.services.notification.add(
            made.length
                ? _t("Remarks made and told: %s", made.length)
                : _t("All of this is remarked on already, or nobody can mend it any more."),
            {type: made.length ? "success" : "info"},
        );
        await this.refresh();
    }

    /** Decide one or all requests, then look again. */
    decide(unlockIds) {
        this.action.doAction("school_ejournal.ejournal_unlock_decide_action", {
            additionalContext: {active_ids: unlockIds, active_model: "ejournal.unlock"},
            onClose: () => this.refresh(),
        });
    }

    openRemark(remarkId) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "ejournal.remark",
            res_id: remarkId,
            views: [[false, "form"]],
        });
    }

    openAction(xmlid) {
        this.action.doAction(`school_ejournal.${xmlid}`);
    }
}

registry.category("actions").add("school_ejournal.board", Board);
