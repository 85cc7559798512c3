import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {addDays} from "@school_ejournal/entry/dates";
import {AttendanceGrid} from "./attendance_grid";
import {AttendancePanel} from "./attendance_panel";
import {AttendancePhone} from "./attendance_phone";
import {AttendanceStore} from "./attendance_store";
import {DayTab} from "./day_tab";
import {DoubtsTab} from "./doubts_tab";
import {MissingTab} from "./missing_tab";
import {REASONS} from "./reasons";

const TABS = [
    ["attendance", () => _t("Attendance")],
    ["day", () => _t("Day of the class")],
    ["missing", () => _t("Not here today")],
    ["doubts", () => _t("Data to complete")],
];

/** The class teacher's pages of a class, opened with its id (`/odoo/attendance/7`) or without. */
export class ClassPage extends Component {
    static template = "school_ejournal.ClassPage";
    static components = {
        AttendanceGrid,
        AttendancePanel,
        AttendancePhone,
        DayTab,
        DoubtsTab,
        MissingTab,
    };
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.ui = useState(useService("ui"));
        this.store = new AttendanceStore(this.orm);
        this.page = useState(this.store.page);
        this.line = useState(this.store.state);
        this.state = useState({classes: [], classId: false, tab: "attendance", failed: ""});
        this.tabs = TABS;
        this.reasons = REASONS;
        onWillStart(() => this.start());
    }

    async start() {
        const {action, resId} = this.props;
        const {context = {}, params = {}} = action;
        this.state.tab = params.tab || "attendance";
        this.state.classes = await this.orm.call("ejournal.class", "class_choices", []);
        const asked =
            resId ||
            params.resId ||
            (context.active_model === "ejournal.class" && context.active_id);
        const classId = asked || this.state.classes[0]?.id;
        if (!classId) {
            this.state.failed = _t("You lead no class. This page is the class teacher's.");
            return;
        }
        await this.open(classId);
    }

    async open(classId, day = false) {
        try {
            await this.store.load(classId, day);
        } catch (error) {
            this.state.failed = error.data?.message || _t("The class could not be opened.");
            return;
        }
        Object.assign(this.state, {classId, failed: ""});
        this.env.config?.setDisplayName?.(this.page.class.name);
        this.props.updateActionState?.({resId: classId});
    }

    onChoose(ev) {
        this.store.select(0, 0);
        return this.open(Number(ev.target.value));
    }

    get monthName() {
        return luxon.DateTime.fromISO(this.page.month.first).toFormat("LLLL yyyy");
    }

    /** @param {1|-1} step to the month after or before */
    turn(step) {
        const {first, last} = this.page.month;
        return this.open(this.state.classId, step > 0 ? addDays(last, 1) : addDays(first, -1));
    }
}

registry.category("actions").add("school_ejournal.class_page", ClassPage);
