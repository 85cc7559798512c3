import {Component, useState} from "@odoo/owl";

/** A pupil of the list above the pad. */
export class PhoneMarkRow extends Component {
    static template = "school_ejournal.PhoneMarkRow";
    static props = {
        row: Object,
        column: Object,
        isCurrent: Boolean,
        choose: Function,
        version: Number,
    };

    setup() {
        this.paint = useState(this.props.row.paint);
    }

    get cell() {
        return this.paint.version >= 0 && this.props.row.cells[this.props.column.index];
    }
}
