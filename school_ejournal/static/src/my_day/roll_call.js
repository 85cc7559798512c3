import {Component, onWillStart, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {signOf, spokenAttendance} from "@school_ejournal/entry/attendance_sign";
import {enterLesson, lessonValue} from "@school_ejournal/entry/lesson_values";

/**
 * One roll call for all own lessons of a class on a day. A name makes absent in all of them, a cell
 * in one lesson, where it is still open; one button confirms all.
 */
export class RollCall extends Component {
    static template = "school_ejournal.RollCall";
    static props = {page: Object, group: Object};

    setup() {
        this.page = this.props.page;
        this.store = this.page.store;
        this.facts = useState(this.store.facts);
        this.state = useState({pupils: [], failed: ""});
        this.root = useRef("root");
        onWillStart(() => this.open());
        useEffect(
            () => this.root.el.querySelector("input, button")?.focus(),
            () => [],
        );
    }

    async open() {
        try {
            this.state.pupils = await this.store.openRoll(this.props.group.key);
        } catch (error) {
            this.state.failed = error.data?.message || _t("The list could not be read.");
        }
    }

    get title() {
        return _t("Roll call %(class)s", {class: this.props.group.classes});
    }

    get lessons() {
        return this.props.group.lessons;
    }

    get openLessons() {
        return this.lessons.filter((lesson) => !this.store.rollRefusal(lesson));
    }

    get rule() {
        return this.openLessons.length ? "" : this.store.rollRefusal(this.lessons[0]);
    }

    get lines() {
        return this.facts.version < 0
            ? []
            : this.state.pupils.map((pupil) => {
                  const cells = this.lessons.map((lesson) => this.cellOf(pupil, lesson));
                  const listed = cells.filter(({isListed}) => isListed);
                  return {
                      pupil,
                      cells,
                      isAbsent: listed.length && listed.every(({isAbsent}) => isAbsent),
                      isOffered: this.isOffered(pupil),
                  };
              });
    }

    cellOf(pupil, lesson) {
        const value = this.store.attendanceOf(lesson, pupil);
        const spoken = spokenAttendance(value) || _t("here");
        return {
            lesson,
            isListed: pupil.lesson_ids.includes(lesson.id),
            value,
            isAbsent: value === "absent",
            isLate: String(value).startsWith("late"),
            sign: signOf(value, this.store.journal.letters),
            rule: this.store.rollRefusal(lesson),
            label: `${pupil.list_name}, ${this.lessonText(lesson)}: ${spoken}`,
        };
    }

    lessonText({number, subject}) {
        return _t("lesson %(number)s, %(subject)s", {number, subject});
    }

    /** Absent in the lesson before, which may have been a colleague's. */
    isOffered(pupil) {
        return this.openLessons.some(
            (lesson) =>
                lesson.proposals.absent?.includes(pupil.id) &&
                !this.store.attendanceOf(lesson, pupil) &&
                !lessonValue(this.store, lesson, "attendance_confirmed"),
        );
    }

    /** Absent in all open lessons, or there in all of them. */
    toggleAll({pupil, isAbsent}) {
        this.enter(this.openLessons, pupil, isAbsent ? false : "absent");
    }

    /** Here, absent, late, here: in one lesson. */
    turn({pupil}, {lesson, isAbsent, isLate}) {
        const next = isAbsent ? "late" : isLate ? false : "absent";
        this.enter([lesson], pupil, next);
    }

    enter(lessons, pupil, value) {
        this.store.enter(
            lessons
                .filter(({id}) => pupil.lesson_ids.includes(id))
                .map(({id}) => ({lesson_id: id, pupil_id: pupil.id, field: "attendance", value})),
            {title: _t("attendance")},
        );
    }

    /** "3 7 12" makes those absent in all open lessons. */
    enterNumbers(ev) {
        const wanted = ev.target.value.match(/\d+/g) || [];
        const byNumber = new Map(this.state.pupils.map((pupil) => [String(pupil.number), pupil]));
        const unknown = wanted.filter((number) => !byNumber.has(number));
        for (const number of wanted.filter((one) => byNumber.has(one))) {
            this.enter(this.openLessons, byNumber.get(number), "absent");
        }
        ev.target.value = "";
        if (unknown.length) {
            const numbers = unknown.join(", ");
            this.page.say(_t("Not on the list: %(numbers)s", {numbers}), "wrong");
        }
    }

    get unconfirmed() {
        return this.facts.version < 0
            ? []
            : this.openLessons.filter(
                  (lesson) => !lessonValue(this.store, lesson, "attendance_confirmed"),
              );
    }

    get confirmText() {
        const count = this.lines.filter(({cells}) => cells.some(({isAbsent}) => isAbsent)).length;
        return count ? _t("Confirm: %(count)s absent", {count}) : _t("Confirm: all are there");
    }

    confirm() {
        for (const lesson of this.unconfirmed) {
            enterLesson(this.store, lesson, {attendance_confirmed: true});
        }
        this.close();
    }

    close() {
        this.page.view.roll = null;
    }

    onKeydown(ev) {
        if (ev.key === "Escape") {
            ev.stopPropagation();
            this.close();
        }
    }
}
