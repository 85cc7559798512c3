import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {enterLesson, lessonValue} from "@school_ejournal/entry/lesson_values";
import {proposedAbsent, rollOf} from "../store/lesson_facts";

/**
 * Who is absent, and the deliberate act of confirming it. Pupils who were absent before are offered
 * with a tick; they become a fact with the confirmation.
 */
export class RollCallBox extends Component {
    static template = "school_ejournal.RollCallBox";
    static props = {page: Object, lesson: Object};

    setup() {
        this.page = this.props.page;
        this.store = this.page.store;
        this.facts = useState(this.store.facts);
        this.state = useState({here: new Set()});
    }

    get roll() {
        return this.facts.version >= 0 && rollOf(this.store, this.props.lesson);
    }

    get proposed() {
        return proposedAbsent(this.store, this.props.lesson);
    }

    get chosen() {
        return this.proposed.filter(({pupil}) => !this.state.here.has(pupil.id));
    }

    get isConfirmed() {
        return Boolean(lessonValue(this.store, this.props.lesson, "attendance_confirmed"));
    }

    get rule() {
        return this.store.windowRefusal(this.props.lesson, "attendance");
    }

    /** @returns {string[]} lines */
    get summary() {
        const {absent, late, listed} = this.roll;
        const names = (rows) => rows.map(({pupil}) => pupil.short_name).join(", ");
        const lines = [
            absent.length && _t("Absent: %(names)s", {names: names(absent)}),
            late.length && _t("Late: %(names)s", {names: names(late)}),
        ].filter(Boolean);
        if (lines.length) {
            return lines;
        }
        return [
            this.isConfirmed
                ? _t("All %(count)s were there.", {count: listed.length})
                : _t("Nobody is marked absent yet."),
        ];
    }

    get buttonText() {
        const {length} = this.chosen;
        const {absent} = this.roll;
        if (length || absent.length) {
            return _t("Confirm: %(count)s absent", {count: length + absent.length});
        }
        return _t("Confirm: all are there");
    }

    toggle(row, ev) {
        const {here} = this.state;
        here[ev.target.checked ? "delete" : "add"](row.pupil.id);
    }

    confirm() {
        const {lesson} = this.props;
        const changes = this.chosen.map(({pupil}) => ({
            lesson_id: lesson.id,
            pupil_id: pupil.id,
            field: "attendance",
            value: "absent",
        }));
        changes.push({lesson_id: lesson.id, field: "attendance_confirmed", value: true});
        this.store.enter(changes, {title: _t("attendance")});
    }

    takeBack() {
        enterLesson(this.store, this.props.lesson, {attendance_confirmed: false});
    }
}
