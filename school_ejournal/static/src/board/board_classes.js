import {Component} from "@odoo/owl";
import {STATUS, lessonWords, ratio} from "./board_words";

/** A line a class, a column a lesson of the day: what is filled by now. */
export class BoardClasses extends Component {
    static template = "school_ejournal.BoardClasses";
    static props = {classes: Array, openLesson: Function, openWeek: Function};

    setup() {
        this.ratio = ratio;
        this.words = lessonWords;
    }

    get numbers() {
        const numbers = this.props.classes.flatMap((row) => row.lessons.map((x) => x.number));
        return [...new Set(numbers)].sort((one, other) => one - other);
    }

    lessonsAt(row, number) {
        return row.lessons.filter((lesson) => lesson.number === number);
    }

    sign(lesson) {
        return STATUS[lesson.status].sign;
    }
}
