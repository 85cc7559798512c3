import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {AbsenceForm} from "./absence_form";
import {SubstitutedLesson} from "./substituted_lesson";

const {DateTime} = luxon;

/**
 * Who is absent today and who gives the lessons: the deputy director's page at 7:15. One click a
 * lesson; all that may be done is judged by the server, which says why when it refuses.
 */
export class SubstitutionsPage extends Component {
    static template = "school_ejournal.SubstitutionsPage";
    static components = {AbsenceForm, SubstitutedLesson};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({day: null, adding: false, failed: "", busy: false});
        onWillStart(() => this.load(this.props.action.params?.date || false));
    }

    async load(date) {
        try {
            this.state.day = await this.orm.call("ejournal.substitution", "load_substitutions", [
                date,
            ]);
            this.state.failed = "";
        } catch (error) {
            this.state.failed = refusalOf(error);
        }
    }

    /** Run an act on the server, then show the day as it is now; a refusal stays in view. */
    act = async (model, method, args) => {
        if (this.state.busy) {
            return false;
        }
        this.state.busy = true;
        let refusal = "";
        try {
            await this.orm.call(model, method, args);
        } catch (error) {
            refusal = refusalOf(error);
        }
        await this.load(this.state.day.date);
        this.state.failed ||= refusal;
        this.state.busy = false;
        return !refusal;
    };

    get title() {
        return DateTime.fromISO(this.state.day.date).toLocaleString({
            weekday: "long",
            day: "numeric",
            month: "long",
        });
    }

    get isToday() {
        return this.state.day.date === this.state.day.today;
    }

    get openCount() {
        return this.state.day.absences
            .flatMap((absence) => absence.lessons)
            .filter((lesson) => lesson.state !== "cancelled" && !lesson.substitute_id).length;
    }

    get summary() {
        const count = this.openCount;
        return count ? _t("Without a substitute: %s", count) : _t("Every lesson is provided for");
    }

    reasonOf(absence) {
        const label = Object.fromEntries(this.state.day.reasons)[absence.reason_code];
        return [label, absence.reason, absence.order_ref].filter(Boolean).join(" · ");
    }

    daysOf(absence) {
        const days = [absence.date_start, absence.date_end].map((day) =>
            DateTime.fromISO(day).toFormat("dd.MM.yyyy"),
        );
        return [...new Set(days)].join(" – ");
    }

    async onAdd(values) {
        if (await this.act("ejournal.substitution", "create", [[values]])) {
            this.state.adding = false;
        }
    }

    openAbsence(absence) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "ejournal.substitution",
            res_id: absence.id,
            views: [[false, "form"]],
        });
    }
}

/** The server's sentence, which says what to do. */
export function refusalOf(error) {
    const message = error?.data?.message;
    if (!message) {
        throw error;
    }
    return message;
}

registry.category("actions").add("school_ejournal.substitutions", SubstitutionsPage);
