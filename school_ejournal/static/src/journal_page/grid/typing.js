import {_t} from "@web/core/l10n/translation";
import {
    clearCell,
    enterAttendance,
    enterChar,
    refusalOfSecond,
    unknownMark,
} from "../store/cell_entry";

/**
 * What the keys of the grid do to the cell under the cursor, without any DOM.
 *
 * It remembers what was begun in a cell (minutes of lateness, a second mark) and the cell that got
 * the last mark, since `/` right after a digit goes back to it.
 */
export class Typing {
    /** @param {import("../store/entry_store").EntryStore} store */
    constructor(store) {
        this.store = store;
        this.reset();
    }

    reset() {
        this.mode = "";
        this.typed = "";
        this.cell = null;
        this.last = null;
    }

    /** Forgets what was begun when the cursor went elsewhere by other means. */
    follow(cell) {
        if (this.cell && this.cell !== cell) {
            this.reset();
        }
    }

    /**
     * @param {import("../store/keyboard").KeyAction} action
     * @param {import("../store/page_rows").Cell} cell
     * @returns {{move?: boolean, goTo?: Object, refusal?: string, hint?: string}} whether to move
     *  down, where else to go, why not
     */
    press(action, cell) {
        if (this.cell !== cell) {
            const {last} = this;
            this.reset();
            this.last = last;
        }
        const handler = {
            mark: this.pressMark,
            absent: this.pressAbsent,
            late: this.pressLate,
            second: this.pressSecond,
            clear: this.pressClear,
            wrong: this.pressWrong,
        }[action.type];
        return handler.call(this, cell, action);
    }

    pressMark(cell, {char}) {
        const result = enterChar(this.store, cell, char, {mode: this.mode, typed: this.typed});
        if (result.refusal) {
            this.typed = "";
            return {refusal: result.refusal};
        }
        this.store.enter(result.changes);
        if (result.done) {
            this.reset();
            this.last = cell;
            return {move: true};
        }
        Object.assign(this, {cell, mode: result.mode, typed: result.typed || ""});
        return {};
    }

    pressAbsent(cell) {
        const result = this.apply(enterAttendance(this.store, cell, "absent"));
        return result.refusal ? result : {move: true};
    }

    pressLate(cell) {
        const result = this.apply(enterAttendance(this.store, cell, "late"));
        if (result.refusal) {
            return result;
        }
        Object.assign(this, {cell, mode: "late"});
        return {hint: _t("Late. Digits now are minutes; Enter goes on.")};
    }

    pressSecond(cell) {
        const target = this.last || cell;
        const refusal =
            this.store.refusal(target, "second_mark") || refusalOfSecond(this.store, target);
        if (refusal) {
            return {refusal};
        }
        this.reset();
        Object.assign(this, {cell: target, mode: "second"});
        return {goTo: target, hint: _t("The second mark: type it.")};
    }

    pressClear(cell) {
        return this.apply(clearCell(this.store, cell));
    }

    pressWrong(cell, {char}) {
        return {refusal: this.store.refusal(cell, "mark") || unknownMark(this.store, char)};
    }

    apply({refusal, changes}) {
        const {last} = this;
        this.reset();
        if (refusal) {
            this.last = last;
            return {refusal};
        }
        this.store.enter(changes);
        return {};
    }
}
