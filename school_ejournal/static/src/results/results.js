import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {shownAverage} from "../journal_page/store/averages";
import {FiguresLine, shownShare} from "../period_marks/figures_line";
import {ClassSheet} from "./class_sheet";
import {MarksChart} from "./marks_chart";

/**
 * The results of a period: the deputy's and the director's of the school, a class teacher's of the
 * own class. All figures come from `ejournal.results.load_results`.
 */
export class Results extends Component {
    static template = "school_ejournal.Results";
    static components = {ClassSheet, FiguresLine, MarksChart};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.shownAverage = shownAverage;
        this.state = useState({
            page: null,
            failed: "",
            view: this.props.state?.view || "class",
            classId: false,
        });
        onWillStart(() => this.load(this.props.state?.periodId || false));
    }

    async load(periodId) {
        try {
            this.state.page = await this.orm.call("ejournal.results", "load_results", [periodId]);
        } catch (error) {
            this.state.failed = error.data?.message || _t("The results could not be opened.");
        }
    }

    get page() {
        return this.state.page;
    }

    get views() {
        return [
            ["class", _t("Classes")],
            ["grade", _t("Grades")],
            ["subject", _t("Subjects")],
            ["teacher", _t("Teachers")],
            ["course", _t("Classes and subjects")],
            ["sheet", _t("Sheet of a class")],
            ["lists", _t("Lists")],
            ["objectivity", _t("Objectivity")],
        ];
    }

    get isTable() {
        return Boolean(this.page.rows[this.state.view]);
    }

    get rows() {
        return this.page.rows[this.state.view] || [];
    }

    get hasStanding() {
        return ["class", "grade"].includes(this.state.view);
    }

    get standings() {
        return [
            ["excellent", _t("Only fives")],
            ["good", _t("Fours and fives")],
            ["satisfactory", _t("With threes")],
            ["failing", _t("Failing")],
            ["ungraded", _t("Without marks")],
        ];
    }

    get lists() {
        return [
            ["excellent", _t("Only fives")],
            ["one_four", _t("One four")],
            ["one_three", _t("One three")],
            ["failing", _t("Failing")],
        ].map(([name, title]) => ({name, title, rows: this.page.lists[name]}));
    }

    get denominator() {
        return {
            attested: _t("All but the exempt and those without a mark"),
            marked: _t("Those with a mark"),
            list: _t("All on the list"),
        }[this.page.denominator];
    }

    get countedText() {
        return _t("Shares are counted over: %s. “—”: there is nothing to count.", this.denominator);
    }

    get objectivityCount() {
        return this.page.objectivity.length;
    }

    share(value, digits) {
        return shownShare(value, digits);
    }

    average(value) {
        return shownAverage(value) || "—";
    }

    /** «+3.2» since the period before; nothing when there is nothing to compare with. */
    change(value) {
        if (value === undefined) {
            return "";
        }
        const sign = value > 0 ? "+" : value < 0 ? "−" : "±";
        return sign + shownShare(Math.abs(value)).replace(" %", "");
    }

    textOf(value) {
        return this.page.signs[value] || value || "";
    }

    show(view) {
        this.state.view = view;
    }

    openSheet(classId) {
        Object.assign(this.state, {view: "sheet", classId});
    }

    onRow(row) {
        if (this.state.view === "class") {
            this.openSheet(row.id);
        }
        if (this.state.view === "course") {
            this.action.doAction({
                type: "ir.actions.client",
                tag: "school_ejournal.period_marks",
                params: {journal_id: row.journal_id, period_id: this.page.period.id},
            });
        }
    }

    get isLink() {
        return ["class", "course"].includes(this.state.view);
    }

    get sheetClassId() {
        return this.state.classId || this.page.rows.class.find(({marked}) => marked)?.id || false;
    }

    get bookAddress() {
        return `/school_ejournal/results.xlsx?period_id=${this.page.period.id}`;
    }
}

registry.category("actions").add("school_ejournal.results", Results);
