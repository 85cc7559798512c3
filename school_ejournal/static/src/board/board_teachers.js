import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {done, ratio} from "./board_words";

/** A line a teacher, by the alphabet: the day and the week. */
export class BoardTeachers extends Component {
    static template = "school_ejournal.BoardTeachers";
    static props = {teachers: Array, openWeek: Function};

    setup() {
        this.ratio = ratio;
        this.state = useState({all: false});
    }

    /** Those with something to fill today or this week; all on demand. */
    get rows() {
        return this.state.all ? this.props.teachers : this.props.teachers.filter(owes);
    }

    name(row) {
        return row.name || _t("Without a teacher");
    }
}

function owes(row) {
    return row.week.due > done(row.week);
}
