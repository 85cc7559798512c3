import {Component, useState} from "@odoo/owl";
import {shortDay} from "@school_ejournal/entry/dates";
import {lessonValue} from "@school_ejournal/entry/lesson_values";

/**
 * The right page: date, topic, work done, homework of all lessons shown. The newest stands first, next
 * to the lesson that is being filled; coming lessons only when something was prepared for them.
 */
export class RightPage extends Component {
    static template = "school_ejournal.RightPage";
    static props = {page: Object};

    setup() {
        this.page = this.props.page;
        this.store = this.page.store;
        this.facts = useState(this.store.facts);
        this.view = useState(this.page.view);
    }

    get lines() {
        return this.facts.version < 0
            ? []
            : this.store.lessons
                  .map((lesson) => this.lineOf(lesson))
                  .filter(({isFuture, topic, homework}) => !isFuture || topic || homework)
                  .reverse();
    }

    lineOf(lesson) {
        return {
            lesson,
            day: shortDay(lesson.date),
            topic: lessonValue(this.store, lesson, "topic"),
            classwork: lessonValue(this.store, lesson, "classwork"),
            homework: lessonValue(this.store, lesson, "homework"),
            isFuture: lesson.date > this.store.journal.today,
            isCancelled: lesson.state === "cancelled",
        };
    }

    choose(lesson) {
        this.page.choose(lesson.id);
        const [column] = this.store.columnsOf.get(lesson.id);
        this.page.scrollToColumn?.(column);
    }
}
