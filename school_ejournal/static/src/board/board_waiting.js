import {Component} from "@odoo/owl";
import {formatDate} from "@web/core/l10n/dates";
import {shortDay} from "@school_ejournal/entry/dates";

const {DateTime} = luxon;

/** What waits for the deputy director: requests, remarks, plans, findings of the checks. */
export class BoardWaiting extends Component {
    static template = "school_ejournal.BoardWaiting";
    static props = {
        data: Object,
        found: [Object, {value: null}],
        decide: Function,
        openAction: Function,
        openJournal: Function,
        openLesson: Function,
        openRemark: Function,
        remark: Function,
        showFindings: Function,
    };

    setup() {
        this.shortDay = shortDay;
    }

    /** Requests that the caller may decide. */
    get decidable() {
        return this.props.data.requests.filter((request) => !request.is_own);
    }

    decideAll() {
        this.props.decide(this.decidable.map((request) => request.id));
    }

    day(moment) {
        return formatDate(DateTime.fromSQL(moment, {zone: "utc"}).setZone("local"));
    }
}
