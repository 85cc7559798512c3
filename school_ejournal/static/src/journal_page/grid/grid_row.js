import {Component, useState} from "@odoo/owl";

/** One pupil. Drawn again only when one of its own cells changes. */
export class GridRow extends Component {
    static template = "school_ejournal.GridRow";
    static props = {row: Object, version: Number, periods: Array, hasAverage: Boolean};

    setup() {
        this.paint = useState(this.props.row.paint);
    }

    get row() {
        // read, so that the row follows its own changes
        return this.paint.version >= 0 && this.props.row;
    }

    periodMark(period) {
        const mark = this.row.periodMarks.find(({period_id}) => period_id === period.id);
        return (mark && mark.value) || "";
    }
}
