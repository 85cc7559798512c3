import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {shownAverage} from "../journal_page/store/averages";

/** Pupils × subjects of a class; of the year with what the council has to decide. */
export class ClassSheet extends Component {
    static template = "school_ejournal.ClassSheet";
    static props = {periodId: Number, classId: [Number, Boolean], classes: Array, choose: Function};

    setup() {
        this.orm = useService("orm");
        this.shownAverage = shownAverage;
        this.state = useState({sheet: null, failed: ""});
        onWillStart(() => this.load(this.props));
        onWillUpdateProps((props) => this.load(props));
    }

    async load({periodId, classId}) {
        if (!classId) {
            return;
        }
        try {
            const asked = [periodId, classId];
            this.state.sheet = await this.orm.call("ejournal.results", "load_class_sheet", asked);
        } catch (error) {
            this.state.failed = error.data?.message || _t("The sheet could not be opened.");
        }
    }

    get isYear() {
        return this.state.sheet.period.kind === "year";
    }

    decision(pupil) {
        return {
            promoted: _t("Promoted"),
            autumn: _t("Autumn exam"),
            open: _t("Marks are lacking"),
        }[pupil.decision];
    }

    get bookAddress() {
        const {periodId, classId} = this.props;
        return `/school_ejournal/class_sheet.xlsx?period_id=${periodId}&class_id=${classId}`;
    }
}
