import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {shortMoment} from "@school_ejournal/entry/dates";

const WAYS = [
    ["phone", () => _t("By phone")],
    ["message", () => _t("By message")],
    ["mail", () => _t("By mail")],
    ["meeting", () => _t("At a meeting")],
    ["paper", () => _t("On paper")],
];

/** The list of nine o'clock: who is not here, whom to call, who was told. */
export class MissingTab extends Component {
    static template = "school_ejournal.ClassMissingTab";
    static props = {classId: Number};

    setup() {
        this.orm = useService("orm");
        this.state = useState({list: null});
        this.ways = WAYS;
        this.shortMoment = shortMoment;
        onWillStart(() => this.load());
        onWillUpdateProps(({classId}) => this.load(classId));
    }

    async load(classId = this.props.classId) {
        this.state.list = await this.orm.call("ejournal.class", "load_missing", [classId]);
    }

    async note(pupil, way) {
        this.state.list = await this.orm.call("ejournal.class", "note_contact", [
            this.props.classId,
            pupil.id,
            way,
        ]);
    }
}
