import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {MessageLine} from "@school_ejournal/entry/message_line";
import {SaveStatus} from "@school_ejournal/entry/save_status";
import {Countdown} from "@school_ejournal/entry/countdown";
import {addDays, spokenDay, weekdayShort} from "@school_ejournal/entry/dates";
import {fillingOf} from "@school_ejournal/entry/lesson_values";
import {LessonPanel} from "../panel/lesson_panel";
import {PhoneMarks} from "./phone_marks";
import {PhoneRoll} from "./phone_roll";

/** One lesson at a time, for one hand: roll call, marks, topic and homework. */
export class PhonePage extends Component {
    static template = "school_ejournal.PhonePage";
    static components = {Countdown, LessonPanel, MessageLine, PhoneMarks, PhoneRoll, SaveStatus};
    static props = {page: Object, onChooseJournal: Function};

    setup() {
        this.page = this.props.page;
        this.store = this.page.store;
        this.view = useState(this.page.view);
        this.layout = useState(this.store.layout);
        this.facts = useState(this.store.facts);
        this.state = useState({tab: "roll"});
    }

    get lesson() {
        const isRead = this.layout.version && this.view.lessonId;
        return isRead ? this.store.lessonById.get(this.view.lessonId) : null;
    }

    get lessonText() {
        const {date, number} = this.lesson;
        return _t("%(weekday)s, %(day)s · lesson %(number)s", {
            weekday: weekdayShort(date),
            day: spokenDay(date),
            number,
        });
    }

    get tabs() {
        const done = new Map(
            this.facts.version >= 0
                ? fillingOf(this.store, this.lesson).map((part) => [part.name, part.done])
                : [],
        );
        const content = ["topic", "classwork", "homework"].filter((name) => done.has(name));
        return [
            {name: "roll", label: _t("Roll call"), done: done.get("attendance")},
            {name: "marks", label: _t("Marks"), hidden: this.store.journal.assessment === "none"},
            {name: "lesson", label: _t("Lesson"), done: content.every((name) => done.get(name))},
        ].filter(({hidden}) => !hidden);
    }

    /** @param {1|-1} step to the lesson before or after; days that are not there are read */
    async turn(step) {
        const {lessons, days, journal} = this.store;
        const next = lessons[lessons.indexOf(this.lesson) + step];
        if (next) {
            this.page.choose(next.id);
            this.page.hush();
            return;
        }
        const {date, number} = this.lesson;
        const day = step > 0 ? addDays(days.date_end, 8) : addDays(days.date_start, -1);
        await this.page.open(journal.id, {span: "lesson", day});
        const place = (lesson) => `${lesson.date} ${String(lesson.number).padStart(2, "0")}`;
        const here = place({date, number});
        const beyond = this.store.lessons.filter((lesson) =>
            step > 0 ? place(lesson) > here : place(lesson) < here,
        );
        const nearest = step > 0 ? beyond[0] : beyond.at(-1);
        if (nearest) {
            this.page.choose(nearest.id);
        }
    }
}
