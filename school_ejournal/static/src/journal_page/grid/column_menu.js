import {Component, useState} from "@odoo/owl";
import {longDay} from "@school_ejournal/entry/dates";
import {isWritable} from "@school_ejournal/entry/windows";
import {addColumn, changeColumn} from "./column_changes";

/** What can be done with a column: type and title, fill the empty, strike out, one more column. */
export class ColumnMenu extends Component {
    static template = "school_ejournal.ColumnMenu";
    static props = {page: Object, column: Object, close: Function};

    setup() {
        this.page = this.props.page;
        this.store = this.page.store;
        const {work} = this.props.column;
        const answer = this.types.find(({code}) => code === "answer");
        this.state = useState({
            typeId: work?.type_id || answer?.id,
            title: work?.title || "",
            busy: false,
        });
    }

    get chosenTypeId() {
        return Number(this.state.typeId);
    }

    get lesson() {
        return this.props.column.lesson;
    }

    get heading() {
        return longDay(this.lesson.date);
    }

    /** Ahead of the lesson only control works can be announced. */
    get types() {
        const types = this.store.journal.work_types;
        const ahead = this.lesson.window.column.state === "future";
        return ahead ? types.filter((type) => type.is_control) : types;
    }

    get canChange() {
        const {state} = this.lesson.window.column;
        const ahead = state === "future" && this.types.length > 0;
        const open = ["open", "unlocked"].includes(state);
        const {assessment} = this.store.journal;
        return (
            assessment !== "none" &&
            (ahead || (open && isWritable(this.lesson.window.column, "mark", this.store.now())))
        );
    }

    get canFill() {
        return this.props.column.takesMarks && this.store.journal.assessment !== "none";
    }

    get rule() {
        return this.canChange ? "" : this.lesson.window.column.text;
    }

    fill(mark) {
        this.props.close();
        this.page.fillEmpty(this.props.column, {mark});
    }

    async change(values) {
        await this.run(() => changeColumn(this.page, this.props.column, values));
    }

    async save() {
        await this.change({type_id: this.chosenTypeId, title: this.state.title.trim()});
    }

    async add(typeId) {
        await this.run(() => addColumn(this.page, this.lesson, {type_id: typeId}));
    }

    async run(change) {
        this.state.busy = true;
        const done = await change();
        this.state.busy = false;
        if (done) {
            this.props.close();
        }
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && ev.target.tagName === "INPUT") {
            ev.preventDefault();
            this.save();
        }
    }
}
