import {Component, useState} from "@odoo/owl";

/** Who is absent, from when to when, why: three fields and a button. */
export class AbsenceForm extends Component {
    static template = "school_ejournal.AbsenceForm";
    static props = {day: Object, onAdd: Function, onCancel: Function};

    setup() {
        this.values = useState({
            teacher_id: "",
            date_start: this.props.day.date,
            date_end: this.props.day.date,
            reason_code: "ill",
            substitute_id: "",
        });
    }

    get teachers() {
        return this.props.day.teachers.filter((teacher) => !teacher.absent);
    }

    onSubmit(ev) {
        ev.preventDefault();
        const {teacher_id, substitute_id, date_start, date_end, reason_code} = this.values;
        this.props.onAdd({
            teacher_id: Number(teacher_id),
            date_start,
            date_end: date_end < date_start ? date_start : date_end,
            reason_code,
            ...(substitute_id && {substitute_id: Number(substitute_id)}),
        });
    }
}
