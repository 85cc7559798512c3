import {Component, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {enterLesson, lessonValue} from "@school_ejournal/entry/lesson_values";
import {signOf} from "@school_ejournal/entry/attendance_sign";
import {enterAttendance} from "../store/cell_entry";
import {attendanceOf, proposedAbsent, rollOf} from "../store/lesson_facts";

/**
 * Roll call: everybody is there, a tap makes a pupil absent. Or the numbers of the absent are typed,
 * as they stand on the list.
 */
export class PhoneRoll extends Component {
    static template = "school_ejournal.PhoneRoll";
    static props = {page: Object, lesson: Object};

    setup() {
        this.page = this.props.page;
        this.store = this.page.store;
        this.facts = useState(this.store.facts);
        this.layout = useState(this.store.layout);
        this.numbers = useRef("numbers");
    }

    get column() {
        return this.store.columnsOf.get(this.props.lesson.id)[0];
    }

    get roll() {
        return (
            this.facts.version >= 0 &&
            this.layout.version >= 0 &&
            rollOf(this.store, this.props.lesson)
        );
    }

    get lines() {
        const proposed = new Set(proposedAbsent(this.store, this.props.lesson));
        return this.roll.listed.map((row) => {
            const attendance = attendanceOf(this.store, this.props.lesson, row);
            return {
                row,
                attendance,
                isAbsent: attendance === "absent",
                isLate: String(attendance).startsWith("late"),
                isProposed: proposed.has(row),
                sign: signOf(attendance, this.store.journal.letters),
            };
        });
    }

    get rule() {
        return this.store.windowRefusal(this.props.lesson, "attendance");
    }

    get isConfirmed() {
        return Boolean(lessonValue(this.store, this.props.lesson, "attendance_confirmed"));
    }

    get confirmText() {
        const {absent, listed} = this.roll;
        return _t("Confirm: %(here)s of %(all)s are there", {
            here: listed.length - absent.length,
            all: listed.length,
        });
    }

    set(row, value) {
        const result = enterAttendance(this.store, row.cells[this.column.index], value);
        if (result.refusal) {
            this.page.say(result.refusal, "rule");
        } else {
            this.store.enter(result.changes);
        }
    }

    toggleAbsent({row, isAbsent}) {
        this.set(row, isAbsent ? false : "absent");
    }

    toggleLate({row, isLate}) {
        this.set(row, isLate ? false : "late");
    }

    /** "3 7 12" makes those absent. */
    enterNumbers() {
        const {el} = this.numbers;
        const wanted = el.value.match(/\d+/g) || [];
        const byNumber = new Map(this.lines.map((line) => [String(line.row.pupil.number), line]));
        const unknown = wanted.filter((number) => !byNumber.has(number));
        for (const number of wanted) {
            const line = byNumber.get(number);
            if (line && !line.isAbsent) {
                this.set(line.row, "absent");
            }
        }
        el.value = "";
        this.page.say(
            unknown.length
                ? _t("Not on the list: %(numbers)s", {numbers: unknown.join(", ")})
                : _t("Absent: %(count)s", {count: this.roll.absent.length}),
            unknown.length ? "wrong" : "",
        );
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            this.enterNumbers();
        }
    }

    confirm(value) {
        enterLesson(this.store, this.props.lesson, {attendance_confirmed: value});
    }
}
