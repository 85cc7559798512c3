import {Component, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {clockHours, shortDay} from "@school_ejournal/entry/dates";
import {enterLesson, lessonValue} from "@school_ejournal/entry/lesson_values";
import {TextCell} from "@school_ejournal/entry/text_cell";

const FIELDS = ["topic", "classwork", "homework"];

/** The day in one table, a row a lesson: Tab or Enter through it, done. */
export class CloseTable extends Component {
    static template = "school_ejournal.CloseTable";
    static components = {TextCell};
    static props = {page: Object};

    setup() {
        this.page = this.props.page;
        this.store = this.page.store;
        this.layout = useState(this.store.layout);
        this.facts = useState(this.store.facts);
        this.root = useRef("root");
    }

    get lines() {
        const isRead = this.layout.version && this.facts.version >= 0;
        return isRead ? this.store.lessons.map((lesson) => this.lineOf(lesson)) : [];
    }

    lineOf(lesson) {
        return {
            lesson,
            time: clockHours(lesson.time_start),
            isFilled: this.store.filling(lesson) === "full",
            isConfirmed: Boolean(this.value(lesson, "attendance_confirmed")),
            noHomework: Boolean(this.value(lesson, "no_homework")),
            rule: this.store.windowRefusal(lesson, "classwork"),
            rollRule: this.store.rollRefusal(lesson),
            parallels: this.parallelsOf(lesson),
        };
    }

    value(lesson, field) {
        return lessonValue(this.store, lesson, field);
    }

    /** Classes with several lessons today: their roll is called once. */
    get wholeDays() {
        const isRead = this.layout.version && this.facts.version >= 0;
        return isRead ? this.store.groups.filter(({lessons}) => lessons.length > 1) : [];
    }

    groupText({classes, lessons}) {
        return _t("Roll call %(class)s: %(count)s lessons at once", {
            class: classes,
            count: lessons.length,
        });
    }

    openRoll(lesson) {
        this.page.view.roll = this.store.groups.find(({lessons}) => lessons.includes(lesson));
    }

    /** Parallel classes that would get something from this lesson. */
    parallelsOf(lesson) {
        return lesson.parallel.filter(
            (parallel) => this.store.copyChanges(lesson, parallel).length,
        );
    }

    copyText(parallel) {
        const day = parallel.date === this.store.date ? "" : `, ${shortDay(parallel.date)}`;
        return _t("Copy to %(class)s", {class: parallel.classes + day});
    }

    /** To the next empty field, row by row; from the last one to the confirmation. */
    goOn(lesson, field) {
        const row = this.root.el.querySelector(`[data-lesson="${lesson.id}"]`);
        const next = FIELDS[FIELDS.indexOf(field) + 1];
        const inRow = next
            ? row.querySelector(`[data-field="${next}"]`)
            : row.querySelector(".o_ej_confirm");
        const below = row.nextElementSibling?.querySelector("[data-field='topic']");
        (inRow || below)?.focus();
    }

    confirm(lesson, value) {
        enterLesson(this.store, lesson, {attendance_confirmed: value});
        const row = this.root.el.querySelector(`[data-lesson="${lesson.id}"]`);
        if (value) {
            row.nextElementSibling?.querySelector("[data-field='topic']")?.focus();
        }
    }

    setNone(lesson, ev) {
        enterLesson(this.store, lesson, {no_homework: ev.target.checked});
    }

    absenceText(lesson) {
        const count = this.store.absentCount(lesson);
        return count ? _t("%(count)s absent", {count}) : _t("all are there");
    }

    confirmText(lesson) {
        const count = this.store.absentCount(lesson);
        return count ? _t("Confirm: %(count)s absent", {count}) : _t("Confirm: all are there");
    }
}
