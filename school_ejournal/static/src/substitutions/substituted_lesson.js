import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

const SHOWN = 5;

/**
 * A lesson whose teacher is absent: the fittest teachers as buttons, all of them on demand, and
 * the other cases of a day in one list.
 */
export class SubstitutedLesson extends Component {
    static template = "school_ejournal.SubstitutedLesson";
    static props = {lesson: Object, day: Object, act: Function, busy: Boolean, readonly: Boolean};

    setup() {
        this.state = useState({way: "subject", all: false, changing: false, reason: "", order: ""});
    }

    get lesson() {
        return this.props.lesson;
    }

    get time() {
        const {time_start, time_end} = this.lesson;
        return typeof time_start === "number" ? `${clock(time_start)}–${clock(time_end)}` : "";
    }

    get kindLabel() {
        return Object.fromEntries(this.props.day.kinds)[this.lesson.kind] || "";
    }

    /** What can be done at this hour, the usual first. */
    get ways() {
        const ways = this.props.day.kinds.map(([key, label]) => ({key, label}));
        if (this.lesson.others.length) {
            ways.push({key: "instead", label: _t("Another subject instead")});
        }
        return [...ways, {key: "cancel", label: _t("The lesson is cancelled")}];
    }

    get isDecided() {
        return Boolean(this.lesson.substitute_id) || this.lesson.state === "cancelled";
    }

    get showsChoices() {
        return !this.props.readonly && (!this.isDecided || this.state.changing);
    }

    get needsReason() {
        return this.lesson.closed || this.state.way === "cancel";
    }

    get choices() {
        const teachers = Object.fromEntries(this.props.day.teachers.map((row) => [row.id, row]));
        if (this.state.way === "instead") {
            return this.lesson.others.map((other) => ({
                ...other,
                name: teachers[other.user_id].name,
                load: this.loadOf(teachers[other.user_id]),
                month: this.monthOf(teachers[other.user_id]),
                hint: other.journal,
            }));
        }
        const beside = ["subgroups", "joined"].includes(this.state.way);
        const fit = this.lesson.choices.filter((choice) => beside || choice.free);
        if (beside) {
            fit.sort(
                (one, two) => (two.beside === this.state.way) - (one.beside === this.state.way),
            );
        }
        return fit.map((choice) => ({
            ...choice,
            name: teachers[choice.user_id].name,
            load: this.loadOf(teachers[choice.user_id]),
            month: this.monthOf(teachers[choice.user_id]),
            hint: choice.busy || this.hintOf(choice),
        }));
    }

    get shownChoices() {
        return this.state.all ? this.choices : this.choices.slice(0, SHOWN);
    }

    hintOf(choice) {
        if (choice.teaches) {
            return _t("teaches %s", this.lesson.subject);
        }
        return choice.knows ? _t("knows the class") : "";
    }

    /** What the teacher gives already; the replaced hours of the month on hovering. */
    loadOf({day, week}) {
        return _t("%(day)s today, %(week)s this week", {day, week});
    }

    monthOf({month}) {
        return _t("replaced this month: %s", month);
    }

    async choose(choice) {
        const {id} = this.lesson;
        const reason = this.state.reason || false;
        const done =
            this.state.way === "instead"
                ? await this.props.act("ejournal.lesson", "teach_instead", [
                      [id],
                      choice.journal_id,
                      choice.user_id,
                      reason,
                  ])
                : await this.props.act("ejournal.lesson", "assign_substitute", [
                      [id],
                      this.state.way,
                      choice.user_id,
                      reason,
                      false,
                      this.state.order,
                  ]);
        this.state.changing &&= !done;
    }

    async cancel() {
        const done = await this.props.act("ejournal.lesson", "action_cancel", [
            [this.lesson.id],
            this.state.reason,
            this.state.order,
        ]);
        this.state.changing &&= !done;
    }

    takeBack() {
        return this.props.act("ejournal.lesson", "take_back_substitute", [
            [this.lesson.id],
            this.state.order,
        ]);
    }

    nameMarker(work, ev) {
        return this.props.act("ejournal.work", "write", [
            [work.work_id],
            {marker_id: Number(ev.target.value) || false},
        ]);
    }

    /** The absent teacher or the substitute, who enters the column anyway. */
    get markers() {
        const absence = this.props.day.absences.find((row) =>
            row.lessons.some((lesson) => lesson.id === this.lesson.id),
        );
        return [{id: absence.teacher_id, name: absence.teacher}];
    }
}

function clock(hours) {
    const minutes = Math.round(hours * 60);
    return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}
