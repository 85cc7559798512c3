import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {longDay, shortMoment} from "@school_ejournal/entry/dates";

const PARTS = {
    topic: () => _t("topic"),
    classwork: () => _t("work done"),
    homework: () => _t("homework"),
    attendance: () => _t("roll call"),
};

/** The class's day: what each lesson lacks, marks and absences, one button to confirm. */
export class DayTab extends Component {
    static template = "school_ejournal.ClassDayTab";
    static props = {classId: Number};

    setup() {
        this.orm = useService("orm");
        this.state = useState({day: null, text: ""});
        this.longDay = longDay;
        this.shortMoment = shortMoment;
        onWillStart(() => this.load());
        onWillUpdateProps(({classId}) => this.load(false, classId));
    }

    async load(day = false, classId = this.props.classId) {
        this.state.day = await this.orm.call("ejournal.class", "load_class_day", [classId, day]);
    }

    missing(lesson) {
        return lesson.missing.map((part) => PARTS[part]()).join(", ");
    }

    cell(pupil, lesson) {
        const cell = pupil.cells[lesson.id];
        if (!cell) {
            return "";
        }
        const absent = {absent: "—", late: "◔"}[(cell.attendance || "").split(":")[0]] || "";
        const excused = cell.attendance === "absent" && cell.excused ? "✓" : "";
        return [cell.marks.join(" "), absent + excused].filter(Boolean).join(" ");
    }

    async confirm() {
        await this.act("confirm_day", [this.state.day.date]);
        await this.load(this.state.day.date);
    }

    async nudge(lesson) {
        const moment = await this.act("nudge_teacher", [lesson.id]);
        if (moment) {
            lesson.nudged_at = moment;
        }
    }

    async act(method, args) {
        this.state.text = "";
        try {
            return await this.orm.call("ejournal.class", method, [this.props.classId, ...args]);
        } catch (error) {
            this.state.text = error.data?.message || _t("Not saved: no connection. Set it again.");
            return null;
        }
    }
}
