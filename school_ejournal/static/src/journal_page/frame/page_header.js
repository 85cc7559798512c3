import {Component, useState} from "@odoo/owl";
import {Countdown} from "@school_ejournal/entry/countdown";
import {addDays} from "@school_ejournal/entry/dates";
import {SaveStatus} from "@school_ejournal/entry/save_status";

/** Name of the journal, days shown, what is saved. */
export class PageHeader extends Component {
    static template = "school_ejournal.PageHeader";
    static components = {Countdown, SaveStatus};
    static props = {page: Object, onChooseJournal: Function};

    setup() {
        this.page = this.props.page;
        this.store = this.page.store;
        this.view = useState(this.page.view);
        this.layout = useState(this.store.layout);
        this.steps = useState(this.store.history.state);
    }

    /** Today's lesson, to say how long it stays open. */
    get today() {
        const {lessons, journal} = this.store;
        return this.layout.version && lessons.findLast(({date}) => date === journal.today);
    }

    /** The period shown, or the one around the month shown. */
    get period() {
        const {date_start, date_end} = this.store.days;
        return (this.store.journal.periods || []).find(
            (period) => period.date_start <= date_end && period.date_end >= date_start,
        );
    }

    get spanName() {
        const {span, date_start} = this.store.days;
        if (this.layout.version >= 0 && span === "month") {
            return luxon.DateTime.fromISO(date_start).toFormat("LLLL yyyy");
        }
        return this.period?.name || "";
    }

    /** @param {1|-1} step to the month or period after or before */
    turn(step) {
        const {span, date_start, date_end} = this.store.days;
        if (span === "month") {
            const day = step > 0 ? addDays(date_end, 1) : addDays(date_start, -1);
            return this.page.show(span, day);
        }
        const periods = this.store.journal.periods || [];
        const next = periods[periods.indexOf(this.period) + step];
        return next && this.page.show(span, next.date_start);
    }
}
