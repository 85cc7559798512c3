import {Component, useState} from "@odoo/owl";
import {longDay} from "@school_ejournal/entry/dates";
import {AttendancePanel} from "./attendance_panel";

/** One day of the class for a thumb: a row a pupil, a tap opens the reasons. */
export class AttendancePhone extends Component {
    static template = "school_ejournal.AttendancePhone";
    static components = {AttendancePanel};
    static props = {store: Object};

    setup() {
        this.store = this.props.store;
        this.page = useState(this.store.page);
        this.selected = useState(this.store.selected);
        this.state = useState({open: false});
    }

    get day() {
        return this.page.days[this.selected.column];
    }

    get heading() {
        return this.day ? longDay(this.day.date) : "";
    }

    get rows() {
        return this.page.pupils
            .map((pupil, row) => ({pupil, row, cell: this.day && pupil.cells[this.day.date]}))
            .filter(({pupil}) => this.day && this.store.isOnList(pupil, this.day.date));
    }

    turn(step) {
        const column = this.selected.column + step;
        if (column >= 0 && column < this.page.days.length) {
            this.store.select(this.selected.row, column);
            this.state.open = false;
        }
    }

    tap(row) {
        const isOpen = this.state.open === row;
        this.store.select(row, this.selected.column);
        this.state.open = isOpen ? false : row;
    }
}
