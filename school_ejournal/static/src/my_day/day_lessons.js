import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {Countdown} from "@school_ejournal/entry/countdown";
import {clockHours, longDay, shortDay, weekdayShort} from "@school_ejournal/entry/dates";
import {fillingOf, lessonValue} from "@school_ejournal/entry/lesson_values";
import {canAsk} from "@school_ejournal/entry/windows";

/** The lessons of the day, and below those of the days before that were not filled. */
export class DayLessons extends Component {
    static template = "school_ejournal.DayLessons";
    static components = {Countdown};
    static props = {page: Object};

    setup() {
        this.page = this.props.page;
        this.store = this.page.store;
        this.layout = useState(this.store.layout);
        this.facts = useState(this.store.facts);
    }

    get lines() {
        return this.layout.version && this.facts.version >= 0
            ? this.store.lessons.map((lesson) => this.lineOf(lesson))
            : [];
    }

    get unfilled() {
        return this.layout.version && this.facts.version >= 0
            ? this.store.unfilled.map((lesson) => this.lineOf(lesson))
            : [];
    }

    lineOf(lesson) {
        const filling = this.store.filling(lesson);
        const parts = fillingOf(this.store, lesson);
        return {
            lesson,
            filling,
            parts: filling === "full" ? [] : parts.filter(({done}) => !done),
            times: [clockHours(lesson.time_start), clockHours(lesson.time_end)].filter(Boolean),
            day: `${weekdayShort(lesson.date)} ${shortDay(lesson.date)}`,
            place: [lesson.room && _t("room %(room)s", {room: lesson.room})].filter(Boolean),
            state: this.stateText(filling),
            topic: lessonValue(this.store, lesson, "topic"),
            planned: lesson.proposals.topic?.title,
            last: this.standOf(lesson),
            canAsk: canAsk(lesson) && !lesson.asked,
        };
    }

    /** Where the class stands, for a substitute. */
    standOf({substitution}) {
        const {last_topic, plan_topic} = substitution || {};
        return [
            plan_topic && _t("by the plan: %(topic)s", {topic: plan_topic.title}),
            last_topic && _t("last time: %(topic)s", {topic: last_topic}),
        ]
            .filter(Boolean)
            .join(" · ");
    }

    numberText({number}) {
        return _t("lesson %(number)s", {number});
    }

    missingText({parts}) {
        return parts.map(({label}) => label).join(", ");
    }

    /** Whom the teacher replaces, and what his class had as homework. */
    substitutionText({substitution}) {
        const {owner, last_homework} = substitution;
        const parts = [owner && _t("instead of %s", owner)];
        parts.push(last_homework && _t("homework was: %s", last_homework));
        return parts.filter(Boolean).join(" · ");
    }

    get nextDay() {
        return longDay(this.store.days.after);
    }

    stateText(filling) {
        const texts = {full: _t("filled"), part: _t("in part"), empty: _t("empty")};
        return texts[filling];
    }

    absenceText(lesson) {
        const {pupils} = lesson;
        const absent = this.store.absentCount(lesson);
        return absent
            ? _t("%(absent)s of %(pupils)s absent", {absent, pupils})
            : _t("%(pupils)s pupils", {pupils});
    }

    /** All that may be asked for, at once. */
    get askable() {
        return this.unfilled.filter((line) => line.canAsk).map(({lesson}) => lesson.id);
    }

    get askAllText() {
        return _t("Ask to open all %(count)s ›", {count: this.askable.length});
    }
}
