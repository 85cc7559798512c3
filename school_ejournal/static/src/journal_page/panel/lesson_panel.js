import {Component, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {withoutInvitation} from "@school_ejournal/entry/asking";
import {longDay} from "@school_ejournal/entry/dates";
import {enterLesson, fillingOf, lessonValue} from "@school_ejournal/entry/lesson_values";
import {Countdown} from "@school_ejournal/entry/countdown";
import {HomeworkFiles} from "@school_ejournal/entry/homework_files";
import {TextCell} from "@school_ejournal/entry/text_cell";
import {useTypedValue} from "@school_ejournal/entry/typed_value";
import {LoadGuard} from "@school_ejournal/load_guard/load_guard";
import {lastHomework} from "../store/lesson_facts";
import {RollCallBox} from "./roll_call_box";

/** The right page's upper half: one lesson, what it holds and what is still missing. */
export class LessonPanel extends Component {
    static template = "school_ejournal.LessonPanel";
    static components = {Countdown, HomeworkFiles, LoadGuard, RollCallBox, TextCell};
    static props = {page: Object, lesson: Object};

    setup() {
        this.page = this.props.page;
        this.store = this.page.store;
        this.facts = useState(this.store.facts);
        this.root = useRef("root");
        this.minutes = useTypedValue(useRef("minutes"), () => this.value("homework_minutes") || "");
    }

    get lesson() {
        return this.props.lesson;
    }

    get heading() {
        return longDay(this.lesson.date);
    }

    get numberText() {
        return _t("lesson %(number)s", {number: this.lesson.number});
    }

    get filling() {
        return this.facts.version >= 0 ? fillingOf(this.store, this.lesson) : [];
    }

    get isFilled() {
        return this.filling.every(({done}) => done);
    }

    /** Whether the lesson has a control work, announced or held. */
    get hasControl() {
        return this.store.works.some(
            (work) => work.lesson_id === this.lesson.id && work.is_control && !work.struck_out,
        );
    }

    get contentRule() {
        return this.store.windowRefusal(this.lesson, "topic");
    }

    get ruleText() {
        return withoutInvitation(this.contentRule);
    }

    get plannedTopic() {
        return this.lesson.proposals.topic?.title || "";
    }

    get offeredHomework() {
        return this.lesson.proposals.topic?.homework || "";
    }

    get lastHomework() {
        return this.facts.version >= 0 ? lastHomework(this.store, this.lesson) : "";
    }

    value(field) {
        return lessonValue(this.store, this.lesson, field);
    }

    /** To the next field, and from the last one to the confirmation. */
    goOn(field) {
        const order = ["topic", "classwork", "homework"];
        const next = order[order.indexOf(field) + 1];
        const selector = next ? `[data-field="${next}"]` : ".o_ej_confirm";
        this.root.el.querySelector(selector)?.focus();
    }

    takeLastHomework() {
        enterLesson(this.store, this.lesson, {homework: this.lastHomework});
        this.root.el.querySelector('[data-field="homework"]')?.focus();
    }

    setNone(ev) {
        enterLesson(this.store, this.lesson, {no_homework: ev.target.checked});
    }

    setMinutes(ev) {
        this.minutes.release();
        const minutes = Number.parseInt(ev.target.value, 10) || false;
        enterLesson(this.store, this.lesson, {homework_minutes: minutes});
    }

    ask() {
        this.page.view.asking = [this.lesson.id];
    }
}
