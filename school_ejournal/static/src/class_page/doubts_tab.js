import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

/** What is missing or doubtful in the data of pupils and parents. */
export class DoubtsTab extends Component {
    static template = "school_ejournal.ClassDoubtsTab";
    static props = {classId: Number};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({rows: []});
        onWillStart(() => this.load());
        onWillUpdateProps(({classId}) => this.load(classId));
    }

    async load(classId = this.props.classId) {
        this.state.rows = await this.orm.call("ejournal.class", "load_doubts", [classId]);
    }

    open(pupil) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "ejournal.pupil",
            res_id: pupil.id,
            views: [[false, "form"]],
        });
    }
}
