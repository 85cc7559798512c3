import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {Typing} from "../grid/typing";
import {attendanceOf} from "../store/lesson_facts";
import {idsOf} from "../store/page_rows";
import {PhoneMarkRow} from "./phone_mark_row";

const LAST = 5;

/** Marks with the thumb: a key marks the pupil above the pad and goes to the next. */
export class PhoneMarks extends Component {
    static template = "school_ejournal.PhoneMarks";
    static components = {PhoneMarkRow};
    static props = {page: Object, lesson: Object};

    setup() {
        this.page = this.props.page;
        this.store = this.page.store;
        this.layout = useState(this.store.layout);
        this.facts = useState(this.store.facts);
        this.typing = new Typing(this.store);
        this.list = useRef("list");
        this.state = useState({column: 0, row: this.firstRow(0)});
        useEffect(
            () => {
                this.list.el
                    ?.querySelector("[aria-current='true']")
                    ?.scrollIntoView({block: "nearest"});
            },
            () => [this.state.row, this.state.column],
        );
    }

    get columns() {
        return this.layout.version >= 0 && this.store.columnsOf.get(this.props.lesson.id);
    }

    get column() {
        return this.columns[Math.min(this.state.column, this.columns.length - 1)];
    }

    get rows() {
        return this.store.rows.filter((row) => row.cells[this.column.index].off !== "absent");
    }

    get cell() {
        return this.store.rows[this.state.row].cells[this.column.index];
    }

    /** The last marks of the pupil before this lesson. */
    get lastMarks() {
        const cells = this.cell.row.cells.slice(0, this.columns[0].index);
        const texts = cells.map(({text, off}) => (off ? "" : text)).filter(Boolean);
        return texts.slice(-LAST).join(" · ");
    }

    get keys() {
        const {letters, values} = this.store.journal;
        const keys = values.map((mark) => ({
            action: {type: "mark", char: mark},
            text: mark,
            big: true,
        }));
        keys.push({action: {type: "absent"}, text: letters.absent, label: _t("absent")});
        keys.push({action: {type: "late"}, text: letters.late, label: _t("late")});
        if (this.column.twoMarks) {
            keys.push({action: {type: "second"}, text: "5/4", label: _t("second mark")});
        }
        keys.push({action: {type: "clear"}, text: "⌫", label: _t("empty the cell")});
        return keys;
    }

    firstRow(columnAt) {
        const columns = this.store.columnsOf.get(this.props.lesson.id);
        const column = columns[Math.min(columnAt, columns.length - 1)];
        const empty = this.store.rows.find((row) => {
            const cell = row.cells[column.index];
            const value = (field) => this.store.value({...idsOf(cell), field});
            return !cell.off && !value("mark") && value("attendance") !== "absent";
        });
        return (empty || this.store.rows.find((row) => !row.cells[column.index].off))?.index || 0;
    }

    isCurrent(row) {
        return row.index === this.state.row;
    }

    choose(row) {
        this.state.row = row.index;
        this.typing.reset();
        this.page.explain(this.cell);
    }

    chooseColumn(at) {
        Object.assign(this.state, {column: at, row: this.firstRow(at)});
        this.typing.reset();
    }

    press(action) {
        const {cell} = this;
        const result =
            action.type === "mark" && action.char.length > 1
                ? this.pressWhole(action.char, cell)
                : this.typing.press(action, cell);
        if (result.refusal) {
            this.page.say(result.refusal, "wrong");
            return;
        }
        if (result.goTo) {
            this.state.row = result.goTo.row.index;
        }
        if (result.move || (action.type === "late" && !result.refusal)) {
            this.step(1, (row) => attendanceOf(this.store, this.props.lesson, row) !== "absent");
        }
        this.page.say(result.goTo ? result.hint : "");
    }

    /** A key of the pad is a whole mark, also one of several letters. */
    pressWhole(mark, cell) {
        let result = {};
        for (const char of mark) {
            result = this.typing.press({type: "mark", char}, cell);
            if (result.refusal || result.move) {
                break;
            }
        }
        return result;
    }

    /** To the next pupil; after a mark to the next who is there. */
    step(by, isThere = () => true) {
        const rows = this.rows;
        const at = rows.findIndex((row) => row.index === this.state.row);
        const next = by > 0 ? rows.slice(at + 1).find(isThere) : rows[at + by];
        if (next) {
            this.state.row = next.index;
        }
    }
}
